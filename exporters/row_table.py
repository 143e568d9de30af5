"""Rows as a file, such as the coverage of cases: a CSV table with one row a line, or the same rows as JSON.

The CSV is UTF-8 with a byte order mark, so that spreadsheet programs read it right; several values of a cell
have semicolons between them. Cells that a spreadsheet would take for a formula are quoted as in the CSV of
spans. JSON keeps lists and words as they are.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import orjson

from annotator.formulas import defused
from exporters.aside import written_aside


def write_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str], target: Path) -> None:
    """Write the rows as JSON to a file whose name ends so, else as CSV. Raises ExportError.

    The file is only replaced when all is written.
    """
    is_json = target.suffix.casefold() == ".json"
    with written_aside(target) as file:
        file.write(_json(rows, columns) if is_json else _csv(rows, columns))


def _json(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> bytes:
    listed = [{name: row[name] for name in columns} for row in rows]
    return orjson.dumps(listed, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
    return made.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, int):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return defused(text)
