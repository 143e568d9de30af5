"""One annotator's work on one document as live values, kept true from each Change.

Knows no Qt. What other annotators write into their sets passes by unnoticed. The annotations are read when
somebody first asks for them, so that a document with thousands of them is on the screen before.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.change import Change
from annotator.model import (
    Annotation,
    Annotator,
    Assignment,
    DocumentLabel,
    Record,
    Relation,
    annotator_set_id,
)
from annotator.store import Store


@dataclass(slots=True, eq=False)
class OwnSet:
    """The annotations and relations by id, the document labels by name, and how far the work is."""

    document: str = ""
    annotator: str = ""
    read_annotations: Callable[[], dict[str, Annotation]] = dict
    relations: dict[str, Relation] = field(default_factory=dict)
    labels: dict[str, DocumentLabel] = field(default_factory=dict)
    assignment: Assignment | None = None
    _annotations: dict[str, Annotation] | None = None

    @property
    def annotations(self) -> dict[str, Annotation]:
        """The annotations by id."""
        if self._annotations is None:
            self._annotations = self.read_annotations()
        return self._annotations

    @property
    def is_read(self) -> bool:
        """Whether anybody has asked for the annotations yet."""
        return self._annotations is not None

    def says_as(self, other: "OwnSet") -> bool:
        """Whether all values are those of another."""
        return (
            (self.document, self.annotator, self.assignment)
            == (other.document, other.annotator, other.assignment)
            and (self.relations, self.labels) == (other.relations, other.labels)
            and self.annotations == other.annotations
        )

    def take(self, change: Change) -> None:
        """Bring the values up to date with a Change that is stored."""
        kept = {record.id for record in change.after}
        for record in change.before:
            if record.id not in kept and self._is_own(record):
                self._forget(record)
        for record in change.after:
            if self._is_own(record):
                self._keep(record)

    def _is_own(self, record: Record) -> bool:
        if isinstance(record, Annotation | Relation | DocumentLabel):
            return record.document == self.document and record.set == annotator_set_id(self.annotator)
        return (
            isinstance(record, Assignment)
            and record.document == self.document
            and record.annotator == self.annotator
        )

    def _keep(self, record: Record) -> None:
        if isinstance(record, Annotation):
            self.annotations[record.id] = record
        elif isinstance(record, Relation):
            self.relations[record.id] = record
        elif isinstance(record, DocumentLabel):
            self.labels[record.name] = record
        elif isinstance(record, Assignment):
            self.assignment = record

    def _forget(self, record: Record) -> None:
        if isinstance(record, Annotation):
            self.annotations.pop(record.id, None)
        elif isinstance(record, Relation):
            self.relations.pop(record.id, None)
        elif isinstance(record, DocumentLabel):
            self.labels.pop(record.name, None)
        elif isinstance(record, Assignment):
            self.assignment = None


def read_own_set(store: Store, document: str, annotator: str) -> OwnSet:
    """The values as they are stored now; the annotations as they are stored when they are asked for."""
    own = annotator_set_id(annotator)
    return OwnSet(
        document,
        annotator,
        lambda: {record.id: record for record in store.annotations(document, own)},
        {record.id: record for record in store.relations(document, own)},
        {record.name: record for record in store.document_labels(document, own)},
        next((record for record in store.assignments(document) if record.annotator == annotator), None),
    )


def who_of(annotators: tuple[Annotator, ...], wanted: str | None) -> Annotator | None:
    """The annotator of that id or name, else the lead, else the first."""
    by_wish = [who for who in annotators if wanted is not None and wanted in (who.id, who.name)]
    leads = [who for who in annotators if who.role == "lead"]
    return next(iter((*by_wish, *leads, *annotators)), None)
