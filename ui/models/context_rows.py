"""Rows of words in their context, under headings, as a Qt model; rows may have a box to check.

Headings are rows too, which cannot be selected; a row is known to its owner by its `key`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a row, and whether they are those that were looked for."""

    text: str
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class ContextRow:
    """Words found, with what stands around them on one line.

    `before` ends where the first of `pieces` begins. `remark` is said at the side. `is_checked` is None
    where there is no box; a row that is not enabled is only shown.
    """

    key: int
    before: str
    pieces: tuple[Piece, ...]
    remark: str = ""
    chip: str = ""
    colour: str = ""
    is_checked: bool | None = None
    is_enabled: bool = True

    @property
    def line(self) -> str:
        return self.before + "".join(piece.text for piece in self.pieces)


Row: TypeAlias = ContextRow | str


class ContextModel(QAbstractListModel):
    """Context rows, and headings as plain strings."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Show more rows below the present ones."""
        if rows:
            self.beginInsertRows(NO_PARENT, len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def row_at(self, index: Index) -> ContextRow | None:
        """The row there; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, ContextRow) else None

    def context_rows(self) -> Iterator[ContextRow]:
        return (row for row in self._rows if isinstance(row, ContextRow))

    def first(self) -> QModelIndex:
        """The first row that can be selected; an invalid index if there is none."""
        rows = enumerate(self._rows)
        place = next((at for at, row in rows if isinstance(row, ContextRow) and row.is_enabled), -1)
        return self.index(place)

    def checked(self) -> list[int]:
        """The keys of the rows that are checked."""
        return [row.key for row in self.context_rows() if row.is_checked]

    def check(self, indexes: Iterable[Index], is_checked: bool) -> None:
        """Check rows, or uncheck them; those without a box, or not enabled, are passed over."""
        for index in indexes:
            row = self.row_at(index)
            if row is not None and row.is_enabled and row.is_checked not in (None, is_checked):
                self._rows[index.row()] = replace(row, is_checked=is_checked)
                self.dataChanged.emit(index, index, [int(Qt.ItemDataRole.CheckStateRole)])

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, str):
                return row
            return ", ".join(part for part in (row.chip, row.remark, row.line) if part)
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(row, ContextRow):
            states = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked, None: None}
            return states[row.is_checked]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None or not row.is_enabled:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if row.is_checked is None else flags | Qt.ItemFlag.ItemIsUserCheckable
