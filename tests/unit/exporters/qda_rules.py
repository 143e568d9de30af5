"""The rules of the published REFI-QDA schema, version 1.0 of its namespace, as far as our projects go.

A small reader of our own, written from the standard's text and not from the exporter: which children an
element may have and in which order, which attributes it must have, and what forms and references hold.
"""

import re
from collections import Counter

from lxml import etree

NS = "{urn:QDA-XML:project:1.0}"
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_COLOUR = re.compile(r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_CHILDREN = {
    "Project": "Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef",
    "Users": "User",
    "CodeBook": "Codes",
    "Codes": "Code",
    "Code": "Description NoteRef Code",
    "Variables": "Variable",
    "Variable": "Description",
    "Sources": "TextSource|PDFSource",
    "TextSource": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "Representation": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "PDFSource": "Description PDFSelection Representation Coding NoteRef VariableValue",
    "PlainTextSelection": "Description Coding NoteRef",
    "Coding": "CodeRef NoteRef",
    "VariableValue": "VariableRef TextValue",
    "Links": "Link",
}
_REQUIRED = {
    "Project": "name",
    "User": "guid",
    "Code": "guid name isCodable",
    "Variable": "guid name typeOfVariable",
    "TextSource": "guid",
    "Representation": "guid",
    "PDFSource": "guid",
    "PlainTextSelection": "guid startPosition endPosition",
    "Coding": "guid",
    "CodeRef": "targetGUID",
    "VariableRef": "targetGUID",
    "Link": "guid",
}
_OPTIONAL = {
    "Project": "origin",
    "User": "name",
    "Code": "color",
    "TextSource": "name plainTextPath",
    "Representation": "name plainTextPath",
    "PDFSource": "name path",
    "PlainTextSelection": "name creatingUser creationDateTime",
    "Coding": "creatingUser creationDateTime",
    "Link": "name direction originGUID targetGUID",
}
_MUST_HAVE_A_CHILD = {"Users", "CodeBook", "Codes", "Variables", "Sources", "Links"}


def faults(project: etree._Element) -> list[str]:
    """What breaks a rule, in words; [] for a sound project."""
    found = []
    for element in project.iter():
        tag = element.tag.removeprefix(NS)
        found += _faults_of_children(element, tag) + _faults_of_attributes(element, tag)
    guids = Counter(element.get("guid") for element in project.iter() if element.get("guid"))
    found += [f"the GUID {guid} is given twice" for guid, count in guids.items() if count > 1]
    for element in project.iter():
        for name in ("targetGUID", "originGUID", "creatingUser"):
            if element.get(name, None) not in (None, *guids):
                found.append(f"{element.tag} refers to nothing by {name}")
    return found


def _faults_of_children(element: etree._Element, tag: str) -> list[str]:
    order = [choice.split("|") for choice in _CHILDREN.get(tag, "").split()]
    place = 0
    for child in element:
        name = child.tag.removeprefix(NS)
        while place < len(order) and name not in order[place]:
            place += 1
        if place == len(order):
            return [f"{name} may not stand there in {tag}"]
    return [f"{tag} is empty"] if tag in _MUST_HAVE_A_CHILD and not len(element) else []


def _faults_of_attributes(element: etree._Element, tag: str) -> list[str]:
    required = _REQUIRED.get(tag, "").split()
    known = {*required, *_OPTIONAL.get(tag, "").split()}
    found = [f"{tag} has no {name}" for name in required if name not in element.attrib]
    for name, value in element.attrib.items():
        form = {"color": _COLOUR, "creationDateTime": _TIME}.get(name)
        if name.lower().endswith("guid") or name == "creatingUser":
            form = _GUID
        if name not in known or (form and not form.fullmatch(value)):
            found.append(f"{tag} has {name}={value}")
    return found
