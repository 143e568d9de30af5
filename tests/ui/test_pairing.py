"""Two documents beside each other: by keyboard, linked, judged, followed, and there again after a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model import Relation
from tests import projects
from tests.ui.windows import dialog, open_window, press, put_caret
from ui.main_window import MainWindow
from ui.pairing.beside import Beside
from ui.stage import settle

ARTICLE = "Harrow told reporters that Norvel sent 40 messages through Oakland.\nThe judge saw it otherwise.\n"
ORDER = (
    "The motion was heard on March 6, 2025, in this courtroom.\n"
    "Harrow alleges that Norvel sent at least 40 test messages through servers in Oakland.\n"
    "The claim of Norvel to sovereign immunity fails, and the motion is denied.\n"
)
CLAIM = "that Norvel sent 40 messages through Oakland"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "news", text=ARTICLE, title="News")
        projects.add_document(store, "order", text=ORDER, title="Order", kind="order")
        projects.add_document(store, "other", text="Nothing at all.\n", title="Other")
        return store.path


@pytest.fixture
def window(qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, path) as window:
        window.session.open_document("news")
        yield window


def beside(qtbot: QtBot, window: MainWindow) -> Beside:
    """The order opened beside the article, its sentences taken apart."""
    press(qtbot, window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    picker = dialog(qtbot, "picker")
    qtbot.keyClicks(picker.field, "order")  # type: ignore[attr-defined]
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    found = window.pairing.beside
    assert found is not None
    candidates = window.pairing.candidates
    qtbot.waitUntil(lambda: candidates is not None and candidates.is_ready, timeout=20_000)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.view.setFocus()
    qtbot.waitUntil(window.view.hasFocus)
    return found


def mark_claim(window: MainWindow) -> str:
    start = window.session.text.index(CLAIM)
    window.session.highlight("claim", start, start + len(CLAIM))
    settle()
    assert window.session.selected is not None
    return window.session.selected


def proposed(view: Beside) -> list[str]:
    """The chips of the passages that are proposed, in text order."""
    return [each.span.chip for each in view.view.suggestions.overlapping(0, len(view.companion.text))]


def links(window: MainWindow) -> list[Relation]:
    return list(window.session.relations.values())


def shown(view: Beside) -> tuple[str, list[str]]:
    document = view.companion.document
    spans = [view.companion.text[each.start : each.end] for each in view.companion.annotations.values()]
    return ("" if document is None else document.id), spans


def test_claim_is_linked_to_its_passage_in_two_key_presses(qtbot: QtBot, window: MainWindow) -> None:
    other = beside(qtbot, window)
    claim = mark_claim(window)
    assert "1 Claim" in proposed(other)

    press(qtbot, window, Qt.Key.Key_L)
    press(qtbot, window, Qt.Key.Key_Return)

    (link,) = links(window)
    assert (link.type, link.source) == ("reports", claim)
    document, spans = shown(other)
    assert document == "order"
    assert spans == ["Harrow alleges that Norvel sent at least 40 test messages through servers in Oakland"]
    assert window.session.annotations[claim].attributes["record"] == "found"
    settle()
    assert [(each.is_leftward, each.is_strong) for each in window.pairing.drawn() if not each.is_open] == [
        (False, True)
    ]


def test_link_and_passage_are_undone_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    other = beside(qtbot, window)
    claim = mark_claim(window)
    press(qtbot, window, Qt.Key.Key_L)
    press(qtbot, window, Qt.Key.Key_Return)
    assert len(links(window)) == 1
    window.view.setFocus()

    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert links(window) == []
    assert shown(other) == ("order", [])
    assert "record" not in window.session.annotations[claim].attributes or (
        window.session.annotations[claim].attributes["record"] != "found"
    )


def test_verdict_has_several_values_certainty_and_note_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    beside(qtbot, window)
    mark_claim(window)
    press(qtbot, window, Qt.Key.Key_L)
    press(qtbot, window, Qt.Key.Key_Return)
    bar = window.pairing.verdicts.bar
    assert bar is not None
    assert bar.sentence.text().startswith("This claim reports the claim “Harrow alleges")
    assert bar.sentence.text().endswith("of Order")

    press(qtbot, window, Qt.Key.Key_O)
    press(qtbot, window, Qt.Key.Key_I)
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.keyClicks(QApplication.focusWidget(), "At least 40")
    press(qtbot, window, Qt.Key.Key_Return)

    (link,) = links(window)
    assert link.attributes["values"] == ("overstates", "omits_condition")
    assert (link.certainty, link.note) == ("likely", "At least 40")
    assert QApplication.focusWidget() is window.view
    press(qtbot, window, Qt.Key.Key_I)
    assert bar.isAncestorOf(QApplication.focusWidget())
    press(qtbot, window, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.view


def test_other_passages_are_gone_through_and_refused(qtbot: QtBot, window: MainWindow) -> None:
    other = beside(qtbot, window)
    mark_claim(window)
    first = other.view.focused
    count = len(proposed(other))
    assert count > 1

    press(qtbot, window, Qt.Key.Key_Period)
    assert other.view.focused != first
    press(qtbot, window, Qt.Key.Key_Comma)
    assert other.view.focused == first
    press(qtbot, window, Qt.Key.Key_Backspace)

    assert len(proposed(other)) == count - 1


def test_marked_holding_is_linked_as_it_is(qtbot: QtBot, window: MainWindow) -> None:
    other = beside(qtbot, window)
    press(qtbot, window, Qt.Key.Key_O)
    sentence = "Harrow alleges that Norvel sent at least 40 test messages through servers in Oakland"
    start = ORDER.index(sentence)
    window.session.highlight("finding", start + 20, start + len(sentence))
    press(qtbot, window, Qt.Key.Key_O)
    mark_claim(window)

    press(qtbot, window, Qt.Key.Key_L)
    press(qtbot, window, Qt.Key.Key_Return)

    assert shown(other)[1] == [sentence[20:]]
    assert len(links(window)) == 1


def test_sides_change_by_key_and_by_click_and_stay_where_they_are(qtbot: QtBot, window: MainWindow) -> None:
    other = beside(qtbot, window)
    left = window.pane.sides.widget(0)
    assert left is window.pane.document_side

    press(qtbot, window, Qt.Key.Key_O)

    assert window.session.document is not None
    assert window.session.document.id == "order"
    assert shown(other)[0] == "news"
    assert window.pane.sides.widget(0) is other
    assert QApplication.focusWidget() is window.view
    qtbot.mouseClick(other.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert window.session.document.id == "news"
    assert window.pane.sides.widget(0) is window.pane.document_side


def test_link_is_followed_to_the_other_side_and_back(qtbot: QtBot, window: MainWindow) -> None:
    beside(qtbot, window)
    claim = mark_claim(window)
    press(qtbot, window, Qt.Key.Key_L)
    press(qtbot, window, Qt.Key.Key_Return)
    press(qtbot, window, Qt.Key.Key_Escape)

    press(qtbot, window, Qt.Key.Key_G)

    assert window.session.document is not None
    assert window.session.document.id == "order"
    assert window.session.selected_annotation is not None
    assert window.pairing.is_open
    press(qtbot, window, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.selected == claim


def test_absence_from_the_record_goes_round_by_key(qtbot: QtBot, window: MainWindow) -> None:
    beside(qtbot, window)
    claim = mark_claim(window)
    said = []
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_M)
        said.append(window.session.annotations[claim].attributes["record"])

    assert said == ["searched_absent", "not_in_corpus", "not_searched"]


def test_pair_is_there_again_after_a_restart_until_it_is_closed(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    beside(qtbot, window)
    press(qtbot, window, Qt.Key.Key_O)
    window.close()

    with open_window(qtbot, path) as again:
        assert again.session.document is not None
        assert again.session.document.id == "order"
        assert again.pairing.is_open
        assert not again.pairing.is_main_left
        again.commands.actions["pair.close"].trigger()
        assert not again.pairing.is_open
        assert again.session.document.id == "order"
    with open_window(qtbot, path) as third:
        assert not third.pairing.is_open


def test_filing_beside_no_claim_proposes_nothing(qtbot: QtBot, window: MainWindow) -> None:
    other = beside(qtbot, window)
    put_caret(window, "Harrow")
    window.session.highlight("person", 0, 6)
    settle()

    assert proposed(other) == []
    press(qtbot, window, Qt.Key.Key_I)
    assert "no link into another document" in window.status.currentMessage()
