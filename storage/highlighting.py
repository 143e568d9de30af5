"""Where in a paragraph the words of a search stand, told without the index's own highlighting.

FTS5 reads every paragraph again for that, word by word, which takes longer than finding it. Texts of plain
letters and common punctuation, and terms of plain letters, are matched here instead, by the rules of the
tokenizer `unicode61`; for the others `Finder.places` says None, and the index is asked.
"""

import re
import string
from collections.abc import Iterator, Sequence

from annotator.geometry import Range
from annotator.searching import Term

# What unicode61 takes for one token each, and all that may stand around them here: none of it are letters.
_TOKEN = re.compile("[0-9A-Za-z]+")
_LETTERS = frozenset(string.ascii_lowercase + string.digits)
_PLAIN = re.compile("[\x00-\x7f\xa0\xa7\xb6\u2010-\u2027\u2030-\u205e]*")

_new = tuple.__new__


class Finder:
    """The terms of one search, ready to be found in many paragraphs."""

    def __init__(self, terms: Sequence[Term]) -> None:
        is_plain = all(_PLAIN.fullmatch(term.words) for term in terms)
        self._terms = tuple(map(_tokens, terms)) if is_plain else ()

    def places(self, text: str, start: int) -> tuple[Range, ...] | None:
        """The places of the terms in a text that begins at `start`, those that overlap as one.

        None where the index has to be asked.
        """
        if not self._terms or not (text.isascii() or _PLAIN.fullmatch(text)):
            return None
        lowered = text.lower()  # as long as before: none of these characters grows
        if len(self._terms) == 1:
            spans = list(_spans(lowered, *self._terms[0]))
        else:
            spans = sorted(span for tokens in self._terms for span in _spans(lowered, *tokens))
        joined: list[tuple[int, int]] = []
        for first, last in spans:
            if joined and first < joined[-1][1]:
                joined[-1] = joined[-1][0], max(last, joined[-1][1])
            else:
                joined.append((first, last))
        return tuple([_new(Range, (start + first, start + last)) for first, last in joined])


def _tokens(term: Term) -> tuple[str, "re.Pattern[str] | None", bool]:
    """The first token of a term, what has to follow it, and whether the last one may go on."""
    first, *others = _TOKEN.findall(term.words.lower())
    gap = "[^0-9a-z]+"
    following = re.compile("".join(gap + token for token in others)) if others else None
    return first, following, term.is_prefix


def _spans(
    text: str, first: str, following: "re.Pattern[str] | None", is_prefix: bool
) -> Iterator[tuple[int, int]]:
    """The places of a term in a text of small letters; a prefix takes its whole word."""
    length = len(text)
    at = text.find(first)
    while at >= 0:
        end = at + len(first)
        if at == 0 or text[at - 1] not in _LETTERS:
            if following is not None:
                match = following.match(text, end)
                end = -1 if match is None else match.end()
            while is_prefix and 0 < end < length and text[end] in _LETTERS:
                end += 1
            if end > 0 and (end == length or text[end] not in _LETTERS):
                yield at, end
        at = text.find(first, at + 1)
