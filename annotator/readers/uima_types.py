"""The type system of a UIMA CAS: found beside the file, or inside it.

It tells which features refer to other structures, which in XMI look like numbers. Without one, what refers
is told by the names that UIMA, DKPro and INCEpTION use.
"""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.errors import UnreadableSource
from annotator.readers.uima_cas import TypeDescription, Types, ancestors
from annotator.readers.uima_xml import parse

_NAMESPACE = "{http://uima.apache.org/resourceSpecifier}"
ROOT = f"{_NAMESPACE}typeSystemDescription"

_HEAD_BYTES = 4096
_LOOKED_AT = 50
_PLAIN = {f"uima.cas.{name}" for name in ("String", "Boolean", "Byte", "Short", "Integer", "Long")} | {
    f"uima.cas.{name}"
    for name in ("Float", "Double", "StringArray", "BooleanArray", "ByteArray", "ShortArray")
}
_PLAIN |= {f"uima.cas.{name}" for name in ("IntegerArray", "LongArray", "FloatArray", "DoubleArray")}
_PLAIN |= {f"uima.cas.{name}" for name in ("StringList", "IntegerList", "FloatList")}


def beside(source: Path) -> Types:
    """The type system in the folder of a file, or in the one above it; {} if there is none that is sound."""
    for folder in (source.parent, source.parent.parent):
        for path in islice(sorted(folder.glob("*.xml")), _LOOKED_AT):
            if path != source and _is_type_system(path):
                try:
                    return _read(path)
                except UnreadableSource:
                    continue
    return {}


def _is_type_system(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"typeSystemDescription" in file.read(_HEAD_BYTES)
    except OSError:
        return False


def _read(path: Path) -> Types:
    types = {}
    for row in parse(path).iter(f"{_NAMESPACE}typeDescription"):
        features = {
            _text(feature, "name"): _text(feature, "rangeTypeName")
            for feature in row.iter(f"{_NAMESPACE}featureDescription")
        }
        types[_text(row, "name")] = TypeDescription(_text(row, "supertypeName"), features)
    return types


def _text(row: Element, name: str) -> str:
    found = row.findtext(f"{_NAMESPACE}{name}")
    return (found or "").strip()


def range_of(type_name: str, feature: str, types: Types) -> str:
    """The range of a feature, inherited ones included; "" if the type system does not say."""
    for name in ancestors(type_name, types):
        described = types.get(name)
        if described and feature in described.features:
            return described.features[feature]
    return ""


def is_plain(range_name: str, types: Types) -> bool:
    """Whether values of that range are texts, numbers or lists of them, not other structures."""
    return any(name in _PLAIN for name in ancestors(range_name, types))


def from_json(declared: Mapping[str, Mapping[str, object]]) -> Types:
    """The type system inside a JSON CAS."""
    return {
        name: TypeDescription(
            str(row.get("%SUPER_TYPE", "")),
            {
                feature: str(value.get("%RANGE", ""))
                for feature, value in row.items()
                if isinstance(value, Mapping)
            },
        )
        for name, row in declared.items()
    }
