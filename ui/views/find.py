"""Finds words in the stored text. Results are in code points; the widget's own text is never asked."""

import re

from annotator.geometry import Range


def find(text: str, words: str, *, start: int = 0, step: int = 1, match_case: bool = False) -> Range | None:
    """The next place of the words from `start` on, or with step -1 the one before it; goes round the ends."""
    places = find_all(text, words, match_case=match_case)
    if not places:
        return None
    if step > 0:
        return next((place for place in places if place.start >= start), places[0])
    return next((place for place in reversed(places) if place.start < start), places[-1])


def find_all(text: str, words: str, *, match_case: bool = False) -> list[Range]:
    """All places of the words, in order; a space in them stands for any white space."""
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), 0 if match_case else re.IGNORECASE)
    return [Range(*match.span()) for match in pattern.finditer(text)]
