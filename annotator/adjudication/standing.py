"""How each unit stands after the decisions so far: which of them is about it, and whether it still holds.

Units are computed anew each time and decisions are not, so the two are put together here: first by key, then
by the spans that a decision was about. A decision is stale once an annotator who has finished votes otherwise
than when it was made; whoever has not finished, or is gone from the project, does not make it stale, not
even where nobody else had the spans.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias, get_args

from annotator.adjudication.decisions import (
    NO_OUTCOME,
    SECOND,
    SPOT_CHECK,
    heads,
    is_automatic,
    says,
)
from annotator.adjudication.units import Unit
from annotator.model import Decision

State: TypeAlias = Literal["open", "postponed", "stale", "contested", "spot_check", "auto", "decided"]
STATES: tuple[State, ...] = get_args(State)
TO_DO: frozenset[State] = frozenset(("open", "postponed", "stale", "contested"))


class Votable(Protocol):
    """A unit of spans or of links, as far as decisions are put together with it."""

    @property
    def key(self) -> str: ...
    @property
    def votes(self) -> Mapping[str, str]: ...
    @property
    def members(self) -> Mapping[str, str]:
        """By the id of a span or link of the unit, its content."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands, and the decisions that nothing supersedes; several are of several reviewers."""

    state: State
    decisions: tuple[Decision, ...] = ()

    @property
    def is_settled(self) -> bool:
        return self.state not in TO_DO

    @property
    def decision(self) -> Decision | None:
        """The decision that counts; None if there is none, or reviewers differ."""
        if self.state == "contested":
            return None
        first = [each for each in self.decisions if SECOND not in each.flags]
        return (first or self.decisions or (None,))[-1]


@dataclass(frozen=True, slots=True)
class Standings:
    """How all units of a document stand, by key; `gone` those that were decided and whose spans are all gone.

    The decision on one that is gone holds while nobody who has finished had one of the spans.
    """

    of: Mapping[str, Standing]
    gone: Mapping[str, Standing] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Standing, ...]:
        """How everything stands, also what is gone."""
        return *self.of.values(), *self.gone.values()

    @property
    def left_over(self) -> tuple[Decision, ...]:
        """The decisions whose spans are all gone."""
        return tuple(decision for each in self.gone.values() for decision in each.decisions)

    def about(self, unit: str) -> Standing | None:
        """How a unit (its key) stands, also one whose spans are gone; None if it is not known."""
        return self.of.get(unit) or self.gone.get(unit)

    @property
    def total(self) -> int:
        """How many units there are, those whose spans are gone among them."""
        return len(self.all)

    @property
    def to_do(self) -> int:
        """How many of them still ask for a decision."""
        return sum(not each.is_settled for each in self.all)


def standings(
    units: Sequence[Votable], decisions: Iterable[Decision], *, people: Mapping[str, Sequence[str]]
) -> Standings:
    """Put the units and decisions of a document together; `people` have finished it, by layer."""
    known = heads(each for each in decisions if each.unit)
    by_key = {unit.key: unit for unit in units}
    owners: dict[str, list[Votable]] = defaultdict(list)
    for unit in units:
        for member in unit.members:
            owners[member].append(unit)
    found: dict[str, list[Decision]] = defaultdict(list)
    gone: dict[str, list[Decision]] = defaultdict(list)
    for decision in known:
        about = by_key.get(decision.unit) or _nearest(decision, owners)
        if about is not None:
            found[about.key].append(decision)
        elif decision.outcome != "withdrawn":
            gone[decision.unit].append(decision)
    everybody = sorted({who for some in people.values() for who in some})
    return Standings(
        {unit.key: standing(unit, found.get(unit.key, ())) for unit in units},
        {key: _standing_of_gone(some, people.get(some[0].layer, everybody)) for key, some in gone.items()},
    )


def _standing_of_gone(decisions: Sequence[Decision], people: Sequence[str]) -> Standing:
    """How what nobody has any more stands; where none of it was right, nothing is to be decided anew."""
    if all(each.outcome in ("reject_all", "ambiguous") for each in decisions):
        return Standing("decided", tuple(decisions))
    return standing(gone_unit(decisions[0], people), decisions)


def gone_unit(decision: Decision, people: Iterable[str]) -> Unit:
    """What is left of a unit all whose spans are gone: nobody of those who have finished has anything."""
    return Unit(
        decision.unit, decision.document, decision.layer, "agree", ("gone",), (), tuple(people), cluster=-1
    )


def _nearest(decision: Decision, owners: Mapping[str, Sequence[Votable]]) -> Votable | None:
    """The unit that has the most of the spans that the decision was about, those unchanged first."""
    scores: dict[str, tuple[int, int]] = {}
    met: dict[str, Votable] = {}
    for vote in decision.candidates:
        for unit in owners.get(vote.annotation, ()):
            same, some = scores.get(unit.key, (0, 0))
            met[unit.key] = unit
            scores[unit.key] = (same + (unit.members[vote.annotation] == vote.content), some + 1)
    if not met:
        return None
    return met[max(scores, key=lambda key: (*scores[key], key))]


def standing(unit: Votable, decisions: Sequence[Decision]) -> Standing:
    """How a unit stands after the decisions about it that nothing supersedes."""
    said = [each for each in decisions if each.outcome not in NO_OUTCOME]
    if not said:
        is_put_off = any(each.outcome == "defer" for each in decisions)
        return Standing("postponed" if is_put_off else "open", tuple(decisions))
    if any(is_stale(unit, each) for each in said):
        return Standing("stale", tuple(said))
    by_person = [each for each in said if not is_automatic(each)]
    counted = by_person or said
    if len({says(each) for each in counted}) > 1:
        return Standing("contested", tuple(said))
    if by_person:
        # Of a second reviewer's decision alone nothing is in gold yet.
        state: State = "open" if all(SECOND in each.flags for each in said) else "decided"
        return Standing(state, tuple(said))
    return Standing("spot_check" if any(SPOT_CHECK in each.flags for each in said) else "auto", tuple(said))


def is_stale(unit: Votable, decision: Decision) -> bool:
    """Whether an annotator votes otherwise now than when it was decided, or somebody new has finished."""
    then = dict.fromkeys(decision.absent, "") | {vote.annotator: vote.content for vote in decision.candidates}
    return any(who not in then or then[who] != content for who, content in unit.votes.items())
