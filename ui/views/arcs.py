"""Links between spans as quiet lines: up from a span into the gap between lines, along the margin, down.

They keep to the gaps and the margin, so that no line crosses words. The views say where an end stands; where
it is on another page, or in another document, the line ends at the edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.theme import Theme

_ROUND = 6.0
_HEAD = 3.6
_LANES = 4
_LANE = 4.0
_QUIET = 120


@dataclass(frozen=True, slots=True)
class Arc:
    """A link from the span that begins at `source` to the one at `target`, in code points.

    An end that stands in another document is None. `is_strong` where one of them is selected.
    """

    source: int | None
    target: int | None
    is_strong: bool = False

    @property
    def ends(self) -> tuple[int, ...]:
        """The ends that stand in this document, one at least."""
        return tuple(end for end in (self.source, self.target) if end is not None)


@dataclass(frozen=True, slots=True)
class ArcEnd:
    """Where an end stands: its top left corner, and how high above that the gap between the lines is."""

    point: QPointF
    gap: float


@dataclass(frozen=True, slots=True)
class PlacedArc:
    """An arc whose ends are placed; one that is not here is the height at which the line leaves the view."""

    source: ArcEnd | float
    target: ArcEnd | float
    is_strong: bool


def paint_arcs(painter: QPainter, arcs: Sequence[PlacedArc], theme: Theme, margin: float) -> None:
    """Draw the arcs, the strong ones last; `margin` is where the column of text begins."""
    for number, arc in sorted(enumerate(arcs), key=lambda each: each[1].is_strong):
        colour = QColor(theme.accent if arc.is_strong else theme.muted)
        if not arc.is_strong:
            colour.setAlpha(_QUIET)
        lane = margin - 7 - _LANE * (number % _LANES)
        points = corners(arc, lane)
        painter.setPen(QPen(colour, 1.3 if arc.is_strong else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_rounded(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(_head(points))


def corners(arc: PlacedArc, lane: float) -> list[QPointF]:
    """The corners of the line from source to target; `lane` is the x at which it runs in the margin."""
    source, target = arc.source, arc.target
    if isinstance(source, ArcEnd) and isinstance(target, ArcEnd) and _is_one_line(source, target):
        height = min(_gap(source), _gap(target))
        return [
            source.point,
            QPointF(source.point.x(), height),
            QPointF(target.point.x(), height),
            target.point,
        ]
    return [*_to_lane(source, lane), *reversed(_to_lane(target, lane))]


def _to_lane(end: ArcEnd | float, lane: float) -> list[QPointF]:
    if not isinstance(end, ArcEnd):
        return [QPointF(lane, end)]
    height = _gap(end)
    return [end.point, QPointF(end.point.x(), height), QPointF(lane, height)]


def _gap(end: ArcEnd) -> float:
    return end.point.y() - end.gap


def _is_one_line(one: ArcEnd, other: ArcEnd) -> bool:
    return abs(one.point.y() - other.point.y()) < 2


def _rounded(points: Sequence[QPointF]) -> QPainterPath:
    """The line through the points, its corners round."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        path.lineTo(_towards(corner, before))
        path.quadTo(corner, _towards(corner, after))
    path.lineTo(points[-1])
    return path


def _towards(start: QPointF, end: QPointF) -> QPointF:
    """A point on the way from one to another: as far as corners are round, half the way at most."""
    length = hypot(end.x() - start.x(), end.y() - start.y())
    share = 0.0 if length == 0 else min(_ROUND, length / 2) / length
    return start + (end - start) * share


def _head(points: Sequence[QPointF]) -> QPolygonF:
    """The head of an arrow: before the line turns down to its target, whose chip would cover it there."""
    before, tip = points[-3:-1] if len(points) > 3 else points[-2:]
    length = hypot(tip.x() - before.x(), tip.y() - before.y()) or 1.0
    along = (tip - before) / length * _HEAD
    across = QPointF(-along.y(), along.x()) * 0.8
    return QPolygonF([tip, tip - along * 1.6 + across, tip - along * 1.6 - across])
