"""The command palette: every command by name, with its key."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.commands import Command
from ui.dialogs.picker import Picker
from ui.models.picks import Pick


def command_palette(actions: Iterable[tuple[Command, QAction]], *, parent: QWidget) -> Picker:
    """A picker over commands, those that can be used now first; picking triggers the action."""
    listed = [(command, action) for command, action in actions if command.id != "palette"]
    by_id = {command.id: action for command, action in listed}
    picks = [_pick(command, action) for command, action in listed]
    picks.sort(key=lambda pick: not pick.is_enabled)
    picker = Picker(
        QCoreApplication.translate("palette", "Commands"),
        picks,
        hint=QCoreApplication.translate("palette", "What do you want to do?"),
        parent=parent,
    )
    picker.picked.connect(lambda command_id: by_id[command_id].trigger())
    return picker


def _pick(command: Command, action: QAction) -> Pick:
    return Pick(
        command.id,
        action.text().replace("&", ""),
        QCoreApplication.translate("commands", command.summary) if command.summary else "",
        action.shortcut().toString(action.shortcut().SequenceFormat.NativeText),
        is_enabled=action.isEnabled(),
    )
