"""A field for every kind of attribute: what is typed or chosen is kept if it fits, else told."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.ui.details import fields, line, mark, states, stored
from tests.ui.sessions import make_project, open_session
from tests.ui.showing import shown
from ui.panels.details import DetailsPanel
from ui.panels.themed import Words
from ui.session import Session

KINDS = """
name = "kinds"
attribute = [
  {id="several", for=["thing"], kind="choices", values=["red", "green", "blue"]},
  {id="is_new", for=["thing"], kind="bool"},
  {id="remark", for=["thing"], kind="text", default="none"},
  {id="amount", for=["thing"], kind="number"},
  {id="day", for=["thing"], kind="date"},
  {id="state", for=["thing"], values=["alabama", "alaska", "arizona", "arkansas", "california", "colorado",
    "delaware", "florida", "georgia", "hawaii", "idaho", "illinois", "indiana"]},
]
[[layer]]
id = "things"
label = [{id="thing", key="1"}]
"""


@pytest.fixture(scope="module")
def kinds_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("kinds") / "kinds.annotator", schema_toml=KINDS)


@pytest.fixture
def kinds(kinds_project: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[DetailsPanel, Session, str]]:
    session = open_session(Path(shutil.copy(kinds_project, tmp_path)))
    panel = shown(DetailsPanel(session), qtbot)
    yield panel, session, mark(session, "thing", "Norvel")
    session.close_project()


@pytest.mark.parametrize(
    ("attribute", "typed", "value"),
    [
        ("remark", "as the court says", "as the court says"),
        ("amount", "12", 12),
        ("amount", "0.5", 0.5),
        ("day", "2025-10", "2025-10"),
    ],
)
def test_typed_value_is_kept_on_enter(
    kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot, attribute: str, typed: str, value: object
) -> None:
    panel, session, span = kinds
    line(panel, attribute).setFocus()
    line(panel, attribute).clear()

    qtbot.keyClicks(line(panel, attribute), typed)
    qtbot.keyClick(line(panel, attribute), Qt.Key.Key_Return)

    assert stored(session, span).attributes[attribute] == value


@pytest.mark.parametrize(
    ("attribute", "typed", "says"),
    [
        ("amount", "many", "not a number"),
        ("day", "17 October", "not a date"),
        ("day", "2025-02-30", "not a date"),
    ],
)
def test_typed_value_that_does_not_fit_is_told_and_not_kept(
    kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot, attribute: str, typed: str, says: str
) -> None:
    panel, session, span = kinds
    line(panel, attribute).setFocus()

    qtbot.keyClicks(line(panel, attribute), typed)
    panel.span.certainty.setFocus()

    assert attribute not in stored(session, span).attributes
    assert line(panel, attribute).text() == ""
    told = [label.text() for label in fields(panel)[attribute].findChildren(Words) if label.isVisible()]
    assert len(told) == 1
    assert typed in told[0]
    assert says in told[0]


def test_typed_value_is_kept_when_another_span_is_selected(
    kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot
) -> None:
    panel, session, span = kinds
    other = mark(session, "thing", "Judge")
    session.select_span(span)
    line(panel, "amount").setFocus()
    qtbot.keyClicks(line(panel, "amount"), "7")

    session.select_span(other)

    assert stored(session, span).attributes["amount"] == 7
    assert "amount" not in stored(session, other).attributes


def test_emptied_line_takes_the_value_away(kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot) -> None:
    panel, session, span = kinds
    session.set_attribute(span, "amount", 3)
    panel.show_now()

    line(panel, "amount").setFocus()
    line(panel, "amount").clear()
    qtbot.keyClick(line(panel, "amount"), Qt.Key.Key_Return)

    assert "amount" not in stored(session, span).attributes


def test_enter_on_an_empty_line_takes_what_is_proposed(
    kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot
) -> None:
    panel, session, span = kinds
    session.set_attribute(span, "remark", None)
    panel.show_now()
    assert line(panel, "remark").placeholderText() == "none"

    line(panel, "remark").setFocus()
    qtbot.keyClick(line(panel, "remark"), Qt.Key.Key_Return)

    assert stored(session, span).attributes["remark"] == "none"


def test_esc_in_a_line_gives_the_keyboard_back(
    kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot
) -> None:
    panel, _, _ = kinds
    line(panel, "amount").setFocus()

    with qtbot.waitSignal(panel.done):
        qtbot.keyClick(line(panel, "amount"), Qt.Key.Key_Escape)


def test_several_values_are_kept_in_the_order_of_the_schema(
    kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot
) -> None:
    panel, session, span = kinds
    several = fields(panel)["several"]
    several.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(several, Qt.Key.Key_B)
    qtbot.keyClick(several, Qt.Key.Key_R)
    assert stored(session, span).attributes["several"] == ("red", "blue")

    qtbot.keyClick(several, Qt.Key.Key_B)
    qtbot.keyClick(several, Qt.Key.Key_R)
    assert "several" not in stored(session, span).attributes


def test_switch_has_yes_and_no(kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot) -> None:
    panel, session, span = kinds
    is_new = fields(panel)["is_new"]
    is_new.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(is_new, Qt.Key.Key_N)

    assert stored(session, span).attributes["is_new"] is False
    assert states(is_new) == {"no": "chosen"}


def test_choice_among_many_is_a_list_that_takes_letters(
    kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot
) -> None:
    panel, session, span = kinds
    box = fields(panel)["state"].findChild(QComboBox)
    assert box is not None
    box.setFocus()

    qtbot.keyClicks(box, "cal")

    assert stored(session, span).attributes["state"] == "california"


def test_list_can_be_set_back_to_nothing(kinds: tuple[DetailsPanel, Session, str], qtbot: QtBot) -> None:
    panel, session, span = kinds
    session.set_attribute(span, "state", "idaho")
    box = fields(panel)["state"].findChild(QComboBox)
    assert box is not None
    assert box.currentText() == "idaho"
    box.setFocus()

    qtbot.keyClick(box, Qt.Key.Key_Home)

    assert "state" not in stored(session, span).attributes
