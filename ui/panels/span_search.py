"""Find annotations in the whole project: by label, words, attribute, note, flag, and whose they are.

It finds while one types, in a worker; a hit is looked up anew when it is gone to, since it may be gone.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model import WorkState
from annotator.progress import Job, Progress
from annotator.searching import PAGE, SpanHit, SpanHitPage, SpanSearch
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.models.context_rows import ContextRow, Piece, Row
from ui.panels.context_list import ContextList
from ui.panels.filter_boxes import ANY, fill_box, fill_people, filter_box, people
from ui.panels.flow_layout import FlowLayout
from ui.panels.span_words import kind_words, one_line, state_words
from ui.panels.themed import Words
from ui.session import Session

if TYPE_CHECKING:
    from storage.store import ProjectStore

PAUSE_MS = 200
_ATTRIBUTE = "attribute:"


class SpanSearchPanel(QWidget):
    """The panel. Everything in it works on the open project.

    Signals:
        chosen: An annotation was chosen (its id).
        left: Esc was pressed.
        failed: What went wrong in the worker and is no sentence for people.
    """

    chosen = Signal(str)
    left = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("span_search")
        self._session = session
        self._jobs = jobs
        self._job: JobHandle | None = None
        self._hits: list[SpanHit] = []
        self._next: int | None = None
        self._is_awaited = False  # Enter was pressed before the hits were there
        self._make()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._connect()
        self._offer()

    # -- what it is made of

    def _make(self) -> None:
        self.field = QLineEdit(placeholderText=self.tr("words, or nothing for all"), clearButtonEnabled=True)
        self.field.setAccessibleName(self.tr("Find spans"))
        self.field.setTextMargins(4, 2, 4, 2)
        self.field.setMinimumWidth(220)
        self.where, self.label = filter_box(self.tr("Looked in")), filter_box(self.tr("Label"))
        self.whose = filter_box(self.tr("Whose spans"))
        self.kind, self.state = filter_box(self.tr("Kind")), filter_box(self.tr("State"))
        self.count = Words(tone="muted", is_wrapping=False)
        self.list = ContextList(self.tr("Spans found"), before=0.3)
        self.list.setFrameShape(ContextList.Shape.NoFrame)
        self.told = Words(tone="muted")
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setMargin(12)
        self.told.setAutoFillBackground(True)
        self.told.setBackgroundRole(QPalette.ColorRole.Base)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.told)
        self._stack.addWidget(self.list)
        head = FlowLayout(spacing=6)
        for widget in (self.field, self.where, self.label, self.whose, self.kind, self.state, self.count):
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

    def _connect(self) -> None:
        self._pause.timeout.connect(self._look)
        self.field.textChanged.connect(lambda: self._pause.start())
        self.field.returnPressed.connect(self._on_entered)
        for box in (self.where, self.label, self.whose, self.kind, self.state):
            box.currentIndexChanged.connect(self._look)
        for widget in (self.field, self.list):
            widget.installEventFilter(self)
        self.list.chosen.connect(lambda number: self.chosen.emit(self._hits[number].id))
        self.list.came_down.connect(self._more)
        session = self._session
        for signal in (session.project_changed, session.schema_changed, session.annotator_changed):
            signal.connect(self._offer)
        session.changed.connect(lambda: self._pause.start() if self.isVisible() else None)
        session.project_closing.connect(self._forget)

    def _offer(self) -> None:
        """Offer what there is in the project, and search again."""
        schema, rows = self._session.schema, self._session.rows()
        states: tuple[WorkState, ...] = ("todo", "in_progress", "done", "skipped", "returned")
        places = [
            ("text", self.tr("Words of the span")),
            ("note", self.tr("Notes")),
            ("attributes", self.tr("Values")),
            ("flag", self.tr("For discussion")),
            *((_ATTRIBUTE + each.id, each.name) for each in schema.attributes if each.kind != "link"),
        ]
        fill_box(self.where, self.tr("Words, notes, values"), places)
        fill_box(self.label, self.tr("Any label"), [(label.id, label.name) for label in schema.labels()])
        fill_people(self.whose, people(self._session, self.tr("Mine"), self.tr("Anybody's")))
        kinds = sorted({row.kind for row in rows})
        fill_box(self.kind, self.tr("Any kind"), [(kind, kind_words(kind)) for kind in kinds])
        fill_box(self.state, self.tr("Any state"), [(state, state_words(state)) for state in states])
        self._look()

    def open(self) -> None:
        """Take the keyboard."""
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

    # -- finding

    def _wanted(self) -> SpanSearch:
        where = str(self.where.currentData())
        attribute = where.removeprefix(_ATTRIBUTE) if where.startswith(_ATTRIBUTE) else ""
        kind, state = self.kind.currentData(), self.state.currentData()
        documents = None
        if kind or state:
            rows = self._session.rows()
            documents = tuple(row.id for row in rows if kind in (ANY, row.kind) and state in (ANY, row.state))
        return SpanSearch(
            self.field.text(),
            "attributes" if attribute else where,  # type: ignore[arg-type]
            attribute,
            self.whose.currentData() or None,
            self.label.currentData() or None,
            documents,
        )

    def _look(self) -> None:
        self._forget()
        if self._session.store is None or self.isHidden():
            return
        self._ask(0)

    def _forget(self) -> None:
        """Drop the hits, and what is still asked."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        self._job, self._hits, self._next = None, [], None
        self.list.rows.set_rows([])
        self.count.clear()

    def _ask(self, after: int) -> None:
        store, wanted = self._session.store, self._wanted()
        if store is None:
            return

        def job(own: "ProjectStore") -> Job[SpanHitPage]:
            yield Progress(0, 0)
            return own.find_spans(wanted, after=after, limit=PAGE)

        handle = self._jobs.job(self.tr("Find spans"), on_sibling(store, job))
        handle.finished.connect(lambda page: self._on_found(handle, page))
        handle.failed.connect(lambda error: self._on_failed(handle, error))
        self._job = handle
        handle.start()

    def _more(self) -> None:
        if self._next is not None and self._job is None:
            self._ask(self._next)

    def _on_found(self, handle: JobHandle, page: SpanHitPage) -> None:
        if handle is not self._job:
            return
        self._job, self._next = None, page.next
        is_first = not self._hits
        self.list.rows.add_rows(list(self._rows(page)))
        if not self._hits:
            self._is_awaited = False
            self._tell(self.tr("No span is like that."))
            return
        self._stack.setCurrentWidget(self.list)
        self._show_count()
        if is_first:
            self.list.select_first()
        if self._is_awaited:
            self._is_awaited = False
            self.list.choose_current()

    def _rows(self, page: SpanHitPage) -> Iterator[Row]:
        titles = {row.id: row.title for row in self._session.rows()}
        for hit in page.hits:
            if not self._hits or self._hits[-1].document != hit.document:
                yield titles.get(hit.document, "")
            yield self._row(hit)
            self._hits.append(hit)

    def _row(self, hit: SpanHit) -> ContextRow:
        label = self._session.schema.label(hit.label)
        name, colour = (hit.label, "#777777") if label is None else (label.name, label.colour)
        pieces = (Piece(one_line(hit.words), is_found=True), Piece(" " + one_line(hit.behind)))
        return ContextRow(
            len(self._hits),
            one_line(hit.before) + " ",
            pieces,
            remark=one_line(hit.told),
            chip=f"{name} !" if hit.is_flagged else name,
            colour=colour,
        )

    def _show_count(self) -> None:
        count, documents = len(self._hits), len({hit.document for hit in self._hits})
        spans = self.tr("1 span") if count == 1 else self.tr("{n} spans").format(n=count)
        if self._next is not None:
            spans = self.tr("the first {n} spans; more below").format(n=count)
        where = self.tr("1 document") if documents == 1 else self.tr("{n} documents").format(n=documents)
        self.count.setText(f"{where}, {spans}")

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
        """Go to the hit at hand; if it is still looked for, as soon as it is there."""
        if self._pause.isActive():
            self._look()
        if self._job is not None and not self._hits:
            self._is_awaited = True
        else:
            self.list.choose_current()
