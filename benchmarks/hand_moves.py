"""How a hand gets to words in few presses: the shortest way of caret keys, or finding by first letters.

The ways are tried on copies of the view's own cursor, so a step is what the key does there. One press of a
key with any modifiers counts as one.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from annotator.geometry import Range
from annotator.text import trim, word_at
from ui.views.text_view import TextView

_CTRL, _PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
MOST_PRESSES = 16

Move = QTextCursor.MoveOperation


@dataclass(frozen=True, slots=True)
class Key:
    """A key to press, and what it does to the caret."""

    key: Qt.Key
    modifiers: Qt.KeyboardModifier
    move: QTextCursor.MoveOperation


KEYS = (
    Key(Qt.Key.Key_Right, _CTRL, Move.NextWord),
    Key(Qt.Key.Key_Left, _CTRL, Move.PreviousWord),
    Key(Qt.Key.Key_Down, _PLAIN, Move.Down),
    Key(Qt.Key.Key_Up, _PLAIN, Move.Up),
    Key(Qt.Key.Key_End, _PLAIN, Move.EndOfLine),
    Key(Qt.Key.Key_Home, _PLAIN, Move.StartOfLine),
    Key(Qt.Key.Key_Right, _PLAIN, Move.NextCharacter),
    Key(Qt.Key.Key_Left, _PLAIN, Move.PreviousCharacter),
)


def way(view: TextView, is_there: Callable[[int], bool], *, selecting: bool = False) -> list[Key] | None:
    """The fewest keys that bring the caret to a place; None if it takes more than `MOST_PRESSES`."""
    start = view.textCursor()
    seen = {start.position()}
    if is_there(start.position()):
        return []
    queue: deque[tuple[QTextCursor, list[Key]]] = deque([(QTextCursor(start), [])])
    mode = QTextCursor.MoveMode.KeepAnchor if selecting else QTextCursor.MoveMode.MoveAnchor
    while queue:
        cursor, path = queue.popleft()
        for key in KEYS:
            after = QTextCursor(cursor)
            after.movePosition(key.move, mode)
            if after.position() in seen:
                continue
            seen.add(after.position())
            if is_there(after.position()):
                return [*path, key]
            if len(path) + 1 < MOST_PRESSES:
                queue.append((after, [*path, key]))
    return None


def way_to_select(view: TextView, text: str, place: Range) -> list[Key] | None:
    """The fewest keys that extend the selection from where it begins to a place's end."""
    found = way(view, lambda end: trim(text, Range(place.start, end)) == place, selecting=True)
    if found is None:
        return None
    return [Key(key.key, key.modifiers | _SHIFT, key.move) for key in found]


def letters_to_find(text: str, caret: int, start: int, end: int) -> str | None:
    """The first letters of a place by which finding from the caret on comes to it first, if any do."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    for length in range(1, min(MOST_PRESSES, end - start) + 1):
        letters = lowered[start : start + length]
        if not letters[-1].isspace() and _first(lowered, letters, caret) == start:
            return letters
    return None


def _first(text: str, letters: str, caret: int) -> int:
    found = text.find(letters, caret)
    return found if found >= 0 else text.find(letters)


def is_word(text: str, place: Range) -> bool:
    """Whether the word at a caret there is the whole place."""
    return word_at(text, place.start) == place


def in_word(text: str, place: Range, others: Iterable[Range]) -> Callable[[int], bool]:
    """Whether a caret stands for the word of a place, and not in another span that is selected."""
    avoided = tuple(others)

    def is_there(caret: int) -> bool:
        is_free = not any(other.start <= caret <= other.end for other in avoided)
        return is_free and place.start <= caret <= place.end and word_at(text, caret) == place

    return is_there
