"""How a record becomes a row of its table and a row a record again.

Rows are tuples in the order of the table's columns, which is the order of the record's fields; only
an annotation spreads its fragments and its quote over several columns. Reading a million spans goes
through here, so rows are taken apart by position and not by name.
"""

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import BindParameter, Column, ColumnElement, Select, Table, bindparam, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

from annotator.model import (
    RECORD_TYPES,
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    Attributes,
    CaseDocument,
    CourtCase,
    Decision,
    Document,
    DocumentLabel,
    ExportRecipe,
    Fragment,
    GuidelineVersion,
    Quote,
    Record,
    Rejection,
    Relation,
    SchemaVersion,
    TextVersion,
    WorkInterval,
)
from annotator.record_json import READERS, attributes, kind_of, plain
from storage import tables

Row = Sequence[Any]
Encode = Callable[[Any], tuple[object, ...]]
Decode = Callable[[Row], Any]

_TABLES: dict[type[Record], Table] = {
    Annotator: tables.annotator,
    AnnotationSet: tables.annotation_set,
    SchemaVersion: tables.schema_version,
    GuidelineVersion: tables.guideline_version,
    Document: tables.document,
    TextVersion: tables.text_version,
    Annotation: tables.annotation,
    Relation: tables.relation,
    CourtCase: tables.court_case,
    CaseDocument: tables.case_document,
    DocumentLabel: tables.document_label,
    Rejection: tables.rejection,
    Assignment: tables.assignment,
    WorkInterval: tables.work_interval,
    Decision: tables.decision,
    ExportRecipe: tables.export_recipe,
}

CHOSEN = "(SELECT value FROM json_each(?))"
"""Any number of ids or places as one value, which `as_json` makes."""


@dataclass(frozen=True)
class RecordTable:
    """A type of record: the way from record to row and back, and the statements on its table.

    `of_id` takes `its_id`, `of_ids` a list `ids`; those that write take a row, that of `update` with
    the id at its end instead of its beginning.
    """

    kind: str
    table: Table
    columns: tuple[Column[Any], ...]
    encode: Encode
    decode: Decode

    # Compiled at their first use, since most of them are not needed to show the first window.

    @cached_property
    def all(self) -> Select[Any]:
        return select(*self.columns)

    @cached_property
    def of_id(self) -> Select[Any]:
        return self.all.where(self._is_it)

    @cached_property
    def of_ids(self) -> Select[Any]:
        return self.all.where(self.table.c.id.in_(bindparam("ids", expanding=True)))

    @cached_property
    def insert(self) -> str:
        return statement(self.table.insert().values(self._written))

    @cached_property
    def update(self) -> str:
        changed = {name: value for name, value in self._written.items() if name != "id"}
        return statement(self.table.update().where(self._is_it).values(changed))

    @cached_property
    def delete(self) -> str:
        return statement(self.table.delete().where(self._is_it))

    @property
    def _is_it(self) -> ColumnElement[bool]:
        return self.table.c.id == bindparam("its_id")

    @property
    def _written(self) -> dict[str, BindParameter[object]]:
        return {column.name: bindparam(column.name) for column in self.columns}


def table_of(record_type: type[object]) -> RecordTable:
    """Where records of this type are kept."""
    return _RECORD_TABLES[record_type]


# The fields of an annotation as its slots take them. A frozen dataclass sets its fields the long way
# round, which for a million spans is a third of the time of reading them.
(
    _set_id,
    _set_document,
    _set_text_version,
    _set_set,
    _set_label,
    _set_fragments,
    _set_quote,
    _set_created,
    _set_changed,
    _set_attributes,
    _set_note,
    _set_certainty,
    _set_origin,
    _set_revision,
) = (getattr(Annotation, field.name).__set__ for field in fields(Annotation))


