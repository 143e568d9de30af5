"""A second start finds the first window and hands over what it was given, also after a crash."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.sessions import make_project
from tests.ui.windows import open_window
from ui.arriving import Arriving
from ui.instance import claim, hand_over
from ui.main_window import MainWindow

SECOND_START = """
import sys
from pathlib import Path
from ui.app import make_application
from ui.instance import claim, hand_over
make_application()
folder = Path(sys.argv[1])
assert claim(folder) is None
sys.exit(not hand_over([Path(name) for name in sys.argv[2:]], folder))
"""
CRASH = """
import os, sys
from pathlib import Path
from ui.app import make_application
from ui.instance import claim
make_application()
claim(Path(sys.argv[1])).listen()
os._exit(9)
"""


def start(code: str, *arguments: Path | str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], text=True, stderr=subprocess.PIPE)


def test_second_start_hands_its_files_to_the_first_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert first is not None
    first.listen()

    with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
        second = start(SECOND_START, tmp_path, tmp_path / "news.annotator", tmp_path / "Café – 1.pdf")
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)

    assert second.communicate() == (None, "")
    assert second.returncode == 0
    assert asked.args == [[tmp_path / "news.annotator", tmp_path / "Café – 1.pdf"]]
    first.close()


def test_what_a_crash_left_behind_does_not_block(qtbot: QtBot, tmp_path: Path) -> None:
    crashed = start(CRASH, tmp_path)
    assert crashed.wait(20) == 9
    crashed.communicate()
    left = {path.name for path in tmp_path.iterdir()}
    assert {"window.lock", "window.socket"} <= left

    first = claim(tmp_path)
    assert first is not None
    first.listen()
    with qtbot.waitSignal(first.asked, timeout=20_000):
        second = start(SECOND_START, tmp_path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)

    assert second.communicate() == (None, "")
    first.close()


def test_after_the_first_is_closed_the_next_is_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert first is not None
    first.close()

    again = claim(tmp_path)

    assert again is not None
    again.close()


def test_window_that_does_not_answer_is_given_up(qtbot: QtBot, tmp_path: Path) -> None:
    silent = socket.socket(socket.AF_UNIX)
    silent.bind(str(tmp_path / "window.socket"))
    silent.listen()

    assert not hand_over([], tmp_path, seconds=0.3)
    silent.close()


@pytest.mark.parametrize("message", [b"no json\n", b'{"open": 1}\n', b"[1]\n"])
def test_messages_of_others_are_not_answered(qtbot: QtBot, tmp_path: Path, message: bytes) -> None:
    first = claim(tmp_path)
    assert first is not None
    first.listen()
    other = socket.socket(socket.AF_UNIX)
    other.connect(str(tmp_path / "window.socket"))
    other.setblocking(False)

    with qtbot.assertNotEmitted(first.asked):
        other.sendall(message)
        answers: list[bytes] = []

        def is_closed() -> bool:
            try:
                answers.append(other.recv(100))
            except BlockingIOError:
                return False
            return answers[-1] == b""

        qtbot.waitUntil(is_closed)
    assert answers == [b""]
    other.close()
    first.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "news.annotator")


def names(window: MainWindow) -> list[str]:
    return [row.title for row in window.session.rows()]


def test_project_that_is_open_stays_as_it_is(qtbot: QtBot, project: Path) -> None:
    with open_window(qtbot, project) as window:
        window.showMinimized()
        store = window.session.store

        Arriving(window).take([project])

        assert window.session.store is store
        assert not window.isMinimized()


def test_files_are_imported_into_the_project_that_comes_with_them(
    qtbot: QtBot, project: Path, tmp_path: Path
) -> None:
    (tmp_path / "ruling.txt").write_text("The judge ruled that the contract is void.\n", "utf-8")
    with open_window(qtbot, None) as window:
        Arriving(window).take([project, tmp_path / "ruling.txt"])

        qtbot.waitUntil(lambda: any("contract is void" in name for name in names(window)), timeout=30_000)
        qtbot.waitUntil(lambda: not window.jobs.jobs)
        assert window.session.store is not None
        assert window.session.store.path == project


def test_nothing_is_opened_under_a_dialog(qtbot: QtBot, project: Path) -> None:
    with open_window(qtbot, None) as window:
        dialog = QMessageBox(window)
        dialog.open()
        qtbot.waitExposed(dialog)

        Arriving(window).take([project])

        assert window.session.store is None
        assert "news.annotator was not opened" in window.status.currentMessage()
        dialog.close()


def test_file_that_macos_hands_over_is_opened(qtbot: QtBot, project: Path) -> None:
    with open_window(qtbot, None) as window:
        arriving = Arriving(window)

        is_taken = arriving.eventFilter(window, QFileOpenEvent(QUrl.fromLocalFile(str(project))))

        assert is_taken
        assert window.session.store is not None
        assert not arriving.eventFilter(window, QEvent(QEvent.Type.User))
