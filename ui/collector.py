"""Has Python look for reference cycles on the GUI thread only, in calm moments, and not among what stays.

Left to itself Python looks whenever enough objects were made, on whatever thread makes them: a job could then
take apart windows that belong to the GUI thread, which ends the process, and a key press among thousands of
spans could take a tenth of a second. Objects without cycles need none of this; they go with their last user.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from ui.session import Session

CALM_MILLISECONDS = 300
LOOK_MILLISECONDS = 1000
ENOUGH = 20_000  # objects made and not yet gone, since the last look


class Collector(QObject):
    """Looks for cycles in place of Python as long as the program runs.

    Once a document has been opened, what is there is set aside; another project takes that back.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MILLISECONDS)
        self._calm.timeout.connect(set_aside)
        self._look = QTimer(self, interval=LOOK_MILLISECONDS)
        self._look.timeout.connect(look)
        self._look.start()
        session.document_changed.connect(self._calm.start)
        session.project_changed.connect(gc.unfreeze)


def set_aside() -> None:
    """Let the search pass over all that is there now, after a last look so that no garbage stays with it."""
    gc.collect()
    gc.freeze()


def look() -> None:
    """Look for cycles if enough objects were made to make it worth while."""
    if gc.get_count()[0] > ENOUGH:
        gc.collect()
