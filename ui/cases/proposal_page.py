"""What was found for a case: which documents seem to belong to it and why, each with a box to tick."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.cases import Proposal
from ui.cases.rows import reason
from ui.cases.table import Table
from ui.panels.span_words import kind_words
from ui.panels.themed import Words

_DOCUMENT = int(Qt.ItemDataRole.UserRole)


class ProposalPage(QWidget):
    """A proposal to be confirmed, all of it or a part.

    Signals:
        confirmed: These documents (a list of ids) belong to the case.
    """

    confirmed = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.caption = Words(bold=True)
        self.about = Words(tone="muted")
        self.table: QTableWidget = Table(self.tr("Documents that seem to belong to the case"))
        self.confirm = QPushButton(self.tr("C&onfirm"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 0, 0)
        for widget in (self.caption, self.about):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.confirm)
        layout.addLayout(row)
        self.confirm.clicked.connect(lambda: self.confirmed.emit(self.ticked()))
        self.table.itemChanged.connect(self._enable)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show another proposal, with all its documents ticked."""
        self.caption.setText(proposal.caption or proposal.docket_number)
        parts = (proposal.docket_number, proposal.court)
        new = self.tr("a new case") if not proposal.case else self.tr("a case that there is")
        self.about.setText("  ·  ".join((*(part for part in parts if part), new)))
        self.table.blockSignals(True)
        heads = (self.tr("Document"), self.tr("Kind"), self.tr("Why"))
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.setRowCount(len(proposal.documents))
        for row, one in enumerate(proposal.documents):
            first = QTableWidgetItem(one.title)
            first.setFlags(first.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            first.setCheckState(Qt.CheckState.Checked)
            first.setData(_DOCUMENT, one.document)
            for column, item in enumerate(
                (first, QTableWidgetItem(kind_words(one.kind)), QTableWidgetItem(reason(one)))
            ):
                item.setToolTip(item.text())
                self.table.setItem(row, column, item)
        self.table.blockSignals(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._enable()

    def ticked(self) -> list[str]:
        """The documents (ids) that are ticked."""
        items = [self.table.item(row, 0) for row in range(self.table.rowCount())]
        return [
            str(item.data(_DOCUMENT)) for item in items if item and item.checkState() == Qt.CheckState.Checked
        ]

    def _enable(self) -> None:
        self.confirm.setEnabled(bool(self.ticked()))
