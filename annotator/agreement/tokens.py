"""Agreement token by token: Krippendorff's alpha of all annotators, and Cohen's kappa of each two.

A token has the set of labels of all spans that cover any of its characters, which is one value: nested
spans make one of their own. Long spans count by their length, and where one of two spans of a label ends
and the next begins cannot be seen; hence this is for comparison with what others report, not the headline.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from annotator.agreement.label_sets import LabelSets
from annotator.agreement.values import Numbers, ratio
from annotator.geometry import Range
from annotator.model import Annotation

Codes = npt.NDArray[np.int64]
_BITS = 31  # of a label set's number, so that two make one number of 64 bits


@dataclass(frozen=True, slots=True)
class TokenSums:
    """What one document adds: to alpha, how often each label set occurs, and how often two unlike ones meet.

    `met` has these coincidences by the two sets, the lesser number first, both ways together. `pairs` has, by
    two annotators, the tokens, those alike, and how often each of the two has each set.
    """

    counts: Mapping[int, float]
    met: Mapping[tuple[int, int], float]
    pairs: Mapping[tuple[str, str], tuple[int, int, Mapping[int, int], Mapping[int, int]]]


def token_codes(tokens: Sequence[Range], spans: Sequence[Annotation], sets: LabelSets) -> Codes:
    """The label set of each token, by its number in `sets`."""
    starts = np.fromiter((token.start for token in tokens), dtype=np.int64, count=len(tokens))
    ends = np.fromiter((token.end for token in tokens), dtype=np.int64, count=len(tokens))
    codes = np.zeros(len(tokens), dtype=np.int64)
    pieces = [(span.label, piece) for span in spans for piece in span.fragments]
    lows = np.searchsorted(ends, [piece.start for _label, piece in pieces], side="right").tolist()
    highs = np.searchsorted(starts, [piece.end for _label, piece in pieces], side="left").tolist()
    for (label, _piece), low, high in zip(pieces, lows, highs, strict=True):
        if low < high:
            sets.add(codes[low:high], label)
    return codes


def token_sums(
    tokens: Sequence[Range], work: Mapping[str, Sequence[Annotation]], sets: LabelSets
) -> TokenSums:
    """The sums of a document that two or more annotators have finished."""
    codes = {annotator: token_codes(tokens, spans, sets) for annotator, spans in sorted(work.items())}
    own = {annotator: _counted(of) for annotator, of in codes.items()}
    met: Counter[tuple[int, int]] = Counter()
    pairs = {}
    for first, second in combinations(codes, 2):
        unlike = codes[first] != codes[second]
        alike = len(tokens) - int(unlike.sum())
        met.update(_met(codes[first][unlike], codes[second][unlike]))
        pairs[first, second] = (len(tokens), alike, own[first], own[second])
    counts: Counter[int] = Counter()
    for of in own.values():
        counts.update(of)
    return TokenSums(counts, {sets: 2 * many / (len(codes) - 1) for sets, many in met.items()}, pairs)


def _met(first: Codes, second: Codes) -> dict[tuple[int, int], int]:
    """How often which two codes meet at one place, the lesser first."""
    both = np.minimum(first, second) << _BITS | np.maximum(first, second)
    return {(each >> _BITS, each & (1 << _BITS) - 1): many for each, many in _counted(both).items()}


def _counted(codes: Codes) -> dict[int, int]:
    values, counts = np.unique(codes, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))


def kappa(tokens: Numbers, alike: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """Cohen's kappa from sums: of tokens, of those alike, and of each one's label sets (last axis)."""
    by_chance = ratio((first * second).sum(axis=-1), tokens**2)
    return ratio(ratio(alike, tokens) - by_chance, 1 - by_chance)
