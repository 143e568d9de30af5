"""The coverage of a case as a table: decisions that are reported or not, claims with and without support."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.coverage import Statement
from annotator.errors import AnnotatorError
from annotator.model import annotator_set_id
from annotator.services.cases import CaseView
from annotator.services.coverage import COLUMNS, CaseCoverage, case_coverage, table
from exporters.row_table import write_rows
from ui.cases.rows import Row
from ui.cases.table import Table
from ui.dialogs.frame import side_button
from ui.panels.span_words import one_line
from ui.panels.themed import Words
from ui.session import Session


class CoveragePage(QWidget):
    """What the annotator has covered of a case.

    Signals:
        chosen: A document to open, and a span in it to go to.
        failed: Why the table could not be saved, as a sentence.
    """

    chosen = Signal(str, str)
    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._covered: CaseCoverage | None = None
        self.summary = Words(tone="muted")
        self.table = Table(self.tr("Coverage of the case"))
        self.save = side_button(self.tr("Sa&ve…"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.save)
        layout.addLayout(row)
        self.table.led.connect(self.chosen)
        self.save.clicked.connect(self._ask)

    def show_case(self, view: CaseView) -> None:
        """Show the coverage of a case by the annotator's own marks."""
        store, session = self._session.store, self._session
        if store is None:
            return
        name = "" if session.annotator is None else session.annotator.name
        covered = case_coverage(store, view, annotator_set_id(session.annotator_id), owner=name)
        self._covered = covered
        counts = "  ·  ".join(f"{count} {status_words(status)}" for status, count in covered.counts().items())
        self.summary.setText(
            counts or self.tr("Mark decisions in the filings and claims in the articles, then link them.")
        )
        heads = (
            self.tr("Status"),
            self.tr("Words"),
            self.tr("Document"),
            self.tr("Mentions"),
            self.tr("Verdict"),
        )
        self.table.fill(heads, [self._row(covered, each) for each in covered.statements], wide=(1, 2, 4))
        self.save.setEnabled(bool(covered.statements))

    def _row(self, covered: CaseCoverage, statement: Statement) -> Row:
        first = statement.first
        label = self._session.schema.label(first.label)
        name = first.label if label is None else label.name
        cells = (
            status_words(statement.status),
            f"{name}: {one_line(first.quote.exact)}",
            covered.documents[first.document].title,
            str(len(statement.mentions)),
            ", ".join(statement.verdicts).replace("_", " "),
        )
        return Row(cells, first.document, first.id)

    def _ask(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the coverage"), "coverage.csv", self.tr("Tables (*.csv);;JSON (*.json)")
        )
        if name:
            self.write(Path(name))

    def write(self, target: Path) -> None:
        """Write the table as CSV, or as JSON by the file's name."""
        if self._covered is None:
            return
        try:
            write_rows(table(self._covered), COLUMNS, target)
        except AnnotatorError as error:
            self.failed.emit(str(error))


def status_words(status: str) -> str:
    """How a status is called."""
    return {
        "reported": _tr("reported"),
        "unmentioned": _tr("not mentioned"),
        "supported": _tr("supported"),
        "contradicted": _tr("contradicted"),
        "absent": _tr("absent from the record"),
        "not_in_corpus": _tr("record not in the corpus"),
        "open": _tr("not searched"),
    }[status]


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)
