"""The export dialog: what it offers, what it says will be written, and what it refuses."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from annotator.services.exporting import Selection
from tests.factories import TEXT, find
from tests.ui.sessions import make_project, me, open_session, store_of
from tests.ui.showing import shown
from ui.dialogs.export import ExportChoice, ExportDialog
from ui.session import Session


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents; Lee has marked two spans, Ben one."""
    path = make_project(tmp_path_factory.mktemp("project") / "news.annotator", {"one": TEXT, "two": TEXT})
    session = open_session(path)
    for words in ("Judge Ada Romero", "District Court"):
        session.highlight("judge", *find(words))
    session.edit(lambda store: annotating.add_annotator(store, annotator=me(session), name="Ben"))
    session.switch_annotator(person(session, "Ben"))
    session.highlight("judge", *find("Judge Ada Romero"))
    session.close_project()
    return path


@pytest.fixture
def session(project: Path, tmp_path: Path) -> Iterator[Session]:
    session = open_session(Path(shutil.copy(project, tmp_path)))
    yield session
    session.close_project()


def person(session: Session, name: str) -> str:
    return next(who.id for who in store_of(session).annotators() if who.name == name)


def make_dialog(session: Session, qtbot: QtBot, last: ExportChoice | None = None) -> ExportDialog:
    return shown(ExportDialog(session, last), qtbot, width=600, height=300)


def choose(dialog: ExportDialog, title: str) -> None:
    dialog.whose.setCurrentIndex(dialog.whose.findText(title))


def test_own_annotations_come_first_then_all_gold_and_the_others(session: Session, qtbot: QtBot) -> None:
    dialog = make_dialog(session, qtbot)

    titles = [dialog.whose.itemText(row) for row in range(dialog.whose.count())]

    assert titles == ["Mine (Lee)", "All annotators and gold", "Gold only", "Only Ben"]


@pytest.mark.parametrize(
    ("whose", "says"),
    [
        ("Mine (Lee)", "2 documents and 2 spans"),
        ("All annotators and gold", "2 documents and 3 spans"),
        ("Only Ben", "2 documents and 1 span "),
    ],
)
def test_what_will_be_written_is_counted(session: Session, qtbot: QtBot, whose: str, says: str) -> None:
    dialog = make_dialog(session, qtbot)

    choose(dialog, whose)

    assert says in dialog.summary.text()
    assert dialog.caution.isHidden()


def test_selection_without_spans_is_pointed_out(session: Session, qtbot: QtBot) -> None:
    dialog = make_dialog(session, qtbot)

    choose(dialog, "Gold only")

    assert "0 spans" in dialog.summary.text()
    assert "Nobody chosen here" in dialog.caution.text()


def test_answer_names_format_selection_and_file(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = make_dialog(session, qtbot)
    choose(dialog, "Only Ben")
    dialog.target.setText(str(tmp_path / "ben.jsonl"))

    dialog.accept()

    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.choice() == ExportChoice(
        "jsonl", Selection("annotator", person(session, "Ben")), tmp_path / "ben.jsonl"
    )


def test_last_choice_is_offered_again(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    last = ExportChoice("jsonl", Selection("gold"), tmp_path / "elsewhere.jsonl")

    dialog = make_dialog(session, qtbot, last)

    assert dialog.choice() == ExportChoice("jsonl", Selection("gold"), tmp_path / "news.jsonl")


def test_file_that_will_be_replaced_is_pointed_out(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text("{}")
    dialog = make_dialog(session, qtbot)

    dialog.target.setText(str(tmp_path / "old.jsonl"))

    assert "old.jsonl exists and will be replaced" in dialog.caution.text()


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("", "Say which file"),
        ("news.jsonl", "whole path"),
        ("{tmp}", "is a folder"),
        ("{tmp}/missing/news.jsonl", "There is no folder"),
        ("{tmp}/news.annotator", "is the project itself"),
    ],
)
def test_file_that_cannot_be_written_is_refused_with_a_reason(
    session: Session, qtbot: QtBot, tmp_path: Path, target: str, says: str
) -> None:
    dialog = make_dialog(session, qtbot)
    dialog.target.setText(target.format(tmp=tmp_path))

    dialog.accept()

    assert dialog.result() == 0
    assert says in dialog.fault.text()
