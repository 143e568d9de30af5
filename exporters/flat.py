"""Which spans stay where a format holds neither nesting nor overlap, by a policy that the output names.

A span counts as everything from its start to its end: between the fragments of one there is no room for
another in such a format.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Literal, TypeAlias

from annotator.model import Annotation
from annotator.snapshot import LossKind

Policy: TypeAlias = Literal["longest", "priority"]

_start, _end = attrgetter("start"), attrgetter("end")


def flatten(
    annotations: Iterable[Annotation], *, policy: Policy = "longest", priority: Sequence[str] = ()
) -> tuple[tuple[Annotation, ...], tuple[Annotation, ...]]:
    """The spans that stay, none touching another's letters, and those that make room; both by place.

    "longest": the longer one stays. "priority": the one whose label comes first in `priority` stays; labels
    that are not listed come last. Ties go to the longer, then the earlier, then the smaller id.
    """
    ranks = {label: rank for rank, label in enumerate(priority)} if policy == "priority" else {}

    def claim(span: Annotation) -> tuple[int, int, int, str]:
        return ranks.get(span.label, len(ranks)), span.start - span.end, span.start, span.id

    kept: list[Annotation] = []
    dropped: list[Annotation] = []
    for span in sorted(annotations, key=claim):
        if in_the_way(span, kept) is None:
            insort(kept, span, key=_start)
        else:
            dropped.append(span)
    return tuple(kept), tuple(sorted(dropped, key=lambda span: (span.start, span.end, span.id)))


def in_the_way(span: Annotation, kept: Sequence[Annotation]) -> Annotation | None:
    """The first of the spans kept, none of which overlap, that shares letters with a span."""
    place = bisect_left(kept, span.start + 1, key=_end)
    return kept[place] if place < len(kept) and kept[place].start < span.end else None


def collision(span: Annotation, other: Annotation) -> LossKind:
    """How two spans that share letters lie: one in the other, or crossing."""
    inside = span.start >= other.start and span.end <= other.end
    around = span.start <= other.start and span.end >= other.end
    return "nested" if inside or around else "overlapping"
