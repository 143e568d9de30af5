"""What was learned for suggestions, in tables of their own: a header, and its numbers apart from it.

It is no part of the history, as it can be made again from the documents: backups and packages leave it
out, a salvaged project has none, and whoever asks must do without.
"""

import hashlib
from collections.abc import Iterator

import orjson
from sqlalchemy import Connection, delete, insert, select

from annotator.suggest.learned.stored import StoredModel
from storage.tables import learned_content, learned_model

TABLES = (learned_model.name, learned_content.name)
_NAME = "suggester"


def model_of(connection: Connection) -> StoredModel | None:
    """The model that is kept; without content where that is missing, None if nothing was learned."""
    header = header_of(connection)
    if header is None:
        return None
    content = connection.execute(
        select(learned_content.c.bytes).where(learned_content.c.name == _NAME)
    ).scalar()
    return StoredModel(header, content)


def header_of(connection: Connection) -> str | None:
    """What the model that is kept tells of itself, without its numbers."""
    return connection.execute(select(learned_model.c.header).where(learned_model.c.name == _NAME)).scalar()


def keep(connection: Connection, model: StoredModel) -> None:
    """Put a model in the place of the one that is kept."""
    for table in (learned_model, learned_content):
        connection.execute(delete(table).where(table.c.name == _NAME))
    connection.execute(insert(learned_model), {"name": _NAME, "header": model.header})
    if model.content is not None:
        connection.execute(insert(learned_content), {"name": _NAME, "bytes": model.content})


def faults(connection: Connection) -> Iterator[str]:
    """A sentence if the bytes are not those that were written; that they are missing is no fault."""
    model = model_of(connection)
    if model is None or model.content is None:
        return
    try:
        told = orjson.loads(model.header)["content_sha256"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        told = None
    if told != hashlib.sha256(model.content).hexdigest():
        yield "What was learned for suggestions is damaged; it will be learned again from the documents."
