"""What can be asked of an open project file: `ProjectReader` is the reading half of a `ProjectStore`.

Every question is one short look at the file; what is long, such as the history, is read in portions, so
that changes may be applied between two of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select

from annotator.change import Change, HistoryEntry
from annotator.errors import ProjectError
from annotator.geometry import Page
from annotator.merging import Entry, MergeNote, Travelled
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
    TextVersion,
)
from annotator.schema import LabelSchema
from annotator.schema_toml import read_schema
from annotator.schema_uses import SchemaUse
from annotator.searching import PAGE, HitPage, Search, SpanHitPage, SpanSearch
from annotator.standing import DayOfWork, WorkFacts
from annotator.store import DocumentHoldings, DocumentRow, RemovedDocument, WorkDone
from annotator.suggest.learned.stored import StoredModel
from storage import contents as stored_contents
from storage import (
    entries,
    history,
    learned,
    merge,
    queries,
    removal,
    schema_use,
    settle,
    span_search,
    standing,
    tables,
)
from storage import search as stored_search
from storage.engine import Database

R = TypeVar("R", bound=Record)
V = TypeVar("V", SchemaVersion, GuidelineVersion)

_HISTORY_AT_ONCE = 500


class ProjectReader:
    """The questions that an open project answers, over one connection that its `ProjectStore` closes."""

    def __init__(self, database: Database, *, workstation: str) -> None:
        """Read from an open database. Raises ProjectError if the file does not answer."""
        self._database = database
        self._workstation = workstation
        self._schema: tuple[SchemaVersion, LabelSchema] | None = None
        self._text = "", ""  # the hash and the text
        with database.reading() as connection:
            row = connection.execute(select(tables.project.c.id, tables.project.c.name)).one()
        self._project_id: str = row.id
        self._name: str = row.name

    @property
    def path(self) -> Path:
        return self._database.path

    @property
    def project_id(self) -> str:
        return self._project_id

    @property
    def name(self) -> str:
        return self._name

    @property
    def workstation(self) -> str:
        return self._workstation

    @property
    def created(self) -> str:
        """When the project was made, wherever that was."""
        with self._database.reading() as connection:
            return str(connection.execute(select(tables.project.c.created)).scalar_one())

    # Schema and guidelines

    def schema(self) -> LabelSchema:
        version = self._schema_version()
        if self._schema is None or self._schema[0] != version:
            self._schema = version, read_schema(version.toml, name=self._name)
        return self._schema[1]

    def schema_toml(self) -> str:
        return self._schema_version().toml

    def schema_number(self) -> int:
        return self._schema_version().number

    def guidelines(self) -> str:
        version = self._guideline_version()
        return "" if version is None else version.markdown

    def guideline_number(self) -> int:
        version = self._guideline_version()
        return 0 if version is None else version.number

    def versions(self, kind: type[V]) -> tuple[V, ...]:
        with self._database.reading() as connection:
            return queries.versions(connection, kind)

    def schema_use(self) -> SchemaUse:
        schema = self.schema()
        attributes = (*schema.attributes, *schema.document_attributes)
        choices = [each.id for each in attributes if each.kind in ("choice", "choices")]
        with self._database.reading() as connection:
            return schema_use.schema_use(connection, choices)

    # Records

    def annotators(self) -> tuple[Annotator, ...]:
        with self._database.reading() as connection:
            return queries.annotators(connection)

    def sets(self) -> tuple[AnnotationSet, ...]:
        with self._database.reading() as connection:
            return queries.sets(connection)

    def document_rows(self, annotator: str) -> tuple[DocumentRow, ...]:
        with self._database.reading() as connection:
            return queries.document_rows(connection, annotator)

    def cases(self) -> tuple[CourtCase, ...]:
        with self._database.reading() as connection:
            return queries.cases(connection)

    def case_documents(self) -> tuple[CaseDocument, ...]:
        with self._database.reading() as connection:
            return queries.case_documents(connection)

    def export_recipes(self) -> tuple[ExportRecipe, ...]:
        with self._database.reading() as connection:
            return queries.export_recipes(connection)

    def documents(self) -> tuple[Document, ...]:
        with self._database.reading() as connection:
            return queries.documents(connection)

    def records_of(self, document: str) -> tuple[Record, ...]:
        with self._database.reading() as connection:
            return removal.records_of(connection, document)

    def holdings(self, documents: Sequence[str]) -> DocumentHoldings:
        with self._database.reading() as connection:
            return removal.holdings(connection, documents)

    def removed_documents(self) -> tuple[RemovedDocument, ...]:
        with self._database.reading() as connection:
            return removal.removed_documents(connection)

    def document_with_source(self, sha256: str) -> Document | None:
        with self._database.reading() as connection:
            return queries.document_with_source(connection, sha256)

    def has_documents(self) -> bool:
        with self._database.reading() as connection:
            return queries.has_documents(connection)

    def documents_named(self, source_name: str, *, limit: int) -> tuple[Document, ...]:
        with self._database.reading() as connection:
            return queries.documents_named(connection, source_name, limit)

    def documents_with_text(self, sha256: str) -> tuple[Document, ...]:
        with self._database.reading() as connection:
            return queries.documents_with_text(connection, sha256)

    def record(self, kind: type[R], record_id: str) -> R | None:
        with self._database.reading() as connection:
            return queries.record(connection, kind, record_id)

    def records(self, kind: type[R], ids: Sequence[str]) -> Mapping[str, R]:
        with self._database.reading() as connection:
            return queries.records(connection, kind, ids)

    def annotations(self, document: str, set_id: str | None = None) -> tuple[Annotation, ...]:
        with self._database.reading() as connection:
            return queries.annotations(connection, document, set_id)

    def annotations_at(self, document: str, set_id: str, start: int, end: int) -> tuple[Annotation, ...]:
        with self._database.reading() as connection:
            return queries.annotations_at(connection, document, set_id, start, end)

    def annotations_between(self, document: str, set_id: str, start: int, end: int) -> tuple[Annotation, ...]:
        with self._database.reading() as connection:
            return queries.annotations_between(connection, document, set_id, start, end)

    def annotations_reading(
        self, document: str, set_id: str, label: str, words: str
    ) -> tuple[Annotation, ...]:
        with self._database.reading() as connection:
            return queries.annotations_reading(connection, document, set_id, label, words)

    def relations(self, document: str, set_id: str | None = None) -> tuple[Relation, ...]:
        with self._database.reading() as connection:
            return queries.relations(connection, document, set_id)

    def relations_at(self, annotation: str) -> tuple[Relation, ...]:
        with self._database.reading() as connection:
            return queries.relations_at(connection, annotation)

    def relations_at_any(self, annotations: Sequence[str]) -> tuple[Relation, ...]:
        with self._database.reading() as connection:
            return queries.relations_at_any(connection, annotations)

    def document_labels(self, document: str, set_id: str | None = None) -> tuple[DocumentLabel, ...]:
        with self._database.reading() as connection:
            return queries.document_labels(connection, document, set_id)

    def rejections(self, set_id: str) -> tuple[Rejection, ...]:
        with self._database.reading() as connection:
            return queries.rejections(connection, set_id)

    def assignments(self, document: str) -> tuple[Assignment, ...]:
        with self._database.reading() as connection:
            return queries.assignments(connection, document)

    def all_assignments(self) -> tuple[Assignment, ...]:
        with self._database.reading() as connection:
            return queries.all_assignments(connection)

    def work_on(self, document: str, annotator: str) -> WorkDone:
        with self._database.reading() as connection:
            return queries.work_on(connection, document, annotator)

    def work_since(self, annotator: str, since: str) -> WorkDone:
        with self._database.reading() as connection:
            return queries.work_since(connection, annotator, since)

    def work_facts(self, since: str) -> WorkFacts:
        with self._database.reading() as connection:
            return standing.work_facts(connection, since)

    def days_of_work(self) -> tuple[DayOfWork, ...]:
        with self._database.reading() as connection:
            return standing.days_of_work(connection)

    def decisions(self, document: str) -> tuple[Decision, ...]:
        with self._database.reading() as connection:
            return queries.decisions(connection, document)

    def label_counts(self, set_id: str) -> Mapping[str, int]:
        with self._database.reading() as connection:
            return queries.label_counts(connection, set_id)

    def search(self, search: Search, *, after: int = 0, limit: int = PAGE) -> HitPage:
        with self._database.reading() as connection:
            return stored_search.search(connection, search, after=after, limit=limit)

    def find_spans(self, search: SpanSearch, *, after: int = 0, limit: int = PAGE) -> SpanHitPage:
        with self._database.reading() as connection:
            return span_search.find_spans(connection, search, after=after, limit=limit)

    def documents_with_words(self, words: Sequence[str]) -> tuple[str, ...]:
        with self._database.reading() as connection:
            return stored_search.documents_with_words(connection, words)

    # What was done elsewhere

    def travelled(self) -> Iterator[Travelled]:
        """Every Change with its records, in the order in which this file got them; read in portions."""
        above = 0
        while True:
            with self._database.reading() as connection:
                some = entries.travelled(connection, above=above, limit=_HISTORY_AT_ONCE)
            yield from (change for _, change in some)
            if len(some) < _HISTORY_AT_ONCE:
                return
            above = some[-1][0]

    def entries_of(self, ids: Sequence[str]) -> Mapping[str, tuple[Entry, ...]]:
        with self._database.reading() as connection:
            return entries.entries_of(connection, ids)

    def contested(self) -> Mapping[str, str]:
        with self._database.reading() as connection:
            return settle.contested(connection)

    def merges(self) -> tuple[MergeNote, ...]:
        with self._database.reading() as connection:
            return merge.merges(connection)

    def brings_news(self, changes: Iterable[Travelled]) -> bool:
        with self._database.reading() as connection:
            return merge.brings_news(connection, changes)

    def text_content(self, sha256: str) -> str | None:
        with self._database.reading() as connection:
            return stored_contents.text_of(connection, sha256)

    def has_text(self, sha256: str) -> bool:
        with self._database.reading() as connection:
            return stored_contents.has_text(connection, sha256)

    def has_source(self, sha256: str) -> bool:
        with self._database.reading() as connection:
            return stored_contents.has_source(connection, sha256)

    def page_blobs(self, text_version: str) -> tuple[bytes, ...]:
        with self._database.reading() as connection:
            return stored_contents.page_blobs(connection, text_version)

    # Contents

    def text(self, text_version: str) -> str:
        """The text of a text version. Raises KeyError if the project has none of that id."""
        with self._database.reading() as connection:
            version = queries.record(connection, TextVersion, text_version)
            text = None if version is None else self._content(connection, version.text_sha256)
        if text is None:
            raise KeyError(text_version)
        return text

    def source(self, sha256: str) -> bytes:
        """The bytes of an original. Raises KeyError if the project has none with that hash."""
        with self._database.reading() as connection:
            data = stored_contents.source_of(connection, sha256)
        if data is None:
            raise KeyError(sha256)
        return data

    def pages(self, text_version: str) -> tuple[Page, ...]:
        """All pages of a text version, () if it has none. Of a long one, read them singly by `page`."""
        with self._database.reading() as connection:
            return stored_contents.pages_of(connection, text_version)

    def page_heads(self, text_version: str) -> tuple[Page, ...]:
        """All pages of a text version without their words, which takes a small part of the time."""
        with self._database.reading() as connection:
            return stored_contents.page_heads_of(connection, text_version)

    def page_count(self, text_version: str) -> int:
        """How many pages a text version has; 0 if it is no paged document."""
        with self._database.reading() as connection:
            return stored_contents.page_count_of(connection, text_version)

    def page(self, text_version: str, number: int) -> Page | None:
        """One page, by its number from 1; None if there is no such page."""
        with self._database.reading() as connection:
            return stored_contents.page_of(connection, text_version, number)

    # What was learned for suggestions

    def learned_header(self) -> str | None:
        with self._database.reading() as connection:
            return learned.header_of(connection)

    def learned_model(self) -> StoredModel | None:
        with self._database.reading() as connection:
            return learned.model_of(connection)

    # History

    def next_number(self) -> int:
        """The number that the next Change of this workstation has."""
        with self._database.reading() as connection:
            return history.next_number(connection, workstation=self._workstation)

    def undoable(self, document: str | None) -> HistoryEntry | None:
        with self._database.reading() as connection:
            return history.undoable(connection, workstation=self._workstation, document=document)

    def redoable(self, document: str | None) -> HistoryEntry | None:
        with self._database.reading() as connection:
            return history.redoable(connection, workstation=self._workstation, document=document)

    def annotates(self, change_id: str, document: str) -> bool:
        with self._database.reading() as connection:
            return history.annotates(connection, change_id, document)

    def change(self, change_id: str) -> Change:
        """A Change of the history with its records. Raises KeyError if there is none of that id."""
        with self._database.reading() as connection:
            change = history.change_of(connection, change_id)
        if change is None:
            raise KeyError(change_id)
        return change

    def last_change_of(self, record_id: str) -> HistoryEntry | None:
        with self._database.reading() as connection:
            return history.last_change_of(connection, record_id)

    def history(self, document: str | None = None, limit: int | None = None) -> Iterator[HistoryEntry]:
        """The history, newest first. Read in portions, so that changes may be applied between two."""
        below: int | None = None
        remaining = limit
        while remaining is None or remaining > 0:
            at_once = _HISTORY_AT_ONCE if remaining is None else min(_HISTORY_AT_ONCE, remaining)
            with self._database.reading() as connection:
                entries = history.entries(connection, document=document, below=below, limit=at_once)
            yield from (entry for _, entry in entries)
            if len(entries) < at_once:
                return
            below = entries[-1][0]
            remaining = None if remaining is None else remaining - at_once

    def _content(self, connection: Connection, sha256: str) -> str | None:
        """The text of that hash; the last one is kept, since every edit asks for its document's."""
        if self._text[0] != sha256 and (text := stored_contents.text_of(connection, sha256)) is not None:
            self._text = sha256, text
        return self._text[1] if self._text[0] == sha256 else None

    def _schema_version(self) -> SchemaVersion:
        with self._database.reading() as connection:
            version = queries.schema_in_force(connection)
        if version is None:
            raise ProjectError(f"{self.path.name} has no label schema. Open the newest copy of the project.")
        return version

    def _guideline_version(self) -> GuidelineVersion | None:
        with self._database.reading() as connection:
            return queries.guidelines_in_force(connection)
