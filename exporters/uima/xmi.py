"""Prints a CAS as XMI, and the type system that a reader of it needs beside it, as UIMA's XML has them.

Layouts: the XMI serialisation of the OASIS UIMA standard, and UIMA's type system descriptor.
"""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from annotator.text import normalise
from exporters.uima.cas import SOFA_ID, Cas, Reference, Structure, Value
from exporters.uima.types import Type

_XMI = "http://www.omg.org/XMI"
_CAS = "http:///uima/cas.ecore"
_DESCRIPTOR = "http://uima.apache.org/resourceSpecifier"
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
# White space that XML would otherwise turn into a plain space inside an attribute.
_QUOTED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}


def type_system(types: Iterable[Type]) -> bytes:
    """TypeSystem.xml."""
    lines = [_HEADER, f'<typeSystemDescription xmlns="{_DESCRIPTOR}">\n  <types>\n']
    for each in types:
        lines.append(f"    <typeDescription>\n      <name>{each.name}</name>\n      <description/>\n")
        lines.append(f"      <supertypeName>{each.supertype}</supertypeName>\n      <features>\n")
        lines += [
            f"        <featureDescription>\n          <name>{name}</name>\n          <description/>\n"
            f"          <rangeTypeName>{range_name}</rangeTypeName>\n        </featureDescription>\n"
            for name, range_name in each.features.items()
        ]
        lines.append("      </features>\n    </typeDescription>\n")
    lines.append("  </types>\n</typeSystemDescription>\n")
    return "".join(lines).encode("utf-8")


def xmi(of: Cas, types: Iterable[Type]) -> bytes:
    """The CAS; the namespaces are those of the type system, so that they are the same in all its files."""
    prefixes = _prefixes(types)
    spaces = "".join(f' xmlns:{prefix}="{space}"' for space, prefix in prefixes.items())
    lines = [
        f'{_HEADER}<xmi:XMI xmlns:xmi="{_XMI}" xmlns:cas="{_CAS}"{spaces} xmi:version="2.0">\n',
        '<cas:NULL xmi:id="0"/>\n',
    ]
    lines += [_element(structure, prefixes) for structure in of.structures]
    lines.append(
        f'<cas:Sofa xmi:id="{SOFA_ID}" sofaNum="1" sofaID="_InitialView" mimeType="text/plain"'
        f" sofaString={_quoted(of.text)}/>\n"
    )
    members = " ".join(str(structure.id) for structure in of.structures)
    lines.append(f'<cas:View sofa="{SOFA_ID}" members="{members}"/>\n</xmi:XMI>\n')
    return "".join(lines).encode("utf-8")


def _element(structure: Structure, prefixes: Mapping[str, str]) -> str:
    name = f"{prefixes[_space(structure.type)]}:{structure.type.rpartition('.')[2]}"
    single = {key: value for key, value in structure.features.items() if not isinstance(value, tuple)}
    attributes = "".join(f" {key}={_quoted_value(value)}" for key, value in single.items())
    head = f'<{name} xmi:id="{structure.id}" sofa="{SOFA_ID}"{attributes}'
    children = "".join(
        f"<{key}>{escape(normalise(item))}</{key}>"
        for key, value in structure.features.items()
        if isinstance(value, tuple)
        for item in value
    )
    return f"{head}>{children}</{name}>\n" if children else f"{head}/>\n"


def _quoted_value(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return '"true"' if value else '"false"'
    return f'"{value.id if isinstance(value, Reference) else value}"'


def _quoted(text: str) -> str:
    return f'"{escape(normalise(text), _QUOTED)}"'


def _space(type_name: str) -> str:
    """The XML namespace of a type's package: a.b.Type stands in http:///a/b.ecore."""
    return f"http:///{type_name.rpartition('.')[0].replace('.', '/')}.ecore"


def _prefixes(types: Iterable[Type]) -> dict[str, str]:
    """By namespace, the prefix that it has in the file: the last part of the package, numbered if taken."""
    found: dict[str, str] = {}
    for each in types:
        space = _space(each.name)
        if space not in found:
            last = each.name.split(".")[-2]
            taken = {"xmi", "cas", *found.values()}
            found[space] = next(
                name for name in (last, *(f"{last}{n}" for n in range(2, 99))) if name not in taken
            )
    return found
