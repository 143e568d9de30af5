"""Whole copies of a project file: made by SQLite, checked, and only then given their name.

A copy is written under another name beside its target, so that a crash or a full disk never leaves
half a file where a project is expected.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path

from annotator.errors import ProjectError
from annotator.model import new_id
from storage.engine import Database
from storage.lock import WriteLock


def save_copy(database: Database, target: Path) -> None:
    """Write a checked copy of the project to a file, replacing what was there.

    Raises ProjectError if the target is the project itself, is open, or cannot be written.
    """
    if target.exists() and target.samefile(database.path):
        raise ProjectError(f"{target.name} is the project itself. Choose another name for the copy.")
    check_folder(target)
    refuse_leftovers(target)
    lock = WriteLock(target)
    try:
        with written_aside(target) as temporary:
            _copy(database, temporary)
    finally:
        lock.release()


def copy_aside(database: Database, revision: str, before: str = "update") -> Path:
    """A checked copy beside the project, named for its revision and what follows, that replaces nothing."""
    path = database.path
    target = free_path(path.with_name(f"{path.stem} before {before} {revision}{path.suffix}"))
    with written_aside(target) as temporary:
        _copy(database, temporary)
    return target


def free_path(wanted: Path) -> Path:
    """That path, or where there is such a file already, one with a number after the name."""
    numbered = (wanted.with_stem(f"{wanted.stem} {number}") for number in count(2))
    return next(path for path in chain((wanted,), numbered) if not path.exists())


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """A name beside the target to write to; the file takes the target's name if nothing is raised."""
    temporary = target.with_name(f".{target.name}.{new_id()}.part")
    try:
        yield temporary
        _to_disk(temporary)
        os.replace(temporary, target)
        _to_disk(target.parent)
    except OSError as error:
        raise ProjectError(
            f"{target.name} could not be written in {target.parent}: {error.strerror}. "
            "Check that there is room and that you may write there."
        ) from error
    finally:
        for left_over in temporary, *companions(temporary):
            with contextlib.suppress(OSError):
                left_over.unlink()


def check_folder(target: Path) -> None:
    """Raises ProjectError if no file can be made in the folder of a new file."""
    if not target.parent.is_dir():
        raise ProjectError(f"{target.name} cannot be made, because there is no folder {target.parent}.")
    if not os.access(target.parent, os.W_OK):
        raise ProjectError(
            f"{target.name} cannot be made, because you may not write in {target.parent}. "
            "Choose another folder."
        )


def refuse_leftovers(target: Path) -> None:
    """Raises ProjectError if the log of a project of this name lies there.

    SQLite would take it for unfinished work of the new file, and mix the two.
    """
    log, _ = companions(target)
    if log.exists() and log.stat().st_size:
        raise ProjectError(
            f"{target.name} cannot be written, because unfinished work of a project of that name lies "
            f"beside it in {log.name}. Choose another name, or open and close that project first."
        )


def companions(path: Path) -> tuple[Path, Path]:
    """SQLite's write-ahead log of a file and the index of it."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _copy(database: Database, target: Path) -> None:
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            database.copy_to(copy)
            problems = [row[0] for row in copy.execute("PRAGMA quick_check")]
    except sqlite3.Error as error:
        raise ProjectError(
            f"No copy of {database.path.name} was made, because it could not be written in "
            f"{target.parent}: {error}. Check that there is room on that disk."
        ) from error
    if problems != ["ok"]:
        raise ProjectError(
            f"No copy of {database.path.name} was made, because the project is damaged: {problems[0]}."
        )


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk itself."""
    if path.is_dir() and os.name == "nt":
        return  # Windows neither needs nor allows it
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
