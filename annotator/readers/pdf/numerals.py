"""Roman numerals, which count the first pages of briefs, sections and clauses."""

import re

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral below 400 in small letters or capitals; None for any other text."""
    if not _ROMAN.fullmatch(text):
        return None
    values = [_VALUES[letter] for letter in text.lower()]
    # A letter before a larger one is taken away: iv, xc.
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
