"""Tokens for formats that count them: the words of `annotator.text`, and every mark between them.

They are our own and never change with a library's version. A format that promises the tokens of another
tool asks that tool instead.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple, Protocol

from annotator.text import words


class Token(NamedTuple):
    """A word or a mark, in code points, end exclusive; it has no white space in it."""

    start: int
    end: int


class Stretch(Protocol):
    """Anything that stands somewhere: an annotation, a fragment, a range."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


# A run of the same mark, such as three points or a line to sign on, is one token.
_MARK = re.compile(r"(\S)\1*")
_start, _end = attrgetter("start"), attrgetter("end")


def tokens(text: str) -> list[Token]:
    """All tokens in order; together they cover everything but white space."""
    found: list[Token] = []
    at = 0
    for word in words(text):
        found.extend(Token(*mark.span()) for mark in _MARK.finditer(text, at, word.start))
        found.append(Token(*word))
        at = word.end
    found.extend(Token(*mark.span()) for mark in _MARK.finditer(text, at))
    return found


def token_range(span: Stretch, tokens: Sequence[Stretch]) -> tuple[int, int] | None:
    """The tokens that a span covers, `(first, last + 1)`; None if it does not fall on their edges."""
    first = bisect_left(tokens, span.start, key=_start)
    last = bisect_left(tokens, span.end, key=_end)
    if first > last or last >= len(tokens):
        return None
    if tokens[first].start != span.start or tokens[last].end != span.end:
        return None
    return first, last + 1


def tokens_touched(span: Stretch, tokens: Sequence[Stretch]) -> tuple[int, int]:
    """The tokens that a span covers in part or whole, `(first, last + 1)`; both equal if there are none."""
    # The first token that ends behind the span's start, and the first that starts at its end or later.
    first = bisect_left(tokens, span.start + 1, key=_end)
    return first, max(first, bisect_left(tokens, span.end, key=_start))
