"""What the mouse does in the page view: selects words or characters, picks spans, drags their ends.

The rules are those of `ui.views.text_mouse`; only where text stands differs, so what is selected is given
to the text view, which has the one selection.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent

from annotator.geometry import Range
from annotator.model import Fragment
from annotator.text import paragraph_at, snap, word_at
from ui.views.overlay import PaintedSpan
from ui.views.span_handles import Handle, drag

if TYPE_CHECKING:
    from ui.views.page_view import PageView

_LEFT = Qt.MouseButton.LeftButton
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier

_SCROLL_MILLISECONDS = 30


@dataclass(slots=True)
class _TextDrag:
    """A press that may select text from `anchor` on; `selected` is what it has selected, if anything."""

    point: QPointF
    anchor: int | None
    is_dragging: bool = False
    is_exact: bool = False
    selected: Range | None = None


@dataclass(slots=True)
class _HandleDrag:
    """A span whose end is being dragged, as it was, and the fragments that it would have now."""

    span: PaintedSpan
    handle: Handle
    fragments: tuple[Fragment, ...]


class PageMouse:
    """The state of a press: of what it is a drag."""

    def __init__(self, view: "PageView") -> None:
        self._view = view
        self._text_drag: _TextDrag | None = None
        self._handle_drag: _HandleDrag | None = None
        self._since_double_click = QElapsedTimer()
        self._double_clicked_at = QPointF()
        self._last = QPointF()
        self._scroll = QTimer(view, interval=_SCROLL_MILLISECONDS)
        self._scroll.timeout.connect(self._scroll_on)

    @property
    def is_pressed(self) -> bool:
        """Whether the button is down, so that the pages should not move by themselves."""
        return self._text_drag is not None or self._handle_drag is not None

    def reset(self) -> None:
        """Forget a press, because other pages are shown."""
        self._text_drag = self._handle_drag = None
        self._scroll.stop()

    # -- press

    def press(self, event: QMouseEvent) -> None:
        point = event.position()
        if event.button() != _LEFT:
            return
        if self._is_third_click(point):
            text = self._view.text
            self._select_at_once(paragraph_at(text.text, text.caret()), event)
        elif not self._takes_handle(point) and not self._picks_chip(point):
            self._begin(event)

    def _begin(self, event: QMouseEvent) -> None:
        text, point = self._view.text, event.position()
        selected, caret = text.selection(), text.caret()
        place = self._view.caret_at(point)
        self._text_drag = _TextDrag(point, place)
        if place is None:
            return
        if event.modifiers() & _SHIFT:
            anchor = caret
            if selected is not None:
                anchor = selected.start if caret == selected.end else selected.end
            self._text_drag.anchor = anchor
            self._text_drag.is_dragging = True
            self._select_to(self._text_drag, place)
        else:
            text.set_caret(place)

    def _takes_handle(self, point: QPointF) -> bool:
        text = self._view.text
        handle, span = self._view.handle_at(point), text.span(text.selected_span())
        if handle is None or span is None:
            return False
        self._handle_drag = _HandleDrag(span, handle, span.fragments)
        return True

    def _picks_chip(self, point: QPointF) -> bool:
        chip = self._view.chip_at(point)
        if chip is not None:
            self._pick(chip)
        return chip is not None

    # -- move

    def move(self, event: QMouseEvent) -> None:
        self._last = event.position()
        is_exact = self._view.text.is_character_mode or bool(event.modifiers() & _ALT)
        if self._handle_drag is not None:
            self._move_handle(self._handle_drag, is_exact=is_exact)
        elif self._text_drag is not None:
            self._move_text(self._text_drag, is_exact=is_exact)

    def _move_text(self, dragged: _TextDrag, *, is_exact: bool) -> None:
        dragged.is_exact = is_exact
        far = QGuiApplication.styleHints().startDragDistance() / 2
        if (self._last - dragged.point).manhattanLength() >= far:
            dragged.is_dragging = True
        place = self._view.caret_at(self._last)
        if dragged.is_dragging and place is not None:
            if dragged.anchor is None:
                dragged.anchor = place
            self._select_to(dragged, place)
        self._scroll_at_edge()

    def _select_to(self, dragged: _TextDrag, place: int) -> None:
        """Select from the anchor to a place, whole words unless meant to the letter."""
        text, anchor = self._view.text, dragged.anchor
        if anchor is None:
            return
        stretch = Range(min(anchor, place), max(anchor, place))
        if not dragged.is_exact and stretch.start < stretch.end:
            stretch = snap(text.text, *stretch)
        if stretch.start >= stretch.end:
            dragged.selected = None
            text.set_caret(place)
            return
        dragged.selected = stretch
        ends = stretch if place >= anchor else (stretch.end, stretch.start)
        if dragged.is_exact:
            text.select_exactly(*ends)
        else:
            text.select(*ends)

    def _move_handle(self, dragged: _HandleDrag, *, is_exact: bool) -> None:
        offset = self._view.caret_at(self._last)
        if offset is not None:
            text = self._view.text
            dragged.fragments = drag(
                text.text, dragged.span.fragments, dragged.handle, offset, exact=is_exact
            )
            text.preview(dragged.span, dragged.fragments)
        self._scroll_at_edge()

    def _scroll_at_edge(self) -> None:
        """Scroll on for as long as the mouse is above or below the pages."""
        inside = 0 <= self._last.y() <= self._view.viewport().height()
        if inside:
            self._scroll.stop()
        elif not self._scroll.isActive():
            self._scroll.start()

    def _scroll_on(self) -> None:
        y, height = self._last.y(), self._view.viewport().height()
        bar = self._view.verticalScrollBar()
        bar.setValue(round(bar.value() + (y if y < 0 else y - height) / 2))
        if self._handle_drag is not None:
            self._move_handle(self._handle_drag, is_exact=False)
        elif self._text_drag is not None:
            self._move_text(self._text_drag, is_exact=self._text_drag.is_exact)

    # -- release

    def release(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT:
            return
        dragged, handle = self._text_drag, self._handle_drag
        self.reset()
        if handle is not None:
            self._drop_handle(handle)
        elif dragged is not None and dragged.selected is not None:
            self._view.text.selection_made.emit(bool(event.modifiers() & _CTRL))
        elif dragged is not None and not dragged.is_dragging:
            self._click(dragged.point)

    def _drop_handle(self, dragged: _HandleDrag) -> None:
        # What is shown comes from outside, which may refuse the new extent.
        text = self._view.text
        text.preview(dragged.span, dragged.span.fragments)
        if dragged.fragments != dragged.span.fragments:
            text.span_resized.emit(dragged.span.id, dragged.fragments)

    def _click(self, point: QPointF) -> None:
        """Pick the innermost span under a click, or the next further out from the one that is selected."""
        offset = self._view.offset_at(point)
        text = self._view.text
        spans = () if offset is None else (*text.suggestions.at(offset), *text.spans_at(offset))
        if spans:
            selected = text.focused or text.selected_span()
            outwards = spans.index(selected) + 1 if selected in spans else 0
            self._pick(spans[outwards % len(spans)])

    # -- double and triple click

    def double_click(self, event: QMouseEvent) -> None:
        point, text = event.position(), self._view.text
        if event.button() != _LEFT:
            return
        if self._picks_chip(point):
            if text.focused is None:
                text.span_activated.emit(text.selected_span())
            return
        self._since_double_click.start()
        self._double_clicked_at = point
        offset = self._view.offset_at(point)
        word = None if offset is None else word_at(text.text, offset)
        if word is not None and offset is not None and offset < word.end:
            self._select_at_once(word, event)

    def _is_third_click(self, point: QPointF) -> bool:
        if not self._since_double_click.isValid():
            return False
        is_soon = self._since_double_click.elapsed() < QGuiApplication.styleHints().mouseDoubleClickInterval()
        self._since_double_click.invalidate()
        return is_soon and (point - self._double_clicked_at).manhattanLength() < 8

    def _select_at_once(self, stretch: Range, event: QMouseEvent) -> None:
        self._view.text.select(stretch.start, stretch.end)
        if stretch.start < stretch.end:
            self._view.text.selection_made.emit(bool(event.modifiers() & _CTRL))

    def _pick(self, span_id: str) -> None:
        text = self._view.text
        if span_id in text.suggestions:
            text.suggestion_clicked.emit(span_id)
            return
        text.select_span(span_id)
        text.span_clicked.emit(span_id)
