"""Units of two or more annotators aligned at best, as for gamma (Mathet, Widlöcher and Métivier 2015).

A unit stands alone or is aligned with at most one of each other annotator; such a group costs the mean, over
all pairs of annotators, of how unlike their two units are, and 1 for a pair of which one or both have none.
The disorder of the best alignment is the sum of its costs over the mean number of units of an annotator.

Discontinuous units are compared by their whole extent. Documents are laid end to end, further apart than
units can be aligned over.
"""

from collections.abc import Iterable, Sequence
from math import ceil, comb

import numpy as np
import numpy.typing as npt

from annotator.agreement.values import Numbers

MOST_GROUPS = 400_000
"""How many groups of units an alignment of three or more annotators is chosen from at most."""

Units = Numbers  # a row a unit: start, end, number of its label
Places = npt.NDArray[np.int64]
_LEAST_APART = 4


def units_of(
    documents: Sequence[tuple[int, Iterable[tuple[int, int, int]]]], *, annotators: int = 2
) -> Units:
    """The units of one of the annotators, in order of start, of documents laid end to end.

    A document is its length and (start, end, label) of each unit, in code points.
    """
    # Two units of whole documents that begin f lengths of the longest apart are unlike by f x f or more.
    apart = max(_LEAST_APART, ceil(_limit(annotators) ** 0.5))
    longest = max((length for length, _own in documents), default=0)
    rows = [
        (at * apart * longest + start, at * apart * longest + end, label)
        for at, (_length, own) in enumerate(documents)
        for start, end, label in own
    ]
    return np.array(sorted(rows), dtype=np.float64).reshape(-1, 3)


def unlikeness(first: Units, second: Units, *, alpha: float = 1.0, beta: float = 1.0) -> Numbers:
    """How unlike units are, row by row: `alpha` times place, and `beta` if their labels differ.

    Place is ((|start gap| + |end gap|) / (sum of lengths))².
    """
    gaps = np.abs(first[:, 0] - second[:, 0]) + np.abs(first[:, 1] - second[:, 1])
    lengths = first[:, 1] - first[:, 0] + second[:, 1] - second[:, 0]
    found: Numbers = alpha * (gaps / lengths) ** 2 + beta * (first[:, 2] != second[:, 2])
    return found


def disorder(annotators: Sequence[Units], *, alpha: float = 1.0, beta: float = 1.0) -> float | None:
    """The disorder of the best alignment of two or more annotators, of whom one at least has a unit.

    None where it would be chosen from more than MOST_GROUPS groups, which three or more can have.
    """
    total = sum(map(len, annotators))
    if len(annotators) == 2:
        least: float | None = _least_of_two(*annotators, alpha=alpha, beta=beta)
    else:
        groups = _groups(annotators, alpha=alpha, beta=beta)
        least = None if groups is None else _least(*groups, total)
    return None if least is None else least / (total / len(annotators))


def _limit(annotators: int) -> float:
    """What a unit is unlike to all others of its group together is less, or it costs less alone.

    In a group of k it adds its unlikeness less k - 1 to what the pairs cost, and alone as much as all pairs.
    """
    return comb(annotators, 2) + annotators - 1.0


def _near(
    first: Units, second: Units, limit: float, *, alpha: float, beta: float
) -> tuple[tuple[Places, Places], Numbers]:
    """The pairs less unlike than the limit, in order of the first, and how unlike they are."""
    if not len(first) or not len(second):
        nothing = np.zeros(0, dtype=np.int64)
        return (nothing, nothing), np.zeros(0)
    longest = float((second[:, 1] - second[:, 0]).max())
    reach = (limit / alpha) ** 0.5 * (first[:, 1] - first[:, 0] + longest)
    lows = np.searchsorted(second[:, 0], first[:, 0] - reach)
    highs = np.searchsorted(second[:, 0], first[:, 0] + reach, side="right")
    one, other = _ranges(lows, highs)
    costs = unlikeness(first[one], second[other], alpha=alpha, beta=beta)
    cheap = costs < limit
    return (one[cheap], other[cheap]), costs[cheap]


