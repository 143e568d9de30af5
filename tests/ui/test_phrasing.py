"""Keys that select names and clauses, and Shift with a label's key, in the text and on the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.page_views import open_pages, order_pdf, paged_project
from tests.ui.sessions import make_project
from tests.ui.windows import open_window, press, put_caret, select, spans
from ui.main_window import MainWindow

TEXT = (
    "Judge Ada Romero ruled for Acme. Acme said that it will pay, and that Romero was right. "
    "The Acme Bank did not.\n"
)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
K = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {"one": TEXT})) as window:
        window.session.open_document("one")
        window.view.setFocus()
        yield window


def selected(window: MainWindow) -> str:
    selection = window.view.selection()
    return "" if selection is None else window.session.text[selection.start : selection.end]


def test_w_selects_the_name_and_then_takes_in_words(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "Ada")

    press(qtbot, window, K.Key_W)
    assert selected(window) == "Judge Ada Romero"
    press(qtbot, window, K.Key_W)
    assert selected(window) == "Judge Ada Romero ruled"


def test_e_selects_to_the_end_of_the_clause_and_on(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "that it")

    press(qtbot, window, K.Key_E)
    assert selected(window) == "that it will pay"
    press(qtbot, window, K.Key_E)
    assert selected(window) == "that it will pay, and that Romero was right"
    press(qtbot, window, K.Key_C)

    assert spans(window)["that it will pay, and that Romero was right"].label == "claim"


def test_u_goes_to_the_next_name_that_is_not_marked(qtbot: QtBot, window: MainWindow) -> None:
    window.view.set_caret(0)
    press(qtbot, window, K.Key_U)
    press(qtbot, window, K.Key_4)
    press(qtbot, window, K.Key_U)
    press(qtbot, window, K.Key_1)

    press(qtbot, window, K.Key_U)
    assert selected(window) == "Acme"
    press(qtbot, window, K.Key_U)
    assert selected(window) == "Romero"
    press(qtbot, window, K.Key_U)
    assert selected(window) == "Acme Bank"
    press(qtbot, window, K.Key_U, SHIFT)
    assert selected(window) == "Romero"


def test_label_key_with_shift_marks_all_that_reads_the_same_in_one_step(
    qtbot: QtBot, window: MainWindow
) -> None:
    put_caret(window, "Acme.")

    press(qtbot, window, K.Key_1, SHIFT)

    places = sorted(span.start for span in window.session.annotations.values())
    assert places == [at for at in range(len(TEXT)) if TEXT.startswith("Acme", at)]
    assert window.session.selected_annotation is not None
    assert window.session.selected_annotation.start == TEXT.index("Acme.")
    assert window.status.currentMessage() == "3 places were marked."
    press(qtbot, window, K.Key_Z, CONTROL)
    assert window.session.annotations == {}


def test_label_key_with_shift_spares_what_is_marked(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "Acme Bank")
    press(qtbot, window, K.Key_1)
    put_caret(window, "Acme.")

    press(qtbot, window, K.Key_1, SHIFT)

    assert sorted(span.quote.exact for span in window.session.annotations.values()) == [
        "Acme",
        "Acme",
        "Acme Bank",
    ]
    press(qtbot, window, K.Key_1, SHIFT)
    assert "marked Organization by now" in window.status.currentMessage()


def test_k_and_p_go_by_sentences_and_paragraphs(qtbot: QtBot, window: MainWindow) -> None:
    window.view.set_caret(0)

    press(qtbot, window, K.Key_K)
    assert window.view.caret() == TEXT.index("Acme said")
    press(qtbot, window, K.Key_K)
    assert window.view.caret() == TEXT.index("The Acme Bank")
    press(qtbot, window, K.Key_K, SHIFT)
    assert window.view.caret() == TEXT.index("Acme said")
    press(qtbot, window, K.Key_P, SHIFT)
    assert window.view.caret() == 0


def test_keys_select_on_the_page_too(qtbot: QtBot, tmp_path: Path) -> None:
    with open_pages(qtbot, paged_project(tmp_path / "order.annotator", order_pdf())) as window:
        put_caret(window, "Lantern")

        press(qtbot, window, K.Key_W)
        assert selected(window).startswith("Lantern")
        press(qtbot, window, K.Key_1, SHIFT)
        assert any(span.label == "organization" for span in window.session.annotations.values())
        press(qtbot, window, K.Key_U)
        assert window.view.selection() is not None
        press(qtbot, window, K.Key_E)

        assert len(selected(window).split()) >= 1
