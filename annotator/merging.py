"""Which version of a record stands where work of several computers comes together. Pure.

Each Change leaves an Entry for each record that it touched: before, after, and the revisions it follows. The
entries of a record form a tree; a *head* is one that nothing follows. One head is the rule, several mean that
it was changed on computers that did not know of each other. What stands depends on the set of entries alone,
not on their order, on clocks, or on who merges: so all computers come to the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from annotator.change import HistoryEntry
from annotator.model import (
    Annotation,
    AnnotationSet,
    Assignment,
    CaseDocument,
    CourtCase,
    Decision,
    Document,
    DocumentLabel,
    Record,
    Rejection,
    Relation,
    TextVersion,
    WorkInterval,
    derived_id,
)
from annotator.record_json import kind_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What a Change (an id) made of one record.

    `parents` are the ids of Changes whose outcome it follows beside the revision of `before`: where a record
    comes back after its removal, or a choice settles several versions.
    """

    change: str
    before: Record | None
    after: Record | None
    parents: tuple[str, ...] = ()

    @property
    def record(self) -> Record:
        """The record as it became, or was before its removal."""
        record = self.after if self.after is not None else self.before
        if record is None:
            raise ValueError("An entry tells of a record before, after or both.")
        return record

    @property
    def follows(self) -> tuple[str, ...]:
        """The ids of all Changes whose outcome it follows."""
        return self.parents if self.before is None else (self.before.revision, *self.parents)


@dataclass(frozen=True, slots=True)
class Travelled:
    """A Change as packages carry it: its line of the history and what it did to each record."""

    entry: HistoryEntry
    records: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was new in what was merged."""

    changes: int = 0
    records: int = 0


@dataclass(frozen=True, slots=True)
class MergeNote:
    """A merge as the project remembers it: when, from which package, and by whom (an id)."""

    id: str
    time: str
    name: str
    package: str
    annotator: str
    changes: int = 0
    records: int = 0


class Reference(NamedTuple):
    """A record that another one cannot be without."""

    kind: str
    id: str


def heads(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of a record that no other one follows, in an order that is the same everywhere."""
    known = tuple(entries)
    if len(known) < 2:
        return known
    followed = {parent for entry in known for parent in entry.follows}
    return tuple(sorted((each for each in known if each.change not in followed), key=_place))


def standing(found: Sequence[Entry]) -> Record | None:
    """The record that stands, of a record's heads: one that was kept before one that was removed."""
    return next((head.after for head in found if head.after is not None), None)


def disagree(found: Sequence[Entry]) -> bool:
    """Whether the heads of a record leave it differently, the moment of the change aside."""
    if len(found) < 2:
        return False
    return len({None if head.after is None else content(head.after) for head in found}) > 1


def content(record: Record) -> str:
    """What a record says, without when it was said and by which Change."""
    bare = replace(record, revision="")
    moments = {field.name for field in fields(record)} & {"changed", "created", "decided", "app_version"}
    return repr(replace(bare, **dict.fromkeys(moments, "")))  # type: ignore[arg-type]


def references(record: Record) -> Iterator[Reference]:
    """What a record refers to and cannot be without."""
    match record:
        case Annotation():
            yield from (
                _reference(Document, record.document),
                _reference(TextVersion, record.text_version),
                _reference(AnnotationSet, record.set),
            )
        case Relation():
            yield from (
                _reference(Document, record.document),
                _reference(AnnotationSet, record.set),
                _reference(Annotation, record.source),
                _reference(Annotation, record.target),
            )
        case DocumentLabel() | Rejection():
            yield from (_reference(Document, record.document), _reference(AnnotationSet, record.set))
        case Assignment() | WorkInterval():
            yield _reference(Document, record.document)
            yield Reference("annotator", record.annotator)
        case Decision() | TextVersion():
            # A decision stays when what it put into gold is gone.
            yield _reference(Document, record.document)
        case CaseDocument():
            yield _reference(Document, record.document)
            yield _reference(CourtCase, record.case)
        case Document():
            yield _reference(TextVersion, record.text_version)
        case AnnotationSet() if record.owner is not None:
            yield Reference("annotator", record.owner)


def _reference(kind: type[Record], record_id: str) -> Reference:
    return Reference(kind_of(kind), record_id)


def _place(entry: Entry) -> tuple[str, str]:
    """Neither clocks nor computers decide which of two versions comes first."""
    return derived_id(entry.change, "place"), entry.change
