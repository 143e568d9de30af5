"""The history of a project: every Change with its records, and from it what can be undone and redone.

Nothing here is ever removed. An undo is a Change of its own that names the Change it takes back, and a
redo takes back the undo, so each edit heads a chain of which only the last link counts: the edit stands
made or is undone as that link leaves it.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Row, bindparam, func, insert, literal, select, update

from annotator.change import Change, HistoryEntry
from annotator.errors import StaleChange
from annotator.model import ExportRecipe, Record, WorkInterval, now
from annotator.record_json import from_json, kind_of, to_json_text
from storage.rows import CHOSEN, as_json
from storage.tables import history, history_record

_ENTRY = (
    history.c.change_id,
    history.c.annotator,
    history.c.workstation,
    history.c.n,
    history.c.time,
    history.c.title,
    history.c.document,
    history.c.undoes,
)
INSERT_RECORD = (
    "INSERT INTO history_record (change_id, kind, record_id, before, after) VALUES (?, ?, ?, ?, ?)"
)
INSERT_PARENT = "INSERT INTO history_parent (change_id, record_id, parent) VALUES (?, ?, ?)"
_REMOVALS = f"SELECT record_id, change_id FROM history_record WHERE record_id IN {CHOSEN} AND after IS NULL"
# What `takes_back` is for a Change that undo passes by.
NO_EDIT = 2
_NOT_UNDONE = (WorkInterval, ExportRecipe)
_CHANGE = history.c.change_id == bindparam("change_id")
_OWN_IN_DOCUMENT = (
    (history.c.workstation == bindparam("workstation"))
    # IS, not =, since a change of no one document has none
    & history.c.document.is_not_distinct_from(bindparam("document"))
)

_ENTRY_OF = select(*_ENTRY).where(_CHANGE)
_LAST_N = select(func.max(history.c.n)).where(history.c.workstation == bindparam("workstation"))
_LINK = select(history.c.takes_back, history.c.undone_by).where(_CHANGE)
_INSERT = insert(history)
_MARK_UNDONE = (
    update(history)
    .where(history.c.change_id == bindparam("its_change_id"))
    .values(undone_by=bindparam("undone_by"))
)
_RECORDS = (
    select(history_record.c.kind, history_record.c.before, history_record.c.after)
    .where(history_record.c.change_id == bindparam("change_id"))
    .order_by(history_record.c.place)
)
_OF_CHANGE = history_record.c.change_id == bindparam("change_id")
_ANNOTATING = ("annotation", "relation", "document_label", "rejection", "assignment", "decision")
_TOUCHES = (
    select(literal(1))
    .where(
        _OF_CHANGE,
        history_record.c.kind.in_(_ANNOTATING),
        func.json_extract(func.coalesce(history_record.c.after, history_record.c.before), "$.document")
        == bindparam("document"),
    )
    .limit(1)
)
_BRINGS_OTHERS = (
    select(literal(1))
    .where(_OF_CHANGE, history_record.c.kind.not_in((*_ANNOTATING, "annotation_set")))
    .limit(1)
)
_LAST_CHANGE_OF = select(*_ENTRY).where(
    history.c.change_id
    == select(history_record.c.change_id)
    .where(history_record.c.record_id == bindparam("record_id"))
    .order_by(history_record.c.place.desc())
    .limit(1)
    .scalar_subquery()
)
_UNDOABLE = (
    select(history.c.place, *_ENTRY)
    .where(
        _OWN_IN_DOCUMENT,
        history.c.takes_back == literal(0),
        history.c.undone_by.is_(None),
    )
    .order_by(history.c.n.desc())
    .limit(1)
)
_NEWEST_EDIT = select(func.max(history.c.n)).where(
    _OWN_IN_DOCUMENT, history.c.undoes.is_(None), history.c.takes_back != literal(NO_EDIT)
)
_REDOABLE = (
    select(*_ENTRY)
    .where(
        _OWN_IN_DOCUMENT,
        history.c.takes_back == literal(1),
        history.c.undone_by.is_(None),
        history.c.n > func.coalesce(_NEWEST_EDIT.scalar_subquery(), 0),
    )
    .order_by(history.c.n.desc())
    .limit(1)
)


def is_edit(records: Collection[Record | None]) -> bool:
    """Whether undo may take back what made these records (None for one that is gone)."""
    return not records or not all(isinstance(record, _NOT_UNDONE) for record in records)


def append(
    connection: Connection,
    change: Change,
    pairs: Iterable[tuple[Record | None, Record | None]],
    *,
    workstation: str,
) -> HistoryEntry:
    """Add a Change with its records before and after.

    Raises StaleChange if it takes back a Change that is not in the history or is taken back already.
    """
    entry = HistoryEntry(
        change_id=change.id,
        annotator=change.annotator,
        workstation=workstation,
        n=next_number(connection, workstation=workstation),
        time=now(),
        title=change.title,
        document=change.document,
        undoes=change.undoes,
    )
    takes_back = _take_back(connection, change) if is_edit((*change.before, *change.after)) else NO_EDIT
    connection.execute(
        _INSERT,
        {name: getattr(entry, name) for name in HistoryEntry.__slots__} | {"takes_back": takes_back},
    )
    rows = [_record_row(change.id, before, after) for before, after in pairs]
    _add_parents(connection, change.id, [str(row[2]) for row in rows if row[3] is None])
    connection.exec_driver_sql(INSERT_RECORD, rows)
    return entry


def _add_parents(connection: Connection, change_id: str, added: Sequence[str]) -> None:
    """Say of records that come back which removals that follows; others are new and follow nothing."""
    removals = connection.exec_driver_sql(_REMOVALS, (as_json(added),)).all()
    if removals:
        connection.exec_driver_sql(INSERT_PARENT, [(change_id, *row) for row in removals])


def next_number(connection: Connection, *, workstation: str) -> int:
    """The number of a workstation's next Change."""
    return (connection.execute(_LAST_N, {"workstation": workstation}).scalar() or 0) + 1


