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


@dataclass(frozen=True, slots=True)
class TokenSums:
    """What one document adds: to alpha, how often each label set occurs and the coincidences of unlike ones.

    `pairs` has, by two annotators, the tokens, those alike, and how often each of the two has each set.
    """

    counts: Mapping[int, float]
    unlike: float
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
    unlike, pairs = 0.0, {}
    for first, second in combinations(codes, 2):
        alike = int((codes[first] == codes[second]).sum())
        unlike += 2 * (len(tokens) - alike) / (len(codes) - 1)
        pairs[first, second] = (len(tokens), alike, own[first], own[second])
    counts: Counter[int] = Counter()
    for of in own.values():
        counts.update(of)
    return TokenSums(counts, unlike, pairs)


def _counted(codes: Codes) -> dict[int, int]:
    values, counts = np.unique(codes, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))


def kappa(tokens: Numbers, alike: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """Cohen's kappa from sums: of tokens, of those alike, and of each one's label sets (last axis)."""
    by_chance = ratio((first * second).sum(axis=-1), tokens**2)
    return ratio(ratio(alike, tokens) - by_chance, 1 - by_chance)
