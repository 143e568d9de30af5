"""The coverage of cases as a CSV table, one statement a line.

UTF-8 with a byte order mark, so that spreadsheet programs read it right; several values
of a cell have semicolons between them. Cells that a
spreadsheet would take for a formula are quoted as in the CSV of spans.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from annotator.formulas import defused
from exporters.aside import written_aside


def write_coverage(rows: Iterable[Mapping[str, object]], columns: Sequence[str], target: Path) -> None:
    """Write the rows to a file, which is only replaced when all is written. Raises ExportError."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
    with written_aside(target) as file:
        file.write(made.getvalue().encode("utf-8-sig"))


def _cell(value: object) -> object:
    if isinstance(value, int):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return defused(text)
