"""Who annotates: somebody of the project, or somebody new who joins it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from annotator.services.annotating import ANNOTATOR_COLOURS
from tests.ui.sessions import make_project, me, open_session, store_of
from tests.ui.showing import shown
from ui.dialogs.annotator import AnnotatorDialog
from ui.session import Session


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("project") / "news.annotator")


@pytest.fixture
def session(project: Path, tmp_path: Path) -> Iterator[Session]:
    session = open_session(Path(shutil.copy(project, tmp_path)))
    session.edit(lambda store: annotating.add_annotator(store, annotator=me(session), name="Ben"))
    yield session
    session.close_project()


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> AnnotatorDialog:
    return shown(AnnotatorDialog(session), qtbot, width=460, height=400)


def choose(dialog: AnnotatorDialog, begins: str) -> None:
    (item,) = dialog.list.findItems(begins, Qt.MatchFlag.MatchStartsWith)
    dialog.list.setCurrentItem(item)


def test_who_annotates_now_is_chosen_at_first(dialog: AnnotatorDialog) -> None:
    assert dialog.list.currentItem().text().startswith("Lee")
    assert dialog.new.isHidden()


def test_enter_lets_the_chosen_one_annotate(dialog: AnnotatorDialog, session: Session, qtbot: QtBot) -> None:
    choose(dialog, "Ben")

    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)

    assert session.annotator is not None
    assert session.annotator.name == "Ben"
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_somebody_new_joins_and_annotates(dialog: AnnotatorDialog, session: Session) -> None:
    choose(dialog, "Somebody new")
    dialog.new.name.setText("Cleo")
    dialog.new.role.setCurrentIndex(dialog.new.role.findData("reviewer"))
    dialog.new.colour.setCurrentIndex(3)

    dialog.accept()

    assert session.annotator is not None
    assert (session.annotator.name, session.annotator.role) == ("Cleo", "reviewer")
    assert session.annotator.colour == ANNOTATOR_COLOURS[3]
    assert session.annotator in store_of(session).annotators()


def test_colour_that_nobody_has_is_proposed(dialog: AnnotatorDialog, session: Session) -> None:
    taken = {person.colour for person in store_of(session).annotators()}

    choose(dialog, "Somebody new")

    assert dialog.new.colour.currentData() not in taken


@pytest.mark.parametrize(("name", "says"), [("ben", "already"), ("  ", "needs a name")])
def test_name_that_cannot_be_is_told_and_nobody_joins(
    dialog: AnnotatorDialog, session: Session, name: str, says: str
) -> None:
    choose(dialog, "Somebody new")
    dialog.new.name.setText(name)

    dialog.accept()

    assert says in dialog.fault.text()
    assert dialog.result() == 0
    assert len(store_of(session).annotators()) == 2
    assert dialog.new.name.hasFocus()


def test_esc_leaves_the_annotator_as_they_are(
    dialog: AnnotatorDialog, session: Session, qtbot: QtBot
) -> None:
    choose(dialog, "Ben")

    qtbot.keyClick(dialog.list, Qt.Key.Key_Escape)

    assert session.annotator is not None
    assert session.annotator.name == "Lee"
