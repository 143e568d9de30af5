"""What an annotator has before them in a document of a project, as the rules of editing want it."""

from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.model import AnnotationSet, Annotator, Document, annotator_set_id
from annotator.services.locking import assignment_of
from annotator.store import Store


def desk_of(store: Store, annotator: str, document: str) -> Desk:
    """The desk by ids. Raises InvalidEdit if the project has no such annotator or document."""
    if store.record(Annotator, annotator) is None:
        raise InvalidEdit("This annotator is not in the project.")
    found = store.record(Document, document)
    if found is None:
        raise InvalidEdit("This document is not in the project any more.")
    has_set = store.record(AnnotationSet, annotator_set_id(annotator)) is not None
    given = assignment_of(store, annotator=annotator, document=document)
    return Desk(store.schema(), found, annotator, has_set, () if given is None else given.layers)
