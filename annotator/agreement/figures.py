"""Figures that are asked for, and how they are computed together: one bootstrap over the same documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.assistance import Places
from annotator.agreement.bootstrap import RESAMPLES, SEED, intervals
from annotator.agreement.undefined import Reason
from annotator.agreement.values import Additive, Figure, Interval, defined
from annotator.progress import Job

# Figures are named by (what it is of, its name, the measure).
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """How intervals are made, `resamples` 0 for none, and whether gamma is computed, which takes seconds.

    `places`: whether only spans where nobody accepted a suggestion are compared, or only the others.
    """

    resamples: int = RESAMPLES
    seed: int = SEED
    has_gamma: bool = False
    places: Places = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure to be computed: the measure, why it may have no value, and what it is of."""

    measure: Additive
    reason: Reason
    documents: int
    pairs: int
    spans: int


def computed(asked: Mapping[Key, Asked], settings: Settings) -> Job[dict[Key, Figure]]:
    """Compute them; all are of the same documents."""
    ranges: Sequence[Interval | None] = [None] * len(asked)
    if settings.resamples:
        ranges = yield from intervals(
            [each.measure for each in asked.values()], resamples=settings.resamples, seed=settings.seed
        )
    return {key: _figure(of, between) for (key, of), between in zip(asked.items(), ranges, strict=True)}


def _figure(asked: Asked, between: Interval | None) -> Figure:
    value = asked.measure.value if len(asked.measure.columns) else float("nan")
    shown = None if np.isnan(value) else between
    return Figure(defined(value, asked.reason), shown, asked.documents, asked.pairs, asked.spans)


def row(of: str, name: str, found: Mapping[Key, Figure]) -> Mapping[str, Figure]:
    """The figures of one thing, by name of the measure."""
    return {
        measure: figure for (kind, named, measure), figure in found.items() if (kind, named) == (of, name)
    }
