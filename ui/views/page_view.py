"""The pages of a document as they are printed, with the spans of the text on them.

It is a second view of what a TextView shows: caret, selection, spans and the selected span are that view's
and are only painted here, so whatever works on the one works on the other.
"""

from collections.abc import Hashable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from annotator.geometry import Redaction
from annotator.page_text import PageText
from ui.page_rendering import PageRenderer
from ui.views.page_keys import move_caret
from ui.views.page_mouse import PageMouse
from ui.views.page_painter import Overlay, PagePainter, PlacedPage
from ui.views.page_scroll import Pages, PageScroll
from ui.views.span_handles import Handle
from ui.views.text_view import TextView
from ui.views.under_mouse import cursor_at, show_tooltip


class PageView(PageScroll):
    """Shows pages, and lets text be selected and spans be picked on them."""

    def __init__(self, text: TextView, renderer: PageRenderer, parent: QWidget | None = None) -> None:
        super().__init__(renderer, parent)
        self.text = text
        self._painter = PagePainter()
        self._hovered: str | None = None
        self._version = 0  # of the spans and of what is found
        self._mouse = PageMouse(self)
        self._goal = -1, 0.0
        self._caret = text.caret()
        self.is_revealing = False
        """Whether the pages scroll because the text view was asked for a place, which it will show itself."""
        self.setAccessibleName(self.tr("Pages of the document"))
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        for signal in (text.overlay_changed, text.selectionChanged):
            signal.connect(self._on_overlay_changed)
        text.cursorPositionChanged.connect(self._on_caret_moved)
        text.revealed.connect(self._on_revealed)

    def show_pages(self, pages: Pages | None) -> None:
        """Show other pages from the first on, or none."""
        self._hovered = None
        self._mouse.reset()
        super().show_pages(pages)

    # -- what the text view shows

    def overlay(self) -> Overlay:
        """What is painted over the pages."""
        return Overlay(
            self.text.spans,
            self.text.selected_span(),
            self._hovered,
            self.text.selection(),
            self.text.matches,
            self.text.caret() if self.hasFocus() else None,
            self.text.arcs,
            self.text.suggestions,
            self.text.focused,
        )

    def overlay_state(self) -> Hashable:
        overlay = self.overlay()
        own = overlay.selected, overlay.hovered, overlay.selection, overlay.caret, overlay.focused
        return self._version, *own

    def paint_over(self, painter: QPainter, page: PlacedPage) -> None:
        self._painter.paint(painter, page, self.overlay())

    def _on_overlay_changed(self) -> None:
        if self._hovered is not None and self._hovered not in self.text.spans:
            self._hovered = None
        self._version += 1
        self.viewport().update()

    def _on_caret_moved(self) -> None:
        """Follow the caret; a text that is laid out later than it is shown puts it where it is already."""
        self.viewport().update()
        before, self._caret = self._caret, self.text.caret()
        if self._caret != before and not self._mouse.is_pressed:
            self._on_revealed(self._caret, self._caret)

    def goal(self) -> float | None:
        """How far along its line, in points, the caret is held while it goes up and down."""
        caret, goal = self._goal
        return goal if caret == self.text.caret() else None

    def keep_goal(self, caret: int, goal: float) -> None:
        """Hold on to that for as long as the caret stays where it is put now."""
        self._goal = caret, goal

    def _on_revealed(self, start: int, end: int) -> None:
        if self.isVisible():
            self.is_revealing = True
            self.reveal(start, end)
            self.is_revealing = False

    # -- what is under the mouse

    def chip_at(self, point: QPointF) -> str | None:
        """The span whose chip is at a point of the viewport."""
        page = self.page_at(point)
        if page is None:
            return None
        overlay = self.overlay()
        rows = self._painter.rows(page, overlay.spans, overlay.suggestions)
        chips = list(self._painter.chips(page, rows, overlay))
        return next((chip.span.id for _, chip in reversed(chips) if chip.rect.contains(point)), None)

    def offset_at(self, point: QPointF) -> int | None:
        """The code point at a point of the viewport; None beside the text."""
        page = self.page_at(point)
        if page is None:
            return None
        place = page.on_page(point)
        return page.text.offset_at(place.x(), place.y())

    def caret_at(self, point: QPointF) -> int | None:
        """The offset that a caret put at a point would have; None on a page without text."""
        page = self.page_at(point)
        if page is None:
            return None
        place = page.on_page(point)
        return page.text.caret_at(place.x(), place.y())

    def spans_under(self, point: QPointF) -> tuple[str, ...]:
        """The span whose chip is at a point, or those of the character there, innermost first."""
        chip = self.chip_at(point)
        if chip is not None:
            return (chip,)
        offset = self.offset_at(point)
        return () if offset is None else (*self.text.suggestions.at(offset), *self.text.spans_at(offset))

    def handle_at(self, point: QPointF) -> Handle | None:
        """The handle of the selected span at a point of the viewport."""
        selected, page = self.text.selected_span(), self.page_at(point)
        if selected is None or page is None:
            return None
        handles = self._painter.handles(self._painter.rows(page, self.text.spans), selected)
        return next((handle for handle in handles if handle.is_at(point)), None)

    def _hover(self, point: QPointF | None) -> None:
        spans = () if point is None else self.spans_under(point)
        self.viewport().setCursor(cursor_at(self, point))
        hovered = spans[0] if spans else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    def tooltip_at(self, point: QPointF) -> str:
        """What there is to know about a point: spans, or that text was blacked out there."""
        page = self.page_at(point)
        spans = [self.text.shown(each) for each in self.spans_under(point)]
        words = [span.tooltip for span in spans if span is not None]
        if page is not None:
            words += [
                self._redaction_words(each, page.text)
                for each in page.text.page.redactions
                if page.placed(each.box).contains(point)
            ]
        return "\n\n".join(words)

    def _redaction_words(self, redaction: Redaction, page: PageText) -> str:
        if redaction.kind == "mark" or not redaction.text:
            return self.tr("Redacted.")
        if page.has_words_in(redaction.box):
            return self.tr("Redacted. The text under it was kept, as was decided.")
        return self.tr("Redacted. There is text under it, which is not in the document's text.")

    def _show_tooltip(self, event: QHelpEvent) -> None:
        show_tooltip(event, self.tooltip_at(QPointF(event.pos())), self.viewport())

    # -- events

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not move_caret(self, event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)
        if not event.buttons():
            self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)
