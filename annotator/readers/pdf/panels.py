"""Sheets that hold several transcript pages, each with line numbers of its own.

A condensed transcript prints four pages on one sheet. Each is cut out along its rail of numbers and
read in its own order, by the page number printed above it, else column by column.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.geometry import Box
from annotator.readers.pdf.furniture import PAGE_NUMBER, printed_number
from annotator.readers.pdf.leaf import Leaf
from annotator.readers.pdf.line_numbers import Rail
from annotator.readers.pdf.lines import Line, make_lines
from annotator.readers.pdf.sheet import Token


@dataclass(slots=True)
class Panel:
    """One transcript page on a sheet: its rail, where it stands, and the number printed above it."""

    rail: Rail
    box: Box
    lines: list[Line]
    number: int | None = None


def find_panels(leaf: Leaf) -> list[Panel]:
    """The transcript pages on the sheet in reading order, their lines taken from the leaf; [] for none.

    Their tokens are taken out of `leaf.lines`; what is left there belongs to the sheet itself.
    """
    if len(leaf.rails) < 2:
        return []
    boxes = [(rail, _box(rail, leaf.rails, leaf.sheet.width, leaf.sheet.height)) for rail in leaf.rails]
    panels = [Panel(rail, box, []) for rail, box in boxes]
    tokens: dict[int, list[Token]] = {id(panel): [] for panel in panels}
    rest: list[Line] = []
    for line in leaf.lines:
        left: list[Token] = []
        for token in line.tokens:
            panel = _panel_of(token, panels)
            (tokens[id(panel)] if panel is not None else left).append(token)
        if left:
            rest.append(Line(left, line.page))
    leaf.lines = rest
    for panel in panels:
        panel.lines = make_lines(tokens[id(panel)], leaf.sheet.number)
        _take_page_number(panel, leaf)
    return _in_order(panels)


def _box(rail: Rail, rails: Sequence[Rail], width: float, height: float) -> Box:
    """From this rail to the next one on the right and below."""
    right = min((other.x0 for other in rails if other.x0 > rail.x1 + 20), default=width)
    below = [other for other in rails if other.top > rail.bottom and abs(other.x1 - rail.x1) < 40]
    above = [other for other in rails if other.bottom < rail.top and abs(other.x1 - rail.x1) < 40]
    bottom = min((other.top - 1.6 * other.pitch for other in below), default=height)
    bottom = min(bottom, rail.bottom + 0.8 * rail.pitch)
    top = max((other.bottom + 0.4 * other.pitch for other in above), default=0.0)
    return Box(rail.x0 - 2, max(top, rail.top - 2.6 * rail.pitch), right - 2, bottom)


def _panel_of(token: Token, panels: Sequence[Panel]) -> Panel | None:
    for panel in panels:
        box = panel.box
        if box.x0 <= token.x0 < box.x1 and box.top <= token.baseline <= box.bottom:
            return panel
    return None


def _take_page_number(panel: Panel, leaf: Leaf) -> None:
    """The number that heads the panel becomes furniture."""
    for line in panel.lines[:2]:
        if line.baseline < panel.rail.top and PAGE_NUMBER.match(line.text):
            leaf.add("page_number", line.text, line.box)
            printed = printed_number(line.text)
            panel.number = int(printed) if printed is not None and printed.isdecimal() else None
            panel.lines.remove(line)
            return


def _in_order(panels: list[Panel]) -> list[Panel]:
    if all(panel.number is not None for panel in panels):
        return sorted(panels, key=lambda panel: panel.number or 0)
    return sorted(panels, key=lambda panel: (round(panel.rail.x1 / 40), panel.rail.top))
