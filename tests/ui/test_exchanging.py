"""A package dropped on the window is merged or opened, and its conflicts are settled in a dialog."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.services import annotating, settling
from storage.store import ProjectStore
from tests import exchange
from tests.factories import TEXT
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import dialog, open_window
from ui.dialogs.conflicts import ConflictsDialog
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {"one": TEXT})) as window:
        yield window


@pytest.fixture
def laptop(window: MainWindow, tmp_path: Path) -> Iterator[ProjectStore]:
    package = exchange.packed(store_of(window.session), tmp_path / "out.annopack")
    with exchange.adopted(package, tmp_path / "laptop.annotator", "workstation-2") as store:
        yield store


def mark(store: ProjectStore, annotator: str) -> None:
    annotating.highlight(store, annotator=annotator, document="one", label="judge", fragments=[(0, 5)])


def drop(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.projects.take_dropped([str(path)])
    qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=20_000)


def test_a_package_that_comes_back_is_merged(
    qtbot: QtBot, window: MainWindow, laptop: ProjectStore, tmp_path: Path
) -> None:
    mark(laptop, me(window.session))
    back = exchange.packed(laptop, tmp_path / "back.annopack")

    drop(qtbot, window, back)

    assert len(window.session.annotations) == 1
    assert "back.annopack is merged: 1 changes." in window.pane.notice.text.text()
    drop(qtbot, window, back)
    assert "brings nothing new" in window.status.currentMessage()


def test_a_package_of_another_project_is_opened_beside_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    with exchange.open_project(make_project(tmp_path / "other.annotator"), workstation="w") as other:
        package = exchange.packed(other, tmp_path / "for-ada.annopack")

    drop(qtbot, window, package)

    assert store_of(window.session).path == tmp_path / "for-ada.annotator"
    assert window.session.document is not None


def test_conflicts_are_settled_in_the_dialog(
    qtbot: QtBot, window: MainWindow, laptop: ProjectStore, tmp_path: Path
) -> None:
    mark(store_of(window.session), me(window.session))
    mark(laptop, me(window.session))
    drop(qtbot, window, exchange.packed(laptop, tmp_path / "back.annopack"))
    assert "Conflicts to settle: 1." in window.pane.notice.text.text()

    window.commands.actions["conflicts"].trigger()
    shown = dialog(qtbot, "conflicts")
    assert isinstance(shown, ConflictsDialog)
    assert "was made on two computers" in shown.list.item(0).text()
    shown.settle.click()

    assert settling.conflicts(store_of(window.session)) == ()
    assert shown.list.item(0).text() == "There are no conflicts."
    assert not shown.settle.isEnabled()
    assert len(window.session.annotations) == 1
    shown.accept()
