"""What leads a project: its label schema and its guidelines. Dialogs are imported when they are opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from annotator.change import Change
from ui.commands import COMMANDS
from ui.taking_back import offer_undo

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Leading(QObject):
    """The handlers of the Project menu."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    def edit_schema(self) -> None:
        """Show the label schema, for a lead to change."""
        from ui.schema.editor import SchemaEditor

        editor = SchemaEditor(
            self._session, self._window.questions, reserved=self._reserved(), parent=self._window
        )
        editor.saved.connect(self._offer_undo)
        editor.failed.connect(self._window.failures.take)
        editor.finished.connect(editor.deleteLater)
        editor.open()

    def _reserved(self) -> dict[str, str]:
        """The titles of the commands whose key is a letter or digit alone, by that key."""
        return {
            key.lower(): QCoreApplication.translate("commands", command.title)
            for command in COMMANDS
            for key in self._window.keys[command.id]
            if len(key) == 1
        }

    def _offer_undo(self, change: Change) -> None:
        """Say that a version was saved, and offer to take it back."""
        window = self._window
        sentence = self.tr("Saved: {title}.").format(title=change.title)
        offer_undo(self._session, window.pane.notice, sentence, change, tell=window.status.tell)
