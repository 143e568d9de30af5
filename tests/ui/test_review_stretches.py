"""Columns over a long text: they show a stretch of it, with the unit that is gone to and its spans."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from tests import reviews
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import joined_by, open_review, open_window
from ui.main_window import MainWindow
from ui.review.column import STRETCH, Column
from ui.review.people import People
from ui.review.window import ReviewWindow

PLACES = 120
NAMES = ("Bo", "Cy")


def long_text(kind: str) -> str:
    """Paragraphs that each name somebody of their own."""
    paragraphs = (
        f"The motion of {kind} Number{number:03} was heard in open court on a Monday. "
        + "It was argued. " * 45
        for number in range(PLACES)
    )
    return "\n".join(paragraphs)


def marks(kind: str) -> dict[str, list[tuple[str, str]]]:
    """Bo and Cy mark all the same people, with different labels."""
    people = [f"{kind} Number{number:03}" for number in range(PLACES)]
    return {"Bo": [(each, "person") for each in people], "Cy": [(each, "judge") for each in people]}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        store = joined_by(window, NAMES)
        for kind in ("Clerk", "Agent"):
            reviews.marked(store, marks(kind), document=kind, text=long_text(kind))
        window.session.refresh()
        yield window


@pytest.fixture
def screen(qtbot: QtBot, window: MainWindow) -> ReviewWindow:
    screen = open_review(qtbot, window)
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.go_to("Clerk")
    return screen


def seen(column: Column) -> str:
    """The part of the stretch that is in view."""
    start, end = column.view.seen()
    return column.view.text[start:end]


def outlined(column: Column) -> str:
    span = column.view.span(column.view.selected_span())
    return "" if span is None else column.view.text[span.start : span.end]


def shown(column: Column) -> list[str]:
    """The words of all spans of the stretch, in order."""
    spans, text = column.view.spans, column.view.text
    names = (f"{kind} Number{number:03}" for kind in ("Clerk", "Agent") for number in range(PLACES))
    found = [name for name in names if name in text]
    assert len(spans) == len(found)
    for name in found:
        [span] = spans.at(text.index(name))
        painted = column.view.span(span)
        assert painted is not None
        assert text[painted.start : painted.end] == name
    return found


@pytest.mark.parametrize("places", [(0, 119), (119, 0), (60, 59, 61, 20, 21)])
def test_unit_that_is_gone_to_is_in_view_of_every_column(
    screen: ReviewWindow, places: tuple[int, ...]
) -> None:
    for place in places:
        screen.desk.go_to(place)
        QApplication.processEvents()

        name = f"Clerk Number{place:03}"
        for column in screen.columns.people:
            assert outlined(column) == name
            assert name in seen(column)
            assert name in shown(column)
        assert name in seen(screen.columns.gold)
        assert not screen.columns.gold.view.spans


def test_steps_to_and_fro_never_leave_the_unit_behind(qtbot: QtBot, screen: ReviewWindow) -> None:
    for key, count in ((Qt.Key.Key_Right, 60), (Qt.Key.Key_Left, 60)):
        for _ in range(count):
            qtbot.keyClick(screen, key)
            unit = screen.desk.unit
            assert unit is not None
            name = f"Clerk Number{screen.desk.place:03}"
            assert {outlined(column) for column in screen.columns.people} == {name}
            assert all(name in seen(column) for column in screen.columns.all)


def test_text_before_the_unit_can_be_scrolled_to_as_far_as_it_goes(screen: ReviewWindow) -> None:
    screen.desk.go_to(80)
    view = screen.columns.gold.view
    numbers = []
    for _ in range(6):
        view.verticalScrollBar().setValue(0)
        numbers.append(int(shown(screen.columns.people[0])[0][-3:]))
        up = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), up)
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] < 80 - STRETCH // 800


def test_other_document_shows_only_its_own_spans(screen: ReviewWindow) -> None:
    screen.desk.go_to(100)

    screen.go_to("Agent")

    for column in screen.columns.people:
        assert set(shown(column)) == {name for name in shown(column) if name.startswith("Agent")}
        assert outlined(column) == "Agent Number000"


@pytest.mark.parametrize("width", [900, 1280, 1700])
@pytest.mark.parametrize("height", [500, 700, 1000])
def test_text_fills_the_columns_whatever_size_the_window_gets(
    screen: ReviewWindow, width: int, height: int
) -> None:
    screen.desk.go_to(70)
    screen.resize(width, height)
    QApplication.processEvents()

    views = [column.view for column in screen.columns.people]
    assert len({view.viewport().width() for view in views}) == 1
    for view in views:
        assert view.document().textWidth() == view.viewport().width()
    assert all("Clerk Number070" in seen(column) for column in screen.columns.all)


def test_columns_stay_as_wide_whatever_is_said_of_the_unit(screen: ReviewWindow) -> None:
    width = screen.columns.width()

    screen.head.set_text("Label and boundary (at the end, one within the other)  ·  " * 8)
    QApplication.processEvents()

    assert screen.columns.width() == width


def test_column_that_is_zoomed_lays_the_text_out_for_itself(screen: ReviewWindow) -> None:
    first, second = screen.columns.people
    for zoomed in (first, second, first):
        zoomed.view.zoom_in()
        for place in (119, 0):
            screen.desk.go_to(place)
            QApplication.processEvents()
            for column in (first, second):
                assert outlined(column) == f"Clerk Number{place:03}"
                assert outlined(column) in seen(column)


def test_columns_of_fewer_annotators_show_the_text_on(qtbot: QtBot, screen: ReviewWindow) -> None:
    store = store_of(screen.desk.session)
    reviews.marked(store, {"Bo": [("Agent Number000", "person")]}, document="Alone", text=long_text("Agent"))
    screen.desk.session.refresh()

    for document in ("Alone", "Clerk", "Alone"):
        screen.go_to(document)
        QApplication.processEvents()
        for column in screen.columns.all:
            assert column.view.text.startswith("The motion of ")
            assert not column.view.grab().isNull()


def test_gold_that_was_taken_is_shown_after_the_stretch_was_left(qtbot: QtBot, screen: ReviewWindow) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_1)
    screen.desk.go_to(119)
    assert not screen.columns.gold.view.spans

    screen.desk.go_to(0)

    assert len(screen.columns.gold.view.spans) == 1
    assert outlined(screen.columns.gold) == "Clerk Number000"


def test_who_comes_later_is_known_by_name(window: MainWindow) -> None:
    session = window.session
    people = People(session, window)
    bo = reviews.person(store_of(session), "Bo")
    assert (people.name(bo), people.name("nobody")) == ("Bo", "Not in the project any more (nobody)")

    change = annotating.add_annotator(store_of(session), annotator=me(session), name="Di")
    session.take(change)

    assert people.name(reviews.person(store_of(session), "Di")) == "Di"
