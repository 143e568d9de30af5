"""An open hub: `HubClient` is what the domain's `Hub` asks for, over one connection to PostgreSQL.

A client is used by one thread. Every statement is sent with its values apart from it, and every name has its
schema before it, since the search path is the user's own to set.
"""

import select
import socket
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson

from annotator.change import HistoryEntry
from annotator.hub import HubError, HubProject, Member, Portion, Pushed, Refusal
from annotator.merging import Entry, Travelled
from annotator.model import Annotation, AnnotationSet
from annotator.record_json import kind_of, to_json_text
from annotator.travelling import UNREADABLE, entry_of, has_proper_place, line_of
from storage.hub.address import checked_address, driver, shown
from storage.hub.failures import connecting, explained

if TYPE_CHECKING:
    import psycopg

VERSION = 1  # of schema.sql
CHANNEL = "annotator_hub"
ENTRIES_AT_ONCE = 1_000
CONNECT_SECONDS = 10

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

# A connection that is cut without a word is noticed in some 40 seconds; a server that waits for a client that
# is gone gives up its locks.
_CONNECTION = {
    "connect_timeout": CONNECT_SECONDS,
    "application_name": "annotator",
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "options": "-c idle_in_transaction_session_timeout=60s -c lock_timeout=60s -c client_encoding=UTF8",
}
_LINE = ("change_id", "annotator", "workstation", "n", "time", "title", "document", "undoes")
_INSERT_CHANGE = (
    f"INSERT INTO annotator_hub.change ({', '.join(_LINE)}) VALUES ({', '.join(['%s'] * len(_LINE))}) "
    "ON CONFLICT (change_id) DO NOTHING"
)
_INSERT_ENTRY = (
    "INSERT INTO annotator_hub.entry (change_id, record_id, kind, place, before, after, parents) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


def connect(address: str, *, password: str | None = None) -> Connection:
    """A connection to a database, in autocommit. Raises MissingExtra, or a HubError that says what is wrong.

    libpq looks for a password by itself; one that is given is kept in memory only.
    """
    psycopg = driver()
    text = checked_address(address)
    given = {} if password is None else {"password": password}
    try:
        made: Connection = psycopg.connect(text, autocommit=True, **_CONNECTION, **given)
    except psycopg.Error as error:
        raise connecting(error, shown(text)) from None  # the cause may show how it connected
    return made


def open_hub(address: str, *, password: str | None = None) -> "HubClient":
    """Connect to a hub. Raises HubError if there is none, it is of a newer version, or one may not use it."""
    connection = connect(address, password=password)
    try:
        return HubClient(connection, shown(address))
    except BaseException:
        connection.close()
        raise


class HubClient:
    """A hub over a connection that it closes. `name` is what it is called in sentences."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self.name = name
        self._is_told = False
        connection.add_notify_handler(self._on_notify)
        self._project, self._me = self._look()

    @property
    def project(self) -> HubProject:
        return self._project

    @property
    def me(self) -> Member:
        return self._me

    def close(self) -> None:
        self._connection.close()

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises HubError."""
        with explained(self.name):
            return self._connection.execute(statement.encode(), values).fetchall()

    def tell(self, statement: str, *values: object) -> int:
        """Run a statement; how many rows it touched. Raises HubError."""
        with explained(self.name):
            return self._connection.execute(statement.encode(), values).rowcount

    def _look(self) -> tuple[HubProject, Member]:
        """Which project the hub is of and who we are there. Raises HubError if it is not to be used."""
        if not self.ask("SELECT 1 WHERE to_regclass('annotator_hub.about') IS NOT NULL"):
            raise HubError(
                f"There is no hub in {self.name}. Who leads the project makes one: annotator hub create."
            )
        who = self.ask(
            "SELECT session_user::text, annotator, role FROM annotator_hub.member WHERE login = session_user"
        )
        if not who:
            login = self.ask("SELECT session_user::text")[0][0]
            raise HubError(
                f"The hub {self.name} does not know the database user {login}. Ask who leads the project to "
                "let you in: annotator hub member."
            )
        version, *facts = self.ask("SELECT version, project, name, created FROM annotator_hub.about")[0]
        if version > VERSION:
            raise HubError(
                f"The hub {self.name} is of a newer version of Annotator. Install that version to use it."
            )
        return HubProject(*facts), Member(*who[0])

    # -- pushing

    def known(self, changes: Sequence[str]) -> Mapping[str, frozenset[str]]:
        ids = list(changes)
        there: dict[str, set[str]] = {
            row[0]: set()
            for row in self.ask("SELECT change_id FROM annotator_hub.change WHERE change_id = ANY(%s)", ids)
        }
        for change, record in self.ask(
            "SELECT change_id, record_id FROM annotator_hub.entry WHERE change_id = ANY(%s)", ids
        ):
            there.setdefault(change, set()).add(record)
        return {change: frozenset(records) for change, records in there.items()}

    def lacking(self, *, sources: Collection[str], texts: Collection[str]) -> tuple[set[str], set[str]]:
        return self._lacking("source_content", sources), self._lacking("text_content", texts)

    def _lacking(self, table: str, hashes: Collection[str]) -> set[str]:
        if not hashes:
            return set()
        rows = self.ask(f"SELECT sha256 FROM annotator_hub.{table} WHERE sha256 = ANY(%s)", list(hashes))
        return set(hashes) - {row[0] for row in rows}

    def add_source(self, sha256: str, data: bytes) -> None:
        self.tell(
            "INSERT INTO annotator_hub.source_content VALUES (%s, %s) ON CONFLICT DO NOTHING", sha256, data
        )

    def add_text(self, sha256: str, text: str) -> None:
        self.tell(
            "INSERT INTO annotator_hub.text_content VALUES (%s, %s) ON CONFLICT DO NOTHING",
            sha256,
            text.encode(),
        )

    def add_pages(self, text_version: str, pages: Sequence[bytes]) -> None:
        with explained(self.name), self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO annotator_hub.page VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [(text_version, number, blob) for number, blob in enumerate(pages)],
            )

    def push(self, changes: Sequence[Travelled]) -> tuple[Refusal, ...]:
        if not changes or self._add(changes) is None:
            return ()
        # One of them is refused; alone, each tells of itself, and those that are in order get through.
        refused = ((change, self._add((change,))) for change in changes)
        return tuple(
            Refusal(change.entry.change_id, sentence) for change, sentence in refused if sentence is not None
        )

    def _add(self, changes: Sequence[Travelled]) -> str | None:
        """Add Changes in one transaction; why they are refused, None if they are not."""
        import psycopg

        lines = [tuple(getattr(change.entry, name) for name in _LINE) for change in changes]
        rows = [row for change in changes for row in _rows(change)]
        try:
            with explained(self.name):
                try:
                    with self._connection.transaction(), self._connection.cursor() as cursor:
                        cursor.executemany(_INSERT_CHANGE, lines)
                        cursor.executemany(
                            _INSERT_ENTRY, [(*row[:3], place, *row[3:]) for place, row in enumerate(rows)]
                        )
                except (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation):
                    return _not_allowed(changes[0])
        except HubError as error:
            if isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                raise
            return f"“{changes[0].entry.title}” stays on this computer. {error}"
        return None

    # -- pulling

    def last(self) -> int:
        return int(self.ask("SELECT last FROM annotator_hub.counter")[0][0])

    def pull(self, after: int) -> Portion:
        with explained(self.name), self._connection.transaction():
            # All of what follows sees one moment, so that no push is seen by halves.
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            last = self.last()
            more = self.ask(
                "SELECT seq FROM annotator_hub.entry WHERE seq > %s ORDER BY seq OFFSET %s LIMIT 1",
                after,
                ENTRIES_AT_ONCE,
            )
            until = more[0][0] if more else last
            rows = self.ask(
                "SELECT change_id, kind, before, after, parents FROM annotator_hub.entry "
                "WHERE seq > %s AND seq <= %s ORDER BY seq, place",
                after,
                until,
            )
            ids = list(dict.fromkeys(row[0] for row in rows))
            lines = self.ask(
                f"SELECT {', '.join(_LINE)}, pushed_by FROM annotator_hub.change WHERE change_id = ANY(%s)",
                ids,
            )
        pushed, unreadable = _read(rows, {line[0]: line for line in lines})
        return Portion(until, pushed, unreadable, is_last=until >= last)

    def source(self, sha256: str) -> bytes | None:
        rows = self.ask("SELECT bytes FROM annotator_hub.source_content WHERE sha256 = %s", sha256)
        return bytes(rows[0][0]) if rows else None

    def text(self, sha256: str) -> str | None:
        rows = self.ask("SELECT bytes FROM annotator_hub.text_content WHERE sha256 = %s", sha256)
        return bytes(rows[0][0]).decode() if rows else None

    def pages(self, text_version: str) -> tuple[bytes, ...]:
        rows = self.ask(
            "SELECT geometry FROM annotator_hub.page WHERE text_version = %s ORDER BY number", text_version
        )
        return tuple(bytes(row[0]) for row in rows)

    # -- waiting

    def listen(self) -> None:
        """Have the server tell of pushes from now on, for `wait`."""
        self.tell(f"LISTEN {CHANNEL}")

    def wait(self, wake: socket.socket, seconds: float) -> bool:
        """Wait until the server tells of a push, something comes from `wake`, or the time is over.

        True if the server told of one since the last time. What it says is only a number, and nothing is
        done with it: anybody who may connect can say anything on a channel.
        """
        with explained(self.name):
            if not self._is_told:
                watched: list[Any] = [self._connection.fileno(), wake]
                select.select(watched, [], [], seconds)
                self._connection.execute("SELECT 1")  # reads what came; a connection that is gone is found
            told, self._is_told = self._is_told, False
            return told

    def cut(self) -> None:
        """End the connection from another thread; who waits for an answer is told that it was lost."""
        with (
            suppress(OSError),
            socket.fromfd(self._connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as same,
        ):
            same.shutdown(socket.SHUT_RDWR)

    def _on_notify(self, _: "psycopg.Notify") -> None:
        self._is_told = True  # also during another statement, which `select` would not see


def _rows(change: Travelled) -> list[tuple[object, ...]]:
    """The entries of a Change as rows; sets come first, for they say whose the rest is."""
    entries = sorted(change.records, key=lambda each: not isinstance(each.record, AnnotationSet))
    return [
        (
            change.entry.change_id,
            each.record.id,
            kind_of(each.record),
            None if each.before is None else to_json_text(each.before),
            None if each.after is None else to_json_text(each.after),
            list(each.parents),
        )
        for each in entries
    ]


def _read(
    rows: Iterable[tuple[Any, ...]], lines: Mapping[str, tuple[Any, ...]]
) -> tuple[tuple[Pushed, ...], int]:
    """The Changes of some entries, and how many of these make no sense, which only a broken client sends."""
    entries: dict[str, list[Entry]] = {}
    heads: dict[str, HistoryEntry] = {}
    unreadable: set[str] = set()
    for change, kind, before, after, parents in rows:
        try:
            if change not in heads:
                heads[change] = line_of(dict(zip(_LINE, lines[change][:-1], strict=True)))
            values = {"kind": kind, "before": _json(before), "after": _json(after), "parents": parents}
            entry = entry_of(change, values)
            if isinstance(entry.after, Annotation) and not has_proper_place(entry.after):
                raise ValueError("a span has no proper place")
        except UNREADABLE:
            unreadable.add(change)
        else:
            entries.setdefault(change, []).append(entry)
    pushed = tuple(
        Pushed(Travelled(heads[change], tuple(some)), lines[change][-1]) for change, some in entries.items()
    )
    return pushed, len(unreadable)


def _json(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)


def _not_allowed(change: Travelled) -> str:
    return (
        f"“{change.entry.title}” stays on this computer, because your role does not allow it on the hub. "
        "Ask who leads the project to do it."
    )
