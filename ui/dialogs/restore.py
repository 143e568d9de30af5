"""Which backup of a project is to be restored: a list with what each holds, newest first."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from annotator.wording import counted
from ui.dialogs.frame import answer_buttons, body, button_row, fit
from ui.panels.themed import Words

if TYPE_CHECKING:
    from storage.rolling import Backup, Holdings

# A backup and what it holds, None if it is damaged.
Listed: TypeAlias = tuple["Backup", "Holdings | None"]

_BACKUP = int(Qt.ItemDataRole.UserRole)


class RestoreDialog(QDialog):
    """Backups with the time, what they hold and where they are; damaged ones cannot be chosen.

    Signals:
        chosen: The backup to restore.
    """

    chosen = Signal(object)

    def __init__(self, project: Path, found: Sequence[Listed], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restore")
        layout = body(self, self.tr("Restore a backup"))
        self.words = Words(
            self.tr(
                "{file} goes back to the state that you choose. The file as it is now is kept beside it "
                "under another name."
            ).format(file=project.name)
            if found
            else self.tr("There is no backup of {file} yet.").format(file=project.name)
        )
        layout.addWidget(self.words)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Backups"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(1)
        for backup, holds in found:
            self._add(backup, holds)
        self.list.setVisible(bool(found))
        layout.addWidget(self.list, 1)
        box, self.go_on = answer_buttons(self, self.tr("Restore"))
        layout.addLayout(button_row(box))
        self.list.currentRowChanged.connect(lambda _row: self._show_choice())
        self.list.itemActivated.connect(lambda _item: self.accept())
        self._choose_first()
        self._show_choice()
        fit(self, 640, 420 if found else 0)

    def accept(self) -> None:
        """Close, and have the chosen backup restored."""
        backup = self._choice()
        if backup is not None:
            super().accept()
            self.chosen.emit(backup)

    def _add(self, backup: "Backup", holds: "Holdings | None") -> None:
        told = (
            self.tr("damaged")
            if holds is None
            else f"{counted(holds.documents, 'document')}, {counted(holds.spans, 'span')}, "
            f"{counted(holds.changes, 'change')}"
        )
        item = QListWidgetItem(
            f"{backup.time.astimezone():%Y-%m-%d  %H:%M}   ·   {told}   ·   {backup.path.parents[1]}"
        )
        item.setToolTip(str(backup.path))
        item.setData(_BACKUP, backup)
        if holds is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _choose_first(self) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.list.setCurrentRow(row)
                break
        self.list.setFocus()

    def _choice(self) -> "Backup | None":
        item = self.list.currentItem()
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsSelectable:
            return None
        backup: Backup = item.data(_BACKUP)
        return backup

    def _show_choice(self) -> None:
        self.go_on.setEnabled(self._choice() is not None)
