"""The hands on the page: label keys, arming, removing, undo and going work there as in the text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.page_views import (
    ORDER,
    click,
    drag,
    open_pages,
    order_pdf,
    paged_project,
    place_of,
    selected_words,
)
from tests.ui.windows import press, spans
from ui.main_window import MainWindow
from ui.views.page_view import PageView

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_pages(qtbot, paged_project(tmp_path / "order.annotator", order_pdf())) as window:
        yield window


@pytest.fixture
def view(window: MainWindow) -> PageView:
    return window.paging.view


def mark(window: MainWindow, label: str, words: str) -> None:
    """A span on the first place of the words, which is selected then."""
    start = window.session.text.index(words)
    assert window.session.highlight(label, start, start + len(words)) is not None


def test_label_key_marks_what_is_selected_on_the_page(
    qtbot: QtBot, window: MainWindow, view: PageView
) -> None:
    drag(view, place_of(view, "GRANTS"), place_of(view, "compel"))

    press(qtbot, window, Key.Key_R)

    assert spans(window)["GRANTS the motion to compel"].label == "order"


def test_label_key_marks_the_word_at_the_caret(qtbot: QtBot, window: MainWindow, view: PageView) -> None:
    click(view, place_of(view, "Lantern"))

    press(qtbot, window, Key.Key_1)

    assert spans(window)["Lantern"].label == "organization"


def test_armed_label_marks_what_is_dragged(window: MainWindow, view: PageView) -> None:
    window.marking.arm("order")

    drag(view, place_of(view, "denied"), place_of(view, "prejudice"))

    assert spans(window)["denied without prejudice"].label == "order"


def test_armed_label_marks_all_that_reads_as_what_is_dragged_with_ctrl(
    window: MainWindow, view: PageView
) -> None:
    window.marking.arm("order")

    drag(view, place_of(view, "denied"), place_of(view, "prejudice"), CONTROL)

    made = [span.quote.exact for span in window.session.annotations.values()]
    assert made == ["denied without prejudice"] * 3


def test_span_is_removed_and_comes_back_by_keys(qtbot: QtBot, window: MainWindow, view: PageView) -> None:
    mark(window, "order", "motion to compel")

    press(qtbot, window, Key.Key_Delete)
    assert spans(window) == {}

    press(qtbot, window, Key.Key_Z, CONTROL)
    assert "motion to compel" in spans(window)


def test_s_selects_the_sentence(qtbot: QtBot, window: MainWindow, view: PageView) -> None:
    click(view, place_of(view, "source"))

    press(qtbot, window, Key.Key_S)

    assert selected_words(view).endswith(ORDER[1])


def test_alt_and_arrow_move_the_end_of_the_span(qtbot: QtBot, window: MainWindow, view: PageView) -> None:
    mark(window, "order", "motion to")
    window.view.set_caret(window.session.text.index("motion to") + 3)

    press(qtbot, window, Key.Key_Right, ALT)

    assert "motion to compel" in spans(window)


def test_tab_selects_the_next_span_and_brings_it_into_view(
    qtbot: QtBot, window: MainWindow, view: PageView
) -> None:
    start = window.session.text.rindex("harm")
    window.session.highlight("finding", start, start + len("harm"))
    window.session.select_span(None)
    window.view.set_caret(0)
    view.go_to_page(0)

    press(qtbot, window, Key.Key_Tab)

    assert window.session.selected is not None
    assert 2 in view.visible_pages()
