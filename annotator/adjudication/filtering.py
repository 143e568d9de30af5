"""Which units of a document a list shows: by type, layer, label, state and annotator."""

from collections.abc import Collection
from dataclasses import dataclass

from annotator.adjudication.links import LinkUnit
from annotator.adjudication.standing import TO_DO, State
from annotator.adjudication.units import Unit


@dataclass(frozen=True, slots=True)
class Filter:
    """What a unit has to be; "" is anything.

    `state` "to_do" is every state that still asks for a decision, the spot check among them. An `annotator`
    (an id) is one who says something else than another one.
    """

    type: str = ""
    layer: str = ""
    label: str = ""
    state: str = ""
    annotator: str = ""

    def shows(self, unit: Unit | LinkUnit, state: State) -> bool:
        """Whether a unit that stands so is shown."""
        if self.type and unit.type != self.type:
            return False
        if self.layer and unit.layer != self.layer:
            return False
        if self.label and self.label not in labels_of(unit):
            return False
        if self.state == "to_do":
            if state not in TO_DO and state != "spot_check":
                return False
        elif self.state and state != self.state:
            return False
        return not self.annotator or self.annotator in differing(unit)


def labels_of(unit: Unit | LinkUnit) -> frozenset[str]:
    """The labels of a unit's spans, or the types of its links."""
    if isinstance(unit, Unit):
        return frozenset(each.span.label for each in unit.candidates)
    return frozenset(each.link.type for each in unit.candidates)


def differing(unit: Unit | LinkUnit) -> Collection[str]:
    """The annotators (ids) who say something else than some other one does: all who vote, or nobody."""
    votes = unit.votes
    return votes.keys() if len(set(votes.values())) > 1 else ()
