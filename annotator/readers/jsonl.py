"""Reads back what the JSONL exporter writes: annotated documents, one a line. See docs/formats/jsonl.md.

The file is gone through twice, a line at a time: to find in which unit its offsets count, and to read.
A line that cannot be read is refused with its number and the others are read; a span whose words are
not at its offsets is left out and listed in the warnings of its document.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from annotator.model import AttributeValue, Certainty, Origin, WorkState
from annotator.readers.claims import left_out
from annotator.readers.document import (
    ReadAnnotation,
    ReadDecision,
    ReadDocument,
    ReadRelation,
    ReadSet,
    RefusedSource,
)
from annotator.readers.json_fields import Fault, Fields
from annotator.readers.json_rows import documents, rows
from annotator.readers.offset_units import (
    Pair,
    Unit,
    UnitVotes,
    after_newlines,
    converter,
    merged,
    placed,
    quotes,
)
from annotator.readers.source import checked_text, first_line_title
from annotator.schema import DOCUMENT_KINDS
from annotator.text import text_sha256

VERSION = "1"

_LINE_KEYS = {
    *("id", "title", "kind", "case", "text", "text_sha256", "source", "created", "metadata", "schema"),
    *("guideline", "labels", "status", "spans", "relations", "decisions"),
}
_SPAN_KEYS = {
    *("id", "fragments", "start", "end", "text", "layer", "label", "attributes", "annotator", "gold", "cite"),
    *("page", "certainty", "origin", "note", "created", "changed", "decision"),
}


def read(source: Path) -> Iterator[ReadDocument | RefusedSource]:
    """The documents of the file in their order; UnreadableSource if no line of it is one."""
    unit = _unit(source)
    schema = _Schema()
    return documents(
        source, lambda line, place: _document(line, schema, unit=unit, source=source, place=place)
    )


def _unit(source: Path) -> Unit:
    """The unit under which most spans of the file have the words that they quote."""
    votes = UnitVotes()
    for row in rows(source):
        # Where all is ASCII the units are one, and JSON may write other letters as \u escapes.
        if isinstance(row.value, bytes) and row.value.isascii() and b"\\u" not in row.value:
            continue
        try:
            fields = row.fields()
            text = fields.text("text")
            claims = [_claim(span) for span in fields.rows("spans", "span")]
        except Fault:
            continue
        votes.add(text, [(pairs, words) for pairs, words in claims if words])
    return votes.unit()


def _claim(span: Fields) -> tuple[tuple[Pair, ...], str]:
    pairs = span.pairs("fragments") or ((span.number("start", -1), span.number("end", -1)),)
    return pairs, span.text("text")


@dataclass(slots=True)
class _Schema:
    """The schema and guidelines that a line of the file brought whole, for the lines that only name them."""

    toml: str = ""
    sha256: str = ""
    guidelines: str | None = None

    def take(self, schema: Fields, guideline: Fields) -> None:
        """Keep the whole texts if this line has them."""
        toml = schema.text("toml")
        if toml:
            self.toml, self.sha256 = toml, text_sha256(toml)
        if "markdown" in guideline.values:
            self.guidelines = guideline.text("markdown")

    def guideline_number(self, guideline: Fields) -> int:
        """The number of the guidelines in the line's project, 0 if the file does not bring them."""
        if self.guidelines is None or guideline.text("sha256") != text_sha256(self.guidelines):
            return 0
        return guideline.number("number")


def _document(line: Fields, known: _Schema, *, unit: Unit, source: Path, place: str) -> ReadDocument:
    raw = line.needed_text("text")
    schema, guideline, origin = line.fields("schema"), line.fields("guideline"), line.fields("source")
    known.take(schema, guideline)
    has_schema = bool(known.toml) and schema.text("sha256", known.sha256) == known.sha256
    guideline_number = known.guideline_number(guideline)
    text = checked_text(raw, place)
    spans = _Spans(raw, unit)
    sets = _sets(line, spans)
    original = origin.text("sha256")
    is_original_here = original in ("", text_sha256(text))
    return ReadDocument(
        title=line.text("title").strip() or first_line_title(text, f"{source.stem}, {place}"),
        text=text,
        source=text.encode(),
        source_name=origin.text("name", source.name),
        reader=origin.text("reader", "jsonl"),
        reader_version=origin.text("version", VERSION),
        kind=line.text("kind", "article"),
        key=_key(line) or place,
        case=line.text("case"),
        created=line.text("created"),
        options={} if is_original_here else {"source_sha256": original},
        metadata=line.table("metadata"),
        sets=sets,
        warnings=(*_doubts(line, raw), *spans.warnings),
        schema_toml=known.toml if has_schema else "",
        schema_number=schema.number("number") if has_schema else 0,
        guidelines=(known.guidelines or "") if guideline_number else "",
        guideline_number=guideline_number,
    )


def _key(line: Fields) -> str:
    """The id of the document; other programs write it as a number."""
    value = line.values.get("id")
    return str(value) if isinstance(value, int) else line.text("id")


