"""The question what the labels of a file mean: from the import in its thread to the window, and back.

`choose` is called in the worker thread, all else in that of the window; the two meet in one Event.
"""

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from annotator.progress import Job, Progress
from ui.session import Session

if TYPE_CHECKING:
    from annotator.services.import_names import UnknownLabels

_TICK_SECONDS = 0.05


class LabelQuestion(QObject):
    """Asks in a dialog, one question at a time, as imports run one after the other."""

    _asked = Signal(object)

    def __init__(self, session: Session, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = parent
        self._dialog: QDialog | None = None
        self._is_answered = threading.Event()
        self._answer: Mapping[str, str] | None = None
        self._asked.connect(self._ask)

    def choose(self, unknown: "UnknownLabels") -> Job[Mapping[str, str] | None]:
        """Ask, and wait for the answer with a yield now and then, where the import can be cancelled."""
        self._is_answered.clear()
        self._asked.emit(unknown)
        while not self._is_answered.wait(_TICK_SECONDS):
            yield Progress(0, 0, unknown.source)
        return self._answer

    def withdraw(self) -> None:
        """Close the question, as the import that asked it has ended."""
        if self._dialog is not None:
            self._dialog.reject()

    @Slot(object)
    def _ask(self, unknown: "UnknownLabels") -> None:
        from ui.dialogs.import_labels import ImportLabelsDialog

        dialog = ImportLabelsDialog(unknown, self._session.schema, self._window)
        self._dialog = dialog
        dialog.accepted.connect(lambda: self._take(dialog.answer()))
        dialog.rejected.connect(lambda: self._take(None))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, answer: Mapping[str, str] | None) -> None:
        self._dialog = None
        self._answer = answer
        self._is_answered.set()
