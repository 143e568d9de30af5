"""Shows widgets in tests so that they have the keyboard."""

from typing import TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


def shown(widget: W, qtbot: QtBot, *, width: int = 300, height: int = 700) -> W:
    """The widget as an active window of that size; it is closed after the test."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def together(*widgets: QWidget) -> QWidget:
    """A window that holds the widgets, one below the other."""
    window = QWidget()
    layout = QVBoxLayout(window)
    for widget in widgets:
        layout.addWidget(widget)
    return window


def on_screen(widget: QWidget) -> QImage:
    """What the screen shows of a widget once the event loop has painted what is due."""
    QApplication.processEvents()
    corner = widget.mapTo(widget.window(), QPoint(0, 0))
    size = widget.size()
    grabbed = widget.screen().grabWindow(widget.window().winId(), corner.x(), corner.y(), *size.toTuple())
    return grabbed.toImage().convertToFormat(QImage.Format.Format_RGB32)
