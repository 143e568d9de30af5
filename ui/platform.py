"""All that differs between Linux, macOS and Windows: where things are kept, and how folders are shown."""

from pathlib import Path

import platformdirs
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.settings import APPLICATION

PROJECT_SUFFIX = ".annotator"


def projects_folder() -> Path:
    """Where projects are kept unless the user chose another folder; made when it is asked for."""
    folder = platformdirs.user_data_path(APPLICATION, appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def documents_folder() -> Path:
    """Where the user keeps documents: the place to choose files from at first."""
    folder = platformdirs.user_documents_path()
    return folder if folder.is_dir() else Path.home()


def show_folder(folder: Path) -> bool:
    """Show a folder in the system's file manager; False if the system has none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
