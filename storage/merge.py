"""Merging: the union of histories, and rows that follow from it.

What stands of a record is what `annotator.merging` makes of all entries that the history has of it. A
record that stands but refers to one that does not waits: it has no row, and comes by itself once what it
refers to is back. Records that are in question, and those that wait, are kept in `contested`, so that
nothing has to look for them in the whole history.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select

from annotator.change import HistoryEntry
from annotator.errors import StaleChange
from annotator.merging import Entry, MergeNote, TakenIn, Travelled, disagree, heads, references, standing
from annotator.model import RECORD_TYPES, Annotation, Document, ExportRecipe, Record, WorkInterval, derived_id
from annotator.record_json import from_json, kind_of, record_type, to_json_text
from storage import queries, tables, writing
from storage.history import INSERT_PARENT, INSERT_RECORD
from storage.rows import RecordTable, table_of

_NO_EDIT = 2
_CHOSEN = "(SELECT value FROM json_each(?))"
_ENTRIES = (
    f"SELECT change_id, kind, record_id, before, after FROM history_record WHERE record_id IN {_CHOSEN} "
    "ORDER BY place"
)
_PARENTS = f"SELECT change_id, record_id, parent FROM history_parent WHERE record_id IN {_CHOSEN}"
_TWINS = f"""
    SELECT one.id FROM annotation AS one WHERE one.id IN {_CHOSEN} AND EXISTS (
      SELECT 1 FROM annotation AS other
      WHERE other.document = one.document AND other."set" = one."set" AND other.start = one.start
        AND other."end" = one."end" AND other.id <> one.id AND other.label = one.label
        AND other.fragments IS one.fragments)
"""
_OTHER_TEXT = f"""
    SELECT annotation.id FROM annotation JOIN document ON document.id = annotation.document
    WHERE annotation.id IN {_CHOSEN} AND annotation.text_version <> document.text_version
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


def take_in(connection: Connection, changes: Iterable[Travelled], note: MergeNote | None = None) -> TakenIn:
    """Add what is new of the changes to the history, and bring the rows to what stands then.

    With a note the merge is remembered, if anything was new, so that it can be taken back.
    """
    begin = _last_places(connection)
    touched, count = _add_new(connection, changes)
    settle(connection, touched)
    taken = TakenIn(count, _last_places(connection)[1] - begin[1])
    if note is not None and taken != TakenIn():
        _remember(connection, note, taken, begin)
    return taken


def settle(connection: Connection, touched: Mapping[str, str]) -> set[str]:
    """Bring the rows of records (kinds by id), and of those in question, to what stands of them.

    Returns the ids of those that wait for a record that does not stand.
    """
    kinds = {**_contested(connection), **touched}
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
        in_question.update(row[0] for row in connection.exec_driver_sql(query, (_json(spans),)))
    _contest(connection, {key: kinds.get(key, "annotation") for key in in_question})
    return waiting


def brings_news(connection: Connection, changes: Iterable[Travelled]) -> bool:
    """Whether the history lacks anything of the changes."""
    for change in changes:
        had = _records_known(connection, change.entry.change_id)
        if had is None or any(each.record.id not in had for each in change.records):
            return True
    return False


def settle_contested(connection: Connection) -> None:
    """What an edit may have brought back or put out of question; nothing where nothing is contested."""
    if connection.exec_driver_sql("SELECT 1 FROM contested LIMIT 1").first() is not None:
        settle(connection, {})


def contested(connection: Connection) -> dict[str, str]:
    """The kinds of the records that may be in question, by id."""
    return _contested(connection)


