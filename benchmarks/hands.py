"""Counts what hands do to mark a fixed set of 100 spans of the NSO article, through the real window.

`python3 tasks.py hands` plays each way of working, compares the spans that are in the project then with the
set, and writes the table into docs/hands.md. The set is offsets and labels only: the article is not ours.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTreeWidgetItemIterator, QWidget

from annotator.geometry import Range
from annotator.text import normalise, sentence_at
from benchmarks import hand_peers
from benchmarks.hand_moves import in_word, is_word, letters_to_find, way, way_to_select
from tests.projects import add_document, new_project
from ui import stage
from ui.main_window import MainWindow
from ui.panels.label_tree import ROW
from ui.text_offsets import TextOffsets

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT.parent / "shared" / "corpus" / "articles" / "nso-group-whatsapp-injunction.txt"
PAGE = ROOT / "docs" / "hands.md"
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

Wanted = tuple[Range, str]


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

    def type(self, letters: str) -> None:
        self.counts["keys"] += len(letters)
        QTest.keyClicks(self._focused(), letters)

    def _focused(self) -> QWidget:
        stage.wait_until(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def click(self, widget: QWidget, point: QPoint) -> None:
        self.counts["clicks"] += 1
        QTest.mouseClick(widget, _LEFT, pos=point)

    def select(self, place: Range) -> None:
        """Drag over a place, or click a single word twice, which counts as one click."""
        view = self.window.view
        view.reveal(*place)
        text = self.window.session.text
        QTest.qWait(1)
        if is_word(text, place):
            self.counts["clicks"] += 1
            QTest.mouseDClick(view.viewport(), _LEFT, pos=self._point(place.start + 1))
            QTest.mouseRelease(view.viewport(), _LEFT, pos=self._point(place.start + 1))
            return
        self.counts["drags"] += 1
        first, last = self._point(place.start), self._point(place.end)
        QTest.mousePress(view.viewport(), _LEFT, pos=first)
        for point in ((first + last) / 2, last):
            QTest.mouseMove(view.viewport(), point)
        QTest.mouseRelease(view.viewport(), _LEFT, pos=last)

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


def places_of(window: MainWindow) -> set[tuple[int, int, str]]:
    return {(span.start, span.end, span.label) for span in window.session.annotations.values()}


def mark_repeats(hands: Hands, place: Range, label: str, wanted: list[Wanted]) -> None:
    """Mark all that reads as the span just made, where the set wants all of these and they are some."""
    window = hands.window
    words = window.session.text[place.start : place.end]
    text, present = window.session.text, places_of(window)
    repeats = [
        each
        for each, other in wanted
        if other == label and text[each.start : each.end] == words and (*each, other) not in present
    ]
    if not repeats:
        return
    hands.press(Qt.Key.Key_D, _CTRL | _SHIFT)
    stage.settle()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog))
    hands.press(Qt.Key.Key_Return)
    stage.settle()
    assert not dialog.isVisible()
    window.activateWindow()  # as a window manager does by itself
    stage.wait_until(window.view.hasFocus)


def by_keyboard(hands: Hands, wanted: list[Wanted]) -> None:
    """In text order, by caret keys or by finding, names everywhere at once."""
    window, view = hands.window, hands.window.view
    view.setFocus()
    view.set_caret(0)
    for place, label in wanted:
        if (*place, label) in places_of(window):
            continue
        _reach(hands, place)
        hands.press(label_key(window, label))
        assert (*place, label) in places_of(window), window.session.text[slice(*place)]
        mark_repeats(hands, place, label, wanted)


def _reach(hands: Hands, place: Range) -> None:
    """Bring the caret to a single word, or select a place."""
    window, view = hands.window, hands.window.view
    text = window.session.text
    span = window.session.selected_annotation
    selected = [] if span is None else [Range(span.start, span.end)]
    if is_word(text, place) and not selected_covers(selected, place):
        walked = way(view, in_word(text, place, selected))
    else:
        walked = way(view, lambda caret: caret == place.start)
    letters = letters_to_find(text, view.caret(), *place)
    if letters is not None and (walked is None or len(letters) + 2 < len(walked)):
        hands.press(Qt.Key.Key_F, _CTRL)
        hands.type(letters)
        hands.press(Qt.Key.Key_Escape)
    elif walked is not None:
        for key in walked:
            hands.press(key.key, key.modifiers)
    else:
        raise RuntimeError(f"No way leads to {place}.")
    _extend(hands, place)


def selected_covers(selected: list[Range], place: Range) -> bool:
    return any(each.start <= place.start and place.end <= each.end for each in selected)


def _extend(hands: Hands, place: Range) -> None:
    window, view = hands.window, hands.window.view
    text, selection = window.session.text, view.selection()
    span = window.session.selected_annotation
    is_in_span = span is not None and span.start <= view.caret() <= span.end
    if selection is None and is_word(text, place) and not is_in_span:
        return
    if selection is None and sentence_at(text, view.caret()) == place:
        hands.press(Qt.Key.Key_S)
        return
    extension = way_to_select(view, text, place)
    if extension is None:
        raise RuntimeError(f"No way selects {place}.")
    for key in extension:
        hands.press(key.key, key.modifiers)


def by_mouse(hands: Hands, wanted: list[Wanted]) -> None:
    """Label after label: a click arms it, then each place is dragged over."""
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
        for place, of in wanted:
            if of == label:
                hands.select(place)
        window.session.arm(None)  # the click on the next label does it, too


def by_both(hands: Hands, wanted: list[Wanted]) -> None:
    """In text order, the mouse selects and a key labels; names everywhere at once."""
    for place, label in wanted:
        if (*place, label) not in places_of(hands.window):
            hands.select(place)
            hands.press(label_key(hands.window, label))
            mark_repeats(hands, place, label, wanted)


def by_both_armed(hands: Hands, wanted: list[Wanted]) -> None:
    """Label after label: a key arms it, then the mouse selects; names everywhere at once."""
    window = hands.window
    for label in dict.fromkeys(label for _, label in wanted):
        hands.press(label_key(window, label), _CTRL | Qt.KeyboardModifier.AltModifier)
        for place, of in wanted:
            if of == label and (*place, label) not in places_of(window):
                hands.select(place)
                mark_repeats(hands, place, label, wanted)
        window.view.set_caret(window.view.caret())


WAYS: dict[str, Callable[[Hands, list[Wanted]], None]] = {
    "keyboard alone": by_keyboard,
    "mouse alone, labels armed one after the other": by_mouse,
    "mouse selects, keys label": by_both,
    "mouse selects, labels armed by key one after the other": by_both_armed,
}


def play() -> Iterator[tuple[str, dict[str, int]]]:
    """The counts of each way; raises RuntimeError where it did not make just the set."""
    wanted = wanted_spans()
    text = normalise(ARTICLE.read_text("utf-8"))
    for name, work in WAYS.items():
        with tempfile.TemporaryDirectory() as folder:
            stage.leave_the_user_alone(Path(folder))
            path = Path(folder) / "hands.annotator"
            with new_project(path) as store:
                add_document(store, text=text)
            window = stage.open_window(path)
            window.session.open_document(window.session.rows()[0].id)
            window.activateWindow()
            stage.wait_until(window.isActiveWindow)
            window.view.setFocus()
            hands = Hands(window)
            work(hands, wanted)
            made = places_of(window)
            window.close()
        differing = made ^ {(*place, label) for place, label in wanted}
        if differing:
            raise RuntimeError(f"{name} made other spans than the set: {sorted(differing)}")
        yield name, hands.counts


def table(rows: list[tuple[str, dict[str, int]]]) -> str:
    lines = ["| Annotator | key presses | clicks | drags | together |", "|---|---:|---:|---:|---:|"]
    for name, counts in rows:
        together = sum(counts.values())
        lines.append(
            f"| {name} | {counts['keys']} | {counts['clicks']} | {counts['drags']} | **{together}** |"
        )
    return "\n".join(lines)


def main() -> None:
    if not ARTICLE.exists():
        sys.exit(
            "The article of the set is not here: it belongs to its publisher and is not in this project."
        )
    tables = {
        "counted": table(list(play())),
        "peers": hand_peers.table(wanted_spans(), normalise(ARTICLE.read_text("utf-8"))),
    }
    page = PAGE.read_text("utf-8")
    for name, found in tables.items():
        print(found)
        block = f"<!-- {name} -->\n{found}\n<!-- end -->"
        page = re.sub(rf"<!-- {name} -->\n.*?<!-- end -->", lambda _, new=block: new, page, flags=re.DOTALL)
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
