"""What was decided of an annotator's own work in the open document; a row leads to its place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from annotator.services.feedback import Remark
from ui.dialogs.frame import body, close_button, fit
from ui.panels.remark_words import remark_words
from ui.panels.themed import Words


class FeedbackDialog(QDialog):
    """Lists what was decided otherwise than the annotator has it, with rule and comment.

    Signals:
        chosen: Go to a place: its start and end.
    """

    chosen = Signal(int, int)

    def __init__(self, remarks: Sequence[Remark], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("feedback")
        self._remarks = remarks
        layout = body(self, self.tr("What was decided"))
        words = self.tr("{title}: 1 remark") if len(remarks) == 1 else self.tr("{title}: {n} remarks")
        count = words.format(title=title, n=len(remarks))
        nothing = self.tr("{title}: all is as you have it.").format(title=title)
        layout.addWidget(Words(count if remarks else nothing, bold=True))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setAccessibleName(self.tr("What was decided"))
        for remark in remarks:
            self.list.addItem(QListWidgetItem(remark_words(remark)))
        self.list.itemActivated.connect(lambda: self._choose())
        layout.addWidget(self.list, 1)
        layout.addWidget(Words(self.tr("Enter or a double click goes to the place."), tone="muted"))
        box, _close = close_button(self)
        layout.addWidget(box)
        fit(self, 640, 460)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _choose(self) -> None:
        remark = self._remarks[self.list.currentRow()]
        self.chosen.emit(remark.start, remark.end)
