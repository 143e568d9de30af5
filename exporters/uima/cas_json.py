"""Prints a CAS as UIMA CAS JSON 0.4.0, which carries its type system in itself.

Layout: https://github.com/apache/uima-uimaj-io-jsoncas. A name with "@" before it holds the id of another
structure, and an array is a structure of its own.
"""

from collections.abc import Iterable, Iterator
from itertools import count

import orjson

from exporters.uima.cas import SOFA_ID, Cas, Reference, Structure
from exporters.uima.types import STRINGS, Type

_SOFA = "uima.cas.Sofa"
_ARRAY_RANGE = "uima.cas.String[]"


def cas_json(of: Cas, types: Iterable[Type]) -> bytes:
    """The types, the structures, and the one view that they are members of."""
    free = count(1 + max((structure.id for structure in of.structures), default=SOFA_ID))
    structures: list[dict[str, object]] = [
        {
            "%ID": SOFA_ID,
            "%TYPE": _SOFA,
            "sofaNum": 1,
            "sofaID": "_InitialView",
            "mimeType": "text/plain",
            "sofaString": of.text,
        }
    ]
    for structure in of.structures:
        structures.extend(_rows(structure, free))
    whole = {
        "%TYPES": {each.name: _type(each) for each in types},
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {
            "_InitialView": {
                "%SOFA": SOFA_ID,
                "%MEMBERS": [structure.id for structure in of.structures],
            }
        },
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _type(of: Type) -> dict[str, object]:
    features = {
        name: {"%NAME": name, "%RANGE": _ARRAY_RANGE if range_name == STRINGS else range_name}
        for name, range_name in of.features.items()
    }
    return {"%NAME": of.name, "%SUPER_TYPE": of.supertype, **features}


def _rows(structure: Structure, free: Iterator[int]) -> Iterator[dict[str, object]]:
    """The structure, and before it the arrays that it refers to."""
    row: dict[str, object] = {"%ID": structure.id, "%TYPE": structure.type, "@sofa": SOFA_ID}
    for name, value in structure.features.items():
        if isinstance(value, Reference):
            row[f"@{name}"] = value.id
        elif isinstance(value, tuple):
            array = next(free)
            yield {"%ID": array, "%TYPE": STRINGS, "%ELEMENTS": list(value)}
            row[f"@{name}"] = array
        else:
            row[name] = value
    yield row
