"""Where in a paragraph the words of a search stand, told without the index's own highlighting.

FTS5 reads every paragraph again for that, word by word, which takes longer than finding it. Texts of plain
letters and common punctuation, and terms of plain letters, are matched here instead, by the rules of the
tokenizer `unicode61`; for the others `Finder.places` says None, and the index is asked.
"""

import re
from collections.abc import Sequence

from annotator.geometry import Range
from annotator.searching import Term

# What unicode61 takes for one token each, and all that may stand around them here: none of it are letters.
_TOKEN = re.compile("[0-9A-Za-z]+")
_PLAIN = re.compile("[\x00-\x7f\xa0\xa7\xb6\u2010-\u2027\u2030-\u205e]*")
_GAP = "[^0-9A-Za-z]+"
_BEGIN, _END = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"

_new = tuple.__new__


class Finder:
    """The terms of one search, ready to be found in many paragraphs."""

    def __init__(self, terms: Sequence[Term]) -> None:
        is_plain = all(_PLAIN.fullmatch(term.words) for term in terms)
        tokens = [_TOKEN.findall(term.words) for term in terms] if is_plain else []
        self._patterns = [
            _pattern(some, is_prefix=term.is_prefix) for some, term in zip(tokens, terms, strict=False)
        ]
        self._is_single = len(self._patterns) == 1 and len(tokens[0]) == 1

    def places(self, text: str, start: int) -> tuple[Range, ...] | None:
        """The places of the terms in a text that begins at `start`, those that overlap as one.

        None where the index has to be asked.
        """
        if not self._patterns or _PLAIN.fullmatch(text) is None:
            return None
        if self._is_single:
            found = self._patterns[0].finditer(text)
            return tuple([_new(Range, (start + match.start(), start + match.end(1))) for match in found])
        spans = sorted(match.span(1) for pattern in self._patterns for match in pattern.finditer(text))
        joined: list[tuple[int, int]] = []
        for first, last in spans:
            if joined and first < joined[-1][1]:
                joined[-1] = joined[-1][0], max(last, joined[-1][1])
            else:
                joined.append((first, last))
        return tuple(Range(start + first, start + last) for first, last in joined)


def _pattern(tokens: Sequence[str], *, is_prefix: bool) -> re.Pattern[str]:
    """A term, looked for ahead so that phrases that overlap are all found; a prefix takes its whole word."""
    rest = "[0-9A-Za-z]*" if is_prefix else ""
    return re.compile(f"{_BEGIN}(?=({_GAP.join(tokens)}{rest}{_END}))", re.IGNORECASE | re.ASCII)