def _ranges(lows: Places, highs: Places) -> tuple[Places, Places]:
    """Which range, and which number of it, for every number from its low up to its high."""
    counts = highs - lows
    which = np.repeat(np.arange(len(lows)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(
        lows, counts
    )


# -- two annotators


def _least_of_two(first: Units, second: Units, *, alpha: float, beta: float) -> float:
    """The least sum of costs: a 1:1 matching, exact however many units there are."""
    (one, other), costs = _near(first, second, _limit(2), alpha=alpha, beta=beta)
    spared = _limit(2) - costs
    once = np.isin(one, _met_once(one)) & np.isin(other, _met_once(other))
    total = len(first) + len(second) - float(spared[once].sum())
    return total if once.all() else total - _most_spared(one[~once], other[~once], spared[~once])


def _met_once(places: Places) -> Places:
    values, counts = np.unique(places, return_counts=True)
    once: Places = values[counts == 1]
    return once


def _most_spared(one: Places, other: Places, spared: Numbers) -> float:
    """The greatest sum of `spared` over a 1:1 matching, in which units may stay alone."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows, at_row = np.unique(one, return_inverse=True)
    columns, at_column = np.unique(other, return_inverse=True)
    many, more = len(rows), len(columns)
    # Every unit may be matched with a stand-in of its own; stand-ins of a matched pair take each other. A
    # weight of 0 would be no edge, so all are raised by as much, which changes no choice between matchings.
    raised = 3.0
    first = np.concatenate([at_row, np.arange(many), many + np.arange(more), many + at_column])
    second = np.concatenate([at_column, more + np.arange(many), np.arange(more), more + at_row])
    weights = np.concatenate(
        [raised - spared, np.full(many, raised), np.full(more, raised), np.full(len(spared), raised)]
    )
    graph = csr_matrix((weights, (first, second)), shape=(many + more, many + more))
    chosen = min_weight_full_bipartite_matching(graph)
    return float(raised * (many + more) - graph[chosen].sum())


# -- three or more


def _groups(annotators: Sequence[Units], *, alpha: float, beta: float) -> tuple[Places, Numbers] | None:
    """All groups that may be of the best alignment, and their costs; None for too many.

    A group is a row with the number of a unit of each annotator, over all units, or -1.
    """
    many, limit = len(annotators), _limit(len(annotators))
    units = np.concatenate(annotators)
    begins = np.cumsum([0, *map(len, annotators)])
    members = np.zeros((0, many), dtype=np.int64)
    sums = np.zeros((0, many))  # of each unit of a group, how unlike it is to all others together
    for column, own in enumerate(annotators):
        grown = [(members, sums)]
        for anchor in range(column):
            is_first = (members[:, anchor] >= 0) & (members[:, :anchor] < 0).all(axis=1)
            (one, other), _costs = _near(annotators[anchor], own, limit, alpha=alpha, beta=beta)
            at = members[is_first, anchor] - begins[anchor]
            which, place = _ranges(np.searchsorted(one, at), np.searchsorted(one, at, side="right"))
            if len(which) > MOST_GROUPS:
                return None
            joined, joined_sums = members[is_first][which], sums[is_first][which]
            joined[:, column] = begins[column] + other[place]
            for before in range(column):
                both = np.flatnonzero(joined[:, before] >= 0)
                costs = unlikeness(
                    units[joined[both, before]], units[joined[both, column]], alpha=alpha, beta=beta
                )
                joined_sums[both, before] += costs
                joined_sums[both, column] += costs
            kept = (joined_sums < limit).all(axis=1)
            grown.append((joined[kept], joined_sums[kept]))
        alone = np.full((len(own), many), -1, dtype=np.int64)
        alone[:, column] = np.arange(begins[column], begins[column + 1])
        grown.append((alone, np.zeros((len(own), many))))
        members = np.concatenate([each for each, _sums in grown])
        sums = np.concatenate([each for _members, each in grown])
        if len(members) > MOST_GROUPS:
            return None
    size = (members >= 0).sum(axis=1)
    pairs = comb(many, 2)
    # Of no use is a group from which a unit can be taken that costs no more alone.
    useful = (sums - (size - 1)[:, None] < pairs).all(axis=1)
    costs = (sums.sum(axis=1) / 2 + pairs - size * (size - 1) / 2) / pairs
    return members[useful], costs[useful]


def _least(members: Places, costs: Numbers, units: int) -> float:
    """The least sum of costs of groups in which every unit is once."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix

    group, column = np.nonzero(members >= 0)
    unit = members[group, column]
    once = csr_matrix((np.ones(len(unit)), (unit, group)), shape=(units, len(members)))
    found = milp(
        costs,
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(once, 1, 1),
        options={"mip_rel_gap": 0},
    )
    if found.fun is None:
        raise RuntimeError(f"no alignment was found: {found.message}")
    return float(found.fun)
