"""Who finished a document under an earlier version of the label schema than the one in force.

They cannot have used what came later, so that they have not may not be a difference of opinion. When somebody
finished is taken from the clock of their own computer: it is told, and nothing is computed from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model import Assignment, SchemaVersion
from annotator.schema_differences import differences
from annotator.schema_toml import read_schema
from annotator.schema_uses import SchemaUse
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class Behind:
    """Annotators (ids) who finished under one earlier version, by its number, and what changed since then."""

    annotators: tuple[str, ...]
    number: int
    present: int
    changes: tuple[str, ...]


def behind(store: Store, assignments: Iterable[Assignment]) -> tuple[Behind, ...]:
    """Those of finished assignments who did not have the schema in force, the earliest version first."""
    present, *earlier = store.versions(SchemaVersion)
    if not earlier:
        return ()
    found: dict[str, list[str]] = {}
    for row in assignments:
        entry = store.last_change_of(row.id) if row.state == "done" else None
        if entry is None or present.created <= entry.time:
            continue
        version = next((each for each in earlier if each.created <= entry.time), earlier[-1])
        found.setdefault(version.id, []).append(row.annotator)
    return tuple(
        Behind(tuple(sorted(found[version.id])), version.number, present.number, _changes(version, present))
        for version in reversed(earlier)
        if version.id in found
    )


def _changes(before: SchemaVersion, after: SchemaVersion) -> tuple[str, ...]:
    found = differences(read_schema(before.toml), read_schema(after.toml), SchemaUse(), owners={})
    return tuple(each.sentence for each in found)
