"""Search the corpus from the window, its texts or its spans: two panels in one dock, and going to a hit.

They are made when the dock is first seen, since most days begin without a search.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from annotator.geometry import Range
from annotator.model import Annotation
from ui.jobs import JobRunner
from ui.session import Session
from ui.views.text_view import TextView

if TYPE_CHECKING:
    from ui.panels.search import SearchPanel
    from ui.panels.span_search import SpanSearchPanel

HEIGHT = 240


class Searching(QObject):
    """The handlers of “Search the corpus” and “Find spans”, and of what is chosen there."""

    def __init__(
        self,
        session: Session,
        view: TextView,
        dock: QDockWidget,
        jobs: JobRunner,
        *,
        jump_to: Callable[[str], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(dock)
        self._session = session
        self._view = view
        self._dock = dock
        self._jobs = jobs
        self._failed = failed
        self._jump_to = jump_to
        self._tabs: QTabWidget | None = None
        self._panel: SearchPanel | None = None
        self._spans: SpanSearchPanel | None = None
        dock.visibilityChanged.connect(self._on_visible)

    @property
    def panel(self) -> "SearchPanel":
        """The panel, made if it was not needed before."""
        if self._panel is None:
            from ui.panels.search import SearchPanel

            self._panel = SearchPanel(self._session, self._jobs)
            self._panel.chosen.connect(self._go_to)
            self._panel.left.connect(self._leave)
            self._panel.failed.connect(self._failed)
            self._make_tabs(self._panel)
        return self._panel

    @property
    def spans(self) -> "SpanSearchPanel":
        """The panel that finds spans, made if it was not needed before."""
        _ = self.panel
        if self._spans is None:
            from ui.panels.span_search import SpanSearchPanel

            self._spans = SpanSearchPanel(self._session, self._jobs)
            self._spans.chosen.connect(self._go_to_span)
            self._spans.left.connect(self._leave)
            self._spans.failed.connect(self._failed)
            if self._tabs is not None:
                self._tabs.removeTab(1)
                self._tabs.addTab(self._spans, self.tr("Spans"))
        return self._spans

    def _make_tabs(self, panel: QWidget) -> None:
        self._tabs = QTabWidget(documentMode=True)
        self._tabs.tabBar().setExpanding(False)
        self._tabs.addTab(panel, self.tr("Texts"))
        self._tabs.addTab(QWidget(), self.tr("Spans"))
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self._dock.setWidget(self._tabs)
        window = self._dock.parentWidget()
        if isinstance(window, QMainWindow):
            window.resizeDocks([self._dock], [HEIGHT], Qt.Orientation.Vertical)

    def _on_tab_changed(self, index: int) -> None:
        """The panel of spans is made when its tab is first opened."""
        if index == 1 and self._spans is None:
            self.open_spans()

    def open_spans(self) -> None:
        """Show the panel that finds spans."""
        spans, tabs = self.spans, self._tabs
        self._dock.show()
        self._dock.raise_()
        if tabs is not None:
            tabs.setCurrentWidget(spans)
        spans.open()

    def open(self) -> None:
        """Show the panel, with the selected words if they stand on one line."""
        selection = self._view.selection()
        words = self._session.text[selection.start : selection.end] if selection else ""
        panel = self.panel
        self._dock.show()
        self._dock.raise_()
        if self._tabs is not None:
            self._tabs.setCurrentWidget(panel)
        panel.open("" if "\n" in words or '"' in words else words)

    def _on_visible(self, is_visible: bool) -> None:
        if is_visible:
            _ = self.panel

    def _leave(self) -> None:
        self._dock.hide()
        self._view.setFocus()

    def _go_to_span(self, span: str) -> None:
        """Go to a span, which may be gone meanwhile."""
        store = self._session.store
        if store is None or store.record(Annotation, span) is None:
            self._session.refused.emit(self.tr("This span is not there any more; search again."))
            return
        self._jump_to(span)

    def _go_to(self, document: str, start: int, end: int) -> None:
        """Open the document and select the words; they are compared with what the hit has shown."""
        words = self.panel.words_of(document, Range(start, end))
        if self._session.document is None or self._session.document.id != document:
            self._session.open_document(document)
        if self._session.document is None or self._session.text[start:end] != words:
            self._session.refused.emit(
                self.tr("The text of this document is not what was searched; search again.")
            )
            return
        self._view.select(start, end)
        self._view.reveal(start, end)
        self._view.setFocus()
