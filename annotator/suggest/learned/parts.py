"""What is learned of one layer, and what it proposes in a text: short spans by words, long ones by sentences.

How a long span sits in its sentence, without “The court held that” or the stop, is learned from the spans
too: by a field over the words of those sentences that have one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from annotator.schema import DocumentKind
from annotator.suggest.learned import crf
from annotator.suggest.learned.crf import Crf
from annotator.suggest.learned.features import Row, Sentence, rows, sentence_rows
from annotator.suggest.learned.sentences import Sentences, chances

LEAST_CHANCE = 0.5  # what is less likely than its contrary is not proposed


class Proposal(NamedTuple):
    """A span that is proposed, with its probability."""

    start: int
    end: int
    label: str
    confidence: float


class Read(NamedTuple):
    """What a part makes of a text: proposals, and the share of words or sentences it expects to get wrong."""

    proposals: tuple[Proposal, ...]
    doubt: float


@dataclass(frozen=True, slots=True)
class WordPart:
    """A layer of names and other short spans."""

    layer: str
    field: Crf

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(tag[2:] for tag in self.field.tags if tag[2:])


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A layer of claims, holdings and other long spans; `extents` finds how they sit in sentences."""

    layer: str
    sentences: Sentences
    extents: Crf

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(self.sentences.labels)


Part: TypeAlias = WordPart | SentencePart


class Looked:
    """A text with all that parts ask of it, made once and when it is asked for."""

    def __init__(self, text: str, kind: DocumentKind) -> None:
        self._text, self._kind = text, kind
        self.rows: list[Row] = rows(text, kind)
        self._sentences: list[Sentence] | None = None

    @property
    def sentences(self) -> list[Sentence]:
        if self._sentences is None:
            self._sentences = sentence_rows(self._text, self._kind, self.rows)
        return self._sentences


def read(part: Part, looked: Looked) -> Read:
    """What a part proposes in a text, by place."""
    return _words(part, looked) if isinstance(part, WordPart) else _sentences(part, looked)


def _words(part: WordPart, looked: Looked) -> Read:
    found = crf.tagged(part.field, [row.features for row in looked.rows])
    proposals = tuple(
        Proposal(row.tokens[first].start, row.tokens[last].end, label, chance)
        for row, told in zip(looked.rows, found, strict=True)
        for first, last, label, chance in told.spans
        if chance >= LEAST_CHANCE
    )
    tokens = sum(len(row.tokens) for row in looked.rows)
    return Read(proposals, sum(told.doubt for told in found) / max(1, tokens))


def _sentences(part: SentencePart, looked: Looked) -> Read:
    all_of_them = looked.sentences
    if not all_of_them:
        return Read((), 0.0)
    told = chances(part.sentences, [each.features for each in all_of_them])
    likely = [
        (sentence, label, float(chance))
        for sentence, row in zip(all_of_them, told, strict=True)
        for label, chance in zip(part.sentences.labels, row, strict=True)
        if chance >= LEAST_CHANCE
    ]
    placed = _extents(part.extents, [sentence for sentence, _, _ in likely])
    proposals = tuple(
        Proposal(start, end, label, chance)
        for (start, end), (_, label, chance) in zip(placed, likely, strict=True)
    )
    doubt = 1 - abs(told - 0.5).min(axis=1) * 2  # of the label that is least clear
    return Read(proposals, float(doubt.mean()) / 2)


def _extents(field: Crf, asked: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Where in each sentence the span is: the longest that the field finds, else all of it."""
    made = []
    for sentence, told in zip(asked, crf.tagged(field, [each.row.features for each in asked]), strict=True):
        inside = sentence.row.tokens
        first, last, *_ = max(
            told.spans, key=lambda each: each[1] - each[0], default=(0, len(inside) - 1, "", 0.0)
        )
        made.append((inside[first].start, inside[last].end))
    return made
