"""The `project.qde` of a REFI-QDA project: users, codes, sources with their selections, and links.

The order of the elements is that of the standard's schema, urn:QDA-XML:project:1.0. Positions are code points
of the plain text, end exclusive. All GUIDs are made of ids, so that the same project gives the same file.
"""

from collections.abc import Iterable
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.sax.saxutils import quoteattr

from lxml import etree

from annotator.model import Annotation, Fragment, Relation
from annotator.schema import Label
from annotator.snapshot import DocumentSnapshot, Snapshot
from annotator.text import normalise
from exporters.memo import memo
from exporters.span_table import shortened

NAMESPACE = "urn:QDA-XML:project:1.0"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAME_CHARACTERS = 60
_OTHER = "other"
_VARIABLES = (("kind", "Kind of document"), ("case", "Case"), ("file", "File"))


def guid(*parts: str) -> str:
    """The GUID of a record: its own UUID where its id is one, else one that is always made alike."""
    if len(parts) == 1:
        try:
            return str(UUID(parts[0]))
        except ValueError:
            pass
    return str(uuid5(NAMESPACE_URL, "annotator:refi/" + "/".join(parts)))


class ProjectXml:
    """The parts of one project: a `source` for each document, then `head` and `tail` to go around them.

    The head comes last, since labels that the schema does not have are met only in the documents.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._schema = snapshot.schema
        self._strangers: set[str] = set()

    def source(self, of: DocumentSnapshot, *, has_original: bool) -> bytes:
        """A document with its selections. With an original it is a PDF, whose text is its representation."""
        document = of.document
        text_path = f"internal://{guid(of.text_version.id)}.txt"
        if not has_original:
            source = _element(
                "TextSource", guid=guid(document.id), name=document.title, plainTextPath=text_path
            )
            self._add_selections(source, of)
        else:
            path = f"internal://{guid(document.id)}.pdf"
            source = _element("PDFSource", guid=guid(document.id), name=document.title, path=path)
            text = _add(
                source,
                "Representation",
                guid=guid(of.text_version.id),
                name=document.title,
                plainTextPath=text_path,
            )
            self._add_selections(text, of)
        values = (document.kind, document.case, document.source_name)
        for (key, _name), value in zip(_VARIABLES, values, strict=True):
            variable = _add(source, "VariableValue")
            _add(variable, "VariableRef", targetGUID=guid("variable", key))
            _add(variable, "TextValue", text=value)
        return _written(source)

    def head(self, *, has_sources: bool) -> bytes:
        """The project up to its first source."""
        name = _attribute(self._snapshot.project_name)
        parts = [
            _DECLARATION.encode(),
            f'<Project xmlns="{NAMESPACE}" name={name} origin="Annotator">\n'.encode(),
        ]
        users = _element("Users")
        for owner in sorted({row.owner or "gold" for row in self._snapshot.sets.values()}):
            known = self._snapshot.annotators.get(owner)
            _add(users, "User", guid=guid("user", owner), name=known.name if known else owner)
        book = _element("CodeBook")
        codes = _add(book, "Codes")
        self._add_codes(codes)
        variables = _element("Variables")
        for key, title in _VARIABLES:
            _add(variables, "Variable", guid=guid("variable", key), name=title, typeOfVariable="Text")
        parts += [_written(part) for part in (users,) if len(part)]
        parts += [_written(book)] if len(codes) else []
        parts.append(_written(variables))
        return b"".join(parts) + (b"<Sources>\n" if has_sources else b"")

    def tail(self, links: Iterable[Relation], *, has_sources: bool) -> bytes:
        """The project after its last source. A link joins the first selections of its two spans."""
        joined = _element("Links")
        for link in sorted(links, key=lambda link: link.id):
            relation = self._schema.relation(link.type)
            _add(
                joined,
                "Link",
                guid=guid(link.id),
                name=relation.name if relation else link.type,
                direction="OneWay",
                originGUID=guid(link.source),
                targetGUID=guid(link.target),
            )
        end = b"</Sources>\n" if has_sources else b""
        return end + (_written(joined) if len(joined) else b"") + b"</Project>\n"

    def _add_codes(self, codes: etree._Element) -> None:
        """A code for each label under one for its layer, which cannot be used itself.

        Names are unique, since QualCoder drops the second code of a name; labels keep theirs before layers.
        """
        taken: set[str] = set()
        labels = [label for label in self._schema.labels() if not label.merged_into]
        names = {label.id: _unique(label.name, taken) for label in labels}
        strangers = {name: _unique(name, taken) for name in sorted(self._strangers)}
        for layer in self._schema.layers:
            own = [label for label in labels if label.layer == layer.id]
            if own:
                parent = _add_layer(codes, layer.id, _unique_layer(layer.name, taken))
                for label in own:
                    _add_code(parent, label, names[label.id])
        if strangers:
            parent = _add_layer(codes, _OTHER, _unique_layer("Other", taken))
            for label_id, name in strangers.items():
                _add(parent, "Code", guid=guid("code", label_id), name=name, isCodable="true")

    def _add_selections(self, source: etree._Element, of: DocumentSnapshot) -> None:
        for span in of.annotations:
            for number, piece in enumerate(span.fragments):
                self._add_selection(source, of, span, piece, number)

    def _add_selection(
        self, source: etree._Element, of: DocumentSnapshot, span: Annotation, piece: Fragment, number: int
    ) -> None:
        user = guid("user", self._snapshot.sets[span.set].owner or "gold")
        made = {"creatingUser": user, "creationDateTime": span.created}
        own = (span.id,) if number == 0 else (span.id, str(number))
        selection = _add(
            source,
            "PlainTextSelection",
            guid=guid(*own),
            name=shortened(" ".join(of.text[piece.start : piece.end].split()), _NAME_CHARACTERS),
            startPosition=str(piece.start),
            endPosition=str(piece.end),
            **made,
        )
        told = memo(span, self._schema)
        if len(span.fragments) > 1:
            told = f"{told}\nPiece {number + 1} of {len(span.fragments)}".lstrip()
        if told:
            _add(selection, "Description", text=told)
        coding = _add(selection, "Coding", guid=guid("coding", *own), **made)
        _add(coding, "CodeRef", targetGUID=guid("code", self._label(span)))

    def _label(self, span: Annotation) -> str:
        label = self._schema.label(span.label)
        if label is None:
            self._strangers.add(span.label)
        return label.id if label is not None else span.label


def _add_layer(codes: etree._Element, layer: str, name: str) -> etree._Element:
    return _add(codes, "Code", guid=guid("layer", layer), name=name, isCodable="false")


def _add_code(parent: etree._Element, label: Label, name: str) -> None:
    code = _add(parent, "Code", guid=guid("code", label.id), name=name, isCodable="true", color=label.colour)
    if label.summary:
        _add(code, "Description", text=label.summary)


def _unique_layer(name: str, taken: set[str]) -> str:
    return _unique(f"{name} layer" if name.casefold() in taken else name, taken)


def _unique(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken."""
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name} {number}"
    taken.add(found.casefold())
    return found


def _element(tag: str, **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={None: NAMESPACE})
    for name, value in attributes.items():
        element.set(name, normalise(value))
    return element


def _add(parent: etree._Element, tag: str, *, text: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        child.set(name, normalise(value))
    if text:
        child.text = normalise(text)
    return child


def _written(element: etree._Element) -> bytes:
    data: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=False)
    return data + b"\n"


def _attribute(value: str) -> str:
    """A value as it stands in an element's tag, in its quotation marks."""
    return quoteattr(normalise(value))
