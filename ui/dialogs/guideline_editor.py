"""The guidelines as Markdown, written beside the page that they make; saving makes a new version.

Nothing is in the project before it is saved. An older version can be compared and taken over as a text.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFontDatabase, QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator import guidelines
from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.guidelines import Part
from annotator.model import GuidelineVersion
from annotator.schema_editing import is_offered
from annotator.services import guideline_editing
from ui.dialogs.frame import Fault, answer_buttons, body, button_row, fit, may_drop, side_button
from ui.dialogs.picker import Picker
from ui.models.picks import Pick
from ui.panels.markdown_page import MarkdownPage
from ui.panels.span_words import moment
from ui.panels.themed import theme_of
from ui.session import Session

PAUSE_MS = 250
_LINE = int(Qt.ItemDataRole.UserRole)


class GuidelineEditor(QDialog):
    """Contents at the left, Markdown in the middle, at the right the page and what has changed.

    Signals:
        saved: The Change that was made; the session has it by then.
    """

    saved = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guideline_editor")
        self._session = session
        store = session.store
        self._before = "" if store is None else store.guidelines()
        self._versions = () if store is None else store.versions(GuidelineVersion)
        self._make()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._connect()
        self.text.setPlainText(self._before)
        self._show()
        self.text.setFocus()

    # -- what it is made of

    def _make(self) -> None:
        layout = body(self, self.tr("Guidelines"))
        self.contents = QListWidget()
        self.contents.setAccessibleName(self.tr("Rules and pages"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QPlainTextEdit(tabChangesFocus=True)
        self.text.setAccessibleName(self.tr("Markdown"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.page = MarkdownPage()
        self.version = QComboBox()
        self.version.setAccessibleName(self.tr("Compared with"))
        for version in self._versions:
            words = self.tr("version {number}, {when}")
            self.version.addItem(words.format(number=version.number, when=moment(version.created)))
        self.take = side_button(self.tr("Take its &text"))
        self.take.setToolTip(self.tr("Put the text of that version into the editor"))
        self.differences = QTextEdit(readOnly=True)
        self.differences.setAccessibleName(self.tr("Changes"))
        self.tabs = QTabWidget()
        self.tabs.addTab(self.page, self.tr("Page"))
        self.tabs.addTab(self._changes_tab(), self.tr("Changes"))
        split = QSplitter()
        for widget, share in ((self.contents, 2), (self.text, 5), (self.tabs, 4)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([200, 500, 400])
        layout.addWidget(split, 1)
        self.fault = Fault()
        layout.addWidget(self.fault)
        self.new_rule = side_button(self.tr("New &rule"))
        self.new_page = side_button(self.tr("New &page for…"))
        box, self.go_on = answer_buttons(self, self.tr("&Save"))
        layout.addLayout(button_row(box, self.new_rule, self.new_page))
        fit(self, 1120, 700)

    def _changes_tab(self) -> QWidget:
        tab = QWidget()
        row = QHBoxLayout()
        row.addWidget(self.version, 1)
        row.addWidget(self.take)
        layout = QVBoxLayout(tab)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addLayout(row)
        layout.addWidget(self.differences, 1)
        return tab

    def _connect(self) -> None:
        self.text.textChanged.connect(lambda: self._pause.start())
        self._pause.timeout.connect(self._show)
        self.contents.itemActivated.connect(self._go_to)
        self.contents.itemClicked.connect(self._go_to)
        self.version.activated.connect(self._show_differences)
        self.take.clicked.connect(self._take_version)
        self.new_rule.clicked.connect(self._add_rule)
        self.new_page.clicked.connect(self._choose_page)
        QShortcut(QKeySequence("Ctrl+S"), self, self.accept)

    # -- what it shows

    def _show(self) -> None:
        """Show what the Markdown comes to."""
        markdown = self.text.toPlainText()
        self.contents.clear()
        for part in guidelines.parts(markdown):
            if part.kind != "other":
                self.contents.addItem(_row(part))
        place = self.page.verticalScrollBar().value()
        self.page.show_markdown(markdown)
        self.page.verticalScrollBar().setValue(place)
        self._show_differences()
        self.go_on.setEnabled(markdown.strip() != self._before.strip())
        self.fault.tell("")

    def _show_differences(self) -> None:
        chosen = self.version.currentIndex()
        older = self._versions[chosen].markdown if chosen >= 0 else ""
        theme = theme_of(self)
        colours = {"+": theme.good, "-": theme.alarm, "@": theme.muted}
        self.differences.clear()
        cursor = self.differences.textCursor()
        lines = guidelines.line_differences(older, self.text.toPlainText())
        for mark, words in lines or ((" ", self.tr("Nothing differs.")),):
            form = QTextCharFormat()
            form.setForeground(QColor(colours.get(mark, theme.text)))
            cursor.insertText("⋯\n" if mark == "@" else f"{mark} {words}\n", form)
        self.differences.moveCursor(cursor.MoveOperation.Start)

    # -- writing

    def _go_to(self, item: QListWidgetItem) -> None:
        """Go to a heading in the text and on the page."""
        line = int(item.data(_LINE))
        self._put_caret(line)
        self.page.show_line(self.text.document().findBlockByNumber(line).text().strip("# "))
        self.text.setFocus()

    def _put_caret(self, line: int) -> None:
        """Put the caret at the end of a line that is then the first one in view."""
        cursor = self.text.textCursor()
        cursor.setPosition(self.text.document().findBlockByNumber(line).position())
        cursor.movePosition(cursor.MoveOperation.EndOfBlock)
        self.text.setTextCursor(cursor)
        self.text.verticalScrollBar().setValue(line)

    def _add_rule(self) -> None:
        title = self.tr("New rule")
        self._write(lambda text: guidelines.with_new_rule(text, title))
        cursor = self.text.textCursor()
        cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, len(title))
        self.text.setTextCursor(cursor)

    def _choose_page(self) -> None:
        schema, markdown = self._session.schema, self.text.toPlainText()
        picks = [
            Pick(label.id, label.name, label.summary, colour=label.colour)
            for label in schema.labels()
            if is_offered(label) and guidelines.page_of(markdown, schema, label.id) is None
        ]
        if not picks:
            self.fault.tell(self.tr("Every label has a page already."))
            return
        picker = Picker(self.tr("New page"), picks, hint=self.tr("New page for…"), parent=self)
        picker.picked.connect(
            lambda label: self._write(lambda text: guidelines.with_new_page(text, schema, label))
        )
        picker.open()

    def _write(self, make: Callable[[str], tuple[str, int]]) -> None:
        """Put another text in place of the present one, as one step of the editor's own undo."""
        try:
            text, line = make(self.text.toPlainText())
        except AnnotatorError as error:
            self.fault.tell(str(error))
            return
        self._replace(text)
        self._put_caret(line)
        self.text.setFocus()

    def _replace(self, text: str) -> None:
        cursor = self.text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        self._show()

    def _take_version(self) -> None:
        chosen = self.version.currentIndex()
        if chosen >= 0:
            self._replace(self._versions[chosen].markdown)

    # -- saving and closing

    def accept(self) -> None:
        """Save a new version; what cannot be is said."""
        store, annotator = self._session.store, self._session.annotator
        if store is None or annotator is None:
            return
        try:
            change: Change = guideline_editing.save(
                store, annotator=annotator.id, before=self._before, after=self.text.toPlainText()
            )
        except AnnotatorError as error:
            self.fault.tell(str(error))
            return
        self._session.take(change)
        super().accept()
        self.saved.emit(change)

    def reject(self) -> None:
        """Close; ask first where what was written would be lost."""
        if self.text.toPlainText().strip() == self._before.strip() or may_drop(
            self, self.tr("The guidelines have changes that are not saved.")
        ):
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()


def _row(part: Part) -> QListWidgetItem:
    words = f"{part.key} {part.title}" if part.kind == "rule" else part.title
    item = QListWidgetItem(words)
    item.setToolTip(words)
    item.setData(_LINE, part.line)
    return item
