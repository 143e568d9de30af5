"""Writes a project as tables of many files, for DuckDB, Spark, Ray and the like; see docs/formats/shards.md.

Few rows are held at a time, however large the project. tables.json has the columns and the rows of every
file, MANIFEST.json, as of every folder, the hashes.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import orjson

from annotator.errors import ExportError
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Snapshot
from annotator.text import text_sha256
from exporters.aside import folder_written_aside
from exporters.column_files import FileKind, TableFiles, require_pyarrow
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import verified
from exporters.jsonl import Lines
from exporters.losses import Fitted, Losses
from exporters.preflight import REPORT, report_json, report_of
from exporters.shards.tables import DOCUMENTS, RELATIONS, SPANS, TABLES, size, table_rows

DESCRIPTION = "tables.json"
_ROWS = 500_000


@dataclass(frozen=True, slots=True)
class ShardsExporter:
    """A folder of tables. `files` is the kind of the files, `rows` the most rows that one has."""

    name: str = "shards"
    suffix: str = ""
    summary: str = "Tables in Parquet or JSON Lines shards, for DuckDB, Spark or Ray and projects of any size"
    holds: Holds = Holds()
    options: tuple[Option, ...] = (
        Option("files", "parquet", "the kind of the files", ("parquet", "jsonl")),
        Option("rows", _ROWS, "the most rows that one file has"),
    )
    files: str = "parquet"
    rows: int = _ROWS

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """Everything but spans whose words are not those that were marked."""
        return verified(document)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the folder, a document at a time. Raises MissingExtra without pyarrow for Parquet."""
        if self.rows < 1:
            raise ExportError("A file cannot have fewer than one row. Give the option rows another number.")
        total, done = snapshot.document_count, 0
        losses = Losses()
        if self.files == "parquet":
            require_pyarrow()
        yield Progress(0, total)
        lines = Lines(snapshot)
        with folder_written_aside(target) as folder:
            with ExitStack() as unfinished:
                tables = self._tables(folder, unfinished)
                for document in snapshot.documents():
                    fitted = self.fit(document, snapshot)
                    losses.add(fitted.losses)
                    for table, row in table_rows(lines.parts(fitted.document, is_first=False)):
                        tables[table.name].add(row, characters=size(row))
                    done += 1
                    yield Progress(done, total, document.document.title)
                for files in tables.values():
                    files.close()
            (folder / DESCRIPTION).write_bytes(_description(snapshot, self.files, tables))
            counts = {name: sum(file.rows for file in files.files) for name, files in tables.items()}
            report = ExportReport(
                target, counts[DOCUMENTS.name], counts[SPANS.name], counts[RELATIONS.name], losses
            )
            (folder / REPORT).write_bytes(report_json(report_of(snapshot, self, report)))
        return report

    def _tables(self, folder: Path, unfinished: ExitStack) -> dict[str, TableFiles]:
        """By name, the tables to write to; what is unfinished when the stack unwinds is let go of."""
        kind = cast(FileKind, self.files)
        tables = {}
        for table in TABLES:
            tables[table.name] = TableFiles(folder, table, kind, rows_per_file=self.rows)
            unfinished.callback(tables[table.name].abandon)
        return tables


def _description(snapshot: Snapshot, kind: str, tables: Mapping[str, TableFiles]) -> bytes:
    """The tables with their columns, and how many rows each file has; MANIFEST.json has the hashes."""
    whole = {
        "format": kind,
        "project": snapshot.project_name,
        "schema": {
            "name": snapshot.schema.name,
            "version": snapshot.schema.version,
            "number": snapshot.schema_number,
            "sha256": text_sha256(snapshot.schema_toml),
        },
        "tables": {
            name: {
                "rows": sum(file.rows for file in files.files),
                "columns": [column.name for column in files.table.columns],
                "files": [asdict(file) for file in files.files],
            }
            for name, files in tables.items()
        },
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
