"""What the window offers to each role, and the dialog in which a lead assigns documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from tests.factories import TEXT
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import dialog, open_window
from ui.dialogs.assign import AssignDialog
from ui.dialogs.palette import command_palette
from ui.export.form import ExportForm
from ui.main_window import MainWindow

LEAD_ONLY = ("documents.assign", "documents.remove", "documents.trash")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = make_project(
        tmp_path / "news.annotator", {"one": TEXT, "two": "It may appeal.\n", "three": "No.\n"}
    )
    with open_window(qtbot, path) as window:
        for name in ("Bo", "Cy"):
            annotating.add_annotator(store_of(window.session), annotator=me(window.session), name=name)
        yield window


def switch(window: MainWindow, name: str) -> None:
    store = store_of(window.session)
    window.session.switch_annotator(next(who.id for who in store.annotators() if who.name == name))


def assigning(qtbot: QtBot, window: MainWindow) -> AssignDialog:
    window.commands.actions["documents.assign"].trigger()
    found = dialog(qtbot, "assign")
    assert isinstance(found, AssignDialog)
    found.preview()
    return found


def check(boxes: QListWidget, *titles: str) -> None:
    for row in range(boxes.count()):
        item = boxes.item(row)
        is_on = item.text().split("   ·")[0] in titles
        item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)


def test_an_annotator_is_not_offered_what_only_a_lead_does(window: MainWindow) -> None:
    actions = window.commands.actions
    assert all(actions[name].isVisible() and actions[name].isEnabled() for name in LEAD_ONLY)

    switch(window, "Bo")

    hidden = (*LEAD_ONLY, "document.return")
    assert not any(actions[name].isVisible() or actions[name].isEnabled() for name in hidden)
    offered = {command.id for command, _ in window.commands.offered()}
    assert not offered & set(hidden)
    picker = command_palette(window.commands.offered(), parent=window)
    assert picker.list.model() is not None
    picker.deleteLater()


def test_an_annotator_exports_their_own_work_alone(window: MainWindow) -> None:
    switch(window, "Bo")

    export = ExportForm(window.session)

    assert [export.whose.itemText(row) for row in range(export.whose.count())] == ["Mine (Bo)"]
    export.deleteLater()


def test_documents_are_assigned_after_a_preview(window: MainWindow, qtbot: QtBot) -> None:
    shown = assigning(qtbot, window)
    assert shown.chosen() == ["one", "two", "three"]
    check(shown.people, "Bo", "Cy")
    check(shown.list, "one", "two")
    shown.preview()
    assert "Bo: 1 document," in shown.summary.text()
    assert "Shared by several annotators: 0 documents" in shown.summary.text()

    with qtbot.waitSignal(shown.assigned):
        shown.accept()

    store = store_of(window.session)
    assert {row.document for row in store.all_assignments()} == {"one", "two"}
    switch(window, "Bo")
    assert len(window.session.rows()) == 1
    assert window.documents.model.total == 1


def test_a_rule_that_cannot_be_followed_is_told_in_the_preview(window: MainWindow, qtbot: QtBot) -> None:
    shown = assigning(qtbot, window)
    check(shown.people, "Bo")
    shown.overlap.setValue(50)

    shown.preview()

    assert "only 1 is chosen" in shown.summary.text()
    assert not shown.go_on.isEnabled()
    shown.reject()


def test_layers_that_are_not_assigned_are_not_offered(window: MainWindow, qtbot: QtBot) -> None:
    shown = assigning(qtbot, window)
    check(shown.people, "Bo")
    check(shown.layers, "Entity")
    assert shown.layers.findItems("Entity", Qt.MatchFlag.MatchExactly)
    shown.each.setChecked(True)
    shown.preview()
    with qtbot.waitSignal(shown.assigned):
        shown.accept()

    switch(window, "Bo")
    window.session.open_document("one")
    window.labels.show_now()

    (claims,) = window.labels.tree.findItems("Claim", Qt.MatchFlag.MatchExactly)
    assert claims.child(0).flags() == Qt.ItemFlag.NoItemFlags
    told: list[str] = []
    window.session.refused.connect(told.append)
    assert window.session.highlight("claim", 0, 5) is None
    assert "assigned to you for Entity only" in told[0]


def test_a_lead_changes_the_name_and_role_of_somebody(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.actions["annotator.switch"].trigger()
    shown = dialog(qtbot, "annotator")
    (item,) = shown.list.findItems("Bo", Qt.MatchFlag.MatchStartsWith)
    shown.list.setCurrentItem(item)
    shown.change.click()
    shown.new.name.setText("Boris")
    shown.new.role.setCurrentIndex(shown.new.role.findData("reviewer"))

    shown.accept()

    assert shown.isVisible()
    assert shown.list.findItems("Boris  ·  reviewer", Qt.MatchFlag.MatchExactly)
    shown.reject()
