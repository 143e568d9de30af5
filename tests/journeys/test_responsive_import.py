"""A folder of many files, some of them broken, imported through the window while it stays at hand."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from annotator.progress import run
from annotator.services.checking import check
from storage.store import open_project
from tests import projects
from tests.ui.windows import dialog, open_window, press, spans
from ui.dialogs.import_report import ImportReportDialog
from ui.main_window import MainWindow

FILES = 300
BROKEN_EVERY = 20
BROKEN = FILES // BROKEN_EVERY
PARAGRAPH = "The judge ruled on Monday that the contract of the port is void. " * 20

# How long the window may be deaf at once, as a part of the import, whatever else the machine has to do.
LONGEST_PART = 1 / 4


class Pulse(QObject):
    """A timer of 10 ms that notes for how many seconds the event loop kept it waiting."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self.gaps: list[float] = []
        self._timer = QTimer(self, interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.with_document(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    broken = (
        (".txt", b""),
        (".txt", bytes([0, 1, 2, 3]) * 500),
        (".docx", b"PK no"),
        (".pdf", b"%PDF-1.7 no"),
    )
    for number in range(FILES):
        suffix, data = ".txt", f"Article {number}\n\n{PARAGRAPH}\n".encode()
        if number % BROKEN_EVERY == 7:
            suffix, data = broken[number // BROKEN_EVERY % len(broken)]
        (folder / f"{number:04}{suffix}").write_bytes(data)
    return folder


def is_idle(window: MainWindow) -> bool:
    return not window.jobs.jobs


def test_window_stays_at_hand_while_many_files_are_imported(
    qtbot: QtBot, project: Path, folder: Path
) -> None:
    with open_window(qtbot, project) as window:
        pulse = Pulse()

        window.importing.import_paths([folder])
        qtbot.waitUntil(lambda: is_idle(window), timeout=60_000)

        gaps = pulse.gaps
        report = dialog(qtbot, "import_report")
        assert isinstance(report, ImportReportDialog)
        assert report.summary() == f"{FILES - BROKEN} read, {BROKEN} refused"
        report.only_problems.setChecked(True)
        assert report.table.model().rowCount() == BROKEN
        report.close()
        assert len(window.session.rows()) == FILES - BROKEN + 1
        assert len(gaps) > FILES // 4
        assert max(gaps) < sum(gaps) * LONGEST_PART


def test_marking_goes_on_while_an_import_runs_and_cancelling_keeps_whole_documents(
    qtbot: QtBot, project: Path, folder: Path
) -> None:
    with open_window(qtbot, project) as window:
        window.importing.import_paths([folder])
        job = window.jobs.jobs[0]
        qtbot.waitUntil(lambda: job.progress.done > FILES // 10, timeout=60_000)
        window.view.select(0, 5)
        press(qtbot, window, Qt.Key.Key_2)
        assert not is_idle(window)
        assert [span.label for span in spans(window).values()] == ["person"]
        qtbot.waitUntil(lambda: job.progress.done > FILES // 2, timeout=60_000)

        job.cancel()
        qtbot.waitUntil(lambda: is_idle(window), timeout=60_000)

        imported = len(window.session.rows()) - 1
        assert FILES // 3 < imported < FILES - BROKEN

    with open_project(project, workstation="w") as store:
        assert run(check(store)) == ()
        assert len(store.documents()) == imported + 1
