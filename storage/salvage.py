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
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import orjson

from annotator.errors import AnnotatorError, ProjectError
from annotator.model import RECORD_TYPES, Annotation, new_id, now
from annotator.record_json import from_json, kind_of, to_json_text
from storage import backup, checks, contents, opening, rolling, tables
from storage.engine import Database
from storage.lock import WriteLock
from storage.rolling import Backup
from storage.rows import table_of

_PAGE_BYTES = 4096
_FARTHEST = 1 << 40
_DAMAGES = 10_000  # places in a table that are damaged, at most
_NAMED = 20  # lost spans that are named one by one
_HISTORY = ("history", "history_record")
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
        for table in ("project", *_HISTORY):
            self._copy_table(table)
        wanted = self._living()
        for record_type in RECORD_TYPES:
            self._copy_records(kind_of(record_type), wanted)
        self._copy_contents()
        self._fill_from_backups()
        if not self._count("schema_version") or not self._count("project"):
            raise ProjectError(
                "Nothing could be salvaged: not even the label schema can be read. Restore a backup."
            )
        self._drop_what_refers_to_nothing()
        lost = [*self._lost(wanted), *self._mend_history()]
        self._new.execute("COMMIT")
        database = Database(self._target, read_only=False)
        try:
            with database.writing() as connection:
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
        for row in _rows(self._old, table, columns):
            self._insert(table, columns, row)

    def _insert(self, table: str, columns: Sequence[str], row: Sequence[object]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        with suppress(sqlite3.Error):  # a row that the table refuses is not what was written
            self._new.execute(
                f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})', row
            )

    def _living(self) -> dict[str, dict[str, str]]:
        """What each record is by the history that can be read: its JSON, by kind and id."""
        living: dict[str, dict[str, str]] = {kind_of(each): {} for each in RECORD_TYPES}
        steps = self._new.execute("SELECT kind, record_id, after FROM history_record ORDER BY place")
        for kind, record_id, after in steps:
            states = living.get(kind)
            if states is None:
                continue
            states.pop(record_id, None)
            if after is not None and _record(kind, after) is not None:
                states[record_id] = after
        return living

    def _copy_records(self, kind: str, wanted: dict[str, dict[str, str]]) -> None:
        """The records of a kind: as the history has them, else as the table has them."""
        table = next(table_of(each) for each in RECORD_TYPES if kind_of(each) == kind)
        columns = [column.name for column in table.columns]
        known = {
            row[0]
            for row in self._new.execute("SELECT record_id FROM history_record WHERE kind = ?", (kind,))
        }
        for after in wanted[kind].values():
            record = _record(kind, after)
            if record is not None:
                self._insert(kind, columns, table.encode(record))
        for row in _rows(self._old, kind, columns):
            if row[0] in known:
                continue
            try:
                record = table.decode(row)
                to_json_text(record)
            except (ValueError, TypeError, AttributeError):
                continue
            self._insert(kind, columns, row)

    def _copy_contents(self) -> None:
        self._copy_table("page")
        for table in ("source_content", "text_content"):
            for name, data in _rows(self._old, table, self._columns(table)):
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
                for table in ("project", *_HISTORY, *map(kind_of, RECORD_TYPES)):
                    columns = self._columns(table)
                    for row in _rows(source, table, columns):
                        if row[0] not in gone:
                            self._insert(table, columns, row)
                for table in ("source_content", "text_content"):
                    for name, data in _rows(source, f"kept.{table}", self._columns(table)):
                        self._insert_content(table, name, data)
                for row in _rows(source, "kept.page", self._columns("page")):
                    self._insert("page", self._columns("page"), row)

    # -- what does not hold

    def _drop_what_refers_to_nothing(self) -> None:
        while broken := self._new.execute("PRAGMA foreign_key_check").fetchall():
            for table, row, _, _ in broken:
                self._new.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
        self._new.execute("DELETE FROM page WHERE text_version NOT IN (SELECT id FROM text_version)")

    def _lost(self, wanted: dict[str, dict[str, str]]) -> Iterator[str]:
        """Sentences for records that the history knows and the new project has not."""
        for kind, states in wanted.items():
            there = {row[0] for row in self._new.execute(f'SELECT id FROM "{kind}"')}
            lost = [states[each] for each in states if each not in there]
            if lost:
                yield f"{len(lost)} {_WORDS.get(kind, f'records of the kind {kind}')} are lost."
            for after in lost[:_NAMED]:
                record = _record(kind, after)
                if isinstance(record, Annotation):
                    yield f"Lost: {record.label} “{record.quote.exact[:80]}”."

    def _mend_history(self) -> Iterator[str]:
        """Let the history count up again, and tell of every record as it is now."""
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
        yield from self._tell_of_records()

    def _tell_of_records(self) -> Iterator[str]:
        """A Change of its own brings in what the history no longer tells, and takes away what it promises."""
        change = new_id()
        steps: list[tuple[str, str, str, str | None, str | None]] = []
        for record_type in RECORD_TYPES:
            kind, table = kind_of(record_type), table_of(record_type)
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            stored = {row[0]: row for row in self._new.execute(f'SELECT {names} FROM "{kind}"')}
            told = dict(
                self._new.execute(
                    "SELECT record_id, after FROM history_record WHERE kind = ? ORDER BY place", (kind,)
                ).fetchall()
            )
            for record_id in stored.keys() | told.keys():
                row, after = stored.get(record_id), told.get(record_id)
                present = None if row is None else to_json_text(table.decode(row))
                if present is None and after is None:
                    continue
                if present is not None and after is not None and _is_same(kind, present, after):
                    continue
                if present is not None:
                    self._new.execute(f'UPDATE "{kind}" SET revision = ? WHERE id = ?', (change, record_id))
                    present = orjson.dumps(orjson.loads(present) | {"revision": change}).decode()
                steps.append((change, kind, record_id, after, present))
        if not steps:
            return
        (who,) = self._new.execute("SELECT id FROM annotator ORDER BY role = 'lead' DESC").fetchone() or ("",)
        self._new.execute(
            "INSERT INTO history (change_id, annotator, workstation, n, time, title, takes_back) "
            "VALUES (?, ?, ?, 1, ?, 'Salvage', 2)",
            (change, who, change, now()),
        )
        self._new.executemany(
            "INSERT INTO history_record (change_id, kind, record_id, before, after) VALUES (?, ?, ?, ?, ?)",
            steps,
        )
        yield f"{len(steps)} records do not follow from the history that was left; they are kept as they are."

    def _count(self, table: str) -> int:
        count: int = self._new.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        return count


def _rows(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Every row that can be read, from both sides of each damage."""
    names = ", ".join(f'"{name}"' for name in columns)
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


def _record(kind: str, text: str) -> object | None:
    try:
        return from_json(kind, orjson.loads(text))
    except (ValueError, TypeError, AnnotatorError):
        return None


def _is_same(kind: str, one: str, other: str) -> bool:
    return one == other or _record(kind, one) == _record(kind, other)
