"""What must hold in a project file, checked from the ground up; each fault is one sentence."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import starmap, zip_longest
from operator import eq

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import DatabaseError

from annotator.model import RECORD_TYPES
from annotator.record_json import kind_of
from storage import contents
from storage.tables import document, paragraph, source_content, text_content, text_version

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
    yield from _references(connection)
    yield from _contents(connection)
    yield from _paragraphs(connection)
    yield from _history(connection)


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


def _history(connection: Connection) -> Iterator[str]:
    gaps = connection.exec_driver_sql(
        "SELECT workstation, count(*), max(n) FROM history GROUP BY workstation HAVING count(*) <> max(n)"
    )
    for workstation, count, last in gaps:
        yield f"The history of workstation {workstation} has {count} changes instead of {last}."
    for kind in map(kind_of, RECORD_TYPES):
        unknown = connection.exec_driver_sql(
            f"SELECT count(*) FROM {kind} WHERE NOT EXISTS (SELECT 1 FROM history_record "
            f"WHERE record_id = {kind}.id AND change_id = {kind}.revision)"
        ).scalar()
        if unknown:
            yield f"The history does not tell how {unknown} records of the kind {kind} came to be."
