"""The review window: list at the left, the disagreement in focus, columns below it, and what can be decided.

A window of its own, since letters and digits alone are its keys (`ui.review.commands`). What is decided goes
through the session, so the main window shows it too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.services.likely import FEWEST_UNITS, mean_entropy
from annotator.services.other_texts import OtherText
from annotator.services.review_queue import QueueRow, in_queue, queue
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.panels.elided_combo import ElidedComboBox
from ui.panels.elided_label import ElidedLabel
from ui.panels.flow_layout import FlowLayout
from ui.panels.themed import Words, scaled_font
from ui.review.along import Along
from ui.review.asking import Asking
from ui.review.box_keys import BoxKeys
from ui.review.columns import Columns
from ui.review.commands import REVIEW_COMMANDS, ReviewCommand
from ui.review.desk import ReviewDesk
from ui.review.focus import focus_of
from ui.review.focus_view import FocusArea, FocusView
from ui.review.hinting import Hinting
from ui.review.key_button import KeyButton
from ui.review.remarks import Remarks
from ui.review.strict import as_allowed
from ui.review.told import decided_words, head_words, hint_words, other_text_words, warning_words
from ui.review.unit_list import UnitList
from ui.session import Session


class ReviewWindow(QDialog):
    """Reviews the documents of the open project.

    Signals:
        failed: A job met an error that is nobody's fault; the argument is the exception.
    """

    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: JobRunner,
        parent: QWidget | None = None,
        *,
        passwords: Mapping[str, str] | None = None,
    ) -> None:
        """`passwords` are those of protected PDFs, by SHA-256."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("review")
        self.setWindowTitle(self.tr("Review"))
        self.session, self.jobs = session, jobs
        self._job: JobHandle | None = None
        self._then = ""
        self.rows: Sequence[QueueRow] = ()
        self._other_texts: Mapping[str, Sequence[OtherText]] = {}  # by document, of those that have any
        self.desk = ReviewDesk(session, self)
        self.hinting = Hinting(self.desk, jobs, self)
        self.documents = ElidedComboBox()
        self.documents.setAccessibleName(self.tr("Documents, the least agreement first"))
        self.list = UnitList(self.desk)
        BoxKeys(self).watch(self.documents, *self.list.boxes)
        self.head = ElidedLabel()  # one as wide as its words would push the columns from unit to unit
        self.head.setFont(scaled_font(self.head.font(), bold=True))
        self.warning = Words(tone="caution")
        self.focus = FocusView()
        self.focus_area = FocusArea(self.focus)
        self.columns = Columns(self.desk, passwords or {})
        self.line = Words(tone="muted")
        self.asking = Asking(self)
        self.along = Along(self.desk)
        self.buttons: dict[str, KeyButton] = {}
        self.shortcuts: dict[str, list[QShortcut]] = {}
        self._lay_out()
        self._connect()
        self.list.view.setFocus()
        self.resize(1280, 800)
        self.load()

    # -- what it is made of

    def _lay_out(self) -> None:
        right = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        right.addWidget(self._upper())
        right.addWidget(self.columns)
        right.setStretchFactor(1, 1)
        right.setSizes([420, 340])  # what is to be known, a paragraph, and four candidates below it
        whole = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        choice = QHBoxLayout()
        choice.setContentsMargins(8, 0, 8, 0)
        choice.addWidget(self.documents)
        column.addLayout(choice)
        column.addWidget(self.list, 1)
        whole.addWidget(left)
        whole.addWidget(right)
        whole.setStretchFactor(1, 1)
        whole.setSizes([280, 1000])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(whole, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 6)
        foot.addWidget(self.line, 1)
        foot.addWidget(Words(self.tr("? shows all keys"), tone="muted", is_wrapping=False))
        layout.addLayout(foot)

    def _upper(self) -> QWidget:
        upper = QWidget()
        layout = QVBoxLayout(upper)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(5)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.addWidget(self.head, 1)
        layout.addLayout(head)
        self.warning.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self.warning)
        layout.addWidget(self.focus_area, 1)
        row = QWidget()
        flow = FlowLayout(row)
        for command in REVIEW_COMMANDS:
            if command.is_button:
                flow.addWidget(self._button(command))
        holder = QHBoxLayout()
        holder.setContentsMargins(12, 0, 12, 8)
        holder.addWidget(row)
        layout.addLayout(holder)
        return upper

    def _button(self, command: ReviewCommand) -> KeyButton:
        button = KeyButton(command)
        button.clicked.connect(self.line.clear)
        button.clicked.connect(self._handler(command))
        self.buttons[command.id] = button
        return button

    def _handler(self, command: ReviewCommand) -> Callable[..., None]:
        handler: Callable[..., None] = attrgetter(command.handler)(self)
        return lambda *_: handler()

    def _connect(self) -> None:
        for command in REVIEW_COMMANDS:
            made = []
            for at, key in enumerate(command.keys):
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.activated.connect(self.line.clear)  # what was said of the key before
                if command.id == "take":
                    shortcut.activated.connect(partial(self.desk.take, at))
                else:
                    shortcut.activated.connect(self._handler(command))
                made.append(shortcut)
            self.shortcuts[command.id] = made
        desk = self.desk
        for signal in (desk.moved, desk.units_changed, desk.names_changed):
            signal.connect(self._show_focus)
        desk.moved.connect(self.focus_area.show_top)
        desk.units_changed.connect(self._show_progress)
        desk.told.connect(self.line.setText)
        self.hinting.failed.connect(self.fail)
        self.columns.unit_picked.connect(self._on_picked)
        self.along.left.connect(self.go_to)
        self.columns.span_taken.connect(desk.take)
        self.documents.activated.connect(self._on_document_chosen)
        self.session.project_closing.connect(self.reject)

    # -- the queue

    def load(self, *, then: str = "") -> None:
        """Read the queue anew, in the background, and say a sentence when that is done."""
        self._then = then
        store = self.session.store
        if store is None:
            return
        self.line.setText(self.tr("Comparing…"))
        handle = self.jobs.job(self.tr("Review"), on_sibling(store, queue))
        self._job = handle
        handle.finished.connect(self.take_queue)
        handle.failed.connect(self.fail)
        handle.start()

    def take_queue(self, rows: Sequence[QueueRow]) -> None:
        """Show a queue, and open its first document if none is open."""
        self._job, self.rows = None, rows
        self._other_texts = {row.document: row.other_texts for row in rows if row.other_texts}
        self.line.setText(
            self._then
            if rows
            else self.tr(
                "Nobody has finished a document yet. What was imported: Project > Finish imported work."
            )
        )
        self._fill_documents()
        if rows and self.desk.review is None:
            self.desk.open(rows[0].document)
            self._show_document()
        self._show_focus()
        self._show_progress()
        self.hinting.look(rows)

    def _fill_documents(self) -> None:
        self.documents.clear()
        if self.desk.is_by_doubt and not self.desk.is_strict:
            likely = self.desk.likely
            self.rows = sorted(
                self.rows, key=lambda row: (row.to_do == 0, -mean_entropy(likely, row.document))
            )
        else:
            self.rows = sorted(self.rows, key=in_queue)
        for row in self.rows:
            self.documents.addItem(self._row_words(row), row.document)
        self._show_document()

    def _row_words(self, row: QueueRow) -> str:
        title = self.tr("Earlier text: {title}").format(title=row.title) if row.has_later_text else row.title
        if self.desk.is_strict:  # how far annotators agree tells of their votes
            return self.tr("{title}  ({to_do} to do)").format(title=title, to_do=self._to_do(row))
        agreement = f"{row.agreement:.2f}" if isinstance(row.agreement, float) else "–"
        words = self.tr("{title}  ({to_do} to do, F1 {agreement})")
        return words.format(title=title, to_do=self._to_do(row), agreement=agreement)

    def _to_do(self, row: QueueRow) -> int:
        """How many units of a document are to do, counted now if it is the open one."""
        of = self.desk.review
        if of is None or of.document.id != row.document:
            return row.to_do
        return of.standings.to_do

    def _show_document(self) -> None:
        of = self.desk.review
        if of is not None:
            self.documents.setCurrentIndex(self.documents.findData(of.document.id))

    def _on_document_chosen(self, at: int) -> None:
        self.go_to(self.documents.itemData(at))

    def go_to(self, document: str) -> None:
        """Review a document of the queue."""
        self.rows = [replace(row, to_do=self._to_do(row)) for row in self.rows]
        self.desk.open(document)
        self._show_document()

    def _show_progress(self) -> None:
        total = sum(row.units for row in self.rows)
        self.list.show_project(total - sum(map(self._to_do, self.rows)), total)
        at = self.documents.currentIndex()
        if 0 <= at < len(self.rows):
            self.documents.setItemText(at, self._row_words(self.rows[at]))

    def fail(self, error: BaseException) -> None:
        """Say what ended a job."""
        self._job = None
        self.line.setText(str(error) if isinstance(error, AnnotatorError) else "")
        if not isinstance(error, AnnotatorError):
            self.failed.emit(error)

    # -- the unit in focus

    def _show_focus(self) -> None:
        desk, of = self.desk, self.desk.review
        unit = desk.unit
        others = other_text_words(() if of is None else self._other_texts.get(of.document.id, ()))
        warning = "  ".join(part for part in (warning_words(desk), *others) if part)
        self.warning.setVisible(bool(warning))
        self.warning.setText(warning)
        self.head.set_text(head_words(desk))
        if of is None or unit is None:
            self.focus.show_focus("", None)
            return
        focus = focus_of(of, unit, order=desk.order, name=desk.name, schema=self.session.schema)
        focus = as_allowed(desk, unit, focus)
        self.focus.show_focus(of.text, focus, decided_words(desk, unit), hint_words(desk, unit))

    def _on_picked(self, key: str) -> None:
        if not self.desk.go_to_unit(key):
            self.line.setText(self.tr("The filter hides this one."))

    # -- the commands

    def take(self) -> None:
        """Take the first candidate's; the digits take that of their column."""
        self.desk.take(0)

    def none(self) -> None:
        self.desk.decide("reject_all")

    def ambiguous(self) -> None:
        self.desk.decide("ambiguous")

    def postpone(self) -> None:
        self.desk.decide("defer")

    def undo(self) -> None:
        self.desk.undo()

    def next(self) -> None:
        self.desk.step(1)

    def previous(self) -> None:
        self.desk.step(-1)

    def next_open(self) -> None:
        self.desk.go_on()

    def next_document(self) -> None:
        self._go_to_document(1)

    def previous_document(self) -> None:
        self._go_to_document(-1)

    def _go_to_document(self, step: int) -> None:
        at = self.documents.currentIndex() + step
        if 0 <= at < len(self.rows):
            self.go_to(self.rows[at].document)

    def toggle_blind(self) -> None:
        self.desk.set_blind(not self.desk.hides_names)

    def toggle_strict(self) -> None:
        """Review strictly blind, or no more."""
        self.desk.set_strict(not self.desk.is_strict)
        self._fill_documents()

    def toggle_order(self) -> None:
        """Show what is most open first, or the order of the text and of least agreement again."""
        desk = self.desk
        if desk.is_strict:
            self.line.setText(self.tr("That order is not shown while the review is strictly blind."))
            return
        if not desk.likely and not desk.is_by_doubt and self.hinting.is_looking:
            self.line.setText(self.tr("What is most likely is still being estimated."))
            return
        if not desk.likely and not desk.is_by_doubt:
            words = self.tr("This needs {n} units that three annotators or more have finished, in one layer.")
            self.line.setText(words.format(n=FEWEST_UNITS))
            return
        desk.order_by_doubt(not desk.is_by_doubt)
        self._fill_documents()
        self.line.setText(
            self.tr("What is most open comes first.")
            if desk.is_by_doubt
            else self.tr("In order of the text.")
        )

    def toggle_pages(self) -> None:
        """Show pages instead of text, or text again."""
        self.columns.set_pages(not self.columns.shows_pages)

    def toggle_second(self) -> None:
        """Review as a second reviewer, or no more."""
        desk = self.desk
        desk.is_second = not desk.is_second
        if desk.review is not None:
            desk.open(desk.review.document.id)

    def gap(self) -> None:
        """Say that the guidelines do not decide this, or no more."""
        unit = self.desk.unit
        if unit is not None:
            remarks = self.desk.remarks_of(unit)
            self.desk.amend(Remarks(remarks.reason, remarks.rule_id, remarks.comment, not remarks.is_gap))

    def done(self, result: int) -> None:
        """Let go of what is open; Esc ends here too."""
        self.hinting.end()
        if self._job is not None:
            self._job.cancel()
        self.columns.close_pages()
        super().done(result)
