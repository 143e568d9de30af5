"""An edit as data: the records before and after. Applying the inverse takes the edit back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotator.model import Record, new_id


@dataclass(frozen=True, slots=True)
class Change:
    """An edit as data.

    A record only in `before` was removed, only in `after` added, in both (same id) updated.
    `document` is the one document it touches, None where it touches several or the project.
    `annotator` is who made it, `undoes` the id of the Change that it takes back.
    """

    id: str
    title: str
    annotator: str
    document: str | None = None
    before: tuple[Record, ...] = ()
    after: tuple[Record, ...] = ()
    undoes: str | None = None

    def inverse(self, *, annotator: str) -> "Change":
        """The Change that restores what was before, made by `annotator`."""
        return make_change(
            self.title,
            annotator=annotator,
            document=self.document,
            before=self.after,
            after=self.before,
            undoes=self.id,
        )


def make_change(
    title: str,
    *,
    annotator: str,
    document: str | None = None,
    before: Iterable[Record] = (),
    after: Iterable[Record] = (),
    undoes: str | None = None,
) -> Change:
    """A Change with an id of its own, whose records after it carry that id as their revision."""
    change_id = new_id()
    stamped = tuple(replace(record, revision=change_id) for record in after)
    return Change(change_id, title, annotator, document, tuple(before), stamped, undoes)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A Change as the history lists it; `n` counts a workstation's own changes from 1."""

    change_id: str
    annotator: str
    workstation: str
    n: int
    time: str
    title: str
    document: str | None
    undoes: str | None
