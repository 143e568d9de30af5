"""What the mouse does in the text view: selects words or characters, picks spans, drags their ends.

The view calls `press`, `move`, `release` and `double_click`; where one returns False, Qt's own handling of
the event is left out.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent

from annotator.geometry import Range
from annotator.model import Fragment
from annotator.text import paragraph_at, word_at
from ui.views.overlay import PaintedSpan
from ui.views.span_handles import Handle, drag

if TYPE_CHECKING:
    from ui.views.text_view import TextView

_LEFT = Qt.MouseButton.LeftButton
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(slots=True)
class _HandleDrag:
    """A span whose end is being dragged, as it was, and the fragments that it would have now."""

    span: PaintedSpan
    handle: Handle
    fragments: tuple[Fragment, ...]


class TextMouse:
    """The state of a press: whether it has become a drag, and of what."""

    def __init__(self, view: "TextView") -> None:
        self._view = view
        self._pressed_at: QPoint | None = None
        self._had_selection = False
        self._handle_drag: _HandleDrag | None = None
        self._since_double_click = QElapsedTimer()
        self._double_clicked_at = QPoint()
        self.is_dragging = False
        """Whether text is being selected."""
        self.is_exact = False
        """Whether Alt was held when text was selected last."""

    @property
    def is_pressed(self) -> bool:
        """Whether the button is down on text, so that what is selected may still change."""
        return self._pressed_at is not None

    def forget_exact(self) -> None:
        """The selection is another one, not made by the mouse."""
        self.is_exact = False

    def reset(self) -> None:
        """Forget a press, because another text is shown."""
        self._pressed_at = self._handle_drag = None
        self.is_dragging = False

    # -- press

    def press(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        if event.button() != _LEFT:
            return True
        if self._is_third_click(point):
            self._select_at_once(paragraph_at(self._view.text, self._view.caret()), event)
            return False
        return not self._takes_handle(point) and not self._picks_chip(point) and self._begin(event)

    def _begin(self, event: QMouseEvent) -> bool:
        self._pressed_at = event.position().toPoint()
        self.is_dragging = self.is_exact = False
        self._had_selection = self._view.textCursor().hasSelection()
        if not event.modifiers() & _SHIFT:
            # With nothing selected Qt begins a selection; else it would drag the selected words away.
            self._view.set_caret(self._view.caret_at(self._pressed_at))
        return True

    def _takes_handle(self, point: QPoint) -> bool:
        handle, span = self._view.handle_at(point), self._view.span(self._view.selected_span())
        if handle is None or span is None:
            return False
        self._handle_drag = _HandleDrag(span, handle, span.fragments)
        return True

    def _picks_chip(self, point: QPoint) -> bool:
        chip = self._view.chip_at(point)
        if chip is not None:
            self._pick(chip)
        return chip is not None

    # -- move

    def move(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        is_exact = self._view.is_character_mode or bool(event.modifiers() & _ALT)
        if self._handle_drag is not None:
            self._move_handle(self._handle_drag, point, is_exact=is_exact)
            return False
        if self._pressed_at is None:
            return True
        self.is_exact = is_exact
        if (
            point - self._pressed_at
        ).manhattanLength() >= QGuiApplication.styleHints().startDragDistance() / 2:
            self.is_dragging = True
        return self.is_dragging

    def _move_handle(self, dragged: _HandleDrag, point: QPoint, *, is_exact: bool) -> None:
        offset = self._view.caret_at(point)
        text, before = self._view.text, dragged.span.fragments
        dragged.fragments = drag(text, before, dragged.handle, offset, exact=is_exact)
        self._view.preview(dragged.span, dragged.fragments)

    # -- release

    def release(self, event: QMouseEvent) -> None:
        """End a press, after Qt has handled the event."""
        if event.button() != _LEFT:
            return
        if self._handle_drag is not None:
            self._drop_handle(self._handle_drag)
        elif self._pressed_at is not None:
            self._end_press(self._pressed_at, event)

    def _end_press(self, point: QPoint, event: QMouseEvent) -> None:
        selected, was_dragging = self._view.selection(), self.is_dragging
        if was_dragging:
            self._keep(selected)
        self.reset()
        if selected is not None or self._had_selection:
            self._view.text_selection_changed.emit()
        if selected is not None:
            self._view.selection_made.emit(bool(event.modifiers() & _CTRL))
        elif not was_dragging:
            self._click(point)

    def _keep(self, selected: Range | None) -> None:
        """Make the words shown as selected the selection, with the caret at the end it was dragged to."""
        cursor = self._view.textCursor()
        if selected is None:
            self._view.set_caret(self._view.caret())
        elif cursor.position() < cursor.anchor():
            self._view.select(selected.end, selected.start)
        else:
            self._view.select(selected.start, selected.end)

    def _drop_handle(self, dragged: _HandleDrag) -> None:
        self.reset()
        # What is shown comes from outside, which may refuse the new extent.
        self._view.preview(dragged.span, dragged.span.fragments)
        if dragged.fragments != dragged.span.fragments:
            self._view.span_resized.emit(dragged.span.id, dragged.fragments)

    def _click(self, point: QPoint) -> None:
        """Pick the innermost span under a click, or the next further out from the one that is selected."""
        offset = self._view.offset_at(point)
        spans = () if offset is None else (*self._view.suggestions.at(offset), *self._view.spans_at(offset))
        if spans:
            selected = self._view.focused or self._view.selected_span()
            outwards = spans.index(selected) + 1 if selected in spans else 0
            self._pick(spans[outwards % len(spans)])

    # -- double and triple click

    def double_click(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT:
            return
        point = event.position().toPoint()
        if self._picks_chip(point):
            if self._view.focused is None:
                self._view.span_activated.emit(self._view.selected_span())
            return
        self._since_double_click.start()
        self._double_clicked_at = point
        offset = self._view.offset_at(point)
        word = None if offset is None else word_at(self._view.text, offset)
        if word is not None and offset is not None and offset < word.end:
            self._select_at_once(word, event)

    def _is_third_click(self, point: QPoint) -> bool:
        if not self._since_double_click.isValid():
            return False
        is_soon = self._since_double_click.elapsed() < QGuiApplication.styleHints().mouseDoubleClickInterval()
        self._since_double_click.invalidate()
        return is_soon and (point - self._double_clicked_at).manhattanLength() < 8

    def _select_at_once(self, stretch: Range, event: QMouseEvent) -> None:
        self._view.select(stretch.start, stretch.end)
        if stretch.start < stretch.end:
            self._view.selection_made.emit(bool(event.modifiers() & _CTRL))

    def _pick(self, span_id: str) -> None:
        if span_id in self._view.suggestions:
            self._view.suggestion_clicked.emit(span_id)
            return
        self._view.select_span(span_id)
        self._view.span_clicked.emit(span_id)
