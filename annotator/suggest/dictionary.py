"""Suggests words that were labelled before, where they stand unmarked.

Words are compared without case and, in the last of them, without plural. Each text is read longest match
first, in learning as in suggesting: “Court” within a known “Supreme Court” is no occurrence of “Court”, so
that the counts say how often the very place that would be suggested was labelled.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from annotator.geometry import Range
from annotator.model import Annotation, Fragment
from annotator.schema import LabelSchema
from annotator.stretches import crosses, joined
from annotator.suggest.suggestion import Suggestion
from annotator.text import words

ORIGIN = "dictionary"
_SPACE = re.compile(r"\s+")

_Key: TypeAlias = tuple[str, ...]  # folded words, and what stands between and behind them


class Labelled(NamedTuple):
    """A document that was worked on: its text, and the spans of the annotator in it."""

    text: str
    spans: Sequence[Annotation]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words that were labelled, how often each label was given, and how often they were seen."""

    given: dict[_Key, Counter[str]]
    seen: Counter[_Key]
    longest: int  # in words


def learned(documents: Iterable[Labelled], schema: LabelSchema) -> Dictionary:
    """What the documents teach; they are gone through twice. Spans in several pieces teach nothing."""
    documents = tuple(documents)
    given: dict[_Key, Counter[str]] = {}
    longest = 0
    for text, spans in documents:
        for span in spans:
            inside = words(text[span.start : span.end]) if len(span.fragments) == 1 else []
            if inside and inside[0].start == 0:
                moved = [Range(word.start + span.start, word.end + span.start) for word in inside]
                given.setdefault(_key(text, moved, span.end), Counter())
                longest = max(longest, len(inside))
    found = Dictionary(given, Counter(), longest)
    for text, spans in documents:
        labels: dict[Fragment, set[str]] = {}
        for span in spans:
            if len(span.fragments) == 1:
                labels.setdefault(span.fragments[0], set()).add(schema.in_force(span.label))
        for place, key in _places(text, found):
            found.seen[key] += 1
            found.given[key].update(labels.get(Fragment(*place), ()))
    return found


def suggestions(
    dictionary: Dictionary, *, text: str, schema: LabelSchema, present: Sequence[Annotation]
) -> list[Suggestion]:
    """The places of known words in text order, each with the label that they were given most often.

    `present` are the annotator's spans in the text; where one of the same layer has a character of the
    place, nothing is suggested.
    """
    marked: dict[str, list[tuple[int, int]]] = {}
    for span in present:
        if (label := schema.label(schema.in_force(span.label))) is not None:
            marked.setdefault(label.layer, []).extend(span.fragments)
    covered = {layer: joined(pieces) for layer, pieces in marked.items()}
    made = []
    for place, key in _places(text, dictionary):
        best = min(dictionary.given[key].items(), key=lambda each: (-each[1], each[0]), default=None)
        label = None if best is None else schema.label(best[0])
        if best is None or label is None or crosses(covered.get(label.layer, ()), place):
            continue
        times, seen = best[1], dictionary.seen[key]
        reason = f"labelled {label.name} {times} of {seen} times"
        made.append(Suggestion((Fragment(*place),), label.id, times / seen, ORIGIN, reason))
    return made


def _places(text: str, dictionary: Dictionary) -> Iterator[tuple[Range, _Key]]:
    """Where known words stand, none crossing another; of those that begin alike the longest."""
    inside = words(text)
    tails = {key[-1] for key in dictionary.given}
    longest_tails = sorted(tails, key=len, reverse=True)
    at = 0
    while at < len(inside):
        found = None
        for count in range(min(dictionary.longest, len(inside) - at), 0, -1):
            found = _known(text, inside[at : at + count], longest_tails, dictionary)
            if found is not None:
                yield found
                break
        at += 1
        while found is not None and at < len(inside) and inside[at].start < found[0].end:
            at += 1


def _known(
    text: str, inside: Sequence[Range], tails: Sequence[str], dictionary: Dictionary
) -> tuple[Range, _Key] | None:
    end = inside[-1].end
    for tail in tails:
        if text.startswith(tail, end):
            key = _key(text, inside, end + len(tail))
            if key in dictionary.given:
                return Range(inside[0].start, end + len(tail)), key
    return None


def _key(text: str, inside: Sequence[Range], end: int) -> _Key:
    """How words are compared; `end` is where the stretch ends, maybe behind its last word."""
    folded: list[str] = []
    for number, word in enumerate(inside):
        following = inside[number + 1].start if number + 1 < len(inside) else None
        folded.append(text[word.start : word.end].casefold())
        if following is not None:
            folded.append(_gap(text[word.end : following]))
    folded[-1] = _singular(folded[-1])
    return (*folded, text[inside[-1].end : end])


def _gap(between: str) -> str:
    """What stands between two words, any white space in it as one space unless it ends a paragraph."""
    return between if between.count("\n") > 1 else _SPACE.sub(" ", between)


def _singular(word: str) -> str:
    """The word without an English plural: good enough to compare by, not to show."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
