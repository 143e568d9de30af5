"""What the page of a case lists, as rows of words: its documents, its timeline, and why one is proposed."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from annotator.cases import Proposed
from annotator.model import Annotation, Document
from annotator.schema import LabelSchema
from annotator.services.cases import CaseView, date_of
from annotator.store import Store
from ui.panels.fields import value_words
from ui.panels.span_words import kind_words, one_line, shortened

LONGEST = 110
_DECIDED = ("order", "holding", "finding")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its cells, and where it leads: a document, and in it a span, "" for none."""

    cells: tuple[str, ...]
    document: str
    span: str = ""


def documents(view: CaseView) -> list[Row]:
    """The documents of a case, filings before articles, each sort by date."""
    return [
        Row((document.title, kind_words(document.kind), _number(document), date_of(document)), document.id)
        for document in (*view.filings, *view.articles)
    ]


def timeline(view: CaseView, store: Store, schema: LabelSchema, set_id: str) -> list[Row]:
    """What happened when: documents by their dates, and under a filing what was decided in it."""
    rows: list[Row] = []
    for document in view.documents:
        verb = _tr("Published") if document.kind == "article" else _tr("Filed")
        rows.append(Row((date_of(document) or _tr("no date"), f"{verb}: {document.title}"), document.id))
        if document.kind != "article":
            rows += _decided(document, store, schema, set_id)
    return rows


def _decided(document: Document, store: Store, schema: LabelSchema, set_id: str) -> Iterator[Row]:
    for span in store.annotations(document.id, set_id):
        if schema.in_force(span.label) in _DECIDED:
            yield Row(("", f"    {_told(span, schema)}"), document.id, span.id)


def _told(span: Annotation, schema: LabelSchema) -> str:
    label = schema.label(span.label)
    values = [
        value_words(span.attributes[name]) for name in ("disposition", "issue") if name in span.attributes
    ]
    facts = f" ({', '.join(values)})" if values else ""
    name = span.label if label is None else label.name
    return f"{name}{facts}: {shortened(one_line(span.quote.exact), LONGEST)}"


def reason(proposed: Proposed) -> str:
    """Why a document is proposed, in words."""
    sentence = {
        "number": _tr("has the number {words}"),
        "caption": _tr("has the caption {words}"),
        "parties": _tr("names {words}"),
    }[proposed.reason]
    return sentence.format(words=proposed.words)


def _number(document: Document) -> str:
    said = document.metadata.get("document_number")
    return str(said) if said else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)
