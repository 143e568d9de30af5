"""Removing documents with all that is marked in them, and bringing them back.

A removal is one Change that names every record, so the history is the trash: what was removed can be
restored at any time, on its own or by undoing the removal. Bytes, texts and pages are never removed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import Annotation, CaseDocument, CourtCase, Document, Record, Relation
from annotator.progress import Job, Progress
from annotator.services.history import take_back
from annotator.services.versions import check_lead
from annotator.store import RemovedDocument, Store

WHAT = "documents of a project"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What goes with documents: spans by whose they are, links, labels of documents, how many are done."""

    documents: int
    spans: Mapping[str, int]
    links: int
    labels: int
    done: int


@dataclass(frozen=True, slots=True)
class Restored:
    """The Changes that brought documents back, and how many links stay away since a span is gone."""

    changes: tuple[Change, ...]
    lost_links: int


def count(store: Store, documents: Sequence[str]) -> Holdings:
    """What would be removed with documents."""
    held = store.holdings(documents)
    names = {person.id: person.name for person in store.annotators()}
    owners = {row.id: names.get(row.owner or "", row.kind) for row in store.sets()}
    spans = {owners.get(set_id, ""): number for set_id, number in sorted(held.spans.items())}
    return Holdings(len(documents), spans, held.links, held.labels, held.done)


def remove(store: Store, *, annotator: str, documents: Sequence[str]) -> Job[Change]:
    """Remove documents with everything that belongs to them, in one Change.

    Links from other documents into them go too. Raises InvalidEdit if the annotator does not lead the
    project, or if a document is not there.
    """
    check_lead(store, annotator, WHAT)
    if not documents:
        raise InvalidEdit("No document is chosen.")
    records: dict[str, Record] = {}
    titles: list[str] = []
    for number, document in enumerate(documents):
        yield Progress(number, len(documents))
        found = store.record(Document, document)
        if found is None:
            raise InvalidEdit("A document that was chosen is not in the project any more.")
        titles.append(found.title)
        own = store.records_of(document)
        spans = [record.id for record in own if isinstance(record, Annotation)]
        records |= {record.id: record for record in (*own, *store.relations_at_any(spans))}
    title = f"Remove “{titles[0]}”" if len(titles) == 1 else f"Remove {len(titles)} documents"
    change = make_change(title, annotator=annotator, before=records.values())
    store.apply(change)
    return change


def restore(store: Store, *, annotator: str, documents: Iterable[str]) -> Job[Restored]:
    """Bring removed documents back as they were; a whole removal is undone, so that it can be made again.

    Raises InvalidEdit if the annotator does not lead the project, or if a document is not in the trash.
    """
    check_lead(store, annotator, WHAT)
    trash = store.removed_documents()
    chosen = {each.document.id: each for each in trash if each.document.id in set(documents)}
    if not chosen:
        raise InvalidEdit("No document is chosen that is in the trash.")
    changes: list[Change] = []
    lost = 0
    removals = dict.fromkeys(each.change_id for each in chosen.values())
    for number, removal in enumerate(removals):
        yield Progress(number, len(removals))
        coming = [each for each in chosen.values() if each.change_id == removal]
        change, missing = _restored(store, removal, coming, trash, annotator)
        store.apply(change)
        changes.append(change)
        lost += missing
    return Restored(tuple(changes), lost)


def _restored(
    store: Store,
    removal: str,
    coming: Sequence[RemovedDocument],
    trash: Sequence[RemovedDocument],
    annotator: str,
) -> tuple[Change, int]:
    """The Change that brings documents of one removal back, not applied yet, and the links left out."""
    whole = store.change(removal)
    of_removal = sum(isinstance(record, Document) for record in whole.before)
    entry = next((each for each in trash if each.change_id == removal), None)
    if entry is not None and len(coming) == of_removal and entry.entry.annotator == annotator:
        try:
            return take_back(store, entry.entry, annotator=annotator, verb="undo"), 0
        except InvalidEdit:
            pass  # a link of it leads to a span that is gone; what can come back does
    ids = {each.document.id for each in coming}
    records = [record for record in whole.before if _belongs(record, ids)]
    records = _without_gone_cases(store, records)
    spans = {
        record.id for record in whole.before if isinstance(record, Annotation) and record.document in ids
    }
    links = [
        record
        for record in whole.before
        if isinstance(record, Relation) and {record.source, record.target} & spans
    ]
    ends = {end for link in links for end in (link.source, link.target)} - spans
    there = spans | set(store.records(Annotation, sorted(ends)))
    kept = [link for link in links if {link.source, link.target} <= there]
    titles = [each.document.title for each in coming]
    title = f"Restore “{titles[0]}”" if len(titles) == 1 else f"Restore {len(titles)} documents"
    return make_change(title, annotator=annotator, after=(*records, *kept)), len(links) - len(kept)


def _without_gone_cases(store: Store, records: Sequence[Record]) -> list[Record]:
    """The records without what puts a document into a case that is not in the project any more."""
    cases = {record.case for record in records if isinstance(record, CaseDocument)}
    there = store.records(CourtCase, sorted(cases))
    return [record for record in records if not isinstance(record, CaseDocument) or record.case in there]


def _belongs(record: Record, documents: set[str]) -> bool:
    """Whether a record is one of the documents or stands in one; links are told apart by their ends."""
    if isinstance(record, Document):
        return record.id in documents
    return not isinstance(record, Relation) and getattr(record, "document", None) in documents
