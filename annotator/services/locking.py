"""Work that is done is locked: what its annotator marked there changes only after the document is reopened.

The lock is on an annotator's own set of a document; the state of the work itself always can be changed.
"""

from annotator.change import Change
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    Annotator,
    Assignment,
    Document,
    DocumentLabel,
    Relation,
    annotator_set_id,
)
from annotator.roles import sees_others
from annotator.store import Store
from annotator.training import training_of


def assignment_of(store: Store, *, annotator: str, document: str) -> Assignment | None:
    """What is said of an annotator's work on a document, None if nothing is."""
    return next((given for given in store.assignments(document) if given.annotator == annotator), None)


def is_done(store: Store, *, annotator: str, document: str) -> bool:
    """Whether an annotator has finished a document."""
    given = assignment_of(store, annotator=annotator, document=document)
    return given is not None and given.state == "done"


def refuse_reopened(store: Store, change: Change) -> None:
    """Raises InvalidEdit if an annotator reopens a training document, whose key was shown."""
    after = {record.id: record for record in change.after}
    for before in change.before:
        if not isinstance(before, Assignment) or before.state != "done":
            continue
        now, who = after.get(before.id), store.record(Annotator, change.annotator)
        is_reopened = not isinstance(now, Assignment) or now.state != "done"
        document = store.record(Document, before.document)
        if is_reopened and document and training_of(document) and not (who and sees_others(who.role)):
            raise InvalidEdit(
                f"“{document.title}” is a training document that was held against its key. "
                "Ask a reviewer or lead to return it."
            )


def refuse_done(store: Store, change: Change) -> None:
    """Raises InvalidEdit, with its title, if a change edits a document that its annotator has finished.

    A change that says itself how far the work is passes, such as one that takes a removal back.
    """
    records = (*change.before, *change.after)
    stated = {record.document for record in records if isinstance(record, Assignment)}
    own = annotator_set_id(change.annotator)
    touched = dict.fromkeys(
        record.document
        for record in records
        if isinstance(record, Annotation | Relation | DocumentLabel) and record.set == own
    )
    for document in touched:
        if document not in stated and is_done(store, annotator=change.annotator, document=document):
            found = store.record(Document, document)
            title = "This document" if found is None else f"“{found.title}”"
            raise InvalidEdit(f"{title} is done; reopen it to change what is marked in it.")
