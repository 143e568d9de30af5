"""Where reviewers found that the guidelines do not decide: a row leads to the spans; all go to a file."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.services.review_figures import Gap, guideline_gaps
from exporters.row_table import write_rows
from ui.agreement.tables import Table
from ui.dialogs.frame import Fault, body, button_row, close_button, side_button
from ui.jobs import JobRunner, on_sibling
from ui.kept_layout import keep_size
from ui.panels.span_words import moment, one_line
from ui.panels.themed import Words
from ui.session import Session


class GapsDialog(QDialog):
    """Lists the gaps of the guidelines, by document in order of the text.

    Signals:
        chosen: A document to open, and where the spans begin and end (str, int, int); both ends are 0 where
            none of them is there any more.
        failed: What went wrong in the worker and is no sentence for people.
    """

    chosen = Signal(str, int, int)
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gaps")
        self.found: Sequence[Gap] | None = None
        self.summary = Words(self.tr("Looking through the decisions…"))
        self.table = Table(self.tr("Gaps of the guidelines"))
        self.save = side_button(self.tr("Export…"))
        self.save.setEnabled(False)
        self.fault = Fault()
        layout = body(self, self.tr("Gaps of the guidelines"))
        for widget in (self.summary, self.table, self.fault):
            layout.addWidget(widget)
        layout.setStretchFactor(self.table, 1)
        box, _close = close_button(self)
        layout.addLayout(button_row(box, self.save))
        keep_size(self, 860, 520)
        self.table.activated.connect(lambda index: self._choose(index.row()))
        self.save.clicked.connect(self._ask_file)
        if session.store is not None:
            handle = jobs.job(self.windowTitle(), on_sibling(session.store, guideline_gaps))
            handle.finished.connect(self.take)
            handle.failed.connect(self._on_failed)
            self.finished.connect(handle.cancel)
            handle.start()

    def _on_failed(self, error: BaseException) -> None:
        self.summary.setText("")
        if not self.fault.take(error):
            self.failed.emit(error)

    def take(self, found: Sequence[Gap]) -> None:
        """Show what was found."""
        self.found = found
        self.summary.setText(
            self.tr("Enter or a double click goes to the place.")
            if found
            else self.tr("No reviewer has found a gap in the guidelines; G in review tells of one.")
        )
        heads = (self.tr("Document"), self.tr("Text"), self.tr("Rule"), self.tr("Comment"), self.tr("When"))
        rows = [(gap.title, one_line(gap.words), gap.rule_id, gap.comment, moment(gap.when)) for gap in found]
        self.table.fill(heads, rows, wide=(0, 1, 3))
        self.table.setVisible(bool(found))
        self.save.setEnabled(bool(found))
        if found:
            self.table.setCurrentCell(0, 0)
            self.table.setFocus()

    def _choose(self, row: int) -> None:
        if self.found:
            gap = self.found[row]
            self.chosen.emit(gap.document, gap.start, gap.end)

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export the gaps"), "gaps.csv", "CSV (*.csv);;JSON (*.json)"
        )
        if path:
            self.write(Path(path))

    def write(self, target: Path) -> None:
        """Write all gaps as JSON to a file whose name ends so, else as CSV; a fault is shown."""
        try:
            columns = [field.name for field in fields(Gap)]
            write_rows([asdict(gap) for gap in self.found or ()], columns, target)
            self.fault.tell("")
        except AnnotatorError as error:
            self.fault.tell(str(error))
