"""What became of each imported file: read, already here, or refused with the reason.

The whole of a long remark is below the table, for the row that the keyboard or the mouse is at.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.services.importing import ImportReport, ImportRow
from ui.dialogs.frame import body, button_row, close_button, fit, side_button
from ui.models.import_rows import (
    ROW_ROLE,
    ImportRowModel,
    is_problem,
    outcome_words,
    remark,
    report_text,
)
from ui.panels.themed import LARGE, Words, theme_of
from ui.theme import icon

_COLUMN_WORDS = (
    "Read, with a warning 0000",
    "articles/a-longer-name-2025.html",
    "Spans 00",
)
_ICONS = {"read": "check-circle", "already_here": "circle", "refused": "error"}


class ImportReportDialog(QDialog):
    """Counts, a table of files, and the remark on one of them."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = report
        problems = sum(map(is_problem, report.rows))
        layout = body(self, self.tr("Import report"))
        head = QHBoxLayout()
        head.addWidget(Words(self.summary(), size=LARGE, bold=True), 1)
        self.only_problems = QCheckBox(self.tr("Only &problems ({n})").format(n=problems))
        self.only_problems.setEnabled(bool(problems))
        head.addWidget(self.only_problems)
        layout.addLayout(head)
        self._rows = ImportRowModel(report.rows, self)
        self.table = self._make_table()
        layout.addWidget(self.table, 1)
        self.remark = Words(is_selectable=True)
        self.remark.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.remark)
        box, close = close_button(self)
        self.copy = side_button(self.tr("&Copy as text"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report_text(report)))
        layout.addLayout(button_row(box, self.copy))
        self.only_problems.toggled.connect(self._on_only_problems)
        self.table.selectionModel().currentRowChanged.connect(self._show_remark)
        fit(self, 860, 520)
        self._select_first()
        close.setFocus()

    def summary(self) -> str:
        """How many files ended how, in one line."""
        report = self._report
        parts = [self.tr("{n} read").format(n=report.count("read"))]
        if already := report.count("already_here"):
            parts.append(self.tr("{n} already here").format(n=already))
        if refused := report.count("refused"):
            parts.append(self.tr("{n} refused").format(n=refused))
        if report.spans:
            parts.append(self.tr("{n} spans came along").format(n=report.spans))
        return ", ".join(parts) if report.rows else self.tr("There was nothing to import")

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._rows)
        table.setItemDelegateForColumn(0, OutcomeDelegate(table))
        table.setAccessibleName(self.tr("Files"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, words in enumerate(_COLUMN_WORDS):
            table.setColumnWidth(column, self.fontMetrics().horizontalAdvance(words))
        return table

    def _select_first(self) -> None:
        """Go to the first problem that is listed, else to the first row."""
        listed = range(self._rows.rowCount())
        first = next((number for number in listed if is_problem(self._rows.row(number))), 0)
        self.table.selectRow(first)
        self._show_remark(self.table.currentIndex())

    def _on_only_problems(self, only: bool) -> None:
        self._rows.show_only_problems(only)
        self._select_first()

    def _show_remark(self, current: QModelIndex) -> None:
        row = current.data(ROW_ROLE)
        if not isinstance(row, ImportRow):
            self.remark.clear()
            return
        said = remark(row) or row.title or outcome_words(row)
        self.remark.setText(said if said.startswith(row.source) else f"{row.source}: {said}")


class OutcomeDelegate(QStyledItemDelegate):
    """Puts a sign before what became of a file."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        row = index.data(ROW_ROLE)
        name = "warning" if row.warnings and row.outcome == "read" else _ICONS[row.outcome]
        if row.outcome == "refused":
            option.palette.setColor(QPalette.ColorRole.Text, QColor(theme_of(self._table).alarm))
        option.icon = icon(name, theme_of(self._table))
        option.decorationSize = QSize(16, 16)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