def change_of(connection: Connection, change_id: str) -> Change | None:
    """A Change with its records as the history keeps them, None if it is not there."""
    entry = entry_of(connection, change_id)
    if entry is None:
        return None
    rows = connection.execute(_RECORDS, {"change_id": change_id}).all()
    return Change(
        id=change_id,
        title=entry.title,
        annotator=entry.annotator,
        document=entry.document,
        before=tuple(from_json(kind, orjson.loads(before)) for kind, before, _ in rows if before is not None),
        after=tuple(from_json(kind, orjson.loads(after)) for kind, _, after in rows if after is not None),
        undoes=entry.undoes,
    )


def entry_of(connection: Connection, change_id: str) -> HistoryEntry | None:
    return _entry(connection.execute(_ENTRY_OF, {"change_id": change_id}).one_or_none())


def last_change_of(connection: Connection, record_id: str) -> HistoryEntry | None:
    """The newest Change that touched a record, also one that removed it."""
    return _entry(connection.execute(_LAST_CHANGE_OF, {"record_id": record_id}).one_or_none())


def annotates(connection: Connection, change_id: str, document: str) -> bool:
    """Whether a Change is one of annotations alone, some of them in the document."""
    change = {"change_id": change_id}
    if connection.execute(_BRINGS_OTHERS, change).first() is not None:
        return False
    return connection.execute(_TOUCHES, {**change, "document": document}).first() is not None


def undoable(connection: Connection, *, workstation: str, document: str | None) -> HistoryEntry | None:
    """The workstation's newest Change there that stands made, but for the one that made the project."""
    values = {"workstation": workstation, "document": document}
    row = connection.execute(_UNDOABLE, values).one_or_none()
    return None if row is None or row.place == 1 else _entry(row[1:])


def redoable(connection: Connection, *, workstation: str, document: str | None) -> HistoryEntry | None:
    """The newest undo there that no undo has taken back and no edit has followed."""
    values = {"workstation": workstation, "document": document}
    return _entry(connection.execute(_REDOABLE, values).one_or_none())


def entries(
    connection: Connection, *, document: str | None, below: int | None, limit: int
) -> list[tuple[int, HistoryEntry]]:
    """Up to `limit` entries with their places, newest first and below a place; of one document or of all."""
    query = select(history.c.place, *_ENTRY).order_by(history.c.place.desc()).limit(limit)
    if document is not None:
        query = query.where(history.c.document == document)
    if below is not None:
        query = query.where(history.c.place < below)
    return [(place, HistoryEntry(*rest)) for place, *rest in connection.execute(query)]


def _take_back(connection: Connection, change: Change) -> int:
    """Mark what a Change takes back as undone; 1 if the edit at the head of its chain is undone by it."""
    if change.undoes is None:
        return 0
    link = connection.execute(_LINK, {"change_id": change.undoes}).one_or_none()
    if link is None:
        raise StaleChange(
            f"“{change.title}” cannot be taken back, because it is not in this project's history."
        )
    if link.undone_by is not None:
        raise StaleChange(f"“{change.title}” cannot be taken back, because it has been taken back already.")
    connection.execute(_MARK_UNDONE, {"its_change_id": change.undoes, "undone_by": change.id})
    return 1 - int(link.takes_back)


def _record_row(change_id: str, before: Record | None, after: Record | None) -> tuple[str | None, ...]:
    record = before or after
    if record is None:
        raise ValueError("A change of a record needs it before or after.")
    return (
        change_id,
        kind_of(record),
        record.id,
        None if before is None else to_json_text(before),
        None if after is None else to_json_text(after),
    )


def _entry(row: Row[Any] | Sequence[Any] | None) -> HistoryEntry | None:
    return None if row is None else HistoryEntry(*row)
