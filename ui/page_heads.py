"""The pages of the open document without their words, read aside where there are many; and the cites of them.

A long filing has hundreds of pages, which must not hold up the window; until they are read there are none.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from annotator.cites import Cites, cites_of
from annotator.geometry import Page

if TYPE_CHECKING:
    from storage.store import ProjectStore
    from ui.session import Session

SOON_MILLISECONDS = 200
"""Reading aside waits so long, as it would hold up the first page on screen."""

AT_ONCE = 40
"""So many pages are read while the window waits, which takes a few milliseconds."""


class PageHeads(QObject):
    """What is known of the pages of the session's document.

    Signals:
        read: The pages are there, where they were not when the document was opened.
    """

    read = Signal()
    _read_aside = Signal(str, object)

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        self._text_version = ""
        self.count = 0
        self.heads: tuple[Page, ...] = ()
        self.cites: Cites | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON_MILLISECONDS)
        self._soon.timeout.connect(self._start)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._read_aside.connect(self._on_read_aside)
        session.document_changed.connect(self._on_document_changed)
        session.project_closing.connect(self._wait)

    def _wait(self) -> None:
        """Wait until nothing is being read, so that the project can be closed."""
        self._soon.stop()
        self._pool.clear()
        self._pool.waitForDone()

    def _on_document_changed(self) -> None:
        store, document = self._session.store, self._session.document
        wanted = document.text_version if document is not None else ""
        if store is None or wanted == self._text_version:
            return
        self._text_version, self.heads, self.cites = wanted, (), None
        self.count = store.page_count(wanted) if wanted else 0
        if self.count > AT_ONCE:
            self._soon.start()
        elif self.count:
            self._take(store.page_heads(wanted))

    def _start(self) -> None:
        store, wanted = self._session.store, self._text_version
        if store is not None and wanted:
            self._pool.start(lambda: self._read(store, wanted))

    def _read(self, store: "ProjectStore", text_version: str) -> None:
        with store.sibling() as own:
            self._read_aside.emit(text_version, own.page_heads(text_version))

    def _on_read_aside(self, text_version: str, heads: tuple[Page, ...]) -> None:
        if text_version == self._text_version:
            self._take(heads)
            self.read.emit()

    def _take(self, heads: tuple[Page, ...]) -> None:
        document = self._session.document
        self.heads, self.cites = heads, None if document is None else cites_of(document, heads)
