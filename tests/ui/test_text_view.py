"""The text view from outside: what it shows, selects, copies and tells."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from annotator.geometry import Range
from annotator.model import Fragment
from ui.views.overlay import PaintedSpan
from ui.views.reading import ReadingStyle
from ui.views.text_view import TextView

TEXT = (
    "Court rules on immunity\n"
    "Judge Hale ruled that the company cannot claim immunity. “We are pleased,” said its rival.\n"
    "The order took effect at once 😀 and covers every user.\n"
    + "The company has said that it will appeal the order to a higher court.\n"
    * 60
)
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TextView]:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show_text(TEXT)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    yield view
    view.close()


def place(words: str) -> Fragment:
    start = TEXT.index(words)
    return Fragment(start, start + len(words))


def span(id: str, *words: str) -> PaintedSpan:
    return PaintedSpan(id, tuple(place(each) for each in words), id, "#E69F00", f"{id} by Ana")


def middle_of(view: TextView, words: str, *, last: bool = False) -> QPoint:
    """A point of the viewport in the middle of the words' first character, or of their last."""
    offset = place(words).end - 1 if last else place(words).start
    before = view.textCursor()
    view.set_caret(offset)
    left = view.cursorRect()
    view.set_caret(offset + 1)
    right = view.cursorRect()
    view.setTextCursor(before)
    return QPoint((left.center().x() + right.center().x()) // 2, left.center().y() - left.height() // 8)


def move(view: TextView, point: QPoint, buttons: Qt.MouseButton = LEFT, modifiers: object = PLAIN) -> None:
    port = view.viewport()
    place = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, port.mapToGlobal(place), Qt.MouseButton.NoButton, buttons, modifiers
    )
    QApplication.sendEvent(port, event)


def drag(qtbot: QtBot, view: TextView, start: QPoint, end: QPoint, modifiers: object = PLAIN) -> None:
    qtbot.mousePress(view.viewport(), LEFT, modifiers, start)
    move(view, (start + end) / 2, modifiers=modifiers)
    move(view, end, modifiers=modifiers)
    qtbot.mouseRelease(view.viewport(), LEFT, modifiers, end)


def click(qtbot: QtBot, view: TextView, words: str) -> None:
    qtbot.mouseClick(view.viewport(), LEFT, pos=middle_of(view, words))


def words_of(selection: Range | None) -> str | None:
    return None if selection is None else TEXT[selection.start : selection.end]


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


# -- spans


def test_click_picks_the_innermost_span_and_again_the_ones_around_it(qtbot: QtBot, view: TextView) -> None:
    view.set_spans(
        [span("holding", "that the company cannot claim immunity"), span("company", "company cannot")]
    )
    clicked: list[str] = []
    view.span_clicked.connect(clicked.append)

    for _ in range(3):
        click(qtbot, view, "ompany cannot")

    assert clicked == ["company", "holding", "company"]
    assert view.selected_span() == "company"


def test_click_beside_spans_leaves_the_selected_one(qtbot: QtBot, view: TextView) -> None:
    view.set_spans([span("judge", "Judge Hale")])
    view.select_span("judge")

    click(qtbot, view, "rival")

    assert view.selected_span() == "judge"


def test_chip_picks_its_span_and_selects_no_text(qtbot: QtBot, view: TextView) -> None:
    view.set_spans(
        [span("holding", "that the company cannot claim immunity"), span("company", "company cannot")]
    )
    chip = chip_of(view, "company")

    qtbot.mouseClick(view.viewport(), LEFT, pos=chip)
    assert view.selected_span() == "company"

    with qtbot.waitSignal(view.span_activated) as activated:
        qtbot.mouseDClick(view.viewport(), LEFT, pos=chip)
    assert (activated.args, view.selection()) == (["company"], None)


def chip_of(view: TextView, span_id: str) -> QPoint:
    """A point on a span's chip, which is above its first letter."""
    shown = view.span(span_id)
    assert shown is not None
    start = middle_of(view, TEXT[shown.start : shown.end])
    points = (start - QPoint(0, up) for up in range(8, 30, 2))
    return next(point for point in points if view.chip_at(point) == span_id)


