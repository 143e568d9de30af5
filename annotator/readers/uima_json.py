"""Reads UIMA CAS JSON 0.4, as UIMA and cassis write it; its type system stands inside.

Features whose name begins with `@` refer to other structures; an array is a structure of its own.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.errors import UnreadableSource
from annotator.model import AttributeValue, JsonValue
from annotator.readers import uima_types
from annotator.readers.document import ReadDocument
from annotator.readers.json_fields import Fault, Fields
from annotator.readers.json_rows import rows
from annotator.readers.uima_cas import Structure, documents

VERSION = "1"

_ELEMENTS = "%ELEMENTS"


def read(source: Path) -> Iterator[ReadDocument]:
    """The document of each view; UnreadableSource if it is no CAS or has no text."""
    try:
        cas = next(iter(rows(source))).fields()
        declared = {name: row for name, row in cas.table("%TYPES").items() if isinstance(row, Mapping)}
        structures = [_structure(row) for row in _listed(cas)]
    except Fault as error:
        raise UnreadableSource(f"“{source.name}” is no UIMA CAS that can be read: {error}") from error
    _spread_arrays(structures)
    types = uima_types.from_json(declared)
    yield from documents(structures, types, source=source, reader="uima-json", version=VERSION)


def _spread_arrays(structures: list[Structure]) -> None:
    """Put what arrays hold in the place of the references to them."""
    arrays = {one.id: one.references[_ELEMENTS] for one in structures if _ELEMENTS in one.references}
    plain = {one.id: one.values[_ELEMENTS] for one in structures if _ELEMENTS in one.values}
    for one in structures:
        for feature, ids in list(one.references.items()):
            if len(ids) == 1 and ids[0] in plain:
                one.values[feature] = plain[ids[0]]
                del one.references[feature]
            else:
                spread = (item for number in ids for item in arrays.get(number, (number,)))
                one.references[feature] = tuple(spread)


def _listed(cas: Fields) -> list[Fields]:
    """The feature structures, in a list or, as older files have them, by their ids."""
    listed = cas.values.get("%FEATURE_STRUCTURES")
    if isinstance(listed, dict):
        return [Fields({"%ID": int(key), **row}) for key, row in listed.items() if isinstance(row, dict)]
    return cas.rows("%FEATURE_STRUCTURES", "structure")


def _structure(row: Fields) -> Structure:
    one = Structure(row.number("%ID"), row.needed_text("%TYPE"))
    for name, value in row.values.items():
        if name == _ELEMENTS and isinstance(value, list):
            if one.type.endswith(("FSArray", "FSList")):
                one.references[name] = _ids(value)
            else:
                one.values[name] = tuple(map(str, value))
        elif name.startswith("@"):
            one.references[name[1:]] = _ids(value if isinstance(value, list) else [value])
        elif not name.startswith(("%", "#")):
            plain = _plain(value)
            if plain is not None:
                one.values[name] = plain
    return one


def _ids(values: list[JsonValue]) -> tuple[int, ...]:
    return tuple(value for value in values if type(value) is int)


def _plain(value: JsonValue) -> AttributeValue | None:
    if isinstance(value, list):
        return tuple(map(str, value))
    return value if isinstance(value, str | bool | int | float) else None
