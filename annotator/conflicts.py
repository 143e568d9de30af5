"""What a merge leaves for people to decide: conflicts as values, each with the choices that there are.

A conflict has the same id on every computer, since it follows from what is in question and not from where it
was found. A choice is one Change, made by whoever chooses, that travels as all others do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from annotator.merging import Entry
from annotator.model import Record

ConflictKind = Literal["versions", "waiting", "twins", "text", "schema", "guidelines", "decisions"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a choice makes of a record: from, to (None: removed); `settles` are the heads (Change ids)."""

    before: Record | None
    after: Record | None
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to settle a conflict, by its key, in words for a person."""

    key: str
    words: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in question: where (a document's id and title, or ""), a sentence, and the choices."""

    id: str
    kind: ConflictKind
    document: str
    title: str
    sentence: str
    choices: tuple[Choice, ...]


def settled(heads: Iterable[Entry]) -> tuple[str, ...]:
    """The Changes that a choice about a record settles."""
    return tuple(head.change for head in heads)
