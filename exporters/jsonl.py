"""The native format: one document a line, with everything that an importer needs. See docs/formats/jsonl.md.

Every key is always there and in one order, and metadata and attributes are sorted, so that the same
project gives the same bytes. Only the first line carries the texts of schema and guidelines.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

import orjson

from annotator.cites import cites_of
from annotator.model import (
    Annotation,
    Assignment,
    Attributes,
    Decision,
    DocumentLabel,
    Relation,
)
from annotator.progress import Job, Progress
from annotator.schema import LabelSchema
from annotator.snapshot import DocumentSnapshot, Snapshot
from annotator.text import text_sha256
from exporters.aside import written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import verified
from exporters.losses import Fitted, Losses

Row: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class JsonlExporter:
    """JSON Lines in UTF-8, offsets in code points; what the program reads back."""

    name: str = "jsonl"
    suffix: str = ".jsonl"
    holds: Holds = Holds()
    options: tuple[Option, ...] = ()
    summary: str = (
        "JSON Lines, one document a line with all its annotations; the format that can be read back"
    )

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """Everything but spans whose words are not those that were marked."""
        return verified(document)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the snapshot to `target`, a document at a time."""
        total = snapshot.document_count
        yield Progress(0, total)
        documents = spans = relations = 0
        losses = Losses()
        lines = Lines(snapshot)
        with written_aside(target) as file:
            for whole in snapshot.documents():
                held = verified(whole)
                document = held.document
                row = lines.row(document, is_first=documents == 0)
                file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
                documents += 1
                spans += len(document.annotations)
                relations += len(document.relations)
                losses.add(held.losses)
                yield Progress(documents, total, document.document.title)
        return ExportReport(target, documents, spans, relations, losses)


