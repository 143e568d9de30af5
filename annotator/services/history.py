"""Taking a change back: the Change that makes records as they were, unless a later change touched them.

Records are compared by what they hold, not by revision: a later change that was itself taken back does
not stand in the way. Sets stay when the change that brought them along is taken back. So do decisions: they
are only added to, and what takes one back says again what it had superseded, or that it is withdrawn.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from annotator.adjudication.decisions import withdrawn
from annotator.change import Change, HistoryEntry, make_change
from annotator.errors import InvalidEdit
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
    Record,
    Rejection,
    Relation,
    TextVersion,
    WorkInterval,
    new_id,
    now,
)
from annotator.services.versions import is_of_versions, take_back_version
from annotator.store import Store

# What annotating writes, and cases. An import or a new annotator is not undone by a key.
_TAKEN_BACK = (
    Annotation,
    Relation,
    DocumentLabel,
    Rejection,
    Assignment,
    Decision,
    CourtCase,
    CaseDocument,
)


def next_step(store: Store, document: str | None, verb: Literal["undo", "redo"]) -> HistoryEntry | None:
    """What undo or redo works on next: in a document the newest change of it, also one over several.

    With None it is the newest over several documents. An edit in the document ends the redo of a change
    over several that was taken back before it.
    """
    ask = store.undoable if verb == "undo" else store.redoable
    across = ask(None)
    if document is None:
        return across
    here = ask(document)
    # What it has to be newer than: to be undone, or redone, before what is only here.
    newest = max((entry.n for entry in (here, store.undoable(document)) if entry is not None), default=0)
    if across is not None and across.n > newest and store.annotates(across.change_id, document):
        return across
    return here


def take_back(store: Store, entry: HistoryEntry, *, annotator: str, verb: Literal["undo", "redo"]) -> Change:
    """The Change that takes back a change of the history, not applied yet.

    Raises InvalidEdit if another annotator made it, if it is not an edit of annotations, or with the
    name of the later change that touched the same record.
    """
    if entry.annotator != annotator:
        raise InvalidEdit(f"Nothing of yours to {verb}: {_made_by(store, entry)} “{entry.title}” here.")
    change = store.change(entry.change_id)
    if is_of_versions(change):
        return take_back_version(store, entry, change, annotator=annotator, verb=verb)
    decided = () if _is_removal(change) else _decisions(change)
    made = [record for record in change.after if not isinstance(record, AnnotationSet)]
    made = [record for record in made if record not in decided]
    replaced = [record for record in change.before if not isinstance(record, AnnotationSet)]
    allowed = _allowed(change)
    if not all(isinstance(record, allowed) for record in (*made, *replaced)):
        raise InvalidEdit(f"Nothing to {verb}: “{entry.title}” is not taken back this way.")
    present = _present(store, entry, made, replaced, verb)
    _check_links(store, entry, removed=made, restored=replaced, verb=verb)
    restated = _restated(store, entry, decided, annotator, verb)
    return make_change(
        change.title,
        annotator=annotator,
        document=change.document,
        before=present,
        after=(*replaced, *restated),
        undoes=change.id,
    )


def _allowed(change: Change) -> tuple[type[Record], ...]:
    """The types of record that a change may have to be taken back."""
    if _is_rereading(change):
        return (*_TAKEN_BACK, Document, TextVersion)
    return (*_TAKEN_BACK, Document, TextVersion, WorkInterval) if _is_removal(change) else _TAKEN_BACK


def _is_removal(change: Change) -> bool:
    """Whether a change took documents out of the project, or took that back; an import is neither."""
    of_documents = any(isinstance(record, Document) for record in (*change.before, *change.after))
    return of_documents and (not change.after or (not change.before and change.undoes is not None))


def _is_rereading(change: Change) -> bool:
    """Whether a document went over to another reading of its source, which leaves it in the project."""
    was = {record.id for record in change.before if isinstance(record, Document)}
    now = {record.id for record in change.after if isinstance(record, Document)}
    return bool(was) and was == now


def _present(
    store: Store, entry: HistoryEntry, made: Iterable[Record], replaced: Iterable[Record], verb: str
) -> tuple[Record, ...]:
    """The records that the change made, as they are now; refused where they are not as it left them."""
    by_id = {record.id: record for record in made}
    stored = _stored(store, (*by_id.values(), *replaced))
    for record in replaced:
        if record.id not in by_id and record.id in stored:
            raise _touched(store, entry, record.id, verb)
    present: list[Record] = []
    for record in by_id.values():
        now = stored.get(record.id)
        if now is None or not _is_same(now, record):
            raise _touched(store, entry, record.id, verb)
        present.append(now)
    return tuple(present)


def _decisions(change: Change) -> tuple[Decision, ...]:
    return tuple(record for record in change.after if isinstance(record, Decision))


def _restated(
    store: Store, entry: HistoryEntry, decided: Iterable[Decision], annotator: str, verb: str
) -> tuple[Decision, ...]:
    """What takes decisions back: what they superseded, said again, or that they are withdrawn."""
    found: list[Decision] = []
    known: dict[str, dict[str, Decision]] = {}
    for decision in decided:
        if decision.document not in known:
            known[decision.document] = {each.id: each for each in store.decisions(decision.document)}
        there = known[decision.document]
        standing = _standing(decision, there.values())
        if standing is None:
            raise _touched(store, entry, decision.id, verb)
        earlier = [there[each] for each in decision.supersedes if each in there]
        found += [
            replace(each, id=new_id(), decided=now(), supersedes=(standing.id,))
            for each in earlier or (withdrawn(decision, annotator),)
        ]
    return tuple(found)


def _standing(decision: Decision, known: Iterable[Decision]) -> Decision | None:
    """The decision itself, or what says the same in its place once later ones were taken back."""
    by_earlier: dict[str, list[Decision]] = {}
    for each in known:
        for earlier in each.supersedes:
            by_earlier.setdefault(earlier, []).append(each)
    standing = decision
    while standing.id in by_earlier:
        if len(by_earlier[standing.id]) > 1:
            return None
        [standing] = by_earlier[standing.id]
    return standing if _states(standing) == _states(decision) else None


def _states(decision: Decision) -> Decision:
    return replace(decision, id="", decided="", supersedes=(), revision="")


def _check_links(
    store: Store, entry: HistoryEntry, *, removed: Sequence[Record], restored: Sequence[Record], verb: str
) -> None:
    """Refuse what would leave a link without one of its spans."""
    going = {record.id for record in removed}
    coming = {record.id for record in restored}
    lost = [record.id for record in removed if isinstance(record, Annotation) and record.id not in coming]
    for relation in store.relations_at_any(lost):
        if relation.id not in going or relation.id in coming:
            raise _touched(store, entry, relation.id, verb)
    links = [record for record in restored if isinstance(record, Relation) and record.id not in going]
    ends = {end for link in links for end in (link.source, link.target)} - coming
    there = store.records(Annotation, sorted(ends))
    for end in sorted(ends):
        if end not in there:
            raise _touched(store, entry, end, verb)
    _check_cases(store, entry, going=going, restored=restored, verb=verb)


def _check_cases(
    store: Store, entry: HistoryEntry, *, going: Container[str], restored: Sequence[Record], verb: str
) -> None:
    """Refuse what would leave a document in a case that is gone, or in a case itself gone."""
    coming = {record.id for record in restored}
    members = [record for record in restored if isinstance(record, CaseDocument)]
    wanted = sorted({record.case for record in members} - coming)
    documents = sorted({record.document for record in members} - coming)
    there = {*store.records(CourtCase, wanted), *store.records(Document, documents)}
    for needed in (*wanted, *documents):
        if needed not in there:
            raise _touched(store, entry, needed, verb)
    for member in store.case_documents():
        if member.case in going and member.case not in coming and member.id not in going:
            raise _touched(store, entry, member.id, verb)


def _is_same(one: Record, other: Record) -> bool:
    """Whether two records hold the same, whichever change wrote them; mostly it is the very same record."""
    return one == other or replace(one, revision="") == replace(other, revision="")


def _stored(store: Store, records: Iterable[Record]) -> dict[str, Record]:
    """Those of the records that there are now, by id; read together, for a change may have thousands."""
    ids: dict[type[Record], list[str]] = {}
    for record in records:
        ids.setdefault(type(record), []).append(record.id)
    found: dict[str, Record] = {}
    for kind, some in ids.items():
        found.update(store.records(kind, some))
    return found


def _touched(store: Store, entry: HistoryEntry, record_id: str, verb: str) -> InvalidEdit:
    later = store.last_change_of(record_id)
    name = "a later change" if later is None else f"“{later.title}”"
    return InvalidEdit(f"Cannot {verb} “{entry.title}”, because {name} came after it.")


def _made_by(store: Store, entry: HistoryEntry) -> str:
    person = store.record(Annotator, entry.annotator)
    return "somebody else did" if person is None else f"{person.name} did"
