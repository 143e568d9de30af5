"""The verbs of cases: finding them, and saying which documents belong to them.

`annotator`, `case` and `documents` are ids. Each verb is one Change over the project, undone from there. The
id of a case follows from its docket number, so that two computers that confirm one case have it once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.cases import FILING_HEAD, Described, Proposal, docket_keys, propose
from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import CaseDocument, CourtCase, Document, Record, derived_id, now
from annotator.progress import Job, Progress
from annotator.store import Store
from annotator.text import normalise


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its documents in order of their dates, undated ones last."""

    case: CourtCase
    documents: tuple[Document, ...]

    @property
    def articles(self) -> tuple[Document, ...]:
        return tuple(each for each in self.documents if each.kind == "article")

    @property
    def filings(self) -> tuple[Document, ...]:
        return tuple(each for each in self.documents if each.kind != "article")


def views(store: Store) -> tuple[CaseView, ...]:
    """All cases with their documents, by caption."""
    documents = {document.id: document for document in store.documents()}
    members: dict[str, list[Document]] = {}
    for member in store.case_documents():
        members.setdefault(member.case, []).append(documents[member.document])
    return tuple(
        CaseView(case, tuple(sorted(members.get(case.id, ()), key=lambda each: date_of(each) or "9")))
        for case in store.cases()
    )


def case_called(store: Store, name: str) -> CourtCase:
    """The case with that id, docket number in any spelling, or caption. Raises InvalidEdit without one."""
    cases, keys = store.cases(), set(docket_keys(name))
    found = [
        case
        for case in cases
        if name in (case.id, case.docket_number)
        or case.caption.casefold() == name.casefold()
        or keys & set(docket_keys(case.docket_number))
    ]
    if len(found) == 1:
        return found[0]
    listed = "; ".join(f"{case.docket_number} ({case.name})" for case in found or cases)
    there = f"there are {listed}" if listed else "it has none yet"
    said = "has several cases" if found else "has no case"
    raise InvalidEdit(f"The project {said} “{name}”; {there}.")


def date_of(document: Document) -> str:
    """The day that a document is of, as ISO 8601 writes it: filed or published; "" if it is not known."""
    said = document.metadata.get("date_filed") or document.metadata.get("date")
    return said if isinstance(said, str) else ""


def docket_of(store: Store) -> dict[str, str]:
    """The docket numbers of the cases that documents (ids) belong to, as one field."""
    cases = {case.id: case for case in store.cases()}
    found: dict[str, list[str]] = {}
    for member in store.case_documents():
        found.setdefault(member.document, []).append(cases[member.case].docket_number)
    return {document: "; ".join(filter(None, numbers)) for document, numbers in found.items()}


def find(store: Store) -> Job[tuple[Proposal, ...]]:
    """Look through all documents for the cases that they belong to; nothing is written."""
    documents = store.documents()
    described = []
    for number, document in enumerate(documents):
        yield Progress(number, len(documents), document.title)
        described.append(_described(store, document))
    members: dict[str, set[str]] = {}
    for member in store.case_documents():
        members.setdefault(member.case, set()).add(member.document)
    return propose(described, store.cases(), members)


def add(
    store: Store,
    *,
    annotator: str,
    docket_number: str,
    court: str = "",
    caption: str = "",
    documents: Sequence[str] = (),
) -> Change:
    """Add a case, with the documents that belong to it.

    Raises InvalidEdit without a docket number and caption, or if there is such a case.
    """
    case = _checked(CourtCase("", docket_number, court, caption, now()))
    keys = sorted(docket_keys(case.docket_number))
    case = replace(case, id=derived_id(store.project_id, "case", " ".join(keys) or case.name.casefold()))
    if store.record(CourtCase, case.id) is not None:
        raise InvalidEdit(f"There is a case {case.docket_number or case.name} already.")
    members = _members(store, case.id, documents)
    return _applied(store, f"Add the case {case.name}", annotator, after=(case, *members))


