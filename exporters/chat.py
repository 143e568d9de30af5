"""Chat JSONL for fine-tuning: the text in, its spans out as exact quotes with the number of their occurrence.

A model is never asked for offsets, which it cannot count; `offsets.jsonl` has the true ones, line for line.
`place_of` finds a quote again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

import orjson

from annotator.model import Annotation, Fragment
from annotator.progress import Job, Progress
from annotator.schema import LabelSchema
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.aside import folder_written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.fitting import fitted
from exporters.losses import Fitted, Losses
from exporters.preflight import REPORT, report_json, report_of

Row: TypeAlias = dict[str, object]

PROMPT = (
    "You mark passages in legal news and court documents. Copy every passage exactly as it stands in the "
    'text. Answer with JSON alone: {"entities":[{"text":"...","label":"...","occurrence":1}]}, in the order '
    "of the text. occurrence counts, from 1, the places where the same words stand in the text. A passage in "
    'several pieces has "pieces", each with text and occurrence, instead. With nothing to mark, entities is '
    "empty."
)


@dataclass(frozen=True, slots=True)
class ChatExporter:
    """A folder with `chat.jsonl`, for the trainer, and `offsets.jsonl`, for whoever checks an answer."""

    prompt: str = ""
    attributes: bool = True
    max_characters: int = 0
    name: str = "chat"
    suffix: str = ""
    summary: str = "Chat JSONL for fine-tuning a language model: exact quotes, with true offsets beside them"

    @property
    def holds(self) -> Holds:
        return Holds(
            relations=False,
            relations_across_documents=False,
            relation_attributes=False,
            attributes=self.attributes,
            notes=False,
            document_labels=False,
            certainty=False,
            text_free=False,
        )

    @property
    def options(self) -> tuple[Option, ...]:
        return (
            Option("prompt", "", "Instruction to the model, in place of the one that lists the labels"),
            Option("attributes", True, "Ask for the attributes of spans as well"),
            Option("max_characters", 0, "Mark longer texts as over the limit in the sidecar; 0 for no limit"),
        )

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        return fitted(document, self.holds)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write a conversation for each document and each of those who annotated it."""
        total = snapshot.document_count
        yield Progress(0, total)
        documents = spans = lines = 0
        losses = Losses()
        system = self.prompt or f"{PROMPT}\n\n{_labels(snapshot.schema)}"
        with (
            folder_written_aside(target) as folder,
            (folder / "chat.jsonl").open("wb") as chat,
            (folder / "offsets.jsonl").open("wb") as offsets,
        ):
            for document in snapshot.documents():
                fit = self.fit(document, snapshot)
                losses.add(fit.losses)
                for owner in _owners(fit.document):
                    own = [span for span in fit.document.annotations if span.set == owner]
                    lines += 1
                    _write(chat, _conversation(system, fit.document.text, own, snapshot.schema))
                    _write(offsets, self._offsets(lines, fit.document, owner, own, snapshot))
                documents += 1
                spans += len(fit.document.annotations)
                yield Progress(documents, total, document.document.title)
            report = ExportReport(target, documents, spans, 0, losses)
            (folder / REPORT).write_bytes(report_json(report_of(snapshot, self, report)))
        return report

    def _offsets(
        self, line: int, of: DocumentSnapshot, owner: str, spans: Iterable[Annotation], snapshot: Snapshot
    ) -> Row:
        """The line of the sidecar: what the answer of the same line quotes, by code points."""
        is_gold = owner != "" and snapshot.sets[owner].kind == "gold"
        return {
            "line": line,
            "document": of.document.id,
            "title": of.document.title,
            "case": of.document.case,
            "annotator": snapshot.owner_name(owner) if owner and not is_gold else None,
            "gold": is_gold,
            "text_sha256": of.text_version.text_sha256,
            "characters": len(of.text),
            "over_limit": 0 < self.max_characters < len(of.text),
            "spans": [
                {
                    "id": span.id,
                    "label": _label(span, snapshot.schema),
                    "fragments": [list(piece) for piece in span.fragments],
                    "origin": span.origin,
                }
                for span in spans
            ],
        }


def occurrence(text: str, start: int, end: int) -> int:
    """Which of the places where the same words stand this one is, from 1; places may overlap."""
    words, count, place = text[start:end], 0, -1
    while (place := text.find(words, place + 1)) <= start:
        count += 1
        if place == start:
            break
    return count


def place_of(text: str, words: str, number: int) -> Fragment | None:
    """Where the words stand for the number-th time, from 1; None if they do not stand there so often."""
    place = -1
    for _ in range(number):
        place = text.find(words, place + 1)
        if place < 0:
            return None
    return Fragment(place, place + len(words)) if number > 0 else None


def _owners(of: DocumentSnapshot) -> list[str]:
    """The sets that mark something here, in order of their first span; "" where nobody does."""
    return list(dict.fromkeys(span.set for span in of.annotations)) or [""]


def _conversation(system: str, text: str, spans: Iterable[Annotation], schema: LabelSchema) -> Row:
    answer = {"entities": [_entity(text, span, schema) for span in spans]}
    return {
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": text},
            {"role": "assistant", "content": orjson.dumps(answer).decode()},
        ]
    }


def _entity(text: str, span: Annotation, schema: LabelSchema) -> Row:
    pieces = [_quoted(text, piece) for piece in span.fragments]
    label = _label(span, schema)
    entity: Row
    if len(pieces) == 1:
        entity = {"text": pieces[0]["text"], "label": label, "occurrence": pieces[0]["occurrence"]}
    else:
        entity = {"pieces": pieces, "label": label}
    if span.attributes:
        entity["attributes"] = {name: span.attributes[name] for name in sorted(span.attributes)}
    return entity


def _quoted(text: str, piece: Fragment) -> Row:
    return {"text": text[piece.start : piece.end], "occurrence": occurrence(text, *piece)}


def _label(span: Annotation, schema: LabelSchema) -> str:
    label = schema.label(span.label)
    return label.id if label is not None else span.label


def _labels(schema: LabelSchema) -> str:
    """The labels with what they mark, one a line, for the instruction."""
    return "\n".join(_label_lines(schema))


def _label_lines(schema: LabelSchema) -> Iterator[str]:
    yield "Labels:"
    for label in schema.labels():
        if not label.retired and not label.merged_into:
            yield f"- {label.id}: {label.summary or label.name}"


def _write(file: BinaryIO, row: Row) -> None:
    file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
