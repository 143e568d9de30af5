"""Rolling backups: many small copies of a project without its contents, and the contents once beside them.

A backup is an SQLite file with every table of the project, but the rows of the contents and of search are
left out: contents never change, so they are added once to a file that all backups of the project share, and
what search reads follows from them. So does what was learned for suggestions, which is in no backup at all.
Nothing opens a backup as a project; `restoring` makes one of it.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import orjson

from annotator.errors import DamagedProject, ProjectError
from storage import backup, learned
from storage.engine import DAMAGED
from storage.tables import page, source_content, text_content

BACKUP_ID = 0x414E424B  # "ANBK"
SUFFIX = ".annotator-backup"
KEEP_LAST = 10
KEEP_DAYS = 30
CONTENTS = (source_content.name, text_content.name, page.name)

_CONTENTS_FILE = "contents.annotator-contents"
_ABOUT_FILE = "about.json"
_NAME = re.compile(r"(\d{8}T\d{6}Z)")
_FORMAT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a project: its file, and the moment that it shows, in UTC."""

    path: Path
    time: datetime

    @property
    def contents(self) -> Path:
        """The file with the contents, shared with the other backups of the folder."""
        return self.path.with_name(_CONTENTS_FILE)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a backup holds: counts for somebody who chooses one."""

    documents: int
    spans: int
    changes: int


def make(project: Path, folder: Path, *, project_id: str, at: datetime | None = None) -> Backup:
    """Back up a project, open or not, under a folder for backups of all projects; older ones go by policy.

    The copy is of one moment, whatever is written meanwhile, and is checked before it gets its name. Raises
    ProjectError if it cannot be made.
    """
    home = _home(folder, project, project_id)
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    made = Backup(home / f"{moment.strftime(_FORMAT)}{SUFFIX}", moment)
    try:
        home.mkdir(parents=True, exist_ok=True)
        _say_whose(home, project, project_id)
        with backup.written_aside(made.path) as temporary:
            _write(project, temporary, made.contents)
    except (sqlite3.Error, OSError) as error:
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            raise DamagedProject(DAMAGED.format(name=project.name)) from error
        raise ProjectError(
            f"No backup of {project.name} was made in {folder}: {error}. "
            "Check that the disk is connected and has room."
        ) from error
    for old in _spare(backups_in(home), now=moment):
        old.path.unlink(missing_ok=True)
    return made


def backups_of(project: Path, folder: Path) -> tuple[Backup, ...]:
    """The backups of a project under a folder, newest first; the project file may be damaged or gone."""
    wanted = str(project.resolve())
    project_id = _id_of(project)
    for home in _homes(folder):
        about = _about(home)
        is_its = about.get("project") == project_id if project_id else wanted == about.get("path")
        if is_its:
            return backups_in(home)
    return ()


def backups_in(home: Path) -> tuple[Backup, ...]:
    """The backups in the folder of one project, newest first."""
    found = []
    for path in home.glob(f"*{SUFFIX}"):
        named = _NAME.fullmatch(path.stem)
        if named is not None:
            found.append(Backup(path, datetime.strptime(named[1], _FORMAT).replace(tzinfo=UTC)))
    return tuple(sorted(found, key=lambda each: each.time, reverse=True))


def kept(times: Iterable[datetime], *, now: datetime) -> set[datetime]:
    """Which of the moments are kept: the last ten, and the last of each of the last thirty days."""
    newest_first = sorted(times, reverse=True)
    keep = set(newest_first[:KEEP_LAST])
    days = set()
    for time in newest_first:
        if time.date() not in days and now - time < timedelta(days=KEEP_DAYS):
            days.add(time.date())
            keep.add(time)
    return keep


def holdings(found: Backup) -> Holdings | None:
    """What a backup holds, None if it is damaged."""
    try:
        with closing(_open(found.path)) as connection:
            counts = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("document", "annotation", "history")
            )
            return Holdings(*counts)
    except sqlite3.Error:
        return None


def last_change(found: Backup) -> str | None:
    """The id of the newest Change in a backup, None if it is damaged."""
    try:
        with closing(_open(found.path)) as connection:
            row = connection.execute("SELECT change_id FROM history ORDER BY place DESC LIMIT 1").fetchone()
            return None if row is None else str(row[0])
    except sqlite3.Error:
        return None


def holds_all_of(project: Path, newest: Backup) -> bool:
    """Whether nothing was changed in a project since a backup."""
    try:
        with closing(_open(project)) as connection:
            row = connection.execute("SELECT change_id FROM history ORDER BY place DESC LIMIT 1").fetchone()
            return row is not None and row[0] == last_change(newest)
    except sqlite3.Error:
        return False


def is_behind(project: Path, newest: Backup) -> bool:
    """Whether a project lacks the newest Change of a backup: something that was written is lost."""
    last = last_change(newest)
    if last is None:
        return False
    try:
        with closing(_open(project)) as connection:
            return connection.execute("SELECT 1 FROM history WHERE change_id = ?", (last,)).fetchone() is None
    except sqlite3.Error:
        return False


@contextmanager
def opened(found: Backup) -> Iterator[sqlite3.Connection]:
    """A connection that reads a backup as `main` and its contents as `kept`. Raises sqlite3.Error."""
    with closing(_open(found.path)) as connection:
        if found.contents.exists():
            connection.execute("ATTACH ? AS kept", (f"{found.contents.absolute().as_uri()}?mode=ro",))
        yield connection


def _open(path: Path, more: str = "") -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{more}", uri=True, isolation_level=None)


def _home(folder: Path, project: Path, project_id: str) -> Path:
    """Where the backups of a project are; it keeps its place when the project is renamed or moved."""
    for home in _homes(folder):
        if _about(home).get("project") == project_id:
            return home
    return folder / f"{project.stem} {project_id[:8]}"


def _homes(folder: Path) -> list[Path]:
    return sorted(about.parent for about in folder.glob(f"*/{_ABOUT_FILE}")) if folder.is_dir() else []


def _about(home: Path) -> dict[str, object]:
    try:
        told = orjson.loads((home / _ABOUT_FILE).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return told if isinstance(told, dict) else {}


def _say_whose(home: Path, project: Path, project_id: str) -> None:
    about = {"project": project_id, "name": project.stem, "path": str(project.resolve())}
    if _about(home) != about:
        with backup.written_aside(home / _ABOUT_FILE) as temporary:
            temporary.write_bytes(orjson.dumps(about, option=orjson.OPT_INDENT_2))


def _id_of(project: Path) -> str:
    """The id of the project in a file, "" if it cannot be read.

    Read as a file that never changes, so that no log is made beside one that is damaged.
    """
    try:
        with closing(_open(project, "&immutable=1")) as connection:
            return str(connection.execute("SELECT id FROM project").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return ""


def _spare(found: tuple[Backup, ...], *, now: datetime) -> list[Backup]:
    keep = kept((each.time for each in found), now=now)
    return [each for each in found if each.time not in keep]


def _write(project: Path, target: Path, contents: Path) -> None:
    with closing(sqlite3.connect(target, uri=True, isolation_level=None)) as copy:
        # A file that is thrown away if anything fails needs no journal; it is synced before it is named.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("ATTACH ? AS live", (f"{project.absolute().as_uri()}?mode=ro",))
        copy.execute("ATTACH ? AS kept", (str(contents),))
        copy.execute("PRAGMA kept.synchronous = FULL")
        layout = copy.execute("PRAGMA live.user_version").fetchone()[0]
        copy.execute(f"PRAGMA application_id = {BACKUP_ID}")
        copy.execute(f"PRAGMA user_version = {layout}")
        copy.execute("BEGIN IMMEDIATE")
        counts = _copy_tables(copy)
        _copy_contents(copy)
        copy.execute("COMMIT")
        _check(copy, counts)


def _copy_tables(copy: sqlite3.Connection) -> dict[str, int]:
    """Make the tables of the project and fill all but contents and search; the counts of their rows."""
    made = copy.execute(
        "SELECT type, name, sql FROM live.sqlite_master WHERE sql IS NOT NULL "
        # What a virtual table keeps its data in is made with it.
        "AND name NOT LIKE 'paragraph\\_index\\_%' ESCAPE '\\' ORDER BY type = 'index'"
    ).fetchall()
    counts = {}
    for kind, name, sql in made:
        copy.execute(sql)
        if kind != "table" or name in (*CONTENTS, *learned.TABLES) or name.startswith("paragraph"):
            continue
        copy.execute(f'INSERT INTO main."{name}" SELECT * FROM live."{name}"')
        counts[name] = copy.execute(f'SELECT count(*) FROM live."{name}"').fetchone()[0]
    return counts


def _copy_contents(copy: sqlite3.Connection) -> None:
    """Add the contents that are new; each is read back and its hash compared."""
    for table in CONTENTS:
        (sql,) = copy.execute("SELECT sql FROM live.sqlite_master WHERE name = ?", (table,)).fetchone()
        copy.execute(re.sub(r"^CREATE TABLE ", "CREATE TABLE IF NOT EXISTS kept.", sql))
    for table, column in ((source_content.name, "bytes"), (text_content.name, "text")):
        new = [
            name
            for (name,) in copy.execute(
                f"SELECT sha256 FROM live.{table} WHERE sha256 NOT IN (SELECT sha256 FROM kept.{table})"
            )
        ]
        for name in new:
            copy.execute(f"INSERT INTO kept.{table} SELECT * FROM live.{table} WHERE sha256 = ?", (name,))
            (data,) = copy.execute(f"SELECT {column} FROM kept.{table} WHERE sha256 = ?", (name,)).fetchone()
            if sha256(data if isinstance(data, bytes) else data.encode()).hexdigest() != name:
                # What is damaged already must not be taken for kept; a later backup may bring it whole.
                copy.execute(f"DELETE FROM kept.{table} WHERE sha256 = ?", (name,))
    copy.execute(
        "INSERT INTO kept.page SELECT * FROM live.page "
        "WHERE text_version NOT IN (SELECT text_version FROM kept.page)"
    )


def _check(copy: sqlite3.Connection, counts: dict[str, int]) -> None:
    """Raises ProjectError if the copy is not whole."""
    problems = [row[0] for row in copy.execute("PRAGMA main.integrity_check") if row[0] != "ok"]
    problems += [row[0] for row in copy.execute("PRAGMA kept.quick_check") if row[0] != "ok"]
    for name, count in counts.items():
        found = copy.execute(f'SELECT count(*) FROM main."{name}"').fetchone()[0]
        if found != count:
            problems.append(f"{name} has {found} rows instead of {count}")
    if problems:
        raise ProjectError(f"No backup was made, because the copy is not whole: {problems[0]}.")
