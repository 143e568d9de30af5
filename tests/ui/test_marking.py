"""The table of hands: what keys do to text and spans, in the real window."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model import Fragment
from tests.factories import TEXT
from tests.ui.sessions import make_project
from tests.ui.windows import dialog, open_window, press, put_caret, select, spans
from ui.dialogs.picker import Picker
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
K = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator")) as window:
        yield window


# -- what a label's key does


def test_selected_text_is_marked(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "that Norvel cannot claim immunity")

    press(qtbot, window, K.Key_D)

    assert spans(window)["that Norvel cannot claim immunity"].label == "holding"
    assert window.view.selection() is None


def test_phrase_is_selected_and_marked_by_keyboard_alone(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "Ada")
    press(qtbot, window, K.Key_Right, CTRL, SHIFT)
    press(qtbot, window, K.Key_Right, CTRL, SHIFT)

    press(qtbot, window, K.Key_4)

    assert spans(window)["Ada Romero"].label == "judge"


def test_word_at_the_caret_is_marked(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "Norvel cannot")

    press(qtbot, window, K.Key_1)

    assert spans(window)["Norvel"].label == "organization"


def test_key_of_the_same_layer_relabels_the_span_at_the_caret(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "Norvel cannot")
    press(qtbot, window, K.Key_1)

    press(qtbot, window, K.Key_5)

    assert {words: span.label for words, span in spans(window).items()} == {"Norvel": "product"}


def test_key_of_another_layer_adds_a_span_on_that_extent(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "the company will appeal")
    press(qtbot, window, K.Key_C)

    press(qtbot, window, K.Key_D)

    labels = sorted(span.label for span in window.session.annotations.values())
    assert labels == ["claim", "holding"]
    assert len({span.fragments for span in window.session.annotations.values()}) == 1


def test_word_is_marked_where_the_caret_has_moved_though_a_span_is_still_selected(
    qtbot: QtBot, window: MainWindow
) -> None:
    put_caret(window, "Norvel cannot")
    press(qtbot, window, K.Key_1)
    put_caret(window, "Romero")

    press(qtbot, window, K.Key_4)

    assert {words: span.label for words, span in spans(window).items()} == {
        "Norvel": "organization",
        "Romero": "judge",
    }


def test_armed_label_marks_every_selection_until_escape(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_1, CTRL, ALT)
    assert window.session.armed == "organization"

    for words in ("Norvel cannot", "Norvel’s"):
        put_caret(window, words)
        qtbot.keyPress(window.view, K.Key_Shift)
        press(qtbot, window, K.Key_Right, CTRL, SHIFT)
        qtbot.keyRelease(window.view, K.Key_Shift)
    press(qtbot, window, K.Key_Escape)
    select(window, "Ada")

    assert window.session.armed is None
    assert [span.label for span in window.session.annotations.values()] == ["organization"] * 2


def test_armed_label_marks_what_the_mouse_selects(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_3, CTRL, ALT)
    position = window.view.textCursor()
    position.setPosition(TEXT.index("District") + 2)
    point: QPoint = window.view.cursorRect(position).center()

    qtbot.mouseDClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=point)

    assert spans(window)["District"].label == "court"


def test_armed_label_marks_all_that_reads_the_same_with_ctrl_held(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_1, CTRL, ALT)
    position = window.view.textCursor()
    position.setPosition(TEXT.index("Norvel") + 2)
    point: QPoint = window.view.cursorRect(position).center()

    qtbot.mouseDClick(window.view.viewport(), Qt.MouseButton.LeftButton, CTRL, pos=point)

    made = [span.start for span in window.session.annotations.values()]
    assert sorted(made) == [match.start() for match in re.finditer("Norvel", TEXT)]
    press(qtbot, window, K.Key_Z, CTRL)
    assert not window.session.annotations


def test_key_disarms_where_nothing_is_selected(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_1, CTRL, ALT)

    press(qtbot, window, K.Key_1)

    assert window.session.armed is None
    assert window.session.annotations == {}


def test_source_of_the_selected_claim_is_marked_and_linked_in_one_step(
    qtbot: QtBot, window: MainWindow
) -> None:
    select(window, "the company will appeal")
    press(qtbot, window, K.Key_C)

    select(window, "Norvel’s lawyer")
    press(qtbot, window, K.Key_V)
    select(window, "said")
    press(qtbot, window, K.Key_X)

    claim = spans(window)["the company will appeal"]
    linked = {(r.type, r.target) for r in window.session.relations.values() if r.source == claim.id}
    assert linked == {
        ("source", spans(window)["Norvel’s lawyer"].id),
        ("cue", spans(window)["said"].id),
    }
    press(qtbot, window, K.Key_Z, CTRL)
    assert ("said" in spans(window), len(window.session.relations)) == (False, 1)


def test_digits_go_by_their_place_on_a_french_keyboard(window: MainWindow) -> None:
    put_caret(window, "Norvel cannot")
    scan_code = 10  # the key of the digit 1, which gives & there
    event = QKeyEvent(
        QEvent.Type.KeyPress, K.Key_Ampersand, Qt.KeyboardModifier.NoModifier, scan_code, 0, 0, "&"
    )

    QApplication.sendEvent(window.view, event)

    assert spans(window)["Norvel"].label == "organization"


def test_label_is_picked_by_name(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "District Court")
    press(qtbot, window, K.Key_Return)
    picker = dialog(qtbot, "picker")
    assert isinstance(picker, Picker)

    qtbot.keyClicks(picker.field, "cour")
    qtbot.keyClick(picker.field, K.Key_Return)

    assert spans(window)["District Court"].label == "court"


def test_white_space_alone_is_refused_in_words(qtbot: QtBot, window: MainWindow) -> None:
    end = TEXT.index("\n")
    window.view.select(end, end + 1)

    with qtbot.waitSignal(window.session.refused):
        press(qtbot, window, K.Key_D)

    assert "white space" in window.status.currentMessage()


# -- selecting


def test_sentence_is_selected(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "immunity")

    press(qtbot, window, K.Key_S)

    assert window.view.selection() == (0, TEXT.index("\n"))


def test_selection_grows_from_word_to_paragraph_and_shrinks_back(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "company")
    seen = []
    for _ in range(3):
        press(qtbot, window, K.Key_Up, CTRL, SHIFT)
        selection = window.view.selection()
        assert selection is not None
        seen.append(TEXT[selection.start : selection.end])
    assert seen[0] == "company"
    assert seen[1] == "Norvel’s lawyer said the company will appeal."
    assert seen[2] == TEXT.splitlines()[1]

    press(qtbot, window, K.Key_Down, CTRL, SHIFT)
    selection = window.view.selection()
    assert selection is not None
    assert TEXT[selection.start : selection.end] == seen[1]


# -- the selected span


def test_tab_goes_through_the_spans(qtbot: QtBot, window: MainWindow) -> None:
    for words in ("Ada Romero", "District Court"):
        select(window, words)
        press(qtbot, window, K.Key_3)
    press(qtbot, window, K.Key_Escape)
    window.view.set_caret(0)

    press(qtbot, window, K.Key_Tab)
    assert window.session.selected == spans(window)["Ada Romero"].id
    press(qtbot, window, K.Key_Tab)
    assert window.session.selected == spans(window)["District Court"].id
    press(qtbot, window, K.Key_Backtab, SHIFT)
    assert window.session.selected == spans(window)["Ada Romero"].id


def test_delete_removes_and_undo_brings_back(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "District Court")
    press(qtbot, window, K.Key_3)

    press(qtbot, window, K.Key_Delete)
    assert spans(window) == {}
    press(qtbot, window, K.Key_Z, CTRL)

    assert list(spans(window)) == ["District Court"]
    press(qtbot, window, K.Key_Z, CTRL, SHIFT)
    assert spans(window) == {}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (K.Key_Right, "Ada Romero of"),
        (K.Key_Left, "Ada"),
        (K.Key_Up, "Judge Ada Romero"),
        (K.Key_Down, "Romero"),
    ],
)
def test_alt_arrows_move_the_ends_by_a_word(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, words: str
) -> None:
    select(window, "Ada Romero")
    press(qtbot, window, K.Key_4)

    press(qtbot, window, key, ALT)

    assert list(spans(window)) == [words]


def test_held_key_is_one_change(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "Ada Romero")
    press(qtbot, window, K.Key_4)

    for _ in range(3):
        qtbot.keyPress(window.view, K.Key_Right, ALT)
    assert list(spans(window)) == ["Ada Romero"]
    qtbot.keyRelease(window.view, K.Key_Right, ALT)

    assert list(spans(window)) == ["Ada Romero of the District"]
    press(qtbot, window, K.Key_Z, CTRL)
    assert list(spans(window)) == ["Ada Romero"]


def test_selection_is_joined_to_the_span(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "the company will appeal")
    press(qtbot, window, K.Key_C)
    select(window, "We respect the court")

    press(qtbot, window, K.Key_J)

    span = next(iter(window.session.annotations.values()))
    first, second = TEXT.index("the company"), TEXT.index("We respect")
    assert span.fragments == (
        Fragment(first, first + len("the company will appeal")),
        Fragment(second, second + len("We respect the court")),
    )


def test_link_is_made_by_going_to_the_other_span(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "District Court")
    press(qtbot, window, K.Key_3)
    select(window, "that Norvel cannot claim immunity")
    press(qtbot, window, K.Key_D)

    press(qtbot, window, K.Key_L)
    assert "Holding" in window.status.mode.text()
    press(qtbot, window, K.Key_Tab)
    press(qtbot, window, K.Key_Return)

    relation = next(iter(window.session.relations.values()))
    holding, court = spans(window)["that Norvel cannot claim immunity"], spans(window)["District Court"]
    assert (relation.type, relation.source, relation.target) == ("issued_by", holding.id, court.id)
    assert window.status.mode.text() == ""
    assert window.session.selected == holding.id


def test_link_that_the_schema_lacks_is_refused_in_words(qtbot: QtBot, window: MainWindow) -> None:
    for words, key in (("District Court", K.Key_3), ("Ada Romero", K.Key_4)):
        select(window, words)
        press(qtbot, window, key)

    press(qtbot, window, K.Key_L)
    press(qtbot, window, K.Key_Tab)
    press(qtbot, window, K.Key_Return)

    assert "no link between" in window.status.currentMessage()
    press(qtbot, window, K.Key_Escape)
    assert not window.linking.is_on


def test_escape_lets_go_of_selection_first_and_span_second(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "District Court")
    press(qtbot, window, K.Key_3)
    select(window, "Ada")

    press(qtbot, window, K.Key_Escape)
    assert (window.view.selection(), window.session.selected is not None) == (None, True)
    press(qtbot, window, K.Key_Escape)
    assert window.session.selected is None


def test_attributes_and_note_are_reached_and_left_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "that Norvel cannot claim immunity")
    press(qtbot, window, K.Key_D)

    press(qtbot, window, K.Key_A)
    assert window.details.isAncestorOf(QApplication.focusWidget())
    press(qtbot, window, K.Key_Escape)
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_N)
    assert window.details.isAncestorOf(QApplication.focusWidget())


def test_letters_typed_into_the_search_box_label_nothing(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "District Court")
    press(qtbot, window, K.Key_L, CTRL)

    qtbot.keyClicks(QApplication.focusWidget(), "sdn3")

    assert window.documents.search.text() == "sdn3"
    assert window.session.annotations == {}
