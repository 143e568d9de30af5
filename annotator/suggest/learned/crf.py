"""A linear-chain conditional random field: trained by CRFsuite, read and asked by numpy alone.

CRFsuite's own model file is read by C code that trusts it, so only its weights are kept, as numbers; a model
that came with somebody's project cannot make this program run or crash on anything.
The formulas are those of Sutton and McCallum, “An Introduction to Conditional Random Fields”, section 4.1.
"""

import re
import tempfile
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from annotator.suggest.learned.tags import OUTSIDE, spans_of
from annotator.suggest.learned.vocabulary import known, matrix

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Weights: TypeAlias = NDArray[numpy.float32]
    Numbers: TypeAlias = NDArray[numpy.float64]

MOST_ITERATIONS = 60
# Weights of the L1 and L2 terms: the first makes most weights nothing, the second keeps the others small.
_L1, _L2 = "0.1", "0.01"


@dataclass(frozen=True, slots=True)
class Crf:
    """The tags, and a row of weights for each feature; `transitions[a, b]` is the weight of b after a."""

    tags: tuple[str, ...]
    features: Mapping[str, int]
    weights: "Weights"
    transitions: "Weights"


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a sequence is taken for: spans as (first token, last token, label, probability of exactly that).

    `doubt` sums up over the tokens the probability that the likeliest tag is not the right one.
    """

    spans: tuple[tuple[int, int, str, float], ...]
    doubt: float


def trained(
    rows: Sequence[Sequence["array[int]"]],
    tags: Sequence[Sequence[str]],
    features: Mapping[str, int],
    on_iteration: Callable[[int], None] = lambda _: None,
) -> Crf:
    """Learn from sequences of tokens, each token by the numbers of its features, with their tags."""
    import pycrfsuite

    names = sorted({tag for row in tags for tag in row} | {OUTSIDE})
    codes = {tag: str(number) for number, tag in enumerate(names)}
    trainer: Any = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": _L1, "c2": _L2, "max_iterations": str(MOST_ITERATIONS)})
    trainer.message = _Listener(on_iteration)
    # Numbers in place of words, so that nothing in a text can upset CRFsuite's listing of its weights.
    words = [str(number) for number in range(len(features))]
    for row, its in zip(rows, tags, strict=True):
        if row:
            trainer.append([[words[each] for each in token] for token in row], [codes[tag] for tag in its])
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "weights")
        trainer.train(file)
        tagger: Any = pycrfsuite.Tagger()
        tagger.open(file)
        told = tagger.info()
        tagger.close()
    return _of_weights(tuple(names), features, told.state_features, told.transitions)


class _Listener:
    """Reads what CRFsuite would print, for the steps that it has made."""

    _STEP = re.compile(r"\*+ Iteration #(\d+)")

    def __init__(self, on_iteration: Callable[[int], None]) -> None:
        self._on_iteration = on_iteration

    def __call__(self, message: str) -> None:
        if found := self._STEP.match(message):
            self._on_iteration(int(found[1]))


def _of_weights(
    tags: tuple[str, ...],
    features: Mapping[str, int],
    states: Mapping[tuple[str, str], float],
    steps: Mapping[tuple[str, str], float],
) -> Crf:
    """The model with only those features that have a weight."""
    import numpy

    words = list(features)
    used = sorted({int(feature) for feature, _ in states})
    place = {old: new for new, old in enumerate(used)}
    weights = numpy.zeros((len(used), len(tags)), numpy.float32)
    for (feature, tag), weight in states.items():
        weights[place[int(feature)], int(tag)] = weight
    transitions = numpy.zeros((len(tags), len(tags)), numpy.float32)
    for (before, after), weight in steps.items():
        transitions[int(before), int(after)] = weight
    return Crf(tags, {words[old]: new for old, new in place.items()}, weights, transitions)


def tagged(crf: Crf, sequences: Sequence[Sequence[Sequence[str]]]) -> list[Tagged]:
    """The likeliest spans of each sequence of tokens, each token by its feature strings."""
    import numpy

    tokens = [known(token, crf.features) for sequence in sequences for token in sequence]
    scores = numpy.asarray(matrix(tokens, len(crf.features)) @ crf.weights, dtype=numpy.float64)
    lattice = _Lattice(crf)
    made = []
    at = 0
    for sequence in sequences:
        made.append(lattice.read(scores[at : at + len(sequence)]) if len(sequence) else Tagged((), 0.0))
        at += len(sequence)
    return made


class _Lattice:
    """Reads one sequence of scores after the other with the transitions of one model."""

    def __init__(self, crf: Crf) -> None:
        import numpy

        self._np = numpy
        self._tags = crf.tags
        self._steps = crf.transitions.astype(numpy.float64)
        self._powers = numpy.exp(self._steps)

    def read(self, scores: "Numbers") -> Tagged:
        np = self._np
        path = self._best(scores)
        ahead, behind, norms = self._forward_backward(scores)
        marginals = ahead * behind
        marginals /= marginals.sum(axis=1, keepdims=True)
        doubt = float((1 - marginals.max(axis=1)).sum())
        spans = tuple(
            (first, last, label, self._chance(path, (first, last), scores, (ahead, behind, norms)))
            for first, last, label in spans_of([self._tags[tag] for tag in path])
        )
        return Tagged(spans, doubt if np.isfinite(doubt) else float(len(scores)))

    def _best(self, scores: "Numbers") -> list[int]:
        """The likeliest tags, by the algorithm of Viterbi."""
        np = self._np
        best = scores[0]
        came_from = np.zeros(scores.shape, dtype=np.intp)
        for at in range(1, len(scores)):
            through = best[:, None] + self._steps
            came_from[at] = through.argmax(axis=0)
            best = through.max(axis=0) + scores[at]
        path = [int(best.argmax())]
        for at in range(len(scores) - 1, 0, -1):
            path.append(int(came_from[at, path[-1]]))
        return path[::-1]

    def _forward_backward(self, scores: "Numbers") -> "tuple[Numbers, Numbers, Numbers]":
        """Both passes, scaled so that each forward row sums to 1; the norms are what it was divided by."""
        np = self._np
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        ahead, behind, norms = np.empty_like(powers), np.ones_like(powers), np.empty(len(powers))
        row = powers[0]
        for at in range(len(powers)):
            if at:
                row = (ahead[at - 1] @ self._powers) * powers[at]
            norms[at] = row.sum()
            ahead[at] = row / norms[at]
        for at in range(len(powers) - 2, -1, -1):
            behind[at] = self._powers @ (powers[at + 1] * behind[at + 1]) / norms[at + 1]
        return ahead, behind, norms

    def _chance(
        self,
        path: Sequence[int],
        place: tuple[int, int],
        scores: "Numbers",
        passes: "tuple[Numbers, Numbers, Numbers]",
    ) -> float:
        """The probability that a span begins and ends just there, whatever is around it."""
        np = self._np
        ahead, behind, norms = passes
        first, last = place
        powers = np.exp(scores[first : last + 2] - scores[first : last + 2].max(axis=1, keepdims=True))
        chance = float(ahead[first, path[first]])
        for at in range(first + 1, last + 1):
            chance *= float(self._powers[path[at - 1], path[at]] * powers[at - first, path[at]] / norms[at])
        if last + 1 == len(scores):
            return min(1.0, chance * float(behind[last, path[last]]))
        after = self._powers[path[last]] * powers[last + 1 - first] * behind[last + 1] / norms[last + 1]
        inside = f"I-{self._tags[path[last]][2:]}"
        goes_on = [number for number, tag in enumerate(self._tags) if tag == inside]
        return min(1.0, chance * float(after.sum() - after[goes_on].sum()))
