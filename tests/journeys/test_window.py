"""The main job through the real window, by the keyboard alone, over two runs of the program."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage.store import open_project
from tests.ui.sessions import make_project as make_project_file
from tests.ui.windows import dialog, open_window, press
from ui.dialogs.new_project import NewProjectDialog
from ui.dialogs.picker import Picker
from ui.export.dialog import ExportDialog
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
K = Qt.Key
ROOT = Path(__file__).resolve().parents[2]
ARTICLE = (
    "Court voids the Harbor contract\n"
    "A federal judge ruled that the contract is void 😀 and ordered the port to pay $12 million.\n"
    "Harbor’s lawyer said the company will appeal.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "harbor.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "second.txt").write_text("The court denied the motion.\n", "utf-8")
    return tmp_path


def go_to(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Put the caret behind words by finding them."""
    press(qtbot, window, K.Key_F, CTRL)
    field = window.pane.find_bar.field
    field.clear()
    qtbot.keyClicks(field, words)
    press(qtbot, window, K.Key_Escape)
    press(qtbot, window, K.Key_Right)


def extend(qtbot: QtBot, window: MainWindow, words: int) -> None:
    """Select on by words; the space before the first one counts too, and is not marked."""
    for _ in range(words):
        press(qtbot, window, K.Key_Right, CTRL, SHIFT)


def mark(qtbot: QtBot, window: MainWindow, before: str, words: int, key: Qt.Key) -> None:
    go_to(qtbot, window, before)
    extend(qtbot, window, words)
    press(qtbot, window, key)


def marked(window: MainWindow) -> dict[str, str]:
    return {span.quote.exact: span.label for span in window.session.annotations.values()}


def make_project(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    press(qtbot, window, K.Key_N, CTRL)
    asked = dialog(qtbot, "new_project")
    assert isinstance(asked, NewProjectDialog)
    qtbot.keyClicks(asked.name, "Harbor")
    asked.folder.setText(str(folder))
    qtbot.keyClick(asked.name, K.Key_Return)
    with qtbot.waitActive(window):
        window.activateWindow()


def test_holding_is_marked_kept_taken_back_after_a_restart_and_exported(qtbot: QtBot, files: Path) -> None:
    with open_window(qtbot, None) as window:
        make_project(qtbot, window, files)
        window.importing.import_paths([files / "harbor.txt", files / "second.txt"])
        qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=60_000)
        dialog(qtbot, "import_report").close()
        with qtbot.waitActive(window):
            window.activateWindow()
        assert len(window.documents.model.shown()) == 2
        window.view.setFocus()

        mark(qtbot, window, "judge ruled", 6, K.Key_D)
        mark(qtbot, window, "pay", 4, K.Key_0)
        assert marked(window) == {"that the contract is void": "holding", "$12 million": "money"}
        press(qtbot, window, K.Key_Tab, SHIFT)

    project = files / "Harbor.annotator"
    with open_window(qtbot, None) as window:
        press(qtbot, window, K.Key_O, CTRL, SHIFT)
        recent = dialog(qtbot, "picker")
        assert isinstance(recent, Picker)
        qtbot.keyClicks(recent.field, "harb")
        qtbot.keyClick(recent.field, K.Key_Return)
        assert window.session.store is not None
        assert window.session.store.path == project
        assert marked(window) == {"that the contract is void": "holding", "$12 million": "money"}
        with qtbot.waitActive(window):
            window.activateWindow()

        press(qtbot, window, K.Key_Z, CTRL)
        assert marked(window) == {"that the contract is void": "holding"}
        press(qtbot, window, K.Key_Z, CTRL, SHIFT)
        press(qtbot, window, K.Key_Z, CTRL)

        press(qtbot, window, K.Key_E, CTRL)
        asked = dialog(qtbot, "export")
        assert isinstance(asked, ExportDialog)
        asked.target.setText(str(files / "out.jsonl"))
        qtbot.keyClick(asked.target, K.Key_Return)
        qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=60_000)

    documents = [json.loads(line) for line in (files / "out.jsonl").read_text("utf-8").splitlines()]
    assert [document["text"] for document in documents] == [ARTICLE, "The court denied the motion.\n"]
    spans = documents[0]["spans"]
    assert [(span["label"], span["text"]) for span in spans] == [("holding", "that the contract is void")]
    assert ARTICLE[spans[0]["start"] : spans[0]["end"]] == "that the contract is void"


MARK_AND_DIE = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui.app import build_window, make_application

application = make_application()
window = build_window()
window.show()
window.projects.open(Path(sys.argv[1]))
start = window.session.text.index("District Court")
window.view.select(start, start + len("District Court"))
QTest.keyClick(window.view, Qt.Key.Key_3)
print(len(window.session.annotations), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_highlight_outlives_a_process_killed_right_after_the_key(tmp_path: Path) -> None:
    project = make_project_file(tmp_path / "news.annotator")

    killed = subprocess.run(
        [sys.executable, "-c", MARK_AND_DIE, project], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (killed.returncode, killed.stdout.strip()) == (-signal.SIGKILL, "1"), killed.stderr
    with open_project(project, workstation="elsewhere") as store:
        assert [span.quote.exact for span in store.annotations("one")] == ["District Court"]
