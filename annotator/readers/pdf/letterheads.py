"""The head of a clerk's letter: blocks beside each other, such as the clerk, the court and a telephone.

Read across, their lines would be mixed. What begins higher is read first, what begins level from the left.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.readers.pdf.breaks import PARTY_LINE
from annotator.readers.pdf.leaf import Leaf, Segment, segments_of
from annotator.readers.pdf.lines import Line

Place = Literal["left", "centre", "right"]
HEAD = 0.35
"""The share of a page's height that its letterhead may reach down to."""

OFF_CENTRE = 12.0
"""How far from the middle of the page, in points, the middle of a centred line may be."""

LONGEST_STEP = 2.0
FEWEST_ROWS = 2
WIDEST_BLOCK = 0.5
_CLERK = re.compile(r"\b(?:clerk|executive)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The lines `[start, end)` of a page, as blocks in the order in which they are read."""

    start: int
    end: int
    blocks: dict[Place, list[Line]]


def find_letterhead(lines: Sequence[Line], leaf: Leaf) -> Letterhead | None:
    """The letterhead of a page; None where no office stands at a side of its head."""
    height = HEAD * leaf.sheet.height
    rows = [segments_of(line, leaf) for line in lines if line.tokens and line.baseline < height]
    places = [[_place(segment, leaf) for segment in row] for row in rows]
    beside = [index for index, place in enumerate(places) if len(set(place)) > 1]
    if len(beside) < FEWEST_ROWS or any(len(place) > len(set(place)) for place in places):
        return None
    start, end = beside[0], beside[0] + 1
    while end < len(rows) and _is_near(lines[end - 1], lines[end]) and not _is_wide(lines[end], leaf):
        end += 1
    while start and places[start - 1] == ["centre"] and _is_near(lines[start - 1], lines[start]):
        start -= 1
    blocks: dict[Place, list[Segment]] = {}
    for row, place in zip(rows[start:end], places[start:end], strict=True):
        for segment, name in zip(row, place, strict=True):
            blocks.setdefault(name, []).append(segment)
    sides = [segment.text for name in blocks if name != "centre" for segment in blocks[name]]
    # A clerk may also be a party, named in a caption.
    if not any(_CLERK.search(text) for text in sides) or any(PARTY_LINE.match(text) for text in sides):
        return None
    return Letterhead(start, end, {name: _lines(block) for name, block in blocks.items()})


def _place(segment: Segment, leaf: Leaf) -> Place:
    middle, box = leaf.sheet.width / 2, segment.box
    centre = (box.x0 + box.x1) / 2
    if abs(centre - middle) < OFF_CENTRE:
        return "centre"
    return "left" if centre < middle else "right"


def _is_near(before: Line, line: Line) -> bool:
    return line.baseline - before.baseline < LONGEST_STEP * line.size


def _is_wide(line: Line, leaf: Leaf) -> bool:
    """Whether the line is one of the letter itself: running text without wide gaps."""
    return len(segments_of(line, leaf)) == 1 and line.width > WIDEST_BLOCK * leaf.sheet.width


def _lines(block: Sequence[Segment]) -> list[Line]:
    for segment in block:
        segment.tokens[0].glued = False
    return [Line(segment.tokens, segment.line.page, segment.line.number) for segment in block]
