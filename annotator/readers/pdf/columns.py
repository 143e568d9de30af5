"""The order in which the lines of a page are read: columns one after the other, captions cell by cell.

Lines come in across the whole page. Where a gutter of white runs down between lines of running text,
or a rail stands between the cells of a caption, the lines are cut there and each side is read to its
end. Everything else, tables and lists among it, is read line by line.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from annotator.geometry import Box
from annotator.readers.pdf.furniture import RULE_OF_DASHES, Leaf
from annotator.readers.pdf.lines import Line, text_of
from annotator.readers.pdf.sheet import Ink, Token
from annotator.readers.pdf.tables import Grid, find_grids, read_table

BlockKind = Literal["text", "cell", "table"]
BIN = 1.0
FEWEST_LINES = 6
FEWEST_ROWS = 3
NARROWEST_GUTTER = 4.0
WIDE_GUTTER = 10.0
FEWEST_LINES_NARROW = 12
RAIL_SIGNS = re.compile(r"^(?:\)|:|\||§|\]|\}|\*|\)\(|\):|!)$")
FEWEST_SIGNS = 3
# Lines of running text often start inside a sentence; the cells of a table hardly ever do.
SMALL_STARTS = 0.25
# A side may itself hold two columns, so that a full line of one spans less than half of it.
LEAST_FILL = 0.28
ROLE = re.compile(
    r"\b(?:plaintiffs?|defendants?|petitioners?|respondents?|appell(?:ants?|ees?)|debtors?|claimants?|"
    r"in re:?|in the matter of|relators?|movants?)(?:\W|$)",
    re.IGNORECASE,
)
VERSUS = re.compile(r"\bvs?\.")
CASE_WORDS = re.compile(
    r"(?:\b(?:case|nos?|number|index|docket|civil action|cause|chapter|judge|hon|division|order|motion)\b|"
    r"\d\d-)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """Lines that are read from the top down before the next block."""

    lines: list[Line]
    left: float
    right: float
    kind: BlockKind = "text"
    rows: list[list[Line]] = field(default_factory=list)


def arrange(leaf: Leaf) -> list[Block]:
    """The lines of the page as blocks in reading order."""
    if not leaf.lines:
        return []
    left, right = min(line.x0 for line in leaf.lines), max(line.x1 for line in leaf.lines)
    space = Block([], left, right)
    blocks: list[Block] = []
    rest = leaf.lines
    for grid in find_grids(leaf):
        above, inside, below = _parted(rest, grid)
        table = read_table(grid, inside) if inside else None
        if table is not None and not _is_boxed_caption(grid, inside):
            blocks += _arrange(above, leaf, space)
            blocks.append(replace(space, lines=inside, kind="table", rows=table.rows))
            rest = below
    return [*blocks, *_arrange(rest, leaf, space)]


def _is_boxed_caption(grid: Grid, lines: list[Line]) -> bool:
    """Whether a grid of two columns is the frame around a caption."""
    return len(grid.columns) == 3 and ROLE.search(" ".join(line.text for line in lines)) is not None


def _parted(lines: list[Line], grid: Grid) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines above, in and below a table."""
    above = [line for line in lines if line.baseline - 0.3 * line.size < grid.box.top]
    below = [line for line in lines if line.baseline - 0.3 * line.size > grid.box.bottom]
    inside = [line for line in lines if line not in above and line not in below]
    return above, inside, below


def _arrange(lines: list[Line], leaf: Leaf, space: Block) -> list[Block]:
    """The lines as blocks; `space` is the place that they are set in."""
    lines = [line for line in lines if line.tokens]
    if not lines:
        return []
    cut = _caption_by_signs(lines, leaf) or _caption_by_rail(lines, leaf) or _gutter(lines, leaf)
    if cut is None:
        return [replace(space, lines=lines)]
    left, right = _halves(lines[cut.start : cut.end], cut.x)
    kind: BlockKind = "cell" if cut.is_caption else space.kind
    # The cells of a caption are as wide as the rail leaves them; columns are as wide as their lines.
    inner = cut.x if cut.is_caption else max((line.x1 for line in left), default=cut.x)
    outer = cut.x if cut.is_caption else min((line.x0 for line in right), default=cut.x)
    return [
        *_arrange(lines[: cut.start], leaf, space),
        *_arrange(left, leaf, Block([], space.left, inner, kind)),
        *_arrange(right, leaf, Block([], outer, space.right, kind)),
        *_arrange(lines[cut.end :], leaf, space),
    ]


@dataclass(frozen=True, slots=True)
class _Cut:
    """Lines `start` to `end` are read left of x first, then right of it."""

    start: int
    end: int
    x: float
    is_caption: bool


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


