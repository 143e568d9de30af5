"""Text, pages or both: which is in view, and what the commands on pages and zoom do.

The choice is remembered for each kind of document. Documents without pages have only their text.
"""

from collections.abc import MutableMapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QInputDialog

from ui.document_pane import DocumentPane
from ui.memory import Memory
from ui.page_painting import PagePainting
from ui.panels.thumbnails import Thumbnails
from ui.session import Session
from ui.theme import Theme
from ui.views.page_switch import MODES, ViewMode
from ui.views.page_view import PageView
from ui.views.text_view import TextView


class Paging(QObject):
    """The handlers of the commands that show, turn and zoom pages.

    Signals:
        zoom_shown: What is in view has another size; the argument is the zoom in per cent.
    """

    zoom_shown = Signal(int)

    def __init__(
        self, session: Session, pane: DocumentPane, memory: Memory, passwords: MutableMapping[str, str]
    ) -> None:
        super().__init__(pane)
        self._session = session
        self._pane = pane
        self._text = pane.view
        self._memory = memory
        self.mode: ViewMode = "text"
        self._shown: str | None = None
        self._has_thumbnails: dict[ViewMode, bool] = {"text": False, "page": True, "split": False}
        self.painting = PagePainting(session, self._text, passwords, pane)
        self.view = self.painting.view
        self.thumbnails = Thumbnails(self.view, self.painting.renderer)
        pane.add_pages(self.painting.area, self.thumbnails)
        pane.header.switch.chosen.connect(self._choose)
        self.thumbnails.chosen.connect(self.go_to_page)
        self.painting.pages_changed.connect(self.thumbnails.show_pages)
        for view in (self._text, self.view):
            view.zoom_changed.connect(self._show_zoom)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._show_zoom)
        session.document_changed.connect(self._on_document_changed)
        self._show("text")

    def set_theme(self, theme: Theme) -> None:
        """Show pages in a theme."""
        self.view.set_theme(theme)
        self.thumbnails.viewport().update()

    # -- which is in view

    def text(self) -> None:
        self._choose("text")

    def page(self) -> None:
        self._choose("page")

    def split(self) -> None:
        self._choose("split")

    def toggle_thumbnails(self) -> None:
        """Show the small pages beside the large ones, or no more."""
        if self.mode == "text":
            self._has_thumbnails["page"] = True
            self._choose("page")
            return
        self._has_thumbnails[self.mode] = not self._has_thumbnails[self.mode]
        self.thumbnails.setVisible(self._has_thumbnails[self.mode])

    def is_checked(self, name: str) -> bool:
        """Whether a way to show, by its name, is on; or "thumbnails"."""
        return self._has_thumbnails[self.mode] if name == "thumbnails" else self.mode == name

    def _choose(self, mode: str) -> None:
        chosen = _mode(mode)
        if self._session.document is not None and self.painting.has_pages:
            self._memory.show_as(self._session.document.kind, chosen)
            self._show(chosen)

    def _on_document_changed(self) -> None:
        document = self._session.document
        is_paged = document is not None and self.painting.has_pages
        if document is not None and is_paged and document.id == self._shown:
            # Read again, as with OCR, it may be of another kind now.
            self._show(self.mode)
        else:
            self._show(_mode(self._memory.shown_as(document.kind)) if document and is_paged else "text")
        self._shown = document.id if document is not None else None

    def _show(self, mode: ViewMode) -> None:
        had_focus = any(view.hasFocus() for view in (self._text, self.view))
        before, place = self.mode, self._text.place()
        self.mode = mode
        # Whoever gives the text view the focus means the document.
        self._text.setFocusProxy(self.view if mode == "page" else None)  # type: ignore[arg-type]
        self.painting.area.setVisible(mode != "text")
        self._text.setVisible(mode != "page")
        self.thumbnails.setVisible(self._has_thumbnails[mode])
        if mode != before:
            self._share_room(place)
        if mode == "text":
            self.painting.hide_pages()
        else:
            self.painting.show_pages()
        self._pane.header.switch.show_mode(mode, has_pages=self.painting.has_pages)
        if had_focus:
            self._text.setFocus()
        self._show_zoom()

    def _share_room(self, place: int) -> None:
        """Give what is in view now the room, in equal parts, with the text still at its place."""
        width = self._pane.views.width()
        half = width // 2 if self.mode == "split" else width
        self._pane.views.setSizes([half, half])
        if self.mode != "page":
            self._text.restore_place(place)

    # -- pages

    def next_page(self) -> None:
        self._step(1)

    def previous_page(self) -> None:
        self._step(-1)

    def choose_page(self) -> None:
        """Ask for a page, or a line as it is cited, and go there."""
        count = self._session.page_heads.count
        dialog = QInputDialog(self._pane.window())
        dialog.setObjectName("go_to_page")
        dialog.setWindowTitle(self.tr("Go to page"))
        dialog.setLabelText(self.tr("Page, from 1 to {count}, or a cite such as 6:13:").format(count=count))
        dialog.setInputMode(QInputDialog.InputMode.TextInput)
        dialog.setTextValue(str(self._page() + 1))
        dialog.setOkButtonText(self.tr("Go"))
        dialog.textValueSelected.connect(self.go_to_cite)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def go_to_cite(self, cite: str) -> None:
        """Show a page by its number, or select a line by its cite; say so if there is none."""
        cites = self._session.page_heads.cites
        place = None if cites is None else cites.find(cite)
        if place is None:
            self._session.refused.emit(self.tr("This document has no place “{cite}”.").format(cite=cite))
            return
        self.go_to_page(place.page)
        if place.text is not None and place.text.end > place.text.start:
            self._text.select(*place.text)
            self._text.reveal(*place.text)

    def go_to_page(self, page: int) -> None:
        """Show a page, counted from 0, from its top; in the text view what stands first on it."""
        if self.mode != "text":
            self.view.go_to_page(page)
        start = self._start_of(page)
        if start is not None:
            self._text.restore_place(start)

    def _step(self, step: int) -> None:
        page = self._page() + step
        if 0 <= page < self._session.page_heads.count:
            self.go_to_page(page)

    def _page(self) -> int:
        """The page that is read."""
        if self.mode != "text":
            return self.view.page()
        cites = self._session.page_heads.cites
        return ((cites.page(self._text.place()) if cites is not None else None) or 1) - 1

    def _start_of(self, page: int) -> int | None:
        heads = self._session.page_heads.heads
        ranges = heads[page].ranges if page < len(heads) else ()
        return ranges[0].start if ranges else None

    # -- zoom

    def zoom_in(self) -> None:
        self._zoomed().zoom_in()

    def zoom_out(self) -> None:
        self._zoomed().zoom_out()

    def zoom_reset(self) -> None:
        self._zoomed().zoom_reset()

    def fit_width(self) -> None:
        """Make the pages as wide as there is room."""
        if self.mode == "text":
            self._choose("page")
        self.view.set_zoom(None)

    def _zoomed(self) -> PageView | TextView:
        """What zooming is meant for: what is in view, or the one of both that has the focus."""
        is_page = self.mode == "page" or (self.mode == "split" and self.view.hasFocus())
        return self.view if is_page else self._text

    def _show_zoom(self) -> None:
        self.zoom_shown.emit(self._zoomed().zoom())


def _mode(name: str) -> ViewMode:
    return next((mode for mode in MODES if mode == name), "text")
