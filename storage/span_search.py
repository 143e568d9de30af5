"""Finding annotations by label, attribute, words, note, flag and whose they are, over all documents.

SQLite narrows by what its columns hold; words are compared here, since its LIKE knows only ASCII's cases.
"""

from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import Connection

from annotator.flags import FLAG
from annotator.searching import SpanHit, SpanHitPage, SpanSearch
from storage.rows import CHOSEN, as_json

_SPANS = (
    'SELECT annotation.id, annotation.document, annotation."set", annotation.label, annotation.start, '
    'annotation."end", annotation.prefix, annotation.exact, annotation.suffix, annotation.note, '
    "annotation.attributes FROM document CROSS JOIN annotation ON annotation.document = document.id "
    "AND annotation.text_version = document.text_version WHERE 1"
)
_ORDER = ' ORDER BY document.place, annotation.start, annotation."end", annotation.id'
_AT_ONCE = 500


def find_spans(connection: Connection, search: SpanSearch, *, after: int, limit: int) -> SpanHitPage:
    """Up to `limit` annotations, behind the first `after` that the columns narrow to."""
    hits: list[SpanHit] = []
    place = after
    for row in _rows(connection, search, after):
        hit = _hit(search, row)
        if hit is not None and len(hits) == limit:
            return SpanHitPage(tuple(hits), place)
        place += 1
        if hit is not None:
            hits.append(hit)
    return SpanHitPage(tuple(hits))


def _rows(connection: Connection, search: SpanSearch, after: int) -> Iterator[Any]:
    query, values = _SPANS, list[Any]()
    for column, value in (("set", search.set_id), ("label", search.label)):
        if value is not None:
            query += f' AND annotation."{column}" = ?'
            values.append(value)
    if search.documents is not None:
        query += f" AND annotation.document IN {CHOSEN}"
        values.append(as_json(search.documents))
    if search.field == "flag" or search.attribute:
        query += " AND json_type(annotation.attributes, ?) IS NOT NULL"
        values.append(_path(FLAG if search.field == "flag" else search.attribute))
    elif search.field == "note":
        query += " AND annotation.note <> ''"
    result = connection.exec_driver_sql(f"{query}{_ORDER} LIMIT -1 OFFSET ?", (*values, after))
    cursor = result.cursor
    try:
        while cursor is not None and (rows := cursor.fetchmany(_AT_ONCE)):
            yield from rows
    finally:
        result.close()


def _path(attribute: str) -> str:
    """An attribute in SQLite's language for JSON."""
    return '$."' + attribute.replace('"', '\\"') + '"'


def _hit(search: SpanSearch, row: Any) -> SpanHit | None:
    """The annotation of a row, if the words stand where they are looked for."""
    span, document, set_id, label, start, end, prefix, exact, suffix, note, stored = row
    attributes: dict[str, Any] = orjson.loads(stored)
    values = "; ".join(f"{name}: {_written(value)}" for name, value in attributes.items() if name != FLAG)
    looked_in = {
        "text": exact,
        "note": note,
        "attributes": _written(attributes.get(search.attribute, "")) if search.attribute else values,
        "flag": f"{exact}\n{note}",
        "": f"{exact}\n{note}\n{values}",
    }
    words = search.words.casefold().split()
    text = looked_in[search.field].casefold()
    if not all(word in text for word in words):
        return None
    told = "; ".join(part for part in (values, note) if part)
    return SpanHit(span, document, set_id, label, start, end, prefix, exact, suffix, told, FLAG in attributes)


def _written(value: Any) -> str:
    """A value as people type it; the schema's underscores are blanks to them."""
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")
