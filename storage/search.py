"""Full-text search: FTS5 finds paragraphs, its own highlighting tells where in them the words are.

The index has the paragraphs of every text version; only those of the version in force are hits. Words
go into a query as quoted strings, so that nothing typed is ever read as FTS5's own language.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from annotator.geometry import Range
from annotator.searching import Hit, HitPage, Search, Term
from annotator.stretches import crosses, joined

# Characters that no stored text has, since normalising turns them into spaces.
_OPEN, _CLOSE = "\x01", "\x02"

_HITS = (
    "SELECT paragraph.place, paragraph.document, paragraph.text_version, paragraph.start, paragraph.text, "
    f"highlight(paragraph_index, 2, char({ord(_OPEN)}), char({ord(_CLOSE)})) "
    # CROSS JOIN keeps SQLite from turning the order round: the index comes first.
    "FROM paragraph_index CROSS JOIN paragraph ON paragraph.place = paragraph_index.rowid "
    "WHERE paragraph_index MATCH ? AND paragraph_index.rowid > ?"
)
_IN_DOCUMENTS = " AND paragraph.document IN (SELECT value FROM json_each(?))"
_IN_ORDER = " ORDER BY paragraph_index.rowid"
_VERSIONS = "SELECT id, text_version FROM document WHERE id IN (SELECT value FROM json_each(?))"
_SPANS = (
    'SELECT annotation.start, annotation."end", annotation.fragments FROM annotation '
    "WHERE annotation.document = ? AND annotation.text_version = "
    "(SELECT text_version FROM document WHERE document.id = annotation.document)"
)
_DOCUMENTS_WITH = (
    "SELECT paragraph.document FROM paragraph_index CROSS JOIN paragraph "
    "ON paragraph.place = paragraph_index.rowid WHERE paragraph_index MATCH ?"
)


def search(connection: Connection, search: Search, *, after: int, limit: int) -> HitPage:
    """Up to `limit` hits behind the paragraph `after`."""
    hits: list[Hit] = []
    last = after
    for place, hit in _kept(connection, search, after, limit + 1):
        if len(hits) == limit:
            return HitPage(tuple(hits), last)
        hits.append(hit)
        last = place
    return HitPage(tuple(hits))


def documents_with_words(connection: Connection, words: Sequence[str]) -> tuple[str, ...]:
    """The documents that have each of the words in some paragraph, in order of import."""
    each = " INTERSECT ".join([_DOCUMENTS_WITH] * len(words))
    found = f"SELECT id FROM document WHERE id IN ({each}) ORDER BY place"
    rows = connection.exec_driver_sql(found, tuple(_quoted(word) for word in words))
    return tuple(row[0] for row in rows)


def match_expression(terms: Sequence[Term]) -> str:
    """The terms in FTS5's language, all of them wanted."""
    return " AND ".join(_quoted(term.words) + (" *" if term.is_prefix else "") for term in terms)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _kept(connection: Connection, search: Search, after: int, limit: int) -> Iterator[tuple[int, Hit]]:
    """The hits with their paragraphs' places, each with those of its places that stand where they should."""
    spans = _Spans(connection, search)
    for rows in _portions(connection, search, after, limit):
        versions = _versions_in_force(connection, {row[1] for row in rows})
        for place, document, version, start, text, marked in rows:
            if versions.get(document) != version:
                continue
            found = _places(marked, start)
            if search.where != "anywhere":
                found = spans.kept(document, found)
            if found:
                yield place, Hit(document, start, text, found)


def _portions(connection: Connection, search: Search, after: int, size: int) -> Iterator[Sequence[Any]]:
    """Place, document, text version, start, text and marked text of the paragraphs with the words."""
    query, values = _HITS, [match_expression(search.terms), after]
    if search.documents is not None:
        query += _IN_DOCUMENTS
        values.append(json.dumps(search.documents))
    result = connection.exec_driver_sql(query + _IN_ORDER, tuple(values))
    cursor = result.cursor
    try:
        while cursor is not None and (rows := cursor.fetchmany(size)):
            yield rows
    finally:
        result.close()


def _versions_in_force(connection: Connection, documents: Iterable[str]) -> dict[str, str]:
    """The text versions of documents; joined to every paragraph, they would double the time of a search."""
    result = connection.exec_driver_sql(_VERSIONS, (json.dumps(list(documents)),))
    return {} if result.cursor is None else dict(result.cursor.fetchall())


def _places(marked: str, start: int) -> tuple[Range, ...]:
    """The marked places of a paragraph, in the document's text."""
    found: list[Range] = []
    opened = marked.find(_OPEN)
    while opened >= 0:
        closed = marked.index(_CLOSE, opened)
        before = 2 * len(found)  # the marks up to here, which the text has not
        found.append(Range(start + opened - before, start + closed - before - 1))
        opened = marked.find(_OPEN, closed)
    return tuple(found)


class _Spans:
    """The spans that a search is narrowed to, of one document at a time, as stretches that do not cross."""

    def __init__(self, connection: Connection, search: Search) -> None:
        self._connection = connection
        self._is_inside = search.where == "inside"
        self._query, self._values = _SPANS, []
        for column, value in (("set", search.set_id), ("label", search.label)):
            if value is not None:
                self._query += f' AND annotation."{column}" = ?'
                self._values.append(value)
        self._document = ""
        self._stretches: list[Range] = []

    def kept(self, document: str, places: tuple[Range, ...]) -> tuple[Range, ...]:
        """The places that cross a span, or that cross none."""
        if document != self._document:
            self._document, self._stretches = document, self._read(document)
        return tuple(place for place in places if crosses(self._stretches, place) == self._is_inside)

    def _read(self, document: str) -> list[Range]:
        rows = self._connection.exec_driver_sql(self._query, (document, *self._values)).all()
        pieces: list[tuple[int, int]] = []
        for start, end, several in rows:
            pieces.extend([(start, end)] if several is None else map(tuple, json.loads(several)))
        return joined(pieces)
