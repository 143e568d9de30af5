"""Removing documents in the window: counts before, undo from the notice, the trash, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import dialog, open_window, press
from ui.dialogs.trash import RemoveDialog, TrashDialog
from ui.main_window import MainWindow

K = Qt.Key
TEXTS = {"one": "Norvel sued Orbis.\n", "two": "Norvel won.\n", "three": "Orbis lost.\n"}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", TEXTS)) as window:
        window.session.open_document("one")
        window.session.highlight("organization", 0, 6)
        yield window


def removing(qtbot: QtBot, window: MainWindow) -> RemoveDialog:
    window.documents.list.setFocus()
    press(qtbot, window, K.Key_Delete)
    found = dialog(qtbot, "remove_documents")
    assert isinstance(found, RemoveDialog)
    return found


def titles(window: MainWindow) -> list[str]:
    return [row.title for row in window.session.rows()]


def test_delete_in_the_list_counts_removes_and_the_notice_takes_it_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    shown = removing(qtbot, window)
    assert shown.chosen() == ["one"]
    assert shown.summary.text() == "1 document with 1 span (Lee 1), 0 links and 0 values of documents."
    with qtbot.waitSignal(shown.removed):
        press(qtbot, window, K.Key_Return)

    assert titles(window) == ["two", "three"]
    assert window.session.document is None
    window.pane.notice.action.click()
    assert sorted(titles(window)) == ["one", "three", "two"]
    window.session.open_document("one")
    assert [span.quote.exact for span in window.session.annotations.values()] == ["Norvel"]


def test_space_chooses_more_and_the_trash_brings_one_back(qtbot: QtBot, window: MainWindow) -> None:
    shown = removing(qtbot, window)
    qtbot.keyClick(shown.list, K.Key_Down)
    qtbot.keyClick(shown.list, K.Key_Space)
    assert shown.chosen() == ["one", "two"]
    with qtbot.waitSignal(shown.removed):
        shown.accept()
    assert titles(window) == ["three"]

    window.commands.actions["documents.trash"].trigger()
    trash = dialog(qtbot, "trash")
    assert isinstance(trash, TrashDialog)
    trash.search.setText("two")
    trash.list.item(1 if trash.list.item(0).isHidden() else 0).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(trash.restored):
        trash.accept()

    assert titles(window) == ["three", "two"]
    assert [each.document.title for each in store_of(window.session).removed_documents()] == ["one"]


def test_empty_trash_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.actions["documents.trash"].trigger()
    trash = dialog(qtbot, "trash")
    assert isinstance(trash, TrashDialog)

    assert trash.summary.text() == "The trash is empty."
    assert not trash.go_on.isEnabled()
    trash.reject()


def test_who_does_not_lead_is_told_whom_to_ask(qtbot: QtBot, window: MainWindow) -> None:
    store = store_of(window.session)
    annotating.add_annotator(store, annotator=me(window.session), name="Bo")
    window.session.switch_annotator(next(who.id for who in store.annotators() if who.name == "Bo"))

    with qtbot.waitSignal(window.session.refused) as refused:
        window.leading.remove_documents()

    assert refused.args == ["Only a lead changes the documents of a project; ask Lee."]
