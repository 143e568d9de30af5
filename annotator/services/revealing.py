"""Showing names in blind review, which is written down among the decisions of the document."""

from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import Decision, Document, new_id, now
from annotator.services.deciding import app_version, check_reviewer
from annotator.store import Store

REVEALED = "revealed"


def reveal(store: Store, *, reviewer: str, document: str, seed: int) -> Change:
    """Write down that a reviewer has seen who is who in a document. Raises InvalidEdit if it is gone."""
    check_reviewer(store, reviewer)
    found = store.record(Document, document)
    if found is None:
        raise InvalidEdit("This document is not in the project any more.")
    seen = Decision(
        new_id(),
        document,
        None,
        REVEALED,
        (),
        reviewer,
        now(),
        seed=seed,
        app_version=app_version(),
    )
    change = make_change("Show the names in review", annotator=reviewer, document=document, after=(seen,))
    store.apply(change)
    return change
