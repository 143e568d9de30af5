"""The middle of the window: a line about the document, notices, the text, and the find bar under it.

It shows what there is instead of a document when none is open; what spans look like is in `ui.painting`.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.change import Change
from annotator.model import Document
from ui.find_bar import FindBar
from ui.notice import Notice
from ui.panels.elided_label import ElidedLabel
from ui.panels.span_words import kind_words
from ui.panels.themed import scaled_font, theme_of
from ui.session import Session
from ui.suggestion_bar import SuggestionBar
from ui.views.empty import EmptyState
from ui.views.page_switch import PageSwitch
from ui.views.text_view import TextView


class DocumentPane(QWidget):
    """The open document, or what to do to have one."""

    def __init__(self, session: Session, view: TextView, *, import_files: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self.view = view
        self.header = DocumentHeader()
        self.notice = Notice()
        self.find_bar = FindBar()
        self.suggestion_bar = SuggestionBar()
        self.views = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.views.addWidget(view)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addWidget(self.views)
        self._document = QWidget()
        self._side = SideLine()
        layout = QVBoxLayout(self._document)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side)
        layout.addWidget(self.header)
        layout.addLayout(self._body, 1)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.suggestion_bar)
        self.no_documents = EmptyState(
            self.tr("No documents yet"),
            self.tr("Drop files or a folder here: news articles, court PDFs, web pages, Word files."),
            action=self.tr("Import documents…"),
            do=import_files,
        )
        self._none_open = EmptyState(
            self.tr("No document is open"),
            self.tr("Choose one in the list, or press Ctrl+Down for the first."),
        )
        self.sides = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.sides.setHandleWidth(0)
        self.sides.addWidget(self._document)
        self.stack = QStackedWidget()
        for widget in (self.no_documents, self._none_open, self.sides):
            self.stack.addWidget(widget)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self.notice)
        self._outer.addWidget(self.stack)
        self.find_bar.searched.connect(self.view.show_matches)
        self.find_bar.found.connect(self._on_found)
        self.find_bar.left.connect(self.view.setFocus)
        for signal in (session.project_changed, session.documents_changed, session.document_changed):
            signal.connect(self.show_state)
        session.page_heads.read.connect(self.show_state)
        session.changed.connect(self._on_changed)
        self.show_state()

    def add_pages(self, pages: QWidget, thumbnails: QWidget) -> None:
        """Take in what shows the pages: beside the text, and in small at the left."""
        self.views.addWidget(pages)
        self._body.insertWidget(0, thumbnails)

    @property
    def document_side(self) -> QWidget:
        """The document with all that belongs to it, as one side of two."""
        return self._document

    def mark_active(self, *, is_active: bool | None) -> None:
        """Show that this side has the keys, or that it has not; None where there is no other side."""
        self._side.show_state(is_active)

    def add_bar(self, bar: QWidget) -> None:
        """Take in a bar that stands under both sides."""
        self._outer.addWidget(bar)

    def show_state(self) -> None:
        """Show the document, or why there is none."""
        document = self._session.document
        if document is not None:
            self._show_trouble(document)
            self.find_bar.set_text(self._session.text)
            self.stack.setCurrentWidget(self.sides)
        else:
            self.stack.setCurrentWidget(self._none_open if self._session.rows() else self.no_documents)

    def _show_trouble(self, document: Document) -> None:
        """Show what the document is, and what is wrong with its text where it comes from pages."""
        kinds = {page.kind for page in self._session.page_heads.heads}
        trouble, advice = "", ""
        if "unreliable" in kinds:
            trouble = self.tr("text not reliable")
        elif kinds == {"scan"}:
            trouble = self.tr("pictures without text")
            advice = self.tr(
                "The pages are pictures. “Read scanned pages” in the menu File makes text of them."
            )
        self.header.show_document(document, trouble)
        self.view.setPlaceholderText(advice)

    def open_find(self) -> None:
        """Open the find bar, with the selected words if they stand on one line."""
        selection = self.view.selection()
        words = self._session.text[selection.start : selection.end] if selection else ""
        start = selection.start if selection else self.view.caret()
        self.find_bar.open(self._session.text, start=start, words="" if "\n" in words else words)

    def find_next(self) -> None:
        """Go to the next place found; without the bar, open it."""
        self._step(1)

    def find_previous(self) -> None:
        self._step(-1)

    def toggle_case(self) -> None:
        """Let capitals count when words are found, or no more."""
        self._toggle(self.find_bar.case)

    def toggle_whole(self) -> None:
        self._toggle(self.find_bar.whole)

    def toggle_pattern(self) -> None:
        self._toggle(self.find_bar.pattern)

    def is_checked(self, name: str) -> bool:
        """Whether a way of finding, by its name, is on."""
        bar = self.find_bar
        return {"case": bar.case, "whole": bar.whole, "pattern": bar.pattern}[name].isChecked()

    def _toggle(self, switch: QToolButton) -> None:
        switch.toggle()
        if not self.find_bar.isVisible():
            self.open_find()

    def _on_changed(self, change: Change) -> None:
        document = self._session.document
        if document is None:
            self.show_state()
        elif any(record.id == document.id for record in change.after):
            self._show_trouble(document)

    def _step(self, step: int) -> None:
        if self.find_bar.isVisible():
            self.find_bar.step(step)
        else:
            self.open_find()

    def _on_found(self, start: int, end: int) -> None:
        self.view.select(start, end)
        self.view.reveal(start, end)


class SideLine(QWidget):
    """A line over one of two documents: in the accent over the one that the keys work on."""

    def __init__(self) -> None:
        super().__init__()
        self._is_active = False
        self.setFixedHeight(3)
        self.hide()

    def show_state(self, is_active: bool | None) -> None:
        """Show it as active or not; hide it with None."""
        self._is_active = bool(is_active)
        self.setVisible(is_active is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self)
        QPainter(self).fillRect(self.rect(), QColor(theme.accent if self._is_active else theme.line))


class DocumentHeader(QFrame):
    """One line over the document: its title, then kind and date; at the right how it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("document_header")
        self.setAutoFillBackground(True)
        self.switch = PageSwitch()
        self.title = ElidedLabel()
        self.title.setFont(scaled_font(self.title.font(), bold=True))
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.about = ElidedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.about.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 7, 16, 7)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addStretch(1)
        layout.addWidget(self.switch)

    def show_document(self, document: Document, trouble: str = "") -> None:
        """Show what a document is, and what is wrong with its text."""
        date = document.metadata.get("date") or document.metadata.get("date_filed")
        parts = [trouble, kind_words(document.kind), date if isinstance(date, str) else "", document.case]
        first, *rest = (part for part in parts if part)
        self.about.set_text("  ·  ".join((first, *rest)))
        # A long title leaves room for what matters most.
        self.about.setMinimumWidth(self.about.fontMetrics().horizontalAdvance(f"{first}  …"))
        self.title.set_text(document.title)
