"""The label schema that brat's annotation.conf declares: labels, links between them, attributes.

Only what a schema can say is taken: macros become the labels that they stand for, roles of events become
links from the trigger, and what refers to nothing known is left out.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.schema import AttributeType, Label, LabelSchema, Layer, RelationType
from annotator.schema_merge import IMPORTED
from annotator.schema_toml import print_schema

NAME = "annotation.conf"

_SECTION = re.compile(r"\[(\w+)\]")
_ARGUMENT = re.compile(r"^(?P<role>[^:]+?)(?:[?*+]|\{[^}]*\})?:(?P<types>.+)$")
_COLOURS = ("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#0072B2", "#D55E00", "#F0E442", "#999999")

_Sections = dict[str, list[tuple[str, dict[str, list[str]]]]]


def schema_toml(folder: Path) -> str:
    """The schema as TOML, out of the configuration in the folder; "" if there is none to be had."""
    try:
        text = (folder / NAME).read_text("utf-8", errors="replace")
    except OSError:
        return ""
    sections = _sections(text)
    entities = _names(sections.get("entities", []))
    events = [name for name in _names(sections.get("events", [])) if name not in entities]
    if not entities and not events:
        return ""
    labels = tuple(
        Label(name, name, IMPORTED, colour=_COLOURS[place % len(_COLOURS)])
        for place, name in enumerate((*entities, *events))
    )
    layer = Layer(IMPORTED, "Imported", (), labels)
    macros = {"<ENTITY>": entities, "<EVENT>": events, "<ANY>": [*entities, *events]}
    attributes = tuple(_attributes(sections.get("attributes", []), macros))
    relations = tuple(_relations(sections, macros))
    return print_schema(LabelSchema("brat", 1, (layer,), attributes, relations))


def _sections(text: str) -> _Sections:
    """By section, each name with its arguments: role -> the types that it may have."""
    sections: _Sections = {}
    rows = None
    for line in text.splitlines():
        stripped = line.strip()
        heading = _SECTION.fullmatch(stripped)
        if heading:
            rows = sections.setdefault(heading[1], [])
        elif rows is not None and stripped and not stripped.startswith(("#", "---")):
            name, _, rest = stripped.lstrip("!").partition("\t" if "\t" in stripped else " ")
            rows.append((name.strip(), dict(_arguments(rest))))
    return sections


def _arguments(text: str) -> Iterator[tuple[str, list[str]]]:
    for part in text.split(","):
        found = _ARGUMENT.match(part.strip())
        if found:
            yield found["role"].strip(), [name.strip() for name in found["types"].split("|")]


def _names(rows: Iterable[tuple[str, object]]) -> list[str]:
    """The names that are no macros, each once."""
    return list(dict.fromkeys(name for name, _ in rows if name and not name.startswith("<")))


def _spelt_out(types: Iterable[str], macros: dict[str, list[str]]) -> tuple[str, ...]:
    """The labels that a list of types means, each once; unknown ones are left out."""
    known = macros["<ANY>"]
    names = (name for entry in types for name in macros.get(entry, [entry]))
    return tuple(dict.fromkeys(name for name in names if name in known))


def _attributes(
    rows: Iterable[tuple[str, dict[str, list[str]]]], macros: dict[str, list[str]]
) -> Iterator[AttributeType]:
    seen: set[str] = set()
    for name, arguments in rows:
        labels = _spelt_out(arguments.get("Arg", ["<ANY>"]), macros)
        values = tuple(dict.fromkeys(value for value in arguments.get("Value", []) if value))
        if labels and name not in seen and not name.startswith("<"):
            seen.add(name)
            yield AttributeType(name, name, labels, "choice" if values else "bool", values)


def _relations(sections: _Sections, macros: dict[str, list[str]]) -> Iterator[RelationType]:
    ends: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for name, arguments in sections.get("relations", []):
        if len(arguments) >= 2 and not name.startswith("<"):
            first, second, *_ = arguments.values()
            _widen(ends, name, _spelt_out(first, macros), _spelt_out(second, macros))
    for trigger, arguments in sections.get("events", []):
        for role, types in arguments.items():
            _widen(ends, role, _spelt_out([trigger], macros), _spelt_out(types, macros))
    for name, (sources, targets) in ends.items():
        if sources and targets:
            yield RelationType(name, name, tuple(sources), tuple(targets))


def _widen(
    ends: dict[str, tuple[dict[str, None], dict[str, None]]],
    name: str,
    sources: Iterable[str],
    targets: Iterable[str],
) -> None:
    """Let a link also run between these labels."""
    known_sources, known_targets = ends.setdefault(name, ({}, {}))
    known_sources.update(dict.fromkeys(sources))
    known_targets.update(dict.fromkeys(targets))
