"""What two annotators linked alike: the sums of links of each document, ends compared by the slot of a span.

Spans of several annotators that mean the same are in one slot (`adjudication.units`), so a link is the same
also where its spans differ a little. Two annotators are compared only on links whose both ends stand in
documents and layers that both have finished, in whichever documents the ends are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from annotator.adjudication.units import units
from annotator.agreement.attributes import Met, given
from annotator.agreement.document_sums import Pair
from annotator.agreement.work import DocumentWork
from annotator.model import Relation


class LinkEnd(NamedTuple):
    """What a link starts or ends at: the key of a span's slot, its document and layer, who finished it."""

    slot: str
    document: str
    layer: str
    people: frozenset[str]


@dataclass(slots=True)
class LinkCounts:
    """Links of one type of two annotators: how many each made, and how many of them are alike.

    `exact` have the same ends, `start` the same start, wherever they end.
    """

    first: int = 0
    second: int = 0
    exact: int = 0
    start: int = 0


@dataclass(slots=True)
class LinkSums:
    """What the links that start in one layer of a document add to agreement.

    `untyped` counts by pair links with the same ends, whatever their type. `values` says how often which
    value of a link that both made meets which, by type and attribute. `alone` counts links that nobody else
    could have made, since an end is not finished by two or is not compared.
    """

    pairs: dict[Pair, dict[str, LinkCounts]] = field(default_factory=dict)
    untyped: Counter[Pair] = field(default_factory=Counter)
    values: dict[tuple[str, str], Met] = field(default_factory=dict)
    links: Counter[str] = field(default_factory=Counter)
    alone: int = 0


class _Made(NamedTuple):
    annotator: str
    link: Relation
    source: LinkEnd
    target: LinkEnd


def link_sums(
    works: Mapping[str, Sequence[DocumentWork]], links: Sequence[tuple[str, Relation]]
) -> Mapping[str, Mapping[str, LinkSums]]:
    """By layer and document (ids) the sums of links, each with the annotator (an id) who made it.

    `works` is the finished work by layer, of every layer that a link may start or end in.
    """
    ends = _ends(works, {end for _who, link in links for end in (link.source, link.target)})
    by_place: dict[tuple[str, str], list[_Made]] = {}
    sums: dict[str, dict[str, LinkSums]] = {}
    for who, link in links:
        source, target = ends.get(link.source), ends.get(link.target)
        if source is None:
            continue
        own = sums.setdefault(source.layer, {}).setdefault(source.document, LinkSums())
        if target is None or len(source.people & target.people) < 2:
            own.alone += 1
            continue
        own.links[link.type] += 1
        by_place.setdefault((source.layer, source.document), []).append(_Made(who, link, source, target))
    for (layer, document), made in by_place.items():
        _compare(sums[layer][document], made)
    return sums


def _ends(works: Mapping[str, Sequence[DocumentWork]], wanted: set[str]) -> Mapping[str, LinkEnd]:
    """The ends by the id of the span. Slots are made only where a link starts or ends."""
    found = {}
    for layer, of_layer in works.items():
        for work in of_layer:
            if not any(span.id in wanted for spans in work.spans.values() for span in spans):
                continue
            people = frozenset(work.spans)
            for unit in units(work, layer=layer, text_sha256=work.document):
                for each in unit.candidates:
                    found[each.span.id] = LinkEnd(unit.key, work.document, layer, people)
    return found


def _compare(sums: LinkSums, made: Sequence[_Made]) -> None:
    people = sorted(frozenset[str]().union(*(each.source.people & each.target.people for each in made)))
    for pair in combinations(people, 2):
        both = [each for each in made if {*pair} <= each.source.people & each.target.people]
        first, second = ([each for each in both if each.annotator == who] for who in pair)
        if first or second:
            sums.pairs[pair] = _counts(first, second)
            sums.untyped[pair] = _common(map(_ends_of, first), map(_ends_of, second))
            _meet(sums, first, second)


def _counts(first: Sequence[_Made], second: Sequence[_Made]) -> dict[str, LinkCounts]:
    counts: dict[str, LinkCounts] = {}
    for kind in sorted({each.link.type for each in (*first, *second)}):
        one = [each for each in first if each.link.type == kind]
        other = [each for each in second if each.link.type == kind]
        counts[kind] = LinkCounts(
            len(one),
            len(other),
            _common(map(_ends_of, one), map(_ends_of, other)),
            _common((each.source.slot for each in one), (each.source.slot for each in other)),
        )
    return counts


def _meet(sums: LinkSums, first: Sequence[_Made], second: Sequence[_Made]) -> None:
    """Add how the values of links that both made meet; where neither has a value there is nothing to add."""
    others = {(*_ends_of(each), each.link.type): each.link for each in reversed(second)}
    for each in first:
        other = others.pop((*_ends_of(each), each.link.type), None)
        if other is None:
            continue
        for name in sorted(each.link.attributes.keys() | other.attributes.keys()):
            values = given(each.link, name), given(other, name)
            sums.values.setdefault((each.link.type, name), Counter())[values] += 1


def _ends_of(made: _Made) -> tuple[str, str]:
    return made.source.slot, made.target.slot


def _common(first: Iterable[object], second: Iterable[object]) -> int:
    return (Counter(first) & Counter(second)).total()