def annotation_of(row: Row) -> Annotation:
    """The annotation that a row of its table holds."""
    (
        record_id,
        document,
        text_version,
        set_id,
        label,
        start,
        end,
        several,
        prefix,
        exact,
        suffix,
        created,
        changed,
        attributes,
        note,
        certainty,
        origin,
        revision,
    ) = row
    record = object.__new__(Annotation)
    _set_id(record, record_id)
    _set_document(record, document)
    _set_text_version(record, text_version)
    _set_set(record, set_id)
    _set_label(record, label)
    _set_fragments(record, (Fragment(start, end),) if several is None else _fragments(several))
    _set_quote(record, Quote(prefix, exact, suffix))
    _set_created(record, created)
    _set_changed(record, changed)
    _set_attributes(record, _attributes(attributes))
    _set_note(record, note)
    _set_certainty(record, certainty)
    _set_origin(record, origin)
    _set_revision(record, revision)
    return record


def _fragments(text: str) -> tuple[Fragment, ...]:
    return tuple(Fragment(start, end) for start, end in orjson.loads(text))


def _annotation_row(record: Annotation) -> tuple[object, ...]:
    pieces = record.fragments
    return (
        record.id,
        record.document,
        record.text_version,
        record.set,
        record.label,
        pieces[0].start,
        pieces[-1].end,
        None if len(pieces) == 1 else _json([[piece.start, piece.end] for piece in pieces]),
        *record.quote,
        record.created,
        record.changed,
        _json(record.attributes) if record.attributes else "{}",
        record.note,
        record.certainty,
        record.origin,
        record.revision,
    )


def _json(value: object) -> str:
    return orjson.dumps(value, default=plain).decode()


def _attributes(text: str) -> Attributes:
    if text == "{}":
        return {}
    return attributes(orjson.loads(text))


def _read_by(reader: Callable[..., object]) -> Callable[[str], object]:
    return lambda text: reader(orjson.loads(text))


# Fields that a column holds as JSON, with what turns the JSON text into the field's value.
_JSON_FIELDS: dict[str, Callable[[str], object]] = {
    **{name: _read_by(reader) for name, reader in READERS.items()},
    **dict.fromkeys(("metadata", "options", "verdicts", "suggestion"), orjson.loads),
    "attributes": _attributes,
}


def _plain_codec(record_type: type[Record]) -> tuple[Encode, Decode]:
    """The two ways for a record whose fields are columns of the same name."""
    names = [field.name for field in fields(record_type)]
    in_json = [(place, _JSON_FIELDS[name]) for place, name in enumerate(names) if name in _JSON_FIELDS]

    def encode(record: Record) -> tuple[object, ...]:
        values = [getattr(record, name) for name in names]
        for place, _ in in_json:
            values[place] = _json(values[place])
        return tuple(values)

    def decode(row: Row) -> Record:
        values = list(row)
        for place, read in in_json:
            values[place] = read(values[place])
        return record_type(*values)

    return encode, decode


def statement(clause: ClauseElement) -> str:
    """The SQL of a statement whose values are given as a tuple, in the order in which it names them."""
    return str(clause.compile(dialect=sqlite.dialect(paramstyle="qmark")))


def _record_table(record_type: type[Record]) -> RecordTable:
    table = _TABLES[record_type]
    columns = tuple(column for column in table.c if column.name != "place")
    if record_type is Annotation:
        return RecordTable(kind_of(record_type), table, columns, _annotation_row, annotation_of)
    return RecordTable(kind_of(record_type), table, columns, *_plain_codec(record_type))


_RECORD_TABLES: dict[type[object], RecordTable] = {
    record_type: _record_table(record_type) for record_type in RECORD_TYPES
}


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python from looking for cycles among thousands of new records, which hold none.

    Looking takes as long again as half the reading. Whoever finds the collector running starts it again,
    so two threads may pause it at once.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


def as_json(ids: Collection[str] | Collection[int]) -> str:
    """Ids or places as the value that stands for `CHOSEN`."""
    return orjson.dumps(list(ids)).decode()
