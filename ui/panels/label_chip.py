"""A label as it is shown beside the text: its name on its colour, and the cap of its key.

The painting functions serve lists too; the chip is the widget of one label.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.panels.themed import SMALL, scaled_font, theme_of
from ui.theme import Theme, span_colours

_PADDING = 7.0
_LEAST = 96


def chip_width(text: str, font: QFont) -> float:
    """How wide the chip of a text is."""
    return QFontMetricsF(font).horizontalAdvance(text) + 2 * _PADDING


def paint_chip(painter: QPainter, rect: QRectF, text: str, colour: str, theme: Theme) -> None:
    """Paint the chip of a label's name, in the painter's font, cut to the rectangle."""
    colours = span_colours(colour, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.chip)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(colours.chip_text)
    inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
    elided = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
    painter.restore()


def paint_swatch(painter: QPainter, rect: QRectF, colour: str, theme: Theme) -> None:
    """Paint a label's colour as its spans have it: the tint over the line."""
    colours = span_colours(colour, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.chip)
    painter.drawRoundedRect(rect, 2.5, 2.5)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 2.5, rect.width(), 2.5), colours.line)
    painter.restore()


def paint_key(painter: QPainter, rect: QRectF, key: str, theme: Theme) -> None:
    """Paint the cap of a key."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    painter.setPen(QColor(theme.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key.upper())
    painter.restore()


class LabelChip(QWidget):
    """The name of a label on its colour."""

    def __init__(self, name: str = "", colour: str = "#777777") -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self.setFont(scaled_font(self.font(), SMALL, bold=True))
        self.setAccessibleName(name)

    def show_label(self, name: str, colour: str) -> None:
        """Show another label."""
        if (name, colour) != (self._name, self._colour):
            self._name, self._colour = name, colour
            self.setAccessibleName(name)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._name, self.font()) + 0.5), self.fontMetrics().height() + 5)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_LEAST, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = min(self.width(), self.sizeHint().width())
        paint_chip(painter, QRectF(0, 0, width, self.height()), self._name, self._colour, theme_of(self))
