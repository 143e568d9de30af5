"""Links in the window: as attributes, into another document, followed by keys, right after other edits."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.change import make_change
from annotator.model import Relation
from tests.ui.page_views import open_pages, order_pdf, paged_project
from tests.ui.sessions import make_project, store_of
from tests.ui.windows import dialog, open_window, press, spans
from ui import stage
from ui.main_window import MainWindow
from ui.panels.link_field import LinkField
from ui.settings import Settings

ARTICLE = "The firm said that it will appeal. Judge Ada Romero ruled that the contract is void."
ORDER = "IT IS ORDERED that the contract is void. The firm argued that it may appeal."
SCHEMA = """
name = "links"
attribute = [
  {id="speaker", for=["claim"], kind="link", required=true},
  {id="tone", for=["claim"], values=["calm", "harsh"], required=true},
]
relation = [
  {id="speaker", from=["claim"], to=["person"]},
  {id="reports", from=["claim"], to=["claim"], across=true, values=["accurate", "wrong"]},
  {id="restates", from=["claim"], to=["claim"]},
]
[[layer]]
id = "news"
label = [{id="claim", key="c"}, {id="person", key="2"}]
"""
Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "links.annotator", {"one": ARTICLE, "two": ORDER}, schema_toml=SCHEMA)


@pytest.fixture
def window(qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, path) as window:
        window.session.open_document("one")
        window.view.setFocus()
        yield window


def mark(window: MainWindow, label: str, words: str) -> str:
    start = window.session.text.index(words)
    window.session.select_span(None)
    assert window.session.highlight(label, start, start + len(words)) is not None
    assert window.session.selected is not None
    window.view.set_caret(start)
    return window.session.selected


def relations(window: MainWindow) -> list[tuple[str, str, str]]:
    found = window.session.relations.values()
    return [(relation.type, relation.source, relation.target) for relation in found]


def link_field(window: MainWindow) -> LinkField:
    window.details.show_now()
    form = window.details.span.form
    assert form is not None
    found = form.findChild(LinkField)
    assert found is not None
    return found


def test_attribute_that_is_a_link_is_set_by_keys_and_kept_as_a_relation(
    qtbot: QtBot, window: MainWindow
) -> None:
    judge = mark(window, "person", "Judge Ada Romero")
    claim = mark(window, "claim", "that the contract is void")

    press(qtbot, window, Key.Key_A)
    press(qtbot, window, Key.Key_Return)
    assert window.view.hasFocus()
    press(qtbot, window, Key.Key_Tab)
    press(qtbot, window, Key.Key_Return)

    assert relations(window) == [("speaker", claim, judge)]
    assert window.session.annotations[claim].attributes == {}
    assert window.session.selected == claim
    assert link_field(window).words.text() == "Judge Ada Romero"
    press(qtbot, window, Key.Key_A)
    assert QApplication.focusWidget() is not link_field(window)  # which is set; the next required one is not
    press(qtbot, window, Key.Key_H)
    assert window.session.annotations[claim].attributes == {"tone": "harsh"}


def test_link_of_an_attribute_is_taken_away_by_delete(qtbot: QtBot, window: MainWindow) -> None:
    judge = mark(window, "person", "Judge Ada Romero")
    claim = mark(window, "claim", "that the contract is void")
    window.session.link("speaker", claim, judge)
    link_field(window).setFocus()

    press(qtbot, window, Key.Key_Delete)

    assert relations(window) == []
    assert link_field(window).words.text() == "Enter: choose a span"
    assert claim in window.session.annotations


def test_attribute_that_is_a_link_takes_no_other_end(qtbot: QtBot, window: MainWindow) -> None:
    mark(window, "claim", "that it will appeal")
    mark(window, "claim", "that the contract is void")
    press(qtbot, window, Key.Key_A)
    press(qtbot, window, Key.Key_Return)
    press(qtbot, window, Key.Key_Tab)

    press(qtbot, window, Key.Key_Return)

    assert relations(window) == []
    assert "Speaker does not lead from Claim to Claim" in window.status.currentMessage()


def test_required_link_is_listed_until_it_is_made(window: MainWindow) -> None:
    judge = mark(window, "person", "Judge Ada Romero")
    claim = mark(window, "claim", "that the contract is void")
    assert [item.names for item in window.finishing._missing()] == [("Speaker", "Tone")]

    window.session.link("speaker", claim, judge)

    assert [item.names for item in window.finishing._missing()] == [("Tone",)]


def test_link_leads_into_another_document(qtbot: QtBot, window: MainWindow) -> None:
    window.session.open_document("two")
    there = mark(window, "claim", "that the contract is void")
    window.session.open_document("one")
    here = mark(window, "claim", "that the contract is void")

    press(qtbot, window, Key.Key_L)
    press(qtbot, window, Key.Key_Down, CONTROL)
    assert window.session.document is not None
    assert window.session.document.id == "two"
    assert "that the contract is void" in window.status.mode.text()
    press(qtbot, window, Key.Key_Tab)
    press(qtbot, window, Key.Key_Return)
    dialog(qtbot, "picker")  # which way it runs
    press(qtbot, window, Key.Key_Return)

    assert window.session.document.id == "one"
    assert relations(window) == [("reports", here, there)]
    assert window.session.selected == here


def test_link_is_followed_into_another_document_and_back(qtbot: QtBot, window: MainWindow) -> None:
    window.session.open_document("two")
    there = mark(window, "claim", "that it may appeal")
    window.session.open_document("one")
    here = mark(window, "claim", "that it will appeal")
    window.session.link("reports", here, there)

    press(qtbot, window, Key.Key_G)
    assert (window.session.document.id, window.session.selected) == ("two", there)
    press(qtbot, window, Key.Key_G, SHIFT)

    assert (window.session.document.id, window.session.selected) == ("one", here)


def test_of_several_links_the_one_to_follow_is_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    judge = mark(window, "person", "Judge Ada Romero")
    other = mark(window, "claim", "that it will appeal")
    claim = mark(window, "claim", "that the contract is void")
    window.session.link("speaker", claim, judge)
    window.session.link("restates", claim, other)

    press(qtbot, window, Key.Key_G)
    picker = dialog(qtbot, "picker")
    qtbot.keyClicks(QApplication.focusWidget(), "Romero")
    press(qtbot, window, Key.Key_Return)

    assert not picker.isVisible()
    assert window.session.selected == judge


def test_link_is_begun_followed_and_ended_on_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    with open_pages(qtbot, paged_project(tmp_path / "order.annotator", order_pdf())) as window:
        court = mark(window, "court", "Lantern")
        order = mark(window, "order", "motion to compel")

        press(qtbot, window, Key.Key_L)
        press(qtbot, window, Key.Key_Tab)
        press(qtbot, window, Key.Key_Return)
        assert relations(window) == [("issued_by", order, court)]
        press(qtbot, window, Key.Key_G)

        assert window.session.selected == court


def test_links_stay_when_ends_are_resized_and_go_with_an_end_in_one_step(
    qtbot: QtBot, window: MainWindow
) -> None:
    judge = mark(window, "person", "Judge Ada Romero")
    other = mark(window, "claim", "that it will appeal")
    claim = mark(window, "claim", "that the contract is void")
    window.session.link("speaker", claim, judge)
    window.session.link("restates", claim, other)
    before = relations(window)

    press(qtbot, window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    window.resizing.commit()
    assert "that the contract is" in spans(window)
    assert relations(window) == before

    press(qtbot, window, Key.Key_Delete)
    assert relations(window) == []
    press(qtbot, window, Key.Key_Z, CONTROL)
    assert relations(window) == before
    press(qtbot, window, Key.Key_Z, CONTROL)
    assert "that the contract is void" in spans(window)
    assert relations(window) == before


def test_link_goes_with_its_end_in_the_other_document(qtbot: QtBot, window: MainWindow) -> None:
    window.session.open_document("two")
    there = mark(window, "claim", "that it may appeal")
    window.session.open_document("one")
    here = mark(window, "claim", "that it will appeal")
    window.session.link("reports", here, there)
    window.session.open_document("two")
    window.session.select_span(there)

    press(qtbot, window, Key.Key_Delete)
    assert store_of(window.session).relations_at(here) == ()
    press(qtbot, window, Key.Key_Z, CONTROL)

    assert [relation.type for relation in store_of(window.session).relations_at(here)] == ["reports"]


def test_link_outside_the_schema_is_shown_and_kept(window: MainWindow) -> None:
    judge = mark(window, "person", "Judge Ada Romero")
    claim = mark(window, "claim", "that the contract is void")
    window.session.link("speaker", claim, judge)
    known = next(iter(window.session.relations.values()))
    strange = replace(known, id="strange", type="quotes", attributes={"how": "closely"}, revision="")
    change = make_change("Import", annotator=window.session.annotator_id, document="one", after=(strange,))
    store_of(window.session).apply(change)
    window.session.take(change)
    window.details.show_now()

    rows = window.details.span.links.rows()

    assert [row.link.name for row in rows if row.link is not None] == ["Speaker", "quotes"]
    assert rows[1]._strange.text().startswith("This type of link is not in the label schema.")
    assert store_of(window.session).record(Relation, "strange") is not None


def arcs(window: MainWindow) -> list[tuple[int | None, int | None]]:
    stage.settle()
    return [(arc.source, arc.target) for arc in window.view.arcs]


def test_links_are_drawn_at_the_selected_span_all_or_only_listed(window: MainWindow) -> None:
    judge = mark(window, "person", "Judge Ada Romero")
    other = mark(window, "claim", "that it will appeal")
    claim = mark(window, "claim", "that the contract is void")
    window.session.link("speaker", claim, judge)
    window.session.link("restates", claim, other)
    places = {span.id: span.start for span in window.session.annotations.values()}
    both = [(places[claim], places[judge]), (places[claim], places[other])]
    assert arcs(window) == both

    window.session.select_span(judge)
    assert arcs(window) == both[:1]
    window.commands.actions["links.all"].trigger()
    assert arcs(window) == both
    assert [arc.is_strong for arc in window.view.arcs] == [True, False]
    assert not window.view.grab().isNull()
    window.commands.actions["links.list"].trigger()

    assert arcs(window) == []
    assert Settings.load(window.settings.path)["links"] == "list"


def test_link_into_another_document_is_drawn_to_the_edge(window: MainWindow) -> None:
    window.session.open_document("two")
    there = mark(window, "claim", "that it may appeal")
    window.session.open_document("one")
    here = mark(window, "claim", "that it will appeal")
    window.session.link("reports", here, there)
    assert arcs(window) == [(window.session.annotations[here].start, None)]
    assert not window.view.grab().isNull()

    window.session.open_document("two")
    window.session.select_span(there)

    assert arcs(window) == [(None, window.session.annotations[there].start)]


def test_links_are_drawn_on_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    with open_pages(qtbot, paged_project(tmp_path / "order.annotator", order_pdf())) as window:
        court = mark(window, "court", "Lantern")
        order = mark(window, "order", "motion to compel")
        view = window.paging.view
        stage.wait_until(lambda: view.is_drawn)
        before = view.grab().toImage()

        window.session.link("issued_by", order, court)
        stage.settle()

        assert len(view.overlay().arcs) == 1
        assert view.grab().toImage() != before
