"""What is painted over a document, and where: spans by interval, and the lines under nested ones.

Offsets are code points. One index serves the text view, the page view and the columns of review; it knows
neither fonts nor pixels.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import NamedTuple

from annotator.geometry import Range
from annotator.model import Fragment

# Above so many changes at once it is cheaper to sort anew than to insert one by one.
_BULK = 64


@dataclass(frozen=True, slots=True)
class PaintedSpan:
    """A span as it is shown: `chip` is its label's name, `colour` its label's.

    `tell` gives the tooltip of the span of an id, which is not written before somebody wants to read it.
    A suggestion is no span yet, and only outlined.
    """

    id: str
    fragments: tuple[Fragment, ...]
    chip: str
    colour: str
    tell: Callable[[str], str] | None = None
    is_suggestion: bool = False

    @property
    def tooltip(self) -> str:
        """What is to be said of the span, as plain text; the label's name at least."""
        return self.chip if self.tell is None else self.tell(self.id)

    @property
    def start(self) -> int:
        return self.fragments[0].start

    @property
    def end(self) -> int:
        return self.fragments[-1].end


class Stretch(NamedTuple):
    """One fragment of a span; `number` counts the fragments of the span from 0."""

    start: int
    end: int
    number: int
    span: PaintedSpan


class Lane(NamedTuple):
    """Which of the stacked lines under the text a stretch has: 0 is nearest to the text."""

    number: int
    of: int


