"""The text view from outside: its text, and selecting in it with mouse and keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from annotator.geometry import Range
from tests.ui.text_views import (
    ALT,
    LEFT,
    PLAIN,
    SHIFT,
    TEXT,
    drag,
    middle_of,
    move,
    open_view,
    place,
    span,
    words_of,
)
from ui.views.text_view import TextView


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TextView]:
    yield from open_view(qtbot)


# -- text


def test_offsets_count_code_points_behind_an_emoji(view: TextView) -> None:
    view.select(*place("covers"))

    assert view.selection() == Range(*place("covers"))
    assert view.textCursor().selectedText() == "covers"


def test_copy_gives_the_stored_text(view: TextView) -> None:
    text = "No.\u00a04:19-cv\nSecond line\ufdd0 here"
    view.show_text(text)

    view.select(0, len(text))
    view.copy()

    assert QGuiApplication.clipboard().text() == text


def test_other_text_comes_without_spans_and_selection(view: TextView) -> None:
    view.set_spans([span("claim", "cannot claim immunity")])
    view.select_span("claim")

    view.show_text("Another text.")

    assert (view.text, view.selected_span(), view.spans_at(3), view.selection()) == (
        "Another text.",
        None,
        (),
        None,
    )


def test_text_takes_no_typing(qtbot: QtBot, view: TextView) -> None:
    qtbot.keyClicks(view, "x1")
    qtbot.keyClick(view, Qt.Key.Key_Delete)

    assert view.toPlainText() == TEXT


def test_empty_text_can_be_shown_and_moved_in(qtbot: QtBot, view: TextView) -> None:
    view.clear()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    view.reveal(0, 0)
    view.restore_place(0)

    assert (view.caret(), view.place(), view.next_span(1)) == (0, 0, None)
    assert not view.grab().isNull()


# -- selecting with the mouse


def test_drag_selects_whole_words(qtbot: QtBot, view: TextView) -> None:
    with qtbot.waitSignals([view.selection_made, view.text_selection_changed]):
        drag(qtbot, view, middle_of(view, "le ruled"), middle_of(view, "mpany cannot"))

    assert words_of(view.selection()) == "Hale ruled that the company"
    assert view.caret() == place("company cannot").start + len("company")


def test_drag_backwards_leaves_the_caret_in_front(qtbot: QtBot, view: TextView) -> None:
    drag(qtbot, view, middle_of(view, "mpany cannot"), middle_of(view, "le ruled"))

    assert words_of(view.selection()) == "Hale ruled that the company"
    assert view.caret() == place("Hale ruled").start


def test_words_are_shown_as_selected_while_the_mouse_drags(qtbot: QtBot, view: TextView) -> None:
    changes: list[Range | None] = []
    view.text_selection_changed.connect(lambda: changes.append(view.selection()))
    qtbot.mousePress(view.viewport(), LEFT, PLAIN, middle_of(view, "le ruled"))
    move(view, middle_of(view, "uled that"))

    assert words_of(view.selection()) == "Hale ruled"
    assert changes == []
    qtbot.mouseRelease(view.viewport(), LEFT, PLAIN, middle_of(view, "uled that"))
    assert [words_of(each) for each in changes] == ["Hale ruled"]


def test_drag_with_alt_selects_characters(qtbot: QtBot, view: TextView) -> None:
    drag(qtbot, view, middle_of(view, "le ruled"), middle_of(view, "uled that"), ALT)

    assert words_of(view.selection()) in ("le r", "e r", "le ru", "e ru")
    assert view.is_exact


def test_character_mode_selects_characters(qtbot: QtBot, view: TextView) -> None:
    view.set_character_mode(True)
    drag(qtbot, view, middle_of(view, "le ruled"), middle_of(view, "uled that"))

    assert words_of(view.selection()) in ("le r", "e r", "le ru", "e ru")


def test_exactness_ends_with_the_selection_that_was_made_with_alt(qtbot: QtBot, view: TextView) -> None:
    drag(qtbot, view, middle_of(view, "le ruled"), middle_of(view, "uled that"), ALT)
    view.set_caret(0)

    assert not view.is_exact


def test_drag_from_inside_a_selection_begins_a_new_one(qtbot: QtBot, view: TextView) -> None:
    view.select(*place("Judge Hale ruled that the company"))
    drag(qtbot, view, middle_of(view, "ruled that"), middle_of(view, "at the company"))

    assert words_of(view.selection()) == "ruled that"


def test_unsteady_click_selects_nothing(qtbot: QtBot, view: TextView) -> None:
    point = middle_of(view, "ruled that")
    drag(qtbot, view, point, point + QPoint(2, 1))

    assert view.selection() is None


def test_double_click_selects_the_word(qtbot: QtBot, view: TextView) -> None:
    with qtbot.waitSignal(view.selection_made):
        qtbot.mouseDClick(view.viewport(), LEFT, pos=middle_of(view, "immunity.", last=False))

    assert words_of(view.selection()) == "immunity"


def test_third_click_selects_the_paragraph(qtbot: QtBot, view: TextView) -> None:
    point = middle_of(view, "order took")
    qtbot.mouseDClick(view.viewport(), LEFT, pos=point)
    qtbot.mouseClick(view.viewport(), LEFT, pos=point)

    assert words_of(view.selection()) == "The order took effect at once 😀 and covers every user."


def test_press_beside_the_column_counts_as_one_at_its_edge(qtbot: QtBot, view: TextView) -> None:
    view.resize(1600, 600)
    edge = view.viewport().x()
    assert edge > 100
    start = middle_of(view, "Judge Hale") + QPoint(edge, 0)

    end = middle_of(view, "uled that") + QPoint(edge, 0)
    qtbot.mousePress(view, LEFT, PLAIN, QPoint(30, start.y()))
    global_end = QPointF(view.mapToGlobal(end))
    QApplication.sendEvent(
        view,
        QMouseEvent(QEvent.Type.MouseMove, QPointF(end), global_end, Qt.MouseButton.NoButton, LEFT, PLAIN),
    )
    qtbot.mouseRelease(view, LEFT, PLAIN, end)

    assert words_of(view.selection()) == "Judge Hale ruled"


def test_gap_between_lines_belongs_to_the_nearer_line(qtbot: QtBot, view: TextView) -> None:
    start = middle_of(view, "le ruled")
    for below in range(0, 30, 2):
        end = middle_of(view, "mpany cannot") + QPoint(0, below - 14)
        drag(qtbot, view, start, end)
        assert words_of(view.selection()) == "Hale ruled that the company"


# -- selecting with the keyboard


def test_shift_and_arrows_select_to_the_letter(qtbot: QtBot, view: TextView) -> None:
    view.set_caret(place("ruled that").start + 1)
    with qtbot.waitSignal(view.text_selection_changed):
        for _ in range(3):
            qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)

    assert words_of(view.selection()) == "ule"
    assert not view.is_exact


def test_arrow_moves_over_an_emoji_in_one_step(qtbot: QtBot, view: TextView) -> None:
    view.set_caret(place("😀").start)
    qtbot.keyClick(view, Qt.Key.Key_Right)

    assert view.caret() == place("😀").end


@pytest.mark.parametrize(
    "keys",
    [
        *("1", "0", "c", "d", "B", ".", ",", "?", "S", "Tab", "Shift+Tab", "Return", "Enter", "Esc"),
        *("Backspace", "Delete", "Alt+Left", "Alt+Right", "Alt+Up", "Alt+Down", "F6", "Shift+F6"),
        *("Ctrl+Shift+Up", "Ctrl+Shift+Down", "Ctrl+Up", "Ctrl+Down", "Ctrl+Return", "Ctrl+Shift+D"),
        *("Ctrl+Z", "Ctrl+Y", "Ctrl+A", "Ctrl+K", "Ctrl+F", "Ctrl+C", "Ctrl+Alt+C"),
    ],
)
def test_keys_reach_the_shortcuts_of_the_window(qtbot: QtBot, keys: str) -> None:
    window, view = QMainWindow(), TextView()
    qtbot.addWidget(window)
    window.setCentralWidget(view)
    view.show_text(TEXT)
    action = QAction(window)
    action.setShortcut(QKeySequence(keys))
    window.addAction(action)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is view)

    with qtbot.waitSignal(action.triggered):
        qtbot.keySequence(view, keys)
    window.close()
