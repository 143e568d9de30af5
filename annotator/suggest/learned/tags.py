"""Words and marks of a text in paragraphs, and spans as a tag for each: B- begins, I- goes on, O is outside.

One layer has one tag a word, so of spans within each other the outermost is learned: it is what is named,
and the dictionary finds the inner one again. Spans over several paragraphs, or across another, are left out.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from annotator.geometry import Range
from annotator.suggest.learned.examples import Span
from annotator.text import paragraphs, words

OUTSIDE = "O"


def tokens(text: str) -> list[list[Range]]:
    """The words of each paragraph, and every other visible character as a token of its own."""
    inside = iter([*words(text), Range(len(text), len(text))])
    word = next(inside)
    found = []
    for start, end in paragraphs(text):
        row: list[Range] = []
        at = start
        while at < end:
            while word.start < at:
                word = next(inside)
            if word.start == at and word.start < word.end:
                row.append(word)
                at = word.end
                continue
            if not text[at].isspace():
                row.append(Range(at, at + 1))
            at += 1
        found.append(row)
    return found


def outermost(spans: Iterable[Span]) -> list[Span]:
    """The spans that lie in no other and cross none before them, by their place."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end, each.label)):
        if span.start < span.end and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def tags(row: Sequence[Range], spans: Sequence[Span]) -> list[str]:
    """The tags of a paragraph's tokens; `spans` as `outermost` gives them.

    A token that a span cuts belongs to it; the first span that has a token keeps it.
    """
    made = [OUTSIDE] * len(row)
    at = 0
    for start, end, label, _ in spans:
        if not row or end <= row[0].start or start >= row[-1].end:
            continue
        if start < row[0].start or end > row[-1].end:
            continue  # it goes on in another paragraph
        while at < len(row) and row[at].end <= start:
            at += 1
        first = at
        while at < len(row) and row[at].start < end:
            made[at] = f"{'B' if at == first else 'I'}-{label}"
            at += 1
    return made


def spans_of(made: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans that tags tell: first token, last token, label. An I- that continues nothing begins one."""
    begins = [
        place
        for place, (before, tag) in enumerate(pairwise((OUTSIDE, *made)))
        if tag != OUTSIDE and (tag[0] == "B" or before == OUTSIDE or before[2:] != tag[2:])
    ]
    found = []
    for begin in begins:
        end = begin
        while end + 1 < len(made) and made[end + 1] == f"I-{made[begin][2:]}":
            end += 1
        found.append((begin, end, made[begin][2:]))
    return found
