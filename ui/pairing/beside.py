"""The other side of the pair view: a document with text and pages that scrolls by itself and takes no keys.

A click on it asks for the sides to be changed, and is no selection yet; the wheel scrolls it.
"""

from collections.abc import MutableMapping

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.document_pane import DocumentPane
from ui.memory import Memory
from ui.paging import Paging
from ui.painting import Painting
from ui.pairing.companion import Companion
from ui.views.text_view import TextView


class Beside(QWidget):
    """The pane of the companion's document.

    Signals:
        activated: It was clicked; the argument is the offset under the mouse, -1 for none.
    """

    activated = Signal(int)

    def __init__(self, companion: Companion, memory: Memory, passwords: MutableMapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("beside")
        self.companion = companion
        self.view = TextView()
        self.view.setAcceptDrops(False)
        self.pane = DocumentPane(companion, self.view, import_files=lambda: None)
        self.painting = Painting(companion, self.view, memory)
        self.paging = Paging(companion, self.pane, memory, passwords)
        self.painting.show_arcs("none")
        self.view.setAccessibleName(self.tr("Text of the document beside"))
        for view in (self.view, self.paging.view):
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.viewport().installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pane)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press is kept from the view; its release activates the side."""
        if not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return super().eventFilter(watched, event)
        kind = event.type()
        if kind == QEvent.Type.MouseButtonRelease:
            self.activated.emit(self._offset(watched, event.position()))
        return kind in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
        )

    def _offset(self, watched: QObject, point: QPointF) -> int:
        is_page = watched is self.paging.view.viewport()
        found = self.paging.view.offset_at(point) if is_page else self.view.caret_at(point.toPoint())
        return -1 if found is None else found
