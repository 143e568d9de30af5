"""The details panel: the form of a span, its note and links, and the facts of a document."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from annotator.model import Annotation, Relation, annotator_set_id
from storage.store import open_project
from tests.factories import TEXT, find
from tests.ui.sessions import WORKSTATION, make_project, me, open_session, store_of
from tests.ui.showing import shown, together
from ui.panels.details import DetailsPanel
from ui.panels.fields import Field
from ui.panels.themed import Words
from ui.panels.value_button import ValueButton
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


def mark(session: Session, label: str, words: str) -> str:
    """Mark words and select the new span."""
    session.select_span(None)
    place = find(words, session.text)
    assert session.highlight(label, place.start, place.end) is not None
    assert session.selected is not None
    return session.selected


def stored(session: Session, span: str) -> Annotation:
    found = store_of(session).record(Annotation, span)
    assert found is not None
    return found


def fields(panel: DetailsPanel) -> dict[str, Field]:
    """The fields of the form of the selected span."""
    panel.show_now()
    form = panel.span.form
    assert form is not None
    return {field.attribute.id: field for field in form.findChildren(Field)}


def button(field: Field, words: str) -> ValueButton:
    return next(each for each in field.findChildren(ValueButton) if each.text() == words)


def states(field: Field) -> dict[str, str]:
    """The values of a field that are not free, and how they are shown."""
    shown_as = {each.text(): each.state for each in field.findChildren(ValueButton)}
    return {words: state for words, state in shown_as.items() if state != "free"}


# -- the form


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


# -- the note


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


# -- links


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


# -- the document


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


def test_click_on_a_value_leaves_the_keyboard_in_the_text(session: Session, qtbot: QtBot) -> None:
    text, panel = QTextEdit(), DetailsPanel(session)
    _window = shown(together(text, panel), qtbot, height=900)
    span = mark(session, "claim", "the company will appeal")
    text.setFocus()

    qtbot.mouseClick(button(fields(panel)["act"], "denies"), Qt.MouseButton.LeftButton)

    assert text.hasFocus()
    assert stored(session, span).attributes["act"] == "denies"


# -- every kind of attribute

KINDS = """
name = "kinds"
attribute = [
  {id="several", for=["thing"], kind="choices", values=["red", "green", "blue"]},
  {id="is_new", for=["thing"], kind="bool"},
  {id="remark", for=["thing"], kind="text", default="none"},
  {id="amount", for=["thing"], kind="number"},
  {id="day", for=["thing"], kind="date"},
  {id="page", for=["thing"], kind="link"},
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


def line(panel: DetailsPanel, attribute: str) -> QLineEdit:
    panel.show_now()
    found = fields(panel)[attribute].findChild(QLineEdit)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("attribute", "typed", "value"),
    [
        ("remark", "as the court says", "as the court says"),
        ("amount", "12", 12),
        ("amount", "0.5", 0.5),
        ("day", "2025-10", "2025-10"),
        ("page", "https://example.org/a", "https://example.org/a"),
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
        ("page", "two words", "spaces"),
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


def test_own_set_is_what_is_edited(panel: DetailsPanel, session: Session) -> None:
    span = mark(session, "judge", "Judge Ada Romero")
    panel.show_now()

    assert stored(session, span).set == annotator_set_id(me(session))
    assert "Lee" in panel.span.about.text()
    assert "by hand" in panel.span.about.text()
