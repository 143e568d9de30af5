"""doccano's JSON Lines for sequence labelling, with spans alone or with spans and relations.

doccano takes every other key of a line as metadata, and stumbles over a line that lacks one that others
have. It has no place for attributes, notes or pieces of a span.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.about import about
from exporters.aside import written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.flat import Policy
from exporters.flattening import PRIORITY, flattened
from exporters.losses import Fitted, Losses

Row: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class DoccanoExporter:
    """One document a line; offsets count code points, as doccano's server does.

    `write`: `label` triples, or `entities` and `relations` for a project that uses relations. `spans`: a
    doccano project that allows overlapping spans takes all, another only those that are flat.
    """

    name: str = "doccano"
    suffix: str = ".jsonl"
    summary: str = "doccano's JSONL for sequence labelling: spans, or spans and relations"
    options: tuple[Option, ...] = (
        Option("write", "spans", "label triples, or entities with relations", ("spans", "relations")),
        Option("spans", "all", "all, or flat for a project without overlapping spans", ("all", "flat")),
        Option(
            "overlap",
            "longest",
            "which of the spans that share letters stays where they are flat",
            ("longest", "priority"),
        ),
        PRIORITY,
    )
    write: str = "spans"
    spans: str = "all"
    overlap: str = "longest"
    priority: tuple[str, ...] = ()

    @property
    def holds(self) -> Holds:
        """Spans that may overlap if the project allows it; links within a document, without attributes."""
        return Holds(
            nested=self.spans == "all",
            overlapping=self.spans == "all",
            discontinuous=False,
            relations=self.write == "relations",
            relations_across_documents=False,
            relation_attributes=False,
            attributes=False,
            notes=False,
            document_labels=False,
            several_annotators=False,
            certainty=False,
            origin=False,
            text_free=False,
        )

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """Spans of one piece, and, if so chosen, none on another."""
        holds = self.holds
        if self.spans == "all":
            return fitted(document, holds)
        return flattened(document, holds, policy=cast(Policy, self.overlap), priority=self.priority)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write a line for each document."""
        total, spans, relations, documents = snapshot.document_count, 0, 0, 0
        losses = Losses()
        yield Progress(0, total)
        with written_aside(target) as file:
            for document in snapshot.documents():
                held = self.fit(document, snapshot)
                losses.add(held.losses)
                of = held.document
                documents += 1
                marks = self._marks(of, first_span=spans + 1, first_relation=relations + 1)
                row = {"id": documents, "text": of.text, **marks, "Comments": [], **about(of)}
                file.write(_line(row))
                spans += len(of.annotations)
                relations += len(of.relations)
                yield Progress(documents, total, document.document.title)
        return ExportReport(target, documents, spans, relations, losses)

    def _marks(self, of: DocumentSnapshot, *, first_span: int, first_relation: int) -> Row:
        """What is marked in a text; ids count through the file, since doccano takes each but once."""
        if self.write == "spans":
            return {"label": [[span.start, span.end, span.label] for span in of.annotations]}
        numbers = {span.id: number for number, span in enumerate(of.annotations, start=first_span)}
        entities = [
            {
                "id": numbers[span.id],
                "label": span.label,
                "start_offset": span.start,
                "end_offset": span.end,
            }
            for span in of.annotations
        ]
        links = sorted(of.relations, key=lambda link: link.id)
        relations = [
            {
                "id": number,
                "from_id": numbers[link.source],
                "to_id": numbers[link.target],
                "type": link.type,
            }
            for number, link in enumerate(links, start=first_relation)
        ]
        return {"entities": entities, "relations": relations}


def _line(row: Row) -> bytes:
    """The row in ASCII: doccano guesses the encoding of a file, and takes UTF-8 with an emoji for Turkish."""
    return json.dumps(row, separators=(",", ":")).encode("ascii") + b"\n"
