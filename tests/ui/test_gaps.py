"""The gaps of the guidelines in the window: told of in review, listed, gone to, written to a file."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.factories import find
from tests.ui.sessions import make_project
from tests.ui.windows import marked_by_others, open_review, open_window
from ui.dialogs.gaps import GapsDialog
from ui.main_window import MainWindow

WORK = {"Bo": [("Ada Romero", "judge")], "Cy": [("Judge Ada Romero", "judge")]}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Bo and Cy differ in a document; Lee leads and reviews."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        marked_by_others(window, WORK, ["one"])
        yield window


def listed(qtbot: QtBot, window: MainWindow) -> GapsDialog:
    window.commands.actions["project.gaps"].trigger()
    [dialog] = window.findChildren(GapsDialog)
    qtbot.waitUntil(lambda: dialog.found is not None)
    return dialog


def test_a_gap_told_of_in_review_leads_to_its_spans(qtbot: QtBot, window: MainWindow) -> None:
    screen = open_review(qtbot, window)
    for key in (Qt.Key.Key_G, Qt.Key.Key_0):
        qtbot.keyClick(screen, key)
    screen.close()
    dialog = listed(qtbot, window)
    assert dialog.table.rowCount() == 1

    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

    assert window.session.document is not None
    assert window.session.document.id == "one"
    assert window.view.selection() == tuple(find("Judge Ada Romero"))


def test_all_gaps_are_written_to_a_file(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    screen = open_review(qtbot, window)
    for key in (Qt.Key.Key_G, Qt.Key.Key_0):
        qtbot.keyClick(screen, key)
    screen.close()
    dialog = listed(qtbot, window)

    dialog.write(tmp_path / "gaps.csv")
    dialog.write(tmp_path / "gaps.json")

    with (tmp_path / "gaps.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    [same] = json.loads((tmp_path / "gaps.json").read_text("utf-8"))
    assert row["words"] == same["words"] == "Judge Ada Romero"
    assert row["document"] == same["document"] == "one"
    dialog.write(tmp_path / "nowhere" / "gaps.csv")
    assert "gaps.csv" in dialog.fault.text()


def test_a_gap_that_annotators_are_told_of_is_still_one(qtbot: QtBot, window: MainWindow) -> None:
    screen = open_review(qtbot, window)
    for key in (Qt.Key.Key_G, Qt.Key.Key_0, Qt.Key.Key_F):
        qtbot.keyClick(screen, key)
    screen.close()

    assert listed(qtbot, window).table.rowCount() == 1


def test_no_gap_is_said(qtbot: QtBot, window: MainWindow) -> None:
    dialog = listed(qtbot, window)
    assert dialog.summary.text().startswith("No reviewer has found a gap")
    assert dialog.table.isHidden()
    assert not dialog.save.isEnabled()
