"""Suggestions in the window: outlined, gone through, accepted, relabelled, rejected; by keys and mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.model import Rejection, annotator_set_id
from annotator.services import annotating
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import dialog, open_window, press, put_caret, spans
from ui.dialogs.accept_above import AcceptAboveDialog
from ui.main_window import MainWindow
from ui.settings import Settings

TEXT = "Acme sued Bolt. Acme won, and Acme paid Bolt.\n"
K, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    ask_the_dictionary_alone()
    path = make_project(
        tmp_path / "news.annotator",
        {
            "one": TEXT,
            "two": "Bolt met Acme and Acme.\n",
            "three": "Acme Works lost. Acme paid Bolt, and Acme won.\n",
        },
    )
    with open_window(qtbot, path) as window:
        window.session.open_document("one")
        window.view.setFocus()
        yield window


def ask_the_dictionary_alone() -> None:
    settings = Settings.load()
    settings["suggesters"] = "dictionary"
    settings.save()


def turn_on(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_Period, CTRL)
    looked(qtbot, window)


def looked(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until what was to be looked for was."""
    window.suggesting.look()
    qtbot.waitUntil(lambda: not window.suggesting.is_looking)


def mark(qtbot: QtBot, window: MainWindow, words: str, key: Qt.Key = K.Key_1) -> None:
    put_caret(window, words)
    press(qtbot, window, key)
    looked(qtbot, window)


def starts(window: MainWindow) -> list[int]:
    return [each.start for each in window.suggesting.found]


def test_nothing_is_suggested_until_that_is_turned_on_which_is_remembered(
    qtbot: QtBot, window: MainWindow
) -> None:
    mark(qtbot, window, "Acme")
    press(qtbot, window, K.Key_Period)
    assert "Suggestions are off" in window.status.currentMessage()
    assert starts(window) == []

    turn_on(qtbot, window)

    assert starts(window) == [16, 30]
    assert Settings.load()["suggestions"] is True
    press(qtbot, window, K.Key_Period, CTRL)
    assert starts(window) == []
    assert len(window.view.suggestions) == 0
    assert Settings.load()["suggestions"] is False


