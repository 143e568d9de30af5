"""From the spans of several annotators to units of disagreement: clusters, and in them slots.

A cluster is what hangs together by overlap and is shown as one; a slot has at most one span of each annotator
and is what is decided. Every span is in exactly one slot. Who has finished the document and marked nothing
there is a vote for "no span", never somebody missing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.adjudication.keys import content_key, unit_key
from annotator.adjudication.types import UnitType, classify, shares_extent, split_slots
from annotator.agreement.matching import Crossing, matched, shared, size
from annotator.agreement.work import DocumentWork
from annotator.model import Annotation

LEAST_IOU = 0.10
LEAST_OF_SHORTER = 0.5
LARGEST_EXACT = 60  # spans of a cluster, above which the best matching is not looked for
_MOST = 1.75  # the weight of two spans that are the same


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that an annotator (an id) proposes; `content` is its content key."""

    annotator: str
    span: Annotation
    content: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What a reviewer decides at once: the candidates by place, and who has none.

    `flags` say more than the one type: how boundaries differ, and what differs besides. `cluster` counts the
    clusters of the document and layer in order of the text.
    """

    key: str
    document: str
    layer: str
    type: UnitType
    flags: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    absent: tuple[str, ...]
    cluster: int

    @property
    def start(self) -> int:
        """Where the first candidate begins; 0 if there is none."""
        return min((each.span.start for each in self.candidates), default=0)

    @property
    def end(self) -> int:
        return max((each.span.end for each in self.candidates), default=0)

    @property
    def members(self) -> dict[str, str]:
        """By the id of a span of the unit its content."""
        return {each.span.id: each.content for each in self.candidates}

    @property
    def votes(self) -> dict[str, str]:
        """By annotator the content that they propose, "" for no span."""
        return {each.annotator: each.content for each in self.candidates} | dict.fromkeys(self.absent, "")


class _Edge(NamedTuple):
    """Two spans (places in the list) that may be about the same."""

    weight: float
    first: int
    second: int


def units(work: DocumentWork, *, layer: str, text_sha256: str) -> tuple[Unit, ...]:
    """The units of one layer of a document in order of the text."""
    spans = _in_order(work)
    edges = _edges(spans)
    clusters = _clusters(len(spans), edges)
    made: list[tuple[int, tuple[Candidate, ...], UnitType, tuple[str, ...]]] = []
    people = tuple(sorted(work.spans))
    for number, (members, own_edges) in enumerate(clusters):
        slots = _slots(spans, members, own_edges)
        typed = _typed(spans, slots, len(people))
        made += [(number, tuple(spans[at] for at in slot), *kind) for slot, kind in typed]
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for number, candidates, kind, flags in made:
        contents = tuple(sorted(each.content for each in candidates))
        key = unit_key(text_sha256, layer, contents, seen[contents])
        seen[contents] += 1
        having = {each.annotator for each in candidates}
        absent = tuple(who for who in people if who not in having)
        found.append(Unit(key, work.document, layer, kind, flags, candidates, absent, number))
    return tuple(found)


def _in_order(work: DocumentWork) -> list[Candidate]:
    """All spans by place, then by what they say, so that the order in which they were read says nothing."""
    found = [
        Candidate(who, span, content_key(span.label, span.fragments, span.attributes))
        for who, spans in work.spans.items()
        for span in spans
    ]
    return sorted(found, key=_place)


def _place(of: Candidate) -> tuple[int, int, str, str, str, str]:
    span = of.span
    return span.fragments[0].start, span.fragments[-1].end, span.label, of.content, of.annotator, span.id


def _edges(spans: Sequence[Candidate]) -> list[_Edge]:
    """The pairs of different annotators that overlap enough, by a sweep that holds the spans still open.

    What one annotator marked twice is shown together too, by an edge without weight.
    """
    found: list[_Edge] = []
    opened: list[tuple[int, int]] = []  # where a span ends, and its place in the list
    for at, one in enumerate(spans):
        start, end = one.span.fragments[0].start, one.span.fragments[-1].end
        opened = [entry for entry in opened if entry[0] > start]
        for _end, other in opened:
            if spans[other].annotator != one.annotator:
                weight = _weight(spans[other].span, one.span)
                if weight:
                    found.append(_Edge(weight, other, at))
            elif spans[other].span.fragments == one.span.fragments:
                found.append(_Edge(0.0, other, at))
        opened.append((end, at))
    return found


def _weight(one: Annotation, other: Annotation) -> float:
    """How much two spans are about the same, at most 1.75; 0 if too little."""
    if one.fragments == other.fragments:
        return _MOST if one.label == other.label else _MOST - 0.5
    both = shared(one.fragments, other.fragments)
    if not both:
        return 0.0
    first, second = size(one.fragments), size(other.fragments)
    iou = both / (first + second - both)
    if iou < LEAST_IOU and both < LEAST_OF_SHORTER * min(first, second):
        return 0.0
    has_end = one.start == other.start or one.end == other.end
    return iou + 0.5 * (one.label == other.label) + 0.25 * has_end


def _clusters(count: int, edges: Sequence[_Edge]) -> list[tuple[list[int], list[_Edge]]]:
    """The connected components in order of the text, each with its edges."""
    roots = list(range(count))
    for _weight, first, second in edges:
        one, other = _root(roots, first), _root(roots, second)
        if one != other:
            roots[max(one, other)] = min(one, other)
    members: dict[int, tuple[list[int], list[_Edge]]] = {}
    for at in range(count):
        members.setdefault(_root(roots, at), ([], []))[0].append(at)
    for edge in edges:
        members[_root(roots, edge.first)][1].append(edge)
    return list(members.values())


def _root(roots: list[int], at: int) -> int:
    while roots[at] != at:
        roots[at] = roots[roots[at]]
        at = roots[at]
    return at


def _slots(spans: Sequence[Candidate], members: Sequence[int], edges: Sequence[_Edge]) -> list[list[int]]:
    """The members of a cluster in slots, in order of the text."""
    if len(members) == 1:
        return [[members[0]]]
    people = {spans[at].annotator for at in members}
    if len(people) == len(members) and len(edges) == len(members) * (len(members) - 1) // 2:
        return [list(members)]  # everybody overlaps everybody: nothing to choose
    if len(people) == 2 and len(members) <= LARGEST_EXACT:
        return _best_slots(spans, members, edges)
    return _greedy_slots(spans, members, edges)


def _best_slots(
    spans: Sequence[Candidate], members: Sequence[int], edges: Sequence[_Edge]
) -> list[list[int]]:
    """Two annotators: the matching with the most pairs, and of those the one with the greatest weight."""
    first = spans[members[0]].annotator
    weighed = [
        Crossing(one, other, weight / _MOST)
        for weight, *pair in edges
        if weight
        for one, other in [sorted(pair, key=lambda at: (spans[at].annotator != first, at))]
    ]
    pairs = {edge.first: edge.second for edge in matched(sorted(weighed))}
    taken = set(pairs.values())
    return [[at, pairs[at]] if at in pairs else [at] for at in members if at not in taken]


def _greedy_slots(
    spans: Sequence[Candidate], members: Sequence[int], edges: Sequence[_Edge]
) -> list[list[int]]:
    """More annotators: slots are joined along the heaviest edges while no annotator is twice in one."""
    bits = {who: 1 << at for at, who in enumerate(sorted({spans[at].annotator for at in members}))}
    slot_of = {at: [at] for at in members}
    masks = {at: bits[spans[at].annotator] for at in members}
    for _weight, first, second in sorted(edges, key=lambda edge: (-edge.weight, edge.first, edge.second)):
        one, other = slot_of[first], slot_of[second]
        if one is other or masks[one[0]] & masks[other[0]]:
            continue
        masks[one[0]] |= masks[other[0]]
        one.extend(other)
        for at in other:
            slot_of[at] = one
    slots = {id(slot): slot for slot in slot_of.values()}
    return sorted((sorted(slot) for slot in slots.values()), key=lambda slot: slot[0])


def _typed(
    spans: Sequence[Candidate], slots: Sequence[list[int]], people: int
) -> Iterable[tuple[list[int], tuple[UnitType, tuple[str, ...]]]]:
    by_slot = [[(spans[at].annotator, spans[at].span) for at in slot] for slot in slots]
    split = split_slots(by_slot) if len(slots) > 1 else frozenset()
    for number, slot in enumerate(slots):
        own = by_slot[number]
        is_same = len({spans[at].content for at in slot}) == 1
        doubled = len(own) == 1 and len(slots) > 1 and shares_extent(by_slot, number)
        kind = classify(
            [span for _who, span in own],
            people=people,
            is_same=is_same,
            is_split=number in split,
            is_doubled=doubled,
        )
        yield slot, kind
