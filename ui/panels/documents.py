"""The document list: search box, documents by state or by case, the open one marked.

It reads the whole list only when documents come or go; an edit updates one row from the session.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.cases import short_caption
from annotator.change import Change
from annotator.model import WorkState
from annotator.store import DocumentRow
from ui.models.documents import ROW_ROLE, DocumentListModel
from ui.panels.themed import SMALL, scaled_font, theme_of
from ui.session import Session
from ui.theme import icon

_Index: TypeAlias = QModelIndex | QPersistentModelIndex

PADDING = 8
BAR = 3
STATE_ICONS: dict[WorkState, str] = {
    "returned": "undo",
    "todo": "circle",
    "in_progress": "half-circle",
    "done": "check-circle",
    "skipped": "next",
}


class DocumentsPanel(QWidget):
    """The documents of the project as the annotator has them before them.

    Signals:
        chosen: A document was clicked or Enter pressed on it; it is open in the session by then.
        remove_asked: Delete was pressed on a document (its id).
    """

    chosen = Signal()
    remove_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self._session = session
        self._is_by_case = False
        self.model = DocumentListModel(self)
        self.search = QLineEdit(placeholderText=self.tr("Search titles"), clearButtonEnabled=True)
        self.search.setTextMargins(4, 2, 4, 2)
        self.search.setAccessibleName(self.tr("Search titles"))
        self.list = _DocumentList()
        self.list.setAccessibleName(self.tr("Documents"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setItemDelegate(_DocumentDelegate(self.model, self))
        self.list.setModel(self.model)
        self._empty = QLabel(alignment=Qt.AlignmentFlag.AlignTop, wordWrap=True)
        self._empty.setContentsMargins(PADDING + BAR, 2 * PADDING, PADDING, 0)
        self._empty.setAutoFillBackground(True)
        self._empty.setBackgroundRole(QPalette.ColorRole.Base)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(PADDING, 0, PADDING, PADDING)
        above.addWidget(self.search)
        layout.addLayout(above)
        layout.addWidget(self._stack)
        self._connect()
        self._reload()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.search.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        session = self._session
        for signal in (session.project_changed, session.documents_changed, session.annotator_changed):
            signal.connect(self._reload)
        session.document_changed.connect(self._show_current)
        session.changed.connect(self._on_changed)

    def set_by_case(self, is_by_case: bool) -> None:
        """Group the documents by case, or else by state."""
        if is_by_case != self._is_by_case:
            self._is_by_case = is_by_case
            self._reload()

    def show_doubts(self, doubts: Mapping[str, float] | None) -> None:
        """List those first that what was learned is least sure of; None in order of import again."""
        self.model.set_doubts(doubts)
        self._show_current()

    def step(self, step: int) -> str | None:
        """The document `step` rows below the open one (negative: above) as listed; None at the end."""
        rows = self.model.shown()
        open_id = self._session.document.id if self._session.document else None
        place = next((number for number, row in enumerate(rows) if row.id == open_id), None)
        if place is None:
            return rows[0 if step > 0 else -1].id if rows else None
        return rows[place + step].id if 0 <= place + step < len(rows) else None

    def next_to_do(self) -> str | None:
        """The next document after the open one, in order of import and round again, that is not done.

        Where those least sure come first, it is the one that is least sure.
        """
        rows = self._session.rows()
        open_id = self._session.document.id if self._session.document else None
        place = next((number for number, row in enumerate(rows) if row.id == open_id), -1)
        ahead = (*rows[place + 1 :], *rows[: max(place, 0)])
        left = [row.id for row in ahead if row.state not in ("done", "skipped")]
        return max(left, key=lambda each: self.model.doubt(each) or 0.0, default=None)

    def show_time(self, seconds: int) -> None:
        """Bring the time spent on the open document up to date."""
        if self._session.document is not None:
            self.model.update_time(self._session.document.id, seconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the search box goes to the list; Delete in the list asks to remove a document."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.model.document_at(self.list.currentIndex())
            if event.key() == Qt.Key.Key_Delete and row is not None:
                self.remove_asked.emit(row.id)
                return True
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _reload(self) -> None:
        self.model.set_rows(self._session.rows(), self._cases() if self._is_by_case else None)
        self._show_current()

    def _cases(self) -> dict[str, tuple[str, ...]]:
        store = self._session.store
        if store is None:
            return {}
        members: dict[str, list[str]] = {case.id: [] for case in store.cases()}
        for member in store.case_documents():
            members[member.case].append(member.document)
        return {short_caption(case.name): tuple(members[case.id]) for case in store.cases()}

    def _on_changed(self, change: Change) -> None:
        document = self._session.document
        if document is None or change.document != document.id:
            self._reload()
            return
        self.model.update_row(
            document.id,
            state=self._session.work_state,
            spans=len(self._session.annotations),
            title=document.title,
        )
        if not self.list.currentIndex().isValid():
            self._show_current()

    def _show_current(self) -> None:
        document = self._session.document
        self.model.open_document = document.id if document else None
        index = self.model.index_of(self.model.open_document)
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.list)
            return
        self._stack.setCurrentWidget(self._empty)
        self._empty.setText(
            self.tr("No title has these words.")
            if self.model.total
            else self.tr("The documents of the project will be listed here.")
        )

    def _on_search_changed(self, words: str) -> None:
        self.model.set_filter(words)
        self._show_current()

    def _on_search_entered(self) -> None:
        rows = self.model.shown()
        if rows:
            self._open(self.model.index_of(rows[0].id))

    def _open(self, index: QModelIndex) -> None:
        row = self.model.document_at(index)
        if row is None:
            return
        if self._session.document is None or self._session.document.id != row.id:
            self._session.open_document(row.id)
        self.chosen.emit()


class _DocumentList(QListView):
    """A list whose rows keep their height: one that changes is only painted anew.

    Qt would measure every row at each change, which are thousands at each key press.
    """

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        for row in range(first.row(), last.row() + 1):
            self.update(self.model().index(row, 0))


class _DocumentDelegate(QStyledItemDelegate):
    """Draws a document in two lines, title over kind and date, and a heading in one."""

    def __init__(self, model: DocumentListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = option.fontMetrics.height()
        is_document = isinstance(index.data(ROW_ROLE), DocumentRow)
        return QSize(80, 2 * line + 2 * PADDING if is_document else line + 2 * PADDING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        if isinstance(row, DocumentRow):
            self._paint_document(painter, option, row)
        else:
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            place = option.rect.adjusted(PADDING + BAR, 0, -PADDING, 0)
            _draw_line(painter, place, str(row))
        painter.restore()

    def _paint_document(self, painter: QPainter, option: QStyleOptionViewItem, row: DocumentRow) -> None:
        self._paint_ground(painter, option, is_open=row.id == self._model.open_document)
        inside = option.rect.adjusted(PADDING + BAR, PADDING, -PADDING, -PADDING)
        title = QRect(inside.left(), inside.top(), inside.width(), inside.height() // 2)
        detail = title.translated(0, title.height())
        group = row.state
        size = min(detail.height(), 14)
        sign = QRect(detail.left(), detail.center().y() - size // 2, size, size)
        icon(STATE_ICONS[group], theme_of(option.widget)).paint(painter, sign)
        detail.setLeft(sign.right() + BAR + 2)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        _draw_line(painter, title, row.title)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(scaled_font(option.font, SMALL))
        _draw_line(painter, detail, self._model.detail(row))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, is_open: bool) -> None:
        """The open document has a bar at its side; the ground tells where the keyboard and mouse are."""
        theme = theme_of(option.widget)
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.fillRect(option.rect, QColor(theme.selection if has_focus else theme.hover))
        elif is_open or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(theme.hover))
        if is_open:
            bar = QRect(option.rect.left(), option.rect.top(), BAR, option.rect.height())
            painter.fillRect(bar, QColor(theme.accent))


def _draw_line(painter: QPainter, place: QRect, text: str) -> None:
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
