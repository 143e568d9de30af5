"""What is learned from: texts with the spans that somebody finished in them, and which are held out.

A text is held out by its own hash, so that it stays so whatever comes or goes, and a text that is in the
project twice is never on both sides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.schema import DocumentKind
from annotator.text import text_sha256, words

_HELD_OUT_OF = 5  # one text in so many is held out
_LONG_WORDS = 7  # spans of more words than this are parts of sentences, not names


class Span(NamedTuple):
    """A labelled stretch `[start, end)`, in code points; `is_assisted` where a suggestion was accepted."""

    start: int
    end: int
    label: str
    is_assisted: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A text as one person, or gold, has it: by layer all spans of those layers that were worked on.

    A layer that is missing was not looked at; one without spans has none. `left_out` counts spans in
    several pieces.
    """

    text_sha256: str
    text: str
    kind: DocumentKind
    spans: Mapping[str, tuple[Span, ...]]
    left_out: int = 0

    @property
    def count(self) -> int:
        """How many spans it has in all layers."""
        return sum(map(len, self.spans.values()))

    @property
    def is_assisted(self) -> bool:
        """Whether suggestions were accepted in it."""
        return any(span.is_assisted for spans in self.spans.values() for span in spans)


class Group(NamedTuple):
    """Labels of one layer that are learned together: those of long spans, or the others.

    A layer may have both, as that of claims has the words of a source beside what it says.
    """

    layer: str
    is_long: bool
    labels: frozenset[str]

    def spans(self, example: Example) -> tuple[Span, ...]:
        """The spans of these labels in an example."""
        return tuple(span for span in example.spans.get(self.layer, ()) if span.label in self.labels)


class Split(NamedTuple):
    """The examples that are learned from, and those that are only measured on."""

    learned: tuple[Example, ...]
    held_out: tuple[Example, ...]


def split(examples: Sequence[Example]) -> Split:
    """One text in five is held out; where none would be, the one whose hash comes first."""
    held_out = {each.text_sha256 for each in examples if int(each.text_sha256[:8], 16) % _HELD_OUT_OF == 0}
    texts = sorted({each.text_sha256 for each in examples})
    if not held_out:
        held_out = set(texts[:1])
    elif len(held_out) == len(texts):
        held_out.remove(texts[-1])
    return Split(
        tuple(each for each in examples if each.text_sha256 not in held_out),
        tuple(each for each in examples if each.text_sha256 in held_out),
    )


def digest(examples: Iterable[Example]) -> str:
    """A hash over texts, kinds and spans, in whatever order they come."""
    each_hash = sorted(
        text_sha256(repr((each.text_sha256, each.kind, sorted(each.spans.items())))) for each in examples
    )
    return text_sha256("\n".join(each_hash))


def groups(examples: Iterable[Example]) -> tuple[Group, ...]:
    """The labels that there are spans of, in groups that are learned together, by layer in order."""
    lengths: dict[tuple[str, str], list[int]] = {}
    for example in examples:
        for layer, spans in example.spans.items():
            for span in spans:
                count = len(words(example.text[span.start : span.end]))
                lengths.setdefault((layer, span.label), []).append(count)
    made: dict[tuple[str, bool], set[str]] = {}
    for (layer, label), found in lengths.items():
        is_long = sorted(found)[len(found) // 2] > _LONG_WORDS
        made.setdefault((layer, is_long), set()).add(label)
    return tuple(Group(layer, is_long, frozenset(made[layer, is_long])) for layer, is_long in sorted(made))
