"""The two configurations of a Hugging Face dataset: tokens with tags, and texts with spans.

`default` is for token classification and holds no nesting; `spans` holds every span as it is. A feature
type that Arrow does not have, ClassLabel, is told in the metadata of the Parquet file.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import orjson

from annotator.snapshot import DocumentSnapshot
from exporters.columns import Column, Row, Table, texts
from exporters.iob2 import iob2
from exporters.tokens import Token

_SPAN_FIELDS = (
    *texts("id"),
    Column("start", "integer"),
    Column("end", "integer"),
    Column("fragments", "objects", (Column("start", "integer"), Column("end", "integer"))),
    *texts("text label layer attributes annotator"),
    Column("gold", "truth"),
    *texts("cite certainty note origin"),
)
SPANS = Table("spans", (*texts("id title kind case text"), Column("spans", "objects", _SPAN_FIELDS)))


def tokens_table(tag_names: Sequence[str]) -> Table:
    """The table of tokens, with the names that its tags stand for."""
    string = {"dtype": "string", "_type": "Value"}
    features = {
        "id": string,
        "tokens": {"feature": string, "_type": "Sequence"},
        "ner_tags": {"feature": {"names": list(tag_names), "_type": "ClassLabel"}, "_type": "Sequence"},
    }
    told = orjson.dumps({"info": {"features": features}}).decode()
    columns = (*texts("id"), Column("tokens", "texts"), Column("ner_tags", "integers"))
    return Table("tokens", columns, {"huggingface": told})


def tokens_row(of: DocumentSnapshot, own: Sequence[Token], tag_ids: Mapping[str, int]) -> Row:
    """The document's own tokens and their tags by number; its spans lie on their edges and share none."""
    return {
        "id": of.document.id,
        "tokens": [of.text[start:end] for start, end in own],
        "ner_tags": [tag_ids[tag] for tag in iob2(of.annotations, own)],
    }


def spans_row(line: Row) -> Row:
    """The document's text and all its spans, out of the parts of its native JSONL line."""
    spans = [_span(span) for span in cast(Iterable[Row], line["spans"])]
    return {**{key: line[key] for key in ("id", "title", "kind", "case", "text")}, "spans": spans}


def _span(span: Row) -> Row:
    pieces = cast(Iterable[tuple[int, int]], span["fragments"])
    told = {field.name: span[field.name] for field in _SPAN_FIELDS}
    return {
        **told,
        "fragments": [{"start": start, "end": end} for start, end in pieces],
        # Which attributes there are differs from label to label; a column has one shape.
        "attributes": orjson.dumps(span["attributes"]).decode(),
    }
