"""Tells of a problem: what happened, to which file, what to do. Details only where they are asked for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QWidget

from ui.dialogs.frame import body, button_row, close_button, fit, side_button
from ui.panels.themed import LARGE, Words, theme_of
from ui.theme import icon

WIDTH = 520
_DETAILS_HEIGHT = 200


class ProblemDialog(QDialog):
    """A title, the sentences that matter, and details behind a button."""

    def __init__(self, title: str, text: str, details: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problem")
        self._text = "\n\n".join(part for part in (title, text, details) if part)
        layout = body(self, title)
        sign = QLabel()
        sign.setPixmap(icon("warning", theme_of(self)).pixmap(QSize(24, 24), self.devicePixelRatio()))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Words(title, size=LARGE, bold=True), 1)
        layout.addLayout(head)
        self.words = Words(text, is_selectable=True)
        layout.addWidget(self.words)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setMinimumHeight(_DETAILS_HEIGHT)
        self.details.hide()
        layout.addWidget(self.details, 1)
        box, self.close_button = close_button(self)
        self.copy = side_button(self.tr("&Copy"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        self.disclose = side_button("")
        self.disclose.setVisible(bool(details))
        self.disclose.clicked.connect(self._switch_details)
        layout.addLayout(button_row(box, self.copy, self.disclose))
        self._name_disclosure()
        fit(self, WIDTH)
        self.close_button.setFocus()

    def _switch_details(self) -> None:
        is_shown = self.details.isHidden()
        self.details.setVisible(is_shown)
        self._name_disclosure()
        fit(self, WIDTH)

    def _name_disclosure(self) -> None:
        self.disclose.setText(
            self.tr("Show &details") if self.details.isHidden() else self.tr("Hide &details")
        )


def show_problem(parent: QWidget | None, title: str, text: str, details: str = "") -> ProblemDialog:
    """Tell of a problem in a dialog over the parent, without waiting for it to be closed."""
    dialog = ProblemDialog(title, text, details, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
