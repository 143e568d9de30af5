"""The order in which the lines of a page are read: columns one after the other, captions cell by cell.

Lines come in across the whole page. Where a gutter of white runs down between lines of running text,
or a rail stands between the cells of a caption, the lines are cut there and each side is read to its
end. Everything else, tables and lists among it, is read line by line.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from annotator.readers.pdf.captions import (
    Cut,
    are_caption_cells,
    caption_by_rail,
    caption_by_signs,
    caption_cut,
    is_boxed_caption,
)
from annotator.readers.pdf.cells import are_cells, cell_lines
from annotator.readers.pdf.furniture import RULE_OF_DASHES
from annotator.readers.pdf.leaf import Leaf
from annotator.readers.pdf.letterheads import Place, find_letterhead
from annotator.readers.pdf.lines import Line, text_of
from annotator.readers.pdf.sheet import Token
from annotator.readers.pdf.tables import Grid, find_grids, read_table
from annotator.readers.pdf.white import NARROWEST_GUTTER, Crossing, White

BlockKind = Literal["text", "cell", "table"]
FEWEST_LINES = 6
# Lines of running text often start inside a sentence; the cells of a table hardly ever do.
SMALL_STARTS = 0.25
# A side may itself hold two columns, so that a full line of one spans less than half of it.
LEAST_FILL = 0.28
FEWEST_ROWS = 3
MOST_FIGURES = 0.3
WIDE_GUTTER = 10
FEWEST_LINES_NARROW = 12


@dataclass(slots=True)
class Block:
    """Lines that are read from the top down before the next block."""

    lines: list[Line]
    left: float
    right: float
    kind: BlockKind = "text"
    rows: list[list[Line]] = field(default_factory=list)


class Gutters:
    """Where columns were parted on the pages so far; there fewer lines are enough to tell columns."""

    def __init__(self) -> None:
        self._places: Counter[int] = Counter()

    def add(self, x: float) -> None:
        self._places[round(x / 4)] += 1

    def has(self, low: float, high: float) -> bool:
        """Whether a strip of white holds a gutter of at least two columns parted before."""
        if not self._places:
            return False
        count = 0
        for place in range(round(low / 4), round(high / 4) + 1):
            count += self._places.get(place, 0)
        return count >= 2

    def beside(self, left: float, right: float, space: Block) -> tuple[float, float]:
        """How far a column reaches whose lines stand between left and right: to gutters parted before."""
        places = [4.0 * place for place, count in self._places.items() if count >= 2]
        low = max((place for place in places if space.left < place <= left), default=space.left)
        high = min((place for place in places if right <= place < space.right), default=space.right)
        return low, high

    def near(self, strips: int) -> NDArray[np.bool_]:
        """For each strip of a page whether `has` is true of it and four points on either side."""
        if not self._places:
            return np.zeros(strips, dtype=bool)
        # How many gutters were parted before each place; the first and the last place are clear of all.
        counts = [self._places.get(place, 0) for place in range(-2, strips // 4 + 4)]
        before = np.concatenate(([0], np.cumsum(counts)))
        place = np.arange(strips)
        near: NDArray[np.bool_] = (
            before[np.rint(place / 4 + 1).astype(int) + 3] - before[np.rint(place / 4 - 1).astype(int) + 2]
            >= 2
        )
        return near


def arrange(leaf: Leaf, gutters: Gutters | None = None) -> list[Block]:
    """The lines of the page as blocks in reading order; `gutters` are those of the pages before."""
    gutters = gutters or Gutters()
    if not leaf.lines:
        return []
    left, right = min(line.x0 for line in leaf.lines), max(line.x1 for line in leaf.lines)
    space = Block([], left, right)
    blocks: list[Block] = []
    rest = leaf.lines
    for grid in find_grids(leaf):
        above, inside, below = _parted(rest, grid)
        table = read_table(grid, inside) if inside else None
        if table is not None and not is_boxed_caption(grid.columns, inside):
            blocks += _below_letterhead(above, leaf, space, gutters)
            blocks.append(replace(space, lines=inside, kind="table", rows=table.rows))
            rest = below
    return [*blocks, *_below_letterhead(rest, leaf, space, gutters)]


def _parted(lines: list[Line], grid: Grid) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines above, in and below a table."""
    above = [line for line in lines if line.baseline - 0.3 * line.size < grid.box.top]
    below = [line for line in lines if line.baseline - 0.3 * line.size > grid.box.bottom]
    inside = [line for line in lines if line not in above and line not in below]
    return above, inside, below


