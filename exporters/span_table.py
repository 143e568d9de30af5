"""Spans as rows of a table for people: where each stands, what surrounds it, and whose it is.

CSV and XLSX share it. Cells are values, not yet defused: what a spreadsheet would run as a formula is for
the format to make harmless.
"""

from collections.abc import Iterator
from typing import TypeAlias

import orjson

from annotator.cites import cites_of
from annotator.model import Annotation, Attributes, AttributeValue
from annotator.schema import LabelSchema
from annotator.snapshot import DocumentSnapshot, Snapshot

Cell: TypeAlias = str | int | float | bool | None

_BEFORE = (
    "document",
    "title",
    "kind",
    "case",
    "source",
    "cite",
    "page",
    "before",
    "text",
    "after",
    "layer",
    "label",
    "label_name",
    "annotator",
    "gold",
    "certainty",
    "note",
)
_AFTER = (
    "other_attributes",
    "origin",
    "created",
    "changed",
    "span",
    "start",
    "end",
    "fragments",
    "text_sha256",
)
_ATTRIBUTE = "attribute."


class SpanTable:
    """The columns and rows of one snapshot; every attribute of the schema has a column of its own."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._schema: LabelSchema = snapshot.schema
        self._attributes = tuple(attribute.id for attribute in snapshot.schema.attributes)
        self.columns = (*_BEFORE, *(_ATTRIBUTE + name for name in self._attributes), *_AFTER)

    def rows(self, of: DocumentSnapshot) -> Iterator[tuple[Cell, ...]]:
        """A row for each span, in the order of the document."""
        cites = cites_of(of.document, of.pages) if of.pages else None
        document = of.document
        head = (document.id, document.title, document.kind, document.case, document.source_name)
        for span in of.annotations:
            yield (
                *head,
                cites.cite(span.start, span.end) if cites else "",
                cites.page(span.start) if cites else None,
                *self._words(span),
                *self._whose(span),
                *(_cell(span.attributes.get(name)) for name in self._attributes),
                self._others(span.attributes),
                span.origin,
                span.created,
                span.changed,
                span.id,
                span.start,
                span.end,
                " ".join(f"{piece.start}-{piece.end}" for piece in span.fragments),
                of.text_version.text_sha256,
            )

    def _words(self, span: Annotation) -> tuple[Cell, ...]:
        label = self._schema.label(span.label)
        quote = span.quote
        if label is None:
            return quote.prefix, quote.exact, quote.suffix, "", span.label, span.label
        return quote.prefix, quote.exact, quote.suffix, label.layer, label.id, label.name

    def _whose(self, span: Annotation) -> tuple[Cell, ...]:
        is_gold = self._snapshot.sets[span.set].kind == "gold"
        return self._snapshot.owner_name(span.set), is_gold, span.certainty, span.note

    def _others(self, attributes: Attributes) -> str:
        """What the schema has no attribute for, as a JSON object; "" for nothing."""
        others = {name: attributes[name] for name in sorted(attributes) if name not in self._attributes}
        return orjson.dumps(others).decode() if others else ""


def _cell(value: AttributeValue | None) -> Cell:
    """A value as a cell; several are parted by "; "."""
    return "; ".join(value) if isinstance(value, tuple) else value


def shortened(text: str, room: int) -> str:
    """The text, its end cut off where it is longer than the room in characters; "…" then ends it."""
    return text if len(text) <= room else text[: room - 1] + "…"
