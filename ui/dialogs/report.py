"""What a report of a problem says, to be read, added to and saved; nothing is sent anywhere."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ui.dialogs.frame import answer_buttons, body, button_row, fit
from ui.panels.themed import Words


class ReportDialog(QDialog):
    """The text of a report in a field that can be edited.

    Signals:
        save_asked: The report is to be saved as `report` has it.
    """

    save_asked = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report")
        layout = body(self, self.tr("Report a problem"))
        layout.addWidget(
            Words(
                self.tr(
                    "This is what a report says: versions, and where in the program it failed. No text of "
                    "your documents is in it, and nothing is sent. Add what you did, save it, and pass it on."
                )
            )
        )
        self.text = QPlainTextEdit(text)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Report"))
        layout.addWidget(self.text, 1)
        box, _ = answer_buttons(self, self.tr("Save…"))
        layout.addLayout(button_row(box))
        fit(self, 680, 480)

    def report(self) -> str:
        """The report as it stands."""
        return self.text.toPlainText()

    def accept(self) -> None:
        """Close, and have the report saved."""
        super().accept()
        self.save_asked.emit()
