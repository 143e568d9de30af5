"""Writes a table as files of at most so many rows, as Parquet or JSON Lines, holding few rows at a time.

The same rows give the same files, byte for byte, with the same version of pyarrow, whose name a Parquet
file carries.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import orjson

from annotator.errors import MissingExtra
from exporters.columns import Column, Row, Table

if TYPE_CHECKING:
    import pyarrow

FileKind: TypeAlias = Literal["parquet", "jsonl"]

# A row group of Parquet: enough to pack well, few enough to hold.
_GROUP_ROWS = 20_000
_GROUP_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class ShardFile:
    """A file that was written: its path in the folder, with "/", and how many rows it has."""

    path: str
    rows: int


class _Open(Protocol):
    """A file being written."""

    def write(self, rows: Sequence[Row]) -> None: ...
    def close(self) -> None: ...


class TableFiles:
    """The files of one table, `<folder>/<table>/<stem>-00000.<kind>` and so on; there is always a first.

    `close` ends the last one; after a failure `abandon` is called instead.
    """

    def __init__(
        self, folder: Path, table: Table, kind: FileKind, *, rows_per_file: int, stem: str = "part"
    ) -> None:
        self.table = table
        self._stem = stem
        self.files: list[ShardFile] = []
        self._folder = folder
        self._kind = kind
        self._rows_per_file = rows_per_file
        self._open: _Open | None = None
        self._path = Path()
        self._written = 0  # rows in the open file
        self._waiting: list[Row] = []
        self._characters = 0

    def add(self, row: Row, *, characters: int = 0) -> None:
        """Take a row, of about so many characters; few rows wait in memory where they are long."""
        self._waiting.append(row)
        self._characters += characters
        is_full = self._written + len(self._waiting) >= self._rows_per_file
        if is_full or len(self._waiting) >= _GROUP_ROWS or self._characters >= _GROUP_CHARACTERS:
            self._flush()
        if is_full:
            self._end_file()

    def close(self) -> None:
        if self._waiting or not self.files:
            self._flush()
        self._end_file()

    def abandon(self) -> None:
        """Let go of the open file, which is not finished."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _flush(self) -> None:
        if self._open is None:
            self._path = self._folder / self.table.name / f"{self._stem}-{len(self.files):05}.{self._kind}"
            self._path.parent.mkdir(exist_ok=True)
            self._open = _OPENERS[self._kind](self._path, self.table)
        self._open.write(self._waiting)
        self._written += len(self._waiting)
        self._waiting = []
        self._characters = 0

    def _end_file(self) -> None:
        if self._open is None:
            return
        self._open.close()
        self._open = None
        name = self._path.relative_to(self._folder).as_posix()
        self.files.append(ShardFile(name, self._written))
        self._written = 0


class _JsonlFile:
    def __init__(self, path: Path, table: Table) -> None:
        self._file = path.open("xb")

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._file.close()


class _ParquetFile:
    def __init__(self, path: Path, table: Table) -> None:
        from pyarrow import parquet

        self._table = table
        self._schema = _schema(table)
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, rows: Sequence[Row]) -> None:
        self._writer.write_table(_arrow(rows, self._table, self._schema))

    def close(self) -> None:
        self._writer.close()


_OPENERS: Mapping[FileKind, Callable[[Path, Table], _Open]] = {
    "jsonl": _JsonlFile,
    "parquet": _ParquetFile,
}


def require_pyarrow() -> None:
    """Raises MissingExtra where Parquet files cannot be written."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise MissingExtra("Writing Parquet files", "parquet") from error


def _schema(table: Table) -> "pyarrow.Schema":
    import pyarrow as pa

    fields = [(column.name, _arrow_type(column)) for column in table.columns]
    return pa.schema(fields, metadata=dict(table.metadata) or None)


def _arrow_type(column: Column) -> "pyarrow.DataType":
    import pyarrow as pa

    match column.type:
        case "integer":
            return pa.int64()
        case "truth":
            return pa.bool_()
        case "texts":
            return pa.list_(pa.string())
        case "integers":
            return pa.list_(pa.int64())
        case "objects":
            return pa.list_(pa.struct([(each.name, _arrow_type(each)) for each in column.fields]))
        case _:
            return pa.string()


def _arrow(rows: Sequence[Row], table: Table, schema: "pyarrow.Schema") -> "pyarrow.Table":
    import pyarrow as pa

    data = {column.name: [_cell(row[column.name], column) for row in rows] for column in table.columns}
    return pa.table(data, schema=schema)


def _cell(value: object, column: Column) -> object:
    if column.type == "json":
        return orjson.dumps(value).decode("utf-8")
    return value
