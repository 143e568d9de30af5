"""What several observers most likely saw, by their votes and by how each of them errs (Dawid and Skene 1979).

It is a hint and an order of work, never a decision: with two observers it can tell no more than that they
differ. A. P. Dawid and A. M. Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM
Algorithm", Applied Statistics 28 (1979), 20-28. An absent span is a class like the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

FEWEST_OBSERVERS = 3
_SMALLEST_GAIN = 1e-9  # of the log-likelihood, relative; below it more rounds change nothing
_MOST_ROUNDS = 500


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is likely of every item and of every observer.

    `posteriors` has a row an item and a column a class; `marginals` says how frequent a class is;
    `errors` has for each observer a row a true class and a column a class said; rows sum to 1.
    """

    observers: tuple[str, ...]
    classes: tuple[str, ...]
    posteriors: Floats
    marginals: Floats
    errors: Floats
    log_likelihood: float

    def likeliest(self, item: int) -> tuple[str, float]:
        """The class that an item most likely has, and how likely, from 0 to 1."""
        best = int(np.argmax(self.posteriors[item]))
        return self.classes[best], float(self.posteriors[item, best])

    def entropy(self, item: int) -> float:
        """How open an item is, in bits: 0 if all is said, 1 if two classes are equally likely."""
        row = self.posteriors[item]
        present = row[row > 0]
        return float(-np.sum(present * np.log2(present))) + 0.0


def estimate(votes: Sequence[Mapping[str, Sequence[str]]], *, smoothing: float = 0.01) -> Estimate:
    """Estimate by expectation and maximisation, begun from the shares of the votes.

    `votes` holds for each item what each observer said of it, several times if he looked several times.
    `smoothing` is added to each cell of the observers' rows, so that what was never said stays possible.
    Raises ValueError without votes or with fewer than three observers.
    """
    observers = tuple(sorted({observer for item in votes for observer in item}))
    classes = tuple(sorted({said for item in votes for sayings in item.values() for said in sayings}))
    if len(observers) < FEWEST_OBSERVERS:
        raise ValueError("what was seen cannot be told from how observers err by fewer than three of them")
    counts = _counts(votes, observers, classes)
    posteriors = _shares(counts.sum(axis=1))
    before = -np.inf
    for _ in range(_MOST_ROUNDS):
        marginals, errors = _maximise(counts, posteriors, smoothing)
        posteriors, log_likelihood = _expect(counts, marginals, errors)
        if log_likelihood - before < _SMALLEST_GAIN * abs(log_likelihood):
            break
        before = log_likelihood
    return Estimate(observers, classes, posteriors, marginals, errors, float(log_likelihood))


def _counts(
    votes: Sequence[Mapping[str, Sequence[str]]], observers: Sequence[str], classes: Sequence[str]
) -> Floats:
    """How often an observer said a class of an item: items by observers by classes."""
    rows = {observer: row for row, observer in enumerate(observers)}
    columns = {said: column for column, said in enumerate(classes)}
    counts = np.zeros((len(votes), len(observers), len(classes)))
    for item, sayings in enumerate(votes):
        for observer, said in sayings.items():
            for each in said:
                counts[item, rows[observer], columns[each]] += 1
    return counts


def _shares(weights: Floats) -> Floats:
    """Weights as shares of their last axis; equal ones where there is no weight at all."""
    total = weights.sum(axis=-1, keepdims=True)
    shares: Floats = np.full_like(weights, 1 / weights.shape[-1])
    np.divide(weights, total, out=shares, where=total > 0)
    return shares


def _maximise(counts: Floats, posteriors: Floats, smoothing: float) -> tuple[Floats, Floats]:
    """How frequent the classes are and how the observers err, if the items are as the posteriors say."""
    errors = np.einsum("it,ios->ots", posteriors, counts)
    return posteriors.mean(axis=0), _shares(errors + smoothing)


def _expect(counts: Floats, marginals: Floats, errors: Floats) -> tuple[Floats, float]:
    """How likely the classes of each item are, and the log-likelihood of all that was said."""
    with np.errstate(divide="ignore"):
        of_errors, of_marginals = np.log(errors), np.log(marginals)
    # What was not said counts nothing, also where it cannot be said: 0 times minus infinity is no number.
    said = np.einsum("ios,ots->it", counts, np.where(np.isinf(of_errors), -1e6, of_errors))
    joint = said + of_marginals
    highest = joint.max(axis=1, keepdims=True)
    weights = np.exp(joint - highest)
    totals = weights.sum(axis=1, keepdims=True)
    return weights / totals, float((highest + np.log(totals)).sum())
