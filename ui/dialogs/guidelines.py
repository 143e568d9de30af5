"""The project's guidelines, to be read beside the document: a window that does not block."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget


class GuidelinesDialog(QDialog):
    """Shows guidelines in Markdown; links to the web open in the browser, nothing else is loaded."""

    def __init__(self, markdown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guidelines")
        self.setWindowTitle(self.tr("Guidelines"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page = QTextBrowser(openExternalLinks=True)
        self.page.document().setDocumentMargin(24)
        if markdown.strip():
            self.page.setMarkdown(markdown)
        else:
            self.page.setPlainText(self.tr("This project has no guidelines yet."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.resize(680, 720)
