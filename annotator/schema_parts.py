"""Layers, labels, attributes and relation types as parts of a schema: found, replaced, moved, named.

What is the same for each of them when a schema is edited; `schema_editing` has the rules. Pure.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from annotator.errors import InvalidEdit
from annotator.schema import AttributeType, Label, Layer, RelationType

T = TypeVar("T", bound=Layer | Label | AttributeType | RelationType)

_NO_WORD = re.compile(r"[\W_]+")
# What a file says beside its groups; a group or an id of that name would be read as something else.
_RESERVED = {"name", "version", "attribute", "document", "relation", "layer"}


def shown_name(name: str, what: str) -> str:
    """A name with single spaces. Raises InvalidEdit, saying of what, if nothing is left of it."""
    shown = " ".join(name.split())
    if not shown:
        article = "An" if what[0] in "aeiou" else "A"
        raise InvalidEdit(f"{article} {what} needs a name.")
    return shown


def new_part_id(name: str, taken: Iterable[str]) -> str:
    """A permanent id made from a name, with a number where the name alone is taken."""
    word = _NO_WORD.sub("_", name.casefold()).strip("_") or "new"
    used = {*taken, *_RESERVED}
    number, candidate = 1, word
    while candidate in used:
        number += 1
        candidate = f"{word}_{number}"
    return candidate


def choices(values: Iterable[str]) -> tuple[str, ...]:
    """Values without white space around them, without empty ones."""
    return tuple(filter(None, (value.strip() for value in values)))


def found(records: Sequence[T], record_id: str, what: str) -> T:
    """The part of that id. Raises InvalidEdit if there is none."""
    record = next((record for record in records if record.id == record_id), None)
    if record is None:
        raise InvalidEdit(f"The schema has no {what} {record_id}.")
    return record


def put(records: tuple[T, ...], record: T) -> tuple[T, ...]:
    """The parts with one in the place of the one of its id."""
    return tuple(record if each.id == record.id else each for each in records)


def moved(records: tuple[T, ...], record_id: str, step: int) -> tuple[T, ...]:
    """The parts with one some places further on, at most at the first or last. Raises InvalidEdit."""
    places = [at for at, record in enumerate(records) if record.id == record_id]
    if not places:
        raise InvalidEdit(f"The schema has no {record_id} to move.")
    left = [record for record in records if record.id != record_id]
    left.insert(min(max(places[0] + step, 0), len(left)), records[places[0]])
    return tuple(left)
