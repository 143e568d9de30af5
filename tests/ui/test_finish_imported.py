"""Imported work is called finished in the window: counts before, one step, undo from the notice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.change import make_change
from tests import reviews
from tests.ui.sessions import make_project, store_of
from tests.ui.windows import dialog, joined_by, open_window, press
from ui.dialogs.finish_imported import FinishImportedDialog
from ui.main_window import MainWindow

K = Qt.Key
WORK = {"Bo": [("Ada Romero", "judge"), ("Norvel", "organization")], "Cy": [("Ada Romero", "judge")]}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Bo and Cy have spans in two documents, which files brought; Lee leads."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        store = joined_by(window, WORK)
        for document in ("one", "two"):
            reviews.marked(store, WORK, document=document, done=False)
            spans = store.annotations(document)
            imported = [replace(span, origin="import") for span in spans]
            store.apply(make_change("Import", annotator="x", before=spans, after=imported))
        window.session.refresh()
        yield window


def asked(qtbot: QtBot, window: MainWindow) -> FinishImportedDialog:
    window.commands.actions["documents.finish_imported"].trigger()
    found = dialog(qtbot, "finish_imported")
    assert isinstance(found, FinishImportedDialog)
    qtbot.waitUntil(lambda: "Looking" not in found.summary.text())
    return found


def finished(window: MainWindow) -> int:
    return sum(row.state == "done" for row in store_of(window.session).all_assignments())


def test_all_imported_work_is_finished_after_counts_and_taken_back_in_one_step(
    qtbot: QtBot, window: MainWindow
) -> None:
    shown = asked(qtbot, window)
    assert [shown.list.item(row).text() for row in range(shown.list.count())] == [
        "Bo   ·   2 documents, 4 spans",
        "Cy   ·   2 documents, 2 spans",
    ]
    assert shown.summary.text() == "6 spans in 2 documents of 2 annotators."

    with qtbot.waitSignal(shown.finished_work):
        press(qtbot, window, K.Key_Return)

    assert finished(window) == 4
    assert "Finish imported work in 2 documents: done." in window.pane.notice.text.text()
    window.pane.notice.action.click()
    assert finished(window) == 0


def test_who_is_unchecked_stays_as_they_are(qtbot: QtBot, window: MainWindow) -> None:
    shown = asked(qtbot, window)
    qtbot.keyClick(shown.list, K.Key_Space)
    assert shown.summary.text() in (
        "4 spans in 2 documents of 1 annotator.",
        "2 spans in 2 documents of 1 annotator.",
    )
    with qtbot.waitSignal(shown.finished_work):
        press(qtbot, window, K.Key_Return)

    assert finished(window) == 2
    again = asked(qtbot, window)
    assert again.list.count() == 1
    qtbot.keyClick(again, K.Key_Escape)
    assert not again.isVisible()


def test_nothing_to_finish_is_said(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(asked(qtbot, window).finished_work):
        press(qtbot, window, K.Key_Return)

    shown = asked(qtbot, window)

    assert shown.summary.text() == "There is no imported work to finish."
    assert not shown.go_on.isEnabled()
