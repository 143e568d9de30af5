"""The note of the selected span is never lost; its links are listed, followed, qualified and cut."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from annotator.model import Relation
from tests.factories import TEXT
from tests.ui.details import button, mark, states, stored
from tests.ui.sessions import make_project, open_session, store_of
from tests.ui.showing import shown, together
from ui.panels.details import DetailsPanel
from ui.panels.fields import Field
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


def test_note_is_kept_as_one_change_when_it_is_left(
    panel: DetailsPanel, session: Session, qtbot: QtBot
) -> None:
    span = mark(session, "judge", "Judge Ada Romero")
    panel.focus_note()
    changes: list[object] = []
    session.changed.connect(changes.append)

    qtbot.keyClicks(panel.span.note, "ask the lead")
    panel.span.certainty.setFocus()

    assert stored(session, span).note == "ask the lead"
    assert len(changes) == 1


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_note_is_kept_and_the_keyboard_given_back(
    panel: DetailsPanel, session: Session, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    span = mark(session, "judge", "Judge Ada Romero")
    panel.focus_note()
    qtbot.keyClicks(panel.span.note, "why")

    with qtbot.waitSignal(panel.done):
        qtbot.keyClick(panel.span.note, key, modifier)

    assert stored(session, span).note == "why"


def test_ctrl_enter_in_the_note_is_no_command_of_the_window(session: Session, qtbot: QtBot) -> None:
    panel = DetailsPanel(session)
    window = together(panel)
    fired: list[str] = []
    QShortcut(QKeySequence("Ctrl+Return"), window, lambda: fired.append("done"))
    shown(window, qtbot)
    span = mark(session, "judge", "Judge Ada Romero")
    panel.focus_note()
    qtbot.keyClicks(panel.span.note, "why")

    qtbot.keyClick(panel.span.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert fired == []
    assert stored(session, span).note == "why"


def test_note_that_is_being_written_goes_to_its_span_when_another_is_selected(
    panel: DetailsPanel, session: Session, qtbot: QtBot
) -> None:
    judge = mark(session, "judge", "Judge Ada Romero")
    court = mark(session, "court", "District Court")
    panel.focus_note()
    qtbot.keyClicks(panel.span.note, "about the court")

    with qtbot.waitSignal(panel.done):
        session.select_span(judge)
    panel.show_now()

    assert stored(session, court).note == "about the court"
    assert stored(session, judge).note == ""
    assert panel.span.note.toPlainText() == ""


def test_note_that_is_being_written_survives_other_edits_of_the_span(
    panel: DetailsPanel, session: Session, qtbot: QtBot
) -> None:
    span = mark(session, "judge", "Judge Ada Romero")
    panel.focus_note()
    qtbot.keyClicks(panel.span.note, "half a th")

    session.set_certainty(span, "likely")
    panel.show_now()

    assert panel.span.note.toPlainText() == "half a th"


def test_flush_keeps_what_was_typed(panel: DetailsPanel, session: Session, qtbot: QtBot) -> None:
    span = mark(session, "judge", "Judge Ada Romero")
    panel.focus_note()
    qtbot.keyClicks(panel.span.note, "before quitting")

    panel.flush()

    assert stored(session, span).note == "before quitting"


def test_closing_the_document_keeps_the_note(panel: DetailsPanel, session: Session, qtbot: QtBot) -> None:
    span = mark(session, "judge", "Judge Ada Romero")
    panel.focus_note()
    qtbot.keyClicks(panel.span.note, "last words")

    session.open_document(None)

    assert stored(session, span).note == "last words"


@pytest.fixture
def linked(panel: DetailsPanel, session: Session) -> dict[str, str]:
    """A holding that is issued by a judge and decides a claim; the holding is selected."""
    spans = {
        "judge": mark(session, "judge", "Judge Ada Romero"),
        "claim": mark(session, "claim", "the company will appeal"),
        "holding": mark(session, "holding", "Norvel cannot claim immunity"),
    }
    session.link("issued_by", spans["holding"], spans["judge"])
    session.link("decides", spans["holding"], spans["claim"])
    panel.show_now()
    return spans


def test_links_are_listed_with_the_span_at_the_other_end(
    panel: DetailsPanel, linked: dict[str, str], session: Session
) -> None:
    assert [row.accessibleName() for row in panel.span.links.rows()] == [
        "Issued by → Judge Ada Romero",
        "Decides → the company will appeal",
    ]

    session.select_span(linked["judge"])
    panel.show_now()

    assert [row.accessibleName() for row in panel.span.links.rows()] == [
        "← Issued by Norvel cannot claim immunity"
    ]


def test_enter_on_a_link_goes_to_the_other_span(
    panel: DetailsPanel, linked: dict[str, str], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.jump_to) as asked:
        qtbot.keyClick(panel.span.links.rows()[0], Qt.Key.Key_Return)

    assert asked.args == [linked["judge"]]


def test_click_on_a_link_goes_to_the_other_span(
    panel: DetailsPanel, linked: dict[str, str], qtbot: QtBot
) -> None:
    row = panel.span.links.rows()[1]
    with qtbot.waitSignal(panel.jump_to) as asked:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().topLeft() + QPoint(30, 8))

    assert asked.args == [linked["claim"]]


def test_delete_on_a_link_takes_it_away(
    panel: DetailsPanel, linked: dict[str, str], session: Session, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel.span.links.rows()[0], Qt.Key.Key_Delete)
    panel.show_now()

    assert {relation.type for relation in session.relations.values()} == {"decides"}
    assert len(panel.span.links.rows()) == 1


def test_link_is_qualified_by_its_choices(
    panel: DetailsPanel, linked: dict[str, str], session: Session, qtbot: QtBot
) -> None:
    row = panel.span.links.rows()[1]
    field = row.findChild(Field)
    assert field is not None

    qtbot.mouseClick(button(field, "rejects"), Qt.MouseButton.LeftButton)

    relation = next(each for each in session.relations.values() if each.type == "decides")
    assert store_of(session).record(Relation, relation.id) == relation
    assert relation.attributes == {"value": "rejects"}
    assert states(field) == {"rejects": "chosen"}


def test_link_into_another_document_names_it(panel: DetailsPanel, session: Session) -> None:
    there = mark(session, "holding", "Norvel cannot claim immunity")
    session.open_document("two")
    here = mark(session, "holding", "Norvel cannot claim immunity")

    session.link("reports", here, there)
    panel.show_now()

    assert [row.accessibleName() for row in panel.span.links.rows()] == [
        "Reports → Norvel cannot claim immunity (one)"
    ]


def test_link_of_another_annotator_is_not_listed(panel: DetailsPanel, session: Session) -> None:
    span = mark(session, "holding", "Norvel cannot claim immunity")
    assert store_of(session).relations_at(span) == ()

    assert panel.span.links.rows() == []
