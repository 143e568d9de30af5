"""Label Studio's tasks as JSON, over UTF-16 units, with the labelling interface that they need.

Its importer refuses an annotation whose `completed_by` is not a member's e-mail address or number, so it is
left out unless `people` names addresses; `annotator` beside it, which the importer skips, has the name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

import orjson

from annotator.errors import ExportError
from annotator.model import Annotation, AttributeValue, DocumentLabel, Relation
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Loss, Snapshot
from exporters.about import about
from exporters.aside import folder_written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.label_studio_config import TEXT, Interface
from exporters.losses import Fitted, Losses
from exporters.owned import without_links_between_owners
from exporters.preflight import REPORT, report_json, report_of
from exporters.utf16 import utf16_offsets

Row: TypeAlias = dict[str, object]

_HOLDS = Holds(
    discontinuous=False,
    relations_across_documents=False,
    relation_attributes=False,
    certainty=False,
    text_free=False,
)


@dataclass(frozen=True, slots=True)
class LabelStudioExporter:
    """A folder with `tasks.json` and `label_config.xml`. `people`: name=address for who is a member there."""

    name: str = "label-studio"
    suffix: str = ""
    summary: str = "Label Studio's tasks in JSON, with the labelling interface in XML"
    holds: Holds = _HOLDS
    options: tuple[Option, ...] = (
        Option("people", (), "annotators who are members there, each as name=e-mail address"),
    )
    people: tuple[str, ...] = ()

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """Spans of one piece with attributes and notes; links between spans of one annotator."""
        held = without_links_between_owners(fitted(document, self.holds))
        interface = Interface(snapshot.schema)
        changed = [
            Loss("attribute", span.document, span.id, f"{name} {change}")
            for span in held.document.annotations
            for name, value in sorted(span.attributes.items())
            if (change := _change(value, interface.kind(name)))
        ]
        notes = [
            Loss("note", link.document, link.id, "its note is left out")
            for link in held.document.relations
            if link.note
        ]
        return Fitted(held.document, (*held.losses, *changed, *notes))

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the folder, a document at a time."""
        total = snapshot.document_count
        yield Progress(0, total)
        documents = spans = relations = 0
        losses = Losses()
        tasks = _Tasks(snapshot, _addresses(self.people))
        with folder_written_aside(target) as folder:
            with (folder / "tasks.json").open("wb") as file:
                for document in snapshot.documents():
                    held = self.fit(document, snapshot)
                    losses.add(held.losses)
                    documents += 1
                    _write(file, tasks.row(held.document, documents), is_first=documents == 1)
                    spans += len(held.document.annotations)
                    relations += len(held.document.relations)
                    yield Progress(documents, total, document.document.title)
                file.write(b"\n]\n" if documents else b"[]\n")
            (folder / "label_config.xml").write_bytes(tasks.interface.xml())
            report = ExportReport(target, documents, spans, relations, losses)
            (folder / REPORT).write_bytes(report_json(report_of(snapshot, self, report)))
        return report


class _Tasks:
    """Makes tasks, and gathers what their interface must offer."""

    def __init__(self, snapshot: Snapshot, addresses: Mapping[str, str]) -> None:
        self._snapshot = snapshot
        self._addresses = addresses
        self._annotations = 0
        self.interface = Interface(snapshot.schema)

    def row(self, of: DocumentSnapshot, number: int) -> Row:
        """A document with an annotation for everybody who has something in it, by name."""
        sets = {row.set for rows in (of.annotations, of.labels) for row in rows}
        ordered = sorted(sets, key=lambda one: (self._snapshot.owner_name(one), one))
        units = utf16_offsets(of.text)
        return {
            "id": number,
            "data": {TEXT: of.text, **about(of)},
            "annotations": [self._annotation(of, set_id, units) for set_id in ordered],
            "predictions": [],
        }

    def _annotation(self, of: DocumentSnapshot, set_id: str, units: Callable[[int], int]) -> Row:
        self._annotations += 1
        name = self._snapshot.owner_name(set_id)
        row: Row = {"id": self._annotations, "annotator": name}
        if name in self._addresses:
            row["completed_by"] = {"email": self._addresses[name]}
        links = sorted((link for link in of.relations if link.set == set_id), key=lambda link: link.id)
        labels = sorted((label for label in of.labels if label.set == set_id), key=lambda row: row.name)
        spans = (span for span in of.annotations if span.set == set_id)
        return {
            **row,
            "ground_truth": self._snapshot.sets[set_id].kind == "gold",
            "was_cancelled": False,
            "result": [
                *(result for span in spans for result in self._span(span, units)),
                *map(self._link, links),
                *map(self._document_label, labels),
            ],
        }

    def _span(self, span: Annotation, units: Callable[[int], int]) -> Iterator[Row]:
        """The region, and a result with its id for each attribute."""
        self.interface.labels.add(span.label)
        place: Row = {"start": units(span.start), "end": units(span.end), "text": span.quote.exact}
        name = self.interface.label_control
        origin = _origin(span)
        region = _result(span.id, name, "labels", {**place, "labels": [span.label]}, origin)
        yield {**region, "meta": {"text": [span.note]}} if span.note else region
        for attribute in sorted(span.attributes):
            kind, value = self.interface.kind(attribute), span.attributes[attribute]
            if kind == "number" and not _is_number(value):
                continue
            self.interface.values.setdefault(attribute, set()).update(_words(value))
            control = self.interface.control(attribute)
            yield _result(span.id, control, kind, {**place, **_given(value, kind)}, origin)

    def _link(self, link: Relation) -> Row:
        self.interface.relations.add(link.type)
        ends: Row = {"from_id": link.source, "to_id": link.target}
        return {"type": "relation", **ends, "direction": "right", "labels": [link.type]}

    def _document_label(self, label: DocumentLabel) -> Row:
        self.interface.document_labels.add(label.name)
        name = self.interface.document_control(label.name)
        return _result(label.id, name, "textarea", _given(label.value, "textarea"))


def _result(key: str, control: str, kind: str, value: Row, origin: str = "manual") -> Row:
    return {
        "id": key,
        "from_name": control,
        "to_name": TEXT,
        "type": kind,
        "value": value,
        "origin": origin,
    }


def _origin(span: Annotation) -> str:
    """Label Studio's word for how a region came about: a model's, also changed, or somebody's own."""
    if span.origin != "suggestion":
        return "manual"
    return "prediction" if span.changed == span.created else "prediction-changed"


def _given(value: AttributeValue, kind: str) -> Row:
    """A value as its control gives it."""
    if kind == "number":
        return {"number": value}
    return {TEXT if kind == "textarea" else "choices": list(_words(value))}


def _words(value: AttributeValue) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (str(value).lower() if isinstance(value, bool) else str(value),)


def _is_number(value: AttributeValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _change(value: AttributeValue, kind: str) -> str:
    """What happens to a value that its control does not take as it is; "" if it does."""
    if kind == "number":
        return "" if _is_number(value) else "is no number and left out"
    return "becomes text" if isinstance(value, bool | int | float) else ""


def _addresses(people: tuple[str, ...]) -> dict[str, str]:
    """The addresses of members by name. Raises ExportError for what is not name=address."""
    found = {}
    for person in people:
        name, _, address = person.partition("=")
        if "@" not in address or not name.strip():
            raise ExportError(
                f"“{person}” is no name with an e-mail address, as in people=Ana=ana@example.org."
            )
        found[name.strip()] = address.strip()
    return found


def _write(file: BinaryIO, row: Row, *, is_first: bool) -> None:
    file.write((b"[\n" if is_first else b",\n") + orjson.dumps(row))
