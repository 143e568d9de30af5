"""Full-text search: FTS5 finds paragraphs; where in them the words are is told here, or by its highlighting.

The index has the paragraphs of every text version; only those of the version in force are hits. Words
go into a query as quoted strings, so that nothing typed is ever read as FTS5's own language.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from annotator.geometry import Range
from annotator.searching import Hit, HitPage, Search, Term
from annotator.stretches import crosses, joined
from storage.highlighting import Finder
from storage.rows import CHOSEN, as_json, collector_paused

# Stands before and behind words found; no stored text has it, since normalising turns it into a space.
_MARK = "\x01"
_new = tuple.__new__

# The index reads the paragraphs by itself; joined to them it would take longer, for their text version,
# which only documents that were read again need.
_HITS = "SELECT rowid, document, start, text FROM paragraph_index WHERE paragraph_index MATCH ? AND rowid > ?"
_MARKED = (
    f"SELECT rowid, highlight(paragraph_index, 2, char({ord(_MARK)}), char({ord(_MARK)})) "
    f"FROM paragraph_index WHERE paragraph_index MATCH ? AND rowid IN {CHOSEN}"
)
_IN_DOCUMENTS = f" AND document IN {CHOSEN}"
_IN_ORDER = " ORDER BY rowid"
_READ_AGAIN = (
    f"SELECT document FROM text_version WHERE document IN {CHOSEN} GROUP BY document HAVING count(*) > 1"
)
_OLD = (
    "SELECT paragraph.place FROM paragraph JOIN document ON document.id = paragraph.document "
    f"WHERE paragraph.place IN {CHOSEN} "
    "AND paragraph.text_version <> document.text_version"
)
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
    places: list[int] = []
    finder = Finder(search.terms)
    spans = None if search.where == "anywhere" else _Spans(connection, search)
    with collector_paused():
        for rows in _portions(connection, search, after, limit + 1):
            pairs = _hits(connection, search, finder, _in_force(connection, rows))
            if spans is not None:
                narrowed = [(place, spans.kept(hit)) for place, hit in pairs]
                pairs = [(place, hit) for place, hit in narrowed if hit.found]
            places += [place for place, _ in pairs]
            hits += [hit for _, hit in pairs]
            if len(hits) > limit:
                return HitPage(tuple(hits[:limit]), places[limit - 1])
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


def _portions(connection: Connection, search: Search, after: int, size: int) -> Iterator[Sequence[Any]]:
    """Place, document, start and text of the paragraphs with the words."""
    query, values = _HITS, [match_expression(search.terms), after]
    if search.documents is not None:
        query += _IN_DOCUMENTS
        values.append(as_json(search.documents))
    result = connection.exec_driver_sql(query + _IN_ORDER, tuple(values))
    cursor = result.cursor
    try:
        while cursor is not None and (rows := cursor.fetchmany(size)):
            yield rows
    finally:
        result.close()


def _in_force(connection: Connection, rows: Sequence[Any]) -> Sequence[Any]:
    """The rows that are of the text version in force of their documents."""
    documents = as_json({row[1] for row in rows})
    read_again = {row[0] for row in connection.exec_driver_sql(_READ_AGAIN, (documents,))}
    if not read_again:
        return rows
    places = as_json([row[0] for row in rows if row[1] in read_again])
    old = {row[0] for row in connection.exec_driver_sql(_OLD, (places,))}
    return [row for row in rows if row[0] not in old]


def _hits(
    connection: Connection, search: Search, finder: Finder, rows: Sequence[Any]
) -> list[tuple[int, Hit]]:
    """The paragraphs with their places, and with those of the words in them.

    Made past the names of the tuple's fields, which for a page of hits is a quarter of the time.
    """
    pairs = [
        (place, _new(Hit, (document, start, text, finder.places(text, start))))
        for place, document, start, text in rows
    ]
    unknown = [place for place, hit in pairs if hit.found is None]
    if not unknown:
        return pairs
    marked = _marked(connection, search, unknown)
    return [
        (place, hit._replace(found=_between_marks(marked[place], hit.start)) if place in marked else hit)
        for place, hit in pairs
    ]


def _marked(connection: Connection, search: Search, places: Sequence[int]) -> dict[int, str]:
    """The paragraphs with marks around the words, by the index itself."""
    values = (match_expression(search.terms), as_json(places))
    return {row[0]: row[1] for row in connection.exec_driver_sql(_MARKED, values)}


def _between_marks(marked: str, start: int) -> tuple[Range, ...]:
    """What stands between marks, in the document's text."""
    pieces = marked.split(_MARK)  # every second one is between two
    at, found = start, []
    for number in range(0, len(pieces) - 1, 2):
        at += len(pieces[number])
        end = at + len(pieces[number + 1])
        found.append(Range(at, end))
        at = end
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

    def kept(self, hit: Hit) -> Hit:
        """The hit with those of its places that cross a span, or that cross none."""
        if hit.document != self._document:
            self._document, self._stretches = hit.document, self._read(hit.document)
        places = (place for place in hit.found if crosses(self._stretches, place) == self._is_inside)
        return hit._replace(found=tuple(places))

    def _read(self, document: str) -> list[Range]:
        rows = self._connection.exec_driver_sql(self._query, (document, *self._values)).all()
        pieces: list[tuple[int, int]] = []
        for start, end, several in rows:
            pieces.extend([(start, end)] if several is None else map(tuple, json.loads(several)))
        return joined(pieces)
