"""What a strictly blind review keeps to itself beside the screen: histories, memos, figures, rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.sessions import make_project
from tests.ui.windows import marked_by_others, open_review, open_window
from ui.review.auto_dialog import AutoDialog
from ui.review.history_dialog import HistoryDialog
from ui.review.window import ReviewWindow

WORK = {
    "Bo": [("Ada Romero", "judge"), ("Norvel", "organization")],
    "Cy": [("Judge Ada Romero", "judge")],
}
SINGLE = 1


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    """Bo and Cy have finished a document, which is reviewed strictly blind."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        marked_by_others(window, WORK, ["one"])
        screen = open_review(qtbot, window)
        screen.toggle_strict()
        yield screen


def history(qtbot: QtBot, screen: ReviewWindow) -> HistoryDialog:
    qtbot.keyClick(screen, Qt.Key.Key_H)
    return screen.findChildren(HistoryDialog)[-1]


@pytest.mark.parametrize(
    "keys", [[Qt.Key.Key_P], [Qt.Key.Key_0, Qt.Key.Key_U]], ids=["put off", "taken back"]
)
def test_history_of_what_has_no_choice_tells_no_votes(
    qtbot: QtBot, screen: ReviewWindow, tmp_path: Path, keys: list[Qt.Key]
) -> None:
    screen.desk.go_to(SINGLE)
    for key in keys:
        qtbot.keyClick(screen, key)
    screen.desk.go_to(SINGLE)

    asked = history(qtbot, screen)
    asked.write(tmp_path / "memo.html", asked.document())

    for page in (asked.page.toPlainText(), (tmp_path / "memo.html").read_text("utf-8")):
        assert "Who has what is hidden until a choice is made." in page
        assert "Annotator A" not in page
        assert "Annotator B" not in page
        assert "no span" not in page
        assert "single" not in page


def test_history_after_a_choice_tells_who_had_what(qtbot: QtBot, screen: ReviewWindow) -> None:
    screen.desk.go_to(SINGLE)
    qtbot.keyClick(screen, Qt.Key.Key_1)
    screen.desk.go_to(SINGLE)

    page = history(qtbot, screen).page.toPlainText()

    assert "hidden" not in page
    assert "Annotator A" in page


def test_queue_tells_no_agreement(screen: ReviewWindow) -> None:
    assert screen.documents.itemText(0) == "Ruling one  (2 to do)"

    screen.toggle_strict()

    assert screen.documents.itemText(0) == "Ruling one  (2 to do, F1 0.00)"


def test_what_rules_would_decide_is_not_shown(qtbot: QtBot, screen: ReviewWindow) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_D)

    assert not screen.findChildren(AutoDialog)
    assert (
        screen.line.text()
        == "What rules decide tells votes; it is not shown while the review is strictly blind."
    )