def _doubts(line: Fields, raw: str) -> Iterator[str]:
    unknown = line.unknown(_LINE_KEYS)
    unknown += sorted(
        {f"{key} of spans" for span in line.rows("spans", "span") for key in span.unknown(_SPAN_KEYS)}
    )
    if unknown:
        yield f"Left out what this format does not have: {', '.join(unknown)}."
    if line.text("text_sha256") not in ("", text_sha256(raw)):
        yield "The text is not the one that its text_sha256 names: it was changed after it was exported."
    kind = line.text("kind", "article")
    if kind not in DOCUMENT_KINDS:
        yield f"The kind of document “{kind}” is not one of {', '.join(DOCUMENT_KINDS)}."


class _Spans:
    """Turns spans of one line into annotations; `warnings` lists those that had to be left out."""

    def __init__(self, raw: str, unit: Unit) -> None:
        self._raw = raw
        self._convert = converter(raw, unit)
        self._after_newlines = after_newlines(raw)
        self.warnings: list[str] = []
        self.left_out: set[str] = set()

    def annotation(self, span: Fields, key: str) -> ReadAnnotation | None:
        """The annotation, None if its words are not where it says; its key is then in `left_out`."""
        label = span.needed_text("label")
        pairs, words = _claim(span)
        found = placed(pairs, self._convert)
        if found is None or (words and not quotes(self._raw, found, words)):
            self.left_out.add(key)
            reads = None if found is None else " ".join(self._raw[start:end] for start, end in found)
            self.warnings.append(left_out(label, pairs, words, reads=reads))
            return None
        return ReadAnnotation(
            key=key,
            label=label,
            fragments=merged(
                (self._after_newlines(start), self._after_newlines(end)) for start, end in found
            ),
            layer=span.text("layer"),
            attributes=span.attributes("attributes"),
            note=span.text("note"),
            certainty=span.choice("certainty", get_args(Certainty), "sure"),
            origin=span.choice("origin", get_args(Origin), "import"),
            created=span.text("created"),
            changed=span.text("changed"),
        )


@dataclass(slots=True)
class _Set:
    """One annotator's part of a line, or gold, while it is collected."""

    annotator: str
    is_gold: bool
    annotations: list[ReadAnnotation] = field(default_factory=list)
    relations: list[ReadRelation] = field(default_factory=list)
    labels: dict[str, AttributeValue] = field(default_factory=dict)
    decisions: list[ReadDecision] = field(default_factory=list)
    state: WorkState | None = None
    layers: tuple[str, ...] = ()
    message: str = ""

    def done(self) -> ReadSet:
        return ReadSet(
            annotator=self.annotator,
            kind="gold" if self.is_gold else "annotator",
            annotations=tuple(self.annotations),
            relations=tuple(self.relations),
            labels=self.labels,
            decisions=tuple(self.decisions),
            state=self.state,
            layers=self.layers,
            message=self.message,
        )


class _Sets(dict[tuple[str, bool], _Set]):
    """The parts of a line by annotator, in the order in which the line first names them."""

    def of(self, row: Fields) -> _Set:
        is_gold = row.flag("gold")
        key = ("" if is_gold else row.text("annotator"), is_gold)
        return self.setdefault(key, _Set(*key))


def _sets(line: Fields, spans: _Spans) -> tuple[ReadSet, ...]:
    sets = _Sets()
    seen: set[str] = set()
    for number, span in enumerate(line.rows("spans", "span"), start=1):
        key = span.text("id") or f"span {number}"
        if key in seen:
            raise span.fault(f"has the id {key}, which another span of the line has too")
        seen.add(key)
        owner = sets.of(span)
        annotation = spans.annotation(span, key)
        if annotation is not None:
            owner.annotations.append(annotation)
            if span.values.get("decision") is not None:
                owner.decisions.append(_decision(span.fields("decision"), annotation.key))
    for relation in line.rows("relations", "relation"):
        found = _relation(relation, spans)
        if found is not None:
            sets.of(relation).relations.append(found)
    for label in line.rows("labels", "label"):
        sets.of(label).labels[label.needed_text("name")] = label.attribute("value")
    for row in line.rows("status", "status"):
        owner = sets.of(row)
        owner.state = row.choice("state", get_args(WorkState), "todo")
        owner.layers, owner.message = row.texts("layers"), row.text("message")
    gold = Fields({"gold": True})
    for row in line.rows("decisions", "decision"):
        sets.of(gold).decisions.append(_decision(row, row.text("annotation")))
    return tuple(part.done() for part in sets.values())


def _relation(row: Fields, spans: _Spans) -> ReadRelation | None:
    relation = ReadRelation(
        type=row.needed_text("type"),
        source=row.needed_text("source"),
        target=row.needed_text("target"),
        target_document=row.text("target_document"),
        key=row.text("id"),
        attributes=row.attributes("attributes"),
        note=row.text("note"),
        certainty=row.choice("certainty", get_args(Certainty), "sure"),
        origin=row.choice("origin", get_args(Origin), "import"),
        created=row.text("created"),
        changed=row.text("changed"),
    )
    if relation.source in spans.left_out or relation.target in spans.left_out:
        spans.warnings.append(f"Link {relation.type} left out with the span that it joins.")
        return None
    return relation


def _decision(row: Fields, annotation: str) -> ReadDecision:
    return ReadDecision(
        key=row.text("id"),
        annotation=annotation,
        outcome=row.needed_text("outcome"),
        proposers=row.texts("proposers"),
        decided_by=row.needed_text("decided_by"),
        decided=row.text("decided"),
        rule_id=row.text("rule_id"),
        reason=row.text("reason"),
        comment=row.text("comment"),
    )
