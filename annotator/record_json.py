"""Records as JSON and back: what the history, packages and the hub keep of a Change.

Every field is written, also where it has its default. Tuples become lists, a quote an object; an
attribute's list comes back as a tuple, while lists inside metadata and options stay lists.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import cast

import orjson

from annotator.model import (
    RECORD_TYPES,
    Attributes,
    AttributeValue,
    Fragment,
    JsonValue,
    Quote,
    Record,
    Result,
    Vote,
)


def kind_of(record: Record | type[Record]) -> str:
    """The name that a type of record has in JSON and in the project file, such as "text_version"."""
    record_type = record if isinstance(record, type) else type(record)
    return _KINDS[record_type]


def record_type(kind: str) -> type[Record]:
    """The type of record that has this name. Raises ValueError if none has."""
    try:
        return _TYPES[kind]
    except KeyError:
        raise ValueError(f"There is no kind of record called {kind!r}.") from None


def to_json(record: Record) -> dict[str, JsonValue]:
    """The record as JSON values, keyed by field name."""
    return cast(dict[str, JsonValue], orjson.loads(to_json_text(record)))


def to_json_text(record: Record) -> str:
    """The record as one line of JSON text: `to_json` without building the dict."""
    return orjson.dumps(record, default=plain).decode()


def from_json(kind: str, data: Mapping[str, JsonValue]) -> Record:
    """The record that `to_json` wrote. Raises ValueError if `data` is not a record of that kind.

    A field that is missing gets its default, so that JSON of an older version still reads.
    """
    record_class = record_type(kind)
    unknown = data.keys() - _FIELDS[record_class]
    if unknown:
        raise ValueError(f"A record of the kind {kind} has no {', '.join(sorted(unknown))}.")
    try:
        values: dict[str, object] = dict(data)
        for name, reader in _READERS_OF[record_class]:
            if name in values:
                values[name] = reader(values[name])
        return record_class(**values)  # type: ignore[arg-type]
    except (TypeError, AttributeError) as error:
        raise ValueError(f"This is not a record of the kind {kind}: {error}.") from error


def plain(value: object) -> object:
    """What orjson does not know by itself: named tuples, and mappings that are no dict."""
    if isinstance(value, Quote):
        return value._asdict()
    if isinstance(value, Fragment | Vote):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in a record")


def _fragments(value: list[list[int]]) -> tuple[Fragment, ...]:
    return tuple(Fragment(start, end) for start, end in value)


def _quote(value: dict[str, str]) -> Quote:
    return Quote(**value)


def attributes(value: dict[str, JsonValue]) -> Attributes:
    """Attributes from JSON values."""
    return {name: _attribute(item) for name, item in value.items()}


def _attribute(value: JsonValue) -> AttributeValue:
    return cast(AttributeValue, tuple(value) if isinstance(value, list) else value)


def _votes(value: list[list[str]]) -> tuple[Vote, ...]:
    return tuple(Vote(*each) for each in value)


def _results(value: list[dict[str, JsonValue]]) -> tuple[Result, ...]:
    read = {"fragments": _fragments, "attributes": attributes}
    return tuple(
        Result(**{name: read[name](item) if name in read else item for name, item in each.items()})  # type: ignore[arg-type, operator]
        for each in value
    )


READERS: dict[str, Callable[..., object]] = {
    "fragments": _fragments,
    "quote": _quote,
    "attributes": attributes,
    "value": _attribute,
    "layers": tuple,
    "proposers": tuple,
    "warnings": tuple,
    "candidates": _votes,
    "absent": tuple,
    "results": _results,
    "flags": tuple,
    "supersedes": tuple,
}
"""What makes a value of a field from JSON, by the name of the field: it has one meaning in all records."""

_KINDS: dict[type[Record], str] = {
    kind: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower() for kind in RECORD_TYPES
}
_TYPES = {name: kind for kind, name in _KINDS.items()}
_FIELDS = {kind: frozenset(field.name for field in fields(kind)) for kind in RECORD_TYPES}
# Histories of fifty thousand spans go through here, so fields that are read as they are cost nothing.
_READERS_OF = {
    kind: tuple((name, reader) for name, reader in READERS.items() if name in names)
    for kind, names in _FIELDS.items()
}
