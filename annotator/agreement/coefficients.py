"""Chance-corrected agreement on items: Krippendorff's alpha, kappas, pi, S and AC1.

Definitions follow Artstein and Poesio (2008), Krippendorff (2004) and Gwet (2008). All give `Undefined`, or
NaN where they are sums, where chance alone would agree completely, never 0 or 1. In spans nothing here sees
a boundary: these serve tokens, labels of spans that are matched, attributes, and labels of whole documents.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np

from annotator.agreement.undefined import Undefined, Value
from annotator.agreement.values import Additive, Numbers, ratio

V = TypeVar("V", bound=Hashable)
Distance = Callable[[V, V], float]


def nominal(one: Hashable, other: Hashable) -> float:
    """0 for the same, 1 for another."""
    return float(one != other)


def interval(one: float, other: float) -> float:
    """The squared difference."""
    return float(one - other) ** 2


def ratio_distance(one: float, other: float) -> float:
    """The squared difference as a share of the sum; two zeros are the same."""
    return 0.0 if one == other else float((one - other) / (one + other)) ** 2


def ordinal(units: Iterable[Sequence[float]]) -> Distance[float]:
    """Krippendorff's distance of ranks, from how often each value occurs in what is compared."""
    counts = Counter(chain.from_iterable(unit for unit in units if len(unit) > 1))

    def distance(one: float, other: float) -> float:
        low, high = min(one, other), max(one, other)
        between = sum(count for value, count in counts.items() if low <= value <= high)
        return float(between - (counts[low] + counts[high]) / 2) ** 2 if low != high else 0.0

    return distance


def alpha(units: Iterable[Sequence[V]], distance: Distance[V] = nominal) -> Value:
    """Krippendorff's alpha of units, each with the values that were given to it; one alone says nothing."""
    pairable = [unit for unit in units if len(unit) > 1]
    counts = Counter(chain.from_iterable(pairable))
    total = sum(counts.values())
    observed = sum(
        sum(distance(one, other) for one in unit for other in unit) / (len(unit) - 1) for unit in pairable
    )
    expected = sum(
        count * other_count * distance(value, other)
        for value, count in counts.items()
        for other, other_count in counts.items()
    )
    return 1 - (total - 1) * observed / expected if expected else Undefined("no_variation")


def alpha_sums(counts: Numbers, unlike: Numbers, distances: Numbers | None = None) -> Numbers:
    """Alpha from sums: how often each value occurs (last axis), and coincidences of unlike ones.

    Nominal, or with a table of distances of the values, by which then `unlike` is weighted too.
    """
    total = counts.sum(axis=-1)
    alike = (counts**2).sum(axis=-1)
    expected = total**2 - alike if distances is None else ((counts @ distances) * counts).sum(axis=-1)
    return 1 - ratio((total - 1) * unlike, expected)


def cohen_kappa(table: Numbers, distances: Numbers | None = None) -> Value:
    """Cohen's kappa of a table of counts, first annotator by rows; weighted with a table of distances."""
    wrong = 1 - np.eye(len(table)) if distances is None else distances
    return _corrected(table, np.outer(table.sum(axis=1), table.sum(axis=0)) / max(table.sum(), 1), wrong)


def scott_pi(table: Numbers) -> Value:
    """Scott's pi of two annotators, who share one distribution of values."""
    shares = table.sum(axis=0) + table.sum(axis=1)
    expected = np.outer(shares, shares) / max(4 * table.sum(), 1)
    return _corrected(table, expected, 1 - np.eye(len(table)))


def bennett_s(table: Numbers) -> Value:
    """Bennett's S of two annotators, for whom all values are as likely."""
    expected = np.full(table.shape, table.sum() / table.size)
    return _corrected(table, expected, 1 - np.eye(len(table)))


def _corrected(table: Numbers, expected: Numbers, distances: Numbers) -> Value:
    by_chance = float((expected * distances).sum())
    return 1 - float((table * distances).sum()) / by_chance if by_chance else Undefined("no_variation")


def fleiss_kappa(votes: Numbers) -> Additive:
    """Fleiss' kappa: a row an item, a column a value, with how many chose it; none where all are the same.

    Items may differ in votes (Gwet 2014, chapter 2): each then has the same weight. With as many votes for
    each it is that of Fleiss (1971), and in two columns, one value and all others, his kappa of that value.
    """

    def score(sums: Numbers) -> Numbers:
        observed, shares = _observed(sums)
        expected = (shares**2).sum(axis=-1)
        return ratio(observed - expected, 1 - expected)

    return Additive(_vote_sums(votes), score)


def gwet_ac1(votes: Numbers) -> Additive:
    """Gwet's AC1: a row an item, a column each possible value, with how many chose it.

    Items may differ in votes; one vote alone tells only how often its value occurs.
    """

    def score(sums: Numbers) -> Numbers:
        observed, shares = _observed(sums)
        many = shares.shape[-1] - 1
        expected = (shares * (1 - shares)).sum(axis=-1) / many if many > 0 else np.ones(observed.shape)
        return ratio(observed - expected, 1 - expected)

    return Additive(_vote_sums(votes), score)


def _vote_sums(votes: Numbers) -> Numbers:
    """Of each item: whether it has two votes, the share of pairs alike, whether it has any, and shares."""
    number = votes.sum(axis=1)
    pairs = number * (number - 1)
    alike = np.divide((votes * (votes - 1)).sum(axis=1), pairs, out=np.zeros(len(votes)), where=pairs > 0)
    shares = votes / np.maximum(number, 1.0)[:, None]
    return np.column_stack([number > 1, alike, number > 0, shares])


def _observed(sums: Numbers) -> tuple[Numbers, Numbers]:
    """The mean share of pairs that are alike, and the mean share of each value."""
    shares = sums[..., 3:]
    return ratio(sums[..., 1], sums[..., 0]), ratio(shares, np.broadcast_to(sums[..., 2:3], shares.shape))
