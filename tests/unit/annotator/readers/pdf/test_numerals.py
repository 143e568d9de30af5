"""Roman numerals."""

import pytest

from annotator.readers.pdf.numerals import roman_value


@pytest.mark.parametrize(
    ("text", "value"),
    [("i", 1), ("IV", 4), ("ix", 9), ("XIV", 14), ("xl", 40), ("XCIX", 99), ("ccxi", 211)],
)
def test_numerals_have_values(text: str, value: int) -> None:
    assert roman_value(text) == value


@pytest.mark.parametrize("text", ["", "iiii", "vx", "mix of", "4", "d"])
def test_other_texts_have_none(text: str) -> None:
    assert roman_value(text) is None
