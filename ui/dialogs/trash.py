"""Removing documents and bringing them back: a list to check, what goes with them in numbers, one button."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.schema_uses import counted
from annotator.services import trash
from annotator.services.trash import Holdings, Restored
from ui.dialogs.frame import Fault, answer_buttons, body, button_row, fit
from ui.jobs import JobFactory, JobHandle, JobRunner, on_sibling
from ui.panels.span_words import moment
from ui.panels.themed import Words
from ui.session import Session

_ID = int(Qt.ItemDataRole.UserRole)


class _Chooser(QDialog):
    """Documents with boxes, a field to filter them, and a button that works in a worker.

    Signals:
        failed: What went wrong in the worker and is no sentence for people.
    """

    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._job: JobHandle | None = None
        self.search = QLineEdit(placeholderText=self.tr("Search titles"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search titles"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Documents"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(1)
        self.summary = Words()
        self.fault = Fault()
        self.go_on = QPushButton()

    def lay_out(self, title: str, hint: str, accept: str) -> None:
        """Put the parts together."""
        layout = body(self, title)
        layout.addWidget(Words(hint, tone="muted"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.summary)
        layout.addWidget(self.fault)
        box, self.go_on = answer_buttons(self, accept)
        layout.addLayout(button_row(box))
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self.show_count)
        fit(self, 620, 520)

    def fill(self, rows: Iterable[tuple[str, str, str]], checked: Iterable[str] = ()) -> None:
        """Show documents: id, title, and what is said beside it."""
        on = set(checked)
        self.list.blockSignals(True)
        for document, title, remark in rows:
            item = QListWidgetItem(f"{title}   ·   {remark}" if remark else title)
            item.setData(_ID, document)
            item.setCheckState(Qt.CheckState.Checked if document in on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if document in on:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.list.setFocus()
        self.show_count()

    def chosen(self) -> list[str]:
        """The documents that are checked, also those that the filter hides."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [str(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def show_count(self) -> None:
        """Say what the button would do."""
        raise NotImplementedError

    def run(self, job: JobFactory[object], done: Callable[..., None]) -> None:
        """Work in the worker; the dialog waits."""
        handle = self._jobs.job(self.windowTitle(), job)
        self._job = handle
        for widget in (self.list, self.search, self.go_on):
            widget.setEnabled(False)
        handle.finished.connect(done)
        handle.failed.connect(self._on_failed)
        handle.start()

    def reject(self) -> None:
        """Close, unless something is being written."""
        if self._job is None:
            super().reject()

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.text().casefold() for word in wanted))

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        for widget in (self.list, self.search):
            widget.setEnabled(True)
        self.show_count()
        if isinstance(error, AnnotatorError):
            self.fault.tell(str(error))
        else:
            self.failed.emit(error)


class RemoveDialog(_Chooser):
    """Which documents go to the trash, and what goes with them.

    Signals:
        removed: The Change that was made; the session has it by then.
    """

    removed = Signal(object)

    def __init__(
        self, session: Session, jobs: JobRunner, documents: Iterable[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("remove_documents")
        self.lay_out(
            self.tr("Remove documents"),
            self.tr("They go to the trash with everything that is marked in them, and can be brought back."),
            self.tr("&Remove"),
        )
        spans = self.tr("{n} spans of yours")
        self.fill(
            ((row.id, row.title, spans.format(n=row.spans) if row.spans else "") for row in session.rows()),
            documents,
        )

    def show_count(self) -> None:
        documents, store = self.chosen(), self._session.store
        self.go_on.setEnabled(bool(documents))
        if store is None or not documents:
            self.summary.setText(self.tr("No document is chosen."))
        else:
            self.summary.setText(self._words(trash.count(store, documents)))

    def _words(self, held: Holdings) -> str:
        spans = counted(sum(held.spans.values()), "span")
        if held.spans:
            spans += f" ({', '.join(f'{name} {number}' for name, number in held.spans.items())})"
        words = self.tr("{documents} with {spans}, {links} and {labels}.").format(
            documents=counted(held.documents, "document"),
            spans=spans,
            links=counted(held.links, "link"),
            labels=counted(held.labels, "value of documents", "values of documents"),
        )
        done = self.tr("Finished work on them: {n}.").format(n=held.done)
        return f"{words} {done}" if held.done else words

    def accept(self) -> None:
        """Remove what is checked."""
        store, annotator, documents = self._session.store, self._session.annotator, self.chosen()
        if self._job is None and store is not None and annotator is not None and documents:
            job = partial(trash.remove, annotator=annotator.id, documents=documents)
            self.run(on_sibling(store, job), self._on_removed)

    def _on_removed(self, change: Change) -> None:
        self._session.take(change)
        super().accept()
        self.removed.emit(change)


class TrashDialog(_Chooser):
    """What was removed, to be brought back.

    Signals:
        restored: How many links stay away, since a span that they lead to is gone.
    """

    restored = Signal(int)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("trash")
        self.lay_out(
            self.tr("Trash"),
            self.tr("Documents that were removed from the project. They come back as they were."),
            self.tr("&Restore"),
        )
        store = session.store
        people = {} if store is None else {who.id: who.name for who in store.annotators()}
        removed = () if store is None else store.removed_documents()
        words = self.tr("removed {when} by {who}")
        self.fill(
            (
                each.document.id,
                each.document.title,
                words.format(when=moment(each.entry.time), who=people.get(each.entry.annotator, "?")),
            )
            for each in removed
        )

    def show_count(self) -> None:
        count = len(self.chosen())
        self.go_on.setEnabled(count > 0)
        if not self.list.count():
            self.summary.setText(self.tr("The trash is empty."))
        else:
            one, many = self.tr("1 document is chosen."), self.tr("{n} documents are chosen.")
            self.summary.setText(one if count == 1 else many.format(n=count))

    def accept(self) -> None:
        """Bring back what is checked."""
        store, annotator, documents = self._session.store, self._session.annotator, self.chosen()
        if self._job is None and store is not None and annotator is not None and documents:
            job = partial(trash.restore, annotator=annotator.id, documents=documents)
            self.run(on_sibling(store, job), self._on_restored)

    def _on_restored(self, restored: Restored) -> None:
        for change in restored.changes:
            self._session.take(change)
        super().accept()
        self.restored.emit(restored.lost_links)
