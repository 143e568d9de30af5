"""Asks for words that go with a step: why a document is skipped, what to look at in one that is returned."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from ui.dialogs.frame import answer_buttons, body, fit, form
from ui.panels.themed import Words


class ReasonDialog(QDialog):
    """A line for the words, and where there are several `people` (id, name) the choice of one.

    Signals:
        answered: The words, which may be empty, and the id of who was chosen, "" without people.
    """

    answered = Signal(str, str)

    def __init__(
        self,
        title: str,
        hint: str,
        *,
        accept: str,
        people: Sequence[tuple[str, str]] = (),
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reason")
        layout = body(self, title)
        layout.addWidget(Words(hint, tone="muted"))
        self.reason = QLineEdit()
        self.who = QComboBox()
        for person, name in people:
            self.who.addItem(name, person)
        rows = form()
        if people:
            rows.addRow(self.tr("&To"), self.who)
        rows.addRow(self.tr("&Why"), self.reason)
        layout.addLayout(rows)
        box, _ = answer_buttons(self, accept)
        layout.addWidget(box)
        self.accepted.connect(self._answer)
        self.finished.connect(self.deleteLater)
        fit(self, 440)
        self.reason.setFocus()

    def _answer(self) -> None:
        self.answered.emit(self.reason.text(), str(self.who.currentData() or ""))
