"""Help: the command palette, the sheet of keys, folders, about."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from annotator.errors import AnnotatorError
from ui import platform

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Helping(QObject):
    """The handlers of the Help menu. Dialogs are imported when they are opened."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    def palette(self) -> None:
        """Let a command be picked by name."""
        from ui.dialogs.palette import command_palette

        command_palette(self._window.commands.offered(), parent=self._window).open()

    def keys(self) -> None:
        """Show all keys on one sheet."""
        from ui.dialogs.cheat_sheet import CheatSheet, sections

        offered = tuple(command for command, _ in self._window.commands.offered())
        content = sections(offered, self._window.keys.__getitem__, self._session.schema)
        CheatSheet(content, self._window).open()

    def projects_folder(self) -> None:
        """Show the folder where projects are kept."""
        folder = self._session.store.path.parent if self._session.store else platform.projects_folder()
        if not platform.show_folder(folder):
            self._session.refused.emit(
                self.tr("There is no file manager to show {folder}.").format(folder=folder)
            )

    def associate(self) -> None:
        """Have the desktop open projects with a double-click, tell it, and offer to take it back."""
        from ui.association import associate, dissociate

        try:
            paths = associate()
        except AnnotatorError as error:
            self._window.failures.take(error)
            return
        told = QMessageBox(self._window)
        told.setObjectName("association")
        told.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told.setWindowTitle(self.tr("Open by double-click"))
        told.setText(self.tr("A double-click on a project or a package opens it in Annotator now."))
        told.setInformativeText(
            self.tr("This was written for your account:\n{files}").format(files="\n".join(map(_short, paths)))
        )
        back = told.addButton(self.tr("&Take it back"), QMessageBox.ButtonRole.DestructiveRole)
        back.clicked.connect(dissociate)
        told.setDefaultButton(told.addButton(QMessageBox.StandardButton.Close))
        told.open()

    def about(self) -> None:
        """Say which program and version this is."""
        from ui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()


def _short(path: Path) -> str:
    """A path as people write it, from their home."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)