class Lines:
    """Turns documents of one snapshot into rows; what all lines share is computed once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._owners = {set_id: _owner(snapshot, set_id) for set_id in snapshot.sets}
        self._labels = _labels(snapshot.schema)
        schema = snapshot.schema
        self._schema = {
            "name": schema.name,
            "version": schema.version,
            "number": snapshot.schema_number,
            "sha256": text_sha256(snapshot.schema_toml),
        }
        self._guideline = {
            "number": snapshot.guideline_number,
            "sha256": text_sha256(snapshot.guidelines),
        }

    def row(self, of: DocumentSnapshot, *, is_first: bool) -> Row:
        """The document as it stands on its line."""
        row = self.parts(of, is_first=is_first)
        # As JSON already: as rows, the spans of a long document would all stand in memory at once.
        spans = b",".join(map(orjson.dumps, cast(Iterator[Row], row["spans"])))
        return {**row, "spans": orjson.Fragment(b"[" + spans + b"]")}

    def parts(self, of: DocumentSnapshot, *, is_first: bool) -> Row:
        """The same, but `spans` is an iterator that makes their rows one after another."""
        document, version = of.document, of.text_version
        decisions = _by_annotation(of.decisions)
        return {
            "id": document.id,
            "title": document.title,
            "kind": document.kind,
            "case": document.case,
            "text": of.text if self._snapshot.with_text else None,
            "text_sha256": version.text_sha256,
            "source": {
                "name": document.source_name,
                # Where only the text came along from another project, the original's hash came with it.
                "sha256": version.options.get("source_sha256") or document.source_sha256,
                "reader": version.reader,
                "version": version.reader_version,
            },
            "created": document.created,
            "metadata": _sorted(document.metadata),
            "schema": {**self._schema, "toml": self._snapshot.schema_toml} if is_first else self._schema,
            "guideline": {**self._guideline, "markdown": self._snapshot.guidelines}
            if is_first
            else self._guideline,
            "labels": self._document_labels(of.labels),
            "status": self._status(of.assignments),
            "spans": self._spans(of, decisions),
            "relations": self._relations(of),
            "decisions": [
                {"annotation": decision.annotation, **self._decision(decision)}
                for decision in sorted(of.decisions, key=lambda decision: decision.id)
                if decision.annotation is None or decisions[decision.annotation] is not decision
            ],
        }

    def _spans(self, of: DocumentSnapshot, decisions: Mapping[str | None, Decision]) -> Iterator[Row]:
        text, owners, labels = of.text, self._owners, self._labels
        with_text = self._snapshot.with_text
        cites = cites_of(of.document, of.pages) if of.pages else None
        for span in of.annotations:
            fragments = span.fragments
            start, end = fragments[0].start, fragments[-1].end
            annotator, is_gold = owners[span.set]
            label, layer = labels.get(span.label) or (span.label, "")
            decision = decisions.get(span.id) if decisions else None
            words = text[start:end] if len(fragments) == 1 else _joined(text, span)
            yield {
                "id": span.id,
                "fragments": [[start, end]] if len(fragments) == 1 else [[*piece] for piece in fragments],
                "start": start,
                "end": end,
                "text": words if with_text else None,
                "layer": layer,
                "label": label,
                "attributes": _attributes(span.attributes) if span.attributes else {},
                "annotator": annotator,
                "gold": is_gold,
                "cite": cites.cite(start, end) if cites else None,
                "page": cites.page(start) if cites else None,
                "certainty": span.certainty,
                "origin": span.origin,
                "note": span.note,
                "created": span.created,
                "changed": span.changed,
                "decision": self._decision(decision) if decision else None,
            }

    def _relations(self, of: DocumentSnapshot) -> list[Row]:
        here = {annotation.id for annotation in of.annotations} if of.relations else set()
        return [self._relation(link, of.document.id, here) for link in sorted(of.relations, key=_id)]

    def _relation(self, link: Relation, document: str, here: set[str]) -> Row:
        annotator, is_gold = self._owners[link.set]
        target_document = document if link.target in here else self._snapshot.document_of(link.target)
        return {
            "id": link.id,
            "type": link.type,
            "source": link.source,
            "target": link.target,
            "target_document": target_document,
            "attributes": _attributes(link.attributes),
            "annotator": annotator,
            "gold": is_gold,
            "certainty": link.certainty,
            "note": link.note,
            "origin": link.origin,
            "created": link.created,
            "changed": link.changed,
        }

    def _document_labels(self, labels: Iterable[DocumentLabel]) -> list[Row]:
        rows: list[Row] = []
        for label in labels:
            annotator, is_gold = self._owners[label.set]
            rows.append({"name": label.name, "value": label.value, "annotator": annotator, "gold": is_gold})
        return sorted(rows, key=lambda row: (row["gold"], row["annotator"] or "", row["name"]))

    def _status(self, assignments: Iterable[Assignment]) -> list[Row]:
        rows: list[Row] = [
            {
                "annotator": self._name(assignment.annotator),
                "state": assignment.state,
                "layers": assignment.layers,
                "message": assignment.message,
            }
            for assignment in assignments
        ]
        return sorted(rows, key=lambda row: str(row["annotator"]))

    def _decision(self, decision: Decision) -> Row:
        return {
            "id": decision.id,
            "outcome": decision.outcome,
            "proposers": [self._name(proposer) for proposer in decision.proposers],
            "rule_id": decision.rule_id,
            "reason": decision.reason,
            "comment": decision.comment,
            "decided_by": self._name(decision.decided_by),
            "decided": decision.decided,
        }

    def _name(self, annotator: str) -> str:
        """An annotator's name; a rule that decided by itself, such as auto:unanimous, is its own name."""
        known = self._snapshot.annotators.get(annotator)
        return known.name if known is not None else annotator


def _owner(snapshot: Snapshot, set_id: str) -> tuple[str | None, bool]:
    """The annotator's name and whether the set is gold."""
    is_gold = snapshot.sets[set_id].kind == "gold"
    return (None if is_gold else snapshot.owner_name(set_id)), is_gold


def _labels(schema: LabelSchema) -> dict[str, tuple[str, str]]:
    """By label id, the label in force, which is another one after a merge, and its layer."""
    found = {}
    for label in schema.labels():
        in_force = schema.label(label.id) or label
        found[label.id] = (in_force.id, in_force.layer)
    return found


def _by_annotation(decisions: Iterable[Decision]) -> dict[str | None, Decision]:
    """The newest decision behind each gold span."""
    ordered = sorted(decisions, key=lambda decision: (decision.decided, decision.id))
    return {decision.annotation: decision for decision in ordered if decision.annotation is not None}


def _joined(text: str, span: Annotation) -> str:
    return " ".join(text[start:end] for start, end in span.fragments)


def _attributes(attributes: Attributes) -> Row:
    return {name: attributes[name] for name in sorted(attributes)}


def _sorted(value: object) -> object:
    """The value with the keys of every object in it in order."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    return value


def _id(relation: Relation) -> str:
    return relation.id
