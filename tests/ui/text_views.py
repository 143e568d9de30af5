"""A text view on a text of its own, and hands for it: points, clicks and drags."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.geometry import Range
from annotator.model import Fragment
from ui.views.overlay import PaintedSpan
from ui.views.text_view import TextView

TEXT = (
    "Court rules on immunity\n"
    "Judge Hale ruled that the company cannot claim immunity. “We are pleased,” said its rival.\n"
    "The order took effect at once 😀 and covers every user.\n"
    + "The company has said that it will appeal the order to a higher court.\n"
    * 60
)
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_view(qtbot: QtBot) -> Iterator[TextView]:
    """A view of TEXT on the screen with the focus, for a fixture to yield from."""
    view = TextView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show_text(TEXT)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    yield view
    view.close()


def place(words: str) -> Fragment:
    start = TEXT.index(words)
    return Fragment(start, start + len(words))


def span(id: str, *words: str) -> PaintedSpan:
    return PaintedSpan(id, tuple(place(each) for each in words), id, "#E69F00", lambda id: f"{id} by Ana")


def middle_of(view: TextView, words: str, *, last: bool = False) -> QPoint:
    """A point of the viewport in the middle of the words' first character, or of their last."""
    offset = place(words).end - 1 if last else place(words).start
    before = view.textCursor()
    view.set_caret(offset)
    left = view.cursorRect()
    view.set_caret(offset + 1)
    right = view.cursorRect()
    view.setTextCursor(before)
    return QPoint((left.center().x() + right.center().x()) // 2, left.center().y() - left.height() // 8)


def move(view: TextView, point: QPoint, buttons: Qt.MouseButton = LEFT, modifiers: object = PLAIN) -> None:
    port = view.viewport()
    place = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, port.mapToGlobal(place), Qt.MouseButton.NoButton, buttons, modifiers
    )
    QApplication.sendEvent(port, event)


def drag(qtbot: QtBot, view: TextView, start: QPoint, end: QPoint, modifiers: object = PLAIN) -> None:
    qtbot.mousePress(view.viewport(), LEFT, modifiers, start)
    move(view, (start + end) / 2, modifiers=modifiers)
    move(view, end, modifiers=modifiers)
    qtbot.mouseRelease(view.viewport(), LEFT, modifiers, end)


def click(qtbot: QtBot, view: TextView, words: str) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle_of(view, words))


def words_of(selection: Range | None) -> str | None:
    return None if selection is None else TEXT[selection.start : selection.end]


def chip_of(view: TextView, span_id: str) -> QPoint:
    """A point on a span's chip, which is above its first letter."""
    shown = view.span(span_id)
    assert shown is not None
    start = middle_of(view, TEXT[shown.start : shown.end])
    points = (start - QPoint(0, up) for up in range(8, 30, 2))
    return next(point for point in points if view.chip_at(point) == span_id)


def handle_of(view: TextView, words: str, *, is_start: bool) -> QPoint:
    """The middle of the handle at one end of the words."""
    corner = middle_of(view, words, last=not is_start)
    for down in range(0, 24, 2):
        for across in range(-12, 13, 3):
            handle = view.handle_at(corner + QPoint(across, down))
            if handle is not None and handle.is_start == is_start:
                return handle.middle.toPoint()
    raise AssertionError("there is no such handle")
