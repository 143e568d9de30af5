"""A table to read and choose from: rows that lead to a document or a span, by Enter or a double click."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui.cases.rows import Row


class Table(QTableWidget):
    """Rows of words.

    Signals:
        led: A row was chosen: its document and span (ids).
    """

    led = Signal(str, str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.activated.connect(lambda index: self._lead(index.row()))

    def fill(self, heads: Sequence[str], rows: Sequence[Row], *, wide: Sequence[int] = (0,)) -> None:
        """Show these rows; the `wide` columns share what room is left."""
        self._rows = tuple(rows)
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, words in enumerate(row.cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words.strip())
                self.setItem(at, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in wide:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def chosen(self) -> list[Row]:
        """The rows that are selected."""
        return [self._rows[index.row()] for index in self.selectionModel().selectedRows()]

    def _lead(self, row: int) -> None:
        if row < len(self._rows):
            self.led.emit(self._rows[row].document, self._rows[row].span)
