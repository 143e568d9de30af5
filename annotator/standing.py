"""How far the work of a project stands: documents by status, what each has left, and how long it takes.

It is counted from what the store answers in groups (`WorkFacts`), never from spans. Speed comes from the
time on task that was kept; work that was imported took none here, and says nothing about speed.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias, get_args

from annotator.model import Annotator, Role, WorkState

DocumentStatus: TypeAlias = Literal["unassigned", "todo", "in_progress", "returned", "done", "skipped"]
STATUSES: tuple[DocumentStatus, ...] = get_args(DocumentStatus)
STATES: tuple[WorkState, ...] = ("todo", "in_progress", "returned", "done", "skipped")
LEFT: tuple[WorkState, ...] = ("todo", "in_progress", "returned")

PACE_DAYS = 28  # what is finished in these many days is the pace that a forecast goes by
_HOUR = 3600
_BITS: Mapping[WorkState, int] = {state: 1 << place for place, state in enumerate(STATES)}


class Titled(NamedTuple):
    """A document: its id, its title, the length of its text in code points."""

    id: str
    title: str
    length: int


class TimeSpent(NamedTuple):
    """What the sittings of an annotator add up to; `lately` are the documents finished in PACE_DAYS."""

    annotator: str
    seconds: int
    spans: int
    finished: int
    lately: int


class DayOfWork(NamedTuple):
    """What an annotator did on a day (as `2026-03-27`)."""

    annotator: str
    day: str
    seconds: int
    finished: int


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """What a store tells of the work on all documents.

    `documents` stand in order of import, `states` has (annotator, state, documents) as they were said, and
    `marked` (annotator, documents in which they have a span); documents that they are done with may lack.
    """

    documents: Sequence[Titled]
    states: Sequence[tuple[str, WorkState, Sequence[str]]]
    marked: Sequence[tuple[str, Sequence[str]]]
    times: Sequence[TimeSpent]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is left takes `hours` of work and, at the pace of late, `days`; None where nothing tells it."""

    hours: float | None
    days: int | None


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """An annotator's documents by state, what they did, and what is left in code points."""

    id: str
    name: str
    role: Role
    states: Mapping[WorkState, int]
    characters_left: int
    characters_done: int
    time: TimeSpent

    @property
    def left(self) -> int:
        """How many documents are still to be worked on."""
        return sum(self.states.get(state, 0) for state in LEFT)

    @property
    def documents_an_hour(self) -> float | None:
        """Documents finished in an hour at work; None if no time was kept or nothing finished in it."""
        return _ratio(self.time.finished * _HOUR, self.time.seconds) or None

    @property
    def spans_an_hour(self) -> float | None:
        """Spans made less those removed in an hour at work; None if no time was kept."""
        return _ratio(self.time.spans * _HOUR, self.time.seconds)

    @property
    def forecast(self) -> Forecast:
        """When what is left will be done; a document of twice the usual length counts twice."""
        if not self.left:
            return Forecast(0.0, 0)
        usual = _ratio(self.characters_done, self.states.get("done", 0)) or 0.0
        documents = self.characters_left / usual if usual else float(self.left)
        speed, pace = self.documents_an_hour, self.time.lately / PACE_DAYS
        return Forecast(documents / speed if speed else None, math.ceil(documents / pace) if pace else None)


@dataclass(frozen=True, slots=True)
class DocumentStanding:
    """A document and its status over all annotators."""

    id: str
    title: str
    length: int
    status: DocumentStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole project. `states` has for each annotator the state of their documents."""

    documents: tuple[DocumentStanding, ...]
    people: tuple[PersonStanding, ...]
    states: Mapping[str, Mapping[str, WorkState]] = field(default_factory=dict)

    @property
    def statuses(self) -> Mapping[DocumentStatus, int]:
        """How many documents have each status."""
        counts = Counter(document.status for document in self.documents)
        return {status: counts[status] for status in STATUSES}

    @property
    def forecast(self) -> Forecast:
        """Hours of all together, and the days of whoever takes longest; None if somebody's is not known."""
        each = [person.forecast for person in self.people if person.left]
        hours = [one.hours for one in each if one.hours is not None]
        days = [one.days for one in each if one.days is not None]
        return Forecast(
            sum(hours) if len(hours) == len(each) else None,
            max(days, default=0) if len(days) == len(each) else None,
        )

    def chosen(
        self, *, annotator: str = "", status: DocumentStatus | Literal["left", ""] = ""
    ) -> tuple[DocumentStanding, ...]:
        """The documents of a status: of all, or as it is for one annotator; "left" is all unfinished."""
        own = self.states.get(annotator, {})
        wanted = (*LEFT, "unassigned") if status == "left" else (status,)
        return tuple(
            document
            for document in self.documents
            if (not annotator or document.id in own)
            and (not status or (own[document.id] if annotator else document.status) in wanted)
        )


@dataclass(frozen=True, slots=True)
class Distribution:
    """Spans by label and annotator, and work by week (as `2026-W13`) and annotator; ids throughout.

    `weeks` has (week, annotator, seconds, documents finished).
    """

    labels: Mapping[str, Mapping[str, int]]
    weeks: tuple[tuple[str, str, int, int], ...]

    @property
    def totals(self) -> Mapping[str, int]:
        """Spans of each label, the most frequent first."""
        sums = {label: sum(own.values()) for label, own in self.labels.items()}
        return dict(sorted(sums.items(), key=lambda entry: (-entry[1], entry[0])))


def standing_of(facts: WorkFacts, annotators: Sequence[Annotator]) -> Standing:
    """How far the work stands. Annotators who have neither documents nor spans are left out."""
    states: dict[str, dict[str, WorkState]] = {who.id: {} for who in annotators}
    for who, state, documents in facts.states:
        states[who].update(dict.fromkeys(documents, state))
    for who, documents in facts.marked:
        own = states[who]
        own.update((each, "in_progress") for each in documents if own.get(each, "todo") == "todo")
    met = {document.id: 0 for document in facts.documents}
    for own in states.values():
        for document, state in own.items():
            met[document] |= _BITS[state]
    lengths = {document.id: document.length for document in facts.documents}
    times = {time.annotator: time for time in facts.times}
    people = tuple(
        _person(who, states[who.id], lengths, times.get(who.id, TimeSpent(who.id, 0, 0, 0, 0)))
        for who in annotators
        if states[who.id]
    )
    known = {
        bits: status_of([state for state in STATES if bits & _BITS[state]]) for bits in set(met.values())
    }
    standings = tuple(DocumentStanding(*each, known[met[each.id]]) for each in facts.documents)
    return Standing(standings, people, states)


def status_of(states: Collection[WorkState]) -> DocumentStatus:
    """The status of a document from how far its annotators are; what was returned goes before all else."""
    if not states:
        return "unassigned"
    if "returned" in states:
        return "returned"
    if set(states) <= {"done", "skipped"}:
        return "done" if "done" in states else "skipped"
    return "in_progress" if set(states) - {"todo", "skipped"} else "todo"


def _person(
    who: Annotator, own: Mapping[str, WorkState], lengths: Mapping[str, int], time: TimeSpent
) -> PersonStanding:
    counts = Counter(own.values())
    sums = dict.fromkeys(STATES, 0)
    for document, state in own.items():
        sums[state] += lengths[document]
    left = sum(sums[state] for state in LEFT)
    states = {state: counts[state] for state in STATES}
    return PersonStanding(who.id, who.name, who.role, states, left, sums["done"], time)


def _ratio(upper: float, lower: float) -> float | None:
    return upper / lower if lower else None
