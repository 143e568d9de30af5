"""The connection to a project file: how SQLite is opened, set and asked, and what its failures mean.

Python's sqlite3 begins no transaction for reads and ends one before DDL; here every transaction is
begun by hand: DEFERRED to read, so that several reads see one moment, and IMMEDIATE to write, since a
transaction that turns from reading to writing fails at once when another has written in between.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from json import JSONDecodeError
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.pool import StaticPool

from annotator.errors import DamagedProject, ProjectError

BUSY_MILLISECONDS = 10_000

_EVERY_CONNECTION = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32000",
)
_WRITING_CONNECTION = (
    "PRAGMA synchronous = FULL",
    # Without these two, macOS takes a write for done while it is still in the drive's own memory.
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA journal_size_limit = 67108864",
)

# What the user can do about a failure of SQLite, by the start of the error's name.
_FAILURES = {
    "SQLITE_FULL": "Nothing was written to {name}, because the disk is full. "
    "Make room on it and repeat the step.",
    "SQLITE_READONLY": "{name} was not changed, because the file or its folder may not be written. "
    "Copy it to another folder.",
    "SQLITE_BUSY": "{name} was not changed, because another program has been using the file for too long. "
    "Close that program and repeat the step.",
    "SQLITE_IOERR": "{name} could not be read or written, because the disk failed. "
    "Check that the disk is still connected, and repeat the step.",
    "SQLITE_CANTOPEN": "{name} could not be opened. Check that the file and its folder are still there "
    "and that you may read them.",
}


DAMAGED = (
    "{name} is damaged. Keep the file as it is, and restore a backup of it (`annotator restore`) or salvage "
    "what can be read into a new project (`annotator salvage`)."
)
# What reading a damaged file raises that is not an error of SQLite: text that is no UTF-8 or no JSON.
_UNREADABLE = (UnicodeDecodeError, JSONDecodeError)


class Database:
    """One connection to a project file, used by one thread at a time."""

    def __init__(self, path: Path, *, read_only: bool, foreign_keys: bool = True, name: str = "") -> None:
        """Connect to an existing file. Raises ProjectError if that fails, and calls it `name` then."""
        self.path = path
        self._name = name or path.name
        self._is_read_only = read_only
        with _explained(self._name):
            self._sqlite = _connect_to_read(path) if read_only else _connect_to_write(path)
            self._sqlite.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        engine = create_engine("sqlite://", creator=lambda: self._sqlite, poolclass=StaticPool)
        event.listen(engine, "begin", self._begin)
        self._connection = engine.connect()
        self._is_writing = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the file. Raises ProjectError if the file fails.

        Inside `writing` it sees what was written there.
        """
        if self._is_writing:
            with _explained(self._name):
                yield self._connection
            return
        with _explained(self._name):
            transaction = self._connection.begin()
            try:
                yield self._connection
            finally:
                # Rolled back, since COMMIT fails in a damaged file even where nothing was written.
                transaction.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when it ends, and undone if anything is raised in it.

        References between records are checked at its end. Raises IntegrityError if they do not hold,
        ProjectError if the file cannot be written. One inside another is undone alone, and is on disk
        with the outer one.
        """
        if self._is_writing:
            with _explained(self._name), self._connection.begin_nested():
                yield self._connection
            return
        self._is_writing = True
        try:
            with _explained(self._name), self._connection.begin():
                yield self._connection
        finally:
            self._is_writing = False
            # SQLAlchemy leaves a transaction open whose COMMIT failed.
            if not self._is_given_up and self._sqlite.in_transaction:
                self._sqlite.rollback()

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the whole file as it is at this moment. Raises sqlite3.Error if either side fails."""
        self._sqlite.backup(target)

    def write_back(self) -> None:
        """Bring what is in the write-ahead log into the file itself, as far as no reader needs it there."""
        if self._is_given_up:
            return
        with _explained(self._name):
            self._sqlite.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        self._connection.close()
        self._connection.engine.dispose()
        self._sqlite.close()
        if self._is_read_only:
            _tidy(self.path)

    @property
    def _is_given_up(self) -> bool:
        """Whether SQLAlchemy has closed the connection, as it does when Ctrl+C comes amid a statement."""
        return self._connection.invalidated

    def _begin(self, _: Connection) -> None:
        # Straight to SQLite: what SQLAlchemy adds to each statement would double the cost of a small read.
        if self._is_writing:
            self._sqlite.execute("BEGIN IMMEDIATE")
            self._sqlite.execute("PRAGMA defer_foreign_keys = ON")
        else:
            self._sqlite.execute("BEGIN DEFERRED")


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself: whose it is, the number of its layout, the revision of its tables."""

    application: int = 0
    layout: int = 0
    revision: str = ""


def header(path: Path) -> Header | None:
    """The header of a file, with zeros if it is no SQLite file; None if it is one that cannot be read so.

    It is read through SQLite, which neither locks nor writes anything for it: opening and closing the
    file ourselves would drop the locks of a store that this process has open on it. What lies in the
    log only is not seen, and a file that is being written may look damaged.
    """
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return Header()
    with closing(connection):
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (layout,) = connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.Error as error:
            return None if error.sqlite_errorname == "SQLITE_CORRUPT" else Header()
        with suppress(sqlite3.Error):
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return Header(application, layout, found[0] if found else "")
        return Header(application, layout)


def _open(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        for pragma in _EVERY_CONNECTION:
            connection.execute(pragma)
        connection.execute("SELECT count(*) FROM sqlite_master")  # opens the file, which connecting does not
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_to_write(path: Path) -> sqlite3.Connection:
    connection = _open(path, "mode=rw")
    try:
        for pragma in _WRITING_CONNECTION:
            connection.execute(pragma)
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise ProjectError(
                f"{path.name} cannot be used in the folder {path.parent}, where SQLite keeps no "
                "write-ahead log. Copy it to a folder on this computer's own disk."
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot write.

    In a folder that may not be written SQLite cannot share its log with others, and reads only a file
    that it is told never changes; which is so there, as long as no log of unfinished work lies beside it.
    A file that may not be written is read so too, if nobody has it open: the log made for it would be
    ours, and its owner could not write to it.
    """
    log = path.with_name(path.name + "-wal")
    if not os.access(path, os.W_OK) and not log.exists():
        return _open(path, "mode=ro&immutable=1")
    try:
        return _open(path, "mode=ro")
    except sqlite3.OperationalError:
        if log.exists() and log.stat().st_size:
            raise
        return _open(path, "mode=ro&immutable=1")
    except sqlite3.DatabaseError:
        _tidy(path)
        raise


def _tidy(path: Path) -> None:
    """Remove the log that a reader leaves beside the file, if there is nothing in it and nobody uses it.

    SQLite does so by itself only where the last to close may write; whether one is the last, it alone
    knows. A log with work in it is left: to write it back would change the file.
    """
    log = path.with_name(path.name + "-wal")
    with suppress(OSError, sqlite3.Error):
        if log.stat().st_size == 0:
            _open(path, "mode=rw").close()


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turn the failures that a person can do something about into ProjectError."""
    try:
        yield
    except IntegrityError:
        raise
    except _UNREADABLE as error:
        raise DamagedProject(DAMAGED.format(name=name)) from error
    except DatabaseError as error:
        _explain(error.orig, name)
        raise
    except sqlite3.DatabaseError as error:
        _explain(error, name)
        raise


def _explain(error: BaseException | None, file: str) -> None:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "Could not decode" in str(error):
        raise DamagedProject(DAMAGED.format(name=file)) from error
    for start, sentence in _FAILURES.items():
        if name.startswith(start):
            raise ProjectError(sentence.format(name=file)) from error
