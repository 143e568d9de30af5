"""Tables as values: what columns they have, and of which type, for Parquet and JSON Lines alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

# "json" is a value of any shape, which Parquet holds as JSON text; "objects" a list of things with `fields`.
ColumnType: TypeAlias = Literal["text", "integer", "truth", "json", "texts", "integers", "objects"]
Row: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; null is a value of every type."""

    name: str
    type: ColumnType = "text"
    fields: tuple["Column", ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, and what a Parquet file says of itself besides, by key."""

    name: str
    columns: tuple[Column, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)

    def cut(self, row: Row) -> Row:
        """The row with this table's columns alone, in their order."""
        return {column.name: row[column.name] for column in self.columns}


def texts(names: str) -> Iterator[Column]:
    """Columns of texts, named with spaces between."""
    return map(Column, names.split())
