"""What can be read of a damaged project, put into a new one; what cannot is counted and named.

The damaged file is copied and never opened, let alone changed. Rows are read from both sides of every
damage; a record that is lost is taken from the history, else from a backup; what then refers to nothing
goes. Contents whose hash does not hold are taken from the backups' contents.
"""

import shutil
import sqlite3
import struct
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from annotator.errors import ProjectError
from annotator.merging import references
from annotator.model import RECORD_TYPES, Annotation, Record, new_id, now
from annotator.record_json import kind_of, record_type, to_json_text
from storage import backup, checks, contents, opening, rolling, settle, tables
from storage.engine import Database
from storage.history import INSERT_PARENT, INSERT_RECORD
from storage.lock import WriteLock
from storage.rolling import Backup
from storage.rows import table_of
from storage.salvage_history import TABLES as HISTORY
from storage.salvage_history import Told, read_record, told_records
from storage.salvage_rows import rows_of

_PAGE_BYTES = 4096
_NAMED = 20  # lost spans that are named one by one
_WORDS = {"annotation": "spans", "document": "documents", "relation": "links"}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a salvage came to: spans and documents in the new project, and sentences for all that is lost."""

    path: Path
    documents: int
    spans: int
    lost: tuple[str, ...]


def salvage(damaged: Path, target: Path, backups: Sequence[Backup] = ()) -> Salvaged:
    """Make a new project of what can be read of a damaged one, with the help of its backups, newest first.

    Raises ProjectError, and makes nothing, if the damaged file is in use, if there is a file of the new name,
    or if not even the label schema can be read anywhere.
    """
    if target.exists():
        raise ProjectError(f"There is a file {target.name} in {target.parent} already. Choose another name.")
    backup.check_folder(target)
    backup.refuse_leftovers(target)
    lock = WriteLock(damaged)
    try:
        with tempfile.TemporaryDirectory() as folder, backup.written_aside(target) as temporary:
            copy = _copied(damaged, Path(folder))
            with opening.new_database(temporary, name=target.name):
                pass
            work = _Salvage(temporary, copy, backups)
            try:
                return Salvaged(target, *work.run())
            finally:
                work.close()
    finally:
        lock.release()


def _copied(damaged: Path, folder: Path) -> Path:
    """A copy of the file and its log, with a header that can be read."""
    copy = folder / "damaged"
    shutil.copyfile(damaged, copy)
    log = backup.companions(damaged)[0]
    if log.exists():
        shutil.copyfile(log, backup.companions(copy)[0])
    with copy.open("r+b") as file:
        head = bytearray(file.read(100).ljust(100, b"\0"))
        if head[:16] != b"SQLite format 3\0" or head[16:24] != b"\x10\0\x02\x02\0\x40\x20\x20":
            # What every project's header says, so that a damage in it costs nothing else.
            head[:24] = b"SQLite format 3\0\x10\0\x02\x02\0\x40\x20\x20"
            head[28:32] = struct.pack(">I", copy.stat().st_size // _PAGE_BYTES)
            head[44:48] = struct.pack(">I", 4)
            head[56:60] = struct.pack(">I", 1)
            file.seek(0)
            file.write(head)
    return copy


class _Salvage:
    """One salvage at work: the new file, and a connection to the copy of the damaged one."""

    def __init__(self, target: Path, damaged: Path, backups: Sequence[Backup]) -> None:
        self._target, self._backups = target, backups
        self._new = sqlite3.connect(target, isolation_level=None)
        self._old = sqlite3.connect(damaged, isolation_level=None)
        self._old.text_factory = lambda data: data.decode("utf-8", "replace")
        with suppress(sqlite3.Error):
            self._old.execute("PRAGMA cell_size_check = ON")

    def close(self) -> None:
        self._new.close()
        self._old.close()

    def run(self) -> tuple[int, int, tuple[str, ...]]:
        self._new.execute("BEGIN IMMEDIATE")
        for table in ("project", *HISTORY):
            self._copy_table(table)
        told = told_records(self._new, self._revisions())
        lost = [line for each in RECORD_TYPES for line in self._copy_records(kind_of(each), told)]
        self._copy_contents()
        self._fill_from_backups()
        if not self._count("schema_version") or not self._count("project"):
            raise ProjectError(
                "Nothing could be salvaged: not even the label schema can be read. Restore a backup."
            )
        self._drop_what_refers_to_nothing()
        lost += [*self._lost(told), *self._mend_history()]
        lost += self._hub()
        is_merged = self._count("merged") > 0
        self._new.execute("COMMIT")
        database = Database(self._target, read_only=False)
        try:
            with database.writing() as connection:
                if is_merged:
                    # Records that wait for others, and those in question, follow from the whole history.
                    settle.settle(connection, {id: kind for kind, some in told.items() for id in some})
                contents.rebuild_search(connection)
            with database.reading() as connection:
                lost += [*checks.damages(connection), *checks.faults(connection)]
        finally:
            database.close()
        return self._count("document"), self._count("annotation"), tuple(lost)

    # -- reading

    def _columns(self, table: str) -> list[str]:
        return [column.name for column in tables.metadata.tables[table].columns]

    def _copy_table(self, table: str) -> None:
        columns = self._columns(table)
        for row in rows_of(self._old, table, columns):
            self._insert(table, columns, row)

    def _insert(self, table: str, columns: Sequence[str], row: Sequence[object]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        with suppress(sqlite3.Error):  # a row that the table refuses is not what was written
            self._new.execute(
                f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})', row
            )

    def _revisions(self) -> dict[str, str]:
        """By id, the Change that each row was written by, as far as rows can be read."""
        return {
            str(row[0]): str(row[1])
            for each in RECORD_TYPES
            for row in rows_of(self._old, kind_of(each), ("id", "revision"))
        }

    def _copy_records(self, kind: str, told: dict[str, dict[str, Told]]) -> Iterator[str]:
        """The records of a kind: as the history has them, else as the table has them; tells of both."""
        table = table_of(record_type(kind))
        columns = [column.name for column in table.columns]
        changes = {row[0] for row in self._new.execute("SELECT change_id FROM history")}
        differing: list[Record] = []
        for row in rows_of(self._old, kind, columns):
            try:
                record = table.decode(row)
                to_json_text(record)
            except (ValueError, TypeError, AttributeError):
                continue
            one = told[kind].get(record.id)
            if one is None or (record.revision in changes and record.revision not in one.known):
                self._insert(kind, columns, row)  # newer than what is left of its history, too
            elif one.after is None or read_record(kind, one.after) != record:
                differing.append(record)
        for one in told[kind].values():
            known = None if one.after is None else read_record(kind, one.after)
            if known is not None:
                self._insert(kind, columns, table.encode(known))
        if differing:
            what = _WORDS.get(kind, f"records of the kind {kind}")
            yield f"{len(differing)} {what} differ from their history, and are as that has them."
        for record in differing[:_NAMED]:
            if isinstance(record, Annotation):
                yield f"The table has: {record.label} “{record.quote.exact[:80]}”."

    def _copy_contents(self) -> None:
        self._copy_table("page")
        for table in ("source_content", "text_content"):
            for name, data in rows_of(self._old, table, self._columns(table)):
                self._insert_content(table, name, data)

    def _insert_content(self, table: str, name: object, data: object) -> None:
        with suppress(AttributeError, TypeError, UnicodeEncodeError):
            raw = data if isinstance(data, bytes) else data.encode()  # type: ignore[attr-defined]
            if sha256(raw).hexdigest() == name:
                self._insert(table, self._columns(table), (name, data))

    def _fill_from_backups(self) -> None:
        """What is still missing, from the newest backup that has it, unless it was removed since."""
        gone = {
            row[0]
            for row in self._new.execute(
                "SELECT record_id FROM history_record AS newest WHERE after IS NULL AND place = "
                "(SELECT max(place) FROM history_record WHERE record_id = newest.record_id)"
            )
        }
        for each in self._backups:
            with suppress(sqlite3.Error), rolling.opened(each) as source:
                for table in ("project", *HISTORY, *map(kind_of, RECORD_TYPES)):
                    columns = self._columns(table)
                    for row in rows_of(source, table, columns):
                        if row[0] not in gone:
                            self._insert(table, columns, row)
                for table in ("source_content", "text_content"):
                    for name, data in rows_of(source, f"kept.{table}", self._columns(table)):
                        self._insert_content(table, name, data)
                for row in rows_of(source, "kept.page", self._columns("page")):
                    self._insert("page", self._columns("page"), row)

    # -- what does not hold

    def _drop_what_refers_to_nothing(self) -> None:
        while broken := self._new.execute("PRAGMA foreign_key_check").fetchall():
            for table, row, _, _ in broken:
                self._new.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
        self._new.execute("DELETE FROM page WHERE text_version NOT IN (SELECT id FROM text_version)")

    def _lost(self, told: dict[str, dict[str, Told]]) -> Iterator[str]:
        """Sentences for records that the history knows and the new project has not."""
        gone = {id for some in told.values() for id, one in some.items() if one.after is None}
        for kind, some in told.items():
            there = {row[0] for row in self._new.execute(f'SELECT id FROM "{kind}"')}
            records = [
                record
                for id, one in some.items()
                if one.after is not None and id not in there
                if (record := read_record(kind, one.after)) is not None
            ]
            # After a merge a record may wait for one that was removed: it had no row before either.
            waiting = {each.id for each in records if any(it.id in gone for it in references(each))}
            gone |= waiting
            lost = [each for each in records if each.id not in waiting]
            if lost:
                yield f"{len(lost)} {_WORDS.get(kind, f'records of the kind {kind}')} are lost."
            for record in lost[:_NAMED]:
                if isinstance(record, Annotation):
                    yield f"Lost: {record.label} “{record.quote.exact[:80]}”."

    def _mend_history(self) -> Iterator[str]:
        """Let the history count up again, and tell of every record as it is now."""
        yield from self._tell_of_changes() if self._count("merged") else self._count_up()
        yield from self._tell_of_records()

    def _tell_of_changes(self) -> Iterator[str]:
        """How many changes may be lost of a history in which numbers are missing by right, after a merge."""
        (last,) = self._new.execute("SELECT coalesce(max(place), 0) FROM history").fetchone()
        missing = last - self._count("history")
        if missing:
            yield f"Up to {missing} changes of the history are lost; what they did may still be there."

    def _count_up(self) -> Iterator[str]:
        places = self._new.execute("SELECT workstation, max(n), count(*) FROM history GROUP BY workstation")
        missing = Counter({who: most - count for who, most, count in places if most > count})
        if missing.total():
            yield f"{missing.total()} changes of the history are lost; what they did may still be there."
        order = "SELECT place, workstation FROM history ORDER BY workstation, n"
        counted: Counter[str] = Counter()
        renumbered = []
        for place, workstation in self._new.execute(order).fetchall():
            counted[workstation] += 1
            renumbered.append((counted[workstation], place))
        self._new.executemany(
            "UPDATE history SET n = -n WHERE place = ?", [(each,) for _, each in renumbered]
        )
        self._new.executemany("UPDATE history SET n = ? WHERE place = ?", renumbered)

    def _tell_of_records(self) -> Iterator[str]:
        """A Change of its own brings in what the history no longer tells, and takes away what it promises."""
        change = new_id()
        steps: list[tuple[str, str, str, str | None, str | None]] = []
        parents: list[tuple[str, str, str]] = []
        for kind, record_id, told, row in self._differing():
            present = None if row is None else to_json_text(row)
            if row is not None:
                self._new.execute(f'UPDATE "{kind}" SET revision = ? WHERE id = ?', (change, record_id))
                present = to_json_text(replace(row, revision=change))
            steps.append((change, kind, record_id, told.written, present))
            parents += [(change, record_id, other) for other in told.others]
        if not steps:
            return
        (who,) = self._new.execute("SELECT id FROM annotator ORDER BY role = 'lead' DESC").fetchone() or ("",)
        self._new.execute(
            "INSERT INTO history (change_id, annotator, workstation, n, time, title, takes_back) "
            "VALUES (?, ?, ?, 1, ?, 'Salvage', 2)",
            (change, who, change, now()),
        )
        self._new.executemany(INSERT_RECORD, steps)
        self._new.executemany(INSERT_PARENT, parents)
        yield f"{len(steps)} records do not follow from the history that was left; they are kept as they are."

    def _differing(self) -> Iterator[tuple[str, str, Told, Record | None]]:
        """The records that are not as the history tells: kind, id, what it tells, and what there is."""
        is_merged = self._count("merged") > 0
        for kind, some in told_records(self._new, {}).items():
            table = table_of(record_type(kind))
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            rows = self._new.execute(f'SELECT {names} FROM "{kind}"').fetchall()
            stored = {row[0]: table.decode(row) for row in rows}
            for record_id in [*stored, *(id for id in some if id not in stored)]:
                told, row = some.get(record_id, Told(None, None)), stored.get(record_id)
                known = None if told.written is None else read_record(kind, told.written)
                # Merging sees to a record that has no row because it waits for another one.
                if known != row and not (is_merged and row is None):
                    yield kind, record_id, told, row

    def _hub(self) -> Iterator[str]:
        """A sentence for the hub, which is left: its row counts in places of the old file."""
        for (address,) in rows_of(self._old, "hub", ("address",)):
            yield (
                f"The project is not joined to its hub {address} any more. Join it again: what is there "
                "comes back, and what is only here goes there."
            )

    def _count(self, table: str) -> int:
        count: int = self._new.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        return count
