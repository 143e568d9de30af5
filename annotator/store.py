"""What the domain asks of an open project. `storage.store.ProjectStore` is the one that lasts.

Reads give the present state; `apply` is the only way to write. Everything here is called from one
thread at a time per store object; a job in a worker thread opens a store of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from annotator.change import Change, HistoryEntry
from annotator.geometry import Page
from annotator.hub import HubLink, Pushed, Refusal
from annotator.merging import Entry, MergeNote, TakenIn, Travelled
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
    WorkState,
)
from annotator.schema import LabelSchema
from annotator.schema_uses import SchemaUse
from annotator.searching import PAGE, HitPage, Search, SpanHitPage, SpanSearch
from annotator.standing import DayOfWork, WorkFacts
from annotator.suggest.learned.stored import StoredModel

R = TypeVar("R", bound=Record)
V = TypeVar("V", SchemaVersion, GuidelineVersion)


@dataclass(frozen=True, slots=True)
class Contents:
    """Immutable contents that come with a Change: addressed by what they are, never part of history.

    `sources` and `texts` are keyed by SHA-256 (hex; texts hashed as UTF-8), `pages` by text version id.
    """

    sources: Mapping[str, bytes] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawContents:
    """Contents as one project hands them to another: pages are blobs that only the project file reads."""

    sources: Mapping[str, bytes] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it: never touches text or bytes.

    `state` is the state for the annotator asked about, `spans` the number of that annotator's annotations,
    `seconds` the time that they have spent on it, and `is_assigned` whether a lead gave it to them.
    """

    id: str
    title: str
    kind: str
    case: str
    date: str
    length: int
    page_count: int
    state: WorkState
    spans: int
    seconds: int = 0
    is_assigned: bool = False


def begun(state: WorkState, spans: int) -> WorkState:
    """How far the work is, of which so much was said and so many spans are made: who marks has begun."""
    return "in_progress" if state == "todo" and spans else state


class WorkDone(NamedTuple):
    """Work summed up: seconds at it, spans made less those removed, documents marked done."""

    seconds: int = 0
    spans: int = 0
    finished: int = 0


@dataclass(frozen=True, slots=True)
class DocumentHoldings:
    """How much belongs to documents: spans by set id, links at those spans, labels, finished work."""

    spans: Mapping[str, int]
    links: int
    labels: int
    done: int


@dataclass(frozen=True, slots=True)
class RemovedDocument:
    """A document that is not in the project any more, as it was, and the entry of its removal."""

    document: Document
    entry: HistoryEntry

    @property
    def change_id(self) -> str:
        return self.entry.change_id


