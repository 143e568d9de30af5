"""Review of awkward projects: what cannot be compared is told, and twelve annotators all have a key."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.change import make_change
from annotator.model import annotator_set_id, gold_set_id
from annotator.services import annotating
from tests import reviews
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_review, open_window
from ui.main_window import MainWindow

NAMES = tuple(f"P{number:02d}" for number in range(12))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Twelve annotators have finished a document, in which only the last two have marked a judge."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        store = store_of(window.session)
        for name in NAMES:
            annotating.add_annotator(store, annotator=me(window.session), name=name)
        work = {name: [("Ada Romero", "judge")] if name in NAMES[-2:] else [] for name in NAMES}
        reviews.marked(store, work, document="one")
        window.session.refresh()
        yield window


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

    assert "1 spans have labels that the schema does not have" in screen.warning.text()
    assert not screen.warning.isHidden()
