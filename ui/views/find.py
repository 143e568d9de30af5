"""Finds words in the stored text. Results are in code points; the widget's own text is never asked."""

import re

from annotator.geometry import Range


def find_all(text: str, words: str, *, match_case: bool = False) -> list[Range]:
    """All places of the words, in order; a space in them stands for any white space."""
    parts = words.split()
    if not parts:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), 0 if match_case else re.IGNORECASE)
    return [Range(*match.span()) for match in pattern.finditer(text)]
