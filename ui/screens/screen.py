"""What the pictures are made of: a `Screen`, and the documents and dialogs that many of them show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui import stage
from ui.main_window import MainWindow

EDITOR = QSize(1000, 690)
ARTICLE = "Judge bars NSO"


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture to take: `show` brings it about in the window and gives what is photographed."""

    name: str
    show: Callable[[MainWindow], QWidget]


def article(window: MainWindow) -> QWidget:
    window.session.open_document(stage.document_titled(window, ARTICLE))
    window.session.select_span(None)
    for name in ("again", "guidelines"):
        window.docks[name].hide()
    return window


def court_order(window: MainWindow) -> QWidget:
    rows = window.session.rows()
    window.session.open_document(next(row.id for row in rows if row.page_count))
    window.paging.text()
    return window


def drawn(window: MainWindow) -> QWidget:
    """The window when its pages are there."""
    stage.settle()
    stage.wait_until(lambda: window.paging.view.is_drawn)
    return window


def dialog_of(command: str) -> Callable[[MainWindow], QWidget]:
    """The dialog that a command opens."""

    def show(window: MainWindow) -> QWidget:
        window.commands.actions[command].trigger()
        stage.settle()
        return next(dialog for dialog in dialogs() if dialog.isVisible())

    return show


def dialogs() -> Iterator[QDialog]:
    return (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog))


def selected_span(window: MainWindow) -> QWidget:
    article(window)
    claims = [span for span in window.session.annotations.values() if span.label == "claim"]
    window.session.select_span(max(claims, key=lambda span: span.start).id)
    window.view.reveal(*window.session.annotations[window.session.selected or ""].fragments[0])
    return window
