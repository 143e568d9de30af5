"""Selecting on the page itself, picking spans there, scrolling and zooming."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from annotator.geometry import Box, Redaction
from annotator.model import Fragment
from annotator.page_text import PageText
from tests.ui.page_views import (
    ReadPages,
    click,
    columns_pdf,
    drag,
    order_pdf,
    page_view,
    place_of,
    point_at,
    selected_words,
    type_key,
)
from ui.views.overlay import PaintedSpan
from ui.views.page_view import PageView

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> Iterator[PageView]:
    with page_view(qtbot, order_pdf(), tmp_path) as view:
        yield view


def show_spans(view: PageView, *words: str) -> None:
    """Spans on the first places of the words, which are also their ids and labels."""
    text = view.text.text
    view.text.set_spans(
        [
            PaintedSpan(each, (Fragment(text.index(each), text.index(each) + len(each)),), each, "#D55E00")
            for each in words
        ]
    )


# -- selecting


def test_dragging_selects_whole_words(view: PageView) -> None:
    drag(view, place_of(view, "GRANTS"), place_of(view, "compel"))

    assert selected_words(view) == "GRANTS the motion to compel"


def test_dragging_back_selects_the_same_with_the_caret_at_its_start(view: PageView) -> None:
    drag(view, place_of(view, "compel"), place_of(view, "GRANTS"))

    assert selected_words(view) == "GRANTS the motion to compel"
    assert view.text.caret() == view.text.text.index("GRANTS")


def test_dragging_with_alt_selects_characters(view: PageView) -> None:
    start, end = place_of(view, "GRANTS", within=0.0), place_of(view, "GRANTS", within=0.5)

    drag(view, start, end, ALT)

    assert selected_words(view) == "GRA"
    assert view.text.is_exact


def test_character_mode_selects_characters(view: PageView) -> None:
    view.text.set_character_mode(True)

    drag(view, place_of(view, "GRANTS", within=0.0), place_of(view, "GRANTS", within=0.5))

    assert selected_words(view) == "GRA"


def test_dragging_over_lines_selects_in_reading_order(view: PageView) -> None:
    drag(view, place_of(view, "within"), place_of(view, "finds"))

    assert selected_words(view) == "within ten days.\n1.3 Judge Sample finds"


def test_dragging_goes_on_to_the_next_page(view: PageView) -> None:
    view.set_zoom(40)
    view.text.set_caret(0)

    drag(view, place_of(view, "denied"), place_of(view, "Section 2", within=0.2))

    assert selected_words(view).startswith("denied without prejudice.")
    assert selected_words(view).endswith("2.0 Section")


def test_double_click_selects_the_word(qtbot: QtBot, view: PageView) -> None:
    place = place_of(view, "harm").toPoint()

    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert selected_words(view) == "harm"


def test_shift_click_extends_the_selection(view: PageView) -> None:
    drag(view, place_of(view, "GRANTS"), place_of(view, "motion"))

    click(view, place_of(view, "compel"), SHIFT)

    assert selected_words(view) == "GRANTS the motion to compel"


def test_click_puts_the_caret_and_selects_nothing(view: PageView) -> None:
    drag(view, place_of(view, "GRANTS"), place_of(view, "motion"))

    click(view, place_of(view, "harm", within=0.0))

    assert selected_words(view) == ""
    assert view.text.caret() == view.text.text.index("harm")


def test_dragging_across_columns_selects_down_the_first_and_on_in_the_second(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with page_view(qtbot, columns_pdf(), tmp_path) as view:
        drag(view, place_of(view, "last words", within=0.1), place_of(view, "Another"))

        assert " ".join(selected_words(view).split()) == "last words are here. Another"


# -- keys


def test_arrows_go_by_the_lines_of_the_page(qtbot: QtBot, view: PageView) -> None:
    click(view, place_of(view, "Lantern", within=0.0))

    type_key(qtbot, view, Key.Key_Up)
    above = view.text.caret()
    type_key(qtbot, view, Key.Key_Down)

    assert above < view.text.text.index("1.2")
    assert view.text.caret() == view.text.text.index("Lantern")


def test_down_goes_on_to_the_next_page(qtbot: QtBot, view: PageView) -> None:
    view.text.set_caret(view.text.text.index("1.4"))

    type_key(qtbot, view, Key.Key_Down)

    assert view.pages is not None
    assert view.pages.page_of(view.text.caret()) == 1


def test_shift_and_arrow_select(qtbot: QtBot, view: PageView) -> None:
    click(view, place_of(view, "GRANTS", within=0.0))

    type_key(qtbot, view, Key.Key_Right, CONTROL, SHIFT)
    assert selected_words(view).strip() == "GRANTS"

    type_key(qtbot, view, Key.Key_End, SHIFT)
    assert selected_words(view) == "GRANTS the motion to compel."


# -- spans


def test_click_picks_the_innermost_span_and_again_the_next_further_out(view: PageView) -> None:
    show_spans(view, "the harm is irreparable", "harm")
    picked: list[str] = []
    view.text.span_clicked.connect(picked.append)

    for _ in range(3):
        click(view, place_of(view, "harm"))

    assert picked == ["harm", "the harm is irreparable", "harm"]


def test_click_on_a_chip_picks_its_span(view: PageView) -> None:
    show_spans(view, "the harm is irreparable")
    place = place_of(view, "the harm", within=0.05)
    above = (place - QPointF(0, step) for step in range(40))
    chip = next(point for point in above if view.chip_at(point) is not None)

    click(view, chip)

    assert view.text.selected_span() == "the harm is irreparable"


def test_dragging_a_handle_asks_for_whole_words(view: PageView) -> None:
    show_spans(view, "motion to compel")
    view.text.select_span("motion to compel")
    asked: list[tuple[Fragment, ...]] = []
    view.text.span_resized.connect(lambda _span, fragments: asked.append(fragments))
    end = view.text.text.index("compel") + len("compel")
    corner = point_at(view, end - 1, end, within=1.0)
    handle = next(
        corner + QPointF(0, step)
        for step in range(40)
        if view.handle_at(corner + QPointF(0, step)) is not None
    )

    drag(view, handle, place_of(view, "motion"))

    start = view.text.text.index("motion")
    assert asked == [(Fragment(start, start + len("motion")),)]


def test_tooltip_tells_the_label(view: PageView) -> None:
    show_spans(view, "the harm is irreparable")

    assert view.tooltip_at(place_of(view, "irreparable")) == "the harm is irreparable"


def test_tooltip_of_a_redaction_tells_that_there_is_text_but_not_which(view: PageView) -> None:
    redaction = Redaction("box", "the secret name", Box(100, 500, 300, 520))
    assert isinstance(view.pages, ReadPages)
    view.pages.texts[0] = PageText(replace(view.pages.texts[0].page, redactions=(redaction,)))
    box = view.placed(0).placed(redaction.box)

    words = view.tooltip_at(box.center())

    assert words.startswith("Redacted")
    assert "text under it" in words
    assert "secret" not in words


def test_redaction_is_hatched(view: PageView) -> None:
    redaction = Redaction("white", "", Box(100, 500, 300, 520))
    assert isinstance(view.pages, ReadPages)
    view.pages.texts[0] = PageText(replace(view.pages.texts[0].page, redactions=(redaction,)))
    box = view.placed(0).placed(redaction.box)

    shown = view.viewport().grab().toImage()

    row = [shown.pixelColor(x, round(box.center().y())) for x in range(round(box.left()), round(box.right()))]
    assert len({colour.name() for colour in row}) > 1
    assert any(colour.red() > colour.green() + 60 for colour in row)


def test_highlight_is_seen_on_the_page(view: PageView) -> None:
    place = place_of(view, "irreparable", within=0.0).toPoint()
    around = [(place.x() + x, place.y() + y) for x in range(1, 30) for y in range(-4, 5)]
    before = view.viewport().grab().toImage()

    show_spans(view, "the harm is irreparable")

    after = view.viewport().grab().toImage()
    assert any(before.pixelColor(*each).name() == "#ffffff" for each in around)
    assert not any(after.pixelColor(*each).name() == "#ffffff" for each in around)


def test_place_that_is_asked_for_in_the_text_comes_into_view_on_the_page(view: PageView) -> None:
    start = view.text.text.index("3.3")

    view.text.reveal(start, start + 3)

    assert 2 in view.visible_pages()


# -- scrolling and zoom


def test_going_to_a_page_draws_it_and_no_page_far_from_it(qtbot: QtBot, view: PageView) -> None:
    view.go_to_page(2)
    qtbot.waitUntil(lambda: view.is_drawn)

    assert view.page() == 2
    assert view.placed(2).picture is not None


def test_zoom_keeps_the_place(view: PageView) -> None:
    view.go_to_page(1)
    height = view.viewport().height() / 3
    before = view.place_at(height)

    view.zoom_in()

    assert view.zoom() > 60
    assert view.place_at(height) == before


def test_pages_fill_the_width_until_they_are_zoomed(view: PageView) -> None:
    page = view.placed(0).rect
    assert page.width() == pytest.approx(view.viewport().width(), abs=40)

    view.zoom_reset()
    assert view.zoom() == 100
    assert view.placed(0).rect.width() == pytest.approx(816, abs=1)

    view.set_zoom(None)
    assert view.placed(0).rect == page