def _below_letterhead(lines: list[Line], leaf: Leaf, space: Block, gutters: Gutters) -> list[Block]:
    """Lines across the page as blocks, those of a letterhead apart."""
    head = find_letterhead(lines, leaf)
    if head is None:
        return _arrange(lines, leaf, space, gutters)
    return [
        *_arrange(lines[: head.start], leaf, space, gutters),
        *(_head_block(block, space, place) for place, block in head.blocks.items()),
        *_arrange(lines[head.end :], leaf, space, gutters),
    ]


def _arrange(lines: list[Line], leaf: Leaf, space: Block, gutters: Gutters) -> list[Block]:
    """The lines as blocks; `space` is the place that they are set in."""
    lines = [line for line in lines if line.tokens]
    if not lines:
        return []
    cut = caption_by_signs(lines, leaf) or caption_by_rail(lines, leaf) or _gutter(lines, leaf, gutters)
    if cut is None:
        return [_alone(lines, space, gutters)]
    left, right = _halves(lines[cut.start : cut.end], cut.x)
    is_caption = cut.kind == "caption"
    if cut.kind == "columns":
        gutters.add(cut.x)
    kind: BlockKind = "cell" if is_caption else space.kind
    # The cells of a caption are as wide as the rail leaves them; columns are as wide as their lines.
    inner = cut.x if is_caption else max((line.x1 for line in left), default=cut.x)
    outer = cut.x if is_caption else min((line.x0 for line in right), default=cut.x)
    return [
        *_arrange(lines[: cut.start], leaf, space, gutters),
        *_arrange(left, leaf, Block([], space.left, inner, kind), gutters),
        *_arrange(right, leaf, Block([], outer, space.right, kind), gutters),
        *_arrange(lines[cut.end :], leaf, space, gutters),
    ]


def _alone(lines: list[Line], space: Block, gutters: Gutters) -> Block:
    """Lines with nothing beside them: as wide as their place, or as a column was on the pages before."""
    starts = sum(line.tokens[0].text[0].islower() for line in lines[1:])
    if space.kind != "text" or starts * 2 < len(lines) - 1 or len(lines) < 2:
        return replace(space, lines=lines)
    left, right = gutters.beside(min(line.x0 for line in lines), max(line.x1 for line in lines), space)
    return Block(lines, left, right, space.kind)


def _head_block(lines: list[Line], space: Block, place: Place) -> Block:
    """A block of a letterhead: what is centred is so on the page, the sides are as wide as their lines."""
    if place == "centre":
        return replace(space, lines=lines, kind="cell")
    return Block(lines, min(line.x0 for line in lines), max(line.x1 for line in lines), "cell")


