"""Reads the rows of a damaged file, from both sides of every damage.

Names are qualified or looked up: for a column that is not there SQLite takes a quoted name to be a text, and
gives that.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress

from storage import tables

_FARTHEST = 1 << 40
_DAMAGES = 10_000  # places in a table that are damaged, at most


def rows_of(
    connection: sqlite3.Connection, table: str, columns: Sequence[str]
) -> Iterator[tuple[object, ...]]:
    """Every row that can be read, from both sides of each damage."""
    names = ", ".join(_names(connection, table, columns))
    forwards = f"SELECT rowid, {names} FROM {table} WHERE rowid > ? ORDER BY rowid"
    backwards = f"SELECT rowid, {names} FROM {table} WHERE rowid > ? AND rowid < ? ORDER BY rowid DESC"
    last = -1
    for _ in range(_DAMAGES):
        try:
            for row in connection.execute(forwards, (last,)):
                if row[0] <= last:
                    break  # a damaged page may lead back to where one was
                last = row[0]
                yield row[1:]
            else:
                return
        except (sqlite3.Error, OverflowError):
            pass
        beyond = _beyond(connection, table, last)
        if beyond is None or beyond <= last:
            return
        with suppress(sqlite3.Error):
            for count, row in enumerate(connection.execute(backwards, (last, beyond))):
                if count > beyond - last:
                    break
                yield row[1:]
        last = beyond - 1


def _beyond(connection: sqlite3.Connection, table: str, last: int) -> int | None:
    """The first row that can be found again behind a damage, None if there is none."""
    step = 1
    while step < _FARTHEST:
        with suppress(sqlite3.Error):
            found = connection.execute(
                f"SELECT rowid FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT 1", (last + step,)
            ).fetchone()
            return None if found is None else int(found[0])
        step *= 2
    return None


def _names(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> list[str]:
    """What to ask the file for: a damage may have changed a name, and an older file lacks some."""
    schema, _, name = table.rpartition(".")
    there: list[str] = []
    with suppress(sqlite3.Error):
        info = connection.execute(f'PRAGMA {schema or "main"}.table_info("{name}")')
        there = [str(row[1]) for row in info]
    known = [column.name for column in tables.metadata.tables[name].columns]
    found = []
    for column in columns:
        if column in there or not there:
            found.append(f'"{column}"')
        elif len(there) == len(known):
            misspelt = there[known.index(column)].replace('"', '""')
            found.append(f'"{misspelt}"')
        else:
            found.append("NULL")
    return found
