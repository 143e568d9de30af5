"""Whose work, brought by files, is called finished: annotators to check, how much it is, one button."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.change import Change
from annotator.progress import at_once
from annotator.services.imported_work import ImportedWork, finish_imported, imported_work
from annotator.wording import counted
from ui.dialogs.document_chooser import DocumentChooser
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.session import Session


class FinishImportedDialog(DocumentChooser):
    """The annotators whose imported work is not finished; all are checked.

    Signals:
        finished_work: The Change that was made; the session has it by then.
    """

    finished_work = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("finish_imported")
        self.work: Sequence[ImportedWork] = ()
        self._reading: JobHandle | None = None
        self.search.hide()
        self.list.setAccessibleName(self.tr("Annotators"))
        self.lay_out(
            self.tr("Finish imported work"),
            self.tr(
                "Files say what somebody marked, not that they were done. Only finished work is compared,"
            )
            + " "
            + self.tr(
                "reviewed and decided by rule. Where somebody has marked here too, they finish it themselves."
            ),
            self.tr("&Finish"),
        )
        self.summary.setText(self.tr("Looking through the documents…"))
        self.go_on.setEnabled(False)
        store = session.store
        if store is not None:
            self.run(on_sibling(store, imported_work), self._on_found)
            self._reading = self._job

    def reject(self) -> None:
        """Close; while it is only read, that is given up."""
        if self._job is not None and self._job is self._reading:
            self._job.cancel()
            self._job = None
        super().reject()

    def _on_found(self, work: Sequence[ImportedWork]) -> None:
        self._job = None
        self.work = work
        self.list.setEnabled(True)
        rows = ((each.annotator, each.name, _amount(each)) for each in work)
        self.fill(rows, [each.annotator for each in work])

    def show_count(self) -> None:
        chosen = self._chosen_work()
        self.go_on.setEnabled(bool(chosen))
        if not self.work:
            self.summary.setText(self.tr("There is no imported work to finish."))
            return
        documents = len({document for each in chosen for document in each.documents})
        self.summary.setText(
            self.tr("{spans} in {documents} of {people}.").format(
                spans=counted(sum(each.spans for each in chosen), "span"),
                documents=counted(documents, "document"),
                people=counted(len(chosen), "annotator"),
            )
        )

    def _chosen_work(self) -> list[ImportedWork]:
        on = set(self.chosen())
        return [each for each in self.work if each.annotator in on]

    def accept(self) -> None:
        """Finish the work of those who are checked."""
        store, work, me = self._session.store, self._chosen_work(), self._session.annotator_id
        if self._job is None and store is not None and work:
            finish = partial(finish_imported, lead=me, work=work)
            self.run(on_sibling(store, lambda own: at_once(partial(finish, own))), self._on_finished)

    def _on_finished(self, change: Change) -> None:
        self._session.take(change)
        self._session.documents_changed.emit()
        super().accept()
        self.finished_work.emit(change)


def _amount(work: ImportedWork) -> str:
    return f"{counted(len(work.documents), 'document')}, {counted(work.spans, 'span')}"
