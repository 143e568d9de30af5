"""Where windows and dialogs keep their size and layout: what only Qt can read, apart from the settings."""

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QDialog

from ui.dialogs.frame import fit
from ui.settings import config_folder


def window_settings() -> QSettings:
    """Where geometry and panels are kept."""
    return QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)


def keep_size(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog the size in which it was closed last, at first this one; never more than the screen has.

    The dialog is known by its object name.
    """
    name = f"size/{dialog.objectName()}"
    kept = window_settings().value(name)
    size = kept if isinstance(kept, QSize) else QSize(width, height)
    fit(dialog, size.width(), size.height())
    dialog.finished.connect(lambda _result: _keep(name, dialog.size()))


def _keep(name: str, size: QSize) -> None:
    stored = window_settings()
    stored.setValue(name, size)
    stored.sync()
