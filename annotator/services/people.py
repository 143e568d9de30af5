"""Who the names in an imported file are: the project's annotators, or new ones that join it."""

from collections.abc import Iterable

from annotator.model import (
    AnnotationSet,
    Annotator,
    Record,
    Role,
    annotator_set_id,
    gold_set_id,
    new_id,
)
from annotator.readers.document import ReadSet
from annotator.services.annotating import ANNOTATOR_COLOURS
from annotator.store import Store

AUTOMATIC = "auto:"  # how a decision names the rule that made it, instead of a person


class People:
    """Finds annotators and sets by name, ignoring case; `added` are those who were not there."""

    def __init__(self, store: Store, *, owner: str) -> None:
        """`owner` is the name of whoever the annotations belong to that carry no name."""
        self._owner = owner
        self._project = store.project_id
        self._by_name = {_folded(person.name): person.id for person in store.annotators()}
        self._sets = {row.id for row in store.sets()}
        self.added: list[Record] = []

    def id_of(self, name: str, *, role: Role = "annotator") -> str:
        """The annotator of that name; somebody new joins in the role."""
        shown = storable(" ".join((name or self._owner).split()))
        known = self._by_name.get(_folded(shown))
        if known is not None:
            return known
        colour = ANNOTATOR_COLOURS[len(self._by_name) % len(ANNOTATOR_COLOURS)]
        person = Annotator(new_id(), shown, role, colour)
        self._by_name[_folded(shown)] = person.id
        self.added.append(person)
        return person.id

    def ids_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The annotators of these names, in their order."""
        return tuple(self.id_of(name) for name in names)

    def decider(self, name: str) -> str:
        """The reviewer of that name, or the rule itself where a decision was made by one."""
        return name if name.startswith(AUTOMATIC) else self.id_of(name, role="reviewer")

    def set_of(self, part: ReadSet) -> str:
        """The set that the annotations go to: gold, or the annotator's own."""
        if part.kind == "gold":
            return self._set(AnnotationSet(gold_set_id(self._project), "gold", None))
        owner = self.id_of(part.annotator)
        return self._set(AnnotationSet(annotator_set_id(owner), "annotator", owner))

    def _set(self, row: AnnotationSet) -> str:
        if row.id not in self._sets:
            self._sets.add(row.id)
            self.added.append(row)
        return row.id


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def storable(name: str) -> str:
    """The name of a file without the half characters that stand for bytes that are no text."""
    return name.encode("utf-8", "replace").decode()
