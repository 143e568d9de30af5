"""The disagreement in focus where there is much of it: all is told, and keys scroll to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.geometry import Range
from annotator.model import Fragment
from annotator.services import annotating
from tests import reviews
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_review, open_window
from ui.review.focus import Focus, Variant
from ui.review.focus_view import FocusView
from ui.review.history_dialog import HistoryDialog
from ui.review.remarks import Remarks
from ui.review.window import ReviewWindow

LABELS = ("judge", "person", "court", "organization", "product", "law", "location", "date")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    """Eight annotators have eight labels for a name, and one each for another."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        store = store_of(window.session)
        for name in LABELS:
            annotating.add_annotator(store, annotator=me(window.session), name=name)
        work = {label: [("Ada Romero", label), ("Norvel", label)] for label in LABELS}
        reviews.marked(store, work, document="one")
        window.session.refresh()
        yield open_review(qtbot, window)


def test_keys_scroll_to_the_rest_and_the_next_one_begins_at_its_top(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    screen.resize(1280, 480)
    bar = screen.focus_area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    qtbot.keyClick(screen, Qt.Key.Key_PageDown, CTRL)
    assert bar.value() > 0
    qtbot.keyClick(screen, Qt.Key.Key_PageUp, CTRL)
    assert bar.value() == 0

    qtbot.keyClick(screen, Qt.Key.Key_PageDown, CTRL)
    qtbot.keyClick(screen, Qt.Key.Key_Right)
    assert bar.value() == 0


def test_long_comment_is_told_in_as_many_lines_as_it_has(screen: ReviewWindow) -> None:
    screen.desk.decide("reject_all")
    screen.desk.go_to(0)
    short = screen.focus.minimumHeight()

    screen.desk.amend(Remarks(comment="Titles belong to the name of whoever has them. " * 12))

    lines = (screen.focus.minimumHeight() - short) / screen.focus.fontMetrics().lineSpacing()
    assert lines >= 2


def height(view: FocusView, text: str, variants: int) -> int:
    """How much room a unit takes of which the first word of the text is marked."""
    marked = [Variant((at,), ("A",), "Judge", "#CC79A7", (Fragment(0, 5),), "", "") for at in range(variants)]
    view.show_focus(text, Focus((Range(0, len(text)),), tuple(marked), ()))
    return view.minimumHeight()


def test_lines_that_nobody_marked_have_no_room_for_bars(qtbot: QtBot) -> None:
    view = FocusView()
    qtbot.addWidget(view)
    view.resize(600, 400)
    short, long = "Judge Romero ruled.", "Judge Romero ruled. " * 30

    more = {text: height(view, text, 8) - height(view, text, 1) for text in (short, long)}

    assert more[short] == more[long]


def test_what_each_reviewer_decided_is_told_where_they_differ(qtbot: QtBot, screen: ReviewWindow) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_S, Qt.Key.Key_0):
        qtbot.keyClick(screen, key)
    screen.desk.go_to(0)
    assert "Lee: taken" not in screen.focus.accessibleDescription()

    qtbot.keyClick(screen, Qt.Key.Key_S)
    screen.desk.go_to(0)

    told = screen.focus.accessibleDescription()
    taken = screen.desk.order[0]
    label = next(each.name for each in store_of(screen.session).annotators() if each.id == taken)
    assert f"Lee: taken, {label.capitalize()} “Ada Romero”" in told
    assert "Lee: none is right" in told


def test_neither_reviewer_sees_in_the_history_what_the_other_decided(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    def history() -> str:
        screen.desk.go_to(0)
        qtbot.keyClick(screen, Qt.Key.Key_H)
        asked = screen.findChildren(HistoryDialog)[-1]
        asked.reject()
        return asked.page.toPlainText()

    for key in (Qt.Key.Key_S, Qt.Key.Key_0, Qt.Key.Key_S):
        qtbot.keyClick(screen, key)
    screen.desk.go_to(0)
    assert "none is right" not in screen.focus.accessibleDescription()
    assert "Nothing is decided yet." in history()

    qtbot.keyClick(screen, Qt.Key.Key_1)
    told = history()
    assert "Taken by Lee" in told
    assert "None is right by Lee" in told
    qtbot.keyClick(screen, Qt.Key.Key_S)
    assert "Taken by Lee" not in history()
