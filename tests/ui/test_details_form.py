"""The form of the selected span: required attributes in turn, letters and digits, refusals."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from tests.factories import TEXT
from tests.ui.details import button, fields, mark, states, stored
from tests.ui.sessions import make_project, open_session
from tests.ui.showing import shown, together
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


def test_form_asks_for_required_attributes_first(panel: DetailsPanel, session: Session) -> None:
    mark(session, "order", "Norvel cannot claim immunity")

    assert list(fields(panel))[:2] == ["disposition", "issue"]
    assert set(fields(panel)) == {"disposition", "issue", "quote", "voice", "status", "opinion", "record"}


def test_label_words_and_values_of_the_span_are_shown(panel: DetailsPanel, session: Session) -> None:
    mark(session, "claim", "the company will appeal")
    panel.show_now()

    assert panel.span.chip.accessibleName() == "Claim"
    assert panel.span.quote.words.text() == "the company will appeal"
    assert states(fields(panel)["quote"]) == {"indirect": "chosen"}
    assert states(fields(panel)["act"]) == {}


def test_default_that_is_not_set_is_shown_as_a_proposal(panel: DetailsPanel, session: Session) -> None:
    span = mark(session, "claim", "the company will appeal")

    session.set_attribute(span, "quote", None)
    panel.show_now()

    assert states(fields(panel)["quote"]) == {"indirect": "proposed"}


def test_letter_sets_the_value_and_goes_to_the_next_required_attribute(
    panel: DetailsPanel, session: Session, qtbot: QtBot
) -> None:
    span = mark(session, "order", "Norvel cannot claim immunity")
    panel.focus_attributes()
    assert fields(panel)["disposition"].hasFocus()

    qtbot.keyClick(fields(panel)["disposition"], Qt.Key.Key_G)

    assert stored(session, span).attributes["disposition"] == "granted"
    assert fields(panel)["issue"].hasFocus()


def test_digit_sets_the_value_at_its_place(panel: DetailsPanel, session: Session, qtbot: QtBot) -> None:
    span = mark(session, "order", "Norvel cannot claim immunity")
    panel.focus_attributes()

    qtbot.keyClick(fields(panel)["disposition"], Qt.Key.Key_3)

    assert stored(session, span).attributes["disposition"] == "denied"


def test_after_the_last_required_attribute_the_keyboard_stays_and_esc_gives_it_back(
    panel: DetailsPanel, session: Session, qtbot: QtBot
) -> None:
    mark(session, "claim", "the company will appeal")
    panel.focus_attributes()
    act = fields(panel)["act"]
    qtbot.keyClick(act, Qt.Key.Key_A)
    assert act.hasFocus()

    with qtbot.waitSignal(panel.done):
        qtbot.keyClick(act, Qt.Key.Key_Escape)


def test_attributes_key_goes_to_the_required_one_that_is_not_set(
    panel: DetailsPanel, session: Session
) -> None:
    span = mark(session, "order", "Norvel cannot claim immunity")
    session.set_attribute(span, "disposition", "granted")

    panel.focus_attributes()

    assert fields(panel)["issue"].hasFocus()


def test_label_without_attributes_gives_the_keyboard_to_the_certainty(
    panel: DetailsPanel, session: Session
) -> None:
    mark(session, "judge", "Judge Ada Romero")

    panel.focus_attributes()

    assert panel.span.certainty.hasFocus()


def test_click_sets_a_value_and_a_second_click_takes_it_away(
    panel: DetailsPanel, session: Session, qtbot: QtBot
) -> None:
    span = mark(session, "claim", "the company will appeal")
    denies = button(fields(panel)["act"], "denies")

    qtbot.mouseClick(denies, Qt.MouseButton.LeftButton)
    assert stored(session, span).attributes["act"] == "denies"

    qtbot.mouseClick(denies, Qt.MouseButton.LeftButton)
    assert "act" not in stored(session, span).attributes


def test_arrows_and_space_choose_a_value(panel: DetailsPanel, session: Session, qtbot: QtBot) -> None:
    span = mark(session, "claim", "the company will appeal")
    panel.focus_attributes()
    act = fields(panel)["act"]

    qtbot.keyClick(act, Qt.Key.Key_Right)
    qtbot.keyClick(act, Qt.Key.Key_Space)

    assert stored(session, span).attributes["act"] == "alleges"


def test_enter_takes_what_is_proposed(panel: DetailsPanel, session: Session, qtbot: QtBot) -> None:
    span = mark(session, "claim", "the company will appeal")
    session.set_attribute(span, "quote", None)
    panel.show_now()
    quote = fields(panel)["quote"]
    quote.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(quote, Qt.Key.Key_Return)

    assert stored(session, span).attributes["quote"] == "indirect"


def test_up_and_down_go_through_all_fields(panel: DetailsPanel, session: Session, qtbot: QtBot) -> None:
    mark(session, "claim", "the company will appeal")
    panel.focus_attributes()
    act, quote, record = fields(panel).values()

    qtbot.keyClick(act, Qt.Key.Key_Down)
    assert quote.hasFocus()
    qtbot.keyClick(quote, Qt.Key.Key_Down)
    qtbot.keyClick(record, Qt.Key.Key_Down)
    assert panel.span.certainty.hasFocus()
    qtbot.keyClick(panel.span.certainty, Qt.Key.Key_Up)
    assert record.hasFocus()


def test_refused_value_is_not_shown_and_keeps_the_keyboard(
    panel: DetailsPanel, session: Session, qtbot: QtBot
) -> None:
    first = mark(session, "claim", "the company will appeal")
    session.set_attribute(first, "act", "asserts")
    second = mark(session, "claim", "the company will appeal")
    panel.focus_attributes()
    act = fields(panel)["act"]

    with qtbot.waitSignal(session.refused):
        qtbot.keyClick(act, Qt.Key.Key_A)

    assert "act" not in stored(session, second).attributes
    assert states(act) == {}
    assert act.hasFocus()


def test_letter_that_is_a_command_of_the_window_chooses_a_value_here(session: Session, qtbot: QtBot) -> None:
    panel = DetailsPanel(session)
    window = together(panel)
    fired: list[str] = []
    QShortcut(QKeySequence("A"), window, lambda: fired.append("A"))
    shown(window, qtbot)
    span = mark(session, "claim", "the company will appeal")
    panel.focus_attributes()

    qtbot.keyClick(fields(panel)["act"], Qt.Key.Key_A)

    assert fired == []
    assert stored(session, span).attributes["act"] == "asserts"


def test_certainty_is_set_by_its_letter(panel: DetailsPanel, session: Session, qtbot: QtBot) -> None:
    span = mark(session, "judge", "Judge Ada Romero")
    panel.focus_attributes()

    qtbot.keyClick(panel.span.certainty, Qt.Key.Key_U)

    assert stored(session, span).certainty == "unsure"
    assert states(panel.span.certainty) == {"unsure": "chosen"}


def test_certainty_cannot_be_taken_away(panel: DetailsPanel, session: Session, qtbot: QtBot) -> None:
    span = mark(session, "judge", "Judge Ada Romero")

    qtbot.mouseClick(button(panel.span.certainty, "sure"), Qt.MouseButton.LeftButton)

    assert stored(session, span).certainty == "sure"


def test_same_form_serves_the_next_span_of_the_label(panel: DetailsPanel, session: Session) -> None:
    first = mark(session, "claim", "the company will appeal")
    panel.show_now()
    form = panel.span.form
    mark(session, "judge", "Judge Ada Romero")
    panel.show_now()
    assert panel.span.form is not form

    session.select_span(first)
    panel.show_now()

    assert panel.span.form is form


def test_form_follows_an_undo(panel: DetailsPanel, session: Session) -> None:
    span = mark(session, "claim", "the company will appeal")
    session.set_attribute(span, "act", "denies")

    session.undo()

    assert session.selected == span
    assert states(fields(panel)["act"]) == {}


def test_relabelled_span_has_the_form_of_its_new_label(panel: DetailsPanel, session: Session) -> None:
    span = mark(session, "claim", "the company will appeal")

    session.relabel(span, "source")

    assert list(fields(panel)) == ["source_kind"]


def test_click_on_a_value_leaves_the_keyboard_in_the_text(session: Session, qtbot: QtBot) -> None:
    text, panel = QTextEdit(), DetailsPanel(session)
    _window = shown(together(text, panel), qtbot, height=900)
    span = mark(session, "claim", "the company will appeal")
    text.setFocus()

    qtbot.mouseClick(button(fields(panel)["act"], "denies"), Qt.MouseButton.LeftButton)

    assert text.hasFocus()
    assert stored(session, span).attributes["act"] == "denies"
