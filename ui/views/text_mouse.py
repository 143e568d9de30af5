"""What the mouse does in the text view: selects words or characters, picks spans, and nothing else.

The view calls `press`, `move`, `release` and `double_click`; where one returns False, Qt's own handling of
the event is left out.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent

from annotator.text import paragraph_at, word_at

if TYPE_CHECKING:
    from ui.views.text_view import TextView

_LEFT = Qt.MouseButton.LeftButton


class TextMouse:
    """The state of a press: whether it has become a drag, and whether it was the third click."""

    def __init__(self, view: "TextView") -> None:
        self._view = view
        self._pressed_at: QPoint | None = None
        self._is_dragging = False
        self._is_exact = False
        self._since_double_click = QElapsedTimer()
        self._double_clicked_at = QPoint()

    @property
    def is_pressed(self) -> bool:
        """Whether the button is down, so that what is selected may still change."""
        return self._pressed_at is not None

    @property
    def snaps(self) -> bool:
        """Whether text is being selected by whole words."""
        return self._is_dragging and not self._is_exact

    def reset(self) -> None:
        """Forget a press, because another text is shown."""
        self._pressed_at = None
        self._is_dragging = False

    def press(self, event: QMouseEvent) -> bool:
        if event.button() != _LEFT:
            return True
        point = event.position().toPoint()
        if self._is_third_click(point):
            self._view.select(*paragraph_at(self._view.text, self._view.caret()))
            self._view.selection_made.emit()
            return False
        chip = self._view.chip_at(point)
        if chip is not None:
            self._pick(chip)
            return False
        self._pressed_at = point
        self._is_dragging = False
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            # With nothing selected Qt begins a selection; else it would drag the selected words away.
            self._view.setTextCursor(self._view.cursorForPosition(point))
        return True

    def move(self, event: QMouseEvent) -> bool:
        if self._pressed_at is None:
            return True
        way = event.position().toPoint() - self._pressed_at
        if way.manhattanLength() >= QGuiApplication.styleHints().startDragDistance() // 2:
            self._is_dragging = True
        self._is_exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return self._is_dragging

    def release(self, event: QMouseEvent) -> None:
        """End a press, after Qt has handled the event."""
        if event.button() != _LEFT or self._pressed_at is None:
            return
        point, was_dragging = self._pressed_at, self._is_dragging
        self._is_exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        selected = self._view.selection()
        self.reset()
        if was_dragging:
            self._finish_selection(selected)
        elif selected is None:
            self._click(point)
        else:
            self._view.text_selection_changed.emit()

    def double_click(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT:
            return
        point = event.position().toPoint()
        chip = self._view.chip_at(point)
        if chip is not None:
            self._pick(chip)
            self._view.span_activated.emit(chip)
            return
        self._since_double_click.start()
        self._double_clicked_at = point
        offset = self._view.offset_at(point)
        word = None if offset is None else word_at(self._view.text, offset)
        if word is not None and offset is not None and word.start <= offset < word.end:
            self._view.select(*word)
            self._view.selection_made.emit()

    def _finish_selection(self, selected: tuple[int, int] | None) -> None:
        """Make the words shown as selected the selection, with the caret at the end it was dragged to."""
        cursor = self._view.textCursor()
        if selected is None:
            cursor.clearSelection()
            self._view.setTextCursor(cursor)
        else:
            start, end = selected
            is_backward = cursor.position() < cursor.anchor()
            self._view.select(end, start) if is_backward else self._view.select(start, end)
        self._view.text_selection_changed.emit()
        if selected is not None:
            self._view.selection_made.emit()

    def _click(self, point: QPoint) -> None:
        """Pick the innermost span under a click, or the next further out from the one that is selected."""
        self._view.text_selection_changed.emit()
        offset = self._view.offset_at(point)
        spans = () if offset is None else self._view.spans_at(offset)
        if spans:
            selected = self._view.selected_span()
            outwards = spans.index(selected) + 1 if selected in spans else 0
            self._pick(spans[outwards % len(spans)])

    def _pick(self, span_id: str) -> None:
        self._view.select_span(span_id)
        self._view.span_clicked.emit(span_id)

    def _is_third_click(self, point: QPoint) -> bool:
        if not self._since_double_click.isValid():
            return False
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        is_soon = self._since_double_click.elapsed() < interval
        self._since_double_click.invalidate()
        return is_soon and (point - self._double_clicked_at).manhattanLength() < 8
