"""Work that waits is done once, and at once where it is asked for."""

from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from ui.panels.later import Later


def test_many_requests_are_one_piece_of_work(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    later = Later(lambda: done.append(1), owner)

    for _ in range(5):
        later.soon()
    assert done == []
    qtbot.waitUntil(lambda: bool(done))

    assert done == [1]


def test_work_that_is_asked_for_now_is_not_done_again(qapp: QCoreApplication) -> None:
    done: list[int] = []
    owner = QObject()
    later = Later(lambda: done.append(1), owner)

    later.soon()
    later.now()
    later.now()
    QCoreApplication.processEvents()

    assert done == [1]
