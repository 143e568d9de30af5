"""A list of what a schema has, put in order by Alt+Up and Alt+Down or by dragging.

It shows and asks: the order changes when the schema does, so a move that is refused is never seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QIcon, QKeyEvent, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from ui.panels.label_chip import paint_swatch
from ui.panels.themed import scaled_font, theme_of

_ID = int(Qt.ItemDataRole.UserRole)
SWATCH = 14


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: `children` stand under it, `remark` beside it; a row that `is_quiet` is used no more."""

    id: str
    name: str
    remark: str = ""
    colour: str = ""
    is_quiet: bool = False
    is_heading: bool = False
    children: tuple["Entry", ...] = ()


class SchemaTree(QTreeWidget):
    """The rows. Ids are given by whoever fills it.

    Signals:
        chosen: Another row is current (its id).
        move_asked: A row is to go up (-) or down (+) by some places among its neighbours.
        remove_asked: Delete was pressed on a row.
    """

    chosen = Signal(str)
    move_asked = Signal(str, int)
    remove_asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setIconSize(QSize(SWATCH, SWATCH))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)
        self.setToolTip(self.tr("Alt+Up and Alt+Down, or the mouse, change the order."))
        self.currentItemChanged.connect(lambda: self.chosen.emit(self.current()))

    def fill(self, entries: Iterable[Entry]) -> None:
        """Show other rows; the current one stays current, else the first is."""
        present = self.current()
        self.blockSignals(True)
        self.clear()
        for entry in entries:
            self.addTopLevelItem(self._item(entry))
        self.expandAll()
        found = self._find(present) or self._find("", any_id=True)
        if found is not None:
            self.setCurrentItem(found)
        self.blockSignals(False)
        if self.current() != present:
            self.chosen.emit(self.current())

    def current(self) -> str:
        """The id of the current row; "" if there is none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, _ID))

    def choose(self, entry_id: str) -> None:
        """Make a row the current one."""
        item = self._find(entry_id)
        if item is not None:
            self.setCurrentItem(item)

    def ids(self) -> list[str]:
        """The ids of all rows from top to bottom."""
        return [str(item.data(0, _ID)) for item in self._items()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        is_alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() in steps and self.current():
            self.move_asked.emit(self.current(), steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete and self.current():
            self.remove_asked.emit(self.current())
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for a move among neighbours; a drop elsewhere asks for nothing."""
        at = self.indexAt(event.position().toPoint())
        step = self._step_to(at)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if step:
            self.move_asked.emit(self.current(), step)

    def _step_to(self, target: QModelIndex) -> int:
        place = self.currentIndex()
        if not target.isValid() or target.parent() != place.parent():
            return 0
        step = target.row() - place.row()
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        above = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.AboveItem
        if step > 0 and above:
            return step - 1
        return step + 1 if step < 0 and below else step

    def _item(self, entry: Entry) -> QTreeWidgetItem:
        item = QTreeWidgetItem([entry.name, entry.remark])
        item.setData(0, _ID, entry.id)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 8))
        item.setFont(0, scaled_font(self.font(), bold=entry.is_heading))
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        item.setForeground(1, quiet)
        if entry.is_quiet:
            item.setForeground(0, quiet)
        if entry.colour:
            item.setIcon(0, self._swatch(entry.colour))
        item.addChildren([self._item(child) for child in entry.children])
        return item

    def _swatch(self, colour: str) -> QIcon:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(SWATCH, SWATCH) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(picture)
        paint_swatch(painter, QRectF(0, 0, SWATCH, SWATCH), colour, theme_of(self))
        painter.end()
        return QIcon(picture)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None:
                found.append(item)
                found += filter(None, (item.child(place) for place in range(item.childCount())))
        return found

    def _find(self, entry_id: str, *, any_id: bool = False) -> QTreeWidgetItem | None:
        return next((item for item in self._items() if any_id or item.data(0, _ID) == entry_id), None)
