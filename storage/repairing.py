"""What can be put right in a project without losing anything: search made anew, lost contents brought back.

A plan says first what would be done; the repair copies the project aside before it touches anything.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from annotator.errors import DamagedProject
from storage import backup, checks, contents, opening, rolling
from storage.engine import DAMAGED
from storage.rolling import Backup
from storage.store import ProjectStore

_SEARCH = ("full-text index", "kept for search")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a repair would do: sentences, whether search is made anew, and contents by table and hash."""

    steps: tuple[str, ...]
    rebuilds_search: bool
    contents: tuple[tuple[str, str, bytes | str], ...]


def plan(store: ProjectStore, backups: Sequence[Backup]) -> Plan:
    """What a repair would do. Raises DamagedProject if the file itself is damaged, which no repair mends."""
    with store.database.reading() as connection:
        if any(checks.damages(connection)):
            raise DamagedProject(DAMAGED.format(name=store.path.name))
        wanted = {
            ("text_content", name)
            for (name,) in connection.exec_driver_sql("SELECT text_sha256 FROM text_version")
        } | {
            ("source_content", name)
            for (name,) in connection.exec_driver_sql("SELECT source_sha256 FROM document")
        }
        for table, column in (("text_content", "text"), ("source_content", "bytes")):
            for name, data in connection.exec_driver_sql(f"SELECT sha256, {column} FROM {table}"):
                if _hash(data) == name:
                    wanted.discard((table, name))
    rebuilds = any(sign in fault for fault in store.verify() for sign in _SEARCH)
    found = tuple(_from_backups(wanted, backups))
    steps = ["make the index and the paragraphs of search anew."] if rebuilds else []
    if found:
        steps.append(f"bring back {len(found)} texts and originals from the backups.")
    return Plan(tuple(steps), rebuilds, found)


def repair(store: ProjectStore, planned: Plan) -> Path:
    """Do what was planned, in one transaction; the copy of the project as it was before."""
    store.check_writable()
    copy = backup.copy_aside(store.database, opening.revision_of(store.database), "repair")
    with store.database.writing() as connection:
        for table, name, data in planned.contents:
            connection.exec_driver_sql(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", (name, data))
        contents.rebuild_search(connection)
    return copy


def _from_backups(
    wanted: set[tuple[str, str]], backups: Sequence[Backup]
) -> list[tuple[str, str, bytes | str]]:
    found: dict[tuple[str, str], bytes | str] = {}
    for each in backups:
        for table, name in wanted - found.keys():
            with suppress(sqlite3.Error), rolling.opened(each) as source:
                row = source.execute(f"SELECT * FROM kept.{table} WHERE sha256 = ?", (name,)).fetchone()
                if row is not None and _hash(row[1]) == name:
                    found[table, name] = row[1]
    return [(table, name, data) for (table, name), data in found.items()]


def _hash(data: bytes | str) -> str:
    return sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()
