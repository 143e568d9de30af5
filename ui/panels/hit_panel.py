"""What the panels that search share: a field, what to narrow it to, and the hits under their documents.

It searches while one types, in a worker; what cannot be searched for is said in place of the hits.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model import WorkState
from annotator.progress import Job, Progress
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.models.context_rows import ContextRow, Row
from ui.panels.context_list import ContextList
from ui.panels.filter_boxes import ANY, fill_box, filter_box
from ui.panels.flow_layout import FlowLayout
from ui.panels.span_words import kind_words, state_words
from ui.panels.themed import Words
from ui.session import Session

if TYPE_CHECKING:
    from storage.store import ProjectStore

PAUSE_MS = 200
_STATES: tuple[WorkState, ...] = ("todo", "in_progress", "done", "skipped", "returned")


class _InDocument(Protocol):
    @property
    def document(self) -> str: ...


AnyHit = TypeVar("AnyHit", bound=_InDocument)
_Found = TypeVar("_Found", bound=_InDocument, covariant=True)


class Page(Protocol[_Found]):
    """Some of the hits, by document and place; `next` asks for those behind them, None at the end."""

    @property
    def hits(self) -> Sequence[_Found]: ...

    @property
    def next(self) -> int | None: ...


class HitPanel(QWidget, Generic[AnyHit]):
    """The panel, without what it looks for. Everything in it works on the open project.

    Signals:
        left: Esc was pressed.
        failed: What went wrong in the worker and is no sentence for people.
    """

    left = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._job: JobHandle | None = None
        self._hits: list[AnyHit] = []
        self._next: int | None = None
        self._is_awaited = False  # Enter was pressed before the hits were there
        self.field = QLineEdit(clearButtonEnabled=True)
        self.kind, self.state = filter_box(self.tr("Kind")), filter_box(self.tr("State"))
        self.label, self.whose = filter_box(self.tr("Label")), filter_box(self.tr("Whose spans"))
        self.count = Words(tone="muted", is_wrapping=False)
        self.list = ContextList(self._list_name(), before=0.3)
        self.told = Words(tone="muted")
        self._stack = QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)

    # -- what a panel says for itself

    def _list_name(self) -> str:
        """What the list of hits is called for those who do not see it."""
        raise NotImplementedError

    def _none_words(self) -> str:
        """The sentence for no hits at all."""
        raise NotImplementedError

    def _count_words(self, count: int, *, has_more: bool) -> str:
        """So many hits, or the first so many."""
        raise NotImplementedError

    def _row(self, number: int, hit: AnyHit) -> ContextRow:
        """How a hit is shown."""
        raise NotImplementedError

    def _look(self) -> None:
        """Search anew for what is asked now."""
        raise NotImplementedError

    def _ask(self, after: int) -> None:
        """Ask for the hits behind a place."""
        raise NotImplementedError

    def _offer(self) -> None:
        """Offer the kinds, states and labels that there are in the project."""
        kinds = sorted({row.kind for row in self._session.rows()})
        fill_box(self.kind, self.tr("Any kind"), [(kind, kind_words(kind)) for kind in kinds])
        fill_box(self.state, self.tr("Any state"), [(state, state_words(state)) for state in _STATES])
        labels = [(label.id, label.name) for label in self._session.schema.labels()]
        fill_box(self.label, self.tr("Any label"), labels)

    # -- what it is made of

    def _lay_out(self, boxes: Sequence[QComboBox]) -> None:
        self.field.setTextMargins(4, 2, 4, 2)
        self.field.setMinimumWidth(220)
        self.list.setFrameShape(ContextList.Shape.NoFrame)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setMargin(12)
        self.told.setAutoFillBackground(True)
        self.told.setBackgroundRole(QPalette.ColorRole.Base)
        self._stack.addWidget(self.told)
        self._stack.addWidget(self.list)
        head = FlowLayout(spacing=6)
        for widget in (self.field, *boxes, self.count):
            widget.setFixedHeight(self.field.sizeHint().height())
            head.addWidget(widget)
        above = QHBoxLayout()
        above.setContentsMargins(10, 2, 10, 6)
        above.addLayout(head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self._stack, 1)
        self._connect(boxes)

    def _connect(self, boxes: Sequence[QComboBox]) -> None:
        self._pause.timeout.connect(self._look)
        self.field.textChanged.connect(lambda: self._pause.start())
        self.field.returnPressed.connect(self._on_entered)
        for box in boxes:
            box.currentIndexChanged.connect(self._look)
        for widget in (self.field, self.list):
            widget.installEventFilter(self)
        self.list.came_down.connect(self._more)
        session = self._session
        for signal in (session.project_changed, session.schema_changed, session.annotator_changed):
            signal.connect(self._offer)
        session.project_closing.connect(self._forget)

    def _take_keyboard(self) -> None:
        self._offer()
        self.field.setFocus()
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the field to the hits, Up at the first hit back; Esc leaves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if watched is self.field and event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
            is_first = self.list.currentIndex() == self.list.rows.first()
            if watched is self.list and event.key() == Qt.Key.Key_Up and is_first:
                self.field.setFocus()
                return True
        return super().eventFilter(watched, event)

    # -- searching

    def _documents(self) -> tuple[str, ...] | None:
        """The documents of the kind and state that are chosen; None for all."""
        kind, state = self.kind.currentData(), self.state.currentData()
        if not (kind or state):
            return None
        rows = self._session.rows()
        return tuple(row.id for row in rows if kind in (ANY, row.kind) and state in (ANY, row.state))

    def _forget(self) -> None:
        """Drop the hits, and what is still asked."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        self._job, self._hits, self._next = None, [], None
        self.list.rows.set_rows([])
        self.count.clear()

    def _start(self, title: str, ask: Callable[["ProjectStore"], Page[AnyHit]]) -> None:
        """Ask a store in a worker."""
        store = self._session.store
        if store is None:
            return

        def job(own: "ProjectStore") -> Job[Page[AnyHit]]:
            yield Progress(0, 0)
            return ask(own)

        handle = self._jobs.job(title, on_sibling(store, job))
        handle.finished.connect(lambda page: self._on_found(handle, page))
        handle.failed.connect(lambda error: self._on_failed(handle, error))
        self._job = handle
        handle.start()

    def _more(self) -> None:
        if self._next is not None and self._job is None:
            self._ask(self._next)

    def _on_found(self, handle: JobHandle, page: Page[AnyHit]) -> None:
        if handle is not self._job:
            return
        self._job, self._next = None, page.next
        is_first = not self._hits
        self.list.rows.add_rows(list(self._rows(page)))
        if not self._hits:
            self._is_awaited = False
            self._tell(self._none_words())
            return
        self._stack.setCurrentWidget(self.list)
        self._show_count()
        if is_first:
            self.list.select_first()
        if self._is_awaited:
            self._is_awaited = False
            self.list.choose_current()

    def _rows(self, page: Page[AnyHit]) -> Iterator[Row]:
        titles = {row.id: row.title for row in self._session.rows()}
        for hit in page.hits:
            if not self._hits or self._hits[-1].document != hit.document:
                yield titles.get(hit.document, "")
            yield self._row(len(self._hits), hit)
            self._hits.append(hit)

    def _show_count(self) -> None:
        hits = self._count_words(len(self._hits), has_more=self._next is not None)
        documents = len({hit.document for hit in self._hits})
        where = self.tr("1 document") if documents == 1 else self.tr("{n} documents").format(n=documents)
        self.count.setText(self.tr("{where}, {hits}").format(where=where, hits=hits))

    def _on_failed(self, handle: JobHandle, error: BaseException) -> None:
        if handle is not self._job:
            return
        self._forget()
        if isinstance(error, AnnotatorError):
            self._tell(str(error))
        else:
            self.failed.emit(error)

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self._stack.setCurrentWidget(self.told)

    def _on_entered(self) -> None:
        """Choose the hit at hand; if it is still looked for, as soon as it is there."""
        if self._pause.isActive():
            self._look()
        if self._job is not None and not self._hits:
            self._is_awaited = True
        else:
            self.list.choose_current()
