"""Ruled tables, read row by row: a row is one paragraph, its cells in order from left to right."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.geometry import Box, around
from annotator.readers.pdf.leaf import Leaf
from annotator.readers.pdf.lines import Line
from annotator.readers.pdf.sheet import Ink, Token

TOUCH = 3.0
FEWEST_EDGES = 3
LEAST_WIDTH = 0.6
MOST_RULES = 3000
LONGEST_CELL = 700
TALLEST_TICK_BOX = 18.0
NARROWEST_CELL = 20.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a table: the heights of its level rules and the places of its upright ones.

    One that is open at its sides ends where its level rules do, and may have more rows than are ruled.
    """

    box: Box
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    is_open: bool = False


@dataclass(slots=True)
class Table:
    """A grid with the lines of its rows, each row's lines in the order in which they are read."""

    grid: Grid
    rows: list[list[Line]]


def find_grids(leaf: Leaf) -> list[Grid]:
    """The grids on the page that are about as wide as its text, from the top down."""
    inks = [*leaf.sheet.rules, *leaf.sheet.rails]
    if not 4 <= len(inks) <= MOST_RULES or not leaf.lines:
        return []
    width = max(line.x1 for line in leaf.lines) - min(line.x0 for line in leaf.lines)
    grids = [grid for group in _groups(inks) if (grid := _grid(group)) is not None]
    wide = [grid for grid in grids if grid.box.x1 - grid.box.x0 >= LEAST_WIDTH * width]
    return sorted(wide, key=lambda grid: grid.box.top)


def _groups(inks: Sequence[Ink]) -> Iterable[list[Ink]]:
    """Rules and rails that touch each other, directly or through others."""
    order = sorted(inks, key=lambda ink: ink.box.top)
    groups: list[list[Ink]] = []
    reach: list[Box] = []
    for ink in order:
        touched = [i for i, box in enumerate(reach) if _touch(box, ink.box)]
        if not touched:
            groups.append([ink])
            reach.append(ink.box)
            continue
        first = touched[0]
        groups[first].append(ink)
        reach[first] = around(reach[first], ink.box)
        for other in reversed(touched[1:]):
            groups[first] += groups.pop(other)
            reach[first] = around(reach[first], reach.pop(other))
    return groups


def _touch(box: Box, other: Box) -> bool:
    return (
        box.x0 - TOUCH <= other.x1
        and other.x0 - TOUCH <= box.x1
        and box.top - TOUCH <= other.bottom
        and other.top - TOUCH <= box.bottom
    )


def _grid(inks: Sequence[Ink]) -> Grid | None:
    """The grid that the lines make, None where they make none."""
    level = [ink for ink in inks if ink.width > ink.height]
    upright = [ink for ink in inks if ink.height >= ink.width]
    columns = _edges((ink.box.x0 + ink.box.x1) / 2 for ink in upright)
    if not level or len(columns) < FEWEST_EDGES:
        return None
    left, right = min(ink.box.x0 for ink in level), max(ink.box.x1 for ink in level)
    is_open = left < columns[0] - NARROWEST_CELL and right > columns[-1] + NARROWEST_CELL
    heights = [(ink.box.top + ink.box.bottom) / 2 for ink in level]
    if is_open:
        # Upright rules may come in pieces, one a row.
        heights += [edge for ink in upright for edge in (ink.box.top, ink.box.bottom)]
    rows = _edges(heights)
    if len(rows) < FEWEST_EDGES:
        return None
    box = Box(min(left, columns[0]), rows[0], max(right, columns[-1]), rows[-1])
    inner = [ink for ink in upright if is_open or columns[0] + TOUCH < ink.box.x0 < columns[-1] - TOUCH]
    if sum(_runs_down(inner)) < 0.5 * (box.bottom - box.top):
        return None
    return Grid(box, tuple(rows), (left, *columns, right) if is_open else tuple(columns), is_open=is_open)


def _runs_down(upright: Iterable[Ink]) -> Iterable[float]:
    """How far upright rules part a grid, each with those that carry it on; sides of boxes to tick do not."""
    strips: dict[int, list[Box]] = {}
    for ink in sorted(upright, key=lambda ink: ink.box.top):
        strip = strips.setdefault(round(ink.box.x0 / TOUCH), [])
        if strip and ink.box.top - strip[-1].bottom <= TOUCH:
            strip[-1] = around(strip[-1], ink.box)
        else:
            strip.append(ink.box)
    heights = [box.bottom - box.top for strip in strips.values() for box in strip]
    return [height for height in heights if height > TALLEST_TICK_BOX]


def _edges(places: Iterable[float]) -> list[float]:
    """Distinct places, those nearer than a rule is wide taken as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > 2 * TOUCH:
            edges.append(place)
    return edges


def read_table(grid: Grid, lines: Sequence[Line]) -> Table | None:
    """The rows of a table out of the lines that stand in it; None where the cells hold running text."""
    cells: dict[tuple[int, int], dict[int, list[Token]]] = {}
    for index, (line, row) in enumerate(zip(lines, _rows_of(grid, lines), strict=True)):
        for token in line.tokens:
            place = row, _index(grid.columns, _middle(token))
            cells.setdefault(place, {}).setdefault(index, []).append(token)
    rows: dict[int, list[Line]] = {}
    for place in sorted(cells):
        pieces = [_line(tokens, lines[index]) for index, tokens in sorted(cells[place].items())]
        if sum(len(line.text) for line in pieces) > LONGEST_CELL:
            return None
        rows.setdefault(place[0], []).extend(pieces)
    return Table(grid, [rows[row] for row in sorted(rows)]) if len(rows) >= 2 else None


def _rows_of(grid: Grid, lines: Sequence[Line]) -> Iterator[int]:
    """The row of each line, counted from the top.

    Under the head of an open table a row begins with a line that has its first cell and half of the others.
    """
    started = 0
    for line in lines:
        ruled = _index(grid.rows, line.baseline - 0.3 * line.size)
        filled = {_index(grid.columns, _middle(token)) for token in line.tokens}
        if grid.is_open and ruled and 0 in filled and len(filled) * 2 >= len(grid.columns) - 1:
            started += 1
        yield ruled + started


def _middle(token: Token) -> float:
    return (token.x0 + token.x1) / 2


def _index(edges: Sequence[float], place: float) -> int:
    return sum(edge <= place for edge in edges[1:-1])


def _line(tokens: list[Token], line: Line) -> Line:
    tokens[0].glued = False
    return Line(tokens, line.page, line.number)