def _caption_by_signs(lines: list[Line], leaf: Leaf) -> _Cut | None:
    """A caption whose cells are parted by a column of typed signs, which are taken out."""
    strips: dict[int, list[tuple[int, Token]]] = defaultdict(list)
    for index, line in enumerate(lines):
        for token in line.tokens:
            if RAIL_SIGNS.match(token.text):
                strips[round(token.x0 / 4)].append((index, token))
    for place in sorted(strips, key=lambda place: -len(strips[place])):
        strip = sorted({*strips[place], *strips.get(place + 1, [])}, key=lambda entry: entry[0])
        run = _longest_run(strip)
        signs = [token for _, token in run]
        if len(run) < FEWEST_SIGNS or _is_line_start(signs, lines, run[0][0], run[-1][0]):
            continue
        start, end = run[0][0], run[-1][0] + 1
        x = median(token.x0 for token in signs)
        _take_signs(lines, leaf, signs, start, end)
        while end > start and not lines[end - 1].tokens:
            end -= 1
        return _Cut(start, end, x, True)
    return None


def _longest_run(strip: list[tuple[int, Token]]) -> list[tuple[int, Token]]:
    """The most signs that follow each other with few lines between them."""
    best: list[tuple[int, Token]] = []
    run: list[tuple[int, Token]] = []
    for entry in strip:
        if run and entry[0] - run[-1][0] > 3:
            run = []
        run.append(entry)
        if len(run) > len(best):
            best = list(run)
    return best


def _is_line_start(signs: list[Token], lines: list[Line], first: int, last: int) -> bool:
    """Whether the signs are bullets or ends of sentences rather than a rail: nothing stands left of them."""
    x = median(token.x0 for token in signs)
    left = sum(1 for line in lines[first : last + 1] if line.tokens and line.x0 < x - 10)
    crossed = sum(
        1
        for line in lines[first : last + 1]
        for token in line.tokens
        if token.x0 < x - 1 and token.x1 > x + 4 and token not in signs
    )
    return left < 2 or crossed > 0


def _take_signs(lines: list[Line], leaf: Leaf, signs: list[Token], start: int, end: int) -> None:
    own = {id(token) for token in signs}
    for index in range(start, end):
        line = lines[index]
        rest = [token for token in line.tokens if id(token) not in own]
        if len(rest) < len(line.tokens):
            lines[index] = Line(rest, line.page, line.number) if rest else _empty(line)
    top, bottom = min(token.top for token in signs), max(token.bottom for token in signs)
    box = Box(min(t.x0 for t in signs), top, max(t.x1 for t in signs), bottom)
    leaf.add("rule", signs[0].text, box)


def _empty(line: Line) -> Line:
    """The line with nothing left on it, so that indexes stay; `_halves` drops it."""
    bare = Line(line.tokens, line.page, line.number)
    bare.tokens = []
    return bare


def _caption_by_rail(lines: list[Line], leaf: Leaf) -> _Cut | None:
    """A caption whose cells are parted by an upright line; the grid of a table is none."""
    for rail in sorted(leaf.sheet.rails, key=lambda rail: rail.box.top):
        cut = _cut_at_rail(rail, lines, leaf)
        if cut is not None:
            return cut
    return None


def _cut_at_rail(rail: Ink, lines: list[Line], leaf: Leaf) -> _Cut | None:
    x = (rail.box.x0 + rail.box.x1) / 2
    inside = [
        i
        for i, line in enumerate(lines)
        if rail.box.top - 2 <= line.baseline - 0.3 * line.size <= rail.box.bottom
    ]
    if len(inside) < 3:
        return None
    start, end = inside[0], inside[-1] + 1
    left, right = _sides(lines[start:end], x)
    if left < 2 or right < 1 or _is_crossed(lines[start:end], x):
        return None
    grid = [
        rule
        for rule in leaf.sheet.rules
        if rule.box.x0 < x - 8
        and rule.box.x1 > x + 8
        and rail.box.top + 8 < rule.box.top < rail.box.bottom - 8
    ]
    others = [
        other
        for other in leaf.sheet.rails
        if abs(other.box.x0 - x) > 20
        and other.height > 0.5 * rail.height
        and min(other.box.bottom, rail.box.bottom) - max(other.box.top, rail.box.top) > 0.5 * rail.height
        and _sides(lines[start:end], other.box.x0)[0] >= 1
        and _sides(lines[start:end], other.box.x0)[1] >= 1
    ]
    return None if grid or others else _Cut(start, end, x, True)


def _sides(lines: Iterable[Line], x: float) -> tuple[int, int]:
    """How many of the lines have words left and right of x."""
    left = right = 0
    for line in lines:
        if line.tokens:
            left += line.x0 < x - 4
            right += line.x1 > x + 4
    return left, right


def _is_crossed(lines: Iterable[Line], x: float) -> bool:
    return any(token.x0 < x - 2 and token.x1 > x + 2 for line in lines for token in line.tokens)