def change(store: Store, *, annotator: str, case: str, facts: Mapping[str, str]) -> Change:
    """Write some of a case's facts anew: docket_number, court, caption, note."""
    found = _case(store, case)
    given = _checked(replace(found, **{name: facts[name] for name in (*_WORDS, "note") if name in facts}))
    if given == found:
        raise InvalidEdit("The case is as it was.")
    title = f"Change the case {given.name}"
    return _applied(store, title, annotator, before=(found,), after=(replace(given, changed=now()),))


def remove(store: Store, *, annotator: str, case: str) -> Change:
    """Take a case out of the project; its documents stay."""
    found = _case(store, case)
    members = tuple(member for member in store.case_documents() if member.case == case)
    return _applied(store, f"Remove the case {found.name}", annotator, before=(*members, found))


def put(store: Store, *, annotator: str, case: str, documents: Sequence[str]) -> Change:
    """Say that documents belong to a case. Raises InvalidEdit if all of them do already."""
    found = _case(store, case)
    new = _members(store, case, documents)
    if not new:
        raise InvalidEdit(f"That belongs to {found.name} already.")
    return _applied(store, f"Put {_counted(len(new))} into {found.name}", annotator, after=new)


def take_out(store: Store, *, annotator: str, case: str, documents: Sequence[str]) -> Change:
    """Say that documents do not belong to a case. Raises InvalidEdit if none of them does."""
    found = _case(store, case)
    ids = [_member_id(case, document) for document in documents]
    gone = tuple(store.records(CaseDocument, ids).values())
    if not gone:
        raise InvalidEdit(f"That does not belong to {found.name}.")
    return _applied(store, f"Take {_counted(len(gone))} out of {found.name}", annotator, before=gone)


def confirm(
    store: Store, *, annotator: str, proposal: Proposal, documents: Sequence[str] | None = None
) -> Change:
    """Take a proposal over, with all of its documents or some of them (ids)."""
    chosen = [each.document for each in proposal.documents] if documents is None else list(documents)
    if proposal.case:
        return put(store, annotator=annotator, case=proposal.case, documents=chosen)
    return add(
        store,
        annotator=annotator,
        docket_number=proposal.docket_number,
        court=proposal.court,
        caption=proposal.caption,
        documents=chosen,
    )


def _described(store: Store, document: Document) -> Described:
    facts = document.metadata
    named = {name: str(facts.get(name) or "") for name in ("docket_number", "court", "caption")}
    text = store.text(document.text_version)
    return Described(
        document.id,
        document.title,
        document.kind,
        document.case or named["docket_number"],
        named["court"],
        named["caption"],
        text if document.kind == "article" else text[:FILING_HEAD],
    )


def _checked(case: CourtCase) -> CourtCase:
    words = {name: " ".join(normalise(getattr(case, name)).split()) for name in _WORDS}
    if not words["docket_number"] and not words["caption"]:
        raise InvalidEdit("A case needs a docket number or a caption.")
    return replace(case, **words, note=normalise(case.note).strip())


_WORDS = ("docket_number", "court", "caption")


def _case(store: Store, case: str) -> CourtCase:
    found = store.record(CourtCase, case)
    if found is None:
        raise InvalidEdit("This case is not in the project any more.")
    return found


def _members(store: Store, case: str, documents: Iterable[str]) -> tuple[CaseDocument, ...]:
    """The records that are new; raises InvalidEdit for a document that is not there."""
    wanted = list(dict.fromkeys(documents))
    if len(store.records(Document, wanted)) < len(wanted):
        raise InvalidEdit("A document that was chosen is not in the project any more.")
    ids = {_member_id(case, document): document for document in wanted}
    there = store.records(CaseDocument, list(ids))
    return tuple(CaseDocument(key, case, document) for key, document in ids.items() if key not in there)


def _member_id(case: str, document: str) -> str:
    return derived_id(case, "document", document)


def _counted(count: int) -> str:
    return "a document" if count == 1 else f"{count} documents"


def _applied(
    store: Store,
    title: str,
    annotator: str,
    *,
    before: Sequence[Record] = (),
    after: Sequence[Record] = (),
) -> Change:
    made = make_change(title, annotator=annotator, before=before, after=after)
    store.apply(made)
    return made
