"""Finding in the stored text."""

import pytest

from annotator.geometry import Range
from ui.views.find import find_all

TEXT = "The İstanbul court held. The court\nheld again; a.b"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("court held", ["court held", "court\nheld"]),
        ("COURT", ["court", "court"]),
        ("a.b", ["a.b"]),
        ("", []),
        ("jury", []),
    ],
)
def test_words_are_found_in_any_case_and_over_line_breaks(words: str, found: list[str]) -> None:
    assert [TEXT[start:end] for start, end in find_all(TEXT, words)] == found


def test_letters_that_grow_in_lower_case_shift_nothing() -> None:
    assert find_all(TEXT, "COURT")[0] == Range(13, 18)


def test_case_counts_when_asked() -> None:
    assert find_all(TEXT, "COURT", match_case=True) == []
