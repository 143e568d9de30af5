"""A list of words in their context, one line each, the words found all at one place so that eyes run down.

Enter and a double click choose a row; Space checks or unchecks all that are selected.
"""

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from ui.models.context_rows import ROW_ROLE, ContextModel, ContextRow, Index
from ui.panels.label_chip import chip_width, paint_chip
from ui.panels.themed import SMALL, scaled_font, theme_of

PADDING = 10
GAP = 8
BOX = 16
BEFORE = 0.42  # how much of a row stands before the words found
LEAST_BEFORE = 60


class ContextList(QListView):
    """A list over a `ContextModel`.

    Signals:
        chosen: Enter was pressed on a row, or it was clicked twice; the argument is its key.
        came_down: The selection or the wheel came to the last row.
    """

    chosen = Signal(int)
    came_down = Signal()

    def __init__(self, name: str, *, before: float = BEFORE, parent: QWidget | None = None) -> None:
        """`before` is the share of a row's width for what stands before the words."""
        super().__init__(parent)
        self.rows = ContextModel(self)
        self.setAccessibleName(name)
        self.setModel(self.rows)
        self.setItemDelegate(_ContextDelegate(self, before))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def select_first(self) -> None:
        """Go to the first row that can be selected."""
        self.setCurrentIndex(self.rows.first())
        self.scrollToTop()

    def choose_current(self) -> None:
        """Choose the row that the keyboard is at."""
        self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_plain = modifiers == Qt.KeyboardModifier.NoModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        elif is_plain and event.key() == Qt.Key.Key_Space:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.indexAt(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box checks or unchecks its row alone."""
        index = self.indexAt(event.position().toPoint())
        row = self.rows.row_at(index)
        is_on_box = event.position().x() < PADDING + BOX + GAP / 2
        has_box = row is not None and row.is_enabled and row.is_checked is not None
        if row is not None and has_box and is_on_box and event.button() == Qt.MouseButton.LeftButton:
            self.rows.check([index], not row.is_checked)
            return
        super().mousePressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() == self.rows.rowCount() - 1:
            self.came_down.emit()

    def _on_scrolled(self, value: int) -> None:
        if value == self.verticalScrollBar().maximum():
            self.came_down.emit()

    def _choose(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if row is not None and row.is_enabled:
            self.chosen.emit(row.key)

    def _toggle(self) -> None:
        """Check all selected rows, or uncheck them if they are checked, all of them."""
        indexes = self.selectedIndexes()
        rows = [row for row in map(self.rows.row_at, indexes) if row is not None]
        self.rows.check(indexes, not all(row.is_checked for row in rows))


class _ContextDelegate(QStyledItemDelegate):
    """Draws a row in one line: box, chip, the words in their context, and the remark at the far side."""

    def __init__(self, view: ContextList, before: float) -> None:
        super().__init__(view)
        self._before = before

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        painter.setClipRect(option.rect)
        if isinstance(row, ContextRow):
            self._paint_row(painter, option, row)
        else:
            painter.setFont(scaled_font(option.font, bold=True))
            painter.setPen(QColor(theme_of(option.widget).muted))
            place = option.rect.adjusted(PADDING, 0, -PADDING, 0)
            heading = painter.fontMetrics().elidedText(str(row), Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), heading)
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: ContextRow) -> None:
        theme = theme_of(option.widget)
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus) or option.widget.hasFocus()
            painter.fillRect(option.rect, QColor(theme.selection if has_focus else theme.hover))
        place = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if row.is_checked is not None:
            if row.is_enabled:
                self._paint_box(painter, option, place, is_on=row.is_checked)
            place.setLeft(place.left() + BOX + GAP)
        self._paint_side(painter, option, place, row)
        painter.setFont(option.font)
        painter.setPen(QColor(theme.text if row.is_enabled else theme.muted))
        # Measured from the whole row, so that the words stand below each other whatever is at the sides.
        x = max(place.left() + LEAST_BEFORE, option.rect.left() + round(option.rect.width() * self._before))
        self._paint_context(painter, place, x, row, QColor(theme.match) if row.is_enabled else None)

    def _paint_box(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, *, is_on: bool
    ) -> None:
        box = QStyleOptionButton()
        box.rect = QRect(place.left(), place.center().y() - BOX // 2, BOX, BOX)
        box.palette = option.palette
        box.state = QStyle.StateFlag.State_On if is_on else QStyle.StateFlag.State_Off
        box.state |= QStyle.StateFlag.State_Enabled
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, option.widget)

    def _paint_side(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, row: ContextRow
    ) -> None:
        """Paint chip and remark, and take their room off the place."""
        theme = theme_of(option.widget)
        if row.chip:
            painter.setFont(scaled_font(option.font, SMALL, bold=True))
            width = min(chip_width(row.chip, painter.font()), place.width() / 4)
            height = painter.fontMetrics().height() + 4
            chip = QRectF(place.left(), place.center().y() - height / 2 + 1, width, height)
            paint_chip(painter, chip, row.chip, row.colour, theme)
            place.setLeft(round(chip.right()) + GAP)
        if row.remark:
            painter.setFont(scaled_font(option.font, SMALL))
            painter.setPen(QColor(theme.muted))
            metrics = painter.fontMetrics()
            remark = metrics.elidedText(row.remark, Qt.TextElideMode.ElideRight, place.width() // 2)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), remark)
            place.setRight(place.right() - metrics.horizontalAdvance(remark) - 2 * GAP)

    def _paint_context(
        self, painter: QPainter, place: QRect, x: int, row: ContextRow, ground: QColor | None
    ) -> None:
        """Paint what stands before the words up to x, and the rest from there."""
        font, bold = QFont(painter.font()), scaled_font(painter.font(), bold=True)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        before = place.adjusted(0, 0, x - place.right() - 1, 0)
        painter.drawText(
            before,
            middle | int(Qt.AlignmentFlag.AlignRight),
            _cut_left(row.before, painter.fontMetrics(), before.width()),
        )
        for piece in row.pieces:
            painter.setFont(bold if piece.is_found else font)
            metrics = painter.fontMetrics()
            left = place.right() + 1 - x
            if left <= 0:
                return
            text = metrics.elidedText(piece.text, Qt.TextElideMode.ElideRight, left)
            width = metrics.horizontalAdvance(text)
            if piece.is_found and ground is not None:
                height = metrics.height()
                painter.fillRect(QRect(x, place.center().y() - height // 2, width, height + 1), ground)
            painter.drawText(QRect(x, place.top(), left, place.height()), middle, text)
            x += width


def _cut_left(text: str, metrics: QFontMetrics, width: int) -> str:
    """The end of a text that has room, from the beginning of a word if that leaves any."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideLeft, width)
    _, space, words = cut.rstrip().partition(" ")
    return f"… {words}{cut[len(cut.rstrip()) :]}" if space else cut
