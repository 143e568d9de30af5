"""Versions of the label schema and of the guidelines: who may write one, and taking the newest back.

A version is never changed. Taking it back removes it, so that the one before is in force again; that is
refused where spans use what only the newer one has.
"""

from typing import Literal

from annotator.change import Change, HistoryEntry, make_change
from annotator.errors import InvalidEdit
from annotator.model import Annotator, GuidelineVersion, SchemaVersion
from annotator.schema_toml import read_schema
from annotator.schema_uses import orphans
from annotator.store import Store

Version = SchemaVersion | GuidelineVersion


def check_lead(store: Store, annotator: str, what: str) -> None:
    """Raises InvalidEdit, with whom to ask, if the annotator does not lead the project."""
    person = store.record(Annotator, annotator)
    if person is not None and person.role == "lead":
        return
    leads = [other.name for other in store.annotators() if other.role == "lead"]
    ask = f"ask {' or '.join(leads)}" if leads else "and this project has none"
    raise InvalidEdit(f"Only a lead changes the {what}; {ask}.")


def is_of_versions(change: Change) -> bool:
    """Whether a change did nothing but add one version, or take one back."""
    records = (*change.before, *change.after)
    return len(records) == 1 and isinstance(records[0], Version)


def take_back_version(
    store: Store, entry: HistoryEntry, change: Change, *, annotator: str, verb: Literal["undo", "redo"]
) -> Change:
    """The Change that removes the version that a change added, or brings back the one that it removed.

    Raises InvalidEdit if another version came after it, or with the count if spans would be orphaned.
    """
    is_added = bool(change.after)
    present: Version | None = None
    for record in (*change.after, *change.before):
        if isinstance(record, SchemaVersion):
            schemas = store.versions(SchemaVersion)
            _refuse_later(store, entry, record, schemas[0], verb=verb, is_added=is_added)
            coming = schemas[1] if is_added else record
            lost = orphans(store.schema(), read_schema(coming.toml), store.schema_use())
            if lost:
                raise InvalidEdit(f"Cannot {verb} “{entry.title}”. {' '.join(lost)}")
            present = schemas[0]
        elif isinstance(record, GuidelineVersion):
            present = store.versions(GuidelineVersion)[0]
            _refuse_later(store, entry, record, present, verb=verb, is_added=is_added)
    return make_change(
        change.title,
        annotator=annotator,
        before=(present,) if is_added and present is not None else (),
        after=change.before,
        undoes=change.id,
    )


def _refuse_later(
    store: Store, entry: HistoryEntry, record: Version, newest: Version, *, verb: str, is_added: bool
) -> None:
    """Refuse to take back a version that another one has followed."""
    if newest.id != record.id if is_added else newest.number >= record.number:
        later = store.last_change_of(newest.id)
        name = "a later version" if later is None else f"“{later.title}”"
        raise InvalidEdit(f"Cannot {verb} “{entry.title}”, because {name} came after it.")
