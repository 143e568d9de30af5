"""Training rounds in the window: begun by a lead, and shown to who is done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.model import annotator_set_id
from annotator.services import annotating
from annotator.services.training import begin_round, training_rounds
from annotator.training import Mark
from tests.factories import fragments
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_window
from ui.main_window import MainWindow
from ui.training.comparison import ComparisonDialog
from ui.training.new_round import NewRoundDialog
from ui.training.rounds import RoundsDialog

TEXTS = {f"ruling {number}": "Norvel sued Orbis in Oakland.\n" for number in range(2)}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Lee leads and has marked two names in a document; Bo has marked one of them."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", TEXTS)) as window:
        store, lee = store_of(window.session), me(window.session)
        annotating.add_annotator(store, annotator=lee, name="Bo")
        for who, places in ((lee, ((0, 6), (12, 17))), (person(window, "Bo"), ((0, 6),))):
            for place in places:
                annotating.highlight(
                    store,
                    annotator=who,
                    document="ruling 0",
                    label="organization",
                    fragments=fragments(place),
                )
        yield window


def person(window: MainWindow, name: str) -> str:
    return next(who.id for who in store_of(window.session).annotators() if who.name == name)


def begin(window: MainWindow) -> None:
    lee = person(window, "Lee")
    begin_round(
        store_of(window.session),
        annotator=lee,
        name="First",
        documents=("ruling 0",),
        key=annotator_set_id(lee),
        marks=(Mark("entity", 0.8),),
    )


def test_a_lead_begins_a_round(qtbot: QtBot, window: MainWindow) -> None:
    window.training.show_rounds()
    [rounds] = window.findChildren(RoundsDialog)
    rounds.ask_new()
    [dialog] = rounds.findChildren(NewRoundDialog)
    dialog.name.setText("First")
    dialog.key.setCurrentIndex(dialog.key.findText("Lee"))
    assert dialog.list.count() == 1
    assert not dialog.go_on.isEnabled()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)

    with qtbot.waitSignal(dialog.begun):
        dialog.go_on.click()

    [begun] = training_rounds(store_of(window.session))
    assert (begun.name, [each.id for each in begun.documents]) == ("First", ["ruling 0"])
    assert rounds.rounds.currentText() == "First"
    rounds.end.click()
    assert training_rounds(store_of(window.session)) == ()


def test_done_shows_own_spans_beside_the_key(qtbot: QtBot, window: MainWindow) -> None:
    begin(window)
    window.session.switch_annotator(person(window, "Bo"))
    window.session.open_document("ruling 0")
    window.training.compare()
    assert not window.findChildren(ComparisonDialog)

    window.session.set_work_state("done")

    qtbot.waitUntil(lambda: bool(window.findChildren(ComparisonDialog)))
    [dialog] = window.findChildren(ComparisonDialog)
    items = [dialog.table.item(row, 0) for row in range(dialog.table.rowCount())]
    assert [item.text() for item in items if item is not None] == ["Same", "Missing"]
    assert dialog.scores[0].text() == "Entity: 67%, not passed (80% is needed)."
    assert dialog.table.currentRow() == 1
    assert dialog.rule.toPlainText()

    dialog.table.activated.emit(dialog.table.model().index(1, 0))
    assert window.view.selection() == (12, 17)


def test_rounds_are_a_leads(window: MainWindow) -> None:
    window.session.switch_annotator(person(window, "Bo"))

    window.training.show_rounds()

    assert not window.findChildren(RoundsDialog)
