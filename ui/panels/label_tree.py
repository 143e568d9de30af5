"""How the labels are listed: a tree of layers and labels, drawn as key, colour, name and count.

The tree takes the keyboard by Tab only, so that a click on a label leaves it in the text.
"""

from typing import TypeAlias

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.keys import shown
from ui.panels.label_chip import paint_key, paint_swatch
from ui.panels.label_rows import LabelRow, LayerRow
from ui.panels.themed import SMALL, scaled_font, theme_of
from ui.theme import Theme

Index: TypeAlias = QModelIndex | QPersistentModelIndex

ROW = int(Qt.ItemDataRole.UserRole)
ARMED = ROW + 1

_SIDE = 10
_CAP = 18
_SWATCH = 12


class LabelTree(QTreeWidget):
    """Layers that fold, with their labels.

    Signals:
        label_clicked: A label was clicked, or Enter or the space bar pressed on it (its id).
        tooltip_wanted: The mouse rests on a label: the label's row and the place on the screen.
    """

    label_clicked = Signal(str)
    tooltip_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(LabelDelegate(self))
        self.setMouseTracking(True)
        self.itemClicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if item is not None and event.key() in keys and not event.modifiers():
            self._choose(item)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self.indexAt(event.pos()).data(ROW)
            if isinstance(row, LabelRow):
                self.tooltip_wanted.emit(row, event.globalPos())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _choose(self, item: QTreeWidgetItem) -> None:
        row = item.data(0, ROW)
        if isinstance(row, LayerRow):
            item.setExpanded(not item.isExpanded())
        elif isinstance(row, LabelRow) and row.offer != "never":
            self.label_clicked.emit(row.label.id)


class LabelDelegate(QStyledItemDelegate):
    """Draws a layer as a heading and a label as key, colour, name and count."""

    def __init__(self, tree: LabelTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, max(_CAP, option.fontMetrics.height()) + 5)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme = index.data(ROW), theme_of(self._tree)
        rect = option.rect
        painter.save()
        painter.setFont(self._tree.font())
        has_focus = self._tree.hasFocus() and index == self._tree.currentIndex()
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_armed = bool(index.data(ARMED))
        self._paint_ground(
            painter, rect, theme, has_focus=has_focus, is_hovered=is_hovered, is_armed=is_armed
        )
        if isinstance(row, LayerRow):
            self._paint_layer(painter, rect, row, theme, is_open=self._tree.isExpanded(index))
        elif isinstance(row, LabelRow):
            self._paint_label(painter, rect, row, theme, is_armed=is_armed)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        rect: QRect,
        theme: Theme,
        *,
        has_focus: bool,
        is_hovered: bool,
        is_armed: bool,
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(rect).adjusted(4.5, 1.5, -4.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_armed:
            painter.setBrush(QColor(theme.selection))
            painter.drawRoundedRect(place, 4, 4)
        elif is_hovered:
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(place, 4, 4)
        if has_focus:
            painter.setPen(QPen(QColor(theme.accent), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 4, 4)

    def _paint_layer(
        self, painter: QPainter, rect: QRect, row: LayerRow, theme: Theme, *, is_open: bool
    ) -> None:
        painter.setFont(scaled_font(painter.font(), SMALL, bold=True))
        painter.setPen(QColor(theme.muted))
        inside = rect.adjusted(_SIDE, 2, -_SIDE, 0)
        _paint_chevron(painter, QRectF(inside.left(), inside.top(), 8, inside.height()), is_open=is_open)
        inside.setLeft(inside.left() + 14)
        middle = Qt.AlignmentFlag.AlignVCenter
        name = row.layer.name.upper()
        painter.drawText(inside, middle, name)
        inside.setLeft(inside.left() + painter.fontMetrics().horizontalAdvance(name) + 10)
        painter.setFont(scaled_font(self._tree.font(), SMALL))
        right = row.reason or ("" if is_open or not row.count else str(row.count))
        elided = painter.fontMetrics().elidedText(right, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, elided)

    def _paint_label(
        self, painter: QPainter, rect: QRect, row: LabelRow, theme: Theme, *, is_armed: bool
    ) -> None:
        inside = QRectF(rect).adjusted(_SIDE, 0, -_SIDE, 0)
        middle = inside.center().y()
        if row.offer == "never":
            painter.setOpacity(0.55)
        if row.label.key:
            cap = QRectF(inside.left(), round(middle - _CAP / 2), _CAP, _CAP)
            painter.setFont(scaled_font(self._tree.font(), SMALL))
            paint_key(painter, cap, shown(row.label.key.upper()), theme)
        swatch = QRectF(inside.left() + _CAP + 9, round(middle - _SWATCH / 2), _SWATCH, _SWATCH)
        paint_swatch(painter, swatch, row.label.colour, theme)
        right = self._paint_right(painter, inside, row, theme, is_armed=is_armed)
        inside.setLeft(swatch.right() + 8)
        inside.setRight(right - 8)
        painter.setFont(scaled_font(self._tree.font(), bold=is_armed))
        painter.setPen(QColor(theme.text if row.offer == "always" or is_armed else theme.muted))
        name = painter.fontMetrics().elidedText(
            row.label.name, Qt.TextElideMode.ElideRight, round(inside.width())
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_right(
        self, painter: QPainter, inside: QRectF, row: LabelRow, theme: Theme, *, is_armed: bool
    ) -> float:
        """Paint the count, or what is to be said instead; returns where it begins."""
        text = str(row.count) if row.count else ""
        if is_armed:
            text = self.tr("armed")
        elif row.label.retired:
            text = self.tr("retired {count}").format(count=text).strip()
        elif row.offer == "on_demand" and not row.count:
            text = self.tr("on demand")
        painter.setFont(scaled_font(self._tree.font(), 1.0 if text.isdigit() else SMALL))
        painter.setPen(QColor(theme.text if is_armed else theme.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inside, flags, text)
        return inside.right() - painter.fontMetrics().horizontalAdvance(text)


def _paint_chevron(painter: QPainter, rect: QRectF, *, is_open: bool) -> None:
    x, y = rect.center().x(), rect.center().y()
    painter.save()
    painter.setPen(QPen(painter.pen().color(), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    points = [(-3.0, -1.5), (0.0, 1.5), (3.0, -1.5)] if is_open else [(-1.5, -3.0), (1.5, 0.0), (-1.5, 3.0)]
    painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in points])
    painter.restore()
