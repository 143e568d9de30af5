"""Units of links: which links of several annotators are the same, and where they differ in type or end.

Ends are compared by the unit that a span belongs to, never by the span itself: two annotators link the same
things also where their spans differ a little. A link is in exactly one unit.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.adjudication.keys import link_key, unit_key
from annotator.adjudication.types import UnitType
from annotator.model import Relation


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """A link that an annotator (an id) proposes; its ends are keys of units, `content` its content key."""

    annotator: str
    link: Relation
    source: str
    target: str
    content: str


@dataclass(frozen=True, slots=True)
class LinkUnit:
    """What a reviewer decides about a link, as `Unit` is for spans; `[start, end)` is where it begins."""

    key: str
    document: str
    layer: str
    type: UnitType
    flags: tuple[str, ...]
    candidates: tuple[LinkCandidate, ...]
    absent: tuple[str, ...]
    start: int
    end: int

    @property
    def members(self) -> dict[str, str]:
        """By the id of a link of the unit its content."""
        return {each.link.id: each.content for each in self.candidates}

    @property
    def votes(self) -> dict[str, str]:
        """By annotator the content that they propose, "" for no link."""
        return {each.annotator: each.content for each in self.candidates} | dict.fromkeys(self.absent, "")


@dataclass(frozen=True, slots=True)
class End:
    """Where a span stands that a link may start or end at: its unit's key, its layer and its extent."""

    unit: str
    layer: str
    start: int
    end: int


def link_units(
    links: Iterable[tuple[str, Relation]],
    *,
    ends: Mapping[str, End],
    people: Mapping[str, Sequence[str]],
    text_sha256: str,
) -> tuple[LinkUnit, ...]:
    """The units of the links of annotators (ids), in order of the text.

    `ends` are the ends by the id of the span, `people` by layer those who have finished it. A link counts for
    the layer of the span that it starts at; one of which an end is not known is left out.
    """
    candidates = sorted(
        (_candidate(who, link, ends) for who, link in links if link.source in ends and link.target in ends),
        key=lambda each: (
            ends[each.link.source].start,
            each.source,
            each.target,
            each.content,
            each.annotator,
            each.link.id,
        ),
    )
    slots = [[each] for each in candidates]
    for alike in (_exact, _same_ends, _same_start):
        slots = _joined(slots, alike)
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for slot in slots:
        end = ends[slot[0].link.source]
        contents = tuple(sorted(each.content for each in slot))
        key = unit_key(text_sha256, f"{end.layer}/links", contents, seen[contents])
        seen[contents] += 1
        everybody = people.get(end.layer, ())
        having = {each.annotator for each in slot}
        absent = tuple(sorted(who for who in everybody if who not in having))
        kind, flags = _type(slot, len(absent) + len(having))
        document = slot[0].link.document
        found.append(LinkUnit(key, document, end.layer, kind, flags, tuple(slot), absent, end.start, end.end))
    return tuple(sorted(found, key=lambda unit: (unit.start, unit.end, unit.key)))


def _candidate(who: str, link: Relation, ends: Mapping[str, End]) -> LinkCandidate:
    source, target = ends[link.source].unit, ends[link.target].unit
    return LinkCandidate(who, link, source, target, link_key(link.type, source, target, link.attributes))


def _exact(of: LinkCandidate) -> Hashable:
    return of.source, of.target, of.link.type


def _same_ends(of: LinkCandidate) -> Hashable:
    return of.source, of.target


def _same_start(of: LinkCandidate) -> Hashable:
    return of.source, of.link.type


def _joined(
    slots: Sequence[list[LinkCandidate]], alike: Callable[[LinkCandidate], Hashable]
) -> list[list[LinkCandidate]]:
    """Join slots that are alike while no annotator is twice in one, in their order."""
    found: list[list[LinkCandidate]] = []
    by_likeness: dict[Hashable, list[list[LinkCandidate]]] = {}
    for slot in slots:
        own = {each.annotator for each in slot}
        others = by_likeness.setdefault(alike(slot[0]), [])
        place = next((other for other in others if not own & {each.annotator for each in other}), None)
        if place is None:
            others.append(slot)
            found.append(slot)
        else:
            place.extend(slot)
    return found


def _type(slot: Sequence[LinkCandidate], people: int) -> tuple[UnitType, tuple[str, ...]]:
    is_same = len({each.content for each in slot}) == 1
    if is_same and len(slot) == people and people > 1:
        return "agree", ()
    flags = []
    if len({each.link.type for each in slot}) > 1:
        flags.append("type")
    if len({(each.source, each.target) for each in slot}) > 1:
        flags.append("endpoint")
    if not flags and not is_same:
        flags.append("attribute")
    if len(slot) < people:
        flags.append("missing" if len(slot) > 1 else "single")
    return "relation", tuple(flags)
