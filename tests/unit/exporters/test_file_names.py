"""Names of files made from titles: every system keeps them, and no two are the same file."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.file_names import FileNames


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Doe v. Roe: the ruling", "Doe_v._Roe_the_ruling"),
        ("../../etc/passwd", "etc_passwd"),
        ("CON", "_CON"),
        ("", "untitled"),
        ("tab\tand\nbreak", "tab_and_break"),
    ],
)
def test_title_becomes_a_name(title: str, name: str) -> None:
    assert FileNames().name(title) == name


@given(st.lists(st.text()))
def test_names_are_safe_and_each_there_once(titles: list[str]) -> None:
    names = FileNames()

    found = [names.name(title) for title in titles]

    assert len({name.casefold() for name in found}) == len(titles)
    assert all(re.fullmatch(r"[\w()-][\w.()-]*", name) for name in found)
