"""The records of a project: frozen values that a Change carries and the store keeps.

Offsets are Unicode code points into an immutable TextVersion, end exclusive. Ids are UUIDs made
here, so that redo and merge restore the same identity. `revision` is the id of the Change that last
wrote the record. Times are UTC in ISO 8601 with milliseconds.
"""

import secrets
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

AttributeValue: TypeAlias = str | bool | int | float | tuple[str, ...]
Attributes: TypeAlias = Mapping[str, AttributeValue]
JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"
Metadata: TypeAlias = Mapping[str, JsonValue]

Role = Literal["annotator", "reviewer", "lead"]
SetKind = Literal["annotator", "review", "gold"]
Origin = Literal["manual", "import", "suggestion", "occurrence", "adjudication"]
Certainty = Literal["sure", "likely", "unsure"]
WorkState = Literal["todo", "in_progress", "done", "skipped", "returned"]

QUOTE_CONTEXT = 32


def new_id() -> str:
    """A fresh record id: a UUID of version 7.

    It begins with the time, so that records made together lie together in the project file, which
    halves the time of a large import; nothing may read the time from it.
    """
    milliseconds = time.time_ns() // 1_000_000
    chance = secrets.randbits(74)
    value = milliseconds << 80 | 7 << 76 | chance >> 62 << 64 | 2 << 62 | chance & (1 << 62) - 1
    return f"{value:032x}"


def derived_id(*parts: str) -> str:
    """The id that every workstation derives alike from the same parts."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "annotator:" + "/".join(parts)).hex


def now() -> str:
    """The present moment as records keep it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Fragment(NamedTuple):
    """One unbroken stretch `[start, end)` of an annotation, in code points."""

    start: int
    end: int


class Quote(NamedTuple):
    """The annotated words, fragments joined by one space, with up to 32 characters either side."""

    prefix: str
    exact: str
    suffix: str


def quote(text: str, fragments: tuple[Fragment, ...]) -> Quote:
    """The words that the fragments cover in the text, and their context."""
    start, end = fragments[0].start, fragments[-1].end
    return Quote(
        text[max(0, start - QUOTE_CONTEXT) : start],
        " ".join(text[piece.start : piece.end] for piece in fragments),
        text[end : end + QUOTE_CONTEXT],
    )


@dataclass(frozen=True, slots=True)
class Document:
    """A news article or court document. `text_version` names the version that is annotated now."""

    id: str
    title: str
    kind: str
    source_sha256: str
    source_name: str
    text_version: str
    created: str
    metadata: Metadata = field(default_factory=dict)
    case: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One reading of a source: which reader, with which options, and the text it gave."""

    id: str
    document: str
    reader: str
    reader_version: str
    text_sha256: str
    length: int
    created: str
    options: Metadata = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person who annotates, reviews or leads."""

    id: str
    name: str
    role: Role = "annotator"
    colour: str = "#777777"
    revision: str = ""


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """Whose annotations these are: one set for each annotator, and gold, made only of decisions."""

    id: str
    kind: SetKind
    owner: str | None
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A labelled span: one or more fragments in text order that neither cross nor touch."""

    id: str
    document: str
    text_version: str
    set: str
    label: str
    fragments: tuple[Fragment, ...]
    quote: Quote
    created: str
    changed: str
    attributes: Attributes = field(default_factory=dict)
    note: str = ""
    certainty: Certainty = "sure"
    origin: Origin = "manual"
    revision: str = ""

    @property
    def start(self) -> int:
        return self.fragments[0].start

    @property
    def end(self) -> int:
        return self.fragments[-1].end


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed, directed link between two annotations, which may stand in different documents."""

    id: str
    document: str
    set: str
    type: str
    source: str
    target: str
    created: str
    changed: str
    attributes: Attributes = field(default_factory=dict)
    note: str = ""
    certainty: Certainty = "sure"
    origin: Origin = "manual"
    revision: str = ""


