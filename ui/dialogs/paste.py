"""The text on the clipboard as a new document: what it is called and what kind of document it is."""

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from annotator.schema import DOCUMENT_KINDS, DocumentKind
from ui.dialogs.frame import answer_buttons, body, fit, form, with_hint
from ui.panels.span_words import kind_words, shortened
from ui.panels.themed import SMALL, Words

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is to be imported. `title` may be empty: then the text's first line can serve."""

    title: str
    text: str
    kind: DocumentKind


class PasteDialog(QDialog):
    """Shows the text, which can still be changed, and asks for title and kind."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paste")
        layout = body(self, self.tr("Paste as new document"))
        self.title = QLineEdit()
        self.title.setPlaceholderText(shortened(_first_line(text), LONGEST_TITLE))
        self.kind = QComboBox()
        for kind in DOCUMENT_KINDS:
            self.kind.addItem(kind_words(kind), kind)
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(
            self.tr("There is no text on the clipboard. Copy an article somewhere, or type here.")
        )
        self.size_words = Words(tone="muted", size=SMALL)
        rows = form()
        rows.addRow(self.tr("&Title"), self.title)
        rows.addRow(self.tr("&Kind"), self.kind)
        rows.addRow(self.tr("Te&xt"), with_hint(self.text, self.size_words))
        layout.addLayout(rows, 1)
        box, self.add = answer_buttons(self, self.tr("Add document"))
        layout.addWidget(box)
        self.text.textChanged.connect(self._on_text_changed)
        self._on_text_changed()
        fit(self, 640, 480)
        (self.title if text.strip() else self.text).setFocus()

    def pasted(self) -> Pasted:
        """What was asked for."""
        return Pasted(self.title.text().strip(), self.text.toPlainText(), str(self.kind.currentData()))

    def _on_text_changed(self) -> None:
        words = len(self.text.toPlainText().split())
        self.size_words.setText(
            self.tr("1 word") if words == 1 else self.tr("{n} words").format(n=f"{words:,}")
        )
        self.add.setEnabled(words > 0)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
