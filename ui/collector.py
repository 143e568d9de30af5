"""Keeps Python's search for reference cycles away from what an open document holds.

The search looks at every object there is, so with thousands of spans a key press that sets it off would take
a tenth of a second. Objects without cycles do not need it: they go when nobody refers to them any more.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from ui.session import Session

CALM_MILLISECONDS = 300


class Collector(QObject):
    """Sets aside what is there once a document has been opened; another project takes that back."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MILLISECONDS)
        self._calm.timeout.connect(set_aside)
        session.document_changed.connect(self._calm.start)
        session.project_changed.connect(gc.unfreeze)


def set_aside() -> None:
    """Let the search pass over all that is there now, after a last look so that no garbage stays with it."""
    gc.collect()
    gc.freeze()
