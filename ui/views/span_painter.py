"""Paints spans on the lines of a text: tints and lines behind the letters, chips in the gap above.

The view paints the letters between the two. Nothing here changes the text, its formats or its layout.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.geometry import Range
from ui.theme import SpanColours, Theme, span_colours
from ui.views.chips import Anchor, arrange, forms
from ui.views.overlay import PaintedSpan, SpanIndex, Stretch
from ui.views.reading import ReadingStyle
from ui.views.text_lines import ScreenLine

_ROUND = 3.0
_MAX_LANES = 4


@dataclass(frozen=True, slots=True)
class SpanMetrics:
    """Pixels, from the baseline: how high a tint goes, how low, and the size of what the gap holds."""

    above: float
    below: float
    lane: float
    line_width: float
    chip_height: float
    chip_font: QFont
    pitch: float

    @classmethod
    def of(cls, style: ReadingStyle) -> "SpanMetrics":
        """The measures for a style; where lines stand close, chips become small."""
        font = style.font()
        em = QFontInfo(font).pixelSize()
        pitch = QFontMetricsF(font).height() * style.line_height / 100
        above, below = round(em * 0.88), round(em * 0.30)
        line_width = max(1.5, em / 11)
        room = pitch - above - below - 2 * line_width
        chip_height = round(max(4.0, min(em * 0.70, room)))
        chip_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        chip_font.setPixelSize(max(6, round(chip_height * 0.78)))
        chip_font.setWeight(QFont.Weight.DemiBold)
        chip_font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        return cls(above, below, line_width + 1, line_width, chip_height, chip_font, pitch)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one line shows of a stretch. `begins` and `ends` tell whether the stretch does so there."""

    stretch: Stretch
    rect: QRectF
    baseline: float
    lane: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A label chip where it is painted."""

    span: PaintedSpan
    rect: QRectF
    text: str


class SpanPainter:
    """Paints for one style and theme. `to_qt` gives the position of a code point offset."""

    def __init__(self, style: ReadingStyle, theme: Theme) -> None:
        self.metrics = SpanMetrics.of(style)
        self.theme = theme
        self._chip_widths: Callable[[str], tuple[float, ...]] = lru_cache(maxsize=1024)(self._measure_forms)

    # -- what is where

    def pieces(
        self, lines: Sequence[ScreenLine], index: SpanIndex, visible: Range, to_qt: Callable[[int], int]
    ) -> list[list[Piece]]:
        """For each line, the pieces of the spans in the visible range, outer before inner."""
        placed = [
            (stretch, to_qt(stretch.start), to_qt(stretch.end), index.lane(stretch).number)
            for stretch in index.overlapping(visible.start, visible.end)
        ]
        found: list[list[Piece]] = []
        for line in lines:
            on_line: list[Piece] = []
            for stretch, start, end, lane in placed:
                if start < line.end and end > line.start:
                    on_line += self._on_line(line, stretch, start, end, lane)
            found.append(on_line)
        return found

    def _on_line(
        self, line: ScreenLine, stretch: Stretch, start: int, end: int, lane: int
    ) -> Iterable[Piece]:
        extents = line.extents(start, end)
        for number, (left, right) in enumerate(extents):
            rect = self.text_rect(line, left, right)
            yield Piece(
                stretch,
                rect,
                line.baseline,
                min(lane, _MAX_LANES - 1),
                begins=start >= line.start and number == 0,
                ends=end <= line.end and number == len(extents) - 1,
            )

    def text_rect(self, line: ScreenLine, left: float, right: float) -> QRectF:
        """The box of letters on a line, a little wider than they are."""
        top = round(line.baseline) - self.metrics.above
        return QRectF(left - 1, top, right - left + 2, self.metrics.above + self.metrics.below)

    def chips(self, pieces: Iterable[Piece], right: float) -> list[Chip]:
        """The chips of one line, arranged so that they keep clear of each other."""
        begins = sorted((piece for piece in pieces if piece.begins), key=lambda piece: piece.rect.left())
        anchors = [Anchor(piece.rect.left(), self._chip_widths(_name(piece.stretch))) for piece in begins]
        height = self.metrics.chip_height
        chips: list[Chip] = []
        for piece, anchor, place in zip(begins, anchors, arrange(anchors, right), strict=True):
            width = anchor.widths[place.form]
            rect = QRectF(place.x, piece.rect.top() - height, width, height)
            chips.append(Chip(piece.stretch.span, rect, forms(_name(piece.stretch))[place.form]))
        return chips

    def _measure_forms(self, name: str) -> tuple[float, ...]:
        metrics = QFontMetricsF(self.metrics.chip_font)
        height = self.metrics.chip_height
        if height < 7:
            return tuple(height for _ in forms(name))
        padding = height * 0.7
        return tuple(
            round(metrics.horizontalAdvance(form) + padding) if form else round(height * 0.55)
            for form in forms(name)
        )

    # -- behind the letters

    def paint_tints(self, painter: QPainter, pieces: Iterable[Piece], hovered: str | None) -> None:
        """The tints, inner over outer, and each stretch's own line under the text."""
        painter.setPen(Qt.PenStyle.NoPen)
        pieces = list(pieces)
        for piece in pieces:
            colours = self._colours(piece.stretch.span)
            is_hovered = piece.stretch.span.id == hovered
            painter.setBrush(colours.chip if is_hovered else colours.tint)
            painter.drawPath(_rounded(piece.rect, begins=piece.begins, ends=piece.ends))
        for piece in pieces:
            painter.fillRect(self._lane_rect(piece), self._colours(piece.stretch.span).line)

    def _lane_rect(self, piece: Piece) -> QRectF:
        top = piece.rect.bottom() + piece.lane * self.metrics.lane - self.metrics.line_width * 0.5
        inset = 0.5
        return QRectF(
            piece.rect.left() + inset, top, max(1.0, piece.rect.width() - 2 * inset), self.metrics.line_width
        )

    def paint_outline(self, painter: QPainter, pieces: Iterable[Piece]) -> None:
        """The outline of the selected span, with a bar at each end of a stretch."""
        accent = QColor(self.theme.accent)
        for piece in pieces:
            box = piece.rect.adjusted(-0.5, -0.5, 0.5, 0.5)
            painter.setPen(QPen(accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_outline(box, begins=piece.begins, ends=piece.ends))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            for is_end, x in ((piece.begins, box.left()), (piece.ends, box.right())):
                if is_end:
                    bar = QRectF(x - 1.5, box.top() - 1, 3, box.height() + 2)
                    painter.drawRoundedRect(bar, 1.5, 1.5)

    def paint_connection(
        self, painter: QPainter, lines: Sequence[ScreenLine], span: PaintedSpan, to_qt: Callable[[int], int]
    ) -> None:
        """A dotted line under the words between the fragments of a span."""
        pen = QPen(self._colours(span).line, self.metrics.line_width, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        for before, after in zip(span.fragments, span.fragments[1:], strict=False):
            start, end = to_qt(before.end), to_qt(after.start)
            for line in lines:
                if start >= line.end or end <= line.start:
                    continue
                y = round(line.baseline) + self.metrics.below
                for left, right in line.extents(start, end):
                    painter.drawLine(QPointF(left, y), QPointF(right, y))

    def paint_ranges(
        self,
        painter: QPainter,
        lines: Iterable[ScreenLine],
        ranges: Collection[tuple[int, int]],
        colour: QColor,
    ) -> None:
        """A ground under ranges of positions, such as the selection or what was found."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for line in lines:
            for start, end in ranges:
                if start < line.end and end > line.start:
                    for left, right in line.extents(start, end):
                        rect = self.text_rect(line, left, right).adjusted(0, 1, 0, 0)
                        painter.drawRoundedRect(rect, 2, 2)

    # -- above the letters

    def paint_chips(self, painter: QPainter, chips: Iterable[Chip], selected: str | None) -> None:
        """The chips; that of the selected span in the accent."""
        painter.setFont(self.metrics.chip_font)
        for chip in chips:
            colours = self._colours(chip.span)
            ground, letters = colours.chip, colours.chip_text
            if chip.span.id == selected:
                ground, letters = QColor(self.theme.accent), QColor(self.theme.accent_text)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawPath(_tab(chip.rect))
            if chip.text and self.metrics.chip_height >= 7:
                painter.setPen(letters)
                painter.drawText(chip.rect, Qt.AlignmentFlag.AlignCenter, chip.text)

    def paint_caret(self, painter: QPainter, line: ScreenLine, position: int) -> None:
        rect = self.text_rect(line, 0, 0)
        painter.fillRect(
            QRectF(round(line.caret_x(position)) - 1, rect.top(), 2, rect.height()), QColor(self.theme.accent)
        )

    def _colours(self, span: PaintedSpan) -> SpanColours:
        return span_colours(span.colour, self.theme)


def _name(stretch: Stretch) -> str:
    return stretch.span.chip if stretch.number == 0 else "… " + stretch.span.chip


def _rounded(rect: QRectF, *, begins: bool, ends: bool) -> QPainterPath:
    """A box with round corners only where its stretch begins or ends."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, _ROUND, _ROUND)
    half = rect.width() / 2
    if not begins:
        path.addRect(QRectF(rect.left(), rect.top(), half, rect.height()))
    if not ends:
        path.addRect(QRectF(rect.left() + half, rect.top(), half, rect.height()))
    return path


def _outline(rect: QRectF, *, begins: bool, ends: bool) -> QPainterPath:
    """The edges of a box, left open at the side where its stretch goes on."""
    path = QPainterPath()
    path.moveTo(rect.topLeft())
    path.lineTo(rect.topRight())
    path.moveTo(rect.bottomLeft())
    path.lineTo(rect.bottomRight())
    if begins:
        path.moveTo(rect.topLeft())
        path.lineTo(rect.bottomLeft())
    if ends:
        path.moveTo(rect.topRight())
        path.lineTo(rect.bottomRight())
    return path


def _tab(rect: QRectF) -> QPainterPath:
    """A chip's shape: round at the top, straight where it meets the tint below."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, 2.5, 2.5)
    path.addRect(QRectF(rect.left(), rect.center().y(), rect.width(), rect.height() / 2))
    return path
