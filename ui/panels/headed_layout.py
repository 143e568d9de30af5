"""A heading and what it heads: beside each other where there is room on one line, else one below the other.

Headings that stand beside something share one column width, so that rows line up.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_COLUMN_LETTERS = 9
_GAP = 6
_BETWEEN = 1


class HeadedLayout(QLayout):
    """Two items: first the heading, then what it heads."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heading, body = self._items
        if self._is_beside(width):
            return max(heading.sizeHint().height(), body.sizeHint().height())
        return heading.sizeHint().height() + _BETWEEN + _height(body, width)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        heading, body = self._items
        width = max(heading.minimumSize().width(), body.minimumSize().width())
        return QSize(width, min(heading.sizeHint().height(), body.minimumSize().height()))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        heading, body = self._items
        if self._is_beside(rect.width()):
            column = self._column()
            heading.setGeometry(self._mirrored(QRect(rect.left(), rect.top(), column, rect.height())))
            left = rect.left() + column + _GAP
            beside = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
            body.setGeometry(self._mirrored(beside))
            return
        top = heading.sizeHint().height()
        heading.setGeometry(QRect(rect.left(), rect.top(), rect.width(), top))
        below = rect.top() + top + _BETWEEN
        body.setGeometry(QRect(rect.left(), below, rect.width(), rect.bottom() - below + 1))

    def _is_beside(self, width: int) -> bool:
        heading, body = self._items
        column = self._column()
        return heading.sizeHint().width() <= column and column + _GAP + body.sizeHint().width() <= width

    def _column(self) -> int:
        parent = self.parentWidget()
        return 0 if parent is None else _COLUMN_LETTERS * parent.fontMetrics().averageCharWidth() + 4

    def _mirrored(self, rect: QRect) -> QRect:
        """The place as it is where reading begins at the right."""
        parent = self.parentWidget()
        if parent is None or parent.layoutDirection() != Qt.LayoutDirection.RightToLeft:
            return rect
        whole = self.geometry()
        return QRect(whole.left() + whole.right() - rect.right(), rect.top(), rect.width(), rect.height())


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
