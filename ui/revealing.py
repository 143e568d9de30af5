"""Names of annotators in reports of the whole project, to who reviews blind: on request, which is kept."""

from annotator.errors import AnnotatorError
from annotator.services.review_log import reveal_all
from annotator.shown_names import is_blind
from ui.session import Session


def starts_blind(session: Session) -> bool:
    """Whether reports open without names for who is at work."""
    return session.annotator is not None and is_blind(session.annotator.role)


def may_show_names(session: Session) -> bool:
    """Write down that a reviewer asked for names, in every document; False, which is told, if that fails."""
    store = session.store
    if store is None or not starts_blind(session):
        return True
    try:
        written = reveal_all(
            store, reviewer=session.annotator_id, documents=[each.id for each in store.documents()]
        )
    except AnnotatorError as error:
        session.refused.emit(str(error))
        return False
    if written is not None:
        session.take(written)
    return True
