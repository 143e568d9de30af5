"""What a measure of agreement gives: a number with an interval and what it is about, or why there is none.

A measure is kept as sums over documents (`Additive`), so that pooling, subsets and the bootstrap are one
matrix product. NaN stands for "no value" only inside those arrays; outside it is always `Undefined`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from annotator.agreement.undefined import Reason, Undefined, Value

Numbers: TypeAlias = npt.NDArray[np.float64]
Score: TypeAlias = Callable[[Numbers], Numbers]


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the value lies in 95 of 100 resamples of the documents."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, its interval (None under five documents) and how much it is of.

    `pairs` counts the pairs of annotators that have a value; `spans` counts each annotator's.
    """

    value: Value
    interval: Interval | None
    documents: int
    pairs: int
    spans: int

    @property
    def between(self) -> str:
        """The ends of the interval as people read them, "" without one."""
        return f"{self.interval.low:.3f}–{self.interval.high:.3f}" if self.interval else ""


@dataclass(frozen=True, slots=True)
class Additive:
    """A measure as sums: a row of `columns` for each document, and what their sum makes of it.

    `score` takes sums with the columns as the last axis, and gives NaN where there is no value.
    """

    columns: Numbers
    score: Score

    @property
    def value(self) -> float:
        """The pooled value over all documents; NaN for none."""
        return float(self.score(self.columns.sum(axis=0)))


def ratio(upper: Numbers, lower: Numbers) -> Numbers:
    """One by the other, NaN where the lower is 0."""
    found: Numbers = np.divide(upper, lower, out=np.full(np.shape(lower), np.nan), where=lower != 0)
    return found


def mean_of_defined(values: Numbers) -> Numbers:
    """The mean over the last axis without NaN; NaN where all are."""
    is_defined = ~np.isnan(values)
    return ratio(np.where(is_defined, values, 0.0).sum(axis=-1), is_defined.sum(axis=-1).astype(np.float64))


def mean_f1(alike: Numbers, both: Numbers) -> Additive:
    """The mean over columns of an F1: twice what is alike by what both have, documents x columns each."""
    many = alike.shape[1]

    def score(sums: Numbers) -> Numbers:
        return mean_of_defined(2 * ratio(sums[..., :many], sums[..., many:]))

    return Additive(np.hstack([alike, both]), score)


def defined(value: float, reason: Reason) -> Value:
    """The value, or undefined for a reason where it is NaN."""
    return Undefined(reason) if np.isnan(value) else float(value)
