"""The command of the window that has the desktop open projects, and its way back."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.windows import dialog, open_window
from ui.association import is_associated

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for desktops of Linux")


def button(told: QMessageBox, text: str) -> QPushButton:
    return next(each for each in told.findChildren(QPushButton) if each.text().replace("&", "") == text)


def test_double_click_is_associated_told_and_taken_back(qtbot: QtBot, user_folders: Path) -> None:
    with open_window(qtbot, None) as window:
        window.helping.associate()

        assert is_associated()
        told = dialog(qtbot, "association")
        assert isinstance(told, QMessageBox)
        assert "~/data/applications/annotator.desktop" in told.informativeText()

        qtbot.mouseClick(button(told, "Take it back"), Qt.MouseButton.LeftButton)

        assert not is_associated()
        assert not told.isVisible()


def test_what_hinders_it_is_told(qtbot: QtBot, user_folders: Path) -> None:
    (user_folders / "data").write_text("in the way")
    with open_window(qtbot, None) as window:
        window.helping.associate()

        assert "could not be written" in dialog(qtbot, "problem").words.text()  # type: ignore[attr-defined]
        dialog(qtbot, "problem").close()
