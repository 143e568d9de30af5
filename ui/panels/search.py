"""Search the corpus: a field, what to narrow it to, and the hits under their documents.

It searches while one types, in a worker; what cannot be searched for is said in place of the hits. A hit
is checked against the text when it is shown, as the project may have changed since.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError, InvalidSearch
from annotator.geometry import Range
from annotator.model import WorkState
from annotator.progress import Job, Progress
from annotator.searching import PAGE, Hit, HitPage, Search, parse
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.models.context_rows import ContextRow, Piece, Row
from ui.panels.context_list import ContextList
from ui.panels.filter_boxes import ANY, fill_box, fill_people, filter_box, people
from ui.panels.flow_layout import FlowLayout
from ui.panels.span_words import kind_words, state_words
from ui.panels.themed import Words
from ui.session import Session

if TYPE_CHECKING:
    from storage.store import ProjectStore

PAUSE_MS = 200
AFTER = 300  # characters of a paragraph shown behind the first words found


class SearchPanel(QWidget):
    """The panel. Everything in it works on the open project.

    Signals:
        chosen: A hit was chosen: its document's id, and start and end of its words in code points.
        left: Esc was pressed.
        failed: What went wrong in the worker and is no sentence for people.
    """

    chosen = Signal(str, int, int)
    left = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._session = session
        self._jobs = jobs
        self._job: JobHandle | None = None
        self._search: Search | None = None
        self._hits: list[Hit] = []
        self._next: int | None = None
        self._is_awaited = False  # Enter was pressed before the hits were there
        self._make()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._connect()
        self._offer()

    # -- what it is made of

    def _make(self) -> None:
        self.field = QLineEdit(placeholderText=self.tr('words, "a phrase", begin*'), clearButtonEnabled=True)
        self.field.setAccessibleName(self.tr("Search the corpus"))
        self.field.setTextMargins(4, 2, 4, 2)
        self.field.setMinimumWidth(220)
        self.kind, self.state = filter_box(self.tr("Kind")), filter_box(self.tr("State"))
        self.where, self.label = filter_box(self.tr("Where")), filter_box(self.tr("Label"))
        self.whose = filter_box(self.tr("Whose spans"))
        self.count = Words(tone="muted", is_wrapping=False)
        self.list = ContextList(self.tr("Hits"), before=0.3)
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
        for widget in (self.field, self.kind, self.state, self.where, self.whose, self.label, self.count):
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
        for box in (self.kind, self.state, self.where, self.whose, self.label):
            box.currentIndexChanged.connect(self._look)
        self.where.currentIndexChanged.connect(self._enable)
        for widget in (self.field, self.list):
            widget.installEventFilter(self)
        self.list.chosen.connect(self._on_chosen)
        self.list.came_down.connect(self._more)
        session = self._session
        for signal in (session.project_changed, session.schema_changed, session.annotator_changed):
            signal.connect(self._offer)
        session.project_closing.connect(self._forget)

    def _offer(self) -> None:
        """Offer the kinds, states and labels that there are in the project, and search again."""
        rows = self._session.rows()
        kinds = sorted({row.kind for row in rows})
        states: tuple[WorkState, ...] = ("todo", "in_progress", "done", "skipped", "returned")
        fill_box(self.kind, self.tr("Any kind"), [(kind, kind_words(kind)) for kind in kinds])
        fill_box(self.state, self.tr("Any state"), [(state, state_words(state)) for state in states])
        fill_box(
            self.where,
            self.tr("Anywhere"),
            [
                ("inside", self.tr("In spans")),
                ("outside", self.tr("Outside spans")),
            ],
        )
        labels = [(label.id, label.name) for label in self._session.schema.labels()]
        fill_box(self.label, self.tr("Any label"), labels)
        fill_people(self.whose, people(self._session, self.tr("of mine"), self.tr("of anybody")))
        self._enable()
        self._look()

    def _enable(self) -> None:
        """Whose spans and which label count only where spans count."""
        for box in (self.whose, self.label):
            box.setEnabled(self.where.currentIndex() > 0)

    def open(self, words: str = "") -> None:
        """Take the keyboard, to search for words if some are given."""
        if words:
            self.field.setText(f'"{words}"' if " " in words else words)
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

    def _wanted(self) -> Search:
        """The question that is asked now. Raises InvalidSearch."""
        kind, state, where = self.kind.currentData(), self.state.currentData(), self.where.currentData()
        documents = None
        if kind or state:
            rows = self._session.rows()
            documents = tuple(row.id for row in rows if kind in (ANY, row.kind) and state in (ANY, row.state))
        return Search(
            parse(self.field.text()),
            documents,
            where="outside" if where == "outside" else "inside" if where else "anywhere",
            set_id=(self.whose.currentData() or None) if where else None,
            label=(self.label.currentData() or None) if where else None,
        )

    def _look(self) -> None:
        self._forget()
        if self._session.store is None or not self.field.text().strip():
            self._tell(self.tr("Words in one paragraph, in all documents of the project."))
            return
        try:
            self._search = self._wanted()
        except InvalidSearch as error:
            self._tell(str(error))
            return
        self._ask(0)

    def _forget(self) -> None:
        """Drop the hits, and what is still asked."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        self._job, self._search, self._hits, self._next = None, None, [], None
        self.list.rows.set_rows([])
        self.count.clear()

    def _ask(self, after: int) -> None:
        store, search = self._session.store, self._search
        if store is None or search is None:
            return

        def job(own: "ProjectStore") -> Job[HitPage]:
            yield Progress(0, 0)
            return own.search(search, after=after, limit=PAGE)

        handle = self._jobs.job(self.tr("Search"), on_sibling(store, job))
        handle.finished.connect(lambda page: self._on_found(handle, page))
        handle.failed.connect(lambda error: self._on_failed(handle, error))
        self._job = handle
        handle.start()

    def _more(self) -> None:
        if self._next is not None and self._job is None:
            self._ask(self._next)

    def _on_found(self, handle: JobHandle, page: HitPage) -> None:
        if handle is not self._job:
            return
        self._job, self._next = None, page.next
        is_first = not self._hits
        self.list.rows.add_rows(list(self._rows(page)))
        if not self._hits:
            self._is_awaited = False
            self._tell(self.tr("No paragraph has these words."))
            return
        self._stack.setCurrentWidget(self.list)
        self._show_count()
        if is_first:
            self.list.select_first()
        if self._is_awaited:
            self._is_awaited = False
            self.list.choose_current()

    def _rows(self, page: HitPage) -> Iterator[Row]:
        titles = {row.id: row.title for row in self._session.rows()}
        for hit in page.hits:
            if not self._hits or self._hits[-1].document != hit.document:
                yield titles.get(hit.document, "")
            yield _row(len(self._hits), hit)
            self._hits.append(hit)

    def _show_count(self) -> None:
        count, documents = len(self._hits), len({hit.document for hit in self._hits})
        hits = self.tr("1 paragraph") if count == 1 else self.tr("{n} paragraphs").format(n=count)
        if self._next is not None:
            hits = self.tr("the first {n} paragraphs; more below").format(n=count)
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

    # -- choosing

    def _on_entered(self) -> None:
        """Choose the hit at hand; if it is still looked for, as soon as it is there."""
        if self._pause.isActive():
            self._look()
        if self._job is not None and not self._hits:
            self._is_awaited = True
        else:
            self.list.choose_current()

    def _on_chosen(self, number: int) -> None:
        hit = self._hits[number]
        self.chosen.emit(hit.document, hit.found[0].start, hit.found[0].end)

    def words_of(self, document: str, place: Range) -> str:
        """The words that a hit at that place has shown."""
        found = (hit for hit in self._hits if hit.document == document and place in hit.found)
        hit = next(found, None)
        return "" if hit is None else hit.words(place)


def _row(number: int, hit: Hit) -> ContextRow:
    first = hit.found[0].start - hit.start
    pieces: list[Piece] = []
    at = first
    for place in hit.found:
        start, end = place.start - hit.start, place.end - hit.start
        if start > first + AFTER:
            break
        pieces += [Piece(hit.text[at:start]), Piece(hit.text[start:end], is_found=True)]
        at = end
    pieces.append(Piece(hit.text[at : first + AFTER]))
    return ContextRow(number, hit.text[:first].lstrip(), tuple(piece for piece in pieces if piece.text))
