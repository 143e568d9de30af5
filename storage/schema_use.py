"""What the spans and links of a project use of its label schema, counted by SQLite over all sets."""

from collections.abc import Sequence
from typing import cast

import orjson
from sqlalchemy import Connection, bindparam, func, select, text

from annotator.model import AttributeValue
from annotator.schema_uses import DocumentValueUse, LabelUse, LinkUse, SchemaUse, ValueUse
from storage import tables

_SPANS = tables.annotation
_LABELS = select(_SPANS.c.label, _SPANS.c.set, func.count()).group_by(_SPANS.c.set, _SPANS.c.label)
_DOCUMENTS = select(_SPANS.c.label, func.count(_SPANS.c.document.distinct())).group_by(_SPANS.c.label)
# A text may be another one in every span, so that only choices are told apart by their value.
_VALUES = text(
    """
    SELECT each.key, annotation.label, CASE WHEN each.key IN :choices THEN each.type END,
      CASE WHEN each.key IN :choices THEN each.value END, count(*)
    FROM annotation, json_each(annotation.attributes) AS each
    WHERE annotation.attributes <> '{}'
    GROUP BY 1, 2, 3, 4
    """
).bindparams(bindparam("choices", expanding=True))
_DOCUMENT_VALUES = text(
    """
    SELECT name, CASE WHEN name IN :choices THEN value END, count(DISTINCT document)
    FROM document_label
    GROUP BY 1, 2
    """
).bindparams(bindparam("choices", expanding=True))
_LINKS = text(
    """
    SELECT relation.type, source.label, target.label, relation.attributes,
      source.document <> target.document, count(*)
    FROM relation
    JOIN annotation AS source ON source.id = relation.source
    JOIN annotation AS target ON target.id = relation.target
    GROUP BY 1, 2, 3, 4, 5
    """
)


def schema_use(connection: Connection, choices: Sequence[str]) -> SchemaUse:
    """What is used; of the attributes in `choices` each value is counted by itself."""
    told_apart = {"choices": list(choices) or [""]}
    return SchemaUse(
        labels=tuple(LabelUse(*row) for row in connection.execute(_LABELS)),
        documents={row[0]: row[1] for row in connection.execute(_DOCUMENTS)},
        values=tuple(
            ValueUse(attribute, label, _value(kind, value), spans)
            for attribute, label, kind, value, spans in connection.execute(_VALUES, told_apart)
        ),
        links=tuple(
            LinkUse(type, source, target, _attributes(attributes), bool(is_across), links)
            for type, source, target, attributes, is_across, links in connection.execute(_LINKS)
        ),
        document_values=tuple(
            DocumentValueUse(name, _read_value(value), documents)
            for name, value, documents in connection.execute(_DOCUMENT_VALUES, told_apart)
        ),
    )


def _value(kind: str | None, value: object) -> AttributeValue | None:
    """A value as `json_each` gives it, of a JSON type; None where it is not told apart."""
    if kind == "array":
        return tuple(orjson.loads(cast(str, value)))
    if kind in ("true", "false"):
        return kind == "true"
    return None if kind is None else cast(AttributeValue, value)


def _read_value(json: str | None) -> AttributeValue | None:
    """A value as it is stored of a document, as JSON; None where it is not told apart."""
    value = None if json is None else orjson.loads(json)
    return tuple(value) if isinstance(value, list) else cast("AttributeValue | None", value)


def _attributes(json: str) -> dict[str, AttributeValue]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in orjson.loads(json).items()
    }
