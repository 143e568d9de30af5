"""Writes a folder of CAS files as INCEpTION's project export has them, one for each document and annotator.

`annotation/<document>/<annotator>`, gold under `curation/`, documents that nobody marked under `source/`.
XMI cannot be read without the type system, which stands in each of these folders.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TypeAlias
from zipfile import ZipFile

from annotator.model import Annotation, Attributes, Fragment, Relation, quote
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Loss, Snapshot
from exporters.archive import member
from exporters.aside import folder_written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.file_names import FileNames
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses
from exporters.owned import owned, without_links_between_owners
from exporters.preflight import REPORT, report_json, report_of
from exporters.uima.cas import Cas, cas, feature_value
from exporters.uima.cas_json import cas_json
from exporters.uima.types import LinkType, SpanType, Types
from exporters.uima.xmi import type_system, xmi

_HOLDS = Holds(discontinuous=False, relations_across_documents=False, document_labels=False, text_free=False)
_TYPE_SYSTEM = "TypeSystem.xml"
_ENTITY_LAYER = Option("entity_layer", "entity", "the layer whose spans are DKPro's named entities")

Print: TypeAlias = Callable[[Cas], bytes]


@dataclass(frozen=True, slots=True)
class UimaXmiExporter:
    """XMI with TypeSystem.xml; `zipped`: both in one archive a file, as INCEpTION exports and imports it.

    Spans of `entity_layer` are DKPro's NamedEntity; there need be no such layer.
    """

    name: str = "uima-xmi"
    suffix: str = ""
    summary: str = "UIMA CAS in XMI with its type system, for INCEpTION, DKPro and UIMA pipelines"
    holds: Holds = _HOLDS
    options: tuple[Option, ...] = (
        _ENTITY_LAYER,
        Option("zipped", False, "each file in a .zip together with its type system, as INCEpTION has it"),
    )
    entity_layer: str = "entity"
    zipped: bool = False

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """What a CAS holds: spans without gaps, and links between spans of one annotator."""
        return _fit(document, Types(snapshot.schema, entity_layer=self.entity_layer))

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the folder, a document at a time."""
        types = Types(snapshot.schema, entity_layer=self.entity_layer)
        described = type_system(types.all)

        def printed(of: Cas) -> bytes:
            return xmi(of, types.all)

        def archived(of: Cas) -> bytes:
            return _zip({"document.xmi": xmi(of, types.all), _TYPE_SYSTEM: described})

        with folder_written_aside(target) as folder:
            if self.zipped:
                files = _Files(folder, snapshot, types, suffix=".zip", printed=archived)
            else:
                files = _Files(folder, snapshot, types, suffix=".xmi", printed=printed, beside=described)
            report = yield from files.write(self, target)
        return report


