"""Messages pinned to spans in the review screen, and read at the span by whom they are for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.adjudication.filtering import Filter
from annotator.model import Annotation, annotator_set_id
from tests import reviews
from tests.ui.sessions import make_project, store_of
from tests.ui.windows import marked_by_others, open_review, open_window
from ui.main_window import MainWindow
from ui.review.message_dialog import MessageDialog
from ui.review.window import ReviewWindow

WORK = {
    "Bo": [("Ada Romero", "judge"), ("District Court", "court"), ("Norvel", "organization")],
    "Cy": [("Ada Romero", "judge"), ("District Court", "organization")],
}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Bo and Cy have finished a document; Lee leads and reviews."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        marked_by_others(window, WORK, ["one"])
        yield window


@pytest.fixture
def screen(qtbot: QtBot, window: MainWindow) -> ReviewWindow:
    return open_review(qtbot, window)


def spans(screen: ReviewWindow, name: str) -> list[Annotation]:
    store = store_of(screen.session)
    return list(store.annotations("one", annotator_set_id(reviews.person(store, name))))


def asked(qtbot: QtBot, screen: ReviewWindow) -> MessageDialog:
    qtbot.keyClick(screen, Qt.Key.Key_N)
    [dialog] = [each for each in screen.findChildren(MessageDialog) if each.isVisible()]
    return dialog


def test_message_is_pinned_by_keys_and_read_at_the_span(
    qtbot: QtBot, window: MainWindow, screen: ReviewWindow
) -> None:
    bo = reviews.person(store_of(screen.session), "Bo")
    agreed = next(unit for unit in screen.desk.listed if unit.type == "agree")
    screen.desk.go_to_unit(agreed.key)
    dialog = asked(qtbot, screen)
    dialog.who.setCurrentIndex(dialog.who.findData(bo))
    assert "Ada Romero" in dialog.span.currentText()
    qtbot.keyClicks(dialog.words, "Title and name, please.")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert "it is read once the document is returned (R)" in screen.line.text()
    assert screen.desk.unit is not None
    assert screen.desk.unit.key == agreed.key
    assert f"Message to {screen.desk.name(bo)}: Title and name" in screen.focus.accessibleDescription()
    screen.asking.release()
    screen.close()
    window.session.switch_annotator(bo)
    window.session.open_document("one")
    window.session.select_span(next(span.id for span in spans(screen, "Bo") if "Ada" in span.quote.exact))
    details = window.details.span
    qtbot.waitUntil(lambda: "Title and name, please." in details.told.text(), timeout=10_000)
    assert details.told.text().splitlines() == ["“Ada Romero”  Judge", "Title and name, please."]


def test_span_that_is_clicked_gets_the_message_also_where_the_filter_hides_its_unit(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    screen.desk.apply(Filter(type="label"))
    single = next(span for span in spans(screen, "Bo") if span.quote.exact == "Norvel")
    bo = reviews.person(store_of(screen.session), "Bo")
    column = screen.columns.people[screen.desk.order.index(bo)]

    column.picked.emit(single.id)
    dialog = asked(qtbot, screen)

    assert (dialog.who.currentData(), dialog.span.currentData()) == (bo, single.id)
    dialog.reject()
    screen.desk.go_to(0)
    assert asked(qtbot, screen).span.currentText().startswith(("Court", "Organization"))


def test_message_that_is_there_is_shown_and_taken_away(qtbot: QtBot, screen: ReviewWindow) -> None:
    for words in ("Look again.", ""):
        dialog = asked(qtbot, screen)
        dialog.words.setPlainText(words)
        dialog.accept()
        assert bool(screen.desk.review and screen.desk.review.messages) == bool(words)
    assert screen.line.text() == "The message is taken away."


def test_strictly_blind_review_offers_no_span_whose_votes_are_hidden(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    screen.toggle_strict()
    qtbot.keyClick(screen, Qt.Key.Key_N)
    assert screen.line.text() == "There is no span that a message can be pinned to."

    qtbot.keyClick(screen, Qt.Key.Key_0)
    dialog = asked(qtbot, screen)

    assert dialog.span.count() == 1
