"""Keys that move the caret while the page view has the focus: by the lines of the page, not of the text view.

What goes by characters, words or to the ends of the document is left to the text view.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from ui.views.page_view import PageView

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def move_caret(view: "PageView", event: QKeyEvent) -> bool:
    """Do what a key does with caret or pages; False if it does nothing with them."""
    key, control = event.key(), bool(event.modifiers() & _CONTROL)
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter) or (
        key in (Qt.Key.Key_Home, Qt.Key.Key_End) and control
    ):
        view.text.keyPressEvent(event)
        return True
    if control:
        return False
    if key == Qt.Key.Key_Space:
        is_back = bool(event.modifiers() & _SHIFT)
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + (-1 if is_back else 1) * round(bar.pageStep() * 0.9))
        return True
    place = _place(view, key)
    if place is None:
        return False
    _put(view, place, keep=bool(event.modifiers() & _SHIFT))
    return True


def _place(view: "PageView", key: int) -> int | None:
    """Where a key takes the caret."""
    if view.pages is None:
        return None
    caret = view.text.caret()
    number = view.pages.page_of(caret)
    text = view.pages.text(number)
    line = text.line_at(caret)
    if line is None:
        return None
    if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        return line.start if key == Qt.Key.Key_Home else line.end
    if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        return None
    step = 1 if key == Qt.Key.Key_Down else -1
    found, along = text.step_line(caret, view.goal(), step)
    while found is None and 0 <= number + step < len(view.pages.sizes):
        number += step
        found = view.pages.text(number).end_line(along, step)
    if found is not None:
        view.keep_goal(found, along)
    return found


def _put(view: "PageView", place: int, *, keep: bool) -> None:
    """Put the caret somewhere; `keep` selects from where the selection began."""
    anchor = place
    if keep:
        selected, caret = view.text.selection(), view.text.caret()
        anchor = caret
        if selected is not None:
            anchor = selected.start if caret == selected.end else selected.end
    view.text.select(anchor, place)
