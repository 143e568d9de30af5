"""Counts what hands do to mark a fixed set of 100 spans of the NSO article, through the real window.

`benchmarks.hands_page` plays each way of working, compares the spans that are in the project then with the
set, and writes the table into docs/hands.md. The set is offsets and labels only: the article is not ours.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItemIterator, QWidget

from annotator.geometry import Range
from annotator.occurrences import find
from annotator.stretches import crosses, joined
from annotator.text import normalise, trim
from benchmarks.hand_moves import (
    ARROWS,
    Key,
    again,
    in_word,
    is_word,
    letters_to_find,
    names_ahead,
    typed,
    walks,
    way,
    way_to_select,
    ways_to_end,
)
from benchmarks.hand_peers import ACCEPT_ALL, PEERS, Count, first_of_each, inception_keyboard
from tests.projects import add_document, new_project
from ui import stage
from ui.main_window import MainWindow
from ui.panels.label_tree import ROW
from ui.text_offsets import TextOffsets

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT.parent / "shared" / "corpus" / "articles" / "nso-group-whatsapp-injunction.txt"
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

Wanted = tuple[Range, str]
Way = Callable[["Hands", list[Wanted]], None]
Place = tuple[int, int, str]  # of a span: start, end, label
There = Callable[[MainWindow], set[Place]]
NEAR = 3


def wanted_spans() -> list[Wanted]:
    """The set: places and their labels, in text order."""
    rows = json.loads((Path(__file__).parent / "hands_spans.json").read_text("utf-8"))
    return [(Range(start, end), label) for start, end, label in rows]


class Hands:
    """Presses, clicks and drags in a window, each counted."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.counts = {"keys": 0, "clicks": 0, "drags": 0}

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        self.counts["keys"] += 1
        QTest.keyClick(self._focused(), key, modifiers)
        QApplication.processEvents()

    def _focused(self) -> QWidget:
        stage.wait_until(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def click(self, widget: QWidget, point: QPoint) -> None:
        self.counts["clicks"] += 1
        QTest.mouseClick(widget, _LEFT, pos=point)

    def select(self, place: Range, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Drag over a place, or click a single word twice, which counts as one click."""
        view = self.window.view
        view.reveal(*place)
        text = self.window.session.text
        QTest.qWait(1)
        if is_word(text, place):
            self.counts["clicks"] += 1
            QTest.mouseDClick(view.viewport(), _LEFT, modifiers, self._point(place.start + 1))
            QTest.mouseRelease(view.viewport(), _LEFT, modifiers, self._point(place.start + 1))
            return
        self.counts["drags"] += 1
        first, last = self._point(place.start), self._point(place.end)
        QTest.mousePress(view.viewport(), _LEFT, modifiers, first)
        for point in ((first + last) / 2, last):
            QTest.mouseMove(view.viewport(), point)
        QTest.mouseRelease(view.viewport(), _LEFT, modifiers, last)

    def _point(self, offset: int) -> QPoint:
        view = self.window.view
        cursor = QTextCursor(view.document())
        cursor.setPosition(TextOffsets(self.window.session.text).to_qt(offset))
        box = view.cursorRect(cursor)
        return QPoint(box.center().x(), box.center().y())


def label_key(window: MainWindow, label: str) -> Qt.Key:
    """The key that marks with a label."""
    found = window.session.schema.label(label)
    assert found is not None
    return Qt.Key(ord(found.key.upper()))


def places_of(window: MainWindow) -> set[Place]:
    return {(span.start, span.end, span.label) for span in window.session.annotations.values()}


def has_repeats(window: MainWindow, place: Range, label: str, wanted: list[Wanted]) -> bool:
    """Whether the words of a place stand elsewhere unmarked, and the set wants the label everywhere there."""
    text, present = window.session.text, places_of(window)
    taken = joined(Range(start, end) for start, end, other in present if other == label)
    free = [each for each in find(text, text[place.start : place.end]) if not crosses(taken, each)]
    return len(free) > 1 and {(each, label) for each in free} <= set(wanted)


def select_armed(hands: Hands, wanted: list[Wanted], label: str, there: There = places_of) -> None:
    """With a label armed: select its places, and with Ctrl held those that read the same elsewhere."""
    for place, of in wanted:
        if of == label and (*place, label) not in there(hands.window):
            is_repeated = has_repeats(hands.window, place, label, wanted)
            hands.select(place, _CTRL if is_repeated else _NONE)


def by_keyboard(hands: Hands, wanted: list[Wanted]) -> None:
    """In text order, by caret keys or by finding, names everywhere at once."""
    window, view = hands.window, hands.window.view
    view.setFocus()
    view.set_caret(0)
    for place, label in wanted:
        if (*place, label) in places_of(window):
            continue
        for key in _fewest(hands, place, label):
            hands.press(key.key, key.modifiers)
        modifiers = _SHIFT if has_repeats(window, place, label, wanted) else _NONE
        hands.press(label_key(window, label), modifiers)
        assert (*place, label) in places_of(window), window.session.text[slice(*place)]


def _fewest(hands: Hands, place: Range, label: str) -> list[Key]:
    """The keys that bring the caret to a single word, or select a place: the fewest of all ways there are."""
    window, view = hands.window, hands.window.view
    text, span = window.session.text, window.session.selected_annotation
    layer = window.session.schema.layer_of(label)
    trim_end = "" if layer is None else layer.trim_end

    def fits(selection: Range) -> bool:
        return trim(text, selection, trim_end) == place

    found: list[list[Key]] = []
    ahead = names_ahead(text, fits, view.caret(), window.phrasing.marked_names())
    if ahead is not None:
        found.append(ahead)
    selected = [] if span is None else [Range(span.start, span.end)]
    found += _by_finding(text, view.caret(), place, fits)
    near = range(place.start - NEAR, place.end + 1)
    ends = [(_near(near, is_there), keys) for is_there, keys in ways_to_end(text, fits)]
    if is_word(text, place):
        ends.append((in_word(text, place, selected), []))
    extension = way_to_select(view, fits, place.start)
    if extension is not None:
        ends.append((lambda caret: caret == place.start, extension))
    walked = way(view, ends)
    found += [] if walked is None else [walked]
    if not found:
        raise RuntimeError(f"No way leads to {place}.")
    return min(found, key=len)


def _near(near: range, is_there: Callable[[int], bool]) -> Callable[[int], bool]:
    """Asks only at carets from which a place may be selected, to save time."""
    return lambda caret: caret in near and is_there(caret)


def _by_finding(text: str, caret: int, place: Range, fits: Callable[[Range], bool]) -> list[list[Key]]:
    """Ctrl+F, first letters, Esc, which leaves the letters selected; then what extends that."""
    letters = letters_to_find(text, caret, *place)
    if letters is None:
        return []
    selection = Range(place.start, place.start + len(letters))
    extension = [] if fits(selection) else again(text, fits, selection)
    return [] if extension is None else [[*typed(letters), *extension]]


def by_mouse(hands: Hands, wanted: list[Wanted]) -> None:
    """Label after label: a click arms it, then places are dragged over; names everywhere at once."""
    window = hands.window
    for label in dict.fromkeys(label for _, label in wanted):
        tree = window.labels.tree
        walk = QTreeWidgetItemIterator(tree)
        while (item := walk.value()) is not None:
            row = item.data(0, ROW)
            if getattr(getattr(row, "label", None), "id", None) == label:
                break
            walk += 1
        tree.scrollToItem(item)
        view = window.view
        view.set_caret(view.caret())
        hands.click(tree.viewport(), tree.visualItemRect(item).center())
        assert window.session.armed == label
        select_armed(hands, wanted, label)
        window.session.arm(None)  # the click on the next label does it, too


def by_both(hands: Hands, wanted: list[Wanted]) -> None:
    """In text order, the mouse selects and a key labels; names everywhere at once."""
    for place, label in wanted:
        if (*place, label) not in places_of(hands.window):
            hands.select(place)
            is_repeated = has_repeats(hands.window, place, label, wanted)
            hands.press(label_key(hands.window, label), _SHIFT if is_repeated else _NONE)


def by_both_armed(hands: Hands, wanted: list[Wanted], there: There = places_of) -> None:
    """Label after label: a key arms it, then the mouse selects what is not there; names everywhere."""
    window = hands.window
    for label in dict.fromkeys(label for _, label in wanted):
        present = there(window)
        if all((*place, label) in present for place, of in wanted if of == label):
            continue
        hands.press(label_key(window, label), _CTRL | Qt.KeyboardModifier.AltModifier)
        select_armed(hands, wanted, label, there)
        window.view.set_caret(window.view.caret())


WAYS: dict[str, Way] = {
    "keyboard alone": by_keyboard,
    "mouse alone, labels armed one after the other": by_mouse,
    "mouse selects, keys label": by_both,
    "mouse selects, labels armed by key one after the other": by_both_armed,
}


BY_CURSOR = ("INCEpTION, keyboard alone", "INCEpTION, keyboard, names by suggestions")


@contextmanager
def article_window() -> Iterator[MainWindow]:
    """A window on the article, without spans."""
    with tempfile.TemporaryDirectory() as folder:
        stage.leave_the_user_alone(Path(folder))
        path = Path(folder) / "hands.annotator"
        with new_project(path) as store:
            add_document(store, text=normalise(ARTICLE.read_text("utf-8")))
        window = stage.open_window(path)
        window.session.open_document(window.session.rows()[0].id)
        window.activateWindow()
        stage.wait_until(window.isActiveWindow)
        window.view.setFocus()
        yield window
        window.close()


def play(ways: Mapping[str, Way]) -> Iterator[tuple[str, Count]]:
    """The counts of each way; raises RuntimeError where it did not make just the set."""
    wanted = wanted_spans()
    for name, work in ways.items():
        with article_window() as window:
            hands = Hands(window)
            work(hands, wanted)
            made = places_of(window)
        differing = made ^ {(*place, label) for place, label in wanted}
        if differing:
            raise RuntimeError(f"{name} made other spans than the set: {sorted(differing)}")
        yield name, Count(**hands.counts)


def peers() -> Iterator[tuple[str, Count]]:
    """The counts of other tools, from their documentation; the text laid out as it is in our window."""
    wanted = wanted_spans()
    with article_window() as window:
        view, text = window.view, window.session.text
        for name, count in PEERS.items():
            yield name, count(wanted, text)

        def presses(caret: int, goal: range) -> int:
            view.set_caret(caret)
            found = walks(view.textCursor(), keys=ARROWS, most=len(text))
            return next(len(path) for position, path in found if position in goal)

        firsts = first_of_each(wanted, text)
        alone, suggested = BY_CURSOR
        yield alone, inception_keyboard(wanted, text, presses)
        yield suggested, replace(inception_keyboard(firsts, text, presses), clicks=ACCEPT_ALL)
