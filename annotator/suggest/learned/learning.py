"""Learns a part of a model from examples; `training` says from which, and whether it is kept.

Every person's reading of a text is an example of its own: where they differ, the probabilities say so.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence

from annotator.suggest.learned import crf, sentences
from annotator.suggest.learned.examples import Example, Group
from annotator.suggest.learned.features import rows, sentence_rows
from annotator.suggest.learned.parts import Part, SentencePart, WordPart
from annotator.suggest.learned.tags import OUTSIDE, outermost, tags
from annotator.suggest.learned.vocabulary import Vocabulary

OnStep = Callable[[int], None]
_EXTENT = "span"  # the one label of the field that finds how spans sit in sentences


def learned(group: Group, examples: Iterable[Example], on_step: OnStep) -> Part | None:
    """Learn the labels of a group from the examples in which its layer was worked on; None if none has any.

    `on_step` is told each step, of which there are at most `crf.MOST_ITERATIONS`; it may raise to stop.
    """
    those = [example for example in examples if group.layer in example.spans]
    if not any(group.spans(example) for example in those):
        return None
    return _sentence_part(group, those, on_step) if group.is_long else _word_part(group, those, on_step)


class _Sequences:
    """Sequences of tokens with their tags, gathered and then learned from."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._rows: list[list[array[int]]] = []
        self._tags: list[list[str]] = []

    def add(self, features: Sequence[Sequence[str]], its_tags: list[str]) -> None:
        self._rows.append([self._vocabulary.encode(each) for each in features])
        self._tags.append(its_tags)

    @property
    def has_spans(self) -> bool:
        return any(tag != OUTSIDE for row in self._tags for tag in row)

    def learned(self, on_step: OnStep) -> crf.Crf:
        features, renumbered = self._vocabulary.kept()
        rows_left = [[_left(token, renumbered) for token in row] for row in self._rows]
        self._rows = []
        return crf.trained(rows_left, self._tags, features, on_step)


def _left(numbers: "array[int]", renumbered: "array[int]") -> "array[int]":
    """The numbers of those features that are kept."""
    return array("i", [renumbered[each] for each in numbers if renumbered[each] >= 0])


def _word_part(group: Group, examples: Iterable[Example], on_step: OnStep) -> WordPart | None:
    gathered = _Sequences()
    for example in examples:
        spans = outermost(group.spans(example))
        for row in rows(example.text, example.kind):
            gathered.add(row.features, tags(row.tokens, spans))
    return WordPart(group.layer, gathered.learned(on_step)) if gathered.has_spans else None


def _sentence_part(group: Group, examples: Iterable[Example], on_step: OnStep) -> SentencePart | None:
    vocabulary = Vocabulary()
    asked: list[array[int]] = []
    labels: list[frozenset[str]] = []
    extents = _Sequences()
    for example in examples:
        spans = sorted(group.spans(example))
        for sentence in sentence_rows(example.text, example.kind, rows(example.text, example.kind)):
            inside = sentences.parts(sentence.place, spans)
            asked.append(vocabulary.encode(sentence.features))
            labels.append(frozenset(span.label for span in inside))
            if inside:
                as_one = outermost(span._replace(label=_EXTENT) for span in inside)
                extents.add(sentence.row.features, tags(sentence.row.tokens, as_one))
    if not extents.has_spans:
        return None
    features, renumbered = vocabulary.kept()
    model = sentences.trained([_left(row, renumbered) for row in asked], labels, features)
    return SentencePart(group.layer, model, extents.learned(on_step))
