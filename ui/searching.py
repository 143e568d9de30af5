"""Search the corpus from the window: the panel in its dock, and going to a hit in its document.

The panel is made when the dock is first seen, since most days begin without a search.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from annotator.geometry import Range
from ui.jobs import JobRunner
from ui.session import Session
from ui.views.text_view import TextView

if TYPE_CHECKING:
    from ui.panels.search import SearchPanel

HEIGHT = 240


class Searching(QObject):
    """The handler of “Search the corpus”, and of what is chosen there."""

    def __init__(
        self,
        session: Session,
        view: TextView,
        dock: QDockWidget,
        jobs: JobRunner,
        *,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(dock)
        self._session = session
        self._view = view
        self._dock = dock
        self._jobs = jobs
        self._failed = failed
        self._panel: SearchPanel | None = None
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
            self._dock.setWidget(self._panel)
            window = self._dock.parentWidget()
            if isinstance(window, QMainWindow):
                window.resizeDocks([self._dock], [HEIGHT], Qt.Orientation.Vertical)
        return self._panel

    def open(self) -> None:
        """Show the panel, with the selected words if they stand on one line."""
        selection = self._view.selection()
        words = self._session.text[selection.start : selection.end] if selection else ""
        panel = self.panel
        self._dock.show()
        self._dock.raise_()
        panel.open("" if "\n" in words or '"' in words else words)

    def _on_visible(self, is_visible: bool) -> None:
        if is_visible:
            _ = self.panel

    def _leave(self) -> None:
        self._dock.hide()
        self._view.setFocus()

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
