"""The button of one value of an attribute: a pill that shows chosen, proposed or free, and its letter.

Qt's own mnemonics would also be keys of the whole window, so the letter is underlined here by hand.
"""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.panels.themed import theme_of

ButtonState = Literal["free", "proposed", "chosen"]

_RING = 2.5
_PADDING = 8
_TICK = 13


class ValueButton(QAbstractButton):
    """A value that can be chosen. `is_current` rings the one that the keyboard is at."""

    def __init__(
        self, text: str, *, letter: int | None = None, has_tick: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._letter = letter
        self._has_tick = has_tick
        self._state: ButtonState = "free"
        self._is_current = False
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def state(self) -> ButtonState:
        return self._state

    def show_state(self, state: ButtonState, *, is_current: bool) -> None:
        """Show whether the value is chosen or proposed, and whether the keyboard is at it."""
        self.setChecked(state == "chosen")
        if (state, is_current) != (self._state, self._is_current):
            self._state, self._is_current = state, is_current
            self.update()

    def nextCheckState(self) -> None:
        """A click asks only; what is stored decides what is shown."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        tick = _TICK if self._has_tick else 0
        width = metrics.horizontalAdvance(self.text()) + 2 * _PADDING + tick
        return QSize(round(width + 2 * _RING), round(metrics.height() + 6 + 2 * _RING))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        pill = QRectF(self.rect()).adjusted(_RING, _RING, -_RING, -_RING)
        if self._is_current:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 7, 7)
        is_chosen = self._state == "chosen"
        line, fill = theme.line, theme.hover if self.underMouse() else theme.raised
        if is_chosen:
            line, fill = theme.accent, theme.selection
        pen = QPen(QColor(theme.muted if self._state == "proposed" else line), 1)
        if self._state == "proposed":
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QColor(theme.text))
        self._paint_text(painter, pill)

    def _paint_text(self, painter: QPainter, pill: QRectF) -> None:
        metrics = painter.fontMetrics()
        x = pill.left() + _PADDING
        baseline = pill.center().y() + (metrics.ascent() - metrics.descent()) / 2
        if self._has_tick:
            self._paint_tick(painter, x, pill.center().y())
            x += _TICK
        painter.drawText(round(x), round(baseline), self.text())
        if self._letter is not None:
            before = metrics.horizontalAdvance(self.text()[: self._letter])
            width = metrics.horizontalAdvance(self.text()[self._letter])
            painter.fillRect(QRectF(round(x) + before, round(baseline) + 2, width, 1), painter.pen().color())

    def _paint_tick(self, painter: QPainter, x: float, middle: float) -> None:
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(painter.pen().color(), 1.1))
        painter.drawRoundedRect(QRectF(x - 1, middle - 4, 8, 8), 1.5, 1.5)
        if self.isChecked():
            painter.setPen(QPen(painter.pen().color(), 1.6))
            painter.drawPolyline(
                [
                    QPointF(x + 0.6, middle),
                    QPointF(x + 2.5, middle + 2),
                    QPointF(x + 5.6, middle - 2.4),
                ]
            )
        painter.restore()