def _gutter(lines: list[Line], leaf: Leaf) -> _Cut | None:
    """The white strip that parts most lines into columns of text, or into the cells of a caption."""
    if len(lines) < 3:
        return None
    free, inside = _white(lines, leaf.sheet.width)
    breaks = _breaks(lines, leaf)
    best: _Cut | None = None
    judged: set[tuple[int, int, int]] = set()
    for place in _candidates(free, inside):
        for start, end in _stretches(free[:, place], [at for at, x0, x1 in breaks if x0 < place * BIN < x1]):
            if best is not None and end - start <= best.end - best.start:
                continue
            if int(inside[start:end, place].sum()) < 3:
                continue
            strip = _clear_strip(free, start, end, place)
            if (start, end, strip[0]) in judged:
                continue
            judged.add((start, end, strip[0]))
            cut = _judge(lines, start, end, *strip)
            if cut is not None:
                best = cut
    return best


def _candidates(free: NDArray[np.bool_], inside: NDArray[np.bool_]) -> Iterable[int]:
    """The strips left free by lines one after the other, of which a few have words on both sides."""
    run = np.zeros(free.shape[1], dtype=np.int16)
    most = run.copy()
    for clear, between in zip(free, inside, strict=True):
        run = np.where(clear, run + between, 0)
        np.maximum(most, run, out=most)
    before = -1
    for place in np.flatnonzero(most >= FEWEST_ROWS).tolist():
        if before != place - 1 or not np.array_equal(free[:, place], free[:, before]):
            yield place
        before = place


def _white(lines: list[Line], width: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each line and strip of the page: is it free of print, and has the line words on both sides."""
    bins = int(width / BIN) + 2
    free = np.ones((len(lines), bins), dtype=bool)
    inside = np.zeros((len(lines), bins), dtype=bool)
    for index, line in enumerate(lines):
        if not line.tokens:
            continue
        for token in line.tokens:
            free[index, max(0, int(token.x0 / BIN)) : int(token.x1 / BIN) + 1] = False
        inside[index, max(0, int(line.x0 / BIN)) : int(line.x1 / BIN)] = True
    inside &= free
    return free, inside


def _breaks(lines: list[Line], leaf: Leaf) -> list[tuple[int, float, float]]:
    """Level rules: the line that each stands above, and how far it reaches."""
    found = []
    for rule in leaf.sheet.rules:
        at = next((i for i, line in enumerate(lines) if line.baseline > rule.box.bottom), len(lines))
        if 0 < at < len(lines) and lines[at - 1].tokens:
            found.append((at, rule.box.x0 + 6, rule.box.x1 - 6))
    return found


def _stretches(column: NDArray[np.bool_], breaks: list[int]) -> Iterable[tuple[int, int]]:
    """Runs of lines that leave the strip free, cut where a rule crosses it."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], column.astype(np.int8), [0])))).tolist()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        cuts = sorted({start, end, *(at for at in breaks if start < at < end)})
        yield from pairwise(cuts)


def _clear_strip(free: NDArray[np.bool_], start: int, end: int, place: int) -> tuple[int, int]:
    """How far the white around the place reaches in all of these lines."""
    clear: list[bool] = np.logical_and.reduce(free[start:end], axis=0).tolist()
    low = high = place
    while low > 0 and clear[low - 1]:
        low -= 1
    while high + 1 < len(clear) and clear[high + 1]:
        high += 1
    return low, high


def _judge(lines: list[Line], start: int, end: int, low: int, high: int) -> _Cut | None:
    """The cut at this strip of white, if what it parts are columns or the cells of a caption."""
    if (high - low + 1) * BIN < NARROWEST_GUTTER:
        return None
    x = (low + high + 1) / 2 * BIN
    left, right = _halves_of(lines[start:end], x)
    fewest = FEWEST_LINES if (high - low + 1) * BIN >= WIDE_GUTTER else FEWEST_LINES_NARROW
    if _are_columns(left, right, fewest):
        return _Cut(start, end, x, False)
    if _are_caption_cells(left, right):
        return _caption_cut(lines, start, end, x)
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


def _are_caption_cells(left: list[list[Token]], right: list[list[Token]]) -> bool:
    """Whether the left side names parties and the right side a case."""
    if len(left) < 3 or not right:
        return False
    parties = " ".join(text_of(row) for row in left)
    case = " ".join(text_of(row) for row in right)
    is_caption = len(ROLE.findall(parties)) >= 1 and len(VERSUS.findall(parties)) <= 3
    return is_caption and CASE_WORDS.search(case) is not None and len(parties) < 1500


def _caption_cut(lines: list[Line], start: int, end: int, x: float) -> _Cut | None:
    """The caption's own lines: from the first to the last that reach into the right cell or name a party."""
    inside = [
        index
        for index in range(start, end)
        if lines[index].tokens and lines[index].x1 > x and lines[index].x0 < x
    ]
    roles = [index for index in range(start, end) if lines[index].x1 <= x and ROLE.search(lines[index].text)]
    if not inside:
        return None
    return _Cut(min(inside + roles), max(inside + roles) + 1, x, True)
