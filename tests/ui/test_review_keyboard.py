"""The review screen without a mouse: where Tab goes, and which keys the boxes of choices keep."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.sessions import make_project
from tests.ui.windows import marked_by_others, open_review, open_window
from ui.dialogs.cheat_sheet import CheatSheet
from ui.review.window import ReviewWindow

WORK = {
    "Bo": [("Ada Romero", "judge"), ("District Court", "court"), ("Norvel", "organization")],
    "Cy": [("Judge Ada Romero", "judge"), ("District Court", "organization")],
}


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        marked_by_others(window, WORK)
        screen = open_review(qtbot, window)
        with qtbot.waitActive(screen):
            screen.activateWindow()
        yield screen


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_tab_goes_from_filters_over_the_list_to_columns_and_gold(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.documents.setFocus()
    met = []
    for _ in range(9):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        met.append(focused().accessibleName())

    filters = ["Type", "State", "Layer", "Label", "Annotator"]
    assert met == [*filters, "Disagreements", "1  Annotator A", "2  Annotator B", "Gold"]


def test_mouse_in_a_filter_leaves_the_arrows_to_the_list(qtbot: QtBot, screen: ReviewWindow) -> None:
    assert focused() is screen.list.view

    qtbot.mouseClick(screen.list.type, Qt.MouseButton.LeftButton)
    screen.list.type.hidePopup()
    screen.list.type.setCurrentIndex(0)

    assert focused() is screen.list.view


def test_arrows_choose_in_a_filter_and_go_through_the_list_elsewhere(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    screen.list.type.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert screen.list.type.currentIndex() == 1
    assert len(screen.desk.listed) < 3
    qtbot.keyClick(focused(), Qt.Key.Key_Up)
    assert screen.list.type.currentIndex() == 0

    screen.columns.gold.view.setFocus()
    screen.desk.go_to(0)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert screen.desk.place == 1


def test_digits_and_letters_decide_wherever_the_focus_is(qtbot: QtBot, screen: ReviewWindow) -> None:
    places = (screen.list.type, screen.list.view, screen.columns.people[0].view)
    for at, (place, key) in enumerate(zip(places, "0M0", strict=True)):
        screen.desk.go_to(at)
        place.setFocus()
        qtbot.keyClicks(focused(), key)

    assert {screen.desk.state(unit) for unit in screen.desk.listed} == {"decided"}


def test_document_is_chosen_with_arrows_in_its_box(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.documents.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Down)

    assert screen.desk.review is not None
    assert screen.desk.review.document.id == screen.documents.currentData() == "two"


def test_all_keys_of_review_are_on_one_sheet(qtbot: QtBot, screen: ReviewWindow) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_Question)

    [sheet] = screen.findChildren(CheatSheet)
    told = {label.text() for label in sheet.findChildren(QLabel)}
    assert told >= {"Several", "K", "Let it be seen", "F", "Second review", "S"}
