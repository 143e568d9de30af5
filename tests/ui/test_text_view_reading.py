"""Scrolling, zoom, and the column of the text view."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.text_views import (
    TEXT,
    open_view,
    place,
    words_of,
)
from ui.views.reading import ReadingStyle
from ui.views.text_view import TextView


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TextView]:
    yield from open_view(qtbot)


def test_place_is_restored(view: TextView) -> None:
    offset = TEXT.rindex("The company", 0, -900)
    view.restore_place(offset)
    found = view.place()
    view.restore_place(0)

    view.restore_place(found)

    assert view.place() == found
    assert abs(found - offset) < 80


def test_place_beyond_what_qt_can_lay_out_is_restored_as_far_as_it_goes(view: TextView) -> None:
    # As a view is laid out that has no room: letter by letter.
    text = "\n".join(["The harbor company keeps its lanterns in a shed beside the pier."] * 7000)
    view.show_text(text)
    view.document().setTextWidth(0)

    view.restore_place(len(text) - 10)

    assert view.verticalScrollBar().value() > 0


def test_place_far_down_is_restored_at_once(view: TextView) -> None:
    text = TEXT * 200
    view.show_text(text)
    offset = text.rindex("The order took")

    view.restore_place(offset)

    assert view.place() == offset


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


def test_place_stays_when_the_window_becomes_narrow(view: TextView) -> None:
    view.restore_place(TEXT.rindex("The company", 0, -1900))
    before = view.place()

    view.resize(380, 600)

    assert abs(view.place() - before) < 80


def test_narrow_window_takes_the_whole_width(view: TextView) -> None:
    view.resize(400, 600)

    assert view.viewport().x() == 0