@dataclass(frozen=True, slots=True)
class CourtCase:
    """A case before a court, as somebody has confirmed it.

    `docket_number` is written as the court writes it; a case that went up on appeal has several, with
    semicolons between them. `court` and `caption` may be "".
    """

    id: str
    docket_number: str
    court: str
    caption: str
    changed: str
    note: str = ""
    revision: str = ""

    @property
    def name(self) -> str:
        """What lists call the case: its caption, or else its docket number."""
        return self.caption or self.docket_number


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """That a document belongs to a case; one that tells of several cases belongs to each of them."""

    id: str
    case: str
    document: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLabel:
    """A value that a set gives to a whole document, such as its topic."""

    id: str
    document: str
    set: str
    name: str
    value: AttributeValue
    changed: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """What the owner of a set does not want suggested again: these words by this label, anywhere.

    `words` are as `annotator.suggest.suggestion.compared` gives them; `document` is where they stood.
    """

    id: str
    document: str
    set: str
    label: str
    words: str
    created: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """An annotator's work on a document: how far it is, and why it was skipped or returned."""

    id: str
    document: str
    annotator: str
    state: WorkState
    layers: tuple[str, ...] = ()
    message: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class WorkInterval:
    """A sitting: an annotator at a document on one day, beginning at `begun`.

    `seconds` counts the time in which they were at work on it, `spans` the spans made less those removed,
    `finished` how often the document was marked done.
    """

    id: str
    document: str
    annotator: str
    begun: str
    seconds: int
    spans: int = 0
    finished: int = 0
    revision: str = ""


class Vote(NamedTuple):
    """What an annotator proposed when a unit was decided: a span or link (id), its revision, what it said."""

    annotator: str
    annotation: str
    revision: str
    content: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a decision put into gold, by the id it has there: a span, or with `source` and `target` a link.

    It says all of it itself, so that a decision can be read after gold has changed. `label` is the type of a
    link.
    """

    annotation: str
    label: str
    fragments: tuple[Fragment, ...] = ()
    attributes: Attributes = field(default_factory=dict)
    source: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """How a unit of disagreement was settled: by whom, why, from which candidates, and what gold got of it.

    Decisions are added and never changed: a later one names in `supersedes` those whose place it takes, also
    to take them back. `annotation` is the first of the `results` in gold; it may be gone since. `decided_by`
    is a reviewer's id or the rule that decided. Imported decisions may lack what comes after `comment`.
    """

    id: str
    document: str
    annotation: str | None
    outcome: str
    proposers: tuple[str, ...]
    decided_by: str
    decided: str
    rule_id: str = ""
    reason: str = ""
    comment: str = ""
    unit: str = ""
    layer: str = ""
    text_sha256: str = ""
    schema_number: int = 0
    guideline_number: int = 0
    candidates: tuple[Vote, ...] = ()
    absent: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    verdicts: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    seed: int = 0
    suggestion: Metadata = field(default_factory=dict)
    active_ms: int = 0
    supersedes: tuple[str, ...] = ()
    app_version: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class ExportRecipe:
    """An export with all its choices by name, to be made again; `options` are as in `annotator.recipes`."""

    id: str
    name: str
    options: Metadata
    changed: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class SchemaVersion:
    """The label schema as TOML; the highest number is in force."""

    id: str
    number: int
    toml: str
    created: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class GuidelineVersion:
    """The guidelines as Markdown; the highest number is in force."""

    id: str
    number: int
    markdown: str
    created: str
    revision: str = ""


Record: TypeAlias = (
    Document
    | TextVersion
    | Annotator
    | AnnotationSet
    | Annotation
    | Relation
    | CourtCase
    | CaseDocument
    | DocumentLabel
    | Rejection
    | Assignment
    | WorkInterval
    | Decision
    | ExportRecipe
    | SchemaVersion
    | GuidelineVersion
)

RECORD_TYPES: tuple[type[Record], ...] = (
    Annotator,
    AnnotationSet,
    SchemaVersion,
    GuidelineVersion,
    Document,
    TextVersion,
    Annotation,
    Relation,
    CourtCase,
    CaseDocument,
    DocumentLabel,
    Rejection,
    Assignment,
    WorkInterval,
    Decision,
    ExportRecipe,
)


def gold_set_id(project: str) -> str:
    """The id of the project's gold set, the same on every workstation."""
    return derived_id(project, "set", "gold")


def assignment_id(annotator: str, document: str) -> str:
    """The id of the one assignment that an annotator has of a document."""
    return derived_id(annotator, document, "assignment")


@lru_cache(maxsize=1024)
def annotator_set_id(annotator: str) -> str:
    """The id of the one set that an annotator owns."""
    return derived_id(annotator, "set")
