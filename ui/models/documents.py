"""The document list as a Qt model: documents under a heading for each state or case, filtered by title.

Headings are rows too, which cannot be selected; ask `document_at` before taking a row for a document.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.model import WorkState
from annotator.store import DocumentRow
from ui.panels.span_words import MINUTE, as_tooltip, kind_words, minutes_words

Index: TypeAlias = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
NO_PARENT = QModelIndex()


class DocumentListModel(QAbstractListModel):
    """The rows of a project, grouped by state in the order of GROUPS, in order of import within."""

    GROUPS: tuple[WorkState, ...] = ("returned", "todo", "in_progress", "done", "skipped")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, DocumentRow] = {}
        self._cases: Mapping[str, tuple[str, ...]] | None = None
        self._doubts: Mapping[str, float] | None = None
        self._needle = ""
        self._shown: list[DocumentRow | str] = []
        self.open_document: str | None = None  # the id of the one that is marked as open

    def set_rows(
        self, rows: Iterable[DocumentRow], cases: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        """Show other documents, by state, or by `cases`: the documents (ids) of each by its name.

        One that belongs to several cases is listed in each of them.
        """
        self._cases = cases
        self._rows = {row.id: row for row in rows}
        self._arrange()

    def set_doubts(self, doubts: Mapping[str, float] | None) -> None:
        """List in each group those first that are most in doubt (a share, by id); None in order of import.

        Documents that have no doubt come last.
        """
        if doubts != self._doubts:
            self._doubts = doubts
            self._arrange()

    def doubt(self, document: str) -> float | None:
        """How much a document is in doubt, None if nobody knows or has asked."""
        return None if self._doubts is None else self._doubts.get(document)

    def set_filter(self, words: str) -> None:
        """Show only documents whose title, kind, case or date has all these words."""
        self._needle = words
        self._arrange()

    def update_row(self, document: str, *, state: WorkState, spans: int, title: str) -> None:
        """Bring one document up to date; only it is told of, unless it goes to another group."""
        old = self._rows.get(document)
        if old is not None:
            self._update(old, replace(old, state=state, spans=spans, title=title))

    def update_time(self, document: str, seconds: int) -> None:
        """Bring the time spent on one document up to date."""
        old = self._rows.get(document)
        if old is not None and minutes_words(old.seconds) != minutes_words(seconds):
            self._update(old, replace(old, seconds=seconds))

    def _update(self, old: DocumentRow, new: DocumentRow) -> None:
        if new == old:
            return
        self._rows[new.id] = new
        if new.state != old.state or new.title != old.title:
            self._arrange()
            return
        index = self.index_of(new.id)
        if index.isValid():
            self._shown[index.row()] = new
            self.dataChanged.emit(index, index)

    @property
    def total(self) -> int:
        """How many documents the project has, shown or not."""
        return len(self._rows)

    def shown(self) -> tuple[DocumentRow, ...]:
        """The documents shown, from top to bottom."""
        return tuple(row for row in self._shown if isinstance(row, DocumentRow))

    def document_at(self, index: Index) -> DocumentRow | None:
        """The document in a row; None for a heading."""
        row = self._shown[index.row()] if index.isValid() else None
        return row if isinstance(row, DocumentRow) else None

    def index_of(self, document: str | None) -> QModelIndex:
        """Where a document is shown; an invalid index if it is not."""
        for number, row in enumerate(self._shown):
            if isinstance(row, DocumentRow) and row.id == document:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row = self._shown[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, DocumentRow) else row
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(row, DocumentRow):
            return f"{row.title}, {self.detail(row)}"
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, DocumentRow):
            return as_tooltip(row.title)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.document_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def detail(self, row: DocumentRow) -> str:
        """The second line of a document: kind, date, spans and the time spent."""
        doubt = self.doubt(row.id)
        spans = self.tr("1 span") if row.spans == 1 else self.tr("{n} spans").format(n=row.spans)
        parts = (
            kind_words(row.kind),
            row.date,
            spans if row.spans else "",
            minutes_words(row.seconds) if row.seconds >= MINUTE else "",
            "" if doubt is None else self.tr("unsure of {n:.1f} %").format(n=100 * doubt),
        )
        return " · ".join(part for part in parts if part)

    def _arrange(self) -> None:
        self.beginResetModel()
        words = self._needle.casefold().split()
        doubts = self._doubts or {}
        found = {
            row.id: row
            for row in sorted(self._rows.values(), key=lambda row: -doubts.get(row.id, -1.0))
            if all(word in f"{row.title} {row.kind} {row.case} {row.date}".casefold() for word in words)
        }
        groups = self._by_state(found) if self._cases is None else self._by_case(found, self._cases)
        self._shown = []
        for heading, rows in groups:
            if rows:
                self._shown += [f"{heading}  {len(rows)}", *rows]
        self.endResetModel()

    def _by_state(self, found: Mapping[str, DocumentRow]) -> list[tuple[str, list[DocumentRow]]]:
        groups: dict[WorkState, list[DocumentRow]] = {group: [] for group in self.GROUPS}
        for row in found.values():
            groups[row.state].append(row)
        return [(self._heading(group), rows) for group, rows in groups.items()]

    def _by_case(
        self, found: Mapping[str, DocumentRow], cases: Mapping[str, tuple[str, ...]]
    ) -> list[tuple[str, list[DocumentRow]]]:
        groups = [(name, [found[one] for one in members if one in found]) for name, members in cases.items()]
        inside = {one for members in cases.values() for one in members}
        return [*groups, (self.tr("In no case"), [row for row in found.values() if row.id not in inside])]

    def _heading(self, group: WorkState) -> str:
        return {
            "returned": self.tr("Returned"),
            "todo": self.tr("To do"),
            "in_progress": self.tr("In progress"),
            "done": self.tr("Done"),
            "skipped": self.tr("Skipped"),
        }[group]
