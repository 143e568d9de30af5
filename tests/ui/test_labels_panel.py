"""The labels panel: what it lists for a document, how counts follow, what a click and the keyboard ask."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from storage.store import open_project
from tests.factories import TEXT, find
from tests.ui.sessions import WORKSTATION, make_project, open_session
from tests.ui.showing import shown, together
from ui.panels.label_rows import LabelRow, LayerRow
from ui.panels.label_tree import ARMED, ROW
from ui.panels.labels import LabelsPanel
from ui.session import Session


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project file that tests copy."""
    return make_project(
        tmp_path_factory.mktemp("project") / "news.annotator", {"one": TEXT, "two": TEXT + "More.\n"}
    )


@pytest.fixture
def session(project: Path, tmp_path: Path) -> Iterator[Session]:
    session = open_session(Path(shutil.copy(project, tmp_path)))
    yield session
    session.close_project()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> LabelsPanel:
    return shown(LabelsPanel(session), qtbot)


def items(panel: LabelsPanel) -> list[QTreeWidgetItem]:
    tops = [panel.tree.topLevelItem(row) for row in range(panel.tree.topLevelItemCount())]
    return [item for top in tops if top for item in (top, *(top.child(n) for n in range(top.childCount())))]


def layer(panel: LabelsPanel, name: str) -> QTreeWidgetItem:
    return next(each for each in items(panel) if each.text(0) == name and each.parent() is None)


def item(panel: LabelsPanel, name: str) -> QTreeWidgetItem:
    """The row of a label."""
    return next(each for each in items(panel) if each.text(0) == name and each.parent() is not None)


def count(panel: LabelsPanel, name: str) -> int:
    panel.show_now()
    row = item(panel, name).data(0, ROW)
    assert isinstance(row, LabelRow)
    return row.count


def click(panel: LabelsPanel, name: str, qtbot: QtBot) -> None:
    click_row(panel, item(panel, name), qtbot)


def click_row(panel: LabelsPanel, row: QTreeWidgetItem, qtbot: QtBot) -> None:
    place = panel.tree.visualItemRect(row).center()
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def mark(session: Session, label: str, words: str) -> None:
    place = find(words, session.text)
    assert session.highlight(label, place.start, place.end) is not None


def in_a_brief(tmp_path: Path) -> Session:
    return open_session(make_project(tmp_path / "brief.annotator", kind="brief"))


def test_labels_stand_under_their_layers_in_the_order_of_the_schema(panel: LabelsPanel) -> None:
    names = [each.text(0) for each in items(panel)]

    assert names[:3] == ["Entity", "Organization", "Person"]
    assert names[-3:] == ["Text", "Discard", "Discuss"]


def test_counts_follow_edits_undo_and_the_open_document(panel: LabelsPanel, session: Session) -> None:
    mark(session, "court", "District Court")
    mark(session, "court", "the court")
    assert count(panel, "Court") == 2

    session.undo()
    assert count(panel, "Court") == 1

    session.open_document("two")
    assert count(panel, "Court") == 0


def test_click_asks_for_the_label(panel: LabelsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.label_clicked) as asked:
        click(panel, "Judge", qtbot)

    assert asked.args == ["judge"]


def test_click_leaves_the_keyboard_in_the_text(session: Session, qtbot: QtBot) -> None:
    text, panel = QTextEdit(), LabelsPanel(session)
    _window = shown(together(text, panel), qtbot, height=800)
    text.setFocus()

    click(panel, "Judge", qtbot)

    assert text.hasFocus()


def test_arrows_and_enter_choose_a_label(panel: LabelsPanel, qtbot: QtBot) -> None:
    panel.tree.setFocus()
    panel.tree.setCurrentItem(item(panel, "Organization"))
    with qtbot.waitSignal(panel.label_clicked) as asked:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)

    assert asked.args == ["person"]


def test_armed_label_is_marked_and_named_until_it_is_stopped(panel: LabelsPanel, session: Session) -> None:
    session.arm("holding")
    assert item(panel, "Holding").data(0, ARMED) is True
    assert "Holding" in panel.armed.text.text()
    assert panel.armed.isVisible()

    panel.armed.stop.click()

    assert session.armed is None
    assert not item(panel, "Holding").data(0, ARMED)
    assert panel.armed.isHidden()


def test_label_stays_marked_as_armed_in_a_document_of_another_kind(tmp_path: Path, qtbot: QtBot) -> None:
    session = in_a_brief(tmp_path)
    panel = shown(LabelsPanel(session), qtbot)
    session.arm("judge")

    session.open_document(None)

    assert item(panel, "Judge").data(0, ARMED) is True
    session.close_project()


def test_layer_on_demand_is_folded_and_says_why(tmp_path: Path, qtbot: QtBot) -> None:
    session = in_a_brief(tmp_path)
    panel = shown(LabelsPanel(session), qtbot)

    row = layer(panel, "Claim").data(0, ROW)

    assert isinstance(row, LayerRow)
    assert row.reason == "on demand in: brief"
    assert not layer(panel, "Claim").isExpanded()
    assert layer(panel, "Entity").isExpanded()
    session.close_project()


def test_click_on_a_layer_folds_it_and_that_lasts(panel: LabelsPanel, session: Session, qtbot: QtBot) -> None:
    click_row(panel, layer(panel, "Entity"), qtbot)
    assert not layer(panel, "Entity").isExpanded()

    session.open_document(None)
    session.open_document("two")

    assert not layer(panel, "Entity").isExpanded()


def test_label_not_used_in_the_kind_of_document_cannot_be_chosen(tmp_path: Path, qtbot: QtBot) -> None:
    schema = 'name="s"\n[[layer]]\nid="news"\non=["article"]\nlabel=[{id="topic"}]\n'
    session = open_session(make_project(tmp_path / "brief.annotator", kind="brief", schema_toml=schema))
    panel = shown(LabelsPanel(session), qtbot)
    layer(panel, "News").setExpanded(True)
    asked: list[str] = []
    panel.label_clicked.connect(asked.append)

    click(panel, "Topic", qtbot)

    assert asked == []
    assert "not used in" in item(panel, "Topic").data(0, Qt.ItemDataRole.AccessibleTextRole)
    session.close_project()


def test_tooltip_tells_what_it_marks_its_key_and_the_use_in_the_project(
    panel: LabelsPanel, session: Session
) -> None:
    mark(session, "court", "District Court")
    session.open_document("two")
    mark(session, "court", "the court")
    panel.show_now()

    words = panel.tooltip(item(panel, "Court").data(0, ROW))

    assert "named court" in words
    assert "Key: 3" in words
    assert "1 here, 2 of yours in the project" in words


def test_screen_reader_is_told_name_key_and_count(panel: LabelsPanel, session: Session) -> None:
    mark(session, "court", "District Court")
    panel.show_now()

    assert item(panel, "Court").data(0, Qt.ItemDataRole.AccessibleTextRole) == "Court, key 3, 1 here"


def test_without_a_project_it_says_what_to_do(qtbot: QtBot) -> None:
    panel = shown(LabelsPanel(Session(open_project, workstation=WORKSTATION)), qtbot)

    assert panel.empty.isVisible()
    assert panel.tree.isHidden()
    assert "Open a project" in panel.empty.text.text()
