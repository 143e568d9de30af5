"""Type to filter, Enter to pick: the one dialog behind the palette, the label picker and the recent list."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.models.picks import PICK_ROLE, Pick, PickModel

WIDTH = 560
ROWS = 12
PADDING = 8
SWATCH = 12

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Picker(QDialog):
    """A field and a list below it, over the top of its window.

    Signals:
        picked: The id of what was picked; the dialog is closed by then.
    """

    picked = Signal(str)

    def __init__(
        self, title: str, picks: Iterable[Pick], *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("picker")
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = PickModel(picks, self)
        self.field = QLineEdit(placeholderText=hint or title)
        self.field.setAccessibleName(title)
        self.list = QListView()
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_PickDelegate(self))
        self.list.setModel(self.model)
        self._nothing = QLabel(self.tr("Nothing matches."))
        self._nothing.hide()
        self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.field.setTextMargins(6, 5, 6, 5)
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.Box)
        frame.setForegroundRole(QPalette.ColorRole.Mid)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        layout = QVBoxLayout(frame)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self._nothing)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._pick)
        self._select(self.model.first_enabled())
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while the field keeps the focus; Enter picks."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _LIST_KEYS:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pick(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, typed: str) -> None:
        self.model.type_in(typed)
        self._nothing.setVisible(self.model.rowCount() == 0)
        self._select(self.model.first_enabled())

    def _select(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)

    def _pick(self, index: QModelIndex) -> None:
        pick = self.model.pick_at(index)
        if pick is None or not pick.is_enabled:
            return
        self.accept()
        self.picked.emit(pick.id)

    def _place(self) -> None:
        """Over the top of the window, as tall as the list needs, up to ROWS rows."""
        row = self.list.sizeHintForRow(0) if self.model.rowCount() else self.fontMetrics().height()
        rows = min(max(self.model.rowCount(), 3), ROWS)
        frame = 2 * self.list.frameWidth()
        self.list.setFixedHeight(rows * row + frame)
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        width = WIDTH if window is None else min(WIDTH, window.width() - 40)
        self.setFixedWidth(width)
        self.adjustSize()
        if window is not None:
            self.move(
                window.mapToGlobal(window.rect().topLeft())
                + QRect((window.width() - width) // 2, window.height() // 8, 0, 0).topLeft()
            )


class _PickDelegate(QStyledItemDelegate):
    """Draws swatch, title, small detail, and the key at the right edge."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, option.fontMetrics.height() + 2 * PADDING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        pick = index.data(PICK_ROLE)
        style = option.widget.style() if option.widget else QApplication.style()
        painter.save()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette, metrics = option.palette, QFontMetrics(option.font)
        group = QPalette.ColorGroup.Active if pick.is_enabled else QPalette.ColorGroup.Disabled
        ink = palette.color(
            group, QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        )
        faint = ink if is_selected else palette.color(group, QPalette.ColorRole.PlaceholderText)
        place = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if pick.colour:
            swatch = QRect(place.left(), place.center().y() - SWATCH // 2, SWATCH, SWATCH)
            painter.fillRect(swatch, QColor(pick.colour))
            place.setLeft(swatch.right() + PADDING)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if pick.key:
            painter.setPen(faint)
            painter.drawText(place, middle | int(Qt.AlignmentFlag.AlignRight), pick.key)
            place.setRight(place.right() - metrics.horizontalAdvance(pick.key) - 2 * PADDING)
        painter.setPen(ink)
        title = metrics.elidedText(pick.title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, middle, title)
        place.setLeft(place.left() + metrics.horizontalAdvance(title) + 2 * PADDING)
        if pick.detail and place.width() > SWATCH:
            painter.setPen(faint)
            painter.drawText(
                place, middle, metrics.elidedText(pick.detail, Qt.TextElideMode.ElideRight, place.width())
            )
        painter.restore()
