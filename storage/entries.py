"""The history as it travels: Changes with the entries of the records that each made, read and added.

A merge is the union of two histories. What an entry is, and what several of one record come to, says
`annotator.merging`.
"""

from collections.abc import Collection, Iterable

import orjson
from sqlalchemy import Connection, select

from annotator.change import HistoryEntry
from annotator.merging import Entry, Travelled
from annotator.model import Record, derived_id
from annotator.record_json import from_json, kind_of, to_json_text
from storage import tables
from storage.history import INSERT_PARENT, INSERT_RECORD, NO_EDIT, is_edit
from storage.rows import CHOSEN, as_json, collector_paused


def entries_of(connection: Connection, ids: Collection[str]) -> dict[str, tuple[Entry, ...]]:
    """All entries of records, by record id, in the order in which this file got them."""
    found: dict[str, list[Entry]] = {}
    for entry in _entries(connection, "record_id", ids):
        found.setdefault(entry.record.id, []).append(entry)
    return {record_id: tuple(some) for record_id, some in found.items()}


def travelled(connection: Connection, *, above: int, limit: int) -> list[tuple[int, Travelled]]:
    """Up to `limit` Changes of the history with their places, in the order in which this file got them."""
    columns = [getattr(tables.history.c, name) for name in ("place", *HistoryEntry.__slots__)]
    query = select(*columns).where(tables.history.c.place > above).order_by(tables.history.c.place)
    changes = [(place, HistoryEntry(*rest)) for place, *rest in connection.execute(query.limit(limit))]
    records: dict[str, list[Entry]] = {}
    for entry in _entries(connection, "change_id", [change.change_id for _, change in changes]):
        records.setdefault(entry.change, []).append(entry)
    return [(place, Travelled(change, tuple(records.get(change.change_id, ())))) for place, change in changes]


def _entries(connection: Connection, column: str, ids: Collection[str]) -> list[Entry]:
    """The entries that have one of the ids in that column of the history, in the order of the history."""
    chosen = (as_json(ids),)
    which = f"WHERE {column} IN {CHOSEN}"
    parents: dict[tuple[str, str], list[str]] = {}
    for change, record_id, parent in connection.exec_driver_sql(
        f"SELECT change_id, record_id, parent FROM history_parent {which}", chosen
    ):
        parents.setdefault((change, record_id), []).append(parent)
    rows = connection.exec_driver_sql(
        f"SELECT change_id, kind, record_id, before, after FROM history_record {which} ORDER BY place", chosen
    )
    with collector_paused():
        return [
            Entry(
                change, _read(kind, before), _read(kind, after), tuple(parents.get((change, record_id), ()))
            )
            for change, kind, record_id, before, after in rows
        ]


def add_new(connection: Connection, changes: Iterable[Travelled]) -> tuple[dict[str, str], int]:
    """Insert what the history has not yet; the kinds of the records touched by id, and how many changes."""
    touched: dict[str, str] = {}
    records: list[tuple[str | None, ...]] = []
    parents: list[tuple[str, str, str]] = []
    count = 0
    for change in changes:
        had = records_known(connection, change.entry.change_id)
        new = [each for each in change.records if had is None or each.record.id not in had]
        if had is None:
            _add_change(connection, change)
            count += 1
        for each in new:
            kind = kind_of(each.record)
            touched[each.record.id] = kind
            records.append((each.change, kind, each.record.id, _text(each.before), _text(each.after)))
            parents += [(each.change, each.record.id, parent) for parent in each.parents]
    if records:
        connection.exec_driver_sql(INSERT_RECORD, records)
    if parents:
        connection.exec_driver_sql(INSERT_PARENT, parents)
    return touched, count


def records_known(connection: Connection, change_id: str) -> frozenset[str] | None:
    """The ids of the records of a Change that the history has; None if it has not even the Change."""
    is_known = connection.exec_driver_sql("SELECT 1 FROM history WHERE change_id = ?", (change_id,))
    if is_known.first() is None:
        return None
    rows = connection.exec_driver_sql(
        "SELECT record_id FROM history_record WHERE change_id = ?", (change_id,)
    )
    return frozenset(row[0] for row in rows)


def _add_change(connection: Connection, change: Travelled) -> None:
    """Add a line to the history; what it takes back is marked if it is there, for undo where it was made.

    Where two copies of one file were worked on, a number can be taken; then the line gets a computer of its
    own.
    """
    entry = change.entry
    place = (entry.workstation, entry.n)
    is_taken = connection.exec_driver_sql("SELECT 1 FROM history WHERE workstation = ? AND n = ?", place)
    workstation = entry.workstation
    if is_taken.first() is not None:
        workstation = derived_id(entry.workstation, entry.change_id)
    takes_back = 0
    if entry.undoes is not None:
        link = connection.exec_driver_sql(
            "SELECT takes_back, undone_by FROM history WHERE change_id = ?", (entry.undoes,)
        ).first()
        takes_back = 1 if link is None or link[0] == NO_EDIT else 1 - link[0]
        if link is not None and link[1] is None:
            connection.exec_driver_sql(
                "UPDATE history SET undone_by = ? WHERE change_id = ?", (entry.change_id, entry.undoes)
            )
    if not is_edit([each.after for each in change.records]):
        takes_back = NO_EDIT
    connection.exec_driver_sql(
        "INSERT INTO history (change_id, annotator, workstation, n, time, title, document, undoes, "
        "takes_back) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.change_id,
            entry.annotator,
            workstation,
            entry.n,
            entry.time,
            entry.title,
            entry.document,
            entry.undoes,
            takes_back,
        ),
    )


def _read(kind: str, text: str | None) -> Record | None:
    return None if text is None else from_json(kind, orjson.loads(text))


def _text(record: Record | None) -> str | None:
    return None if record is None else to_json_text(record)