class Store(Protocol):
    """An open project."""

    @property
    def project_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def workstation(self) -> str: ...

    def schema(self) -> LabelSchema:
        """The label schema in force."""

    def schema_toml(self) -> str: ...
    def schema_number(self) -> int: ...
    def guidelines(self) -> str:
        """The guidelines in force, as Markdown."""

    def guideline_number(self) -> int: ...

    def annotators(self) -> tuple[Annotator, ...]:
        """All annotators, by name."""

    def sets(self) -> tuple[AnnotationSet, ...]: ...

    def export_recipes(self) -> tuple[ExportRecipe, ...]:
        """The exports that the project keeps, by name."""

    def cases(self) -> tuple[CourtCase, ...]:
        """All cases, by caption."""

    def case_documents(self) -> tuple[CaseDocument, ...]:
        """Which documents belong to which cases, in order of import of the documents."""

    def document_rows(self, annotator: str) -> tuple[DocumentRow, ...]:
        """The document list for an annotator, in order of import."""

    def documents(self) -> tuple[Document, ...]:
        """All documents, in order of import."""

    def has_documents(self) -> bool: ...
    def document_with_source(self, sha256: str) -> Document | None: ...
    def documents_named(self, source_name: str, *, limit: int) -> tuple[Document, ...]:
        """The first documents, up to a limit, that came from a file of that name, in order of import."""

    def documents_with_text(self, sha256: str) -> tuple[Document, ...]:
        """The documents of which a text version has that text."""

    def text(self, text_version: str) -> str: ...
    def source(self, sha256: str) -> bytes: ...
    def pages(self, text_version: str) -> tuple[Page, ...]: ...

    def record(self, kind: type[R], record_id: str) -> R | None:
        """The record as it is now, None if there is none."""

    def records(self, kind: type[R], ids: Sequence[str]) -> Mapping[str, R]:
        """Those of the records of one type that there are now, by id."""

    def records_of(self, document: str) -> tuple[Record, ...]:
        """A document and every record that names it, links that start in it included."""

    def holdings(self, documents: Sequence[str]) -> DocumentHoldings:
        """How much belongs to documents, counted over all annotators and gold."""

    def removed_documents(self) -> tuple[RemovedDocument, ...]:
        """The documents that were removed and are not back, the last removed first."""

    def annotations(self, document: str, set_id: str | None = None) -> tuple[Annotation, ...]:
        """The annotations on a document by (start, end, id), of one set or of all."""

    def annotations_at(self, document: str, set_id: str, start: int, end: int) -> tuple[Annotation, ...]:
        """The annotations of a set that begin at `start` and end at `end`, without reading the others."""

    def annotations_between(self, document: str, set_id: str, start: int, end: int) -> tuple[Annotation, ...]:
        """The annotations of a set that reach into `[start, end)`, by (start, end, id)."""

    def annotations_reading(
        self, document: str, set_id: str, label: str, words: str
    ) -> tuple[Annotation, ...]:
        """The annotations of a set with this label whose quoted words are these, by (start, end, id)."""

    def relations(self, document: str, set_id: str | None = None) -> tuple[Relation, ...]:
        """The relations whose source stands in the document."""

    def relations_at(self, annotation: str) -> tuple[Relation, ...]:
        """The relations that start or end at an annotation, in any document."""

    def relations_at_any(self, annotations: Sequence[str]) -> tuple[Relation, ...]:
        """The relations that start or end at any of the annotations, each once."""

    def document_labels(self, document: str, set_id: str | None = None) -> tuple[DocumentLabel, ...]: ...
    def rejections(self, set_id: str) -> tuple[Rejection, ...]:
        """What the owner of a set does not want suggested again, in any document; the oldest first."""

    def assignments(self, document: str) -> tuple[Assignment, ...]: ...
    def all_assignments(self) -> tuple[Assignment, ...]:
        """The assignments of all documents, in order of import of these."""

    def work_on(self, document: str, annotator: str) -> WorkDone:
        """The work of an annotator on a document, over all sittings."""

    def work_since(self, annotator: str, since: str) -> WorkDone:
        """The work of an annotator in the sittings that have begun since then (a time as records keep it)."""

    def work_facts(self, since: str) -> WorkFacts:
        """How far all annotators are with all documents, and what they have done, also since a time."""

    def days_of_work(self) -> tuple[DayOfWork, ...]:
        """What each annotator did on each day."""

    def decisions(self, document: str) -> tuple[Decision, ...]: ...
    def schema_use(self) -> SchemaUse:
        """What all spans and links use of the schema in force; takes seconds with a million spans."""

    def versions(self, kind: type[V]) -> tuple[V, ...]:
        """All versions of the label schema or of the guidelines, the one in force first."""

    def label_counts(self, set_id: str) -> Mapping[str, int]:
        """How many annotations each label has in a set, over all documents."""

    def search(self, search: Search, *, after: int = 0, limit: int = PAGE) -> HitPage:
        """Up to `limit` paragraphs with all the words, those behind the place that a page gave as `next`."""

    def find_spans(self, search: SpanSearch, *, after: int = 0, limit: int = PAGE) -> SpanHitPage:
        """Up to `limit` annotations, those behind the place that a page gave as `next`."""

    def documents_with_words(self, words: Sequence[str]) -> tuple[str, ...]:
        """The documents, in order of import, that have each word somewhere, case and accents aside.

        Each word has a letter or digit; others the index does not know.
        """

    def apply(self, change: Change, contents: Contents | None = None) -> HistoryEntry:
        """Write rows, contents and history in one transaction that is on disk when this returns.

        Raises StaleChange if a record is not as `before` has it, ProjectError if it cannot be written.
        """

    def together(self) -> AbstractContextManager[None]:
        """What is applied inside is one transaction, on disk at its end; none of it if anything is raised.

        A Change that is refused inside, and caught there, leaves the others. Until the end, other stores
        of the project refuse to write, with a ProjectError.
        """

    @property
    def created(self) -> str:
        """When the project was made, wherever that was."""

    def travelled(self) -> Iterator[Travelled]:
        """Every Change with its records, in the order in which this project got them."""

    def take_in(self, changes: Iterable[Travelled], note: MergeNote | None = None) -> TakenIn:
        """Merge Changes that were made elsewhere, in one transaction; those that are here add nothing.

        Their texts must be in the project. With a note the merge can be taken back. Raises StaleChange if
        they do not fit together.
        """

    def brings_news(self, changes: Iterable[Travelled]) -> bool:
        """Whether the project lacks anything of Changes that were made elsewhere."""

    def take_back_merge(self, merge_id: str) -> None:
        """Take out of the project what a merge brought. Raises StaleChange if something builds on it."""

    def merges(self) -> tuple[MergeNote, ...]:
        """The merges that were made and not taken back, the last one first."""

    def next_number(self) -> int:
        """The number that the next Change of this workstation has."""

    def entries_of(self, ids: Sequence[str]) -> Mapping[str, tuple[Entry, ...]]:
        """All entries that the history has of records, by their ids."""

    def contested(self) -> Mapping[str, str]:
        """The kinds of the records that may be in question since a merge, by id."""

    def hub_link(self) -> HubLink | None:
        """How the project stands to its hub, None if it has none."""

    def set_hub_link(self, link: HubLink | None) -> None:
        """Join the project to a hub, or take it from its hub."""

    def unsent(self, limit: int) -> Sequence[tuple[int, Travelled]]:
        """The first Changes that were not pushed to the hub, with their places in the history."""

    def count_unsent(self) -> int: ...
    def hub_refused(self) -> Sequence[Travelled]:
        """The Changes that the hub did not take."""

    def hub_refusals(self) -> tuple[Refusal, ...]: ...
    def mark_sent(self, tried: Sequence[str], refusals: Iterable[Refusal], *, up_to: int) -> None:
        """Keep that Changes (ids) were pushed, but for those refused; the outbox begins behind `up_to`."""

    def receive(self, pushed: Sequence[Pushed], *, until: int) -> TakenIn:
        """Merge what was pulled, up to the push of that number, in one transaction. Raises as `take_in`."""

    def text_content(self, sha256: str) -> str | None:
        """The text of that SHA-256, also where nothing names it any more; None if the project has it not."""

    def has_text(self, sha256: str) -> bool: ...
    def has_source(self, sha256: str) -> bool: ...
    def page_blobs(self, text_version: str) -> tuple[bytes, ...]:
        """The pages of a text version as `add_contents` of another project takes them."""

    def add_contents(self, contents: RawContents) -> None:
        """Add contents as another project gave them. Raises ValueError for one that is not what it says."""

    def undoable(self, document: str | None) -> HistoryEntry | None:
        """This workstation's newest change there that is not undone; None: changes of several or of none."""

    def redoable(self, document: str | None) -> HistoryEntry | None: ...
    def annotates(self, change_id: str, document: str) -> bool:
        """Whether a change of the history is one of annotations alone, some of them in that document."""

    def change(self, change_id: str) -> Change:
        """A change of the history with its records."""

    def last_change_of(self, record_id: str) -> HistoryEntry | None:
        """The newest change that touched a record."""

    def history(self, document: str | None = None, limit: int | None = None) -> Iterator[HistoryEntry]:
        """The history, newest first; of one document, or of the whole project."""

    def learned_header(self) -> str | None:
        """What the learned model tells of itself, None if there is none; its numbers are not read."""

    def learned_model(self) -> StoredModel | None:
        """What was learned for suggestions, None if nothing was."""

    def keep_learned_model(self, model: StoredModel) -> None:
        """Put a model in the place of the one that is kept. It is no Change, as it can be made again.

        Raises ProjectError if it cannot be written.
        """

    def verify(self) -> Iterable[str]:
        """Sentences for every foreign key, hash or index in the file that does not hold."""
