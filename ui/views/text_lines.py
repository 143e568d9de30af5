"""Where text stands on the screen: the lines of a QTextDocument and the extent of text on them.

Positions here are Qt's, in UTF-16 units from the start of the document; coordinates are the document's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextDocument, QTextLine

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200f\u202b\u202e\u2067]")


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """A line as it is laid out. `start` and `end` are positions, `left` and `right` the ends of its ink."""

    start: int
    end: int
    left: float
    right: float
    top: float
    baseline: float
    block_position: int
    origin: float
    layout: QTextLine
    is_bidirectional: bool

    def extents(self, start: int, end: int) -> list[tuple[float, float]]:
        """Left and right of the text from one position to another, in pieces where directions mix."""
        first = max(start, self.start) - self.block_position
        last = min(end, self.end) - self.block_position
        if self.is_bidirectional:
            return list(self._pieces(first, last))
        # Asking Qt is slow, so not for the ends of the line.
        left = self.left if start <= self.start else self._x(first)
        right = self.right if end >= self.end else min(self._x(last), self.right)
        return [(left, max(left, right))]

    def is_leftward(self, start: int) -> bool:
        """Whether the character at a position runs from right to left."""
        if not self.is_bidirectional:
            return False
        runs = self.layout.glyphRuns(max(start, self.start) - self.block_position, 1)
        return bool(runs) and runs[0].isRightToLeft()

    def character_at(self, x: float) -> int | None:
        """The position of the character at a place, None beside the text."""
        if not self.left <= x < self.right:
            return None
        on_character = QTextLine.CursorPosition.CursorOnCharacter
        return self.block_position + self.layout.xToCursor(x - self.origin, on_character)

    def caret_x(self, position: int) -> float:
        return self._x(position - self.block_position)

    def _x(self, index: int) -> float:
        # Declared as object, it is a pair: the x, and the index that Qt settled on.
        x, _index = cast("tuple[float, int]", self.layout.cursorToX(index))
        return self.origin + x

    def _pieces(self, first: int, last: int) -> Iterator[tuple[float, float]]:
        """The extents of the single glyphs, joined where they touch.

        The caret's x will not do: between two directions it stands at either end of a run.
        """
        cells: list[tuple[float, float]] = []
        for run in self.layout.glyphRuns(first, last - first):
            advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
            for place, advance in zip(run.positions(), advances, strict=True):
                cells.append((self.origin + place.x(), self.origin + place.x() + advance.x()))
        joined: list[tuple[float, float]] = []
        for left, right in sorted(cells):
            if joined and left <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
            else:
                joined.append((left, right))
        yield from joined


def lines_between(document: QTextDocument, top: float, bottom: float) -> Iterator[ScreenLine]:
    """The lines that have something between two heights, from the top; lays out as far as needed."""
    layout = document.documentLayout()
    position = layout.hitTest(QPointF(0, max(0.0, top)), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, position))
    while block.isValid() and layout.blockBoundingRect(block).top() < bottom:
        text_layout = block.layout()
        origin = text_layout.position()
        is_bidirectional = bool(_RIGHT_TO_LEFT.search(block.text()))
        for number in range(text_layout.lineCount()):
            line = text_layout.lineAt(number)
            line_top = origin.y() + line.y()
            if line_top + line.height() * 3 < top or line_top > bottom:
                continue
            ink = line.naturalTextRect()
            start = block.position() + line.textStart()
            yield ScreenLine(
                start,
                start + line.textLength(),
                origin.x() + ink.left(),
                origin.x() + ink.right(),
                line_top,
                line_top + line.ascent(),
                block.position(),
                origin.x(),
                line,
                is_bidirectional,
            )
        block = block.next()


def line_of(document: QTextDocument, position: int) -> ScreenLine | None:
    """The line of a position; lays out as far as needed."""
    block = document.findBlock(position)
    rect = document.documentLayout().blockBoundingRect(block)
    lines = [
        line
        for line in lines_between(document, rect.top() + 1, rect.bottom())
        if line.block_position == block.position() and line.start <= position
    ]
    return lines[-1] if lines else None
