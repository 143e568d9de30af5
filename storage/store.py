"""An open project file: `ProjectStore` is what the domain's `Store` asks for, kept in SQLite.

A store has one connection and is used by one thread at a time; a job in another thread works on a
`sibling()`. The file itself is never opened but through SQLite, as closing it would drop SQLite's locks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from annotator.change import Change, HistoryEntry
from annotator.errors import ProjectError, StaleChange
from annotator.hub import HubLink, Pushed, Refusal
from annotator.merging import MergeNote, TakenIn, Travelled
from annotator.model import new_id, now
from annotator.progress import Job, Progress, run
from annotator.store import Contents, RawContents
from annotator.suggest.learned.stored import StoredModel
from storage import backup, checks, history, learned, merge, opening, outbox, settle, tables, writing
from storage import contents as stored_contents
from storage.engine import Database
from storage.lock import WriteLock
from storage.project_reader import ProjectReader


class Origin(NamedTuple):
    """The project that a file belongs to: its id, its name, and when it was made."""

    id: str
    name: str
    created: str


class ProjectStore(ProjectReader):
    """A project file, open for writing or for reading only. Close it, or use it in a `with`.

    What can be asked of it is in `ProjectReader`; here is what opens, closes and changes it.
    """

    def __init__(self, database: Database, *, workstation: str, lock: WriteLock | None) -> None:
        """Take over an open database and a share of its lock; without a lock it is for reading only.

        Both are let go if the file fails, which raises ProjectError.
        """
        self._lock = lock
        self._is_closed = False
        self._is_together = False
        try:
            super().__init__(database, workstation=workstation)
        except BaseException:
            self.close()
            raise

    @property
    def read_only(self) -> bool:
        return self._lock is None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close this connection; the last one that may write frees the project. Again does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if self._lock is not None:
                # SQLite does this by itself only where no reader has the file open any more.
                self._database.write_back()
        finally:
            self._database.close()
            if self._lock is not None:
                self._lock.release()

    def sibling(self) -> "ProjectStore":
        """The same project over a connection of its own, for another thread; close it when done."""
        database = Database(self.path, read_only=self.read_only)
        lock = None if self._lock is None else self._lock.share()
        return ProjectStore(database, workstation=self._workstation, lock=lock)

    def source_within(self, sha256: str, most: int) -> bytes | None:
        """The bytes of an original that has no more of them than that, else None."""
        with self._database.reading() as connection:
            return stored_contents.source_within(connection, sha256, most)

    def save_copy(self, path: Path) -> None:
        """Write a checked copy of the whole project, replacing a file of that name.

        Raises ProjectError if that is the project itself, is open in a window, or cannot be written.
        """
        backup.save_copy(self._database, path)

    def check_writable(self) -> None:
        """Raises ProjectError if the project is open for reading only, before much is done in vain."""
        self._writing_lock()

    def _writing_lock(self) -> WriteLock:
        if self._lock is None:
            raise ProjectError(
                f"{self.path.name} is open for reading only, so nothing can be changed in it. "
                "Open it again when it may be written, or save a copy of it and work on that."
            )
        return self._lock

    def apply(self, change: Change, contents: Contents | None = None) -> HistoryEntry:
        """Write rows, contents and history in one transaction that is on disk when this returns.

        Raises StaleChange if a record is not as `before` has it or what the Change refers to is gone,
        ProjectError if the file cannot be written, and ValueError if the Change contradicts itself.
        """
        lock = self._writing_lock()
        pairs = writing.pairs(change)
        prepared = stored_contents.prepare(contents)
        turn = nullcontext() if self._is_together else lock.turn()
        try:
            with turn, self._database.writing() as connection:
                stored_contents.write(connection, prepared)
                writing.write(connection, change, pairs)
                entry = history.append(connection, change, pairs, workstation=self._workstation)
                settle.settle_contested(connection)
                return entry
        except IntegrityError as error:
            raise writing.refusal(change, error) from error

    def take_in(self, changes: Iterable[Travelled], note: MergeNote | None = None) -> TakenIn:
        """Merge Changes that were made elsewhere, in one transaction; those that are here add nothing.

        Their texts must be in the project. Raises StaleChange if they do not fit together, else as `apply`.
        """
        with self._in_turn() as connection:
            return merge.take_in(connection, changes, note)

    def take_back_merge(self, merge_id: str) -> None:
        """Take out of the project what a merge brought. Raises StaleChange if something builds on it."""
        with self._in_turn() as connection:
            outbox.refuse_sent(connection, merge_id)
            merge.take_out(connection, merge_id)

    def hub_link(self) -> HubLink | None:
        with self._database.reading() as connection:
            return outbox.link(connection)

    def set_hub_link(self, link: HubLink | None) -> None:
        """Join the project to a hub, or take it from its hub. Raises ProjectError as `apply`."""
        with self._in_turn() as connection:
            outbox.set_link(connection, link)

    def unsent(self, limit: int) -> list[tuple[int, Travelled]]:
        with self._database.reading() as connection:
            return outbox.unsent(connection, limit=limit)

    def count_unsent(self) -> int:
        with self._database.reading() as connection:
            return outbox.count_unsent(connection)

    def hub_refused(self) -> list[Travelled]:
        with self._database.reading() as connection:
            return outbox.refused(connection)

    def hub_refusals(self) -> tuple[Refusal, ...]:
        with self._database.reading() as connection:
            return outbox.refusals(connection)

    def mark_sent(self, tried: Sequence[str], refusals: Iterable[Refusal], *, up_to: int) -> None:
        """Keep what came of a push, and that the history up to a place is dealt with."""
        with self._in_turn() as connection:
            outbox.mark_sent(connection, tried, refusals, up_to=up_to)

    def receive(self, pushed: Sequence[Pushed], *, until: int) -> TakenIn:
        """Merge what was pulled from the hub, and keep that all up to a number is here."""
        with self._in_turn() as connection:
            return outbox.receive(connection, pushed, until=until, workstation=self._workstation)

    def add_contents(self, contents: RawContents) -> None:
        """Add contents as another project gave them. Raises ValueError for one that is not what it says."""
        prepared = stored_contents.prepare_raw(contents)
        with self._in_turn() as connection:
            stored_contents.write(connection, prepared)

    def keep_learned_model(self, model: StoredModel) -> None:
        """Put a model in the place of the one that is kept; it is no Change, and nothing takes it back."""
        with self._in_turn() as connection:
            learned.keep(connection, model)

    @contextmanager
    def _in_turn(self) -> Iterator[Connection]:
        """A transaction that writes, when it is this store's turn."""
        lock = self._writing_lock()
        turn = nullcontext() if self._is_together else lock.turn()
        try:
            with turn, self._database.writing() as connection:
                yield connection
        except IntegrityError as error:
            raise StaleChange(
                "Nothing was merged, because the changes refer to something that is not among them. "
                "Make the package again."
            ) from error

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is applied inside is one transaction, that is on disk at the end; none of it if that fails.

        A Change that is refused inside leaves the others. Raises as `apply` does, at the end too.
        """
        lock = self._writing_lock()
        with lock.turn(is_long=True):
            self._is_together = True
            try:
                with self._database.writing():
                    yield
            except IntegrityError as error:
                raise StaleChange(
                    "Nothing was changed: something that it refers to is not in the project any more."
                ) from error
            finally:
                self._is_together = False

    def verify(self) -> tuple[str, ...]:
        """Sentences for everything in the file that does not hold; () if all does.

        The full-text index is compared with the texts only by a store that may write.
        """
        return run(self.verifying())

    def verifying(self) -> Job[tuple[str, ...]]:
        """What `verify` does, as a Job: the check of a large project takes long, and can be cancelled."""
        found: list[str] = []
        with self._database.reading() as connection:
            damages = tuple(checks.damages(connection))
            if damages:
                return damages
            for fault in checks.steps(connection):
                yield Progress(0, 0)
                if fault is not None:
                    found.append(fault)
        if self._lock is not None:
            with self._lock.turn(), self._database.writing() as connection:
                found.extend(checks.index_faults(connection))
        return tuple(found)

    @property
    def database(self) -> Database:
        """The connection itself, for what repairs the file under the records."""
        return self._database


def create_project(
    path: Path, *, name: str, initial: Callable[[str], Change], workstation: str
) -> ProjectStore:
    """Make a project file and open it for writing.

    `initial` is given the project's id and returns its first Change, which nobody can undo. Raises
    ProjectError if there is a file of that name already or it cannot be written.
    """
    path = path.absolute()
    if path.exists():
        raise ProjectError(f"There is a file {path.name} in {path.parent} already. Choose another name.")
    backup.check_folder(path)
    backup.refuse_leftovers(path)
    project_id = new_id()
    change = initial(project_id)
    pairs = writing.pairs(change)
    lock = WriteLock(path)
    try:
        with (
            backup.written_aside(path) as temporary,
            opening.new_database(temporary, name=path.name) as database,
            database.writing() as connection,
        ):
            connection.execute(insert(tables.project), {"id": project_id, "name": name, "created": now()})
            writing.write(connection, change, pairs)
            history.append(connection, change, pairs, workstation=workstation)
        made = Database(path, read_only=False)
    except BaseException:
        lock.release()
        raise
    return ProjectStore(made, workstation=workstation, lock=lock)


def adopt_project(
    path: Path,
    origin: Origin,
    *,
    workstation: str,
    fill: Callable[[ProjectStore], Job[None]],
) -> Job[None]:
    """Make the file of a project that began elsewhere; `fill` brings its changes and contents.

    Nothing is there if that fails. Raises ProjectError if there is a file of that name already.
    """
    yield Progress(0, 0, path.name)
    path = path.absolute()
    if path.exists():
        raise ProjectError(f"There is a file {path.name} in {path.parent} already. Choose another name.")
    backup.check_folder(path)
    backup.refuse_leftovers(path)
    lock = WriteLock(path)
    try:
        with backup.written_aside(path) as temporary:
            with (
                opening.new_database(temporary, name=path.name) as database,
                database.writing() as connection,
            ):
                connection.execute(insert(tables.project), origin._asdict())
            made = Database(temporary, read_only=False, name=path.name)
            with ProjectStore(made, workstation=workstation, lock=lock.share()) as store:
                yield from fill(store)
    finally:
        lock.release()


def open_project(path: Path, *, workstation: str, read_only: bool = False) -> ProjectStore:
    """Open a project file; one of an older version is first copied aside and brought up to date.

    Raises ProjectError, and leaves the file as it is, if it is not a project, is of a newer version,
    may not be written or is open for writing elsewhere; the last two do not hinder reading only.
    """
    path = path.absolute()
    opening.check_project(path)
    if read_only:
        return ProjectStore(opening.open_to_read(path), workstation=workstation, lock=None)
    opening.check_writable(path)
    lock = WriteLock(path)
    try:
        database = opening.open_to_write(path)
    except BaseException:
        lock.release()
        raise
    return ProjectStore(database, workstation=workstation, lock=lock)
