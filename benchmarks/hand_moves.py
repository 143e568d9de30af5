"""How a hand gets to words in few presses: by caret keys, by names and clauses, or finding by first letters.

The ways are tried on copies of the view's own cursor, so a step is what the key does there. One press of a
key with any modifiers counts as one.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from annotator.geometry import Range
from annotator.phrases import clause_selected, name_selected, next_name, paragraph_begin, sentence_begin
from annotator.text import sentence_at, word_at
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


SENTENCE, NAME, CLAUSE, NEXT_NAME = (
    Key(key, _PLAIN, Move.NoMove) for key in (Qt.Key.Key_S, Qt.Key.Key_W, Qt.Key.Key_E, Qt.Key.Key_U)
)
SENTENCE_ON, SENTENCE_BACK, PARAGRAPH_ON, PARAGRAPH_BACK = (
    Key(key, modifiers, Move.NoMove) for key in (Qt.Key.Key_K, Qt.Key.Key_P) for modifiers in (_PLAIN, _SHIFT)
)
MOST_AGAIN = 5
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


def _caret_steps(
    here: QTextCursor, mode: QTextCursor.MoveMode, keys: Sequence[Key]
) -> Iterator[tuple[Key, QTextCursor]]:
    for key in keys:
        after = QTextCursor(here)
        after.movePosition(key.move, mode)
        yield key, after


def _text_steps(here: QTextCursor, text: str) -> Iterator[tuple[Key, QTextCursor]]:
    """The keys that go by sentences and paragraphs; they select nothing, so no `text` is given for that."""
    steps = ((SENTENCE_ON, SENTENCE_BACK, sentence_begin), (PARAGRAPH_ON, PARAGRAPH_BACK, paragraph_begin))
    for on, back, begin in steps if text else ():
        for key, step in ((on, 1), (back, -1)):
            after = QTextCursor(here)
            after.setPosition(begin(text, here.position(), step=step))
            yield key, after


def walks(
    cursor: QTextCursor,
    text: str = "",
    *,
    selecting: bool = False,
    keys: Sequence[Key] = KEYS,
    most: int = MOST_PRESSES,
) -> Iterator[tuple[int, list[Key]]]:
    """The positions that caret keys lead to from a cursor, each with the fewest keys, the nearest first.

    With the `text`, which has no characters of two UTF-16 units, keys for sentences and paragraphs too.
    """
    mode = QTextCursor.MoveMode.KeepAnchor if selecting else QTextCursor.MoveMode.MoveAnchor
    seen = {cursor.position()}
    queue: deque[tuple[QTextCursor, list[Key]]] = deque([(QTextCursor(cursor), [])])
    while queue:
        here, path = queue.popleft()
        yield here.position(), path
        if len(path) == most:
            continue
        for key, after in (*_caret_steps(here, mode, keys), *_text_steps(here, text)):
            if after.position() not in seen:
                seen.add(after.position())
                queue.append((after, [*path, key]))


ARROWS = tuple(
    key for key in KEYS if key.modifiers == _PLAIN and key.move not in (Move.EndOfLine, Move.StartOfLine)
)

Fits = Callable[[Range], bool]


def way(view: TextView, ends: Sequence[tuple[Callable[[int], bool], list[Key]]]) -> list[Key] | None:
    """The fewest keys that bring the caret to where one of the ends can be pressed, and that end.

    `ends` are what tells whether they can be pressed at a caret, and their keys.
    """
    best: list[Key] | None = None
    for position, path in walks(view.textCursor(), view.text):
        if best is not None and len(path) >= len(best):
            break
        for is_there, keys in ends:
            if (best is None or len(path) + len(keys) < len(best)) and is_there(position):
                best = [*path, *keys]
    return best


def way_to_select(view: TextView, fits: Fits, start: int) -> list[Key] | None:
    """The fewest keys that extend a selection that begins at a position to a place."""
    cursor = QTextCursor(view.textCursor())
    cursor.setPosition(start)
    for end, path in walks(cursor, selecting=True):
        if fits(Range(start, end)):
            return [Key(key.key, key.modifiers | _SHIFT, key.move) for key in path]
    return None


def ways_to_end(text: str, fits: Fits) -> Iterator[tuple[Callable[[int], bool], list[Key]]]:
    """The keys that select a place in few presses once the caret is there: name, clause, sentence.

    Each with what tells whether they do so from a caret. `fits` tells whether a selection is the place.
    """
    for key, select in ((NAME, name_selected), (CLAUSE, clause_selected)):
        for times in range(1, MOST_AGAIN + 1):
            yield _selects(text, fits, select, times), [key] * times
    yield lambda caret: fits(sentence_at(text, caret)), [SENTENCE]


def again(text: str, fits: Fits, selection: Range) -> list[Key] | None:
    """The fewest presses of one key that extend a selection to a place."""
    for times in range(1, MOST_AGAIN + 1):
        for key, select in ((NAME, name_selected), (CLAUSE, clause_selected)):
            found: Range | None = selection
            for _ in range(times):
                found = None if found is None else select(text, found.end, found)
            if found is not None and fits(found):
                return [key] * times
    return None


def _selects(
    text: str,
    fits: Fits,
    select: Callable[[str, int, Range | None], Range | None],
    times: int,
) -> Callable[[int], bool]:
    def is_there(caret: int) -> bool:
        found = select(text, caret, None)
        for _ in range(times - 1):
            found = None if found is None else select(text, caret, found)
        return found is not None and fits(found)

    return is_there


def names_ahead(text: str, fits: Fits, at: int, covered: Sequence[Range]) -> list[Key] | None:
    """The presses that go to a place as the next name that is not marked."""
    for times in range(1, MOST_AGAIN + 1):
        found = next_name(text, at, covered)
        if found is None:
            return None
        if fits(found):
            return [NEXT_NAME] * times
        at = found.end
    return None


def typed(letters: str) -> list[Key]:
    """The presses that find letters: Ctrl+F, each letter, Esc."""
    found = [Key(Qt.Key(ord(letter.upper())), _PLAIN, Move.NoMove) for letter in letters]
    return [Key(Qt.Key.Key_F, _CTRL, Move.NoMove), *found, Key(Qt.Key.Key_Escape, _PLAIN, Move.NoMove)]


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
