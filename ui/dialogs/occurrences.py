"""Mark all occurrences: where the same words stand, here or in the corpus, to check and to mark in one step.

What is marked already is listed and left out; a place inside a span of the label is listed unchecked.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.geometry import Range
from annotator.occurrences import PlaceState, Template
from annotator.progress import Job, Progress, run
from annotator.services.occurrences import MOST, Occurrence, Occurrences, find, mark
from annotator.store import Store
from ui.dialogs.frame import Fault, answer_buttons, body, button_row, fit, side_button
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.models.context_rows import ContextRow, Piece, Row
from ui.panels.context_list import ContextList
from ui.panels.label_chip import LabelChip
from ui.panels.span_words import one_line, shortened
from ui.panels.themed import LARGE, Words
from ui.session import Session

AT_ONCE = 500  # so many are marked while the key is still down; more of them are a job


class OccurrencesDialog(QDialog):
    """A preview list, and what is looked for.

    Signals:
        marked: The Change that was made; the session has it by then.
        failed: What went wrong in the worker and is no sentence for people.
    """

    marked = Signal(object)
    failed = Signal(object)

    def __init__(
        self, session: Session, template: Template, jobs: JobRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("occurrences")
        self._session = session
        self._template = template
        self._jobs = jobs
        self._job: JobHandle | None = None
        self._found = Occurrences((), {})
        self._make()
        self._look()

    # -- what it is made of

    def _make(self) -> None:
        label = self._session.schema.label(self._template.label)
        layout = body(self, self.tr("Mark all occurrences"))
        head = QHBoxLayout()
        if label is not None:
            head.addWidget(LabelChip(label.name, label.colour))
        words = shortened(one_line(self._template.words), 60)
        head.addWidget(Words(f"“{words}”", size=LARGE, bold=True), 1)
        layout.addLayout(head)
        self.in_corpus = QCheckBox(self.tr("In the whole &corpus"))
        self.ignore_case = QCheckBox(self.tr("&Ignore case"))
        self.summary = Words(tone="muted", is_wrapping=False)
        switches = QHBoxLayout()
        switches.setSpacing(18)
        for widget in (self.in_corpus, self.ignore_case):
            switches.addWidget(widget)
        switches.addStretch(1)
        switches.addWidget(self.summary)
        layout.addLayout(switches)
        self.list = ContextList(self.tr("Occurrences"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.nothing = Words(tone="muted")
        self.nothing.setMargin(12)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        layout.addWidget(self._stack, 1)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(8)
        self.progress.hide()
        layout.addWidget(self.progress)
        self.fault = Fault()
        layout.addWidget(self.fault)
        self.all = side_button(self.tr("Check &all"))
        box, self.go_on = answer_buttons(self, self.tr("Mark"))
        layout.addLayout(button_row(box, self.all))
        for switch in (self.in_corpus, self.ignore_case):
            switch.toggled.connect(self._look)
        self.all.clicked.connect(self._on_all_clicked)
        self.list.chosen.connect(self.accept)
        self.list.rows.dataChanged.connect(self._show_count)
        fit(self, 860, 520)
        self.list.setFocus()

    # -- looking

    def _look(self) -> None:
        store, annotator, document = self._session.store, self._session.annotator, self._session.document
        if store is None or annotator is None or document is None:
            return
        is_here = not self.in_corpus.isChecked()
        job: Callable[[Store], Job[Occurrences]] = partial(
            find,
            annotator=annotator.id,
            template=self._template,
            document=document.id if is_here else None,
            ignore_case=self.ignore_case.isChecked(),
        )
        self._end_job()
        if is_here:
            self._show(run(job(store)))
            return
        handle = self._begin(self._jobs.job(self.tr("Look for occurrences"), on_sibling(store, job)))
        handle.finished.connect(lambda found: self._on_found(handle, found))
        self._show_rows([], self.tr("Looking…"))
        handle.start()

    def _on_found(self, handle: JobHandle, found: Occurrences) -> None:
        if handle is self._job:
            self._end_job()
            self._show(found)

    def _show(self, found: Occurrences) -> None:
        self._found = found
        rows: list[Row] = []
        document = ""
        for number, place in enumerate(found.rows):
            if place.document != document and self.in_corpus.isChecked():
                rows.append(found.titles[place.document])
            document = place.document
            rows.append(self._row(number, place))
        self._show_rows(rows, self.tr("These words stand nowhere else."))

    def _row(self, number: int, place: Occurrence) -> ContextRow:
        remarks: dict[PlaceState, str] = {
            "free": "",
            "inside": self.tr("part of such a span"),
            "marked": self.tr("marked already"),
        }
        return ContextRow(
            number,
            place.before,
            (Piece(" ".join(place.words.split()), is_found=True), Piece(place.after)),
            remark=remarks[place.state],
            is_checked=place.state == "free",
            is_enabled=place.state != "marked",
        )

    def _show_rows(self, rows: list[Row], otherwise: str) -> None:
        self.list.rows.set_rows(rows)
        self.nothing.setText(otherwise)
        self._stack.setCurrentWidget(self.list if rows else self.nothing)
        self.list.select_first()
        self._show_count()

    def _show_count(self) -> None:
        checked = len(self.list.rows.checked())
        is_free = self._job is None
        self.go_on.setEnabled(is_free and checked > 0)
        self.go_on.setText(self.tr("Mark {n}").format(n=checked) if checked else self.tr("Mark"))
        able = sum(row.is_enabled for row in self.list.rows.context_rows())
        self.all.setEnabled(is_free and able > 0)
        self.all.setText(self.tr("Uncheck &all") if checked == able > 0 else self.tr("Check &all"))
        self.summary.setText(self._summary())

    def _summary(self) -> str:
        found = self._found
        count = len(found.rows)
        places = self.tr("1 place") if count == 1 else self.tr("{n} places").format(n=count)
        if found.is_cut:
            places = self.tr("the first {n} places; mark these, then look again").format(n=MOST)
        parts = [places]
        if len(found.titles) > 1:
            parts[0] = self.tr("{places} in {n} documents").format(places=places, n=len(found.titles))
        if marked := sum(row.state == "marked" for row in found.rows):
            parts.append(self.tr("{n} marked already").format(n=marked))
        if found.not_offered:
            parts.append(self.tr("{n} documents without this label left out").format(n=found.not_offered))
        return "; ".join(parts) if self._job is None else ""

    def _on_all_clicked(self) -> None:
        rows = self.list.rows
        able = sum(row.is_enabled for row in rows.context_rows())
        is_on = len(rows.checked()) < able
        rows.check([rows.index(number) for number in range(rows.rowCount())], is_on)

    # -- marking

    def accept(self) -> None:
        """Mark what is checked; the dialog closes once that is done."""
        checked = self.list.rows.checked()
        store, annotator = self._session.store, self._session.annotator
        if self._job is not None or not checked or store is None or annotator is None:
            return
        places: dict[str, list[Range]] = {}
        for number in checked:
            row = self._found.rows[number]
            places.setdefault(row.document, []).append(row.place)
        job: Callable[[Store], Job[Change]] = partial(
            mark, annotator=annotator.id, template=self._template, places=places
        )
        if len(checked) <= AT_ONCE:
            self._mark_now(store, job)
            return
        handle = self._begin(self._jobs.job(self.windowTitle(), on_sibling(store, job)))
        handle.finished.connect(self._on_marked)
        self._show_count()
        handle.start()

    def _mark_now(self, store: Store, job: Callable[[Store], Job[Change]]) -> None:
        try:
            change = run(job(store))
        except AnnotatorError as error:
            self.fault.tell(str(error))
            return
        self._on_marked(change)

    def _on_marked(self, change: Change) -> None:
        self._end_job()
        self._session.take(change)
        super().accept()
        self.marked.emit(change)

    def reject(self) -> None:
        """Cancel what runs; where nothing runs, close."""
        if self._job is None:
            super().reject()
            return
        self._job.cancel()

    # -- jobs

    def _begin(self, handle: JobHandle) -> JobHandle:
        self._job = handle
        self.fault.tell("")
        self.progress.setRange(0, 0)
        self.progress.show()
        self._allow(False)
        handle.progressed.connect(self._on_progressed)
        handle.failed.connect(lambda error: self._on_failed(handle, error))
        handle.cancelled.connect(lambda: self._on_cancelled(handle))
        return handle

    def _end_job(self) -> None:
        """Forget the job that runs; what it still has to say is not listened to."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self.progress.hide()
        self._allow(True)

    def _allow(self, is_allowed: bool) -> None:
        for widget in (self.in_corpus, self.ignore_case, self.list):
            widget.setEnabled(is_allowed)
        if is_allowed:
            self.list.setFocus()

    def _on_progressed(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.total)
        self.progress.setValue(progress.done)

    def _on_cancelled(self, handle: JobHandle) -> None:
        if handle is not self._job:
            return
        self._end_job()
        if not self.list.rows.rowCount() and self.in_corpus.isChecked():
            self.in_corpus.setChecked(False)  # looking was cancelled, so back to where that is quick
        self._show_count()

    def _on_failed(self, handle: JobHandle, error: BaseException) -> None:
        if handle is not self._job:
            return
        self._end_job()
        self._show_count()
        if not self.fault.take(error):
            self.failed.emit(error)
