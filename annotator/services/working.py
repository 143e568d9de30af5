"""The verbs of work on documents: keeping the time spent, and returning a document to who has marked it.

A sitting is kept by the same id as it goes on, so that a crash costs minutes at most. Undo passes it by.
"""

from datetime import UTC, date, datetime

from annotator import editing
from annotator.change import Change, make_change
from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.model import Annotator, Document, WorkInterval
from annotator.services.locking import assignment_of
from annotator.store import Store


def keep(store: Store, sitting: WorkInterval) -> Change:
    """Keep a sitting as it is now, in place of what was kept of it before.

    Raises InvalidEdit if its document or annotator is not in the project (any more).
    """
    document = store.record(Document, sitting.document)
    if document is None or store.record(Annotator, sitting.annotator) is None:
        raise InvalidEdit("The time was not kept, because the document is not in the project any more.")
    before = store.record(WorkInterval, sitting.id)
    change = make_change(
        f"Work on {document.title}",
        annotator=sitting.annotator,
        before=() if before is None else (before,),
        after=(sitting,),
    )
    store.apply(change)
    return change


def give_back(store: Store, *, annotator: str, document: str, to: str, message: str) -> Change:
    """Return a document to an annotator, who finds it on top of the list with the message.

    Raises InvalidEdit if somebody returns another's document who neither leads nor reviews.
    """
    who, found = store.record(Annotator, annotator), store.record(Document, document)
    owner = store.record(Annotator, to)
    if who is None or owner is None or found is None:
        raise InvalidEdit("This document or annotator is not in the project any more.")
    if who.role == "annotator" and who.id != owner.id:
        raise InvalidEdit("Only who leads or reviews returns a document to somebody else.")
    present = assignment_of(store, annotator=to, document=document)
    desk = Desk(store.schema(), found, annotator)
    change = editing.set_work_state(desk, state="returned", message=message, present=present, owner=owner.id)
    store.apply(change)
    return change


def day_began(moment: datetime) -> str:
    """When the day of a moment began, as records keep times; by the clock of the moment's own zone.

    A moment without a zone is one of this machine's.
    """
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    return midnight.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def week_of(day: date) -> str:
    """The week of a day as ISO 8601 has it, such as "2026-W13"."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"