def _halves(lines: Iterable[Line], x: float) -> tuple[list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        for side, tokens in (
            (left, [token for token in line.tokens if token.x0 + token.x1 < 2 * x]),
            (right, [token for token in line.tokens if token.x0 + token.x1 >= 2 * x]),
        ):
            if tokens and not RULE_OF_DASHES.match(text_of(tokens)):
                tokens[0].glued = False
                side.append(Line(tokens, line.page, line.number))
    return left, right


def _gutter(lines: list[Line], leaf: Leaf, gutters: Gutters) -> Cut | None:
    """The white strip that parts most lines into columns of text, or into the cells of a caption."""
    if len(lines) < 2:
        return None
    white = White(lines, leaf.sheet.width)
    known = gutters.near(int(leaf.sheet.width) + 2)
    best: Cut | None = None
    reached: dict[tuple[int, int], int] = {}  # how far right the strip goes that was judged last
    for place, start, end in white.gutters(_crossings(lines, leaf), known, fewest=FEWEST_ROWS):
        if best is not None and end - start <= best.end - best.start:
            continue
        if place <= reached.get((start, end), -1):
            continue
        strip = white.strip(start, end, place)
        reached[start, end] = strip[1]
        cut = _judge(lines, start, end, strip, gutters)
        if cut is not None:
            best = cut
    return best


def _crossings(lines: list[Line], leaf: Leaf) -> list[Crossing]:
    """Level rules and pictures between the lines: columns are read to them, then on from below."""
    found = []
    for ink in (*leaf.sheet.rules, *leaf.sheet.pictures):
        at = next((i for i, line in enumerate(lines) if line.baseline > ink.box.bottom), len(lines))
        if (
            0 < at < len(lines)
            and lines[at - 1].tokens
            and lines[at - 1].baseline < ink.box.bottom - ink.height / 2
        ):
            found.append(Crossing(at, ink.box.x0 + 6, ink.box.x1 - 6))
    return found


def _judge(lines: list[Line], start: int, end: int, strip: tuple[int, int], gutters: Gutters) -> Cut | None:
    """The cut at this strip of white, if what it parts are columns or the cells of a caption."""
    low, high = strip
    if high - low + 1 < NARROWEST_GUTTER:
        return None
    x = (low + high + 1) / 2
    left, right = _halves_of(lines[start:end], x)
    fewest = FEWEST_LINES if high - low + 1 >= WIDE_GUTTER else FEWEST_LINES_NARROW
    if gutters.has(low, high) and _is_wordy(left) and _is_wordy(right):
        return Cut(start, end, x, "columns")
    if _are_columns(left, right, fewest) and _parts_widest(lines[start:end], x):
        return Cut(start, end, x, "columns")
    if are_caption_cells(left, right):
        return caption_cut(lines, start, end, x)
    if high - low + 1 >= WIDE_GUTTER and are_cells(left, right):
        return Cut(*cell_lines(lines, start, end, x), x, "cells")
    return None


def _halves_of(lines: Iterable[Line], x: float) -> tuple[list[list[Token]], list[list[Token]]]:
    left: list[list[Token]] = []
    right: list[list[Token]] = []
    for line in lines:
        before = [token for token in line.tokens if token.x1 <= x]
        after = [token for token in line.tokens if token.x1 > x]
        if before:
            left.append(before)
        if after:
            right.append(after)
    return left, right


def _are_columns(left: list[list[Token]], right: list[list[Token]], fewest: int) -> bool:
    """Whether both sides are running text: enough lines, of several words, that fill their width."""
    if min(len(left), len(right)) < fewest:
        return False
    return _is_running(left) and _is_running(right) and _keeps_left_edge(right)


def _is_wordy(side: list[list[Token]]) -> bool:
    """Whether lines read as text, not as cells of a table: several words, few figures, no leaders."""
    if not side or median([len(row) for row in side]) < 3:
        return False
    tokens = [token.text for row in side for token in row]
    figures = sum(any(letter.isdigit() for letter in text) for text in tokens)
    has_leaders = any(len(text) > 1 and not text.strip(".") for text in tokens)
    return not has_leaders and figures <= MOST_FIGURES * len(tokens)


def _parts_widest(lines: Iterable[Line], x: float) -> bool:
    """Whether the gap at x is as wide as any in nearly all lines, which a river of blanks is not."""
    widest, own, others = [], [], []
    for line in lines:
        gaps = [(a.x1, b.x0) for a, b in pairwise(line.tokens) if b.x0 > a.x1]
        here = [right - left for left, right in gaps if left <= x <= right]
        rest = [right - left for left, right in gaps if not left <= x <= right]
        if here:
            widest.append(here[0] >= 0.8 * max(rest, default=0.0))
            own.append(here[0])
            others += rest
    if not own:
        return False
    return sum(widest) >= 0.7 * len(widest) and median(own) >= 1.4 * median(others or [0.0])


def _keeps_left_edge(side: list[list[Token]]) -> bool:
    """Whether half of the lines start at few places, which the words beside a river of white do not."""
    edges = Counter(round(row[0].x0 / 3) for row in side)
    near = {place: sum(edges.get(place + step, 0) for step in (-1, 0, 1)) for place in edges}
    return sum(count for place, count in edges.items() if 5 * near[place] >= len(side)) * 2 >= len(side)


def _is_running(side: list[list[Token]]) -> bool:
    x0, x1 = min(row[0].x0 for row in side), max(row[-1].x1 for row in side)
    wide = sum(row[-1].x1 - row[0].x0 >= LEAST_FILL * (x1 - x0) for row in side)
    small = sum(row[0].text[0].islower() for row in side)
    is_prose = small >= SMALL_STARTS * len(side) and median(len(row) for row in side) >= 3
    return is_prose and wide >= 0.5 * len(side) and x1 - x0 > 60
