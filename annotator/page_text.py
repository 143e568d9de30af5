"""Where the text of one page stands on it: its lines, the character at a point, the boxes of a stretch.

Lengths are PDF points from the top left of the page as it is shown, but for those of `lines`, which are of
the page as it is held to read it. Offsets are code points of the document's text. Lines are in reading
order, so a stretch may go on in another column.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from annotator.geometry import Box, Page, Range, Word
from annotator.page_frame import frame_of

# A line goes on while the next word stands beside the last one, no further away than so many heights.
_WIDEST_BLANK = 3.0
# Lines hang together as a block while their distance is below so many heights.
_WIDEST_GAP = 2.0
# What lies above or below a point is so many times as far away as what lies beside it.
_VERTICAL = 10.0


class LinePiece(NamedTuple):
    """What one line shows of a stretch; `begins` and `ends` tell whether the stretch does so there."""

    line: int
    box: Box
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class PageLine:
    """Words that stand beside each other, in order of the text. `reach` is where points belong to it."""

    words: tuple[Word, ...]
    box: Box
    reach: Box

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    def distance(self, x: float, y: float) -> float:
        """How far a point is from the line, for choosing the nearest."""
        beside = max(self.reach.x0 - x, 0.0, x - self.reach.x1)
        above = max(self.reach.top - y, 0.0, y - self.reach.bottom)
        return beside + _VERTICAL * above + abs((self.box.top + self.box.bottom) / 2 - y) / 1000

    def offset_at(self, x: float) -> int:
        """The character boundary nearest to a place on the line."""
        word = min(self.words, key=lambda each: max(each.x0 - x, 0.0, x - each.x1))
        edges = edges_of(word)
        place = bisect_left(edges, x)
        if place == 0 or (place < len(edges) and edges[place] - x < x - edges[place - 1]):
            return word.start + place
        return word.start + place - 1


class PageText:
    """The words of a page, ready to be asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._frame = frame_of(page)
        self._gaps: dict[int, float] = {}
        self.owned = _joined(page.ranges)
        """What the page owns of the text, in as few stretches as may be."""

    @cached_property
    def lines(self) -> tuple[PageLine, ...]:
        """The lines of the page in reading order; made when first asked for, as a page is shown before."""
        words = sorted(self.page.words, key=itemgetter(0, 1))
        return _lines([self._frame.held_word(word) for word in words] if self._frame.turn else words)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def caret_at(self, x: float, y: float) -> int | None:
        """The character boundary nearest to a point; None on a page without text."""
        x, y = self._frame.held(x, y)
        line = min(self.lines, key=lambda each: each.distance(x, y), default=None)
        return None if line is None else line.offset_at(x)

    def offset_at(self, x: float, y: float) -> int | None:
        """The character whose box a point is in, blanks between words included; None beside the text."""
        x, y = self._frame.held(x, y)
        for line in self.lines:
            if line.box.x0 <= x < line.box.x1 and line.box.top <= y < line.box.bottom:
                before = [word for word in line.words if word.x0 <= x]
                if before:
                    word = before[-1]
                    return min(word.end, word.start + bisect_right(edges_of(word), x) - 1)
        return None

    def has_words_in(self, box: Box) -> bool:
        """Whether the middle of a word stands in a box of the page."""
        middles = (((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2) for word in self.page.words)
        return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for x, y in middles)

    def first_from(self, y: float) -> int | None:
        """The start of the first line in the text, among those on the page at a height or next below."""
        boxes = [(self._frame.shown(line.box), line.start) for line in self.lines]
        below = [(box, start) for box, start in boxes if box.bottom > y]
        if not below:
            return boxes[-1][1] if boxes else None
        nearest = min(box.bottom for box, _start in below)
        return min(start for box, start in below if box.top < nearest)

    def pieces(self, start: int, end: int) -> Iterator[LinePiece]:
        """The boxes of a stretch of text, one a line, in reading order."""
        for number in range(self._line_before(start), len(self.lines)):
            line = self.lines[number]
            if line.start >= end:
                return
            words = [word for word in line.words if word.start < end and word.end > start]
            if words:
                yield LinePiece(
                    number,
                    self._frame.shown(_box(words, start, end)),
                    begins=any(word.start <= start < word.end for word in words),
                    ends=any(word.start < end <= word.end for word in words),
                )

    def caret_box(self, offset: int) -> Box | None:
        """Where a caret at an offset stands: a box as thin as a line; None on a page without text."""
        if not self.lines:
            return None
        line = self.lines[self._line_before(offset)]
        x = _caret_x(line, offset)
        return self._frame.shown(Box(x, line.box.top, x, line.box.bottom))

    def step_line(self, offset: int, goal: float | None, step: int) -> tuple[int | None, float]:
        """The offset on the line below (1) or above (-1) that of an offset, and how far along it was meant.

        `goal` is that distance from the last step. There is no offset beyond the first and last line.
        """
        if not self.lines:
            return None, 0.0
        number = self._line_before(offset)
        here = self.lines[number]
        along = _caret_x(here, offset) if goal is None else goal
        others = self.lines[number + 1 :] if step > 0 else reversed(self.lines[:number])
        for line in others:
            if min(line.box.bottom, here.box.bottom) - max(line.box.top, here.box.top) <= 0:
                return line.offset_at(along), along
        return None, along

    def end_line(self, along: float, step: int) -> int | None:
        """The offset on the first line (1) or the last (-1), so far along it."""
        if not self.lines:
            return None
        return self.lines[0 if step > 0 else -1].offset_at(along)

    def line_at(self, offset: int) -> PageLine | None:
        """The line that an offset stands on."""
        return self.lines[self._line_before(offset)] if self.lines else None

    def gap_above(self, number: int) -> float:
        """How far the line stands below what is printed over it; large where nothing is near."""
        if number not in self._gaps:
            self._gaps[number] = self._gap(self.lines[number].box)
        return self._gaps[number]

    def _gap(self, own: Box) -> float:
        over = (
            own.top - line.box.bottom
            for line in self.lines
            if line.box.top < own.top and line.box.x0 < own.x1 and line.box.x1 > own.x0
        )
        return min(over, default=own.top)

    def _line_before(self, offset: int) -> int:
        """The last line that begins at an offset or before it; else the first."""
        return max(0, bisect_right(self._starts, offset) - 1)


