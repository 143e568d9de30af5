"""What a history that may lack pieces tells of each record, for a salvage.

In a project that packages were merged into, a record may have several ends, and the newest in the file is not
the one that stands: that is what merging makes of all. Where pieces are lost, a record seems to have several
ends too; then the row, which was written together with its entry, tells which of them is the true one.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import orjson

from annotator.errors import AnnotatorError
from annotator.merging import Entry, heads, standing
from annotator.model import RECORD_TYPES, Record
from annotator.record_json import from_json, kind_of

TABLES = ("history", "history_record", "history_parent", "merged", "contested")
_ENTRIES = (
    "SELECT kind, record_id, change_id, before, after FROM history_record ORDER BY kind, record_id, place"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the history tells of a record: JSON of what it is, None where it was removed.

    `written` is what a check takes for it; `others` are the Changes at its other ends, `known` all Changes
    that are told of it.
    """

    after: str | None
    written: str | None
    others: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


def told_records(connection: sqlite3.Connection, revisions: Mapping[str, str]) -> dict[str, dict[str, Told]]:
    """What the history tells, by kind and id; records whose newest entry cannot be read are left out.

    `revisions` has the Change that wrote each row, as far as rows can be read.
    """
    found: dict[str, dict[str, Told]] = {kind_of(each): {} for each in RECORD_TYPES}
    is_merged = bool(connection.execute("SELECT 1 FROM merged LIMIT 1").fetchone())
    parents: dict[tuple[str, str], list[str]] = {}
    for change, record_id, parent in connection.execute(
        "SELECT change_id, record_id, parent FROM history_parent"
    ):
        parents.setdefault((change, record_id), []).append(parent)
    for (kind, record_id), rows in groupby(connection.execute(_ENTRIES), key=itemgetter(0, 1)):
        if kind not in found:
            continue
        steps = [row[2:] for row in rows]
        told = _told(kind, steps, revisions.get(record_id), is_merged, _parents_of(parents, record_id, steps))
        if told is not None:
            found[kind][record_id] = told
    return found


def read_record(kind: str, text: str) -> Record | None:
    """A record of its JSON; None where that cannot be read."""
    try:
        return from_json(kind, orjson.loads(text))
    except (ValueError, TypeError, AnnotatorError):
        return None


Step = tuple[str, str | None, str | None]


def _parents_of(
    parents: Mapping[tuple[str, str], list[str]], record_id: str, steps: Sequence[Step]
) -> list[tuple[str, ...]]:
    return [tuple(parents.get((change, record_id), ())) for change, _, _ in steps]


def _told(
    kind: str, steps: Sequence[Step], revision: str | None, is_merged: bool, parents: list[tuple[str, ...]]
) -> Told | None:
    texts = {change: after for change, _, after in steps}
    entries = tuple(_entries(kind, steps, parents))
    last = steps[-1]
    if last[2] is not None and read_record(kind, last[2]) is None:
        return None
    ends = heads(entries)
    written = last[0]
    if is_merged and ends:
        record = standing(ends)
        written = next((end.change for end in ends if end.after == record), written)
    chosen = next((end.change for end in ends if end.change == revision), written)
    others = tuple(end.change for end in ends if end.change != written)
    return Told(texts[chosen], texts[written], others, frozenset(texts))


def _entries(kind: str, steps: Sequence[Step], parents: list[tuple[str, ...]]) -> Iterator[Entry]:
    """The entries that can be read."""
    for (change, before, after), follows in zip(steps, parents, strict=True):
        old = None if before is None else read_record(kind, before)
        new = None if after is None else read_record(kind, after)
        if (old is None) == (before is None) and (new is None) == (after is None) and (old or new):
            yield Entry(change, old, new, follows)
