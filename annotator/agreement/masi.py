"""MASI, a distance of sets of values (Passonneau 2004): unlike in what they do not share."""

from collections.abc import Sequence

import numpy as np

from annotator.agreement.values import Numbers


def masi(first: frozenset[str], second: frozenset[str]) -> float:
    """(1 - Jaccard) times 0 for the same set, 1/3 for a part of the other, 2/3 for an overlap, else 1."""
    if first == second:
        return 0.0
    shared = len(first & second)
    unlike = 1 - shared / len(first | second)
    if first <= second or second <= first:
        return unlike / 3
    return unlike * (2 / 3 if shared else 1.0)


def masi_distances(values: Sequence[object]) -> Numbers:
    """The distances of values; those that are no sets are 1 from all others, and None is the empty set."""
    sets = [frozenset() if value is None else value for value in values]
    found = 1.0 - np.eye(len(sets))
    for at, one in enumerate(sets):
        for other in range(at):
            against = sets[other]
            if isinstance(one, frozenset) and isinstance(against, frozenset):
                found[at, other] = found[other, at] = masi(one, against)
    return found
