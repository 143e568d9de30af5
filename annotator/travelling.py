"""Changes as JSON values, as packages and hubs carry them, which are checked as they are read."""

from typing import cast

from annotator.change import HistoryEntry
from annotator.merging import Entry, Travelled
from annotator.model import Annotation, JsonValue, Record
from annotator.record_json import from_json, kind_of, to_json

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


def to_values(change: Travelled) -> dict[str, object]:
    """A Change as JSON values."""
    entry = {name: getattr(change.entry, name) for name in HistoryEntry.__slots__}
    return entry | {"records": [_entry_values(each) for each in change.records]}


def from_values(values: dict[str, JsonValue]) -> Travelled:
    """The Change that `to_values` gave. Raises one of UNREADABLE for what is none."""
    entry = line_of(values)
    records = cast(list[dict[str, JsonValue]], values["records"])
    return Travelled(entry, tuple(entry_of(entry.change_id, each) for each in records))


def line_of(values: dict[str, JsonValue]) -> HistoryEntry:
    """The line of the history. Raises one of UNREADABLE if a fact is missing."""
    facts = {name: values[name] for name in HistoryEntry.__slots__}
    optional = ("document", "undoes")
    for name, value in facts.items():
        is_right = isinstance(value, int) if name == "n" else isinstance(value, str)
        if not is_right and not (name in optional and value is None):
            raise ValueError(f"{name} is missing")
    return HistoryEntry(**facts)  # type: ignore[arg-type]


def entry_of(change: str, values: dict[str, JsonValue]) -> Entry:
    """What a Change did to a record. Raises one of UNREADABLE."""
    kind = str(values["kind"])
    before, after = _record(kind, values["before"]), _record(kind, values["after"])
    if after is not None and after.revision != change:
        raise ValueError("a record has the revision of another change")
    if before is None and after is None:
        raise ValueError("a record is neither before nor after")
    if before is not None and after is not None and before.id != after.id:
        raise ValueError("a record turns into another one")
    parents = cast(list[str], values.get("parents") or [])
    return Entry(change, before, after, tuple(map(str, parents)))


def has_proper_place(span: Annotation) -> bool:
    """Whether the fragments of a span are stretches in text order."""
    place = -1
    for start, end in span.fragments:
        if not (isinstance(start, int) and isinstance(end, int) and place < start < end):
            return False
        place = end
    return bool(span.fragments)


def _entry_values(entry: Entry) -> dict[str, object]:
    values: dict[str, object] = {
        "kind": kind_of(entry.record),
        "before": None if entry.before is None else to_json(entry.before),
        "after": None if entry.after is None else to_json(entry.after),
    }
    return values | ({"parents": list(entry.parents)} if entry.parents else {})


def _record(kind: str, value: JsonValue) -> Record | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError("a record is no object")
    return from_json(kind, value)
