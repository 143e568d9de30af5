"""Removing documents and bringing them back: a list to check, what goes with them in numbers, one button."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.change import Change
from annotator.services import trash
from annotator.services.trash import Holdings, Restored
from annotator.wording import counted
from ui.dialogs.document_chooser import DocumentChooser
from ui.jobs import JobRunner, on_sibling
from ui.panels.span_words import moment
from ui.session import Session


class RemoveDialog(DocumentChooser):
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


class TrashDialog(DocumentChooser):
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
