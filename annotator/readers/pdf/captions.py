"""The captions of filings: two cells side by side, parted by a rail of signs, a drawn line, or nothing.

The left cell names the parties, the right one the case; each is read to its end.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from annotator.geometry import Box
from annotator.readers.pdf.breaks import PARTY_LINE
from annotator.readers.pdf.leaf import Leaf
from annotator.readers.pdf.lines import Line, text_of
from annotator.readers.pdf.sheet import Ink, Token

RAIL_SIGNS = re.compile(r"^(?:\)|:|\||§|\]|\}|\*|\)\(|\):|!)$")
FEWEST_SIGNS = 3
CutKind = Literal["caption", "columns", "cells"]
ROLE = re.compile(
    r"\b(?:plaintiffs?|defendants?|petitioners?|respondents?|appell(?:ants?|ees?)|debtors?|claimants?|"
    r"in re:?|in the matter of|relators?|movants?)(?:\W|$)",
    re.IGNORECASE,
)
IN_RE = re.compile(r"^in (?:re\b|the matter of\b)", re.IGNORECASE)
CASE_WORDS = re.compile(
    r"(?:\b(?:case|nos?\.|number|index|docket|civil action|cause|chapter|judge|hon|division|order|motion)\b|"
    r"\d\d-)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cut:
    """Lines `start` to `end` are read left of x first, then right of it."""

    start: int
    end: int
    x: float
    kind: CutKind


def caption_by_signs(lines: list[Line], leaf: Leaf) -> Cut | None:
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
        return Cut(start, end, x, "caption")
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


def caption_by_rail(lines: list[Line], leaf: Leaf) -> Cut | None:
    """A caption whose cells are parted by an upright line; the grid of a table is none."""
    for rail in sorted(leaf.sheet.rails, key=lambda rail: rail.box.top):
        cut = _cut_at_rail(rail, lines, leaf)
        if cut is not None:
            return cut
    return None


def _cut_at_rail(rail: Ink, lines: list[Line], leaf: Leaf) -> Cut | None:
    x = (rail.box.x0 + rail.box.x1) / 2
    inside = [
        i
        for i, line in enumerate(lines)
        if rail.box.top - 2 <= line.baseline - 0.3 * line.size <= rail.box.bottom
    ]
    if not inside:
        return None
    start, end = inside[0], inside[-1] + 1
    left, right = _sides(lines[start:end], x)
    is_tall = len(inside) >= 3 and left >= 2
    if not (is_tall or _is_matter(lines[start:end], x)) or right < 1 or _is_crossed(lines[start:end], x):
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
    return None if grid or others else Cut(start, end, x, "caption")


def _is_matter(lines: Sequence[Line], x: float) -> bool:
    """Whether a line or two name a matter left of x, its case right of it, as "In re Smith | No. 21-80"."""
    matter = text_of(token for line in lines for token in line.tokens if token.x1 < x)
    case = text_of(token for line in lines for token in line.tokens if token.x0 > x)
    return IN_RE.match(matter) is not None and CASE_WORDS.search(case) is not None


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


def are_caption_cells(left: list[list[Token]], right: list[list[Token]]) -> bool:
    """Whether the left side names parties and the right side a case."""
    if len(left) < 3 or not right:
        return False
    parties = [text_of(row) for row in left]
    case = " ".join(text_of(row) for row in right)
    names_parties = any(PARTY_LINE.match(text) or IN_RE.match(text) for text in parties)
    is_prose = sum(text[0].islower() and not PARTY_LINE.match(text) for text in parties) > 0.3 * len(parties)
    return names_parties and not is_prose and CASE_WORDS.search(case) is not None and len(parties) <= 40


def caption_cut(lines: list[Line], start: int, end: int, x: float) -> Cut | None:
    """The caption's own lines: from the first to the last that reach into the right cell or name a party."""
    inside = [
        index
        for index in range(start, end)
        if lines[index].tokens and lines[index].x1 > x and lines[index].x0 < x
    ]
    roles = [index for index in range(start, end) if lines[index].x1 <= x and ROLE.search(lines[index].text)]
    if not inside:
        return None
    return Cut(min(inside + roles), max(inside + roles) + 1, x, "caption")


def is_boxed_caption(columns: Sequence[float], lines: Iterable[Line]) -> bool:
    """Whether a grid of two columns is the frame around a caption."""
    return len(columns) == 3 and ROLE.search(" ".join(line.text for line in lines)) is not None
