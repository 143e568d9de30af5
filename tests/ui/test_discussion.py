"""Notes and flags for discussion, of spans and of the document; values that the schema does not have."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.change import make_change
from annotator.flags import FLAG, NOTE, is_flagged
from annotator.model import Annotation
from tests.ui.page_views import open_pages, order_pdf, paged_project
from tests.ui.sessions import make_project, store_of
from tests.ui.windows import open_window, press, spans
from ui.main_window import MainWindow

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "news.annotator", {"one": "The court ruled.\nIt was late."})


@pytest.fixture
def window(qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, path) as window:
        window.session.open_document("one")
        window.view.setFocus()
        yield window


def test_h_flags_the_span_and_takes_the_flag_away(qtbot: QtBot, window: MainWindow) -> None:
    window.session.highlight("court", 4, 9)

    press(qtbot, window, Key.Key_H)

    assert is_flagged(spans(window)["court"])
    assert window.painting.painted(spans(window)["court"]).chip == "Court !"
    press(qtbot, window, Key.Key_H)
    assert not is_flagged(spans(window)["court"])
    press(qtbot, window, Key.Key_Z, CONTROL)
    assert is_flagged(spans(window)["court"])


def test_h_flags_the_span_on_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    with open_pages(qtbot, paged_project(tmp_path / "order.annotator", order_pdf())) as window:
        start = window.session.text.index("motion")
        window.session.highlight("order", start, start + 6)

        press(qtbot, window, Key.Key_H)

        assert is_flagged(spans(window)["motion"])


def test_flag_is_reached_by_keys_from_the_attributes(qtbot: QtBot, window: MainWindow) -> None:
    window.session.highlight("court", 4, 9)

    press(qtbot, window, Key.Key_A)
    press(qtbot, window, Key.Key_Down)
    press(qtbot, window, Key.Key_Space)

    assert is_flagged(spans(window)["court"])


def test_document_has_a_note_and_a_flag_that_last(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.session.highlight("court", 4, 9)
    press(qtbot, window, Key.Key_N, SHIFT)
    qtbot.keyClicks(window.details.document.note.editor, "No byline; ask the desk.")
    press(qtbot, window, Key.Key_Escape)
    assert window.view.hasFocus()
    press(qtbot, window, Key.Key_H, SHIFT)
    window.projects.close()

    assert window.projects.open(path)
    window.session.open_document("one")

    labels = window.session.document_labels
    assert (labels[NOTE].value, labels[FLAG].value) == ("No byline; ask the desk.", True)
    press(qtbot, window, Key.Key_Z, CONTROL)
    assert set(window.session.document_labels) == {NOTE}


def test_note_is_kept_when_another_document_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    path = make_project(tmp_path / "two.annotator", {"one": "The court ruled.", "two": "It was late."})
    with open_window(qtbot, path) as window:
        window.session.open_document("one")
        window.marking.document_note()
        qtbot.keyClicks(window.details.document.note.editor, "one's own")

        window.session.open_document("two")

        assert window.session.document_labels == {}
        window.session.open_document("one")
        assert window.session.document_labels[NOTE].value == "one's own"


def test_values_outside_the_schema_are_shown_kept_and_can_be_taken_away(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.highlight("order", 0, 15)
    span = spans(window)["The court ruled"]
    imported = replace(span, attributes={**span.attributes, "speaker": "Bo", "disposition": "shelved"})
    change = make_change(
        "Import", annotator=window.session.annotator_id, document="one", before=(span,), after=(imported,)
    )
    store_of(window.session).apply(change)
    window.session.take(change)
    window.details.show_now()

    assert window.details.span.strange.shown() == ["speaker: Bo", "Disposition: shelved"]
    assert window.details.document._missing() == 2  # disposition and issue

    window.session.set_note(span.id, "kept")
    row = window.details.span.strange.rows()[0]
    row.setFocus()
    qtbot.keyClick(row, Key.Key_Delete)

    found = store_of(window.session).record(Annotation, span.id)
    assert found is not None
    assert "speaker" not in found.attributes
    assert found.attributes["disposition"] == "shelved"
