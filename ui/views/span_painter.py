"""Paints spans on the lines of a text: tints and lines behind the letters, chips in the gap above.

The view paints the letters between the two. Nothing here changes the text, its formats or its layout.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.geometry import Range
from ui.theme import SpanColours, Theme, span_colours
from ui.views.chips import Anchor, arrange, forms
from ui.views.overlay import PaintedSpan, SpanIndex, Stretch
from ui.views.reading import ReadingStyle
from ui.views.span_handles import Handle
from ui.views.text_lines import ScreenLine

NO_PEN = QPen(Qt.PenStyle.NoPen)
_ROUND = 3.0
_MAX_LANES = 4
_READABLE_CHIP = 9.0


@dataclass(frozen=True, slots=True)
class SpanMetrics:
    """Pixels, from the baseline: how high a tint goes, how low, and the size of what the gap holds."""

    above: float
    below: float
    lane: float
    line_width: float
    chip_height: float
    chip_padding: float
    chip_font: QFont
    pitch: float

    @property
    def has_chip_text(self) -> bool:
        """Whether the gap has room for letters; else chips are dots, and tooltips tell the labels."""
        return self.chip_height >= 8

    @classmethod
    def of(cls, style: ReadingStyle) -> "SpanMetrics":
        """The measures for a style; where lines stand close, chips become small."""
        font = style.font()
        em = QFontInfo(font).pixelSize()
        pitch = QFontMetricsF(font).height() * style.line_height / 100
        above, below = round(em * 0.84), round(em * 0.28)
        line_width = max(1.0, round(em / 9))
        return cls.around(em, above, below, pitch - above - below - line_width, pitch=pitch)

    @classmethod
    def around(cls, em: float, above: float, below: float, room: float, *, pitch: float) -> "SpanMetrics":
        """The measures for letters of a size, `room` being what lies free above their tint."""
        line_width = max(1.0, round(em / 9))
        chip_height = round(max(4.0, min(max(em * 0.70, _READABLE_CHIP), room)))
        chip_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        chip_font.setPixelSize(max(6, round(chip_height * 0.78)))
        chip_font.setWeight(QFont.Weight.DemiBold)
        chip_font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        padding = round(chip_height * 0.35)
        return cls(above, below, line_width + 1, line_width, chip_height, padding, chip_font, pitch)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one line shows of a stretch. `begins` and `ends` tell whether the stretch does so there.

    A stretch begins at the left, or at the right where the text runs from right to left.
    """

    stretch: Stretch
    rect: QRectF
    lane: int
    begins: bool
    ends: bool
    is_leftward: bool

    @property
    def is_closed_left(self) -> bool:
        return self.ends if self.is_leftward else self.begins

    @property
    def is_closed_right(self) -> bool:
        return self.begins if self.is_leftward else self.ends


@dataclass(frozen=True, slots=True)
class Chip:
    """A label chip where it is painted."""

    span: PaintedSpan
    rect: QRectF
    text: str


