"""Finding in the stored text: words, whole words, patterns, and patterns that would never end."""

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import InvalidSearch
from annotator.finding import Wanted, find_all
from annotator.geometry import Range

TEXT = "The İstanbul court held. The court\nheld again; a.b\ncourts"


def words(wanted: Wanted) -> list[str]:
    return [TEXT[start:end] for start, end in find_all(TEXT, wanted)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("court held", ["court held", "court\nheld"]),
        ("COURT", ["court"] * 3),
        ("a.b", ["a.b"]),
        ("", []),
        (" ", []),
        ("jury", []),
    ],
)
def test_words_are_found_in_any_case_and_over_line_breaks(typed: str, found: list[str]) -> None:
    assert words(Wanted(typed)) == found


def test_letters_that_grow_in_lower_case_shift_nothing() -> None:
    assert find_all(TEXT, Wanted("COURT"))[0] == Range(13, 18)


def test_case_counts_when_asked() -> None:
    assert words(Wanted("COURT", match_case=True)) == []


def test_parts_of_words_are_left_out_when_asked() -> None:
    assert words(Wanted("court", is_whole=True)) == ["court"] * 2


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted("c[a-z]+t", is_pattern=True), ["court"] * 3),
        (Wanted("COURT|HELD", is_pattern=True), ["court", "held", "court", "held", "court"]),
        (Wanted("the", is_pattern=True, match_case=True), []),
        (Wanted("court|hel", is_pattern=True, is_whole=True), ["court"] * 2),
        (Wanted("^held", is_pattern=True), ["held"]),
        (Wanted("x*", is_pattern=True), []),
    ],
)
def test_patterns_are_found(wanted: Wanted, found: list[str]) -> None:
    assert words(wanted) == found


@pytest.mark.parametrize("typed", ["(", "a)|(b", "[z-a]", "*"])
def test_pattern_that_cannot_be_read_is_refused(typed: str) -> None:
    for is_whole in (False, True):
        with pytest.raises(InvalidSearch, match="cannot be read"):
            find_all(TEXT, Wanted(typed, is_pattern=True, is_whole=is_whole))


@pytest.mark.parametrize("text", ["a" * 60 + "bc", ("a" * 26 + "bc ") * 100_000])
def test_pattern_that_would_run_for_ever_is_stopped(text: str) -> None:
    began = monotonic()

    with pytest.raises(InvalidSearch, match="takes too long"):
        find_all(text, Wanted(r"(a|aa)+c", is_pattern=True), seconds=0.2)

    assert monotonic() - began < 5


@given(st.text(max_size=40), st.text(max_size=4), st.booleans(), st.booleans())
def test_places_are_in_order_inside_the_text_and_not_empty(
    text: str, typed: str, is_whole: bool, match_case: bool
) -> None:
    places = find_all(text, Wanted(typed, is_whole=is_whole, match_case=match_case))

    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert places == sorted(places)
