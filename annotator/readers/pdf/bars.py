"""Redaction bars count as words while paragraphs are told, since they stand in the place of words.

A line that a bar fills was not ended on purpose, and a line of nothing but bars is a line. The stand-ins
are put into the lines of a column before its paragraphs are made, and taken out of them again.
"""

from collections.abc import Sequence
from statistics import median

from annotator.geometry import Box
from annotator.readers.pdf.leaf import Leaf
from annotator.readers.pdf.lines import Line, usual_pitch
from annotator.readers.pdf.paragraphs import Paragraph
from annotator.readers.pdf.sheet import Style, Token

STAND_IN = "█"
BEYOND = 12.0
"""How far a bar may reach out of its column, in points."""

FONT = "bar"


def bars_of(leaf: Leaf) -> list[Box]:
    """The black boxes on the page in the reading frame; none where the page is read otherwise than shown."""
    if leaf.sheet.frame.is_turned:
        return []
    return [redaction.box for redaction in leaf.sheet.redactions if redaction.kind == "box"]


def rules_beside(leaf: Leaf, bars: Sequence[Box]) -> list[Box]:
    """The level lines drawn on the page but those that hatch or frame a bar."""
    rules = [rule.box for rule in leaf.sheet.rules]
    return [rule for rule in rules if not any(_touches(rule, bar) for bar in bars)]


def _touches(rule: Box, bar: Box) -> bool:
    is_level_with = bar.top - 2 <= rule.top and rule.bottom <= bar.bottom + 2
    return is_level_with and rule.x0 < bar.x1 + 2 and rule.x1 > bar.x0 - 2


def with_bars(lines: Sequence[Line], bars: Sequence[Box], left: float, right: float) -> list[Line]:
    """The lines of a column and its lines of nothing but bars, stand-ins in the place of bars."""
    if not lines or not bars:
        return list(lines)
    size = median(line.size for line in lines)
    pitch = usual_pitch(lines) or 1.2 * size
    top, bottom = lines[0].top - 2 * pitch, lines[-1].bottom + 2 * pitch
    rows: dict[int, list[Box]] = {}
    between: list[Box] = []
    for bar in bars:
        if bar.x0 < left - BEYOND or bar.x1 > right + BEYOND or bar.top < top or bar.bottom > bottom:
            continue
        own = [index for index, line in enumerate(lines) if _stands_beside(bar, line)]
        for index in own:
            rows.setdefault(index, []).append(bar)
        if not own:
            between.append(bar)
    found = [_with_stand_ins(line, rows.get(index, [])) for index, line in enumerate(lines)]
    found += [row for group in _rows(between) for row in _lines_of_bars(group, lines[0].page, size, pitch)]
    return sorted(found, key=lambda line: line.baseline)


def without_bars(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs without the stand-ins, and without those that hold nothing else."""
    for paragraph in paragraphs:
        for line in paragraph.lines:
            line.tokens = [token for token in line.tokens if token.style.font != FONT]
        paragraph.lines = [line for line in paragraph.lines if line.tokens]
    return [paragraph for paragraph in paragraphs if paragraph.lines]


def _stands_beside(bar: Box, line: Line) -> bool:
    return bar.top < line.baseline - 0.3 * line.size < bar.bottom


def _with_stand_ins(line: Line, bars: Sequence[Box]) -> Line:
    """The line with a stand-in for each bar that covers none of its words."""
    free = [bar for bar in bars if not any(t.x0 < bar.x1 - 1 and t.x1 > bar.x0 + 1 for t in line.tokens)]
    if not free:
        return line
    tokens = [*line.tokens, *(_stand_in(bar, line.baseline, line.size, is_bold=line.is_bold) for bar in free)]
    return Line(sorted(tokens, key=lambda token: token.x0), line.page, line.number)


def _rows(bars: Sequence[Box]) -> list[list[Box]]:
    """The bars that stand beside each other, from the top down."""
    rows: list[list[Box]] = []
    for bar in sorted(bars, key=lambda bar: bar.top):
        if rows and (bar.top + bar.bottom) / 2 < rows[-1][0].bottom:
            rows[-1].append(bar)
        else:
            rows.append([bar])
    return rows


def _lines_of_bars(row: Sequence[Box], page: int, size: float, pitch: float) -> list[Line]:
    """A row of bars as lines, more than one where they are as high as several."""
    top, bottom = min(bar.top for bar in row), max(bar.bottom for bar in row)
    count = max(1, round((bottom - top) / pitch))
    step = (bottom - top) / count
    ordered = sorted(row, key=lambda bar: bar.x0)
    return [
        Line([_stand_in(bar, top + step * (at + 0.5) + 0.3 * size, size) for bar in ordered], page)
        for at in range(count)
    ]


def _stand_in(bar: Box, baseline: float, size: float, *, is_bold: bool = False) -> Token:
    style = Style(FONT, size, 0, is_bold=is_bold)
    return Token(STAND_IN, (bar.x0, bar.x1), baseline - 0.8 * size, baseline + 0.2 * size, baseline, style, 0)
