"""What two annotators have alike in one document, counted by label: the ground of every span F1.

Exact is all fragments and the label; trimmed is that without white space, punctuation and quotation marks at
the ends and a leading "the"; overlap and IoU pair spans of one label 1:1 (see `matching`); unlabelled is the
exact extent whatever the label. An F1 is 2 x alike / (first + second), the positive specific agreement of
Hripcsak and Rothschild (2005), which is symmetric and needs no chance model.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.agreement.matching import Crossing, crossings, matched
from annotator.agreement.span_f1 import extent_and_label
from annotator.model import Annotation, Fragment

HALF = 0.5
_LEAD = re.compile(r"(?:[^\w§$€£#@]|(?:[Tt]he|THE)(?=\s))*")
_TAIL = re.compile(r"[^\w§%)\]]*\Z")


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """Spans of one label of each of two annotators, and how many are alike in which way.

    `iou` is the sum of what the overlapping pairs share, each at most 1.
    """

    first: int = 0
    second: int = 0
    exact: int = 0
    trimmed: int = 0
    overlap: int = 0
    iou50: int = 0
    iou: float = 0.0


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Two annotators' work on one document.

    `unlabelled` counts extents alike whatever the label. `same` are the pairs of spans of one label that
    overlap, `labels` how often which label meets which among spans that overlap, "" for none.
    """

    by_label: Mapping[str, LabelCounts]
    unlabelled: int
    same: tuple[tuple[Annotation, Annotation], ...]
    labels: Mapping[tuple[str, str], int]


def compare(first: Sequence[Annotation], second: Sequence[Annotation]) -> PairCounts:
    """Compare two annotators' spans of one layer; each in order of start."""
    crossing = crossings(first, second)
    like = [edge for edge in crossing if first[edge.first].label == second[edge.second].label]
    overlapping = matched(like)
    half = matched([edge for edge in like if edge.iou >= HALF])
    exact = _alike(first, second, extent_and_label)
    trimmed = _alike(first, second, trimmed_and_label)
    count_first, count_second = _labels(first), _labels(second)
    over = Counter(first[edge.first].label for edge in overlapping)
    over_half = Counter(first[edge.first].label for edge in half)
    iou: dict[str, float] = {}
    for edge in overlapping:
        iou[first[edge.first].label] = iou.get(first[edge.first].label, 0.0) + edge.iou
    exact_of, trimmed_of = _by_label(exact), _by_label(trimmed)
    return PairCounts(
        {
            label: LabelCounts(
                count_first[label],
                count_second[label],
                exact_of[label],
                trimmed_of[label],
                over[label],
                over_half[label],
                iou.get(label, 0.0),
            )
            for label in sorted(count_first.keys() | count_second.keys())
        },
        _alike(first, second, lambda span: (span.fragments, "")).total(),
        tuple((first[edge.first], second[edge.second]) for edge in overlapping),
        _met(first, second, crossing),
    )


def trimmed_and_label(span: Annotation) -> tuple[tuple[Fragment, ...], str]:
    """The same, but for what hangs at the ends."""
    return trimmed(span.fragments, span.quote.exact), span.label


def trimmed(fragments: tuple[Fragment, ...], words: str) -> tuple[Fragment, ...]:
    """The fragments without what is trimmed at the ends; as they are if nothing of an end would be left.

    `words` is what they cover, joined by one space.
    """
    lead_match, tail_match = _LEAD.match(words), _TAIL.search(words)
    lead = lead_match.end() if lead_match else 0
    tail = len(words) - tail_match.start() if tail_match else 0
    start, end = fragments[0].start + lead, fragments[-1].end - tail
    if len(fragments) == 1:
        return (Fragment(start, end),) if start < end else fragments
    if start >= fragments[0].end or end <= fragments[-1].start:
        return fragments
    head, last = Fragment(start, fragments[0].end), Fragment(fragments[-1].start, end)
    return head, *fragments[1:-1], last


def _alike(
    first: Sequence[Annotation],
    second: Sequence[Annotation],
    of: Callable[[Annotation], tuple[Hashable, str]],
) -> Counter[tuple[Hashable, str]]:
    """What both have; a span that is there twice counts twice."""
    return Counter(map(of, first)) & Counter(map(of, second))


def _by_label(alike: Mapping[tuple[Hashable, str], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_extent, label), count in alike.items():
        found[label] += count
    return found


def _labels(spans: Iterable[Annotation]) -> Counter[str]:
    return Counter(span.label for span in spans)


def _met(
    first: Sequence[Annotation], second: Sequence[Annotation], crossing: Sequence[Crossing]
) -> Mapping[tuple[str, str], int]:
    """Labels of spans paired whatever their label; of as good pairings, the one with more labels alike."""
    tie = 1e-6
    weighed = [
        Crossing(
            edge.first,
            edge.second,
            edge.iou * (1 - tie) + tie * (first[edge.first].label == second[edge.second].label),
        )
        for edge in crossing
    ]
    pairs = matched(weighed)
    met = Counter((first[edge.first].label, second[edge.second].label) for edge in pairs)
    taken = {edge.first for edge in pairs}
    met.update((span.label, "") for at, span in enumerate(first) if at not in taken)
    taken = {edge.second for edge in pairs}
    met.update(("", span.label) for at, span in enumerate(second) if at not in taken)
    return met
