"""Stretches of a text as a sorted list in which none touches the next, and what crosses one of them.

Only the union is kept: which stretch came from which span cannot be told any more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from annotator.geometry import Range


def joined(pieces: Iterable[tuple[int, int]]) -> list[Range]:
    """The pieces in order, those that touch or cross as one."""
    union: list[Range] = []
    for start, end in sorted(pieces):
        if union and start <= union[-1].end:
            union[-1] = Range(union[-1].start, max(end, union[-1].end))
        else:
            union.append(Range(start, end))
    return union


def reaching(stretches: Sequence[Range], place: Range) -> Sequence[Range]:
    """Those of stretches in order, none crossing the next, that have a character of a place."""
    first = bisect_right(stretches, place.start, key=lambda stretch: stretch.end)
    return stretches[first : bisect_left(stretches, place.end, key=lambda stretch: stretch.start)]


def crosses(stretches: Sequence[Range], place: Range) -> bool:
    """Whether a place has a character in common with one of the `joined` stretches."""
    at = bisect_right(stretches, place.start, key=lambda stretch: stretch.end)
    return at < len(stretches) and stretches[at].start < place.end
