"""Prodigy's JSONL: a line for each annotator of a text, with spaCy's tokens, spans on them, and relations.

`end` is exclusive but `token_end` names the last token itself. Prodigy skips spans off its tokens without a
word, and takes the head and child of a relation for tokens: here each is the last token of its span.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import orjson

from annotator.model import Annotation, Relation
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters.about import about
from exporters.aside import written_aside
from exporters.exporter import ExportReport, Holds, Option
from exporters.flat import Policy
from exporters.flattening import PRIORITY, fitting_spans, flattened, rest
from exporters.losses import Fitted, Losses
from exporters.owned import Owned, owned, without_links_between_owners
from exporters.spacy_tokens import ALIGNMENT, own_tokens, tokenizer

if TYPE_CHECKING:
    from spacy.tokens import Doc

Row: TypeAlias = dict[str, object]

_NOBODY = Owned("", (), ())


@dataclass(frozen=True, slots=True)
class ProdigyExporter:
    """`spans`: all, for spans.manual and relations, or flat, for ner.manual.

    `overlap` and `priority` choose among spans of one annotator that share a token where they are flat.
    """

    name: str = "prodigy"
    suffix: str = ".jsonl"
    summary: str = "Prodigy's JSONL of spans and relations on spaCy's tokens, a line for each annotator"
    options: tuple[Option, ...] = (
        Option("language", "en", "the code of the language whose tokenizer spaCy takes"),
        Option("spans", "all", "all, for spans.manual, or flat, for ner.manual", ("all", "flat")),
        ALIGNMENT,
        Option(
            "overlap",
            "longest",
            "which of the spans that share a token stays where they are flat",
            ("longest", "priority"),
        ),
        PRIORITY,
    )
    language: str = "en"
    spans: str = "all"
    alignment: str = "strict"
    overlap: str = "longest"
    priority: tuple[str, ...] = ()

    @property
    def holds(self) -> Holds:
        """Spans on tokens, and links between them; attributes and notes have no place."""
        return Holds(
            nested=self.spans == "all",
            overlapping=self.spans == "all",
            discontinuous=False,
            any_characters=False,
            relations_across_documents=False,
            relation_attributes=False,
            attributes=False,
            notes=False,
            document_labels=False,
            certainty=False,
            text_free=False,
        )

    def fit(self, document: DocumentSnapshot, snapshot: Snapshot) -> Fitted:
        """The spans on spaCy's tokens; with `flat` also none of an annotator's that share a token."""
        return self._fit(document, tokenizer(self.language).make_doc(document.text))

    def _fit(self, document: DocumentSnapshot, doc: "Doc") -> Fitted:
        own = own_tokens(doc)
        if self.spans == "flat":
            held = flattened(
                document,
                self.holds,
                policy=cast(Policy, self.overlap),
                priority=self.priority,
                tokens=own,
                alignment=self.alignment,
                group=lambda span: span.set,
            )
        else:
            spans, losses = fitting_spans(document, self.holds, tokens=own, alignment=self.alignment)
            held = rest(document, self.holds, spans, losses)
        return without_links_between_owners(held)

    def export(self, snapshot: Snapshot, target: Path) -> Job[ExportReport]:
        """Write the lines, a document at a time."""
        nlp = tokenizer(self.language)
        total, documents, spans, relations = snapshot.document_count, 0, 0, 0
        losses = Losses()
        yield Progress(0, total)
        with written_aside(target) as file:
            for document in snapshot.documents():
                doc = nlp.make_doc(document.text)
                held = self._fit(document, doc)
                losses.add(held.losses)
                for row in _rows(held.document, doc, snapshot):
                    file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
                documents += 1
                spans += len(held.document.annotations)
                relations += len(held.document.relations)
                yield Progress(documents, total, document.document.title)
        return ExportReport(target, documents, spans, relations, losses)


def _rows(of: DocumentSnapshot, doc: "Doc", snapshot: Snapshot) -> Iterator[Row]:
    """The text as each annotator marked it, by name; once without an annotator if nobody did."""
    tokens = [_token(token.text, token.idx, token.i, bool(token.whitespace_)) for token in doc]
    parts = sorted(owned(of), key=lambda part: (snapshot.owner_name(part.set), part.set))
    for part in parts or [_NOBODY]:
        who = snapshot.owner_name(part.set) if part.set else ""
        places = {span.id: _place(span, doc) for span in part.spans}
        row: Row = {
            "text": of.text,
            "tokens": tokens,
            "spans": [{**places[span.id], **_origin(span)} for span in part.spans],
            "relations": [_relation(link, places) for link in part.links],
            "meta": about(of),
            "answer": "accept",
        }
        yield {**row, **_identity({**row, "spans": list(places.values())}, who)}


def _token(text: str, start: int, number: int, has_blank: bool) -> Row:
    return {"text": text, "start": start, "end": start + len(text), "id": number, "ws": has_blank}


def _place(span: Annotation, doc: "Doc") -> Row:
    found = doc.char_span(span.start, span.end)
    if found is None:
        raise ValueError(f"the span {span.id} is not on token edges")
    return {
        "start": span.start,
        "end": span.end,
        "token_start": found.start,
        "token_end": found.end - 1,
        "label": span.label,
    }


def _origin(span: Annotation) -> Row:
    """A key of our own for a span that was suggested; Prodigy keeps keys that it does not know."""
    return {"origin": span.origin} if span.origin == "suggestion" else {}


def _relation(link: Relation, places: Mapping[str, Row]) -> Row:
    head, child = places[link.source], places[link.target]
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": head,
        "child_span": child,
        "label": link.type,
    }


def _identity(row: Row, who: str) -> Row:
    """Prodigy's own numbers, by which it groups annotators of one text and knows what it has already.

    How a span came about does not make it another.
    """
    found: Row = {"_input_hash": _hash([row["text"]])}
    found["_task_hash"] = _hash([row["text"], row["spans"], row["relations"]])
    found["_view_id"] = "relations" if row["relations"] else "spans_manual"
    return {**found, "_session_id": who, "_annotator_id": who} if who else found


def _hash(values: Sequence[object]) -> int:
    """A number of 32 bits with its sign, as Prodigy's are."""
    return int.from_bytes(hashlib.sha256(orjson.dumps(values)).digest()[:4], "big", signed=True)
