"""Every value gets a letter of its own if it can, the first one where it is free."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.panels.value_keys import value_keys


def letters(values: list[str]) -> dict[str, str]:
    return {value: value[place].lower() for value, place in value_keys(values).items()}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["direct", "indirect", "mixed"], "dim"),
        (["asserts", "alleges", "denies", "admits"], "aldm"),
        (["granted", "denied", "in part", "dismissed"], "gdis"),
        (["Überholt", "offen"], "üo"),
    ],
)
def test_first_letter_goes_to_the_first_value_that_has_it(values: list[str], expected: str) -> None:
    assert "".join(letters(values)[value] for value in values) == expected


def test_value_without_a_free_letter_has_none() -> None:
    assert letters(["a", "b", "ab"]) == {"a": "a", "b": "b"}


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12, unique=True))
def test_no_letter_chooses_two_values(values: list[str]) -> None:
    found = list(letters(values).values())

    assert len(found) == len(set(found))
    assert all(letter.isalpha() for letter in found)
