"""Training rounds: the lead's dialog, and the work of who is done with a document beside its key.

Dialogs are imported when opened.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.model import Assignment, Document
from annotator.services.versions import check_lead
from annotator.training import training_of

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class TrainingRounds(QObject):
    """The handlers of training; after *Document done* the comparison opens by itself."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._session.changed.connect(self._on_changed)

    def show_rounds(self) -> None:
        """Show the rounds, for a lead."""
        from ui.training.rounds import RoundsDialog

        store, window = self._session.store, self._window
        if store is None:
            return
        try:
            check_lead(store, self._session.annotator_id, "training rounds")
        except AnnotatorError as error:
            self._session.refused.emit(str(error))
            return
        dialog = RoundsDialog(self._session, window.jobs, window)
        dialog.failed.connect(window.failures.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def compare(self) -> None:
        """Show the open document's work beside its key; refused before it is done."""
        if self._session.document is not None:
            self._show(self._session.document.id)

    def _on_changed(self, change: Change) -> None:
        me, store = self._session.annotator_id, self._session.store
        done = [
            record.document
            for record in change.after
            if isinstance(record, Assignment) and record.annotator == me and record.state == "done"
        ]
        for name in done if store is not None else ():
            document = None if store is None else store.record(Document, name)
            if document is not None and training_of(document) is not None:
                # When the next document to do is open, else that would come in front.
                QTimer.singleShot(0, self, partial(self._show, name))

    def _show(self, document: str) -> None:
        from annotator.services.training import compare_with_key
        from ui.training.comparison import ComparisonDialog

        store, window = self._session.store, self._window
        found = None if store is None else store.record(Document, document)
        if store is None or found is None:
            return
        try:
            comparison = compare_with_key(store, annotator=self._session.annotator_id, document=document)
        except AnnotatorError as error:
            self._session.refused.emit(str(error))
            return
        dialog = ComparisonDialog(
            comparison,
            schema=self._session.schema,
            guidelines=store.guidelines(),
            title=found.title,
            parent=window,
        )
        dialog.chosen.connect(lambda start, end: window.leading.open_at(document, start, end))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()
