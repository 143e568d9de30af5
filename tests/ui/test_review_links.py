"""Links in review: offered after their span is taken, followed by key, with an end in another document."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.model import annotator_set_id, gold_set_id
from annotator.services import annotating
from tests import reviews
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_review, open_window
from ui.review.window import ReviewWindow

WORDS = "cannot claim immunity"
NAMES = ("Bo", "Cy")


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    """Bo and Cy have linked a claim of an article to a holding of the opinion."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        store = store_of(window.session)
        for name in NAMES:
            annotating.add_annotator(store, annotator=me(window.session), name=name)
        reviews.marked(store, {name: [(WORDS, "holding")] for name in NAMES}, document="opinion")
        reviews.marked(store, {name: [(WORDS, "claim")] for name in NAMES}, document="article", done=False)
        for name in NAMES:
            who = reviews.person(store, name)
            [claim] = store.annotations("article", annotator_set_id(who))
            [holding] = store.annotations("opinion", annotator_set_id(who))
            annotating.link(store, annotator=who, type="reports", source=claim.id, target=holding.id)
            annotating.set_work_state(store, annotator=who, document="article", state="done")
        window.session.refresh()
        screen = open_review(qtbot, window)
        screen.go_to("article")
        yield screen


def test_links_of_a_span_that_is_taken_are_offered(qtbot: QtBot, screen: ReviewWindow) -> None:
    claim, link = screen.desk.listed
    qtbot.keyClick(screen, Qt.Key.Key_1)
    assert "L goes to them" in screen.line.text()

    qtbot.keyClick(screen, Qt.Key.Key_L)
    assert screen.desk.unit == link
    screen.desk.undo()
    screen.desk.go_to_unit(link.key)
    qtbot.keyClick(screen, Qt.Key.Key_L)
    assert screen.desk.unit == claim


def test_key_leads_into_the_other_document_and_back(qtbot: QtBot, screen: ReviewWindow) -> None:
    _claim, link = screen.desk.listed
    qtbot.keyClick(screen, Qt.Key.Key_1)
    qtbot.keyClick(screen, Qt.Key.Key_L)

    qtbot.keyClick(screen, Qt.Key.Key_L)
    assert screen.desk.unit is not None
    assert (screen.desk.unit.document, screen.documents.currentData()) == ("opinion", "opinion")
    qtbot.keyClick(screen, Qt.Key.Key_1)
    qtbot.keyClick(screen, Qt.Key.Key_L)

    assert screen.desk.unit == link
    qtbot.keyClick(screen, Qt.Key.Key_1)
    store = store_of(screen.session)
    assert len(store.relations("article", gold_set_id(store.project_id))) == 1


def test_a_link_follows_what_changes_at_its_end_in_another_document(screen: ReviewWindow) -> None:
    store, before = store_of(screen.session), screen.desk.listed[1]
    bo = reviews.person(store, "Bo")
    [holding] = store.annotations("opinion", annotator_set_id(bo))

    screen.session.edit(
        lambda store: annotating.set_work_state(store, annotator=bo, document="opinion", state="in_progress")
    )
    screen.session.edit(
        lambda store: annotating.relabel(store, annotator=bo, annotation=holding.id, label="claim")
    )
    screen.session.edit(
        lambda store: annotating.set_work_state(store, annotator=bo, document="opinion", state="done")
    )

    assert [unit.key for unit in screen.desk.listed[1:]] != [before.key]


def test_link_shows_its_other_end_and_is_taken_once_both_are_in_gold(
    qtbot: QtBot, screen: ReviewWindow
) -> None:
    screen.desk.take(0)
    assert f"Ruling opinion: “{WORDS}”" in screen.focus.accessibleDescription()
    screen.desk.take(0)
    assert "decide the spans at both its ends first" in screen.line.text()

    screen.go_to("opinion")
    screen.desk.take(0)
    screen.go_to("article")
    screen.desk.take(0)

    store = store_of(screen.session)
    [link] = store.relations("article", gold_set_id(store.project_id))
    [holding] = store.annotations("opinion", link.set)
    assert link.target == holding.id
