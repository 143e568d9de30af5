"""Which spans of two annotators are about the same: the best 1:1 matching of those that overlap.

Of all matchings the one with the most pairs is taken, and of those the one with the greatest sum of weights;
taking the best pair first would find fewer. Discontinuous spans overlap where their characters do.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from annotator.model import Annotation, Fragment


class Crossing(NamedTuple):
    """A span of each annotator, by their places in the two lists, with characters in common.

    `iou` is how many they share of all that either has, over 0 and at most 1.
    """

    first: int
    second: int
    iou: float


def crossings(first: Sequence[Annotation], second: Sequence[Annotation]) -> list[Crossing]:
    """All pairs with a character in common; each list is in order of start."""
    found = []
    for at, other in _near(first, second):
        one, two = first[at].fragments, second[other].fragments
        both = shared(one, two)
        if both:
            found.append(Crossing(at, other, both / (size(one) + size(two) - both)))
    return found


def _near(first: Sequence[Annotation], second: Sequence[Annotation]) -> Iterator[tuple[int, int]]:
    """The pairs whose extents cross: a sweep that holds the spans which are still open."""
    opened: list[tuple[int, int]] = []  # where a span of the second list ends, and its place
    following = 0
    for at, span in enumerate(first):
        start, end = span.start, span.end
        while following < len(second) and second[following].start < end:
            opened.append((second[following].end, following))
            following += 1
        # Spans of the first list may end before those in front of them, so starts are compared again.
        opened = [entry for entry in opened if entry[0] > start]
        for _end, other in opened:
            if second[other].start < end:
                yield at, other


def shared(one: Sequence[Fragment], other: Sequence[Fragment]) -> int:
    """How many code points two extents have in common."""
    if len(one) == len(other) == 1:
        return max(0, min(one[0].end, other[0].end) - max(one[0].start, other[0].start))
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def size(fragments: Iterable[Fragment]) -> int:
    """How many code points an extent has."""
    return sum(piece.end - piece.start for piece in fragments)


def matched(edges: Sequence[Crossing]) -> list[Crossing]:
    """The best 1:1 matching among the edges, `iou` being their weight: most pairs first, then their sum."""
    by_first: dict[int, list[Crossing]] = defaultdict(list)
    by_second: dict[int, list[Crossing]] = defaultdict(list)
    for edge in edges:
        by_first[edge.first].append(edge)
        by_second[edge.second].append(edge)
    chosen = []
    seen: set[int] = set()
    for edge in edges:
        if edge.first in seen:
            continue
        if len(by_first[edge.first]) == len(by_second[edge.second]) == 1:
            chosen.append(edge)
            continue
        component = _component(edge.first, by_first, by_second)
        seen |= {one.first for one in component}
        chosen += _assigned(component)
    return sorted(chosen)


def _component(
    start: int, by_first: dict[int, list[Crossing]], by_second: dict[int, list[Crossing]]
) -> list[Crossing]:
    """The edges that hang together with a span of the first list."""
    firsts, seconds, queue = {start}, set[int](), [start]
    while queue:
        for edge in by_first[queue.pop()]:
            if edge.second in seconds:
                continue
            seconds.add(edge.second)
            fresh = {back.first for back in by_second[edge.second]} - firsts
            firsts |= fresh
            queue += fresh
    return [edge for at in sorted(firsts) for edge in by_first[at]]


def _assigned(component: Sequence[Crossing]) -> list[Crossing]:
    from scipy.optimize import linear_sum_assignment

    rows = {at: row for row, at in enumerate(sorted({edge.first for edge in component}))}
    columns = {at: column for column, at in enumerate(sorted({edge.second for edge in component}))}
    weights = np.zeros((len(rows), len(columns)))
    edges = {}
    another = min(weights.shape) + 1.0  # one more pair outweighs every sum of weights, which are at most 1
    for edge in component:
        place = rows[edge.first], columns[edge.second]
        weights[place] = another + edge.iou
        edges[place] = edge
    pairs = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [edges[int(row), int(column)] for row, column in pairs if (int(row), int(column)) in edges]