def test_suggestions_are_outlined_with_their_origin_and_reason(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Acme")
    turn_on(qtbot, window)

    shown = window.view.shown(window.view.suggestions.at(16)[0])

    assert shown is not None
    assert shown.is_suggestion
    assert shown.chip == "Organization · dictionary"
    assert (
        shown.tooltip == "Suggested: Organization\ndictionary  ·  labelled Organization 1 of 1 times  ·  75 %"
    )


def test_keys_go_through_them_accept_relabel_and_let_go(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Acme")
    mark(qtbot, window, "Bolt")
    turn_on(qtbot, window)
    assert starts(window) == [16, 30, 40]
    window.view.set_caret(0)

    press(qtbot, window, K.Key_Period)
    assert window.view.caret() == 16
    assert window.pane.suggestion_bar.isVisible()
    press(qtbot, window, K.Key_Comma)
    assert window.view.caret() == 40  # round the ends
    press(qtbot, window, K.Key_Period)
    press(qtbot, window, K.Key_Escape)
    assert window.suggesting.focused is None
    assert window.pane.suggestion_bar.isHidden()

    press(qtbot, window, K.Key_Period)
    press(qtbot, window, K.Key_Return)
    accepted = window.session.selected_annotation
    assert accepted is not None
    assert (accepted.start, accepted.label, accepted.origin) == (16, "organization", "suggestion")
    assert window.view.caret() == 30  # and on to the next
    press(qtbot, window, K.Key_2)
    relabelled = window.session.selected_annotation
    assert relabelled is not None
    assert (relabelled.start, relabelled.label, relabelled.origin) == (30, "person", "suggestion")
    press(qtbot, window, K.Key_Z, CTRL)
    press(qtbot, window, K.Key_Z, CTRL)
    looked(qtbot, window)
    assert starts(window) == [16, 30, 40]


def test_the_one_in_focus_stays_so_when_what_was_accepted_makes_it_surer(
    qtbot: QtBot, window: MainWindow
) -> None:
    mark(qtbot, window, "Acme")
    turn_on(qtbot, window)
    window.view.set_caret(0)

    press(qtbot, window, K.Key_Period)
    press(qtbot, window, K.Key_Return)
    looked(qtbot, window)

    assert window.suggesting.focused is not None
    assert window.suggesting.focused.reason == "labelled Organization 2 of 2 times"
    press(qtbot, window, K.Key_Return)
    assert [span.start for span in window.session.annotations.values()] == [0, 16, 30]


def test_what_was_passed_over_does_not_come_back_when_the_next_at_its_beginning_is_accepted(
    qtbot: QtBot, window: MainWindow
) -> None:
    start = TEXT.index("Acme paid Bolt")
    window.session.highlight("claim", start, start + len("Acme paid Bolt"))
    window.session.open_document("three")
    window.session.highlight("organization", 0, len("Acme Works"))
    turn_on(qtbot, window)
    org, claim, last = window.suggesting.found
    assert org.start == claim.start
    window.view.set_caret(org.start)

    for key in (K.Key_Period, K.Key_Period, K.Key_Return):
        press(qtbot, window, key)

    assert [span.label for span in window.session.annotations.values()] == ["organization", "claim"]
    assert window.view.caret() == last.start


def test_shift_accepts_all_that_read_the_same_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Acme")
    mark(qtbot, window, "Bolt")
    turn_on(qtbot, window)
    window.view.set_caret(0)

    press(qtbot, window, K.Key_Period)
    press(qtbot, window, K.Key_Return, SHIFT)
    marked = window.session.annotations.values()
    assert [span.start for span in marked if span.origin == "suggestion"] == [16, 30]
    assert window.view.caret() == 40  # and on to the next

    press(qtbot, window, K.Key_Z, CTRL)
    looked(qtbot, window)
    window.view.set_caret(0)
    press(qtbot, window, K.Key_Period)
    press(qtbot, window, K.Key_2, SHIFT)
    marked = window.session.annotations.values()
    assert [(span.start, span.label) for span in marked if span.origin == "suggestion"] == [
        (16, "person"),
        (30, "person"),
    ]


def test_rejected_ones_go_at_once_and_stay_away_until_that_is_undone(
    qtbot: QtBot, window: MainWindow
) -> None:
    mark(qtbot, window, "Acme")
    mark(qtbot, window, "Bolt")
    turn_on(qtbot, window)
    window.view.set_caret(0)
    press(qtbot, window, K.Key_Period)

    press(qtbot, window, K.Key_Backspace)

    assert starts(window) == [40]
    assert window.view.caret() == 40
    looked(qtbot, window)
    assert starts(window) == [40]
    window.session.open_document("two")
    looked(qtbot, window)
    assert starts(window) == [0]
    window.session.open_document("one")
    qtbot.waitUntil(window.commands.actions["edit.undo"].isEnabled)
    press(qtbot, window, K.Key_Z, CTRL)
    looked(qtbot, window)
    assert starts(window) == [16, 30, 40]
    assert store_of(window.session).rejections(annotator_set_id(me(window.session))) == ()


def test_caret_that_moves_away_lets_go_and_a_selection_is_meant_first(
    qtbot: QtBot, window: MainWindow
) -> None:
    mark(qtbot, window, "Acme")
    turn_on(qtbot, window)
    window.view.set_caret(0)
    press(qtbot, window, K.Key_Period)
    window.view.select(16, 24)  # “Acme won”
    press(qtbot, window, K.Key_C)
    assert spans(window)["Acme won"].label == "claim"

    press(qtbot, window, K.Key_Period)
    window.view.set_caret(5)
    assert window.suggesting.focused is None


def test_all_above_are_accepted_from_a_preview_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Acme")
    mark(qtbot, window, "Bolt")
    turn_on(qtbot, window)

    press(qtbot, window, K.Key_Period, ALT)
    shown = dialog(qtbot, "accept_above")
    assert isinstance(shown, AcceptAboveDialog)
    assert shown.least.value() == 70  # as the setting has it
    shown.least.setValue(80)
    assert shown.go_on.isEnabled() is False  # labelled once is not that sure
    shown.least.setValue(70)
    assert shown.summary.text() == "3 of 3 suggestions"
    shown.list.rows.check([shown.list.rows.index(1)], False)
    assert shown.summary.text() == "2 of 3 suggestions"
    press(qtbot, window, K.Key_Return)

    assert [span.start for span in window.session.annotations.values() if span.origin == "suggestion"] == [
        16,
        30,
    ]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.view.setFocus()
    press(qtbot, window, K.Key_Z, CTRL)
    assert len(window.session.annotations) == 2


def test_what_reads_the_same_is_one_row_and_the_less_sure_follow_unchecked(
    qtbot: QtBot, window: MainWindow
) -> None:
    mark(qtbot, window, "Acme")
    press(qtbot, window, K.Key_1, SHIFT)  # and everywhere
    mark(qtbot, window, "Bolt")
    window.session.open_document("two")
    turn_on(qtbot, window)

    press(qtbot, window, K.Key_Period, ALT)
    shown = dialog(qtbot, "accept_above")
    assert isinstance(shown, AcceptAboveDialog)
    shown.least.setValue(90)
    rows = shown.list.rows
    listed = [rows.row_at(rows.index(number)) for number in range(rows.rowCount())]

    sure, heading, unsure = listed
    assert heading is None
    assert sure is not None
    assert unsure is not None
    assert (sure.pieces[0].text, sure.is_checked) == ("Acme", True)
    assert "2 places" in sure.remark
    assert (unsure.pieces[0].text, unsure.is_checked) == ("Bolt", False)
    rows.check([rows.index(2)], True)
    press(qtbot, window, K.Key_Return)
    assert sorted(span.start for span in window.session.annotations.values()) == [0, 9, 18]


def test_mouse_picks_a_suggestion_and_the_bar_decides(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Acme")
    turn_on(qtbot, window)
    bar = window.pane.suggestion_bar

    cursor = window.view.textCursor()
    cursor.setPosition(18)
    QTest.mouseClick(window.view.viewport(), LEFT, pos=window.view.cursorRect(cursor).center())
    assert window.suggesting.focused is not None
    QTest.mouseClick(bar.accept, LEFT)
    assert [span.start for span in window.session.annotations.values()] == [0, 16]
    QTest.mouseClick(bar.reject, LEFT)

    assert starts(window) == []
    assert bar.isHidden()
    assert window.view.hasFocus()
    assert "last suggestion" in window.status.currentMessage()


def test_decisions_are_in_the_history_of_the_document(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Acme")
    turn_on(qtbot, window)
    window.view.set_caret(0)
    press(qtbot, window, K.Key_Period)
    press(qtbot, window, K.Key_Return)
    press(qtbot, window, K.Key_Backspace)

    store = store_of(window.session)
    newest = [entry.title for entry in store.history("one", limit=2)]
    assert newest == ["Reject the suggestion Organization", "Accept Organization"]
    assert store.record(Rejection, store.rejections(annotator_set_id(me(window.session)))[0].id) is not None


def test_another_annotator_is_not_shown_what_the_first_would_be(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Acme")
    turn_on(qtbot, window)
    store = store_of(window.session)
    change = annotating.add_annotator(store, annotator=me(window.session), name="Ben")

    window.session.switch_annotator(change.after[0].id)
    looked(qtbot, window)

    assert starts(window) == []
