"""Blocks that stand side by side with nothing but white between them: signatures, addresses, entries.

Two counsel sign beside each other, an officer of the court stands opposite another one, and the left
entries of a notice have nothing to do with the right ones. Read across, their lines would be mixed; the
rows of a table are not such blocks, since a column of it holds one kind of words.
"""

import re
from collections.abc import Sequence

from annotator.readers.pdf.addresses import kinds_of_lines
from annotator.readers.pdf.lines import Line, text_of
from annotator.readers.pdf.sheet import Token

FEWEST_LINES = 3
FEWEST_KINDS = 2
FEWEST_ENTRIES = 2
LONGEST_STEP = 1.6
_ENTRY = re.compile(r"^[A-Z][\w .#'’()/-]{0,30}:\s\S")


def are_cells(left: Sequence[Sequence[Token]], right: Sequence[Sequence[Token]]) -> bool:
    """Whether the rows of two sides are blocks of their own, each to be read to its end."""
    sides = [[text_of(row) for row in side] for side in (left, right)]
    if min(len(side) for side in sides) < FEWEST_LINES:
        return False
    return all(_is_signed(side) for side in sides) or _are_entries(sides)


def _is_signed(side: Sequence[str]) -> bool:
    """Whether a person signs or is addressed there: by lines of more than one kind."""
    return len(kinds_of_lines(side)) >= FEWEST_KINDS


def _are_entries(sides: Sequence[Sequence[str]]) -> bool:
    """Whether both sides hold labelled entries, one of which goes on on a line of its own."""
    labelled = [[_ENTRY.match(text) is not None for text in side] for side in sides]
    if min(sum(side) for side in labelled) < FEWEST_ENTRIES:
        return False
    return any(not is_entry for side in labelled for is_entry in side[side.index(True) :])


def cell_lines(lines: Sequence[Line], start: int, end: int, x: float) -> tuple[int, int]:
    """The cells' own lines: those with words on both sides of x, and what follows closely above and below."""
    beside = [index for index in range(start, end) if lines[index].x0 < x < lines[index].x1]
    first, last = beside[0], beside[-1]
    while first > start and _are_close(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < end and _are_close(lines[last], lines[last + 1]):
        last += 1
    return first, last + 1


def _are_close(line: Line, below: Line) -> bool:
    return below.baseline - line.baseline < LONGEST_STEP * line.size
