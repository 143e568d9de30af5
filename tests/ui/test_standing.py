"""The progress screen: numbers, the documents behind them, going to one, plots as files, and its size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.services import annotating
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import open_window
from ui.main_window import MainWindow
from ui.standing.dialog import StandingDialog

TEXTS = {f"ruling {number}": "Norvel sued Orbis in Oakland.\n" for number in range(4)}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """Lee is done with two of four documents and has begun none else."""
    with open_window(qtbot, make_project(tmp_path / "news.annotator", TEXTS)) as window:
        for document in ("ruling 0", "ruling 1"):
            annotating.set_work_state(
                store_of(window.session), annotator=me(window.session), document=document, state="done"
            )
        annotating.set_work_state(
            store_of(window.session), annotator=me(window.session), document="ruling 2", state="returned"
        )
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> StandingDialog:
    window.leading.show_standing()
    [dialog] = window.findChildren(StandingDialog)
    qtbot.waitUntil(lambda: dialog.distribution is not None)
    return dialog


def titles(dialog: StandingDialog) -> list[str]:
    return [row.title for row in dialog.model.rows]


def test_documents_annotators_and_the_whole_are_told(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)

    assert dialog.summary.text().startswith("2 of 4 documents done, 1 that nobody has.")
    table = dialog.tables["people"]
    cells = [table.item(0, column) for column in range(4)]
    assert [cell.text() for cell in cells if cell is not None] == ["Lee", "2", "1", "0"]
    assert titles(dialog) == list(TEXTS)


def test_a_number_leads_to_its_documents(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    table = dialog.tables["people"]

    table.activated.emit(table.model().index(0, 0))
    assert titles(dialog) == ["ruling 2"]
    assert dialog.model.index(0, 1).data() == "Returned"

    dialog.annotators.setCurrentIndex(0)
    dialog.statuses.setCurrentIndex(dialog.statuses.findData("unassigned"))
    assert titles(dialog) == ["ruling 3"]


def test_a_document_opens(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)

    dialog.documents.activated.emit(dialog.model.index(3, 0))

    assert window.session.document is not None
    assert window.session.document.id == "ruling 3"
    assert dialog.isVisible()


def test_the_plot_shown_is_written_as_the_name_says(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(qtbot, window)
    dialog.tabs.setCurrentIndex(1)

    for name in ("plot.svg", "plot.png", "plot.gif"):
        dialog.write(str(tmp_path / name))

    assert (tmp_path / "plot.svg").read_text("utf-8") == dialog.pictures["people"].svg
    assert QImage(str(tmp_path / "plot.png")).width() == 1440
    assert "neither .svg nor .png" in dialog.fault.text()


def test_it_opens_as_large_as_it_was_closed(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window)
    dialog.resize(QSize(700, 620))
    dialog.accept()

    again = StandingDialog(window.session, window.jobs, window)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.distribution is not None)

    assert again.size() == QSize(700, 620)


def test_it_is_offered_to_who_sees_the_work_of_others(window: MainWindow) -> None:
    store, lee = store_of(window.session), me(window.session)
    assert "project.progress" in {command.id for command, _ in window.commands.offered()}

    annotating.add_annotator(store, annotator=lee, name="Bo")
    window.session.switch_annotator(next(who.id for who in store.annotators() if who.name == "Bo"))

    assert "project.progress" not in {command.id for command, _ in window.commands.offered()}