def entries_of(connection: Connection, ids: Collection[str]) -> dict[str, tuple[Entry, ...]]:
    """All entries of records, by record id, in the order in which this file got them."""
    chosen = (_json(list(ids)),)
    parents: dict[tuple[str, str], list[str]] = {}
    for change, record_id, parent in connection.exec_driver_sql(_PARENTS, chosen):
        parents.setdefault((change, record_id), []).append(parent)
    found: dict[str, list[Entry]] = {}
    with queries.collector_paused():
        for change, kind, record_id, before, after in connection.exec_driver_sql(_ENTRIES, chosen):
            entry = Entry(
                change,
                _read(kind, before),
                _read(kind, after),
                tuple(parents.get((change, record_id), ())),
            )
            found.setdefault(record_id, []).append(entry)
    return {record_id: tuple(some) for record_id, some in found.items()}


def travelled(connection: Connection, *, above: int, limit: int) -> list[tuple[int, Travelled]]:
    """Up to `limit` Changes of the history with their places, in the order in which this file got them."""
    columns = [getattr(tables.history.c, name) for name in ("place", *HistoryEntry.__slots__)]
    query = select(*columns).where(tables.history.c.place > above).order_by(tables.history.c.place)
    entries = [(place, HistoryEntry(*rest)) for place, *rest in connection.execute(query.limit(limit))]
    chosen = (_json([entry.change_id for _, entry in entries]),)
    parents: dict[tuple[str, str], list[str]] = {}
    for change, record_id, parent in connection.exec_driver_sql(
        f"SELECT change_id, record_id, parent FROM history_parent WHERE change_id IN {_CHOSEN}", chosen
    ):
        parents.setdefault((change, record_id), []).append(parent)
    records: dict[str, list[Entry]] = {}
    for change, kind, record_id, before, after in connection.exec_driver_sql(
        "SELECT change_id, kind, record_id, before, after FROM history_record "
        f"WHERE change_id IN {_CHOSEN} ORDER BY place",
        chosen,
    ):
        entry = Entry(
            change, _read(kind, before), _read(kind, after), tuple(parents.get((change, record_id), ()))
        )
        records.setdefault(change, []).append(entry)
    return [(place, Travelled(entry, tuple(records.get(entry.change_id, ())))) for place, entry in entries]


def merges(connection: Connection) -> tuple[MergeNote, ...]:
    """The merges that were made and not taken back, the last one first."""
    columns = [getattr(tables.merged.c, name) for name in MergeNote.__slots__]
    rows = connection.execute(select(*columns).order_by(tables.merged.c.place.desc()))
    return tuple(MergeNote(*row) for row in rows)


def take_out(connection: Connection, merge_id: str) -> None:
    """Take out of the history what a merge brought, as if the package had never come.

    Raises StaleChange, with the name of the later change, if one builds on what it brought.
    """
    row = connection.execute(select(tables.merged).where(tables.merged.c.id == merge_id)).one_or_none()
    if row is None:
        raise StaleChange("This merge is not in the project any more.")
    stretch = (row.after_record, row.last_record)
    brought_records = connection.exec_driver_sql(
        "SELECT record_id, kind FROM history_record WHERE place > ? AND place <= ?", stretch
    )
    touched: dict[str, str] = {row[0]: row[1] for row in brought_records}
    _refuse_built_on(connection, touched, stretch)
    before = _contested(connection)
    connection.exec_driver_sql(
        "DELETE FROM history_parent WHERE EXISTS (SELECT 1 FROM history_record AS brought "
        "WHERE brought.place > ? AND brought.place <= ? AND brought.change_id = history_parent.change_id "
        "AND brought.record_id = history_parent.record_id)",
        stretch,
    )
    connection.exec_driver_sql("DELETE FROM history_record WHERE place > ? AND place <= ?", stretch)
    brought = (row.after_change, row.last_change)
    connection.exec_driver_sql(
        "UPDATE history SET undone_by = NULL WHERE undone_by IN "
        "(SELECT change_id FROM history WHERE place > ? AND place <= ?)",
        brought,
    )
    connection.exec_driver_sql("DELETE FROM history WHERE place > ? AND place <= ?", brought)
    connection.exec_driver_sql("DELETE FROM merged WHERE place = ?", (row.place,))
    if settle(connection, touched) - before.keys():
        raise StaleChange(
            "The merge was not taken back, because what was made since refers to what it brought. "
            "Remove that first, or restore the backup that was made before the merge."
        )


