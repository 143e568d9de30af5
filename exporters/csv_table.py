"""CSV: one row a span, with its cite, its context and its annotator, for spreadsheets and quick looks.

Cells that a spreadsheet would take for a formula begin with an apostrophe; `annotator.formulas.restored`
takes it off again.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from annotator.formulas import defused
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.aside import written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses
from exporters.span_table import Cell, SpanTable

TABLE_HOLDS = Holds(
    relations=False,
    relations_across_documents=False,
    relation_attributes=False,
    document_labels=False,
    text_free=False,
)
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class CsvExporter:
    """Comma-separated values as RFC 4180 has them, UTF-8, lines end with CR LF."""

    excel: bool = False
    name: str = "csv"
    suffix: str = ".csv"
    holds: Holds = TABLE_HOLDS
    summary: str = "CSV, one row a span with cite, context and annotator; opens in any spreadsheet"

    @property
    def options(self) -> tuple[Option, ...]:
        return (Option("excel", False, "Begin with a byte order mark, without which Excel misreads accents"),)

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        return fitted(document, self.holds)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the spans of the snapshot to `target`, a document at a time."""
        total = snapshot.document_count
        yield Progress(0, total)
        documents = spans = 0
        losses = Losses()
        table = SpanTable(snapshot)
        with written_aside(target) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
            try:
                if self.excel:
                    text.write(_BOM)
                writer = csv.writer(text)
                writer.writerow(table.columns)
                for document in snapshot.documents():
                    fit = self.fit(document, snapshot)
                    losses.add(fit.losses)
                    writer.writerows([_written(cell) for cell in row] for row in table.rows(fit.document))
                    documents += 1
                    spans += len(fit.document.annotations)
                    yield Progress(documents, total, document.document.title)
            finally:
                # The file below is for written_aside to close.
                text.detach()
        return ExportReport(target, documents, spans, 0, losses)


def _written(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return defused(cell) if isinstance(cell, str) else cell
