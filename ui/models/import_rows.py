"""The rows of an import report as a Qt model, and the report as text to copy."""

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from annotator.services.importing import ImportReport, ImportRow
from ui.panels.span_words import as_tooltip

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
NO_PARENT = QModelIndex()


def is_problem(row: ImportRow) -> bool:
    """Whether somebody should look at the row: refused, or read with a warning."""
    return row.outcome == "refused" or bool(row.warnings)


def outcome_words(row: ImportRow) -> str:
    """What became of the file."""
    match row.outcome:
        case "already_here":
            return _tr("Already here")
        case "refused":
            return _tr("Refused")
        case _:
            return _tr("Read, with a warning") if row.warnings else _tr("Read")


def remark(row: ImportRow) -> str:
    """Why a file was refused or what its reader warns of, on one line."""
    return " ".join(part for part in (row.reason, *row.warnings) if part)


def report_text(report: ImportReport) -> str:
    """The report as lines of outcome, file, title and remark, divided by tabs, as sheets take them."""
    lines = [
        "\t".join(
            part.replace("\t", " ") for part in (outcome_words(row), row.source, row.title, remark(row))
        )
        for row in report.rows
    ]
    return "\n".join(lines)


class ImportRowModel(QAbstractTableModel):
    """One row a file: what became of it, its name, spans, and its remark, else the document's title."""

    def __init__(self, rows: Sequence[ImportRow], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(rows)
        self._rows = self._all

    def show_only_problems(self, only: bool) -> None:
        """List all rows, or only those that somebody should look at."""
        self.beginResetModel()
        self._rows = tuple(filter(is_problem, self._all)) if only else self._all
        self.endResetModel()

    def row(self, number: int) -> ImportRow:
        """One of the rows that are listed."""
        return self._rows[number]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headings())

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tooltip(self._cells(row)[index.column()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings()[section]
        return None

    def _headings(self) -> tuple[str, ...]:
        return (self.tr("Result"), self.tr("File"), self.tr("Spans"), self.tr("Title, or what is wrong"))

    def _cells(self, row: ImportRow) -> tuple[str, ...]:
        return (outcome_words(row), row.source, str(row.spans or ""), remark(row) or row.title)


def _tr(text: str) -> str:
    return QCoreApplication.translate("import_report", text)
