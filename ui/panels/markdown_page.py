"""Markdown as a page to read; links to the web open in the browser, nothing else is loaded."""

from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

LINE_HEIGHT = 125  # per cent
ABOVE_HEADING = 18


class MarkdownPage(QTextBrowser):
    """Shows one text in Markdown, with the room between lines that Markdown as Qt sets it lacks."""

    def __init__(self, *, margin: int = 14) -> None:
        super().__init__(openExternalLinks=True)
        self.document().setDocumentMargin(margin)

    def show_markdown(self, markdown: str) -> None:
        """Show another text, from its beginning."""
        self.setMarkdown(markdown)
        self._space_out()

    def show_line(self, words: str) -> None:
        """Scroll to the heading that has just these words."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 0 and block.text() == words:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top) - ABOVE_HEADING // 2)
                return
            block = block.next()

    def _space_out(self) -> None:
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            form = cursor.blockFormat()
            form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if form.headingLevel() > 0:
                form.setTopMargin(0 if block.position() == 0 else ABOVE_HEADING)
                form.setBottomMargin(ABOVE_HEADING / 3)
            cursor.setBlockFormat(form)
            block = block.next()