def _joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges in order, those that only a line break parts made one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start - joined[-1].end <= 1:
            joined[-1] = Range(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Range(start, end))
    return tuple(joined)


def _caret_x(line: PageLine, offset: int) -> float:
    word = next((word for word in line.words if offset <= word.end), line.words[-1])
    edges = edges_of(word)
    return edges[min(max(offset - word.start, 0), len(edges) - 1)]


def edges_of(word: Word) -> Sequence[float]:
    """The x of each character boundary; evenly parted where they are not known, as in text that is turned."""
    count = word.end - word.start
    if len(word.edges) == count + 1:
        return word.edges
    return [word.x0 + (word.x1 - word.x0) * each / count for each in range(count + 1)]


def _box(words: Sequence[Word], start: int, end: int) -> Box:
    """The box of what lies in a stretch, of words that it touches."""
    lefts = [edges_of(word)[max(0, start - word.start)] for word in words]
    rights = [edges_of(word)[min(word.end, end) - word.start] for word in words]
    return Box(min(lefts), min(w.top for w in words), max(rights), max(w.bottom for w in words))


def _lines(words: Sequence[Word]) -> tuple[PageLine, ...]:
    rows: list[list[Word]] = []
    for word in words:
        if rows and _goes_on(rows[-1][-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    boxes = [_around([word[2:6] for word in row]) for row in rows]
    return tuple(
        PageLine(tuple(row), box, reach) for row, box, reach in zip(rows, boxes, _reaches(boxes), strict=True)
    )


def _goes_on(last: Word, word: Word) -> bool:
    _, _, _, last_top, last_right, last_bottom, _ = last
    _, _, left, top, _, bottom, _ = word
    height = max(1.0, min(last_bottom - last_top, bottom - top))
    common = min(last_bottom, bottom) - max(last_top, top)
    return common >= height / 2 and -height / 2 <= left - last_right <= _WIDEST_BLANK * height


def _reaches(boxes: Sequence[Box]) -> list[Box]:
    """The boxes of lines, as wide as the blocks that the lines are in."""
    blocks: list[list[Box]] = [[box] for box in boxes[:1]]
    for above, box in pairwise(boxes):
        height = box.bottom - box.top
        is_near = -height / 2 < box.top - above.bottom < _WIDEST_GAP * height
        if is_near and above.x0 < box.x1 and above.x1 > box.x0:
            blocks[-1].append(box)
        else:
            blocks.append([box])
    widths = [(_around(block), len(block)) for block in blocks]
    spread = [around for around, count in widths for _ in range(count)]
    return [Box(around.x0, box.top, around.x1, box.bottom) for around, box in zip(spread, boxes, strict=True)]


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
