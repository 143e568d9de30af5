"""One row of the table of figures, and the statistics that rows are made of."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured against what, in the unit given, and the ratio that is aimed for."""

    what: str
    measured: float
    against: str
    baseline: float
    unit: str
    aim: float

    @property
    def ratio(self) -> float:
        return self.measured / self.baseline

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.aim


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile_99(values: Sequence[float]) -> float:
    """The smallest of the values that 99 in 100 do not exceed."""
    return percentile(values, 0.99)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that this share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def slowest(times: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """What 95 in 100 frames or steps do not exceed, by the clock and at work."""
    clock, used = zip(*times, strict=True)
    return percentile(clock, 0.95), percentile(used, 0.95)
