"""Rows that follow from the history.

What stands of a record is what `annotator.merging` makes of all entries that the history has of it. A
record that stands but refers to one that does not waits: it has no row, and comes by itself once what it
refers to is back. Records that are in question, and those that wait, are kept in `contested`, so that
nothing has to look for them in the whole history.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam

from annotator.merging import disagree, heads, references, standing
from annotator.model import RECORD_TYPES, Annotation, Document, Record
from annotator.record_json import record_type
from storage import queries, writing
from storage.entries import entries_of
from storage.rows import CHOSEN, RecordTable, as_json, table_of

_TWINS = f"""
    SELECT one.id FROM annotation AS one WHERE one.id IN {CHOSEN} AND EXISTS (
      SELECT 1 FROM annotation AS other
      WHERE other.document = one.document AND other."set" = one."set" AND other.start = one.start
        AND other."end" = one."end" AND other.id <> one.id AND other.label = one.label
        AND other.fragments IS one.fragments)
"""
_OTHER_TEXT = f"""
    SELECT annotation.id FROM annotation JOIN document ON document.id = annotation.document
    WHERE annotation.id IN {CHOSEN} AND annotation.text_version <> document.text_version
"""
Wanted = dict[str, Record | None]


def _dependents() -> dict[str, list[tuple[RecordTable, Any]]]:
    """By kind of record, how the rows of other kinds that refer to some of it are found."""
    found: dict[str, list[tuple[RecordTable, Any]]] = {}
    for kind in RECORD_TYPES:
        table = table_of(kind)
        for column in table.columns:
            for key in column.foreign_keys:
                target = key.target_fullname.partition(".")[0]
                query = table.all.where(column.in_(bindparam("ids", expanding=True)))
                found.setdefault(target, []).append((table, query))
    return found


_DEPENDENTS = _dependents()


def settle(connection: Connection, touched: Mapping[str, str]) -> set[str]:
    """Bring the rows of records (kinds by id), and of those in question, to what stands of them.

    Returns the ids of those that wait for a record that does not stand.
    """
    kinds = {**contested(connection), **touched}
    entries = entries_of(connection, kinds)
    found = {record_id: heads(entries.get(record_id, ())) for record_id in kinds}
    wanted: Wanted = {record_id: standing(some) for record_id, some in found.items()}
    waiting = _waiting(connection, wanted, kinds)
    targets = {key: None if key in waiting else record for key, record in wanted.items()}
    present = _rows(connection, kinds)
    writing.write_rows(
        connection,
        [(present.get(key), target) for key, target in targets.items() if present.get(key) != target],
    )
    in_question = waiting | {key for key, some in found.items() if disagree(some)}
    spans = [key for key, target in targets.items() if isinstance(target, Annotation)]
    turned = [key for key, target in targets.items() if isinstance(target, Document)]
    spans += _spans_of(connection, turned)
    for query in (_TWINS, _OTHER_TEXT):
        in_question.update(row[0] for row in connection.exec_driver_sql(query, (as_json(spans),)))
    _contest(connection, {key: kinds.get(key, "annotation") for key in in_question})
    return waiting


def settle_contested(connection: Connection) -> None:
    """What an edit may have brought back or put out of question; nothing where nothing is contested."""
    if connection.exec_driver_sql("SELECT 1 FROM contested LIMIT 1").first() is not None:
        settle(connection, {})


def contested(connection: Connection) -> dict[str, str]:
    """The kinds of the records that may be in question, by id."""
    return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT record_id, kind FROM contested")}


def _waiting(connection: Connection, wanted: Wanted, kinds: dict[str, str]) -> set[str]:
    """Which of the records wait for one that does not stand; rows that depend on it join `wanted`."""
    waiting: set[str] = set()
    expanded: set[str] = set()
    there: dict[str, bool] = {}
    while True:
        gone = {key for key, record in wanted.items() if record is None or key in waiting} - expanded
        expanded |= gone
        _add_dependents(connection, gone, wanted, kinds)
        lacking = _lacking(connection, wanted, waiting, there)
        if not lacking:
            return waiting
        waiting |= lacking


def _add_dependents(
    connection: Connection, gone: Collection[str], wanted: Wanted, kinds: dict[str, str]
) -> None:
    by_kind: dict[str, list[str]] = {}
    for key in gone:
        by_kind.setdefault(kinds[key], []).append(key)
    for kind, ids in by_kind.items():
        for table, query in _DEPENDENTS.get(kind, ()):
            for at in range(0, len(ids), 500):
                for row in connection.execute(query, {"ids": ids[at : at + 500]}).all():
                    record = table.decode(row)
                    if record.id not in wanted:
                        wanted[record.id], kinds[record.id] = record, table.kind


def _lacking(
    connection: Connection, wanted: Wanted, waiting: Collection[str], there: dict[str, bool]
) -> set[str]:
    """Those of the records that refer to one that does not stand."""
    needed = [
        (key, reference)
        for key, record in wanted.items()
        if record is not None and key not in waiting
        for reference in references(record)
    ]
    unknown: dict[str, list[str]] = {}
    for _, reference in needed:
        if reference.id not in wanted and reference.id not in there:
            there[reference.id] = False
            unknown.setdefault(reference.kind, []).append(reference.id)
    for kind, ids in unknown.items():
        rows = connection.exec_driver_sql(f"SELECT id FROM {kind} WHERE id IN {CHOSEN}", (as_json(ids),))
        there.update((row[0], True) for row in rows)
    return {
        key
        for key, reference in needed
        if (
            wanted[reference.id] is None or reference.id in waiting
            if reference.id in wanted
            else not there[reference.id]
        )
    }


def _rows(connection: Connection, kinds: Mapping[str, str]) -> dict[str, Record]:
    """The records that have a row now, by id."""
    by_kind: dict[str, list[str]] = {}
    for key, kind in kinds.items():
        by_kind.setdefault(kind, []).append(key)
    found: dict[str, Record] = {}
    for kind, ids in by_kind.items():
        found.update(queries.records(connection, record_type(kind), ids))
    return found


def _spans_of(connection: Connection, documents: Sequence[str]) -> list[str]:
    rows = connection.exec_driver_sql(
        f"SELECT id FROM annotation WHERE document IN {CHOSEN}", (as_json(documents),)
    )
    return [row[0] for row in rows]


def _contest(connection: Connection, kinds: Mapping[str, str]) -> None:
    connection.exec_driver_sql("DELETE FROM contested")
    if kinds:
        connection.exec_driver_sql("INSERT INTO contested VALUES (?, ?)", list(kinds.items()))
