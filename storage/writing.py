"""How a Change is written: its `before` compared with what is stored, then the rows that differ.

One way for all types of record, since each has a table. The order in which rows are written does not
matter: references are checked when the transaction ends.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from annotator.change import Change
from annotator.errors import StaleChange
from annotator.model import Document, Record, TextVersion
from storage import contents, queries
from storage.rows import RecordTable, table_of

Pair = tuple[Record | None, Record | None]

_NAMES = {
    "annotation": "mark",
    "annotation_set": "set of annotations",
    "document_label": "label of the document",
    "text_version": "text",
    "schema_version": "label schema",
    "guideline_version": "version of the guidelines",
    "court_case": "case",
    "case_document": "document of a case",
    "rejection": "rejected suggestion",
    "assignment": "state of the work",
    "work_interval": "time spent",
    "export_recipe": "export recipe",
}


def pairs(change: Change) -> list[Pair]:
    """Each record of a Change as it was and as it becomes, None where it does not exist.

    Raises ValueError where the Change contradicts itself, which is a fault of who made it.
    """
    after = {record.id: record for record in change.after}
    if len(after) < len(change.after) or len({record.id for record in change.before}) < len(change.before):
        raise ValueError(f"The change “{change.title}” names a record twice.")
    if any(record.revision != change.id for record in change.after):
        raise ValueError(f"The change “{change.title}” has a record with the revision of another change.")
    both: list[Pair] = [(record, after.pop(record.id, None)) for record in change.before]
    if any(new is not None and type(old) is not type(new) for old, new in both):
        raise ValueError(f"The change “{change.title}” turns a record into one of another type.")
    return both + [(None, record) for record in after.values()]


def write(connection: Connection, change: Change, records: Sequence[Pair]) -> None:
    """Write the rows of a Change.

    Raises StaleChange if a record is not as `before` has it, and IntegrityError if a new one is there
    already or if, at the end of the transaction, a reference leads nowhere.
    """
    _check_before(connection, change)
    write_rows(connection, records)


def write_rows(connection: Connection, records: Sequence[Pair]) -> None:
    """Write rows without a look at what is stored; raises IntegrityError as `write` does."""
    removed = [old for old, new in records if old is not None and new is None]
    added = [new for old, new in records if old is None and new is not None]
    updated = [new for old, new in records if old is not None and new is not None]
    contents.remove_paragraphs(connection, (record for record in removed if isinstance(record, TextVersion)))
    contents.remove_paragraphs(connection, _versions(connection, _turned(records, old=True)))
    for table, some in _by_table(removed):
        connection.exec_driver_sql(table.delete, [(record.id,) for record in some])
    for table, some in _by_table(updated):
        rows = [table.encode(record) for record in some]
        connection.exec_driver_sql(table.update, [(*row[1:], row[0]) for row in rows])
    for table, some in _by_table(added):
        connection.exec_driver_sql(table.insert, [table.encode(record) for record in some])
    new = [record for record in added if isinstance(record, TextVersion)]
    contents.add_paragraphs(connection, new)
    shown = _turned(records, old=False) - {record.id for record in new}
    contents.add_paragraphs(connection, _versions(connection, shown))


def _turned(records: Sequence[Pair], *, old: bool) -> set[str]:
    """The text versions that documents leave, or turn to: only the one annotated now is to be found."""
    both = [
        (was.text_version, now.text_version)
        for was, now in records
        if isinstance(was, Document) and isinstance(now, Document) and was.text_version != now.text_version
    ]
    return {was if old else now for was, now in both}


def _versions(connection: Connection, ids: Iterable[str]) -> list[TextVersion]:
    found = (queries.record(connection, TextVersion, each) for each in ids)
    return [version for version in found if version is not None]


def refusal(change: Change, error: IntegrityError) -> Exception:
    """What a broken constraint means: a StaleChange, or the error itself where only a fault explains it."""
    name = getattr(error.orig, "sqlite_errorname", "")
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return StaleChange(
            f"“{change.title}” was not done, because something that it refers to is not in the project, "
            "or something that it removes is still in use. Look at the present state, and repeat the step."
        )
    if name in ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"):
        return StaleChange(f"“{change.title}” was not done, because what it adds is in the project already.")
    return error


def _check_before(connection: Connection, change: Change) -> None:
    for table, some in _by_table(change.before):
        now = queries.records_in(connection, table, [record.id for record in some])
        for record in some:
            if now.get(record.id) != record:
                what = "removed" if record.id not in now else "changed"
                name = _NAMES.get(table.kind, table.kind)
                raise StaleChange(
                    f"“{change.title}” was not done, because the {name} has been {what} meanwhile. "
                    "Look at it as it is now, and repeat the step."
                )


def _by_table(records: Iterable[Record]) -> list[tuple[RecordTable, list[Record]]]:
    groups: dict[type[Record], list[Record]] = {}
    for record in records:
        groups.setdefault(type(record), []).append(record)
    return [(table_of(record_type), some) for record_type, some in groups.items()]
