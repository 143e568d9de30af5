"""Where text stands on the screen: the lines of a QTextDocument and the extent of text on them.

Positions here are Qt's, in UTF-16 units from the start of the document; coordinates are the document's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from math import inf
from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200f\u202b\u202e\u2067]")


class ScreenLine(NamedTuple):
    """A line as it is laid out. `start` and `end` are positions, `left` and `right` the ends of its ink."""

    start: int
    end: int
    left: float
    right: float
    top: float
    bottom: float
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
    """The lines whose letters stand between two heights, from the top; lays out as far as needed."""
    layout = document.documentLayout()
    layout.hitTest(QPointF(0, bottom), Qt.HitTestAccuracy.FuzzyHit)  # lays out at least that far
    block = _block_at(document, top)
    first = bisect_left(range(block.layout().lineCount()), top, key=lambda number: _bottom(block, number))
    while block.isValid() and layout.blockBoundingRect(block).top() <= bottom:
        is_bidirectional = bool(_RIGHT_TO_LEFT.search(block.text()))
        of = block.layout()
        # Else Qt shapes the letters of all paragraphs in view anew for every painting.
        of.setCacheEnabled(True)
        position, origin = block.position(), of.position()
        for number in range(first, of.lineCount()):
            line = _line(position, origin, of.lineAt(number), is_bidirectional=is_bidirectional)
            if line.top > bottom:
                return
            yield line
        block, first = block.next(), 0


def _block_at(document: QTextDocument, height: float) -> QTextBlock:
    """The last block that begins at a height or above it, of those that are laid out.

    WORKAROUND: hitTest takes a point between two paragraphs for the end of the document while Qt has not
    laid out all of it (6.11), since blocks without a layout seem to stand at the top.
    """

    def begins_below(number: int) -> bool:
        layout = document.findBlockByNumber(number).layout()
        return layout.lineCount() == 0 or layout.position().y() > height

    number = bisect_left(range(document.blockCount()), True, key=begins_below)
    return document.findBlockByNumber(max(0, number - 1))


def _bottom(block: QTextBlock, number: int) -> float:
    line = block.layout().lineAt(number)
    return block.layout().position().y() + line.y() + line.height()


def line_of(document: QTextDocument, position: int) -> ScreenLine:
    """The line of a position; lays out as far as needed."""
    block = document.findBlock(position)
    document.documentLayout().blockBoundingRect(block)
    if block.layout().lineCount() == 0:
        # A long text set very narrow is higher than Qt can count: only so much of it is laid out.
        block = _block_at(document, inf)
        position = min(position, block.position() + block.length() - 1)
    of, is_bidirectional = block.layout(), bool(_RIGHT_TO_LEFT.search(block.text()))
    line = of.lineForTextPosition(position - block.position())
    return _line(block.position(), of.position(), line, is_bidirectional=is_bidirectional)


def heights_of(document: QTextDocument, start: int, end: int) -> tuple[float, float] | None:
    """The top of the line of one position and the bottom of that of another, which stands after it.

    Lays out nothing: None if the first is not laid out yet; if the second is not, the end of all that is.
    """
    first = _laid_out_line(document, start)
    if first is None:
        return None
    last = _laid_out_line(document, end)
    bottom = document.documentLayout().documentSize().height() if last is None else last.bottom()
    return first.top(), bottom


def _laid_out_line(document: QTextDocument, position: int) -> QRectF | None:
    block = document.findBlock(position)
    if not block.isValid() or block.layout().lineCount() == 0:
        return None
    line = block.layout().lineForTextPosition(position - block.position())
    return line.rect().translated(block.layout().position()) if line.isValid() else None


def _line(block_position: int, origin: QPointF, line: QTextLine, *, is_bidirectional: bool) -> ScreenLine:
    """A line of the block at a position, whose layout stands at `origin`."""
    left, ink = origin.x(), line.naturalTextRect()
    start, top = block_position + line.textStart(), origin.y() + line.y()
    return ScreenLine(
        start,
        start + line.textLength(),
        left + ink.left(),
        left + ink.right(),
        top,
        top + line.height(),
        top + line.ascent(),
        block_position,
        left,
        line,
        is_bidirectional,
    )
