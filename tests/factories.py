"""Builders with defaults for records: a test names only what it is about.

Ids are fixed words ("document-1", "ana"), so that records built apart refer to each other; give another
id where a test needs two of a kind. Annotations take their quote from `text`, by default TEXT.
"""

import hashlib
from collections.abc import Iterable

from annotator.change import Change, make_change
from annotator.geometry import Page
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    Attributes,
    AttributeValue,
    Certainty,
    CourtCase,
    Decision,
    Document,
    DocumentLabel,
    Fragment,
    GuidelineVersion,
    Metadata,
    Origin,
    Relation,
    Role,
    SchemaVersion,
    SetKind,
    TextVersion,
    WorkState,
    annotator_set_id,
    quote,
)
from annotator.schema import AttributeType, Label, LabelSchema, Layer, RelationType
from annotator.store import Contents

PROJECT = "project-1"
DOCUMENT = "document-1"
TEXT_VERSION = "text-1"
ANA = "ana"
TIME = "2025-10-17T09:30:00.000Z"
TEXT = (
    "Judge Ada Romero of the District Court ruled that Norvel cannot claim immunity.\n"
    "Norvel’s lawyer said the company will appeal. “We respect the court,” she said 😀.\n"
)

KINDS = ("article", "opinion", "order", "proposed_order", "brief", "transcript", "form")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def annotator(
    id: str = ANA, *, name: str = "", role: Role = "annotator", colour: str = "#777777", revision: str = ""
) -> Annotator:
    return Annotator(id, name or id.capitalize(), role, colour, revision)


def annotation_set(
    id: str = "", *, kind: SetKind = "annotator", owner: str | None = ANA, revision: str = ""
) -> AnnotationSet:
    return AnnotationSet(id or annotator_set_id(owner or ""), kind, owner, revision)


def document(
    id: str = DOCUMENT,
    *,
    title: str = "Court rules on immunity",
    kind: str = "article",
    source: bytes = b"source",
    source_name: str = "immunity.txt",
    text_version: str = TEXT_VERSION,
    created: str = TIME,
    metadata: Metadata | None = None,
    case: str = "",
    revision: str = "",
) -> Document:
    digest = hashlib.sha256(source).hexdigest()
    return Document(
        id, title, kind, digest, source_name, text_version, created, metadata or {}, case, revision
    )


def text_version(
    id: str = TEXT_VERSION,
    *,
    document: str = DOCUMENT,
    text: str = TEXT,
    reader: str = "text",
    reader_version: str = "1",
    created: str = TIME,
    warnings: tuple[str, ...] = (),
    revision: str = "",
) -> TextVersion:
    return TextVersion(
        id,
        document,
        reader,
        reader_version,
        sha256(text),
        len(text),
        created,
        warnings=warnings,
        revision=revision,
    )


def fragments(*pairs: tuple[int, int]) -> tuple[Fragment, ...]:
    return tuple(Fragment(start, end) for start, end in pairs)


def find(words: str, text: str = TEXT) -> Fragment:
    """Where the words first stand in the text."""
    start = text.index(words)
    return Fragment(start, start + len(words))


def annotation(
    id: str = "annotation-1",
    *,
    start: int = 0,
    end: int = 5,
    pieces: Iterable[tuple[int, int]] = (),
    label: str = "court",
    text: str = TEXT,
    document: str = DOCUMENT,
    text_version: str = TEXT_VERSION,
    set: str = "",
    attributes: Attributes | None = None,
    note: str = "",
    certainty: Certainty = "sure",
    origin: Origin = "manual",
    created: str = TIME,
    changed: str = TIME,
    revision: str = "",
) -> Annotation:
    """An annotation of `[start, end)`, or of several `pieces`."""
    extent = fragments(*pieces) or (Fragment(start, end),)
    return Annotation(
        id,
        document,
        text_version,
        set or annotator_set_id(ANA),
        label,
        extent,
        quote(text, extent),
        created,
        changed,
        attributes or {},
        note,
        certainty,
        origin,
        revision,
    )


def relation(
    id: str = "relation-1",
    *,
    type: str = "issued_by",
    source: str = "annotation-1",
    target: str = "annotation-2",
    document: str = DOCUMENT,
    set: str = "",
    attributes: Attributes | None = None,
    note: str = "",
    certainty: Certainty = "sure",
    origin: Origin = "manual",
    created: str = TIME,
    changed: str = TIME,
    revision: str = "",
) -> Relation:
    return Relation(
        id,
        document,
        set or annotator_set_id(ANA),
        type,
        source,
        target,
        created,
        changed,
        attributes or {},
        note,
        certainty,
        origin,
        revision,
    )


