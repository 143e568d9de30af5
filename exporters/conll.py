"""CoNLL-2003 columns: a token a line with its tag, a blank line behind a sentence; IOB2 or BILOU.

Four columns, as the shared task had them (https://aclanthology.org/W03-0419/); what we do not know, parts of
speech and chunks, is `_`. Tags are not the IOB1 of 2003: every entity begins with B-, which strict evaluation
needs.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from annotator.model import Annotation
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Loss, Snapshot
from annotator.text import sentences
from exporters.aside import folder_written_aside, written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.file_names import FileNames
from exporters.flat import Policy
from exporters.flattening import PRIORITY, flattened
from exporters.losses import Fitted, Losses
from exporters.preflight import REPORT, report_json, report_of
from exporters.tokens import Token, token_range, tokens

_DOCSTART = "-DOCSTART- -X- -X- O\n\n"
_WHITE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class ConllExporter:
    """One file, or with `overlap` "layer" a folder with a file for each layer.

    `overlap`: which of two spans that share a token stays: the longest, or by `priority` of labels.
    `alignment`: what becomes of a span off the tokens.
    """

    name: str = "conll"
    summary: str = "CoNLL-2003 columns, a token a line with an IOB2 or BILOU tag, for taggers"
    options: tuple[Option, ...] = (
        Option("scheme", "iob2", "the tags", ("iob2", "bilou")),
        Option(
            "overlap",
            "longest",
            "which of the spans that share a token stays, or a file for each layer",
            ("longest", "priority", "layer"),
        ),
        PRIORITY,
        Option(
            "alignment",
            "strict",
            "a span off the tokens is left out, or takes in what it touches, or keeps whole tokens",
            ("strict", "expand", "contract"),
        ),
    )
    scheme: str = "iob2"
    overlap: str = "longest"
    priority: tuple[str, ...] = ()
    alignment: str = "strict"

    @property
    def suffix(self) -> str:
        """That of its file; "" where it writes a folder."""
        return "" if self.overlap == "layer" else ".conll"

    @property
    def holds(self) -> Holds:
        """Flat spans on tokens, and nothing else; the white space between tokens is not kept."""
        return Holds(
            nested=False,
            overlapping=False,
            discontinuous=False,
            any_characters=False,
            relations=False,
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
        """The spans on tokens that stay; those of each layer apart where each has its file."""
        return self._fit(document, tokens(document.text), _layers(snapshot))

    def _fit(self, document: DocumentSnapshot, own: Sequence[Token], layers: Mapping[str, str]) -> Fitted:
        by_layer = self.overlap == "layer"
        return flattened(
            _in_layers(document, layers) if by_layer else document,
            self.holds,
            policy="longest" if by_layer else cast(Policy, self.overlap),
            priority=self.priority,
            tokens=own,
            alignment=self.alignment,
            group=(lambda span: layers[span.label]) if by_layer else (lambda span: ""),
        )

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the file, or the folder."""
        if self.suffix:
            with written_aside(target) as file:
                return (yield from self._write(snapshot, target, {"": file}))
        with folder_written_aside(target) as folder, ExitStack() as stack:
            names = FileNames()
            files = {
                layer.id: stack.enter_context((folder / self._file_name(names.name(layer.id))).open("wb"))
                for layer in snapshot.schema.layers
            }
            report = yield from self._write(snapshot, target, files)
            (folder / REPORT).write_bytes(report_json(report_of(snapshot, self, report)))
        return report

    def _file_name(self, layer: str) -> str:
        return f"{layer}.{self.scheme}.conll"

    def _write(self, snapshot: Snapshot, target: Path, files: Mapping[str, BinaryIO]) -> Job[ExportReport]:
        """Write every document to the files, which are by layer; one that is called "" is for all layers."""
        total, documents, spans = snapshot.document_count, 0, 0
        losses = Losses()
        layers = _layers(snapshot)
        yield Progress(0, total)
        for document in snapshot.documents():
            own = tokens(document.text)
            held = self._fit(document, own, layers)
            losses.add(held.losses)
            for layer, file in files.items():
                chosen = [s for s in held.document.annotations if not layer or layers[s.label] == layer]
                file.write(self._document(document.text, own, chosen).encode())
            documents += 1
            spans += len(held.document.annotations)
            yield Progress(documents, total, document.document.title)
        return ExportReport(target, documents, spans, 0, losses)

    def _document(self, text: str, own: Sequence[Token], spans: Sequence[Annotation]) -> str:
        tags = ["O"] * len(own)
        joined: set[int] = set()
        for span in spans:
            first, last = cast(tuple[int, int], token_range(span, own))
            tags[first:last] = _tags(span.label, last - first, self.scheme)
            joined.update(range(first + 1, last))
        # A blank line would end a span, so that no sentence ends within one.
        starts = {sentence.start for sentence in sentences(text)[1:]}
        lines = [_DOCSTART]
        for place, (start, end) in enumerate(own):
            if start in starts and place not in joined:
                lines.append("\n")
            lines.append(f"{text[start:end]} _ _ {tags[place]}\n")
        lines.append("\n")
        return "".join(lines)


def _tags(label: str, length: int, scheme: str) -> list[str]:
    """The tags of an entity of so many tokens."""
    name = _WHITE.sub("_", label)
    inside = [f"I-{name}"] * (length - 1)
    if scheme == "iob2":
        return [f"B-{name}", *inside]
    return [f"B-{name}", *inside[1:], f"L-{name}"] if length > 1 else [f"U-{name}"]


def _layers(snapshot: Snapshot) -> dict[str, str]:
    return {label.id: label.layer for label in snapshot.schema.labels()}


def _in_layers(of: DocumentSnapshot, layers: Mapping[str, str]) -> DocumentSnapshot:
    """The document without the spans whose label the schema does not have; there is no file for them."""
    kept = tuple(span for span in of.annotations if span.label in layers)
    lost = tuple(
        Loss("no_place", span.document, span.id, f"its label {span.label} is in no layer")
        for span in of.annotations
        if span.label not in layers
    )
    return replace(of, annotations=kept, losses=(*of.losses, *lost)) if lost else of
