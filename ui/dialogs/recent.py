"""Choose among the projects opened last."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.dialogs.picker import Picker
from ui.models.picks import Pick


def recent_picker(paths: Iterable[Path], *, parent: QWidget) -> Picker:
    """A picker over project files, newest first; gives the path."""
    return Picker(
        QCoreApplication.translate("recent", "Recent projects"),
        [Pick(str(path), path.stem, str(path.parent)) for path in paths],
        hint=QCoreApplication.translate("recent", "Which project?"),
        parent=parent,
    )
