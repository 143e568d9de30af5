"""Offsets in UTF-16 units, which Java, JavaScript and Qt count, from our code points.

A character outside the basic plane, such as an emoji, is two units.
"""

from bisect import bisect_left
from collections.abc import Callable


def utf16_offsets(text: str) -> Callable[[int], int]:
    """The function from an offset in code points to the one in UTF-16 units of the same text."""
    pairs = [] if text.isascii() else [place for place, letter in enumerate(text) if letter > "\uffff"]
    return lambda offset: offset + bisect_left(pairs, offset)
