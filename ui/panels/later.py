"""Work of a panel that can wait until what is already to be painted has been painted.

A key press marks the text first and fills the panels after; several signals of one edit are one update. What
takes longer waits until the hands rest.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Later(QObject):
    """Does one thing soon, however often it is asked to before; `after` milliseconds without being asked."""

    def __init__(self, do: Callable[[], object], parent: QObject, *, after: int = 0) -> None:
        super().__init__(parent)
        self._do = do
        # A timer of no length fires after posted events, and so after the repaints that are due.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after)
        self._timer.timeout.connect(do)

    def soon(self) -> None:
        """Do it when the window has nothing more urgent to do."""
        if not self._timer.isActive() or self._timer.interval():
            self._timer.start()

    @property
    def is_due(self) -> bool:
        """Whether it is still to be done."""
        return self._timer.isActive()

    def call_off(self) -> None:
        """Do it no more, unless somebody asks again."""
        self._timer.stop()

    def now(self) -> None:
        """Do it at once if it is still to be done."""
        if self._timer.isActive():
            self._timer.stop()
            self._do()
