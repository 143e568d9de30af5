"""Keeps the page view showing the pages of the session's document, and in step with the text view.

The words of a page are read from the project when the page is first seen. A password for a protected PDF
is asked once and kept in memory only, for as long as the program runs.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from annotator.geometry import Page
from annotator.page_text import PageText
from ui.page_rendering import PageRenderer
from ui.session import Session
from ui.views.page_layout import LETTER, PageSize, sheet_size
from ui.views.page_scroll import PageScroll
from ui.views.page_trouble import PageTrouble
from ui.views.page_view import PageView
from ui.views.text_view import TextView

if TYPE_CHECKING:
    from storage.store import ProjectStore

ABOVE = 30.0
"""How far below the top of the view the line is put that is read, in pixels."""

LINE = 30.0
"""Room for the last line of the text at the bottom of the pages beside it, in pixels."""

READ_AT_ONCE = 4_000_000
"""A PDF of so many bytes is read while the window waits, some milliseconds; to read it aside takes longer."""

PAGES_KEPT = 64
"""So many pages are kept with their words."""


class StoredPages:
    """The pages of a document in a project; before `know` all have the size of the first."""

    def __init__(self, store: "ProjectStore", text_version: str, count: int) -> None:
        self._store = store
        self._text_version = text_version
        self._texts: OrderedDict[int, PageText] = OrderedDict()
        first = self.text(0).page if count else None
        size = sheet_size(first.width, first.height) if first is not None else LETTER
        self.sizes: Sequence[PageSize] = [size] * count
        self._owned: list[tuple[int, int]] | None = None

    def know(self, heads: Sequence[Page]) -> None:
        """Take over the true sizes and what each page owns of the text."""
        self.sizes = [sheet_size(page.width, page.height) for page in heads]
        self._owned = sorted(
            (start, number) for number, page in enumerate(heads) for start, end in page.ranges if end > start
        )

    def text(self, page: int) -> PageText:
        """A page and its words."""
        if page in self._texts:
            self._texts.move_to_end(page)
            return self._texts[page]
        stored = self._store.page(self._text_version, page + 1)
        self._texts[page] = PageText(stored or Page(page + 1, *LETTER))
        if len(self._texts) > PAGES_KEPT:
            self._texts.popitem(last=False)
        return self._texts[page]

    def page_of(self, offset: int) -> int:
        """The page that a code point stands on, or else the one with the text before it."""
        if self._owned is not None:
            place = bisect_right(self._owned, (offset, len(self.sizes))) - 1
            return self._owned[max(0, place)][1] if self._owned else 0
        return self._searched(offset)

    def _searched(self, offset: int) -> int:
        """As `page_of`, found by halving, while it is not known yet what the pages own."""
        low, high = 0, len(self.sizes)
        while high - low > 1:
            middle = (low + high) // 2
            at = middle
            while at > low and not self.text(at).page.ranges:
                at -= 1
            ranges = self.text(at).page.ranges
            if ranges and ranges[0].start > offset:
                high = at if at > low else middle
            else:
                low = middle
        while low > 0 and not self.text(low).page.ranges:
            low -= 1
        return low


class PagePainting(QObject):
    """Goes between session, text view and pages.

    Signals:
        pages_changed: Another document with other pages, or without any, is shown.
    """

    pages_changed = Signal()

    def __init__(
        self, session: Session, text: TextView, passwords: MutableMapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._text = text
        self._passwords = passwords
        self._source = ""  # SHA-256 of the PDF that the renderer has
        self._shown: tuple[str, StoredPages] | None = None  # by text version
        self._is_following = False
        self.renderer = PageRenderer(self)
        self.view = PageView(text, self.renderer)
        self.trouble = PageTrouble()
        self.area = QStackedWidget()
        self.area.addWidget(self.view)
        self.area.addWidget(self.trouble)
        self.area.setFocusProxy(self.view)
        self._connect()

    def _connect(self) -> None:
        session = self._session
        session.project_closing.connect(self.renderer.close)
        session.page_heads.read.connect(self._on_heads_read)
        self.renderer.troubled.connect(self._show_trouble)
        self.trouble.password_given.connect(self._on_password_given)
        self.view.scrolled.connect(self._on_pages_scrolled)
        self.view.place_changed.connect(self._on_pages_at_rest)
        self._text.verticalScrollBar().valueChanged.connect(self._on_text_scrolled)

    @property
    def has_pages(self) -> bool:
        """Whether the open document has pages."""
        return self._session.document is not None and self._session.page_heads.count > 0

    @property
    def is_on(self) -> bool:
        """Whether pages are, or will be, in view."""
        return not self.area.isHidden()

    def show_pages(self) -> None:
        """Bring the pages of the open document into view, at the place that the text is read at."""
        session, heads = self._session, self._session.page_heads
        document = session.document
        if session.store is None or document is None or not self.has_pages:
            return
        if self._shown is None or self._shown[0] != document.text_version:
            pages = StoredPages(session.store, document.text_version, heads.count)
            if heads.heads:
                pages.know(heads.heads)
            self._shown = document.text_version, pages
            self.area.setCurrentWidget(self.view)
            self._open_source(document.source_sha256)
            self.view.show_pages(pages)
        self.follow_text()
        self.pages_changed.emit()

    def hide_pages(self) -> None:
        """Let go of the pages."""
        if self._shown is not None:
            self._shown, self._source = None, ""
            self.view.show_pages(None)
            self.renderer.close()
            self.pages_changed.emit()

    def _on_heads_read(self) -> None:
        if self._shown is not None:
            self._shown[1].know(self._session.page_heads.heads)
            self.view.sizes_changed()
            self.pages_changed.emit()

    # -- the PDF

    def _open_source(self, sha256: str) -> None:
        store = self._session.store
        if store is None:
            return
        self._source = sha256

        short = store.source_within(sha256, READ_AT_ONCE)

        def load() -> bytes:
            if short is not None:
                return short
            with store.sibling() as own:
                return own.source(sha256)

        self.renderer.open(load, self._passwords.get(sha256))

    def _show_trouble(self) -> None:
        self.trouble.show_trouble(self.renderer.trouble, was_wrong=self._source in self._passwords)
        self._passwords.pop(self._source, None)
        self.area.setCurrentWidget(self.trouble)

    def _on_password_given(self, password: str) -> None:
        self._passwords[self._source] = password
        self.area.setCurrentWidget(self.view)
        self._open_source(self._source)
        self.view.ask_for_pictures()
        self.view.setFocus()

    # -- text and pages in step

    def follow_text(self) -> None:
        """Show on the page what the text view shows."""
        if self._shown is None:
            return
        self._is_following = True
        if self._text.verticalScrollBar().value() == 0:
            self.view.verticalScrollBar().setValue(0)
        elif self._text.isVisible():
            share = _share(self._text)
            self.view.show_at(self._text.place_at(share), share * (self.view.viewport().height() - LINE))
        else:
            self.view.show_at(self._text.place(), ABOVE)
        self._is_following = False

    def _follow_pages(self) -> None:
        """Show in the text view what is seen of the pages."""
        self._is_following = True
        share = _share(self.view) if self._text.isVisible() else 0.0
        place = self.view.place_at(share * self.view.viewport().height())
        if self.view.verticalScrollBar().value() == 0:
            self._text.verticalScrollBar().setValue(0)
        elif place is not None and self._text.isVisible():
            self._text.show_at(place, share * self._text.viewport().height())
        elif place is not None:
            self._text.restore_place(place)
        self._is_following = False

    def _on_text_scrolled(self) -> None:
        if not self._is_following and self._text.isVisible() and self.is_on and self._leads(self._text):
            self.follow_text()

    def _on_pages_scrolled(self) -> None:
        is_beside = self._shown is not None and self._text.isVisible()
        if is_beside and not self._is_following and not self.view.is_revealing and self._leads(self.view):
            self._follow_pages()

    def _on_pages_at_rest(self) -> None:
        """The text that is not seen is kept at the place, which is what is remembered."""
        if self._shown is not None and self.view.isVisible() and not self._text.isVisible():
            self._follow_pages()

    def _leads(self, view: TextView | PageScroll) -> bool:
        """Whether a view is the one that the hands are on: it has the mouse, or else the focus."""
        other = self.view if view is self._text else self._text
        if view.underMouse() or view.viewport().underMouse():
            return True
        return not other.underMouse() and QApplication.focusWidget() is not other


def _share(view: TextView | PageScroll) -> float:
    """How far down a view is, which is also how far down in it the place is that both views show.

    So both begin at their tops and end at their bottoms.
    """
    bar = view.verticalScrollBar()
    return bar.value() / bar.maximum() if bar.maximum() > 0 else 0.0
