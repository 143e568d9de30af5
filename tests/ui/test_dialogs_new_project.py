"""The new project dialog: what it makes of the answers, and every reason why it does not go ahead."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

import resources
from tests.ui.showing import shown
from ui.dialogs.new_project import MOST_FAULTS, NewProjectDialog

BROKEN = """
name = "broken"
version = 0
[[layer]]
id = "a"
on = ["song"]
label = [{id="p", key="1"}, {id="q", key="1"}]
"""
SMALL = 'name = "small"\n[[layer]]\nid = "a"\nlabel = [{id="p", key="1"}]\n'


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> NewProjectDialog:
    dialog = shown(NewProjectDialog(who="Ana", folder=tmp_path), qtbot, width=600, height=330)
    dialog.name.setText("NSO appeal")
    return dialog


def choose_file(dialog: NewProjectDialog, path: Path) -> None:
    dialog.schema.setCurrentIndex(dialog.schema.count() - 1)
    dialog.file.setText(str(path))
    dialog.file.editingFinished.emit()


def test_answers_make_a_project_with_the_shipped_schema(dialog: NewProjectDialog, tmp_path: Path) -> None:
    dialog.accept()

    made = dialog.new_project()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert made.path == tmp_path / "NSO appeal.annotator"
    assert (made.name, made.lead_name) == ("NSO appeal", "Ana")
    assert made.schema_toml == resources.schema_text("legal-news")
    assert made.guidelines == resources.guideline_text("legal-news")


def test_contents_of_the_schema_are_told(dialog: NewProjectDialog) -> None:
    assert dialog.schema_words.text().startswith("Entity, Claim, Holding, Text: 20 labels")


def test_name_becomes_a_file_name_that_every_system_takes(dialog: NewProjectDialog, tmp_path: Path) -> None:
    dialog.name.setText('WhatsApp / NSO: "appeal".')

    assert dialog.new_project().path == tmp_path / "WhatsApp - NSO- -appeal-.annotator"
    assert dialog.new_project().name == 'WhatsApp / NSO: "appeal".'
    assert dialog.new_project().path.name in dialog.path_words.text()


def test_name_of_nothing_but_dots_is_refused(dialog: NewProjectDialog) -> None:
    dialog.name.setText(" .. ")

    dialog.accept()

    assert "name" in dialog.fault.text()


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("name", "  ", "Give the project a name."),
        ("who", "", "Say your name"),
        ("folder", "nowhere/at/all", "There is no folder"),
    ],
)
def test_missing_answer_is_told_at_its_field(
    dialog: NewProjectDialog, field: str, text: str, says: str
) -> None:
    line = getattr(dialog, field)
    line.setText(text)

    dialog.accept()

    assert dialog.result() == 0
    assert says in dialog.fault.text()
    assert line.hasFocus()


def test_file_that_exists_is_not_replaced(dialog: NewProjectDialog, tmp_path: Path) -> None:
    (tmp_path / "NSO appeal.annotator").write_text("here")

    dialog.accept()

    assert "NSO appeal.annotator exists already" in dialog.fault.text()


def test_schema_from_a_file_comes_with_the_guidelines_beside_it(
    dialog: NewProjectDialog, tmp_path: Path
) -> None:
    (tmp_path / "small.toml").write_text(SMALL, "utf-8")
    (tmp_path / "small.md").write_text("# Rules\n", "utf-8")

    choose_file(dialog, tmp_path / "small.toml")
    dialog.accept()

    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.new_project().schema_toml == SMALL
    assert dialog.new_project().guidelines == "# Rules\n"


def test_faults_of_a_schema_are_listed_and_the_dialog_shows_them_whole(
    dialog: NewProjectDialog, tmp_path: Path
) -> None:
    (tmp_path / "broken.toml").write_text(BROKEN, "utf-8")

    choose_file(dialog, tmp_path / "broken.toml")

    told = dialog.fault.text().splitlines()
    assert told[0] == "This label schema cannot be used."
    assert "The key 1 is given to P and Q; a key marks one label." in told
    assert dialog.fault.height() >= dialog.fault.heightForWidth(dialog.fault.width())
    dialog.accept()
    assert dialog.result() == 0


def test_many_faults_are_counted(dialog: NewProjectDialog, tmp_path: Path) -> None:
    labels = ", ".join(f'{{id="l{n}", colour="red"}}' for n in range(20))
    (tmp_path / "many.toml").write_text(f'name="m"\n[[layer]]\nid="a"\nlabel=[{labels}]\n', "utf-8")

    choose_file(dialog, tmp_path / "many.toml")

    told = dialog.fault.text().splitlines()
    assert len(told) == MOST_FAULTS + 1
    assert told[-1].startswith("And ")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xff\xfe\x00name", "no text in UTF-8"), (b"name = ", "not valid TOML")],
)
def test_file_that_is_no_schema_is_told(
    dialog: NewProjectDialog, tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "odd.toml").write_bytes(content)

    choose_file(dialog, tmp_path / "odd.toml")

    assert says in dialog.fault.text()


def test_missing_schema_file_is_told(dialog: NewProjectDialog, tmp_path: Path) -> None:
    choose_file(dialog, tmp_path / "gone.toml")

    assert "gone.toml cannot be read" in dialog.fault.text()


def test_schema_file_must_be_chosen_first(dialog: NewProjectDialog) -> None:
    dialog.schema.setCurrentIndex(dialog.schema.count() - 1)
    assert dialog.fault.isHidden()

    dialog.accept()

    assert dialog.fault.text() == "Choose the file of a label schema."
