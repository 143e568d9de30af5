"""Hints in review: what is most likely, the order by it, and that a strictly blind review has neither."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from annotator.services.likely import FEWEST_UNITS, METHOD
from tests import reviews
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_review, open_window
from ui.review.window import ReviewWindow

TEXT = "\n".join(f"The ruling of court number {number:02d} stands." for number in range(FEWEST_UNITS))
ALL = [(f"court number {number:02d}", "court") for number in range(FEWEST_UNITS)]
LAST = FEWEST_UNITS - 1


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    """Bo and Cy have marked the same; Di not the last one, and took it for an organization before that."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        store = store_of(window.session)
        for name in ("Bo", "Cy", "Di"):
            annotating.add_annotator(store, annotator=me(window.session), name=name)
        work = {"Bo": ALL, "Cy": ALL, "Di": [*ALL[:-2], (ALL[-2][0], "organization")]}
        reviews.marked(store, work, document="one", text=TEXT)
        window.session.refresh()
        screen = open_review(qtbot, window)
        qtbot.waitUntil(lambda: bool(screen.desk.likely))
        yield screen


def test_order_by_hints_waits_for_them(qtbot: QtBot, screen: ReviewWindow) -> None:
    in_text = list(screen.desk.listed)
    screen.desk.likely = {}
    screen.load()
    qtbot.waitUntil(lambda: screen.hinting.is_looking)

    press(qtbot, screen, Qt.Key.Key_O)

    assert screen.line.text() == "What is most likely is still being estimated."
    assert screen.desk.listed == in_text
    qtbot.waitUntil(lambda: bool(screen.desk.likely) and not screen.hinting.is_looking)
    press(qtbot, screen, Qt.Key.Key_O)
    assert screen.desk.listed != in_text


def test_hints_are_looked_for_no_more_once_review_is_left(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.load()
    qtbot.waitUntil(lambda: screen.hinting.is_looking)

    screen.reject()

    qtbot.waitUntil(lambda: not screen.hinting.is_looking)
    assert not screen.jobs.jobs


def press(qtbot: QtBot, screen: ReviewWindow, key: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(screen, key, held)


def told(screen: ReviewWindow, row: int) -> set[str]:
    """What the list tells of a unit beside its words and its state."""
    model = screen.list.view.model()
    tip = str(model.data(model.index(row, 0), Qt.ItemDataRole.ToolTipRole))
    return set(tip.split(": ", 1)[1].split(", ")) - {"Open"}


def test_hint_stands_below_the_candidates_and_is_kept_with_the_decision(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    screen.desk.go_to(LAST)
    assert "Dawid-Skene: Court " in screen.focus.accessibleDescription()

    press(qtbot, screen, Qt.Key.Key_0)

    [decision] = store_of(screen.session).decisions("one")
    assert decision.suggestion["method"] == METHOD


def test_strictly_blind_review_hides_hint_order_and_names(qtbot: QtBot, screen: ReviewWindow) -> None:
    press(qtbot, screen, Qt.Key.Key_B)
    press(qtbot, screen, Qt.Key.Key_B, shift=True)
    assert screen.desk.hides_names
    assert "strictly blind" in screen.head.text()
    press(qtbot, screen, Qt.Key.Key_O)
    press(qtbot, screen, Qt.Key.Key_B)
    assert screen.desk.hides_names
    screen.desk.go_to(LAST)
    assert "Dawid" not in screen.focus.accessibleDescription()

    press(qtbot, screen, Qt.Key.Key_0)

    assert store_of(screen.session).decisions("one")[-1].suggestion == {}
    assert [unit.start for unit in screen.desk.listed] == sorted(unit.start for unit in screen.desk.listed)


def test_most_open_comes_first(qtbot: QtBot, screen: ReviewWindow) -> None:
    in_text = list(screen.desk.listed)
    press(qtbot, screen, Qt.Key.Key_O)

    hints = [screen.desk.hint(unit) for unit in screen.desk.listed]
    entropies = [0.0 if hint is None else hint.entropy for hint in hints]
    assert entropies == sorted(entropies, reverse=True)
    assert screen.desk.listed[0] in in_text[-2:]
    press(qtbot, screen, Qt.Key.Key_O)
    assert screen.desk.listed == in_text


def test_filters_of_state_and_annotator_count(qtbot: QtBot, screen: ReviewWindow) -> None:
    def words(state: str) -> str:
        return screen.list.state.itemText(screen.list.state.findData(state))

    assert (words("to_do"), words("open"), words("decided")) == ("To do (20)", "Open (20)", "Decided (0)")
    assert screen.list.annotator.itemText(1) == "Annotator A (2)"

    press(qtbot, screen, Qt.Key.Key_0)

    assert (words("to_do"), words("decided")) == ("To do (19)", "Decided (1)")


def test_strictly_blind_review_tells_no_votes_until_a_first_choice(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    press(qtbot, screen, Qt.Key.Key_B, shift=True)
    screen.desk.go_to(LAST)

    focus = screen.focus.focus
    assert focus is not None
    assert ([each.numbers for each in focus.variants], focus.absent) == ([(1,)], ())
    assert "Annotator" not in screen.focus.accessibleDescription()
    assert screen.head.text().startswith("Votes hidden")
    assert told(screen, LAST) == {"Votes hidden"}
    kinds = [screen.list.type.itemText(at) for at in range(screen.list.type.count())]
    assert not any(each.startswith(("Agree", "Missing", "Only one")) for each in kinds)
    assert screen.list.annotator.count() == 1
    assert not any(column.view.spans for column in screen.columns.people)

    press(qtbot, screen, Qt.Key.Key_1)
    screen.desk.go_to(LAST)

    focus = screen.focus.focus
    assert focus is not None
    assert (len(focus.variants[0].numbers), len(focus.absent)) == (2, 1)
    assert screen.head.text().startswith("Missing")
    assert sum(len(column.view.spans) for column in screen.columns.people) == 2
    assert screen.desk.state(screen.desk.listed[LAST]) == "decided"