class SpanPainter:
    """Paints with one set of measures and one theme. `to_qt` gives the position of a code point offset."""

    def __init__(self, metrics: SpanMetrics, theme: Theme) -> None:
        self.metrics = metrics
        self.theme = theme
        self._chip_metrics = QFontMetricsF(self.metrics.chip_font)
        self._widths: dict[str, tuple[float, ...]] = {}
        self._colours: dict[str, SpanColours] = {}

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
        is_leftward = line.is_leftward(start)
        if is_leftward:
            extents.reverse()
        for number, (left, right) in enumerate(extents):
            yield Piece(
                stretch,
                self.text_rect(line, left, right),
                min(lane, _MAX_LANES - 1),
                begins=start >= line.start and number == 0,
                ends=end <= line.end and number == len(extents) - 1,
                is_leftward=is_leftward,
            )

    def text_rect(self, line: ScreenLine, left: float, right: float) -> QRectF:
        """The box of letters on a line, a little wider than they are."""
        top = round(line.baseline) - self.metrics.above
        return QRectF(left - 1, top, right - left + 2, self.metrics.above + self.metrics.below)

    def chips(self, pieces: Iterable[Piece], right: float) -> list[Chip]:
        """The chips of one line, arranged so that they keep clear of each other."""
        anchored = sorted(
            ((self._anchor(piece), piece) for piece in pieces if piece.begins), key=lambda pair: pair[0].x
        )
        places = arrange([anchor for anchor, _piece in anchored], right)
        height = self.metrics.chip_height
        chips: list[Chip] = []
        for (anchor, piece), place in zip(anchored, places, strict=True):
            width = anchor.widths[place.form]
            rect = QRectF(place.x, piece.rect.top() - height, width, height)
            chips.append(Chip(piece.stretch.span, rect, forms(_name(piece.stretch))[place.form]))
        return chips

    def _anchor(self, piece: Piece) -> Anchor:
        widths = self._chip_widths(_name(piece.stretch))
        return Anchor(piece.rect.right() - widths[0] if piece.is_leftward else piece.rect.left(), widths)

    def _chip_widths(self, name: str) -> tuple[float, ...]:
        """The widths of the forms of a label's chip."""
        if name not in self._widths:
            self._widths[name] = tuple(map(self._chip_width, forms(name)))
        return self._widths[name]

    def _chip_width(self, form: str) -> float:
        if not form or not self.metrics.has_chip_text:
            return max(7.0, round(self.metrics.chip_height * 0.55))
        return round(self._chip_metrics.horizontalAdvance(form) + 2 * self.metrics.chip_padding)

    # -- behind the letters

    def paint_tints(self, painter: QPainter, pieces: Iterable[Piece], hovered: str | None) -> None:
        """The tints, inner over outer, and each stretch's own line under the text."""
        painter.setPen(Qt.PenStyle.NoPen)
        pieces = [piece for piece in pieces if not piece.stretch.span.is_suggestion]
        for piece in pieces:
            colours = self._colours_of(piece.stretch.span)
            is_hovered = piece.stretch.span.id == hovered
            painter.setBrush(colours.chip if is_hovered else colours.tint)
            _draw_box(painter, piece)
        for piece in pieces:
            painter.fillRect(self._lane_rect(piece), self._colours_of(piece.stretch.span).line)

    def _lane_rect(self, piece: Piece) -> QRectF:
        top = piece.rect.bottom() - 1 + piece.lane * self.metrics.lane
        left, right = round(piece.rect.left()), round(piece.rect.right())
        return QRectF(left, top, max(1, right - left), self.metrics.line_width)

    def paint_suggestions(self, painter: QPainter, pieces: Iterable[Piece], focused: str | None) -> None:
        """The dashed outlines of suggestions; that of the one in focus in the accent."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in pieces:
            span = piece.stretch.span
            if span.is_suggestion:
                is_focused = span.id == focused
                colour = QColor(self.theme.accent) if is_focused else self._colours_of(span).line
                pen = QPen(colour, 2.0 if is_focused else 1.25)
                pen.setDashPattern([3.0, 2.0])
                painter.setPen(pen)
                painter.drawPath(_outline(piece.rect.adjusted(-0.5, 0.5, 0.5, 0.5), piece))

    def paint_outline(self, painter: QPainter, pieces: Iterable[Piece]) -> None:
        """The outline of the selected span, open where it goes on in another line."""
        accent = QColor(self.theme.accent)
        for piece in pieces:
            box = piece.rect.adjusted(-0.5, -0.5, 0.5, 0.5)
            painter.setPen(QPen(accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_outline(box, piece))

    def paint_connection(
        self, painter: QPainter, lines: Sequence[ScreenLine], span: PaintedSpan, to_qt: Callable[[int], int]
    ) -> None:
        """A dotted line under the words between the fragments of a span."""
        pen = QPen(self._colours_of(span).line, self.metrics.line_width, Qt.PenStyle.DotLine)
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

    def handles(self, pieces: Iterable[Piece]) -> list[Handle]:
        """The handles of a span, under the ends of its fragments."""
        found: list[Handle] = []
        radius = max(2.5, self.metrics.below * 0.7)
        for piece in pieces:
            number, rect = piece.stretch.number, piece.rect
            left, right = (QPointF(x, rect.bottom() + radius) for x in (rect.left(), rect.right()))
            if piece.begins:
                found.append(Handle(number, True, right if piece.is_leftward else left, radius))
            if piece.ends:
                found.append(Handle(number, False, left if piece.is_leftward else right, radius))
        return found

    # -- above the letters

    def paint_handles(self, painter: QPainter, handles: Iterable[Handle]) -> None:
        """The knobs by which the ends of the selected span can be dragged."""
        painter.setPen(QPen(QColor(self.theme.page), 1))
        painter.setBrush(QColor(self.theme.accent))
        for handle in handles:
            painter.drawEllipse(handle.middle, handle.radius, handle.radius)

    def paint_chips(self, painter: QPainter, chips: Iterable[Chip], chosen: Collection[str | None]) -> None:
        """The chips; those of the spans chosen in the accent, those of suggestions hollow."""
        painter.setFont(self.metrics.chip_font)
        for chip in chips:
            colours = self._colours_of(chip.span)
            ground, letters = colours.chip, colours.chip_text
            if chip.span.id in chosen:
                ground, letters = QColor(self.theme.accent), QColor(self.theme.accent_text)
            elif chip.span.is_suggestion:
                ground, letters = QColor(self.theme.page), QColor(self.theme.text)
            painter.setPen(QPen(colours.line, 1, Qt.PenStyle.DotLine) if chip.span.is_suggestion else NO_PEN)
            painter.setBrush(ground)
            shape = _tab(chip.rect)
            # Its outline would go through the middle, where the two parts of the shape meet.
            painter.drawPath(shape.simplified() if chip.span.is_suggestion else shape)
            if chip.text and self.metrics.has_chip_text:
                painter.setPen(letters)
                capitals = self._chip_metrics.capHeight()
                base = chip.rect.bottom() - (self.metrics.chip_height - capitals) / 2
                painter.drawText(QPointF(chip.rect.left() + self.metrics.chip_padding, base), chip.text)

    def paint_caret(self, painter: QPainter, line: ScreenLine, position: int) -> None:
        rect = self.text_rect(line, 0, 0)
        painter.fillRect(
            QRectF(round(line.caret_x(position)) - 1, rect.top(), 2, rect.height()), QColor(self.theme.accent)
        )

    def _colours_of(self, span: PaintedSpan) -> SpanColours:
        if span.colour not in self._colours:
            self._colours[span.colour] = span_colours(span.colour, self.theme)
        return self._colours[span.colour]


def _name(stretch: Stretch) -> str:
    return stretch.span.chip if stretch.number == 0 else "… " + stretch.span.chip


def _draw_box(painter: QPainter, piece: Piece) -> None:
    """A box with round corners only where its stretch begins or ends."""
    rect = piece.rect
    if piece.is_closed_left or piece.is_closed_right:
        painter.drawRoundedRect(rect, _ROUND, _ROUND)
    if not piece.is_closed_right:
        painter.drawRect(rect.adjusted(_ROUND, 0, 0, 0) if piece.is_closed_left else rect)
    elif not piece.is_closed_left:
        painter.drawRect(rect.adjusted(0, 0, -_ROUND, 0))


def _outline(rect: QRectF, piece: Piece) -> QPainterPath:
    """The edges of a box, left open at the side where its stretch goes on."""
    path = QPainterPath()
    path.moveTo(rect.topLeft())
    path.lineTo(rect.topRight())
    path.moveTo(rect.bottomLeft())
    path.lineTo(rect.bottomRight())
    if piece.is_closed_left:
        path.moveTo(rect.topLeft())
        path.lineTo(rect.bottomLeft())
    if piece.is_closed_right:
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
