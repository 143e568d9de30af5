"""How far the work of a project stands, in rows that SQLite has grouped: no annotation is read.

Rows are taken past SQLAlchemy's own, which would double the time for tens of thousands of them.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from annotator.standing import DayOfWork, TimeSpent, Titled, WorkFacts
from storage.rows import collector_paused

_DOCUMENTS = """
    SELECT document.id, document.title, coalesce(text_version.length, 0)
    FROM document LEFT JOIN text_version ON text_version.id = document.text_version ORDER BY document.place
"""
# What nobody gave them, and what they have not begun, is none of theirs. Ids are joined by SQLite, which is
# faster than as many rows; no id has a comma.
_STATES = """
    SELECT annotator, state, group_concat(document) FROM assignment NOT INDEXED
    WHERE state <> 'todo' OR layers <> '[]' GROUP BY annotator, state
"""
# Whoever has a span has begun. One look for each annotator and document is much with many of both, so it is
# taken only where somebody has no assignment at all; else those that are to do will do.
_HAS_ALL = """
    SELECT (SELECT count(*) FROM assignment) = (SELECT count(*) FROM document) * (
      SELECT count(*) FROM annotation_set WHERE kind = 'annotator' AND owner IS NOT NULL)
"""
_MARKED = """
    SELECT annotation_set.owner, group_concat(document.id) FROM annotation_set CROSS JOIN document
    WHERE annotation_set.kind = 'annotator' AND annotation_set.owner IS NOT NULL AND EXISTS (
      SELECT 1 FROM annotation
      WHERE annotation.document = document.id AND annotation."set" = annotation_set.id)
    GROUP BY annotation_set.id
"""
_MARKED_TO_DO = """
    SELECT annotation_set.owner, group_concat(assignment.document)
    FROM assignment NOT INDEXED CROSS JOIN annotation_set ON annotation_set.owner = assignment.annotator
    WHERE annotation_set.kind = 'annotator' AND assignment.state = 'todo' AND EXISTS (
      SELECT 1 FROM annotation
      WHERE annotation.document = assignment.document AND annotation."set" = annotation_set.id)
    GROUP BY annotation_set.id
"""
# The index by annotator would fetch the rows one by one, here, above and below.
_TIMES = """
    SELECT annotator, sum(seconds), sum(spans), sum(finished),
      sum(CASE WHEN begun >= ? THEN finished ELSE 0 END)
    FROM work_interval NOT INDEXED GROUP BY annotator
"""
_DAYS = """
    SELECT annotator, substr(begun, 1, 10), sum(seconds), sum(finished)
    FROM work_interval NOT INDEXED GROUP BY 1, 2
"""


def work_facts(connection: Connection, since: str) -> WorkFacts:
    """What there is to tell of the work on all documents; `since` is a time as records keep it."""
    [(has_all,)] = _rows(connection, _HAS_ALL)
    with collector_paused():
        return WorkFacts(
            documents=[Titled(*row) for row in _rows(connection, _DOCUMENTS)],
            states=[(who, state, ids.split(",")) for who, state, ids in _rows(connection, _STATES)],
            marked=[
                (who, ids.split(",")) for who, ids in _rows(connection, _MARKED_TO_DO if has_all else _MARKED)
            ],
            times=[TimeSpent(*row) for row in _rows(connection, _TIMES, since)],
        )


def days_of_work(connection: Connection) -> tuple[DayOfWork, ...]:
    """What each annotator did on each day, by the clock of UTC."""
    return tuple(DayOfWork(*row) for row in _rows(connection, _DAYS))


def _rows(connection: Connection, query: str, *values: str) -> Sequence[Any]:
    result = connection.exec_driver_sql(query, values)
    rows: Sequence[Any] = [] if result.cursor is None else result.cursor.fetchall()
    result.close()
    return rows
