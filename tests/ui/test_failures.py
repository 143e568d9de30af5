"""Wherever the window fails, the fault is told once and does not loop, and what is shown is what is saved."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from annotator.change import Change
from annotator.progress import Job, Progress
from annotator.services import annotating
from storage.store import open_project
from tests import factories, projects
from tests.ui import windows
from ui import errors
from ui.dialogs.problem import ProblemDialog
from ui.main_window import MainWindow

SEALED = "a sentence of a sealed order"


class Fault(Exception):
    """What the tests provoke."""


def fail(*_: object) -> None:
    raise Fault(SEALED)


class FailingModel(QAbstractListModel):
    def rowCount(self, _parent: object = None) -> int:
        return 3

    def data(self, _index: object, _role: int = 0) -> object:
        raise Fault


class FailingFilter(QObject):
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            raise Fault
        return False


class FailingPaint(QWidget):
    times = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.times += 1
        raise Fault


class FailingClose(QWidget):
    def closeEvent(self, _event: QCloseEvent) -> None:
        raise Fault


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.with_document(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    with windows.open_window(qtbot, project) as opened:
        assert opened.session.open_document(factories.DOCUMENT) is not False
        opened.failures.install()
        yield opened


def told(qtbot: QtBot) -> ProblemDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ProblemDialog))
    found = windows.dialog(qtbot, "problem")
    assert isinstance(found, ProblemDialog)
    return found


def mend(window: MainWindow) -> None:
    """Hide what fails whenever it is shown, or it would fail once more when the test is over."""
    for failing in (*window.findChildren(FailingPaint), *window.findChildren(QListView, "failing")):
        failing.hide()


def from_a_slot(window: MainWindow, _qtbot: QtBot) -> None:
    window.session.refused.connect(fail)
    window.session.refused.emit("No")


def from_a_timer(_window: MainWindow, _qtbot: QtBot) -> None:
    QTimer.singleShot(0, fail)


def from_a_model(window: MainWindow, qtbot: QtBot) -> None:
    view = QListView(window)
    view.setObjectName("failing")
    view.setModel(FailingModel(view))
    view.show()


def from_a_filter(window: MainWindow, qtbot: QtBot) -> None:
    window.view.installEventFilter(FailingFilter(window))
    windows.press(qtbot, window, Qt.Key.Key_Right)


def from_a_paint_event(window: MainWindow, _qtbot: QtBot) -> None:
    painted = FailingPaint(window)
    painted.resize(200, 200)
    painted.show()


def from_a_close_event(window: MainWindow, _qtbot: QtBot) -> None:
    closed = FailingClose(window)
    closed.show()
    closed.close()


def from_the_end_of_a_job(window: MainWindow, _qtbot: QtBot) -> None:
    def job() -> Job[None]:
        yield Progress(0, 0)

    handle = window.jobs.job("Fail", job)
    handle.finished.connect(fail)
    handle.start()


@pytest.mark.parametrize(
    "provoke",
    [
        from_a_slot,
        from_a_timer,
        from_a_model,
        from_a_filter,
        from_a_paint_event,
        from_a_close_event,
        from_the_end_of_a_job,
    ],
)
def test_fault_is_told_without_text_and_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, provoke: Callable[[MainWindow, QtBot], None]
) -> None:
    # From the event loop, as everything comes: else the error would reach who calls Qt here.
    QTimer.singleShot(0, lambda: provoke(window, qtbot))
    dialog = told(qtbot)

    assert "Fault" in dialog.details.toPlainText()
    assert "sealed" not in dialog.details.toPlainText()
    dialog.close()
    mend(window)
    window.view.select(0, 5)
    window.marking.press("court")
    assert len(window.session.annotations) == 1


def test_paint_event_that_fails_again_and_again_is_told_in_a_dialog_once(
    qtbot: QtBot, window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    painted = FailingPaint(window)
    painted.resize(200, 200)
    QTimer.singleShot(0, painted.show)
    told(qtbot).close()

    for _ in range(3):
        before = painted.times
        painted.update()
        qtbot.waitUntil(lambda before=before: painted.times > before)

    assert QApplication.activeModalWidget() is None
    assert "again" in window.status.currentMessage()
    assert caplog.text.count("Traceback") == 1
    mend(window)


def test_same_fault_is_told_in_a_dialog_once_more_when_time_has_passed(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_a_timer(window, qtbot)
    told(qtbot).close()
    monkeypatch.setattr(errors, "AGAIN_SECONDS", 0)

    from_a_timer(window, qtbot)

    told(qtbot).close()


def test_fault_while_an_edit_is_written_leaves_neither_rows_nor_marks(
    qtbot: QtBot, window: MainWindow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = window.session.store
    assert store is not None
    with store._database.writing() as connection:
        # The history comes last: rows of the span are written by then.
        connection.exec_driver_sql("ALTER TABLE history_record RENAME TO away")
    window.view.select(0, 5)
    QTimer.singleShot(0, lambda: window.marking.press("court"))
    told(qtbot).close()
    with store._database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO history_record")

    assert window.session.annotations == {}
    assert store.annotations(factories.DOCUMENT) == ()
    window.view.select(0, 5)
    window.marking.press("court")
    assert len(store.annotations(factories.DOCUMENT)) == 1
    assert store.verify() == ()


def test_fault_after_an_edit_was_written_shows_the_edit(
    qtbot: QtBot, window: MainWindow, project: Path
) -> None:
    def painting_fails(_change: Change) -> None:
        raise Fault

    window.session.changed.connect(painting_fails)
    window.view.select(0, 5)
    window.marking.press("court")
    told(qtbot).close()

    assert len(window.session.annotations) == 1
    qtbot.waitUntil(window.commands.actions["edit.undo"].isEnabled)
    window.commands.actions["edit.undo"].trigger()
    assert window.session.annotations == {}


def test_window_closes_and_lets_go_of_its_project_when_a_part_of_closing_fails(
    qtbot: QtBot, window: MainWindow, project: Path
) -> None:
    window.session.project_closing.connect(fail)
    window.close()

    assert not window.isVisible()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, ProblemDialog):
            widget.close()
    with open_project(project, workstation="elsewhere") as store:
        assert not store.read_only
        annotating.highlight(
            store, annotator=factories.ANA, document=factories.DOCUMENT, label="court", fragments=[(0, 5)]
        )
