"""What an exporter is given: the chosen part of a project as values, one document at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from annotator.geometry import Page, Range
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Assignment,
    Decision,
    Document,
    DocumentLabel,
    Relation,
    TextVersion,
)
from annotator.schema import LabelSchema

LossKind: TypeAlias = Literal[
    "unverified",
    "unit_edge",
    "discarded",
    "annotator",
    "discontinuous",
    "misaligned",
    "nested",
    "overlapping",
    "attribute",
    "note",
    "certainty",
    "origin",
    "relation",
    "relation_across",
    "relation_attribute",
    "document_label",
    "shortened",
    "no_place",
]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a document that an export drops or changes.

    `annotation` is the id of the span, or of the relation for the kinds of relations; "" for a label of
    the whole document. `detail` says in words what happens to it.
    """

    kind: LossKind
    document: str
    annotation: str
    detail: str


class About(NamedTuple):
    """What a loss is about: the title of the document, the words of the span or the type of the link."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that an export leaves out though it was asked for, and why, such as "sealed"."""

    document: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The ranges of a whole text, named by its SHA-256, that a piece was joined from."""

    text_sha256: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class DocumentSnapshot:
    """A document with the annotations that were chosen; annotations by (start, end, id).

    `losses` is what the choice itself took from it, such as spans over the edge of a sentence; `cut` is
    where its text is from, if that is a piece of the document's.
    """

    document: Document
    text_version: TextVersion
    text: str
    pages: tuple[Page, ...]
    annotations: tuple[Annotation, ...]
    relations: tuple[Relation, ...]
    labels: tuple[DocumentLabel, ...]
    assignments: tuple[Assignment, ...]
    decisions: tuple[Decision, ...]
    losses: tuple[Loss, ...] = ()
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A project as it is exported. `documents()` starts anew at each call and holds one document at a time.

    `document_count` is 0 where nobody knows beforehand how many there will be. Without `with_text` the text
    is there to count in, and no word of it may be written.

    `document_of` gives the document that a relation's end stands in, None if it is not in the project;
    `original` the bytes of the file with a hash, None if only its text came along; `about` what each of some
    losses is about; `end_of` the title of a span's document and its words, None if it is gone.
    """

    project_id: str
    project_name: str
    schema: LabelSchema
    schema_toml: str
    schema_number: int
    guideline_number: int
    annotators: Mapping[str, Annotator]
    sets: Mapping[str, AnnotationSet]
    document_count: int
    documents: Callable[[], Iterator[DocumentSnapshot]]
    document_of: Callable[[str], str | None]
    guidelines: str = ""
    left_out: tuple[LeftOut, ...] = ()
    original: Callable[[str], bytes | None] = lambda _sha256: None
    about: Callable[[Sequence[Loss]], Sequence[About]] = lambda _losses: ()
    end_of: Callable[[str], About | None] = lambda _span: None
    with_text: bool = True

    def owner_name(self, set_id: str) -> str:
        """The name of the annotator whose set it is; "gold" for the gold set."""
        owner = self.sets[set_id].owner
        return self.annotators[owner].name if owner is not None else "gold"

    def original_pdf(self, of: DocumentSnapshot) -> bytes | None:
        """The PDF that the document was read from; None where it is none, or its pages are not known."""
        if not of.pages:
            return None
        data = self.original(of.document.source_sha256)
        return data if data is not None and data[:1024].lstrip().startswith(b"%PDF-") else None
