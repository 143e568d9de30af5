"""Alpha of the values that two annotators gave to the same things, from how often which value meets which."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import numpy as np

from annotator.agreement.coefficients import alpha_sums
from annotator.agreement.values import Additive, Numbers

MetCounts: TypeAlias = Iterable[tuple[tuple[object, object], int]]


def met_alpha(
    met: Sequence[MetCounts], *, distances: Callable[[Sequence[object]], Numbers] | None = None
) -> Additive:
    """Alpha of units of two values each, of each document: nominal, or with these distances of the values."""
    kept = [list(own) for own in met]
    values: dict[object, int] = {}
    for own in kept:
        for pair, _count in own:
            for value in pair:
                values.setdefault(value, len(values))
    table = None if distances is None else distances(list(values))
    unlike = 1.0 - np.eye(len(values)) if table is None else table
    columns = np.zeros((len(kept), len(values) + 1))
    for row, own in enumerate(kept):
        for (one, other), count in own:
            columns[row, values[one]] += count
            columns[row, values[other]] += count
            columns[row, -1] += 2 * count * unlike[values[one], values[other]]
    return Additive(columns, lambda sums: alpha_sums(sums[..., :-1], sums[..., -1], table))
