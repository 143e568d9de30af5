"""What a picker lists, best match first. The filter is a pure function, so it is tested without a window."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index: TypeAlias = QModelIndex | QPersistentModelIndex
PICK_ROLE = int(Qt.ItemDataRole.UserRole)
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to pick: `title` is typed, `detail` stands small behind it, `key` at the right edge.

    `colour` is the colour of a swatch ("" for none). One that is not enabled is listed, not picked.
    """

    id: str
    title: str
    detail: str = ""
    key: str = ""
    colour: str = ""
    is_enabled: bool = True


def matching(picks: Iterable[Pick], typed: str) -> list[Pick]:
    """The picks that what was typed may mean, best first; all, as they are, where nothing was typed."""
    words = typed.casefold().split()
    ranked = [(_rank(pick, words), number, pick) for number, pick in enumerate(picks)]
    return [pick for rank, _, pick in sorted(ranked, key=lambda entry: entry[:2]) if rank < _NO_MATCH]


_NO_MATCH = 5


def _rank(pick: Pick, words: list[str]) -> int:
    if not words:
        return 0
    title, detail = pick.title.casefold(), pick.detail.casefold()
    joined = " ".join(words)
    if pick.key.casefold() == joined:
        return 0
    if title.startswith(joined):
        return 1
    starts = title.split()
    if all(any(start.startswith(word) for start in starts) for word in words):
        return 2
    if all(word in title for word in words):
        return 3
    if all(word in title or word in detail for word in words):
        return 4
    return _NO_MATCH


class PickModel(QAbstractListModel):
    """The picks that match what was typed."""

    def __init__(self, picks: Iterable[Pick], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(picks)
        self._shown = matching(self._all, "")

    def type_in(self, typed: str) -> None:
        """Show what matches."""
        self.beginResetModel()
        self._shown = matching(self._all, typed)
        self.endResetModel()

    def pick_at(self, index: Index) -> Pick | None:
        return self._shown[index.row()] if index.isValid() else None

    def first_enabled(self) -> QModelIndex:
        """The first row that can be picked; an invalid index if there is none."""
        row = next((number for number, pick in enumerate(self._shown) if pick.is_enabled), -1)
        return self.index(row)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        pick = self._shown[index.row()]
        if role == PICK_ROLE:
            return pick
        if role == Qt.ItemDataRole.DisplayRole:
            return pick.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (pick.title, pick.detail, pick.key) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not self._shown[index.row()].is_enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
