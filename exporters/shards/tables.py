"""The tables of the large export and the rows that a document has in each, made of its native JSONL line.

A line of the native format nests; engines that read folders want flat tables that join on `document`.
"""

from collections.abc import Iterable, Iterator
from typing import cast

from exporters.columns import Column, Row, Table, texts

DOCUMENTS = Table(
    "documents",
    (
        *texts("id title kind case text text_sha256 source_name source_sha256 reader created"),
        Column("metadata", "json"),
        Column("status", "json"),
    ),
)
SPANS = Table(
    "spans",
    (
        *texts("id document"),
        Column("start", "integer"),
        Column("end", "integer"),
        Column("fragments", "objects", (Column("start", "integer"), Column("end", "integer"))),
        *texts("text layer label"),
        Column("attributes", "json"),
        Column("annotator"),
        Column("gold", "truth"),
        Column("cite"),
        Column("page", "integer"),
        *texts("certainty origin note created changed"),
    ),
)
RELATIONS = Table(
    "relations",
    (
        *texts("id document type source target target_document"),
        Column("attributes", "json"),
        Column("annotator"),
        Column("gold", "truth"),
        *texts("certainty note origin created changed"),
    ),
)
DOCUMENT_LABELS = Table(
    "document_labels",
    (*texts("document name"), Column("value", "json"), Column("annotator"), Column("gold", "truth")),
)
DECISIONS = Table(
    "decisions",
    (
        *texts("id document annotation outcome"),
        Column("proposers", "texts"),
        *texts("rule_id reason comment decided_by decided"),
    ),
)
# What is said of a span besides its words.
_ROW_SIZE = 300
TABLES = (DOCUMENTS, SPANS, RELATIONS, DOCUMENT_LABELS, DECISIONS)


def table_rows(line: Row) -> Iterator[tuple[Table, Row]]:
    """The rows of the parts of a native line, one after another, each with its table."""
    document = line["id"]
    source = cast(Row, line["source"])
    about = {f"source_{key}": source[key] for key in ("name", "sha256")}
    yield DOCUMENTS, DOCUMENTS.cut({**line, **about, "reader": source["reader"]})
    for span in _listed(line, "spans"):
        pieces = cast(Iterable[tuple[int, int]], span["fragments"])
        fragments = [{"start": start, "end": end} for start, end in pieces]
        yield SPANS, SPANS.cut({**span, "document": document, "fragments": fragments})
        if span["decision"]:
            decided = {**cast(Row, span["decision"]), "annotation": span["id"], "document": document}
            yield DECISIONS, DECISIONS.cut(decided)
    for key, table in (("relations", RELATIONS), ("labels", DOCUMENT_LABELS), ("decisions", DECISIONS)):
        for row in _listed(line, key):
            yield table, table.cut({**row, "document": document})


def size(row: Row) -> int:
    """About how many characters a row holds."""
    text = row.get("text")
    return _ROW_SIZE + (len(text) if isinstance(text, str) else 0)


def _listed(line: Row, key: str) -> Iterable[Row]:
    return cast(Iterable[Row], line[key])
