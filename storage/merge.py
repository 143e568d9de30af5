"""Merging: the union of histories, remembered so that it can be taken back."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from annotator.errors import StaleChange
from annotator.merging import MergeNote, TakenIn, Travelled
from storage import tables
from storage.entries import add_new, records_known
from storage.rows import CHOSEN, as_json
from storage.settle import contested, settle


def take_in(connection: Connection, changes: Iterable[Travelled], note: MergeNote | None = None) -> TakenIn:
    """Add what is new of the changes to the history, and bring the rows to what stands then.

    With a note the merge is remembered, if anything was new, so that it can be taken back.
    """
    begin = _last_places(connection)
    touched, count = add_new(connection, changes)
    settle(connection, touched)
    taken = TakenIn(count, _last_places(connection)[1] - begin[1])
    if note is not None and taken != TakenIn():
        _remember(connection, note, taken, begin)
    return taken


def brings_news(connection: Connection, changes: Iterable[Travelled]) -> bool:
    """Whether the history lacks anything of the changes."""
    for change in changes:
        had = records_known(connection, change.entry.change_id)
        if had is None or any(each.record.id not in had for each in change.records):
            return True
    return False


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
    before = contested(connection)
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
        WHERE later.record_id IN {CHOSEN} AND later.place > ?
          AND (json_extract(later.before, '$.revision') IN
               (SELECT change_id FROM history_record WHERE place > ? AND place <= ?)
            OR EXISTS (SELECT 1 FROM history_parent WHERE history_parent.change_id = later.change_id
              AND history_parent.record_id = later.record_id AND history_parent.parent IN
               (SELECT change_id FROM history_record WHERE place > ? AND place <= ?)))
        LIMIT 1
        """,
        (as_json(touched), stretch[1], *stretch, *stretch),
    ).scalar()
    if title is not None:
        raise StaleChange(
            f"The merge was not taken back, because “{title}” builds on what it brought. "
            "Take that back first, or restore the backup that was made before the merge."
        )


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
