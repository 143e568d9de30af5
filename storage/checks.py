"""What must hold in a project file, checked from the ground up; each fault is one sentence."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from storage import contents
from storage.tables import paragraph, source_content, text_content, text_version


def damages(connection: Connection) -> Iterator[str]:
    """Sentences for what SQLite finds broken in the file itself; where there are any, ask nothing more."""
    for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if problem != "ok":
            yield f"The file is damaged: {problem}."


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
    """Contents are read one at a time, since all of them may be larger than memory."""
    for digest in connection.execute(select(text_content.c.sha256)).scalars().all():
        text = contents.text_of(connection, digest)
        if text is None or sha256(text.encode()).hexdigest() != digest:
            yield f"The text with the hash {digest} is not the text that was imported."
    for digest in connection.execute(select(source_content.c.sha256)).scalars().all():
        data = contents.source_of(connection, digest)
        if data is None or sha256(data).hexdigest() != digest:
            yield f"The original with the hash {digest} is not the file that was imported."


def _paragraphs(connection: Connection) -> Iterator[str]:
    kept = select(paragraph.c.start, paragraph.c.text).order_by(paragraph.c.start)
    versions = connection.execute(
        select(text_version.c.id, text_version.c.length, text_version.c.text_sha256)
    ).all()
    for version, length, digest in versions:
        text = contents.text_of(connection, digest)
        if text is None:
            continue
        if len(text) != length:
            yield f"The text version {version} has {len(text)} characters instead of {length}."
        rows = connection.execute(kept.where(paragraph.c.text_version == version)).all()
        if [tuple(row) for row in rows] != list(contents.paragraphs(text)):
            yield f"The paragraphs kept for search of the text version {version} differ from its text."


def _history(connection: Connection) -> Iterator[str]:
    gaps = connection.exec_driver_sql(
        "SELECT workstation, count(*), max(n) FROM history GROUP BY workstation HAVING count(*) <> max(n)"
    )
    for workstation, count, last in gaps:
        yield f"The history of workstation {workstation} has {count} changes instead of {last}."
