"""What belongs to documents, counted and read whole, and the documents that the history has removed."""

import json
from collections.abc import Sequence

import orjson
from sqlalchemy import Connection, text

from annotator.change import HistoryEntry
from annotator.model import RECORD_TYPES, Document, Record
from annotator.record_json import from_json
from annotator.store import DocumentHoldings, RemovedDocument
from storage.rows import table_of

_CHOSEN = "(SELECT value FROM json_each(:documents))"
_SPANS = text(f'SELECT "set", count(*) FROM annotation WHERE document IN {_CHOSEN} GROUP BY 1')
_LINKS = text(
    "SELECT count(*) FROM relation WHERE source IN "
    f"(SELECT id FROM annotation WHERE document IN {_CHOSEN}) OR target IN "
    f"(SELECT id FROM annotation WHERE document IN {_CHOSEN})"
)
_LABELS = text(f"SELECT count(*) FROM document_label WHERE document IN {_CHOSEN}")
_DONE = text(f"SELECT count(*) FROM assignment WHERE state = 'done' AND document IN {_CHOSEN}")
_REMOVED = text(
    """
    SELECT history_record.before, history.change_id, history.annotator, history.workstation, history.n,
      history.time, history.title, history.document, history.undoes
    FROM history_record JOIN history ON history.change_id = history_record.change_id
    WHERE history_record.kind = 'document' AND history_record.after IS NULL
      AND history_record.record_id NOT IN (SELECT id FROM document)
    ORDER BY history.place DESC
    """
)


def records_of(connection: Connection, document: str) -> tuple[Record, ...]:
    """The document and every record with its id in the column `document`, type by type."""
    found: list[Record] = []
    for kind in RECORD_TYPES:
        table = table_of(kind)
        column = table.table.c.id if kind is Document else table.table.c.get("document")
        if column is not None:
            found += [table.decode(row) for row in connection.execute(table.all.where(column == document))]
    return tuple(found)


def holdings(connection: Connection, documents: Sequence[str]) -> DocumentHoldings:
    chosen = {"documents": json.dumps(list(documents))}
    return DocumentHoldings(
        spans={row[0]: row[1] for row in connection.execute(_SPANS, chosen)},
        links=connection.execute(_LINKS, chosen).scalar_one(),
        labels=connection.execute(_LABELS, chosen).scalar_one(),
        done=connection.execute(_DONE, chosen).scalar_one(),
    )


def removed_documents(connection: Connection) -> tuple[RemovedDocument, ...]:
    """Each with its last removal."""
    found: dict[str, RemovedDocument] = {}
    for before, *entry in connection.execute(_REMOVED):
        document = from_json("document", orjson.loads(before))
        if isinstance(document, Document) and document.id not in found:
            found[document.id] = RemovedDocument(document, HistoryEntry(*entry))
    return tuple(found.values())
