"""What must hold in a project file, checked from the ground up; each fault is one sentence."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby, pairwise, starmap, zip_longest
from operator import eq, itemgetter

import orjson
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import DatabaseError

from annotator.merging import heads, standing
from annotator.model import RECORD_TYPES, Record
from annotator.record_json import from_json, kind_of, to_json_text
from storage import contents, entries, learned, settle
from storage.page_geometry import decode_page
from storage.rows import table_of
from storage.tables import (
    document,
    history_record,
    page,
    paragraph,
    source_content,
    text_content,
    text_version,
)

_AT_ONCE = 500
_PARAGRAPHS = (
    select(paragraph.c.start, paragraph.c.text)
    .where(paragraph.c.text_version == bindparam("text_version"))
    .order_by(paragraph.c.start)
)


def damages(connection: Connection) -> Iterator[str]:
    """Sentences for what SQLite finds broken in the file itself; where there are any, ask nothing more."""
    try:
        for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if problem != "ok":
                yield f"The file is damaged: {problem}."
    except DatabaseError as error:
        # Some damages end the check itself.
        yield f"The file is damaged: {error.orig}."


def faults(connection: Connection) -> Iterator[str]:
    """Sentences for every reference, content or count in the file that does not hold."""
    return (fault for fault in steps(connection) if fault is not None)


def steps(connection: Connection) -> Iterator[str | None]:
    """The same, with a None now and then where nothing was found: places where whoever asks may stop."""
    yield from _references(connection)
    yield from _contents(connection)
    yield from _paragraphs(connection)
    yield from _history(connection)
    yield from _pages(connection)
    yield from learned.faults(connection)


def index_faults(connection: Connection) -> Iterator[str]:
    """The same for the full-text index, in a transaction that writes: SQLite takes the check for that."""
    try:
        connection.exec_driver_sql(
            "INSERT INTO paragraph_index (paragraph_index, rank) VALUES ('integrity-check', 1)"
        )
    except DatabaseError:
        yield "The full-text index differs from the paragraphs; searching may miss words."


def _references(connection: Connection) -> Iterator[str]:
    for table, row, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} refers to a row of {target} that is not there."
    missing = connection.exec_driver_sql(
        "SELECT title, source_name FROM document "
        "WHERE source_sha256 NOT IN (SELECT sha256 FROM source_content)"
    )
    for title, source_name in missing:
        yield f"The original {source_name} of the document “{title}” is not in the project."


def _contents(connection: Connection) -> Iterator[str]:
    """Contents are read a few at a time, since all of them may be larger than memory."""
    for digest, text in connection.execute(select(text_content).execution_options(yield_per=10)):
        if sha256(text.encode()).hexdigest() != digest:
            yield f"The text with the hash {digest} is not the text that was imported."
    for digest, data in connection.execute(select(source_content).execution_options(yield_per=1)):
        if sha256(data).hexdigest() != digest:
            yield f"The original with the hash {digest} is not the file that was imported."


def _paragraphs(connection: Connection) -> Iterator[str]:
    versions = (
        select(text_version.c.id, text_version.c.length, text_content.c.text, document.c.id.label("shown"))
        .join(text_content, text_content.c.sha256 == text_version.c.text_sha256)
        .outerjoin(document, document.c.text_version == text_version.c.id)
        .execution_options(yield_per=10)
    )
    for version, length, text, shown in connection.execute(versions):
        if len(text) != length:
            yield f"The text version {version} has {len(text)} characters instead of {length}."
        kept = connection.execute(_PARAGRAPHS, {"text_version": version})
        if not all(starmap(eq, zip_longest(kept, contents.paragraphs(text) if shown else ()))):
            yield f"The paragraphs kept for search of the text version {version} differ from its text."


def _history(connection: Connection) -> Iterator[str | None]:
    gaps = connection.exec_driver_sql(
        # A package may bring a part of what was done elsewhere.
        "SELECT workstation, count(*), max(n) FROM history WHERE NOT EXISTS (SELECT 1 FROM merged) "
        "GROUP BY workstation HAVING count(*) <> max(n)"
    )
    for workstation, count, last in gaps:
        yield f"The history of workstation {workstation} has {count} changes instead of {last}."
    is_merged = connection.exec_driver_sql("SELECT 1 FROM merged LIMIT 1").first() is not None
    broken: Counter[str] = Counter()
    differ: Counter[str] = Counter()
    for record_type in RECORD_TYPES:
        kind = kind_of(record_type)
        stored: dict[str, str] = {}
        for number, (record_id, told) in enumerate(_stored(connection, record_type)):
            stored[record_id] = told
            if not number % _AT_ONCE:
                yield None
        by_record = groupby(_written(connection, kind), key=itemgetter(0))
        for number, (record_id, rows) in enumerate(by_record):
            if not number % _AT_ONCE:
                yield None
            states = [(before, after) for _, before, after in rows]
            row = stored.pop(record_id, None)
            hangs = all(_is_same(kind, one[1], next_[0]) for one, next_ in pairwise(states))
            is_as_told = _is_same(kind, states[-1][1], row)
            if is_merged and not (hangs and is_as_told):
                # Of several branches the one that stands counts, wherever in the file its end is.
                hangs, is_as_told = True, _is_as_merged(connection, kind, record_id, row)
            broken[kind] += not hangs
            differ[kind] += not is_as_told
        if stored:
            yield f"The history does not tell how {len(stored)} records of the kind {kind} came to be."
    for kind, count in (+differ).items():
        yield f"{count} records of the kind {kind} are not as the history says."
    for kind, count in (+broken).items():
        yield f"The history of {count} records of the kind {kind} does not hang together."


def _is_as_merged(connection: Connection, kind: str, record_id: str, row: str | None) -> bool:
    """Whether a record is what merging makes of its history; one that waits for another has no row."""
    made = entries.entries_of(connection, [record_id]).get(record_id, ())
    record = standing(heads(made))
    if row is None and record_id in settle.contested(connection):
        return True
    return _is_same(kind, None if record is None else to_json_text(record), row)


def _written(connection: Connection, kind: str) -> Iterator[tuple[str, str | None, str | None]]:
    """The steps of every record of a kind, each record's together and in order."""
    query = (
        select(history_record.c.record_id, history_record.c.before, history_record.c.after)
        .where(history_record.c.kind == kind)
        .order_by(history_record.c.record_id, history_record.c.place)
        .execution_options(yield_per=1000)
    )
    for row in connection.execute(query):
        yield tuple(row)


def _stored(connection: Connection, record_type: type[Record]) -> Iterator[tuple[str, str]]:
    """The records of a type as JSON; one that cannot be read is told by differing from the history."""
    table = table_of(record_type)
    for row in connection.execute(table.all.execution_options(yield_per=1000)):
        try:
            yield row[0], to_json_text(table.decode(row))
        except (ValueError, TypeError, AttributeError):
            yield row[0], ""


def _is_same(kind: str, one: str | None, other: str | None) -> bool:
    """Whether two states of a record are the same; JSON of an older version may lack what has its default."""
    if one is None or other is None or one == other:
        return one == other
    try:
        return from_json(kind, orjson.loads(one)) == from_json(kind, orjson.loads(other))
    except (ValueError, TypeError):
        return False


def _pages(connection: Connection) -> Iterator[str]:
    for version, number, geometry in connection.execute(select(page).execution_options(yield_per=10)):
        try:
            decode_page(geometry)
        except Exception:  # noqa: BLE001 - whatever damaged bytes make of the decoder
            yield f"The places of the words on page {number} of the text version {version} are damaged."
