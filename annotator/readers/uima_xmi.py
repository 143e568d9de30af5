"""Reads UIMA CAS XMI, as UIMA, DKPro and INCEpTION write it, with its type system if there is one.

Elements are feature structures and attributes their features; without the type system a reference is told
from a number by the name of the feature. Entities and document types are refused.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.errors import UnreadableSource
from annotator.model import AttributeValue
from annotator.readers import uima_types
from annotator.readers.document import ReadDocument
from annotator.readers.uima_cas import Structure, Types, documents
from annotator.readers.uima_xml import parse

VERSION = "1"

_ID = "{http://www.omg.org/XMI}id"
_ROOT = "{http://www.omg.org/XMI}XMI"
_TAG = re.compile(r"\{http:///(?P<space>.*)\.ecore\}(?P<name>.+)")
_NO_SPACE = "uima.noNamespace."
_REFERRING = ("sofa", "Governor", "Dependent", "source", "target", "first", "next", "members")
_IDS = re.compile(r"\d+(?: \d+)*")


def read(source: Path) -> Iterator[ReadDocument]:
    """The document of each view; UnreadableSource if it is no XMI or has no text."""
    root = parse(source)
    if root.tag == uima_types.ROOT:
        raise UnreadableSource(
            f"“{source.name}” is a type system: it is read together with the .xmi files beside it."
        )
    if root.tag != _ROOT:
        raise UnreadableSource(f"“{source.name}” is XML, but no UIMA CAS in XMI.")
    types = uima_types.beside(source)
    elements = {int(row.get(_ID, "0")): row for row in root if row.get(_ID, "").isdecimal()}
    names = {identity: _type_name(row) for identity, row in elements.items()}
    structures = [_structure(identity, row, names=names, types=types) for identity, row in elements.items()]
    yield from documents(structures, types, source=source, reader="uima-xmi", version=VERSION)


def _type_name(row: Element) -> str:
    found = _TAG.fullmatch(row.tag)
    name = f"{found['space'].replace('/', '.')}.{found['name']}" if found else row.tag
    return name.removeprefix(_NO_SPACE)


def _structure(identity: int, row: Element, *, names: Mapping[int, str], types: Types) -> Structure:
    one = Structure(identity, names[identity])
    for feature, text in row.attrib.items():
        if feature == _ID or not text:
            continue
        range_name = uima_types.range_of(one.type, feature, types)
        if _refers(feature, text, range_name, names=names, types=types):
            one.references[feature] = tuple(map(int, text.split()))
        else:
            one.values[feature] = _value(text, range_name)
    listed: dict[str, list[str]] = {}
    for child in row:
        listed.setdefault(child.tag, []).append(child.text or "")
    one.values |= {feature: tuple(texts) for feature, texts in listed.items()}
    return one


def _refers(feature: str, text: str, range_name: str, *, names: Mapping[int, str], types: Types) -> bool:
    if not _IDS.fullmatch(text):
        return False
    if feature in _REFERRING:
        return True
    if range_name:
        return not uima_types.is_plain(range_name, types)
    # INCEpTION calls the slots of a span links, and their type something that ends so.
    return all(names.get(int(number), "").endswith(("Link", "Type")) for number in text.split())


def _value(text: str, range_name: str) -> AttributeValue:
    kind = range_name.rpartition(".")[2]
    try:
        if kind == "Boolean":
            return text == "true"
        if kind in ("Byte", "Short", "Integer", "Long"):
            return int(text)
        if kind in ("Float", "Double"):
            number = float(text)
            return number if number - number == 0 else text  # JSON has no infinity
    except ValueError:
        return text
    return text
