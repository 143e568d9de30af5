"""The details panel without a span: the facts of the document and how far the work is."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.model import annotator_set_id
from storage.store import open_project
from tests.factories import TEXT
from tests.ui.details import mark, stored
from tests.ui.sessions import WORKSTATION, make_project, me, open_session
from tests.ui.showing import shown
from ui.panels.details import DetailsPanel
from ui.session import Session


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project file that tests copy."""
    return make_project(tmp_path_factory.mktemp("project") / "news.annotator", {"one": TEXT, "two": TEXT})


@pytest.fixture
def session(project: Path, tmp_path: Path) -> Iterator[Session]:
    session = open_session(Path(shutil.copy(project, tmp_path)))
    yield session
    session.close_project()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> DetailsPanel:
    return shown(DetailsPanel(session), qtbot)


def test_without_a_span_the_facts_of_the_document_are_shown(panel: DetailsPanel, session: Session) -> None:
    assert panel.document.isVisible()
    assert panel.span.isHidden()
    assert panel.document.title.text() == "one"
    assert panel.document.kind.text() == "Article"
    assert panel.document.progress.text() == "To do · 0 spans"


def test_markup_in_a_document_is_shown_as_it_is(panel: DetailsPanel, session: Session) -> None:
    assert panel.document.title.textFormat() == Qt.TextFormat.PlainText
    assert panel.span.quote.words.textFormat() == Qt.TextFormat.PlainText


def test_progress_counts_spans_and_missing_values(panel: DetailsPanel, session: Session) -> None:
    mark(session, "order", "Norvel cannot claim immunity")
    mark(session, "judge", "Judge Ada Romero")

    session.select_span(None)
    panel.show_now()

    assert panel.document.progress.text() == "In progress · 2 spans: Holding 1, Entity 1"
    assert panel.document.missing.text() == "2 required attributes are not set."


def test_progress_follows_an_undo(panel: DetailsPanel, session: Session) -> None:
    mark(session, "judge", "Judge Ada Romero")
    session.select_span(None)

    session.undo()
    panel.show_now()

    assert panel.document.progress.text() == "To do · 0 spans"
    assert panel.document.missing.isHidden()


def test_without_a_document_it_says_what_it_is_for(qtbot: QtBot) -> None:
    panel = shown(DetailsPanel(Session(open_project, workstation=WORKSTATION)), qtbot)

    assert panel.empty.isVisible()
    assert "Select a span" in panel.empty.text.text()


def test_keys_do_nothing_while_no_span_is_selected(panel: DetailsPanel) -> None:
    panel.focus_attributes()
    panel.focus_note()

    assert not panel.span.note.hasFocus()


def test_own_set_is_what_is_edited(panel: DetailsPanel, session: Session) -> None:
    span = mark(session, "judge", "Judge Ada Romero")
    panel.show_now()

    assert stored(session, span).set == annotator_set_id(me(session))
    assert "Lee" in panel.span.about.text()
    assert "by hand" in panel.span.about.text()