def _refuse_built_on(connection: Connection, touched: Collection[str], stretch: tuple[int, int]) -> None:
    title = connection.exec_driver_sql(
        f"""
        SELECT history.title FROM history_record AS later JOIN history ON history.change_id = later.change_id
        WHERE later.record_id IN {_CHOSEN} AND later.place > ?
          AND (json_extract(later.before, '$.revision') IN
               (SELECT change_id FROM history_record WHERE place > ? AND place <= ?)
            OR EXISTS (SELECT 1 FROM history_parent WHERE history_parent.change_id = later.change_id
              AND history_parent.record_id = later.record_id AND history_parent.parent IN
               (SELECT change_id FROM history_record WHERE place > ? AND place <= ?)))
        LIMIT 1
        """,
        (_json(list(touched)), stretch[1], *stretch, *stretch),
    ).scalar()
    if title is not None:
        raise StaleChange(
            f"The merge was not taken back, because “{title}” builds on what it brought. "
            "Take that back first, or restore the backup that was made before the merge."
        )


def _add_new(connection: Connection, changes: Iterable[Travelled]) -> tuple[dict[str, str], int]:
    """Insert what the history has not yet; the kinds of the records touched by id, and how many changes."""
    touched: dict[str, str] = {}
    records: list[tuple[str | None, ...]] = []
    parents: list[tuple[str, str, str]] = []
    count = 0
    for change in changes:
        had = _records_known(connection, change.entry.change_id)
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


def _records_known(connection: Connection, change_id: str) -> frozenset[str] | None:
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
        takes_back = 1 if link is None or link[0] == _NO_EDIT else 1 - link[0]
        if link is not None and link[1] is None:
            connection.exec_driver_sql(
                "UPDATE history SET undone_by = ? WHERE change_id = ?", (entry.change_id, entry.undoes)
            )
    after = [each.after for each in change.records]
    if after and all(isinstance(record, WorkInterval | ExportRecipe) for record in after):
        takes_back = _NO_EDIT
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
        rows = connection.exec_driver_sql(f"SELECT id FROM {kind} WHERE id IN {_CHOSEN}", (_json(ids),))
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
        f"SELECT id FROM annotation WHERE document IN {_CHOSEN}", (_json(list(documents)),)
    )
    return [row[0] for row in rows]


def _contested(connection: Connection) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT record_id, kind FROM contested")}


def _contest(connection: Connection, kinds: Mapping[str, str]) -> None:
    connection.exec_driver_sql("DELETE FROM contested")
    if kinds:
        connection.exec_driver_sql("INSERT INTO contested VALUES (?, ?)", list(kinds.items()))


def _last_places(connection: Connection) -> tuple[int, int]:
    row = connection.exec_driver_sql(
        "SELECT (SELECT coalesce(max(place), 0) FROM history), "
        "(SELECT coalesce(max(place), 0) FROM history_record)"
    ).one()
    return row[0], row[1]


def _remember(connection: Connection, note: MergeNote, taken: TakenIn, begin: tuple[int, int]) -> None:
    end = _last_places(connection)
    connection.exec_driver_sql(
        "INSERT INTO merged (id, time, name, package, annotator, changes, records, "
        "after_change, last_change, after_record, last_record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(note.id, note.time, note.name, note.package, note.annotator, taken.changes, taken.records),
            *(begin[0], end[0], begin[1], end[1]),
        ),
    )


def _read(kind: str, text: str | None) -> Record | None:
    return None if text is None else from_json(kind, orjson.loads(text))


def _text(record: Record | None) -> str | None:
    return None if record is None else to_json_text(record)


def _json(ids: Sequence[str]) -> str:
    return orjson.dumps(ids).decode()
