"""The pages of the document under review, drawn once for all columns.

All columns are as wide as each other, so that they want the same pictures of the same pages.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from ui.page_painting import StoredPages
from ui.page_rendering import PageRenderer
from ui.review.desk import ReviewDesk


class ReviewPages(QObject):
    """Opens the PDF of the document under review when its pages are asked for.

    Signals:
        troubled: The pages cannot be drawn.
    """

    troubled = Signal()

    def __init__(self, desk: ReviewDesk, passwords: Mapping[str, str]) -> None:
        super().__init__(desk)
        self._desk, self._passwords = desk, passwords
        self._shown: tuple[str, StoredPages] | None = None  # by text version
        self.renderer = PageRenderer(self)
        self.renderer.troubled.connect(self.troubled)

    @property
    def count(self) -> int:
        """How many pages the document has; 0 for one that is text."""
        of = self._desk.review
        rows = self._desk.session.rows()
        return next((row.page_count for row in rows if of is not None and row.id == of.document.id), 0)

    def pages(self) -> StoredPages | None:
        """The pages of the document, None if it has none."""
        of, store = self._desk.review, self._desk.session.store
        if of is None or store is None or not self.count:
            return None
        version = of.document.text_version
        if self._shown is None or self._shown[0] != version:
            self._shown = version, StoredPages(store, version, self.count)
            source = of.document.source_sha256

            def load() -> bytes:
                with store.sibling() as own:
                    return own.source(source)

            self.renderer.open(load, self._passwords.get(source))
        return self._shown[1]

    def close(self) -> None:
        """Let go of the PDF."""
        self._shown = None
        self.renderer.close()
