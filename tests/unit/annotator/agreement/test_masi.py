"""Sets against what DKPro publishes of nine items of two annotators: MASI, and what is alike of them."""

import numpy as np
import pytest

from annotator.agreement.coefficients import alpha, alpha_sums
from annotator.agreement.figures import Settings
from annotator.agreement.layers import layer_report
from annotator.agreement.masi import masi, masi_distances
from annotator.progress import run
from tests.unit.annotator.agreement.spans import Span, work

# First and second annotator's set of each item.
_ITEMS = [("", ""), ("A", ""), ("A", "A"), ("A", "B"), ("AB", "A"), ("AB", "AC"), ("ABC", "ABC"), ("C", "AC")]
ITEMS = [(frozenset(one), frozenset(other)) for one, other in [*_ITEMS, ("C", "AC")]]


def test_alpha_with_masi_is_what_dkpro_gives() -> None:
    # It rounds the thirds.
    assert alpha(ITEMS, masi) == pytest.approx(0.252, abs=0.001)


def test_items_that_are_alike_wholly_and_in_part_are_what_dkpro_gives() -> None:
    """Each item a document, and each value of a set a span; both empty counts as 0 there."""

    def spans(of: frozenset[str]) -> list[Span]:
        return [(at, at + 1, value) for at, value in enumerate("ABC") if value in of]

    works = [
        work({"a": spans(one), "b": spans(other)}, document=str(at)) for at, (one, other) in enumerate(ITEMS)
    ]
    found = run(layer_report("layer", works, attributes=(), settings=Settings(resamples=0)))

    dice = [row.exact if isinstance(row.exact, float) else 0.0 for row in found.documents]
    assert sum(row.unlike == 0 for row in found.documents) / 9 == pytest.approx(0.333, abs=5e-4)
    assert sum(each > 0 for each in dice) / 9 == pytest.approx(0.667, abs=5e-4)
    assert sum(dice) / 9 == pytest.approx(0.5)


def test_sums_with_a_table_of_distances_give_the_same_alpha() -> None:
    sets = sorted({each for item in ITEMS for each in item}, key=sorted)
    distances = masi_distances(sets)
    counts = np.array([sum(item.count(each) for item in ITEMS) for each in sets], dtype=np.float64)
    unlike = np.array(2 * sum(masi(*item) for item in ITEMS))

    assert float(alpha_sums(counts, unlike, distances)) == pytest.approx(alpha(ITEMS, masi))


def test_no_value_is_the_empty_set_and_other_values_are_unlike() -> None:
    found = masi_distances([None, frozenset("A"), "correct"])

    assert found[0, 1] == pytest.approx(1 / 3)
    assert found[0, 2] == found[1, 2] == 1
    assert not found.diagonal().any()