def test_chips_stand_in_the_gap_and_not_on_letters(view: TextView) -> None:
    view.set_spans([span("company", "company cannot")])
    chip = chip_of(view, "company")

    assert view.offset_at(chip) is None


def test_enter_activates_the_selected_span_unless_text_is_selected(qtbot: QtBot, view: TextView) -> None:
    view.set_spans([span("judge", "Judge Hale")])
    view.select_span("judge")
    with qtbot.waitSignal(view.span_activated):
        qtbot.keyClick(view, Qt.Key.Key_Return)

    view.select(*place("rival"))
    with qtbot.assertNotEmitted(view.span_activated):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_next_span_goes_on_from_the_selected_one_or_the_caret(view: TextView) -> None:
    view.set_spans([span("a", "Judge Hale"), span("b", "company cannot"), span("c", "rival")])
    view.set_caret(place("ruled that").start)

    assert (view.next_span(1), view.next_span(-1)) == ("b", "a")
    view.select_span("c")
    assert (view.next_span(1), view.next_span(-1)) == ("a", "b")


def test_replaced_spans_are_shown_in_place_of_the_others(view: TextView) -> None:
    view.set_spans([span("a", "Judge Hale"), span("b", "rival")])
    view.select_span("a")
    before = view.grab().toImage()

    view.replace_spans(["a"], [span("c", "company cannot")])

    assert view.selected_span() is None
    assert view.spans_at(place("company cannot").start) == ("c",)
    assert view.spans_at(place("Judge").start) == ()
    assert view.grab().toImage() != before


def test_selected_span_stays_selected_when_it_is_replaced(view: TextView) -> None:
    view.set_spans([span("a", "Judge Hale")])
    view.select_span("a")

    view.replace_spans(["a"], [span("a", "Hale ruled")])

    assert view.selected_span() == "a"


def test_span_is_selected_without_a_word_to_the_outside(qtbot: QtBot, view: TextView) -> None:
    view.set_spans([span("a", "Judge Hale")])
    with qtbot.assertNotEmitted(view.span_clicked):
        view.select_span("a")

    view.select_span("unknown")
    assert view.selected_span() is None


def test_selected_span_is_told_to_screen_readers(view: TextView) -> None:
    view.set_spans([span("order", "The order took effect", "covers every user")])
    view.select_span("order")
    assert view.accessibleDescription() == "order: The order took effect … covers every user"

    view.select_span(None)
    assert view.accessibleDescription() == ""


def test_spans_under_the_mouse_are_chip_or_text(view: TextView) -> None:
    view.set_spans(
        [span("holding", "that the company cannot claim immunity"), span("company", "company cannot")]
    )

    assert view.spans_under(middle_of(view, "ompany cannot")) == ("company", "holding")
    assert view.spans_under(chip_of(view, "holding")) == ("holding",)
    assert view.spans_under(middle_of(view, "rival")) == ()


# -- handles


def handle_of(view: TextView, words: str, *, is_start: bool) -> QPoint:
    """The middle of the handle at one end of the words."""
    corner = middle_of(view, words, last=not is_start)
    for down in range(0, 24, 2):
        for across in range(-12, 13, 3):
            handle = view.handle_at(corner + QPoint(across, down))
            if handle is not None and handle.is_start == is_start:
                return handle.middle.toPoint()
    raise AssertionError("there is no such handle")


def test_dragged_handle_asks_for_the_new_extent(qtbot: QtBot, view: TextView) -> None:
    view.set_spans([span("judge", "Hale ruled")])
    view.select_span("judge")

    with qtbot.waitSignal(view.span_resized) as resized:
        drag(qtbot, view, handle_of(view, "Hale ruled", is_start=False), middle_of(view, "ompany cannot"))

    assert resized.args == ["judge", (place("Hale ruled that the company"),)]
    assert view.selection() is None
    shown = view.span("judge")
    assert shown is not None
    assert shown.fragments == (place("Hale ruled"),)


