"""What is written down beside the decisions of a document: that names were shown, or feedback given."""

from collections.abc import Iterable

from annotator.adjudication.blind import seed_of
from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import Decision, Document, new_id, now
from annotator.services.deciding import app_version, check_reviewer
from annotator.services.telling import notes_to_write
from annotator.store import Store

REVEALED = "revealed"
RELEASED = "released"
_TITLES = {REVEALED: "Show the names in review", RELEASED: "Let the annotators see what was decided"}


def reveal(store: Store, *, reviewer: str, document: str, seed: int) -> Change:
    """Write down that a reviewer has seen who is who in a document. Raises InvalidEdit if it is gone."""
    return _written(store, REVEALED, reviewer=reviewer, document=document, seed=seed)


def reveal_all(store: Store, *, reviewer: str, documents: Iterable[str]) -> Change | None:
    """Write down that a reviewer has seen the names in these documents, where it is not yet."""
    check_reviewer(store, reviewer)
    unseen = [
        document
        for document in documents
        if not any(
            each.outcome == REVEALED and each.decided_by == reviewer for each in store.decisions(document)
        )
    ]
    if not unseen:
        return None
    notes = tuple(_note(REVEALED, reviewer, each, seed_of(store.project_id, each)) for each in unseen)
    change = make_change(_TITLES[REVEALED], annotator=reviewer, after=notes)
    store.apply(change)
    return change


def release(store: Store, *, reviewer: str, document: str) -> Change:
    """Let the annotators of a document see what was decided of their work in it, as it stands now."""
    check_reviewer(store, reviewer)
    return _written(
        store, RELEASED, reviewer=reviewer, document=document, beside=notes_to_write(store, document)
    )


def _written(
    store: Store,
    what: str,
    *,
    reviewer: str,
    document: str,
    seed: int = 0,
    beside: tuple[Decision, ...] = (),
) -> Change:
    check_reviewer(store, reviewer)
    found = store.record(Document, document)
    if found is None:
        raise InvalidEdit("This document is not in the project any more.")
    note = _note(what, reviewer, document, seed)
    change = make_change(_TITLES[what], annotator=reviewer, document=document, after=(note, *beside))
    store.apply(change)
    return change


def _note(what: str, reviewer: str, document: str, seed: int) -> Decision:
    return Decision(new_id(), document, None, what, (), reviewer, now(), seed=seed, app_version=app_version())
