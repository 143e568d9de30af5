"""Ctrl+Shift+F: hits while one types, narrowed, and jumped to, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from annotator.geometry import Range
from annotator.services import annotating
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_window, press, select
from ui.main_window import MainWindow
from ui.panels import search
from ui.panels.search import SearchPanel

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
K = Qt.Key
TEXTS = {
    "one": "The court 😀 ruled.\nImmunity was denied by the court.\n",
    "two": "A court clerk wrote of immunities.\n",
    "three": "Nobody was heard.\n",
}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = make_project(tmp_path / "news.annotator", TEXTS)
    with open_window(qtbot, path) as window:
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> SearchPanel:
    press(qtbot, window, K.Key_F, CTRL, SHIFT)
    qtbot.waitUntil(window.searching.panel.field.hasFocus)
    return window.searching.panel


def settled(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.searching.panel
    qtbot.waitUntil(lambda: not panel._pause.isActive() and panel._job is None)


def look(qtbot: QtBot, window: MainWindow, typed: str) -> SearchPanel:
    panel = opened(qtbot, window)
    qtbot.keyClicks(panel.field, typed)
    settled(qtbot, window)
    return panel


def lines(panel: SearchPanel) -> list[str]:
    model = panel.list.rows
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def choose(qtbot: QtBot, window: MainWindow, box: QComboBox, words: str) -> None:
    box.setCurrentText(words)
    settled(qtbot, window)


def test_hits_come_under_their_documents_while_one_types(qtbot: QtBot, window: MainWindow) -> None:
    panel = look(qtbot, window, "court")

    assert lines(panel) == [
        "one",
        "The court 😀 ruled.",
        "Immunity was denied by the court.",
        "two",
        "A court clerk wrote of immunities.",
    ]
    assert panel.count.text() == "2 documents, 3 paragraphs"


def test_enter_opens_the_document_and_selects_the_words(qtbot: QtBot, window: MainWindow) -> None:
    window.session.open_document("three")
    look(qtbot, window, "immunit*")

    press(qtbot, window, K.Key_Down)
    press(qtbot, window, K.Key_Down)
    press(qtbot, window, K.Key_Return)

    assert window.session.document is not None
    assert window.session.document.id == "two"
    start = TEXTS["two"].index("immunities")
    assert window.view.selection() == Range(start, start + len("immunities"))
    assert window.view.hasFocus()


def test_enter_right_after_typing_goes_to_the_first_hit(qtbot: QtBot, window: MainWindow) -> None:
    panel = opened(qtbot, window)
    qtbot.keyClicks(panel.field, "clerk")

    press(qtbot, window, K.Key_Return)

    qtbot.waitUntil(window.view.hasFocus)
    assert window.session.document is not None
    assert window.session.document.id == "two"


def test_words_behind_an_emoji_are_selected_exactly(qtbot: QtBot, window: MainWindow) -> None:
    look(qtbot, window, "ruled")

    press(qtbot, window, K.Key_Return)

    place = window.view.selection()
    assert place is not None
    assert window.session.text[place.start : place.end] == "ruled"


def test_selected_words_are_looked_for(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "denied by")

    panel = opened(qtbot, window)
    settled(qtbot, window)

    assert panel.field.text() == '"denied by"'
    assert len(lines(panel)) == 2


def test_what_cannot_be_searched_for_is_told(qtbot: QtBot, window: MainWindow) -> None:
    panel = look(qtbot, window, '"the court')

    assert panel.told.isVisible()
    assert "not closed" in panel.told.text()
    panel.field.setText("nowhere")
    settled(qtbot, window)
    assert panel.told.text() == "No paragraph has these words."


def test_search_is_narrowed_by_kind_state_and_spans(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "court")
    press(qtbot, window, K.Key_3)
    panel = look(qtbot, window, "court")

    choose(qtbot, window, panel.state, "In progress")
    assert lines(panel)[0] == "one"
    assert len(lines(panel)) == 3
    choose(qtbot, window, panel.state, "Any state")
    choose(qtbot, window, panel.where, "In spans")
    assert lines(panel) == ["one", "The court 😀 ruled."]
    choose(qtbot, window, panel.label, "Judge")
    assert lines(panel) == []
    choose(qtbot, window, panel.where, "Outside spans")
    assert len(lines(panel)) == 5
    choose(qtbot, window, panel.kind, "Article")
    assert len(lines(panel)) == 5


def test_more_hits_come_when_one_goes_down(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PAGE", 2)
    panel = look(qtbot, window, "court")
    assert "the first 2 paragraphs" in panel.count.text()

    for _ in range(6):
        press(qtbot, window, K.Key_Down)
        settled(qtbot, window)

    assert len(lines(panel)) == 5
    assert panel.count.text() == "2 documents, 3 paragraphs"


def test_esc_goes_back_to_the_document(qtbot: QtBot, window: MainWindow) -> None:
    look(qtbot, window, "court")

    press(qtbot, window, K.Key_Escape)

    assert window.docks["search"].isHidden()
    assert window.view.hasFocus()


def test_closed_project_leaves_no_hits(qtbot: QtBot, window: MainWindow) -> None:
    panel = look(qtbot, window, "court")

    window.projects.close()

    assert lines(panel) == []
    assert window.docks["search"].isHidden()


def test_who_leads_narrows_to_the_spans_of_an_annotator(qtbot: QtBot, window: MainWindow) -> None:
    store = store_of(window.session)
    annotating.add_annotator(store, annotator=me(window.session), name="Bo")
    bo = next(person.id for person in store.annotators() if person.name == "Bo")
    annotating.highlight(store, annotator=bo, document="two", label="court", fragments=[(2, 7)])
    panel = look(qtbot, window, "court")
    choose(qtbot, window, panel.where, "In spans")
    assert lines(panel) == []

    choose(qtbot, window, panel.whose, "Bo")

    assert lines(panel) == ["two", "A court clerk wrote of immunities."]
    choose(qtbot, window, panel.whose, "of anybody")
    assert lines(panel)[0] == "two"