def test_span_is_previewed_while_its_handle_is_dragged(qtbot: QtBot, view: TextView) -> None:
    view.set_spans([span("judge", "Hale ruled")])
    view.select_span("judge")
    qtbot.mousePress(view.viewport(), LEFT, PLAIN, handle_of(view, "Hale ruled", is_start=True))
    move(view, middle_of(view, "Judge Hale"))

    assert view.spans_at(place("Judge Hale").start) == ("judge",)
    qtbot.mouseRelease(view.viewport(), LEFT, PLAIN, middle_of(view, "Judge Hale"))


def test_handle_that_comes_back_changes_nothing(qtbot: QtBot, view: TextView) -> None:
    view.set_spans([span("judge", "Hale ruled")])
    view.select_span("judge")
    point = handle_of(view, "Hale ruled", is_start=False)

    with qtbot.assertNotEmitted(view.span_resized):
        drag(qtbot, view, point, point + QPoint(1, 0))


def test_only_the_selected_span_has_handles(view: TextView) -> None:
    view.set_spans([span("judge", "Hale ruled")])

    with pytest.raises(AssertionError):
        handle_of(view, "Hale ruled", is_start=False)


# -- scrolling, zoom and style


def test_place_is_restored(view: TextView) -> None:
    offset = TEXT.rindex("The company", 0, -900)
    view.restore_place(offset)
    found = view.place()
    view.restore_place(0)

    view.restore_place(found)

    assert view.place() == found
    assert abs(found - offset) < 80


def test_scrolling_is_told_once_it_rests(qtbot: QtBot, view: TextView) -> None:
    told: list[None] = []
    view.place_changed.connect(lambda: told.append(None))
    with qtbot.waitSignal(view.place_changed):
        for value in (100, 300, 500):
            view.verticalScrollBar().setValue(value)

    assert len(told) == 1


def test_reveal_scrolls_only_to_what_is_out_of_view(view: TextView) -> None:
    view.reveal(*place("rival"))
    assert view.verticalScrollBar().value() == 0

    last = len(TEXT) - 10
    view.reveal(last, last + 5)
    assert view.verticalScrollBar().value() > 0


def test_zoom_keeps_place_and_selection(qtbot: QtBot, view: TextView) -> None:
    view.select(*place("covers every"))
    offset = TEXT.rindex("The company", 0, -1900)
    view.restore_place(offset)
    before = view.place()

    with qtbot.waitSignal(view.zoom_changed) as changed:
        view.zoom_in()

    assert changed.args == [110]
    assert abs(view.place() - before) < 80
    assert words_of(view.selection()) == "covers every"


@pytest.mark.parametrize(("turn", "zoom"), [(120, 110), (-120, 90)])
def test_wheel_with_ctrl_zooms(view: TextView, turn: int, zoom: int) -> None:
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        view.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)

    assert view.zoom() == zoom
    view.zoom_reset()
    assert view.zoom() == 100


def test_zoom_has_ends(view: TextView) -> None:
    for _ in range(40):
        view.zoom_out()
    assert view.zoom() == 60
    view.set_zoom(900)
    assert view.zoom() == 300


def test_column_stays_in_the_middle_of_a_wide_window(view: TextView) -> None:
    view.resize(1800, 600)
    width = view.viewport().width()
    view.resize(2400, 600)

    assert view.viewport().width() == width
    assert abs(view.viewport().geometry().center().x() - view.rect().center().x()) <= 1


def test_column_width_follows_the_style(view: TextView) -> None:
    view.resize(1800, 600)
    width = view.viewport().width()

    view.set_reading(ReadingStyle(column_width=60))

    assert view.viewport().width() < width


def test_narrow_window_takes_the_whole_width(view: TextView) -> None:
    view.resize(400, 600)

    assert view.viewport().x() == 0
