"""A hub as the domain sees it: the values that go to and fro, what is asked of one, and how it can fail.

A hub is a PostgreSQL database that holds the Changes and contents of one project. Nobody works on it: every
window works on its own project file, and a sync brings the two to the same. What a hub shows and takes
follows from the role that the database user has there, not from what this program believes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from socket import socket
from typing import Protocol

from annotator.errors import AnnotatorError
from annotator.merging import Travelled
from annotator.model import Role


class HubError(AnnotatorError):
    """A hub that cannot be used, with the reason; the project is as it was."""


class HubUnreachable(HubError):
    """A hub that does not answer just now; what is unsent stays, and another try may do."""


class NeedsHubPassword(HubError):
    """A hub that wants a password which it was not given, or another one."""


@dataclass(frozen=True, slots=True)
class HubLink:
    """How a project file stands to its hub.

    `login` is the database user, `annotator` (an id) and `role` who that is there. `pulled` is the number of
    the last push that was taken in; the history up to the place `sent` is on the hub, but for refusals.
    """

    address: str
    login: str
    annotator: str
    role: Role
    pulled: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A database user who may use the hub: as which annotator (an id) and in which role."""

    login: str
    annotator: str
    role: Role


@dataclass(frozen=True, slots=True)
class HubProject:
    """The project that a hub is of."""

    id: str
    name: str
    created: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A Change (an id) that the hub does not take, with a sentence that says why; it stays in the project."""

    change: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Pushed:
    """A Change as it came from a hub, and the database user who brought it there."""

    change: Travelled
    login: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Some pushes of a hub, all up to the number `until`. `unreadable` counts Changes that make no sense."""

    until: int
    pushed: tuple[Pushed, ...] = ()
    unreadable: int = 0
    is_last: bool = True


class Hub(Protocol):
    """What is asked of an open hub. All of it raises HubUnreachable where the connection fails."""

    @property
    def project(self) -> HubProject: ...
    @property
    def me(self) -> Member:
        """Who the hub takes this connection for."""

    def last(self) -> int:
        """The number of the last push."""

    def known(self, changes: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """The records (ids) of those of the Changes that are there, as far as one may see."""

    def lacking(self, *, sources: Collection[str], texts: Collection[str]) -> tuple[set[str], set[str]]:
        """Which of these SHA-256 the hub has no content for."""

    def add_source(self, sha256: str, data: bytes) -> None: ...
    def add_text(self, sha256: str, text: str) -> None: ...
    def add_pages(self, text_version: str, pages: Sequence[bytes]) -> None: ...
    def push(self, changes: Sequence[Travelled]) -> tuple[Refusal, ...]:
        """Add Changes, in one transaction where none is refused, else each in its own; nothing twice."""

    def pull(self, after: int) -> Portion:
        """The next pushes after a number, in order."""

    def source(self, sha256: str) -> bytes | None: ...
    def text(self, sha256: str) -> str | None: ...
    def pages(self, text_version: str) -> tuple[bytes, ...]: ...
    def close(self) -> None: ...


class FollowedHub(Hub, Protocol):
    """A hub whose pushes are waited for."""

    def listen(self) -> None:
        """Be told of pushes from now on."""

    def wait(self, wake: socket, seconds: float) -> bool:
        """Wait for a push, for something from the socket, or for the time to be over; was it a push?"""

    def cut(self) -> None:
        """End the connection, from whatever thread; whoever waits for an answer gets HubUnreachable."""
