"""The documents of the progress screen as a Qt model, which also ten thousand of do not slow down."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.standing import DocumentStanding

_Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class StandingModel(QAbstractTableModel):
    """A row a document: its title, how it stands, and its length."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[DocumentStanding] = ()
        self._words: Callable[[DocumentStanding], str] = str

    def show_rows(self, rows: Sequence[DocumentStanding], words: Callable[[DocumentStanding], str]) -> None:
        """Show other documents; `words` says how one stands."""
        self.beginResetModel()
        self.rows, self._words = rows, words
        self.endResetModel()

    def rowCount(self, parent: _Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (row.title, self._words(row), f"{row.length:,}")[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 2:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("Document"), self.tr("Status"), self.tr("Characters"))[section]
        return None
