"""A backup made a project again, in the place of the file it was made of, which is kept beside it.

The new file is made and checked under another name first; until that is done nothing is moved.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import ProjectError
from storage import backup, checks, contents, rolling
from storage.engine import Database
from storage.lock import WriteLock
from storage.rolling import Backup
from storage.tables import APPLICATION_ID


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: the file that was there before under its new name, and what the backup lacks."""

    kept: Path | None
    faults: tuple[str, ...]


def restore(found: Backup, project: Path) -> Restored:
    """Put a backup in the place of a project, which must be closed; what was there is kept beside it.

    Raises ProjectError, and leaves everything as it was, if the backup is damaged, the project is open in a
    window, or the folder cannot be written.
    """
    project = project.resolve()
    backup.check_folder(project)
    lock = WriteLock(project)
    try:
        with backup.written_aside(project) as temporary:
            faults = rebuild(found, temporary)
            was_kept = keep_aside(project)
    finally:
        lock.release()
    return Restored(was_kept, faults)


def rebuild(found: Backup, target: Path) -> tuple[str, ...]:
    """Make a whole project file of a backup; sentences for what was not whole in it.

    Raises ProjectError if the backup cannot be read.
    """
    try:
        with rolling.opened(found) as connection, closing(sqlite3.connect(target)) as made:
            connection.backup(made, name="main")
        _fill(found, target)
    except sqlite3.Error as error:
        raise ProjectError(
            f"The backup of {found.time:%Y-%m-%d %H:%M} UTC cannot be restored: {error}. Choose another one."
        ) from error
    database = Database(target, read_only=False, name=found.path.name)
    try:
        with database.writing() as connection:
            contents.rebuild_search(connection)
        with database.reading() as connection:
            faults = tuple(checks.damages(connection)) or tuple(checks.faults(connection))
    finally:
        database.close()
    return faults


def keep_aside(project: Path) -> Path | None:
    """Rename a project that nobody has open, with its log, to a name that is free; None if there is none.

    It is not opened for that: SQLite would throw away the log of a file that it finds damaged.
    """
    if not project.exists():
        return None
    target = backup.free_path(project.with_name(f"{project.stem} before restoring{project.suffix}"))
    # The log first: a project without its log is an older project, one with another's log is none.
    for log, its in zip(backup.companions(project), backup.companions(target), strict=True):
        if log.exists():
            log.replace(its)
    project.replace(target)
    return target


def _fill(found: Backup, target: Path) -> None:
    """Add the contents, and mark the file as a project."""
    with closing(sqlite3.connect(target, uri=True, isolation_level=None)) as made:
        made.execute("ATTACH ? AS kept", (f"{found.contents.absolute().as_uri()}?mode=ro",))
        made.execute("BEGIN IMMEDIATE")
        for table in rolling.CONTENTS:
            made.execute(f"INSERT INTO main.{table} SELECT * FROM kept.{table}")
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        made.execute("COMMIT")
