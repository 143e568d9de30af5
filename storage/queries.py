"""The questions that lists and views ask of a project: documents, annotations, counts.

No question here reads a text, a source or a page's geometry, whatever the size of the project.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, or_, select

from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    CaseDocument,
    CourtCase,
    Decision,
    Document,
    DocumentLabel,
    ExportRecipe,
    GuidelineVersion,
    Record,
    Rejection,
    Relation,
    SchemaVersion,
    annotator_set_id,
)
from annotator.store import DocumentRow, WorkDone, begun
from storage import tables
from storage.rows import RecordTable, annotation_of, collector_paused, statement, table_of

R = TypeVar("R", bound=Record)
V = TypeVar("V", SchemaVersion, GuidelineVersion)
_Query = Select[Any]

_IDS_AT_ONCE = 500
_NO_STATE = "todo", "[]"  # the state and the layers, as JSON, of whoever has said nothing yet


def _all(record_type: type[Record]) -> _Query:
    return table_of(record_type).all


_ANNOTATORS = _all(Annotator).order_by(tables.annotator.c.name, tables.annotator.c.id)
_RECIPES = _all(ExportRecipe).order_by(tables.export_recipe.c.name, tables.export_recipe.c.id)
_CASES = _all(CourtCase).order_by(
    tables.court_case.c.caption, tables.court_case.c.docket_number, tables.court_case.c.id
)
_CASE_DOCUMENTS = (
    _all(CaseDocument)
    .join(tables.document, tables.document.c.id == tables.case_document.c.document)
    .order_by(tables.document.c.place, tables.case_document.c.id)
)
_REJECTIONS = (
    _all(Rejection)
    .where(tables.rejection.c.set == bindparam("set_id"))
    .order_by(tables.rejection.c.created, tables.rejection.c.id)
)
_SETS = _all(AnnotationSet).order_by(tables.annotation_set.c.kind, tables.annotation_set.c.id)
_DOCUMENTS = _all(Document).order_by(tables.document.c.place)
_WITH_SOURCE = _DOCUMENTS.where(tables.document.c.source_sha256 == bindparam("sha256")).limit(1)
_ANY_DOCUMENT = select(tables.document.c.id).limit(1)
_NAMED = _DOCUMENTS.where(tables.document.c.source_name == bindparam("source_name")).limit(bindparam("most"))
_WITH_TEXT = _DOCUMENTS.where(
    tables.document.c.id.in_(
        select(tables.text_version.c.document).where(tables.text_version.c.text_sha256 == bindparam("sha256"))
    )
)
_VERSIONS: dict[type[Record], _Query] = {
    kind: _all(kind).order_by(table.c.number.desc(), table.c.id)
    for kind, table in (
        (SchemaVersion, tables.schema_version),
        (GuidelineVersion, tables.guideline_version),
    )
}
_SCHEMA = _VERSIONS[SchemaVersion].limit(1)
_GUIDELINES = _VERSIONS[GuidelineVersion].limit(1)
_IN_DOCUMENT: BindParameter[str] = bindparam("document")
_IN_SET: BindParameter[str] = bindparam("set_id")
# Annotations are sorted here and not by SQLite, which would sort all that is in their rows and take longer
# for that than for reading them; most come out of its index in order already.
_COLUMNS = [column.name for column in table_of(Annotation).columns]
_PLACE = itemgetter(*map(_COLUMNS.index, ("start", "end", "id")))
_ANNOTATIONS = _all(Annotation).where(tables.annotation.c.document == _IN_DOCUMENT)
_ANNOTATIONS_OF_SET = _ANNOTATIONS.where(tables.annotation.c.set == _IN_SET)
_ANNOTATIONS_SQL = statement(_ANNOTATIONS)
_ANNOTATIONS_OF_SET_SQL = statement(_ANNOTATIONS_OF_SET)
_ANNOTATIONS_BETWEEN = _ANNOTATIONS_OF_SET.where(
    tables.annotation.c.start < bindparam("end"), tables.annotation.c.end > bindparam("start")
)
_ANNOTATIONS_AT = _ANNOTATIONS_OF_SET.where(
    tables.annotation.c.start == bindparam("start"), tables.annotation.c.end == bindparam("end")
)
_ANNOTATIONS_READING = _ANNOTATIONS_OF_SET.where(
    tables.annotation.c.label == bindparam("label"), tables.annotation.c.exact == bindparam("words")
)
_RELATIONS = (
    _all(Relation)
    .where(tables.relation.c.document == _IN_DOCUMENT)
    .order_by(tables.relation.c.created, tables.relation.c.id)
)
_RELATIONS_OF_SET = _RELATIONS.where(tables.relation.c.set == _IN_SET)
_RELATIONS_AT = (
    _all(Relation)
    .where(
        or_(
            tables.relation.c.source == bindparam("annotation"),
            tables.relation.c.target == bindparam("annotation"),
        )
    )
    .order_by(tables.relation.c.created, tables.relation.c.id)
)
_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
_RELATIONS_AT_ANY = tuple(
    _all(Relation).where(end.in_(_IDS)) for end in (tables.relation.c.source, tables.relation.c.target)
)
_LABELS = (
    _all(DocumentLabel)
    .where(tables.document_label.c.document == _IN_DOCUMENT)
    .order_by(tables.document_label.c.name, tables.document_label.c.id)
)
_LABELS_OF_SET = _LABELS.where(tables.document_label.c.set == _IN_SET)
_ASSIGNMENTS = (
    _all(Assignment).where(tables.assignment.c.document == _IN_DOCUMENT).order_by(tables.assignment.c.id)
)
_ALL_ASSIGNMENTS = (
    _all(Assignment)
    .join(tables.document, tables.document.c.id == tables.assignment.c.document)
    .order_by(tables.document.c.place, tables.assignment.c.id)
)
_WORK = select(
    *(func.coalesce(func.sum(tables.work_interval.c[name]), 0) for name in ("seconds", "spans", "finished"))
).where(tables.work_interval.c.annotator == bindparam("annotator"))
_WORK_ON = _WORK.where(tables.work_interval.c.document == _IN_DOCUMENT)
_WORK_SINCE = _WORK.where(tables.work_interval.c.begun >= bindparam("since"))
_DECISIONS = (
    _all(Decision)
    .where(tables.decision.c.document == _IN_DOCUMENT)
    .order_by(tables.decision.c.decided, tables.decision.c.id)
)
_LABEL_COUNTS = (
    select(tables.annotation.c.label, func.count())
    .where(tables.annotation.c.set == _IN_SET)
    .group_by(tables.annotation.c.label)
)
_SPANS = (
    select(func.count())
    .where(tables.annotation.c.document == tables.document.c.id, tables.annotation.c.set == _IN_SET)
    .scalar_subquery()
)
_PAGE_COUNT = (
    select(func.count()).where(tables.page.c.text_version == tables.document.c.text_version).scalar_subquery()
)
_DOCUMENT_ROWS = (
    select(
        tables.document.c.id,
        tables.document.c.title,
        tables.document.c.kind,
        tables.document.c.case,
        func.coalesce(
            func.json_extract(tables.document.c.metadata, "$.date"),
            func.json_extract(tables.document.c.metadata, "$.date_filed"),
            "",
        ),
        func.coalesce(tables.text_version.c.length, 0),
        _PAGE_COUNT,
        _SPANS,
    )
    .outerjoin(tables.text_version, tables.text_version.c.id == tables.document.c.text_version)
    .order_by(tables.document.c.place)
)
_STATES = select(tables.assignment.c.document, tables.assignment.c.state, tables.assignment.c.layers).where(
    tables.assignment.c.annotator == bindparam("annotator")
)

_TIMES = (
    select(tables.work_interval.c.document, func.sum(tables.work_interval.c.seconds))
    .where(tables.work_interval.c.annotator == bindparam("annotator"))
    .group_by(tables.work_interval.c.document)
)


def record(connection: Connection, record_type: type[R], record_id: str) -> R | None:
    """The record of that type and id, None if there is none."""
    table = table_of(record_type)
    row = connection.execute(table.of_id, {"its_id": record_id}).one_or_none()
    return None if row is None else table.decode(row)


def records(connection: Connection, record_type: type[R], ids: Sequence[str]) -> dict[str, R]:
    """Those of the records that there are, by id."""
    return records_in(connection, table_of(record_type), ids)


def records_in(connection: Connection, table: RecordTable, ids: Sequence[str]) -> dict[str, Any]:
    """Those of the records of a table that there are, by id."""
    found: dict[str, Any] = {}
    for some in _portions(ids):
        rows = connection.execute(table.of_ids, {"ids": some}).all()
        found.update((record.id, record) for record in map(table.decode, rows))
    return found


def annotators(connection: Connection) -> tuple[Annotator, ...]:
    return _records(connection, Annotator, _ANNOTATORS)


def sets(connection: Connection) -> tuple[AnnotationSet, ...]:
    return _records(connection, AnnotationSet, _SETS)


def documents(connection: Connection) -> tuple[Document, ...]:
    return _records(connection, Document, _DOCUMENTS)


def document_with_source(connection: Connection, sha256: str) -> Document | None:
    return next(iter(_records(connection, Document, _WITH_SOURCE, sha256=sha256)), None)


def has_documents(connection: Connection) -> bool:
    return connection.execute(_ANY_DOCUMENT).first() is not None


def documents_named(connection: Connection, source_name: str, limit: int) -> tuple[Document, ...]:
    return _records(connection, Document, _NAMED, source_name=source_name, most=limit)


def documents_with_text(connection: Connection, sha256: str) -> tuple[Document, ...]:
    return _records(connection, Document, _WITH_TEXT, sha256=sha256)


def schema_in_force(connection: Connection) -> SchemaVersion | None:
    return next(iter(_records(connection, SchemaVersion, _SCHEMA)), None)


def guidelines_in_force(connection: Connection) -> GuidelineVersion | None:
    return next(iter(_records(connection, GuidelineVersion, _GUIDELINES)), None)


def cases(connection: Connection) -> tuple[CourtCase, ...]:
    return _records(connection, CourtCase, _CASES)


def case_documents(connection: Connection) -> tuple[CaseDocument, ...]:
    return _records(connection, CaseDocument, _CASE_DOCUMENTS)


def export_recipes(connection: Connection) -> tuple[ExportRecipe, ...]:
    return _records(connection, ExportRecipe, _RECIPES)


def rejections(connection: Connection, set_id: str) -> tuple[Rejection, ...]:
    return _records(connection, Rejection, _REJECTIONS, set_id=set_id)


def versions(connection: Connection, kind: type[V]) -> tuple[V, ...]:
    """All versions of the schema or the guidelines, the one in force first."""
    return _records(connection, kind, _VERSIONS[kind])


def annotations(connection: Connection, document: str, set_id: str | None) -> tuple[Annotation, ...]:
    """The annotations on a document by (start, end, id).

    They are read past SQLAlchemy's own rows, which would cost a third on top of a million spans.
    """
    if set_id is None:
        result = connection.exec_driver_sql(_ANNOTATIONS_SQL, (document,))
    else:
        result = connection.exec_driver_sql(_ANNOTATIONS_OF_SET_SQL, (document, set_id))
    with collector_paused():
        rows = [] if result.cursor is None else result.cursor.fetchall()
        result.close()
        return tuple(map(annotation_of, sorted(rows, key=_PLACE)))


def annotations_between(
    connection: Connection, document: str, set_id: str, start: int, end: int
) -> tuple[Annotation, ...]:
    return _annotations(
        connection, _ANNOTATIONS_BETWEEN, document=document, set_id=set_id, start=start, end=end
    )


def annotations_at(
    connection: Connection, document: str, set_id: str, start: int, end: int
) -> tuple[Annotation, ...]:
    return _annotations(connection, _ANNOTATIONS_AT, document=document, set_id=set_id, start=start, end=end)


def annotations_reading(
    connection: Connection, document: str, set_id: str, label: str, words: str
) -> tuple[Annotation, ...]:
    return _annotations(
        connection, _ANNOTATIONS_READING, document=document, set_id=set_id, label=label, words=words
    )


def relations(connection: Connection, document: str, set_id: str | None) -> tuple[Relation, ...]:
    return _of_document(connection, Relation, (_RELATIONS, _RELATIONS_OF_SET), document, set_id)


def relations_at(connection: Connection, annotation: str) -> tuple[Relation, ...]:
    return _records(connection, Relation, _RELATIONS_AT, annotation=annotation)


def relations_at_any(connection: Connection, annotations: Sequence[str]) -> tuple[Relation, ...]:
    """The relations that start or end at any of the annotations, each once."""
    found: dict[str, Relation] = {}
    for some in _portions(annotations):
        for query in _RELATIONS_AT_ANY:
            rows = connection.execute(query, {"ids": some}).all()
            found.update((relation.id, relation) for relation in map(table_of(Relation).decode, rows))
    return tuple(found.values())


def document_labels(connection: Connection, document: str, set_id: str | None) -> tuple[DocumentLabel, ...]:
    return _of_document(connection, DocumentLabel, (_LABELS, _LABELS_OF_SET), document, set_id)


def assignments(connection: Connection, document: str) -> tuple[Assignment, ...]:
    return _records(connection, Assignment, _ASSIGNMENTS, document=document)


def all_assignments(connection: Connection) -> tuple[Assignment, ...]:
    return _records(connection, Assignment, _ALL_ASSIGNMENTS)


def work_on(connection: Connection, document: str, annotator: str) -> WorkDone:
    return WorkDone(*connection.execute(_WORK_ON, {"document": document, "annotator": annotator}).one())


def work_since(connection: Connection, annotator: str, since: str) -> WorkDone:
    return WorkDone(*connection.execute(_WORK_SINCE, {"annotator": annotator, "since": since}).one())


def decisions(connection: Connection, document: str) -> tuple[Decision, ...]:
    return _records(connection, Decision, _DECISIONS, document=document)


def label_counts(connection: Connection, set_id: str) -> Mapping[str, int]:
    """How many annotations each label has in a set."""
    return {row[0]: row[1] for row in connection.execute(_LABEL_COUNTS, {"set_id": set_id})}


def document_rows(connection: Connection, annotator: str) -> tuple[DocumentRow, ...]:
    """The document list for an annotator, in order of import."""
    states = {row[0]: row[1:] for row in connection.execute(_STATES, {"annotator": annotator})}
    times = {row[0]: row[1] for row in connection.execute(_TIMES, {"annotator": annotator})}
    rows = connection.execute(_DOCUMENT_ROWS, {"set_id": annotator_set_id(annotator)}).all()
    return tuple(
        DocumentRow(
            id=document,
            title=title,
            kind=kind,
            case=case,
            date=str(date),
            length=length,
            page_count=pages,
            state=begun(states.get(document, _NO_STATE)[0], spans),
            spans=spans,
            seconds=times.get(document, 0),
            is_assigned=states.get(document, _NO_STATE)[1] != "[]",
        )
        for document, title, kind, case, date, length, pages, spans in rows
    )


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in portions that SQLite takes in one statement."""
    return (ids[at : at + _IDS_AT_ONCE] for at in range(0, len(ids), _IDS_AT_ONCE))


def _annotations(connection: Connection, query: _Query, **values: str | int) -> tuple[Annotation, ...]:
    return tuple(map(annotation_of, sorted(connection.execute(query, values), key=_PLACE)))


def _of_document(
    connection: Connection,
    record_type: type[R],
    queries: tuple[_Query, _Query],
    document: str,
    set_id: str | None,
) -> tuple[R, ...]:
    """The records on a document: by the first query those of all sets, by the second those of one."""
    if set_id is None:
        return _records(connection, record_type, queries[0], document=document)
    return _records(connection, record_type, queries[1], document=document, set_id=set_id)


def _records(
    connection: Connection, record_type: type[R], query: _Query, **values: str | int
) -> tuple[R, ...]:
    return tuple(map(table_of(record_type).decode, connection.execute(query, values).all()))
