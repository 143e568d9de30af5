"""Finding in the open document: the ways to find, by their keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.sessions import make_project
from tests.ui.windows import open_window, press
from ui.main_window import MainWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
K = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator")) as window:
        yield window


def test_pattern_is_found_and_one_that_takes_too_long_is_stopped(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.pane.find_bar
    press(qtbot, window, K.Key_F, CTRL)
    press(qtbot, window, K.Key_R, ALT)

    qtbot.keyClicks(bar.field, "co[a-z]+t")
    assert bar.count.text() == "1 of 2"
    bar.field.setText(r"(\w|\w\w|\s)+[.!]{9}")

    assert "takes too long" in bar.count.text()
    assert window.view.matches == ()


def test_case_and_whole_words_count_when_their_keys_were_pressed(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.pane.find_bar
    press(qtbot, window, K.Key_C, ALT)
    assert bar.isVisible()
    assert bar.field.hasFocus()

    bar.field.setText("COURT")
    assert bar.count.text() == "Not found"
    press(qtbot, window, K.Key_C, ALT)
    assert bar.count.text() == "1 of 2"
    bar.field.setText("cour")
    press(qtbot, window, K.Key_W, ALT)

    assert bar.count.text() == "Not found"
    assert window.commands.actions["find.whole"].isCheckable()
