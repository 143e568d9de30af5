"""Gamma of two or more annotators (Mathet, Widlöcher and Métivier 2015): aligned at best, against chance.

Gamma is 1 - observed / expected disorder (see `alignment`). What is expected is the mean disorder of texts
drawn by chance with the numbers, lengths, gaps and labels that the annotators have (the statistical sampler):
it is a convention, as is alpha = beta = delta = 1, and differs from a sampler that shuffles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.alignment import Units, disorder
from annotator.agreement.undefined import Undefined, Value
from annotator.progress import Job, Progress

SAMPLES, PRECISION, SEED = 30, 0.02, 20150901
_MOST_SAMPLES = 1000
_CERTAINTY = 1.96  # of a normal distribution, 95 %


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma, the observed and mean expected disorder, and how many samples were drawn."""

    value: Value
    observed: float = 0.0
    expected: float = 0.0
    samples: int = 0


def gamma(
    annotators: Sequence[Units],
    *,
    samples: int = SAMPLES,
    precision: float = PRECISION,
    seed: int = SEED,
) -> Job[Gamma]:
    """Gamma of the units of two or more annotators, each in order of start.

    After the first samples, more are drawn once, as the precision of what is expected asks, at most 1,000.
    Without a unit of one it is undefined, and where too many units cannot be aligned all at once.
    """
    if not all(map(len, annotators)):
        return Gamma(Undefined("too_few_units"))
    observed = disorder(annotators)
    if observed is None:
        return Gamma(Undefined("too_many_units"))
    chance, found = np.random.default_rng(seed), list[float]()
    wanted = samples
    while len(found) < wanted:
        yield Progress(len(found), wanted)
        drawn = disorder([_drawn(annotators, chance) for _each in annotators])
        if drawn is None:
            return Gamma(Undefined("too_many_units"))
        found.append(drawn)
        if len(found) == samples:
            spread = float(np.std(found, ddof=1) / np.mean(found))
            asked = int(np.ceil((_CERTAINTY * spread / precision) ** 2))
            wanted = max(samples, min(asked, _MOST_SAMPLES))
    expected = float(np.mean(found))
    return Gamma(1 - observed / expected, observed, expected, len(found))


def _drawn(annotators: Sequence[Units], chance: np.random.Generator) -> Units:
    """Units by chance, as many, as long, as far apart and of such labels as theirs; at least one."""
    units = np.concatenate(annotators)
    numbers = np.array([len(own) for own in annotators])
    lengths = units[:, 1] - units[:, 0]
    gaps = np.concatenate(
        [own[1:, 0] - own[:-1, 1] for own in annotators] + [own[:1, 0] for own in annotators]
    )
    number = max(1, abs(round(chance.normal(numbers.mean(), numbers.std()))))
    long = np.maximum(1.0, np.abs(chance.normal(lengths.mean(), lengths.std(), number)))
    before = chance.normal(gaps.mean(), gaps.std(), number)
    ends = np.cumsum(before + long)
    drawn = np.column_stack([ends - long, ends, chance.choice(units[:, 2], number)])
    return drawn[np.argsort(drawn[:, 0], kind="stable")]