class SpanIndex:
    """Spans of one text, by place. Asking for those in view costs the same wherever the view is."""

    def __init__(self, spans: Iterable[PaintedSpan] = ()) -> None:
        self._spans = {span.id: span for span in spans}
        self._rebuild()

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, span_id: object) -> bool:
        return span_id in self._spans

    def get(self, span_id: str | None) -> PaintedSpan | None:
        """The span of that id."""
        return None if span_id is None else self._spans.get(span_id)

    def replace(self, removed: Collection[str], added: Sequence[PaintedSpan]) -> None:
        """Take spans out and put others in; an added span takes the place of one with its id."""
        replaced = dict.fromkeys((*removed, *(span.id for span in added)))
        gone = [self._spans.pop(each) for each in replaced if each in self._spans]
        self._spans.update((span.id, span) for span in added)
        if len(gone) + len(added) > _BULK:
            self._rebuild()
            return
        for span in gone:
            self._take_out(span)
        for span in added:
            self._put_in(span)
        self._lanes.clear()

    def overlapping(self, start: int, end: int) -> list[Stretch]:
        """The stretches that have characters in `[start, end)`, outer before inner."""
        # What begins before `end`, from the first that something up to it reaches beyond `start`.
        first, stop = bisect_right(self._reach(), start), bisect_left(self._starts, end)
        ends = self._ends
        return [self._stretch(index) for index in range(first, stop) if ends[index] > start]

    def cluster(self, start: int, end: int) -> Range:
        """The place with all stretches that overlap it, all that overlap these, and so on."""
        starts, reach = self._starts, self._reach()
        first = stop = self._begins_from(start)
        while first > 0 and reach[first - 1] > start:
            first -= 1
            start = starts[first]
        if first < stop:
            end = max(end, reach[stop - 1])
        while stop < len(starts) and starts[stop] < end:
            end = max(end, reach[stop])
            stop += 1
        return Range(start, end)

    def at(self, offset: int) -> tuple[str, ...]:
        """The spans of the character at an offset, innermost first; else those that end right there."""
        here = self.overlapping(offset, offset + 1)
        if not here and offset > 0:
            here = [each for each in self.overlapping(offset - 1, offset) if each.end == offset]
        inner_first = sorted(here, key=lambda each: (each.end - each.start, -each.start))
        return tuple(dict.fromkeys(each.span.id for each in inner_first))

    def following(self, span_id: str) -> str | None:
        """The span after one, by where they begin; after the last the first."""
        index = self._index_of(span_id)
        return None if index is None else self._nearest(index + 1, 1)

    def preceding(self, span_id: str) -> str | None:
        """The span before one; before the first the last."""
        index = self._index_of(span_id)
        return None if index is None else self._nearest(index - 1, -1)

    def first_from(self, offset: int) -> str | None:
        """The first span that begins at an offset or after it; if there is none, the first of all."""
        return self._nearest(self._begins_from(offset), 1)

    def last_before(self, offset: int) -> str | None:
        """The last span that begins before an offset; if there is none, the last of all."""
        return self._nearest(self._begins_from(offset) - 1, -1)

    def lane(self, stretch: Stretch) -> Lane:
        """The line of a stretch: stretches that overlap have different ones, inner ones nearer the text."""
        key = (stretch.span.id, stretch.start)
        if key not in self._lanes:
            self._assign_lanes(self._place_of(stretch.span, stretch.start, stretch.end))
        return self._lanes[key]

    def _index_of(self, span_id: str) -> int | None:
        """The index of a span's first stretch."""
        span = self._spans.get(span_id)
        return None if span is None else self._place_of(span, *span.fragments[0])

    def _place_of(self, span: PaintedSpan, start: int, end: int) -> int:
        """The index that a stretch has, or that it should be put in at."""
        index = self._begins_from(start)
        while index < len(self._owners) and self._starts[index] == start:
            if (-self._ends[index], self._owners[index].id) >= (-end, span.id):
                break
            index += 1
        return index

    def _begins_from(self, offset: int) -> int:
        """The index of the first stretch that begins at an offset or after it."""
        return bisect_left(self._starts, offset)

    def _nearest(self, index: int, step: int) -> str | None:
        """The span of the first stretch from an index on, going round, that is the first of its span."""
        count = len(self._owners)
        for steps in range(count):
            at = (index + steps * step) % count
            if self._starts[at] == self._owners[at].start:
                return self._owners[at].id
        return None

    def _stretch(self, index: int) -> Stretch:
        piece, span = Fragment(self._starts[index], self._ends[index]), self._owners[index]
        return Stretch(piece.start, piece.end, span.fragments.index(piece), span)

    def _rebuild(self) -> None:
        """Sort all stretches by start, then outer before inner, then by the id of their span.

        They are kept as columns and put together when asked for, since a document with 10,000 spans should
        open as fast as one without.
        """
        spans = sorted(self._spans.values(), key=attrgetter("id"))
        owners = [span for span in spans for _ in span.fragments]
        pieces = [piece for span in spans for piece in span.fragments]
        # Two sorts that keep the order of equals, with keys made in C, are quicker than one with a tuple.
        order = sorted(range(len(pieces)), key=list(map(itemgetter(1), pieces)).__getitem__, reverse=True)
        order.sort(key=list(map(itemgetter(0), pieces)).__getitem__)
        self._starts: list[int] = [pieces[index][0] for index in order]
        self._ends: list[int] = [pieces[index][1] for index in order]
        self._owners: list[PaintedSpan] = [owners[index] for index in order]
        self._reached: list[int] | None = None  # until it is asked for
        self._lanes: dict[tuple[str, int], Lane] = {}

    def _take_out(self, span: PaintedSpan) -> None:
        for start, end in span.fragments:
            index = self._place_of(span, start, end)
            del self._owners[index], self._starts[index], self._ends[index]
            if self._reached is not None:
                del self._reached[index]
                self._mend_reach(self._reached, index)

    def _put_in(self, span: PaintedSpan) -> None:
        for start, end in span.fragments:
            index = self._place_of(span, start, end)
            self._owners.insert(index, span)
            self._starts.insert(index, start)
            self._ends.insert(index, end)
            if self._reached is not None:
                self._reached.insert(index, 0)
                self._mend_reach(self._reached, index)

    def _mend_reach(self, reached: list[int], index: int) -> None:
        """Bring the reach up to date from a place on, as far as it differs: one edit changes little of it."""
        furthest = reached[index - 1] if index > 0 else 0
        for at in range(index, len(reached)):
            furthest = max(furthest, self._ends[at])
            if reached[at] == furthest:
                return
            reached[at] = furthest

    def _reach(self) -> list[int]:
        """For each stretch, how far it or one before it reaches."""
        if self._reached is None:
            self._reached = list(accumulate(self._ends, max))
        return self._reached

    def _assign_lanes(self, index: int) -> None:
        """Give lanes to the cluster, a run of stretches that hang together by overlaps, of one stretch."""
        starts, reach = self._starts, self._reach()
        first, stop = index, index + 1
        while first > 0 and starts[first] < reach[first - 1]:
            first -= 1
        while stop < len(starts) and starts[stop] < reach[stop - 1]:
            stop += 1
        rows = list(_rows(starts[first:stop], self._ends[first:stop]))
        depth = max(rows) + 1
        for owner, start, row in zip(self._owners[first:stop], starts[first:stop], rows, strict=True):
            self._lanes[owner.id, start] = Lane(depth - 1 - row, depth)


def _rows(starts: Sequence[int], ends: Sequence[int]) -> Iterable[int]:
    """The row of each stretch, the first that is free where it begins; outer stretches come first."""
    taken_to: list[int] = []
    for start, end in zip(starts, ends, strict=True):
        row = next((row for row, taken in enumerate(taken_to) if taken <= start), len(taken_to))
        taken_to[row : row + 1] = [end]
        yield row
