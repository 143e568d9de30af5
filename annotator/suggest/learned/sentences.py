"""Which sentences are claims, holdings and the like: a logistic regression for each label.

Trained with scipy, which the program has for agreement anyway. A sentence has a label where a span of it lies
in the sentence, or, going over several sentences, covers more than a fringe of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from annotator.geometry import Range
from annotator.suggest.learned.examples import Span
from annotator.suggest.learned.vocabulary import known, matrix

if TYPE_CHECKING:
    from array import array

    import numpy
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Weights: TypeAlias = NDArray[numpy.float32]
    Numbers: TypeAlias = NDArray[numpy.float64]

MOST_ITERATIONS = 100
_PENALTY = 0.3  # of the squares of the weights, against the loss of all sentences
_LEAST_SHARE = 0.25  # how much of a sentence a span covers at least, where it goes over several


@dataclass(frozen=True, slots=True)
class Sentences:
    """The labels, and a row of weights for each feature."""

    labels: tuple[str, ...]
    features: Mapping[str, int]
    weights: "Weights"


def parts(sentence: Range, spans: Sequence[Span]) -> list[Span]:
    """What of a sentence the spans cover: each span's part in it, left out where it is only a fringe."""
    found = []
    for span in spans:
        start, end = max(sentence.start, span.start), min(sentence.end, span.end)
        is_whole = sentence.start <= span.start and span.end <= sentence.end
        if start < end and (is_whole or end - start >= _LEAST_SHARE * (sentence.end - sentence.start)):
            found.append(span._replace(start=start, end=end))
    return found


def trained(
    rows: Sequence["array[int]"], labels: Sequence[frozenset[str]], features: Mapping[str, int]
) -> Sentences:
    """Learn from sentences, each by the numbers of its features, with the labels that it has."""
    import numpy

    names = tuple(sorted(frozenset().union(*labels)))
    asked = matrix(rows, len(features))
    weights = numpy.zeros((len(features), len(names)))
    for number, name in enumerate(names):
        wanted = numpy.array([1.0 if name in each else -1.0 for each in labels])
        weights[:, number] = _fitted(asked, wanted)
    used = numpy.flatnonzero(numpy.abs(weights).max(axis=1, initial=0) > 1e-4)
    words = list(features)
    return Sentences(
        names, {words[old]: new for new, old in enumerate(used)}, weights[used].astype(numpy.float32)
    )


def _fitted(asked: "csr_matrix", wanted: "Numbers") -> "Numbers":
    """The weights with the least logistic loss; `wanted` is 1 or -1 for each row."""
    import numpy
    from scipy.optimize import minimize

    def loss(weights: "Numbers") -> "tuple[float, Numbers]":
        margins = wanted * (asked @ weights)
        total = float(numpy.logaddexp(0, -margins).sum() + _PENALTY / 2 * weights @ weights)
        slope = -wanted / (1 + numpy.exp(numpy.clip(margins, -50, 50)))
        return total, asked.T @ slope + _PENALTY * weights

    found = minimize(
        loss,
        numpy.zeros(asked.shape[1]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": MOST_ITERATIONS},
    )
    best: Numbers = found.x
    return best


def chances(model: Sentences, sentences: Sequence[Sequence[str]]) -> "Numbers":
    """For each sentence, by its feature strings, the probability of each label."""
    import numpy

    asked = matrix([known(each, model.features) for each in sentences], len(model.features))
    scores = numpy.asarray(asked @ model.weights, dtype=numpy.float64)
    made: Numbers = 1 / (1 + numpy.exp(-numpy.clip(scores, -50, 50)))
    return made
