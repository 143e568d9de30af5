"""Find spans: narrowed by boxes, gone to by keyboard, and whose spans somebody may search."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_window, press
from ui.main_window import MainWindow
from ui.panels.span_search import SpanSearchPanel

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
K = Qt.Key
TEXTS = {"one": "The court ruled on immunity.", "two": "A judge of the court wrote it."}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", TEXTS)) as window:
        session = window.session
        annotating.add_annotator(store_of(session), annotator=me(session), name="Bo")
        for document, label, words in (
            ("one", "court", "court"),
            ("one", "holding", "ruled on immunity"),
            ("two", "judge", "judge"),
        ):
            session.open_document(document)
            start = session.text.index(words)
            session.highlight(label, start, start + len(words))
        yield window


def settled(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.searching.spans
    qtbot.waitUntil(lambda: not panel._pause.isActive() and panel._job is None)


def opened(qtbot: QtBot, window: MainWindow) -> SpanSearchPanel:
    press(qtbot, window, K.Key_M, CTRL, SHIFT)
    qtbot.waitUntil(window.searching.spans.field.hasFocus)
    settled(qtbot, window)
    return window.searching.spans


def lines(panel: SpanSearchPanel) -> list[str]:
    model = panel.list.rows
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def choose(qtbot: QtBot, window: MainWindow, box: QComboBox, words: str) -> None:
    box.setCurrentText(words)
    assert box.currentText() == words
    settled(qtbot, window)


def test_all_spans_are_listed_and_narrowed_while_one_types(qtbot: QtBot, window: MainWindow) -> None:
    panel = opened(qtbot, window)
    assert panel.count.text() == "2 documents, 3 spans"

    qtbot.keyClicks(panel.field, "immunity")
    settled(qtbot, window)

    assert lines(panel)[0] == "one"
    assert "ruled on immunity" in lines(panel)[1]
    panel.field.setText("nothing")
    settled(qtbot, window)
    assert panel.told.text() == "No span is like that."


def test_enter_goes_to_the_span_in_its_document(qtbot: QtBot, window: MainWindow) -> None:
    panel = opened(qtbot, window)
    choose(qtbot, window, panel.label, "Court")

    press(qtbot, window, K.Key_Return)

    assert window.session.document is not None
    assert window.session.document.id == "one"
    span = window.session.selected_annotation
    assert span is not None
    assert span.quote.exact == "court"
    assert window.view.hasFocus()


def test_spans_are_narrowed_by_flag_attribute_and_state(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_flag(window.session.selected or "", flagged=True)
    window.session.set_work_state("done")
    panel = opened(qtbot, window)

    choose(qtbot, window, panel.where, "For discussion")
    assert [line.startswith("Judge !") for line in lines(panel)] == [False, True]
    choose(qtbot, window, panel.where, "Quote")
    assert "ruled on immunity" in lines(panel)[1]
    choose(qtbot, window, panel.where, "Words, notes, values")
    choose(qtbot, window, panel.state, "Done")
    assert panel.count.text() == "1 document, 1 span"


def test_who_leads_searches_everybodys_spans_and_an_annotator_only_their_own(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = opened(qtbot, window)
    assert [panel.whose.itemText(at) for at in range(panel.whose.count())] == ["Mine", "Anybody's", "Bo"]
    choose(qtbot, window, panel.whose, "Bo")
    assert lines(panel) == []

    bo = next(person.id for person in store_of(window.session).annotators() if person.name == "Bo")
    window.session.switch_annotator(bo)
    settled(qtbot, window)

    assert [panel.whose.itemText(at) for at in range(panel.whose.count())] == ["Mine"]
    assert lines(panel) == []


def test_span_of_somebody_else_is_selected_as_text(qtbot: QtBot, window: MainWindow) -> None:
    lee = me(window.session)
    store = store_of(window.session)
    bo = next(person.id for person in store.annotators() if person.name == "Bo")
    annotating.highlight(store, annotator=bo, document="one", label="law", fragments=[(19, 27)])
    assert lee == me(window.session)
    panel = opened(qtbot, window)
    choose(qtbot, window, panel.whose, "Bo")

    press(qtbot, window, K.Key_Return)

    selection = window.view.selection()
    assert selection is not None
    assert window.session.text[selection.start : selection.end] == "immunity"


def test_tab_leads_from_texts_to_spans(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_F, CTRL, SHIFT)
    qtbot.waitUntil(window.searching.panel.field.hasFocus)
    tabs = window.searching._tabs
    assert tabs is not None

    tabs.setCurrentIndex(1)
    settled(qtbot, window)

    assert tabs.currentWidget() is window.searching.spans
    assert window.searching.spans.count.text() == "2 documents, 3 spans"
