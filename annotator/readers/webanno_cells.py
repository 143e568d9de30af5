"""The header and the cells of WebAnno TSV 3: which column belongs to which layer, and what a cell stacks.

The form is in the user guide of INCEpTION, appendix "WebAnno TSV 3.3": `_` is nothing, `*` no value, `|`
parts stacked annotations, `[n]` names one that is stacked or longer than a token, a backslash escapes.
"""

import re
from dataclasses import dataclass
from typing import Literal

_NUMBERED = re.compile(r"(?P<value>.*?)(?<!\\)\[(?P<ids>\d+(?:_\d+)?)\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(->|.)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
_ROLE = "ROLE_"
_BASE = "BT_"

Kind = Literal["span", "relation", "chain"]
_KINDS: dict[str, Kind] = {"#T_SP=": "span", "#T_RL=": "relation", "#T_CH=": "chain"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layer: a feature, or one half of a slot, whose `target` is the type that fills it."""

    feature: str
    is_role: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class LayerColumns:
    """A layer of the header: its type, and its columns from `first` on; `base` is what a relation joins."""

    type: str
    kind: Kind
    first: int
    columns: tuple[Column, ...]
    base: str = ""


def layer_of(line: str, first: int) -> LayerColumns | None:
    """The layer that a line of the header declares, None if it declares none."""
    kind = _KINDS.get(line[:6])
    if kind is None:
        return None
    type_name, *names = line[6:].strip().split("|")
    columns: list[Column] = []
    base = ""
    place = 0
    while place < len(names):
        name = names[place]
        if name.startswith(_BASE):
            base = name.removeprefix(_BASE)
            columns.append(Column(""))
        elif name.startswith(_ROLE):
            feature = name.removeprefix(_ROLE).partition(":")[2].partition("_")[0]
            target = names[place + 1] if place + 1 < len(names) else ""
            columns += [
                Column(feature, is_role=True),
                Column(feature, target=target or "uima.tcas.Annotation"),
            ]
            place += 1
        else:
            columns.append(Column(name))
        place += 1
    return LayerColumns(type_name, kind, first, tuple(columns) or (Column(""),), base)


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the values that a cell stacks; `ids` are the numbers behind it, () where there are none."""

    value: str | None
    ids: tuple[int, ...] = ()


def entries(cell: str) -> list[Entry]:
    """What a cell stacks, [] for nothing."""
    return [] if cell == "_" else [entry(part) for part in split(cell, "|")]


def entry(part: str) -> Entry:
    """A value with the numbers behind it; None where it is `*`."""
    found = _NUMBERED.fullmatch(part)
    value = found["value"] if found else part
    ids = tuple(map(int, found["ids"].split("_"))) if found else ()
    return Entry(None if value == "*" else unescaped(value), ids)


def split(cell: str, separator: str) -> list[str]:
    """The parts of a cell between separators that no backslash stands before."""
    parts, part, place = [], "", 0
    while place < len(cell):
        letter = cell[place]
        if letter == "\\":
            part += cell[place : place + 2]
            place += 2
            continue
        if letter == separator:
            parts.append(part)
            part = ""
        else:
            part += letter
        place += 1
    return [*parts, part]


def unescaped(text: str) -> str:
    """The text without its backslashes."""
    return _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), text)
