"""PySide6 must not lose references of None: a release that does so ends the process after a while."""

import sys

import pytest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

CALLS = 5_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_calls_that_return_nothing_keep_the_references_of_none(qtbot: QtBot) -> None:
    view = QTextEdit()
    qtbot.addWidget(view)
    before = sys.getrefcount(None)

    for number in range(CALLS):
        view.resize(200 + number % 2, 100)
        view.update()
        if number % 50 == 0:
            view.setPlainText("The court ruled.")

    lost = before - sys.getrefcount(None)
    assert abs(lost) < CALLS // 10
