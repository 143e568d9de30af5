"""The quality of annotators in the window: of all for who reviews, of himself for an annotator."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.services.annotating import add_annotator, highlight, set_work_state
from tests import reviews
from tests.factories import find
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_window
from ui import stage
from ui.dialogs.quality import QualityDialog
from ui.main_window import MainWindow

TEXT = "Norvel sued Orbis in Oakland.\n"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Lee, who leads, and Bo have finished a ruling; Bo has one span less."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {"ruling": TEXT})) as window:
        store, lee = store_of(window.session), me(window.session)
        add_annotator(store, annotator=lee, name="Bo")
        bo = next(person.id for person in store.annotators() if person.name == "Bo")
        for who, words in ((lee, ("Norvel", "Orbis")), (bo, ("Norvel",))):
            for each in words:
                highlight(
                    store,
                    annotator=who,
                    document="ruling",
                    label="organization",
                    fragments=(find(each, TEXT),),
                    exact=True,
                )
            set_work_state(store, annotator=who, document="ruling", state="done")
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> QualityDialog:
    window.commands.actions["project.quality"].trigger()
    [dialog] = window.findChildren(QualityDialog)
    qtbot.waitUntil(lambda: dialog.found is not None)
    return dialog


def people(dialog: QualityDialog) -> list[str]:
    return [dialog.people.itemText(at) for at in range(dialog.people.count())]


def value(dialog: QualityDialog, title: str) -> str:
    table = dialog.tables["figures"]
    rows = {}
    for row in range(table.rowCount()):
        name, shown = table.item(row, 0), table.item(row, 1)
        assert name is not None
        assert shown is not None
        rows[name.text()] = shown.text()
    return rows[title]


def test_nothing_decided_is_said(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    assert dialog.summary.text().startswith("Nothing is decided yet")
    assert not dialog.tabs.isVisible()


def test_a_reviewer_chooses_whose_figures_of_what(qtbot: QtBot, window: MainWindow) -> None:
    stage.take_first(store_of(window.session), me(window.session))
    dialog = opened(qtbot, window)
    assert sorted(people(dialog)) == ["Bo", "Lee"]

    dialog.people.setCurrentIndex(dialog.people.findText("Bo"))
    assert value(dialog, "Recall, exact") == "0.500"
    dialog.scope.setCurrentIndex(1)
    assert value(dialog, "Recall, exact") == "0.000"
    assert "too few to rely on" in dialog.summary.text()


def test_an_annotator_sees_only_himself(qtbot: QtBot, window: MainWindow) -> None:
    store, lee = store_of(window.session), me(window.session)
    stage.take_first(store, lee)
    bo = next(person for person in store.annotators() if person.name == "Bo")
    window.session.switch_annotator(bo.id)
    assert people(opened(qtbot, window)) == ["Bo"]


def test_a_reviewer_reads_letters_until_the_names_are_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    store, lee = store_of(window.session), me(window.session)
    stage.take_first(store, lee)
    add_annotator(store, annotator=lee, name="Rae", role="reviewer")
    window.session.switch_annotator(reviews.person(store, "Rae"))
    dialog = opened(qtbot, window)
    assert len(people(dialog)) == 2
    assert all(name.startswith("Annotator ") for name in people(dialog))
    assert reviews.seen_names(store) == set()

    dialog.blind.setChecked(False)

    assert people(dialog) == ["Bo", "Lee"]
    assert reviews.seen_names(store) == {"Rae"}
