"""Gamma of two annotators (Mathet, Widlöcher and Métivier 2015): units aligned at best, against chance.

Two units differ by place, ((|start gap| + |end gap|) / (sum of lengths))², and by 1 if their labels do; a
unit without a partner costs 1. The disorder of an alignment is the sum of its costs over the mean number of
units of an annotator, and gamma is 1 - observed / expected. What is expected is the mean disorder of texts
drawn by chance with the numbers, lengths, gaps and labels that the two have (the statistical sampler): it is
a convention, as is alpha = beta = delta = 1, and differs from a sampler that shuffles.

Discontinuous units are compared by their whole extent. Documents are laid end to end, further apart than
units can be aligned over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotator.agreement.undefined import Undefined, Value
from annotator.progress import Job, Progress

SAMPLES, PRECISION, SEED = 30, 0.02, 20150901
_MOST_SAMPLES = 1000
_CERTAINTY = 1.96  # of a normal distribution, 95 %
_REACH = 2**0.5  # units whose gaps are more than this share of their lengths cost more than two alone
Units = npt.NDArray[np.float64]  # a row a unit: start, end, number of its label


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma, the observed and mean expected disorder, and how many samples were drawn."""

    value: Value
    observed: float = 0.0
    expected: float = 0.0
    samples: int = 0


def units_of(documents: Sequence[tuple[int, Sequence[tuple[int, int, int]]]]) -> Units:
    """The units of documents laid end to end; each document as its length and (start, end, label) of each."""
    rows, at = [], 0.0
    for length, own in documents:
        rows += [(at + start, at + end, label) for start, end, label in own]
        at += 4 * length  # two units of the whole text reach less far
    return np.array(sorted(rows), dtype=np.float64).reshape(-1, 3)


def disorder(first: Units, second: Units) -> float:
    """The disorder of the best alignment of two annotators, of whom one at least has a unit."""
    pairs, costs = _candidates(first, second)
    alone = len(first) + len(second)
    spared = 2 - costs
    once = np.isin(pairs[0], _met_once(pairs[0])) & np.isin(pairs[1], _met_once(pairs[1]))
    total = alone - float(spared[once].sum())
    if not once.all():
        total -= _most_spared(pairs[0][~once], pairs[1][~once], spared[~once])
    return total / (alone / 2)


def _candidates(first: Units, second: Units) -> tuple[tuple[npt.NDArray[np.int64], ...], Units]:
    """The pairs that cost less than two units alone, and their costs."""
    if not len(first) or not len(second):
        nothing = np.zeros(0, dtype=np.int64)
        return (nothing, nothing), np.zeros(0)
    longest = float((second[:, 1] - second[:, 0]).max())
    reach = _REACH * (first[:, 1] - first[:, 0] + longest)
    lows = np.searchsorted(second[:, 0], first[:, 0] - reach)
    highs = np.searchsorted(second[:, 0], first[:, 0] + reach, side="right")
    counts = highs - lows
    one = np.repeat(np.arange(len(first)), counts)
    other = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(lows, counts)
    a, b = first[one], second[other]
    gaps = np.abs(a[:, 0] - b[:, 0]) + np.abs(a[:, 1] - b[:, 1])
    costs = (gaps / (a[:, 1] - a[:, 0] + b[:, 1] - b[:, 0])) ** 2 + (a[:, 2] != b[:, 2])
    cheap = costs < 2
    return (one[cheap], other[cheap]), costs[cheap]


def _met_once(places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    values, counts = np.unique(places, return_counts=True)
    once: npt.NDArray[np.int64] = values[counts == 1]
    return once


def _most_spared(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], spared: Units) -> float:
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


def gamma(
    first: Units,
    second: Units,
    *,
    samples: int = SAMPLES,
    precision: float = PRECISION,
    seed: int = SEED,
) -> Job[Gamma]:
    """Gamma of two annotators' units, in order of start.

    After the first samples, more are drawn once, as the precision of what is expected asks, at most 1,000.
    Without a unit of either it is undefined.
    """
    if not len(first) or not len(second):
        return Gamma(Undefined("too_few_units"))
    observed = disorder(first, second)
    chance, found = np.random.default_rng(seed), list[float]()
    wanted = samples
    while len(found) < wanted:
        yield Progress(len(found), wanted)
        found.append(disorder(_drawn(first, second, chance), _drawn(first, second, chance)))
        if len(found) == samples:
            spread = float(np.std(found, ddof=1) / np.mean(found))
            asked = int(np.ceil((_CERTAINTY * spread / precision) ** 2))
            wanted = max(samples, min(asked, _MOST_SAMPLES))
    expected = float(np.mean(found))
    return Gamma(1 - observed / expected, observed, expected, len(found))


def _drawn(first: Units, second: Units, chance: np.random.Generator) -> Units:
    """Units by chance, as many, as long, as far apart and of such labels as the two have; at least one."""
    both = np.concatenate([first, second])
    numbers = np.array([len(first), len(second)])
    lengths = both[:, 1] - both[:, 0]
    gaps = np.concatenate(
        [own[1:, 0] - own[:-1, 1] for own in (first, second)] + [first[:1, 0], second[:1, 0]]
    )
    number = max(1, abs(round(chance.normal(numbers.mean(), numbers.std()))))
    long = np.maximum(1.0, np.abs(chance.normal(lengths.mean(), lengths.std(), number)))
    before = chance.normal(gaps.mean(), gaps.std(), number)
    ends = np.cumsum(before + long)
    drawn = np.column_stack([ends - long, ends, chance.choice(both[:, 2], number)])
    return drawn[np.argsort(drawn[:, 0], kind="stable")]
