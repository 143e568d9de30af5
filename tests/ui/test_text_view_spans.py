"""Spans in the text view: picking, replacing, announcing and dragging them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.text_views import (
    LEFT,
    PLAIN,
    TEXT,
    chip_of,
    click,
    drag,
    handle_of,
    middle_of,
    move,
    open_view,
    place,
    span,
)
from ui.views.text_view import TextView


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TextView]:
    yield from open_view(qtbot)


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


def test_spans_out_of_view_come_once_those_in_view_are_painted(qtbot: QtBot, view: TextView) -> None:
    judge, order = span("judge", "Judge Hale"), span("order", "The order")
    asked: list[bool] = []

    view.set_spans_in_view([judge], lambda: asked.append(True) or [judge, order])
    view.viewport().repaint()
    was_asked = bool(asked)

    qtbot.waitUntil(lambda: bool(asked))
    assert (was_asked, view.span("order")) == (False, order)


def test_spans_out_of_view_come_at_once_where_they_are_asked_for(view: TextView) -> None:
    judge, order = span("judge", "Judge Hale"), span("order", "The order")

    view.set_spans_in_view([judge], lambda: [judge, order])

    assert view.spans_at(order.start) == ("order",)


def test_text_that_is_seen_holds_what_is_in_view_and_no_more(view: TextView) -> None:
    at_top = view.seen()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())

    at_end = view.seen()

    assert (at_top.start, at_end.end) == (0, len(TEXT))
    assert 0 < at_top.end < at_end.start < len(TEXT)


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
