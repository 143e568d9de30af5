"""Backups in the window: made by the clock, told in the status bar, restored in a dialog."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from storage import rolling
from storage.store import open_project
from tests import edits, factories, projects
from tests.ui import windows
from ui import backing_up
from ui.main_window import MainWindow
from ui.settings import backups_folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.with_document(tmp_path)


def wait_for_backups(qtbot: QtBot, project: Path, folder: Path, count: int) -> None:
    qtbot.waitUntil(lambda: len(rolling.backups_of(project, folder)) == count, timeout=10_000)


def test_opened_project_is_backed_up_soon_and_not_again_without_a_change(
    qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "SOON_MS", 1)

    with windows.open_window(qtbot, project) as window:
        wait_for_backups(qtbot, project, backups_folder(), 1)
        qtbot.waitUntil(lambda: not window.backing_up._runner.jobs)
        assert window.session.store is not None
        assert not window.backing_up._is_due(window.session.store)


def test_copy_goes_to_the_second_folder_and_its_age_is_told(
    qtbot: QtBot, project: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    with windows.open_window(qtbot, project) as window:
        assert window.status.copied.text() == "No copy off this disk"
        window.backing_up.use_folder(stick)
        wait_for_backups(qtbot, project, stick, 1)
        qtbot.waitUntil(lambda: window.status.copied.text() == "Copied off this disk just now")
        assert "is on the same disk as the project" in window.pane.notice.text.text()

    assert len(rolling.backups_of(project, backups_folder())) == 1


def test_folder_for_copies_is_asked_for_once(
    qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "SOON_MS", 1)

    with windows.open_window(qtbot, project) as window:
        qtbot.waitUntil(window.pane.notice.isVisible)
        assert "Choose a folder on another disk" in window.pane.notice.text.text()
        assert window.pane.notice.action.text() == "Choose folder…"
    with windows.open_window(qtbot, project) as window:
        qtbot.waitUntil(lambda: not window.backing_up._soon.isActive())
        assert not window.pane.notice.isVisible()


def test_stick_that_is_gone_is_told_and_the_backup_here_is_made(
    qtbot: QtBot, project: Path, tmp_path: Path
) -> None:
    (tmp_path / "stick").write_text("no folder")

    with windows.open_window(qtbot, project) as window:
        window.settings["copies_folder"] = str(tmp_path / "stick")
        window.backing_up.now()
        qtbot.waitUntil(lambda: "No backup of Rulings.annotator" in window.status.currentMessage())

    assert len(rolling.backups_of(project, backups_folder())) == 1


def test_backup_is_restored_in_the_dialog_and_the_present_file_kept(qtbot: QtBot, project: Path) -> None:
    with open_project(project, workstation="w") as store:
        rolling.make(project, backups_folder(), project_id=store.project_id)
        edits.mark(store)

    with windows.open_window(qtbot, project) as window:
        assert len(window.session.annotations) == 1
        window.backing_up.restore()
        dialog = windows.dialog(qtbot, "restore")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: _is_open_with_spans(window, 0), timeout=10_000)
        assert "before restoring" in window.pane.notice.text.text()

    kept = project.with_name("Rulings before restoring.annotator")
    with open_project(kept, workstation="w") as store:
        assert len(store.annotations(factories.DOCUMENT)) == 1


def _is_open_with_spans(window: MainWindow, count: int) -> bool:
    return window.session.document is not None and len(window.session.annotations) == count


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "Copied off this disk just now"),
        (timedelta(minutes=5), "Copied off this disk 5 min ago"),
        (timedelta(hours=30), "Copied off this disk 30 h ago"),
        (timedelta(days=4), "Copied off this disk 4 days ago"),
    ],
)
def test_age_of_a_copy_reads_as_people_say_it(ago: timedelta, words: str) -> None:
    now = datetime(2026, 3, 31, tzinfo=UTC)

    assert backing_up.copied_words(now - ago, now) == words


def test_damaged_project_is_salvaged_when_it_is_opened(qtbot: QtBot, project: Path) -> None:
    with open_project(project, workstation="w") as store:
        edits.mark(store)
        rolling.make(project, backups_folder(), project_id=store.project_id)
    data = project.read_bytes()
    project.write_bytes(b"\xff" * 100 + data[100:])

    with windows.open_window(qtbot, None) as window:
        assert not window.projects.open(project)
        question = windows.dialog(qtbot, "rescue")
        assert isinstance(question, QMessageBox)
        button(question, "Salvage what can be read").click()
        qtbot.waitUntil(lambda: _is_open_with_spans(window, 1), timeout=10_000)
        assert window.session.store is not None
        assert window.session.store.path.name == "Rulings salvaged.annotator"

    assert project.read_bytes()[:100] == b"\xff" * 100


def test_backup_is_offered_for_a_project_that_is_gone(qtbot: QtBot, project: Path) -> None:
    with open_project(project, workstation="w") as store:
        rolling.make(project, backups_folder(), project_id=store.project_id)
    project.unlink()

    with windows.open_window(qtbot, None) as window:
        window.projects.open(project)
        question = windows.dialog(qtbot, "rescue")
        assert isinstance(question, QMessageBox)
        button(question, "Restore a backup…").click()
        qtbot.keyClick(windows.dialog(qtbot, "restore"), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: _is_open_with_spans(window, 0), timeout=10_000)


def test_damage_is_found_soon_after_opening_and_no_backup_made_of_it(
    qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "SOON_MS", 1)
    with closing(sqlite3.connect(project)) as connection:
        connection.execute("UPDATE document SET title = 'Other'")
        connection.commit()

    with windows.open_window(qtbot, project) as window:
        qtbot.waitUntil(lambda: "This project is damaged" in window.pane.notice.text.text(), timeout=10_000)

    assert rolling.backups_of(project, backups_folder()) == ()


def test_project_in_a_synchronised_folder_is_warned_of(qtbot: QtBot, project: Path) -> None:
    folder = project.parent / "Dropbox"
    folder.mkdir()

    with windows.open_window(qtbot, project.rename(folder / project.name)) as window:
        assert "This project is in Dropbox" in window.pane.notice.text.text()


def button(question: QMessageBox, text: str) -> QAbstractButton:
    return next(each for each in question.buttons() if each.text() == text)
