"""What comes to the window from outside: a second start of the program, or files that macOS hands over."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Arriving(QObject):
    """Shows the window and opens or imports what has come; an event filter for the application."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def take(self, paths: Sequence[Path]) -> None:
        """Come to the front; open a project, take a package, import other files.

        While a dialog is open nothing is opened under it, and the status bar says so.
        """
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)  # where the system lets no window come to the front by itself
        if not paths:
            return
        if QApplication.activeModalWidget() is not None:
            window.status.tell(
                self.tr(
                    "{file} was not opened, because a dialog is open. Close it and open the file again."
                ).format(file=paths[0].name)
            )
            return
        window.projects.take_dropped([str(path) for path in paths])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.take([Path(event.file())])
            return True
        return super().eventFilter(watched, event)