@dataclass(frozen=True, slots=True)
class UimaJsonExporter:
    """UIMA CAS JSON 0.4.0, each file with its type system in itself; `entity_layer` as in XMI."""

    name: str = "uima-json"
    suffix: str = ""
    summary: str = "UIMA CAS in JSON 0.4.0, for INCEpTION and dkpro-cassis"
    holds: Holds = _HOLDS
    options: tuple[Option, ...] = (_ENTITY_LAYER,)
    entity_layer: str = "entity"

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """What a CAS holds: spans without gaps, and links between spans of one annotator."""
        return _fit(document, Types(snapshot.schema, entity_layer=self.entity_layer))

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the folder, a document at a time."""
        types = Types(snapshot.schema, entity_layer=self.entity_layer)

        def printed(of: Cas) -> bytes:
            return cas_json(of, types.all)

        with folder_written_aside(target) as folder:
            files = _Files(folder, snapshot, types, suffix=".json", printed=printed)
            report = yield from files.write(self, target)
        return report


class _Files:
    """The files of one export; `beside` is a type system that stands in each of the upper folders."""

    def __init__(
        self,
        folder: Path,
        snapshot: Snapshot,
        types: Types,
        *,
        suffix: str,
        printed: Print,
        beside: bytes = b"",
    ) -> None:
        self._folder = folder
        self._snapshot = snapshot
        self._types = types
        self._suffix = suffix
        self._printed = printed
        self._beside = beside
        self._titles = FileNames()
        self._names: dict[str, str] = {}  # document -> its name
        self._owners: dict[str, str] = {}  # set -> its name

    def write(self, exporter: UimaXmiExporter | UimaJsonExporter, target: Path) -> Job[ExportReport]:
        """All documents."""
        total = self._snapshot.document_count
        number = spans = relations = 0
        losses = Losses()
        yield Progress(0, total)
        self._owners = _owner_names(self._snapshot)
        for number, document in enumerate(self._snapshot.documents(), start=1):
            held = _fit(document, self._types)
            losses.add(held.losses)
            self._document(held.document)
            spans += len(held.document.annotations)
            relations += len(held.document.relations)
            yield Progress(number, total, document.document.title)
        report = ExportReport(target, number, spans, relations, losses)
        (self._folder / REPORT).write_bytes(report_json(report_of(self._snapshot, exporter, report)))
        return report

    def _document(self, of: DocumentSnapshot) -> None:
        document = of.document
        if document.id not in self._names:
            self._names[document.id] = self._titles.name(document.title)
        name = self._names[document.id]
        parts = list(owned(of))
        for part in parts:
            upper = "curation" if self._snapshot.sets[part.set].kind == "gold" else "annotation"
            own = replace(of, annotations=part.spans, relations=part.links)
            self._file(Path(upper) / name / self._owners[part.set], own)
        if not parts:
            self._file(Path("source") / name, of)

    def _file(self, stem: Path, of: DocumentSnapshot) -> None:
        path = self._folder / stem.with_name(stem.name + self._suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        upper = self._folder / stem.parts[0]
        if self._beside and not (upper / _TYPE_SYSTEM).exists():
            (upper / _TYPE_SYSTEM).write_bytes(self._beside)
        path.write_bytes(self._printed(cas(of, self._types, collection=self._snapshot.project_name)))


def _owner_names(snapshot: Snapshot) -> dict[str, str]:
    """By set, the name of its files."""
    names = FileNames()
    ordered = sorted(snapshot.sets, key=lambda set_id: (snapshot.owner_name(set_id), set_id))
    return {set_id: names.name(snapshot.owner_name(set_id)) for set_id in ordered}


def _fit(document: DocumentSnapshot, types: Types) -> Fitted:
    typed = _with_types(document, types)
    held = without_links_between_owners(fitted(typed, replace(_HOLDS, discontinuous=True)))
    spans = tuple(_without_gaps(span, document.text) for span in held.document.annotations)
    gaps = [
        Loss("discontinuous", span.document, span.id, "it becomes one span from its start to its end")
        for span in held.document.annotations
        if len(span.fragments) > 1
    ]
    whole = replace(held.document, annotations=spans)
    return Fitted(whole, (*held.losses, *gaps, *_untyped(whole, types)))


def _with_types(of: DocumentSnapshot, types: Types) -> DocumentSnapshot:
    """The document without spans and links that the schema does not have, each told as a loss."""
    lost = [
        Loss("no_place", span.document, span.id, f"the schema has no label {span.label}; it is left out")
        for span in of.annotations
        if types.of_label(span.label) is None
    ]
    lost += [
        Loss("relation", link.document, link.id, f"the schema has no link {link.type}; it is left out")
        for link in of.relations
        if types.of_relation(link.type) is None
    ]
    spans = tuple(span for span in of.annotations if types.of_label(span.label))
    links = tuple(link for link in of.relations if types.of_relation(link.type))
    return replace(of, annotations=spans, relations=links, losses=(*of.losses, *lost))


def _without_gaps(span: Annotation, text: str) -> Annotation:
    if len(span.fragments) == 1:
        return span
    whole = (Fragment(span.start, span.end),)
    return replace(span, fragments=whole, quote=quote(text, whole))


def _untyped(of: DocumentSnapshot, types: Types) -> Iterator[Loss]:
    """The attributes that the type system has no feature for."""
    for span in of.annotations:
        yield from _unfit(span, span.attributes, types.of_label(span.label))
    for link in of.relations:
        yield from _unfit(link, link.attributes, types.of_relation(link.type))


def _unfit(
    of: Annotation | Relation, attributes: Attributes, known: SpanType | LinkType | None
) -> Iterator[Loss]:
    if known is None:
        return
    for name in sorted(attributes):
        feature = known.attributes.get(name)
        if feature is None or feature_value(known.type.features[feature], attributes[name]) is None:
            yield Loss("attribute", of.document, of.id, f"{name} has no such value in the schema; left out")


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(member(name), data)
    return buffer.getvalue()
