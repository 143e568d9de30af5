"""The gap between the two documents, with the links across it drawn from span to span.

Each line runs from left to right and has an arrow at the end that it leads to. An end that is scrolled out of
view is held at the edge, and its line is pale.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.panels.themed import theme_of
from ui.views.page_view import PageView
from ui.views.text_view import TextView

WIDTH = 56
_HEAD = 6.0
_PALE, _QUIET = 70, 150


@dataclass(frozen=True, slots=True)
class Across:
    """A link from a place in the left document to one in the right one, in code points.

    `is_leftward` where it leads to the left one. A strong one is selected, an open one only proposed.
    """

    left: int
    right: int
    is_leftward: bool = False
    is_strong: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """Where one of the documents is shown."""

    text: TextView
    pages: PageView

    def height(self, offset: int) -> tuple[QWidget, float]:
        """The widget that shows an offset, and at which height of it."""
        if self.pages.isVisible() and not self.text.isVisible():
            box = self.pages.box_of(offset)
            return self.pages.viewport(), 0.0 if box is None else box.center().y()
        return self.text.viewport(), self.text.height_of(offset)


class Gap(QWidget):
    """Paints what it is given; the heights are asked for at each painting."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gap")
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Links between the documents"))
        self.links: tuple[Across, ...] = ()
        self._sides: Callable[[], tuple[Side, Side]] | None = None

    def show_links(self, links: Sequence[Across], sides: Callable[[], tuple[Side, Side]]) -> None:
        """Draw these links between the places that `sides` (left and right) shows."""
        self.links, self._sides = tuple(links), sides
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 200)

    def ends(self, link: Across) -> tuple[tuple[float, bool], tuple[float, bool]]:
        """The heights of both ends of a link, each with whether it is in view."""
        if self._sides is None:
            return (0.0, False), (0.0, False)
        left, right = self._sides()
        return self._end(left, link.left), self._end(right, link.right)

    def _end(self, side: Side, offset: int) -> tuple[float, bool]:
        widget, y = side.height(offset)
        top = self.mapFromGlobal(widget.mapToGlobal(QPoint(0, 0))).y()
        bottom = top + widget.height()
        there = top + y
        return min(max(there, top + _HEAD), bottom - _HEAD), top <= there <= bottom

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.page))
        for link in sorted(self.links, key=lambda each: (each.is_strong, each.is_open)):
            self._paint(
                painter, link, QColor(theme.accent if link.is_strong or link.is_open else theme.muted)
            )

    def _paint(self, painter: QPainter, link: Across, colour: QColor) -> None:
        (left, is_left_seen), (right, is_right_seen) = self.ends(link)
        if not (is_left_seen or is_right_seen or link.is_strong or link.is_open):
            return
        if not (is_left_seen and is_right_seen):
            colour.setAlpha(_PALE if not link.is_strong else _QUIET)
        elif not link.is_strong:
            colour.setAlpha(_QUIET)
        start, end = QPointF(0, left), QPointF(self.width(), right)
        path = QPainterPath(start)
        middle = self.width() / 2
        path.cubicTo(QPointF(middle, left), QPointF(middle, right), end)
        pen = QPen(colour, 2.0 if link.is_strong else 1.4)
        if link.is_open:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        tip, back = (start, _HEAD) if link.is_leftward else (end, -_HEAD)
        painter.drawPolygon(
            QPolygonF([tip, tip + QPointF(back, -_HEAD / 1.8), tip + QPointF(back, _HEAD / 1.8)])
        )