def court_case(
    id: str = "case-1",
    *,
    docket_number: str = "4:19-cv-00042",
    court: str = "District Court of Example",
    caption: str = "Harrow v. Norvel",
    changed: str = TIME,
    note: str = "",
    revision: str = "",
) -> CourtCase:
    return CourtCase(id, docket_number, court, caption, changed, note, revision)


def document_label(
    id: str = "document-label-1",
    *,
    document: str = DOCUMENT,
    set: str = "",
    name: str = "topic",
    value: AttributeValue = "privacy",
    changed: str = TIME,
    revision: str = "",
) -> DocumentLabel:
    return DocumentLabel(id, document, set or annotator_set_id(ANA), name, value, changed, revision)


def assignment(
    id: str = "assignment-1",
    *,
    document: str = DOCUMENT,
    annotator: str = ANA,
    state: WorkState = "todo",
    layers: tuple[str, ...] = (),
    message: str = "",
    revision: str = "",
) -> Assignment:
    return Assignment(id, document, annotator, state, layers, message, revision)


def decision(
    id: str = "decision-1",
    *,
    document: str = DOCUMENT,
    annotation: str | None = "annotation-1",
    outcome: str = "taken",
    proposers: tuple[str, ...] = (ANA,),
    decided_by: str = ANA,
    decided: str = TIME,
    rule_id: str = "R4",
    revision: str = "",
) -> Decision:
    return Decision(
        id, document, annotation, outcome, proposers, decided_by, decided, rule_id, revision=revision
    )


def schema_version(
    id: str = "schema-1", *, number: int = 1, toml: str = "", created: str = TIME, revision: str = ""
) -> SchemaVersion:
    return SchemaVersion(id, number, toml, created, revision)


def guideline_version(
    id: str = "guideline-1",
    *,
    number: int = 1,
    markdown: str = "# Guidelines\n",
    created: str = TIME,
    revision: str = "",
) -> GuidelineVersion:
    return GuidelineVersion(id, number, markdown, created, revision)


def schema() -> LabelSchema:
    """A small schema with one of everything: two layers, a slot, attributes, links and a group."""
    entity = Layer(
        "entity",
        "Entity",
        KINDS,
        (
            Label("court", "Court", "entity", "3", "#56B4E9"),
            Label("judge", "Judge", "entity", "4", "#CC79A7"),
        ),
    )
    claim = Layer(
        "claim",
        "Claim",
        ("article",),
        (
            Label("claim", "Claim", "claim", "c", "#E69F00"),
            Label("source", "Source", "claim", "v", "#E69F00", slot_of="claim"),
            Label("holding", "Holding", "claim", "d", "#0072B2"),
        ),
        on_demand=("opinion",),
        trim_end=" .,;:",
    )
    return LabelSchema(
        "small",
        1,
        (entity, claim),
        attributes=(
            AttributeType("act", "Act", ("claim",), values=("asserts", "alleges"), required=True),
            AttributeType("issue", "Issue", ("claim", "holding"), values=("immunity", "damages")),
        ),
        relations=(
            RelationType("source", "Source", ("claim",), ("source",)),
            RelationType("issued_by", "Issued by", ("holding",), ("court", "judge")),
            RelationType("restates", "Restates", ("claim", "holding"), ("claim", "holding"), same_label=True),
            RelationType("reports", "Reports", ("claim", "holding"), ("claim", "holding"), across=True),
        ),
        groups={"content": ("claim", "holding")},
    )


def document_change(
    *,
    id: str = DOCUMENT,
    text: str = TEXT,
    title: str = "Court rules on immunity",
    kind: str = "article",
    annotator: str = ANA,
    source: bytes | None = None,
    pages: tuple[Page, ...] = (),
    case: str = "",
    metadata: Metadata | None = None,
) -> tuple[Change, Contents]:
    """The Change and contents that bring a document into a project; its text version is `<id>-text`."""
    version = f"{id}-text"
    data = text.encode("utf-8") if source is None else source
    change = make_change(
        f"Import {title}",
        annotator=annotator,
        document=id,
        after=(
            document(
                id,
                title=title,
                kind=kind,
                source=data,
                text_version=version,
                case=case,
                metadata=metadata,
            ),
            text_version(version, document=id, text=text),
        ),
    )
    sources = {hashlib.sha256(data).hexdigest(): data}
    contents = Contents(sources, {sha256(text): text}, {version: pages} if pages else {})
    return change, contents


def annotator_change(id: str, *, by: str = ANA) -> Change:
    """The Change that brings an annotator into a project, without their set."""
    return make_change(f"Add {id}", annotator=by, after=(annotator(id),))
