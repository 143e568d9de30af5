"""Review of awkward projects: what cannot be compared is told, and twelve annotators all have a key."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import schema_editing as schema_parts
from annotator.change import Change, make_change
from annotator.model import Annotator, annotator_set_id, gold_set_id
from annotator.progress import run
from annotator.services import annotating, schema_editing, trash
from annotator.store import Contents
from storage.store import ProjectStore
from tests import reviews
from tests.factories import TEXT, sha256, text_version
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import marked_by_others, open_review, open_window
from ui.main_window import MainWindow
from ui.review.history_dialog import HistoryDialog

NAMES = tuple(f"P{number:02d}" for number in range(12))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Twelve annotators have finished a document, in which only the last two have marked a judge."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        work = {name: [("Ada Romero", "judge")] if name in NAMES[-2:] else [] for name in NAMES}
        marked_by_others(window, work, ["one"])
        yield window


def applied(store: ProjectStore, change: Change) -> Change:
    store.apply(change)
    return change


def test_each_of_twelve_has_a_key(qtbot: QtBot, window: MainWindow) -> None:
    screen = open_review(qtbot, window)
    screen.desk.set_blind(False)
    assert [column.head.text() for column in screen.columns.people][-1] == "12  P11"

    qtbot.keyClick(screen, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)

    store = store_of(window.session)
    [span] = store.annotations("one", gold_set_id(store.project_id))
    assert span.quote.exact == "Ada Romero"


def test_labels_that_the_schema_does_not_have_are_told(qtbot: QtBot, window: MainWindow) -> None:
    store = store_of(window.session)
    [span] = store.annotations("one", annotator_set_id(reviews.person(store, NAMES[-1])))
    strange = replace(span, label="arbiter")
    store.apply(make_change("As it was", annotator="x", document="one", before=(span,), after=(strange,)))

    screen = open_review(qtbot, window)

    assert "1 span has a label that the schema does not have (arbiter)" in screen.warning.text()
    assert not screen.warning.isHidden()


def test_who_finished_under_an_earlier_schema_is_told_with_what_is_new(
    qtbot: QtBot, window: MainWindow
) -> None:
    store = store_of(window.session)
    schema = store.schema()
    newer = schema_parts.add_label(schema, layer="entity", name="Expert")
    run(schema_editing.save(store, annotator=me(window.session), before=schema, after=newer))
    late = reviews.person(store, NAMES[-1])
    for state in ("in_progress", "done"):
        annotating.set_work_state(store, annotator=late, document="one", state=state)

    screen = open_review(qtbot, window)

    said = screen.warning.text()
    assert "finished under version 1 of the label schema, now 2: New label Expert." in said
    assert said.count("Annotator ") == len(NAMES) - 1
    assert not any(name in said for name in NAMES)


def test_what_annotators_say_otherwise_of_the_whole_document_is_told_and_hidden_with_the_votes(
    qtbot: QtBot, window: MainWindow
) -> None:
    store = store_of(window.session)
    screen = open_review(qtbot, window)
    screen.desk.set_blind(False)
    assert "whole document" not in screen.warning.text()

    for name, value in (("P00", "federal"), ("P01", "state")):
        who = reviews.person(store, name)
        annotating.set_work_state(store, annotator=who, document="one", state="in_progress")
        annotating.set_document_label(store, annotator=who, document="one", name="jurisdiction", value=value)
        annotating.set_work_state(store, annotator=who, document="one", state="done")
    window.session.refresh()

    assert "Of the whole document they say: Jurisdiction federal (P00), state (P01), nothing (P02," in (
        screen.warning.text()
    )
    qtbot.keyClick(screen, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert "whole document" not in screen.warning.text()


def test_spans_on_an_earlier_text_are_told_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    store = store_of(window.session)
    text = f"Corrected. {TEXT}"
    [document] = store.documents()
    version = replace(text_version("later", text=text, document="one"), text_sha256=sha256(text))
    after = (replace(document, text_version="later"), version)
    read_anew = make_change("Read anew", annotator="x", document="one", before=(document,), after=after)
    store.apply(read_anew, Contents(texts={version.text_sha256: text}))

    screen = open_review(qtbot, window)

    assert "2 spans stand on an earlier text of this document; they are kept" in screen.warning.text()
    assert len(store.annotations("one")) == 2


def test_what_was_decided_of_an_annotator_who_is_gone_can_be_read(qtbot: QtBot, window: MainWindow) -> None:
    screen = open_review(qtbot, window)
    screen.desk.set_blind(False)
    qtbot.keyClick(screen, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    store = store_of(window.session)
    gone = reviews.person(store, NAMES[-2])
    person = store.record(Annotator, gone)
    assert person is not None
    rows = [row for row in store.assignments("one") if row.annotator == gone]
    spans = store.annotations("one", annotator_set_id(gone))
    [own] = [row for row in store.sets() if row.owner == gone]
    window.session.take(
        applied(store, make_change("Leave", annotator="x", before=(*rows, *spans, own, person)))
    )

    assert [screen.desk.state(unit) for unit in screen.desk.listed] == ["decided"]
    assert len(store.annotations("one", gold_set_id(store.project_id))) == 1
    assert "1 annotator is not in the project any more; what was decided" in screen.warning.text()
    qtbot.keyClick(screen, Qt.Key.Key_H)
    [asked] = screen.findChildren(HistoryDialog)
    assert f"Not in the project any more ({gone[:8]})" in asked.page.toPlainText()


def test_document_that_is_removed_under_review_leaves_the_desk(qtbot: QtBot, window: MainWindow) -> None:
    screen = open_review(qtbot, window)

    run(trash.remove(store_of(window.session), annotator=me(window.session), documents=["one"]))
    window.session.refresh()

    assert screen.desk.review is None
    assert "Nothing to show" in screen.head.text()
    qtbot.keyClick(screen, Qt.Key.Key_1)
    assert store_of(window.session).decisions("one") == ()
