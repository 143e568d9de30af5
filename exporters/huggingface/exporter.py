"""Writes a folder that `datasets.load_dataset` reads as it is; see docs/formats/huggingface.md."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from annotator.progress import Job, Progress
from annotator.schema import LabelSchema
from annotator.snapshot import DocumentSnapshot, Loss, Snapshot
from exporters.aside import folder_written_aside
from exporters.column_files import TableFiles, require_pyarrow
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.flat import Policy
from exporters.flattening import flattened
from exporters.huggingface.card import card
from exporters.huggingface.tables import SPANS, spans_row, tokens_row, tokens_table
from exporters.iob2 import tag_names
from exporters.jsonl import Lines
from exporters.losses import Fitted, Losses
from exporters.preflight import REPORT, report_json, report_of
from exporters.tokens import Token, tokens

_ROWS = 100_000
# About how many characters a span has with all that is said of it.
_SPAN_SIZE = 300
_SPANS_HOLD = Holds(
    relations=False,
    relations_across_documents=False,
    relation_attributes=False,
    document_labels=False,
    text_free=False,
)
_TOKENS_HOLD = Holds(nested=False, overlapping=False, discontinuous=False, any_characters=False)
# What the tokens have no place for, but the spans do.
_FLAT_LOSSES = ("discontinuous", "misaligned", "nested", "overlapping")
_UNTAGGED = "as it is it has no tags, and stands only in the configuration spans"


@dataclass(frozen=True, slots=True)
class HuggingFaceExporter:
    """Parquet in two configurations. `split` names the files, `overlap` and `priority` choose what is tagged.

    `alignment`: what becomes of a span off the tokens.
    """

    name: str = "huggingface"
    suffix: str = ""
    summary: str = "A Hugging Face dataset folder: tokens with IOB2 tags, and texts with all spans"
    holds: Holds = _SPANS_HOLD
    options: tuple[Option, ...] = (
        Option("split", "train", "the split that the documents are", ("train", "validation", "test")),
        Option("overlap", "longest", "which of two spans on a token is tagged", ("longest", "priority")),
        Option("priority", (), "labels, the first of which is tagged where overlap is priority"),
        Option(
            "alignment",
            "strict",
            "a span off the tokens has no tags, takes in what it touches, or keeps whole tokens",
            ("strict", "expand", "contract"),
        ),
    )
    split: str = "train"
    overlap: str = "longest"
    priority: tuple[str, ...] = ()
    alignment: str = "strict"

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """All spans, and as losses those that only the configuration `spans` holds."""
        return self._held(document, snapshot.schema, tokens(document.text))[0]

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the folder, a document at a time. Raises MissingExtra without pyarrow."""
        require_pyarrow()
        total = snapshot.document_count
        yield Progress(0, total)
        number = spans = 0
        losses, lines = Losses(), Lines(snapshot)
        names = tag_names(_labels(snapshot.schema))
        tag_ids = {name: place for place, name in enumerate(names)}
        with folder_written_aside(target) as folder:
            with ExitStack() as unfinished:
                tagged, whole = self._files(folder, names, unfinished)
                for document in snapshot.documents():
                    own = tokens(document.text)
                    held, flat = self._held(document, snapshot.schema, own)
                    losses.add(held.losses)
                    found = len(held.document.annotations)
                    size = len(document.text)
                    tagged.add(tokens_row(flat, own, tag_ids), characters=size)
                    row = spans_row(lines.parts(held.document, is_first=False))
                    whole.add(row, characters=size + _SPAN_SIZE * found)
                    number += 1
                    spans += found
                    yield Progress(number, total, document.document.title)
                tagged.close()
                whole.close()
            (folder / "README.md").write_bytes(
                card(snapshot.project_name, [self.split], names).encode("utf-8")
            )
            report = ExportReport(target, number, spans, 0, losses)
            (folder / REPORT).write_bytes(report_json(report_of(snapshot, self, report)))
        return report

    def _held(
        self, document: DocumentSnapshot, schema: LabelSchema, own: Sequence[Token]
    ) -> tuple[Fitted, DocumentSnapshot]:
        """The document with all spans, and with those alone that its own tokens have tags of."""
        held = fitted(document, self.holds)
        known = tuple(
            replace(span, label=label.id)
            for span in held.document.annotations
            if (label := schema.label(span.label)) is not None
        )
        flat = flattened(
            replace(held.document, annotations=known, losses=()),
            _TOKENS_HOLD,
            policy=cast(Policy, self.overlap),
            priority=self.priority,
            tokens=own,
            alignment=self.alignment,
        )
        told = [replace(loss, detail=_UNTAGGED) for loss in flat.losses if loss.kind in _FLAT_LOSSES]
        told += [
            Loss("no_place", span.document, span.id, f"the schema has no label {span.label}: it has no tags")
            for span in held.document.annotations
            if schema.label(span.label) is None
        ]
        return Fitted(held.document, (*held.losses, *told)), flat.document

    def _files(
        self, folder: Path, names: Sequence[str], unfinished: ExitStack
    ) -> tuple[TableFiles, TableFiles]:
        """The files of the tokens and of the spans; let go of when the stack unwinds."""
        tagged, whole = (
            TableFiles(folder, table, "parquet", rows_per_file=_ROWS, stem=self.split)
            for table in (tokens_table(names), SPANS)
        )
        unfinished.callback(tagged.abandon)
        unfinished.callback(whole.abandon)
        return tagged, whole


def _labels(schema: LabelSchema) -> list[str]:
    """The labels that a span can have, in the order of the schema."""
    return [label.id for label in schema.labels() if not label.merged_into]
