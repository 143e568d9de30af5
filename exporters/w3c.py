"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/): JSON-LD, with selectors that find the words.

Each document is a text and, beside it, an AnnotationPage about it. Positions are code points of that text,
as the model asks, not the UTF-16 units that browsers count. What the model has no term for has one in
`context.jsonld`, which is shipped along and needs no network.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO, TypeAlias
from urllib.parse import quote as quoted_path
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from annotator.cites import cites_of
from annotator.model import QUOTE_CONTEXT, Annotation, Attributes, DocumentLabel, Fragment, Relation
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.aside import folder_written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.file_names import FileNames
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses
from exporters.preflight import REPORT, report_json, report_of

Row: TypeAlias = dict[str, object]

CONTEXT = "context.jsonld"
_ANNO = "http://www.w3.org/ns/anno.jsonld"
# Where page=N in a PDF is defined, by the older number that the model's list has.
_PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"


@dataclass(frozen=True, slots=True)
class W3cExporter:
    """A folder: `context.jsonld`, and for each document `<title>.txt` and `<title>.jsonld`."""

    name: str = "w3c"
    suffix: str = ""
    holds: Holds = Holds(text_free=False)
    options: tuple[Option, ...] = ()
    summary: str = "W3C Web Annotation (JSON-LD), with selectors that find the words in a changed text too"

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        return fitted(document, self.holds)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the snapshot into the folder `target`, a document at a time."""
        total = snapshot.document_count
        yield Progress(0, total)
        documents = spans = relations = 0
        losses, names = Losses(), FileNames()
        with folder_written_aside(target) as folder:
            (folder / CONTEXT).write_bytes((files("exporters") / "w3c.context.jsonld").read_bytes())
            for document in snapshot.documents():
                fit = self.fit(document, snapshot)
                losses.add(fit.losses)
                name = names.name(document.document.title)
                (folder / f"{name}.txt").write_bytes(fit.document.text.encode())
                with (folder / f"{name}.jsonld").open("wb") as file:
                    _write_page(file, fit.document, _Items(fit.document, f"{name}.txt", snapshot))
                documents += 1
                spans += len(fit.document.annotations)
                relations += len(fit.document.relations)
                yield Progress(documents, total, document.document.title)
            report = ExportReport(target, documents, spans, relations, losses)
            (folder / REPORT).write_bytes(report_json(report_of(snapshot, self, report)))
        return report


def _write_page(file: BinaryIO, of: DocumentSnapshot, items: "_Items") -> None:
    """The AnnotationPage of a document, an annotation a line."""
    head = orjson.dumps(items.head())
    file.write(head[:-1] + b',"items":[')
    parted = b"\n"
    for item in items.all(of):
        file.write(parted + orjson.dumps(item))
        parted = b",\n"
    file.write(b"\n]}\n")


class _Items:
    """Makes the annotations of one document; `source` is the file of its text."""

    def __init__(self, of: DocumentSnapshot, source: str, snapshot: Snapshot) -> None:
        self._of, self._snapshot = of, snapshot
        self._source = quoted_path(source)
        self._cites = cites_of(of.document, of.pages) if of.pages else None

    def head(self) -> Row:
        document = self._of.document
        return {
            "@context": [_ANNO, CONTEXT],
            "id": urn(f"{document.id}/page"),
            "type": "AnnotationPage",
            "about": {
                "id": self._source,
                "type": "Text",
                "format": "text/plain",
                "document": urn(document.id),
                "title": document.title,
                "kind": document.kind,
                "case": document.case,
                "source_name": document.source_name,
                "source_sha256": document.source_sha256,
                "text_sha256": self._of.text_version.text_sha256,
            },
        }

    def all(self, of: DocumentSnapshot) -> Iterator[Row]:
        for span in of.annotations:
            yield self._span(span)
        for link in sorted(of.relations, key=lambda link: link.id):
            yield self._link(link)
        for label in sorted(of.labels, key=lambda label: label.id):
            yield self._document_label(label)

    def _span(self, span: Annotation) -> Row:
        label = self._snapshot.schema.label(span.label)
        bodies: list[Row] = [_text_body(label.id if label else span.label, "tagging")]
        if span.note:
            bodies.append(_text_body(span.note, "commenting"))
        targets = [self._target(piece) for piece in span.fragments]
        return {
            "id": urn(span.id),
            "type": "Annotation",
            "motivation": "tagging",
            **self._made_by(span.set, span.created, span.changed),
            "layer": label.layer if label else "",
            "attributes": _sorted(span.attributes),
            "certainty": span.certainty,
            "origin": span.origin,
            "body": bodies[0] if len(bodies) == 1 else bodies,
            "target": targets[0] if len(targets) == 1 else targets,
        }

    def _link(self, link: Relation) -> Row:
        """A link as an annotation on the span it starts at, whose body is the span that it leads to."""
        bodies: list[Row] = [
            {"type": "SpecificResource", "source": urn(link.target), "purpose": "linking"},
            _text_body(link.type, "tagging"),
        ]
        if link.note:
            bodies.append(_text_body(link.note, "commenting"))
        return {
            "id": urn(link.id),
            "type": "Annotation",
            "motivation": "linking",
            **self._made_by(link.set, link.created, link.changed),
            "attributes": _sorted(link.attributes),
            "certainty": link.certainty,
            "origin": link.origin,
            "body": bodies,
            "target": urn(link.source),
        }

    def _document_label(self, label: DocumentLabel) -> Row:
        value = label.value if isinstance(label.value, tuple) else [label.value]
        return {
            "id": urn(label.id),
            "type": "Annotation",
            "motivation": "classifying",
            **self._made_by(label.set, label.changed, label.changed),
            "attributes": {label.name: list(value) if isinstance(label.value, tuple) else label.value},
            "body": [_text_body(f"{label.name}: {one}", "classifying") for one in value],
            "target": self._source,
        }

    def _made_by(self, set_id: str, created: str, changed: str) -> Row:
        is_gold = self._snapshot.sets[set_id].kind == "gold"
        creator: Row = {
            "type": "Organization" if is_gold else "Person",
            "nickname": self._snapshot.owner_name(set_id),
        }
        return {"creator": creator, "created": created, "modified": changed, "gold": is_gold}

    def _target(self, piece: Fragment) -> Row:
        text, (start, end) = self._of.text, piece
        words: Row = {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - QUOTE_CONTEXT) : start],
            "suffix": text[end : end + QUOTE_CONTEXT],
        }
        selectors: list[Row] = [{"type": "TextPositionSelector", "start": start, "end": end}, words]
        if self._cites is not None:
            selectors.append(
                {
                    "type": "FragmentSelector",
                    "conformsTo": _PDF_FRAGMENTS,
                    "value": f"page={self._cites.page(start)}",
                    "refinedBy": words,
                }
            )
        target: Row = {"source": self._source, "selector": selectors}
        if self._cites is not None:
            target["cite"] = self._cites.cite(start, end)
        return target


def urn(record: str) -> str:
    """The name of a record for the whole world: its own UUID, or one made of its id."""
    try:
        return UUID(record).urn
    except ValueError:
        return uuid5(NAMESPACE_URL, f"annotator:{record}").urn


def _text_body(value: str, purpose: str) -> Row:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _sorted(attributes: Attributes) -> Mapping[str, object]:
    return {name: attributes[name] for name in sorted(attributes)}
