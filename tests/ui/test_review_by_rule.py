"""Deciding by rule from the review screen: preview, rules by layer, one step to undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.model import Decision
from tests.ui.sessions import make_project, store_of
from tests.ui.windows import marked_by_others, open_review, open_window
from ui.review.auto_dialog import AutoDialog
from ui.review.window import ReviewWindow

WORK = {
    "Bo": [("Ada Romero", "judge"), ("District Court", "court"), ("Norvel", "organization")],
    "Cy": [("Ada Romero", "judge"), ("the District Court", "court")],
    "Di": [("Ada Romero", "judge"), ("District Court", "court"), ("Norvel", "organization")],
}


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        marked_by_others(window, WORK)
        screen = open_review(qtbot, window)
        yield screen


def asked(qtbot: QtBot, screen: ReviewWindow) -> AutoDialog:
    qtbot.keyClick(screen, Qt.Key.Key_D)
    dialog = screen.findChild(AutoDialog)
    assert isinstance(dialog, AutoDialog)
    qtbot.waitUntil(lambda: dialog.report is not None)
    return dialog


def decisions(screen: ReviewWindow) -> list[Decision]:
    store = store_of(screen.session)
    return [*store.decisions("one"), *store.decisions("two")]


def test_preview_counts_lists_and_writes_nothing(qtbot: QtBot, screen: ReviewWindow) -> None:
    dialog = asked(qtbot, screen)

    assert dialog.summary.text().startswith("2 units of 2 documents would be decided")
    shown = [dialog.list.item(at).text() for at in range(2)]
    assert [words.rpartition("·  ")[2] for words in shown] == ["Ruling one", "Ruling two"]
    assert "not known" in dialog.error.text()
    assert decisions(screen) == []


def test_rules_opted_into_are_decided_in_one_step_and_taken_back(qtbot: QtBot, screen: ReviewWindow) -> None:
    dialog = asked(qtbot, screen)
    dialog.rules["entity", "trim"].setChecked(True)
    qtbot.waitUntil(lambda: dialog.summary.text().startswith("4 units"))
    dialog.spot_check.setValue(100)
    qtbot.waitUntil(lambda: "4 of them to look at" in dialog.summary.text())

    dialog.go_on.click()

    qtbot.waitUntil(lambda: "4 units decided by rule" in screen.line.text())
    assert [each.decided_by for each in decisions(screen)].count("auto:trim@1") == 2
    assert [screen.desk.state(unit) for unit in screen.desk.listed] == ["spot_check", "spot_check", "open"]
    with qtbot.waitActive(screen):
        screen.activateWindow()
    qtbot.keyClick(screen, Qt.Key.Key_U)
    assert [screen.desk.state(unit) for unit in screen.desk.listed] == ["open"] * 3
    assert {each.outcome for each in decisions(screen)} == {"accept", "withdrawn"}


def test_where_it_is_taken_back_is_told_if_nothing_here_was_decided(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    while any(map(screen.desk.asks, screen.desk.listed)):
        screen.none()

    asked(qtbot, screen).go_on.click()

    qtbot.waitUntil(lambda: "decided by rule: 1, none of them here" in screen.line.text())
    screen.go_to("two")
    screen.undo()
    assert {screen.desk.state(unit) for unit in screen.desk.listed} == {"open"}


def test_error_of_what_was_looked_at_is_told(qtbot: QtBot, screen: ReviewWindow) -> None:
    dialog = asked(qtbot, screen)
    dialog.spot_check.setValue(100)
    qtbot.waitUntil(lambda: "2 of them to look at" in dialog.summary.text())
    dialog.go_on.click()
    qtbot.waitUntil(lambda: "decided by rule" in screen.line.text())
    screen.desk.go_to(0)
    screen.none()

    again = AutoDialog(screen.session, screen.jobs, screen)
    qtbot.waitUntil(lambda: again.report is not None)

    assert again.error.text() == "Of 1 earlier ones looked at, 1 were decided otherwise (100.0%)."
    assert not again.go_on.isEnabled()
    again.reject()


def test_window_is_not_left_before_it_shows_what_is_being_decided(qtbot: QtBot, screen: ReviewWindow) -> None:
    dialog = asked(qtbot, screen)

    dialog.decide()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()

    qtbot.waitUntil(lambda: screen.findChild(AutoDialog) is None)
    assert len(decisions(screen)) == 2
    assert screen.desk.review is not None
    assert len(screen.desk.review.decisions) == 1
