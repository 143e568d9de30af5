"""The project's guidelines, to be read beside the document: a window that does not block."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

LINE_HEIGHT = 125  # per cent
ABOVE_HEADING = 18


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
            _space_out(self.page.document())
        else:
            self.page.setPlainText(self.tr("This project has no guidelines yet."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.resize(680, 720)


def _space_out(document: QTextDocument) -> None:
    """Give lines and headings the room that Markdown as Qt sets it lacks."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        form = cursor.blockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if form.headingLevel() > 0:
            form.setTopMargin(0 if block.position() == 0 else ABOVE_HEADING)
            form.setBottomMargin(ABOVE_HEADING / 3)
        cursor.setBlockFormat(form)
        block = block.next()
