"""Intervals by resampling documents: 95 of 100 resamples lie between the two ends.

Documents are drawn with replacement, as often as there are; spans and annotators are not resampled, so an
interval tells how much the choice of documents matters, and nothing about other annotators.
"""

from collections.abc import Sequence

import numpy as np

from annotator.agreement.values import Additive, Interval, Numbers
from annotator.progress import Job, Progress

RESAMPLES, SEED = 2000, 20160901
FEWEST_DOCUMENTS = 5
_AT_ONCE = 250


def intervals(
    measures: Sequence[Additive], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Job[tuple[Interval | None, ...]]:
    """The interval of each measure, all over the same documents; None under five, or without a value.

    The same seed gives the same intervals.
    """
    documents = len(measures[0].columns) if measures else 0
    if documents < FEWEST_DOCUMENTS:
        return tuple(None for _measure in measures)
    chance = np.random.default_rng(seed)
    shares = np.full(documents, 1 / documents)
    samples: list[list[Numbers]] = [[] for _measure in measures]
    for done in range(0, resamples, _AT_ONCE):
        yield Progress(done, resamples)
        drawn = chance.multinomial(documents, shares, size=min(_AT_ONCE, resamples - done)).astype(np.float64)
        for measure, found in zip(measures, samples, strict=True):
            found.append(measure.score(drawn @ measure.columns))
    return tuple(_percentiles(np.concatenate(found)) for found in samples)


def _percentiles(values: Numbers) -> Interval | None:
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    low, high = np.percentile(values, (2.5, 97.5))
    return Interval(float(low), float(high))
