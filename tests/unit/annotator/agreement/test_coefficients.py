"""Coefficients on items against published tables, and against nltk, scikit-learn and statsmodels."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

from annotator.agreement.coefficients import (
    alpha,
    bennett_s,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    interval,
    nominal,
    ordinal,
    ratio_distance,
    scott_pi,
)
from annotator.agreement.undefined import Undefined
from annotator.agreement.values import Numbers

STATEMENTS = np.array([[20.0, 20.0], [10.0, 50.0]])
COHEN_45 = np.array([[88.0, 14, 18], [10, 40, 10], [2, 6, 12]])
COHEN_37 = np.array([[25.0, 12, 3], [13, 2, 15], [12, 16, 2]])
FLEISS = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445"
    " 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333"
    " 555555"
)
FOUR_CODERS = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3."


def units(words: str) -> list[list[int]]:
    return [[int(value) for value in word if value != "."] for word in words.split()]


def votes(words: str, values: int) -> Numbers:
    return np.array(
        [[unit.count(value) for value in range(1, values + 1)] for unit in units(words)], dtype=np.float64
    )


def items(table: Numbers) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(int(count))
    ]


def test_artstein_and_poesio_page_558() -> None:
    assert bennett_s(STATEMENTS) == pytest.approx(0.4)
    assert scott_pi(STATEMENTS) == pytest.approx(0.341, abs=5e-4)
    assert cohen_kappa(STATEMENTS) == pytest.approx(0.348, abs=5e-4)
    assert alpha(items(STATEMENTS)) == pytest.approx(0.3440, abs=5e-5)


def test_artstein_and_poesio_page_568_with_and_without_weights() -> None:
    table = np.array([[46.0, 6, 0], [0, 32, 0], [0, 6, 10]])
    weights = np.array([[0.0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]])

    assert bennett_s(table) == pytest.approx(0.820)
    assert scott_pi(table) == pytest.approx(0.7995, abs=5e-5)
    assert cohen_kappa(table) == pytest.approx(0.8013, abs=5e-5)
    assert alpha(items(table)) == pytest.approx(0.8005, abs=5e-5)
    assert cohen_kappa(table, weights) == pytest.approx(0.8163, abs=5e-5)
    assert alpha(items(table), lambda a, b: float(weights[a, b])) == pytest.approx(0.8156, abs=5e-5)


def test_cohen_1960() -> None:
    assert cohen_kappa(COHEN_45) == pytest.approx(0.492, abs=5e-4)
    assert cohen_kappa(COHEN_37) == pytest.approx((0.29 - 0.35) / 0.65, abs=5e-3)


def test_kappa_that_the_marginals_of_cohen_1960_allow_at_most() -> None:
    greatest = np.array([[100.0, 0, 20], [0, 60, 0], [0, 0, 20]])

    assert [*greatest.sum(axis=0), *greatest.sum(axis=1)] == [*COHEN_45.sum(axis=0), *COHEN_45.sum(axis=1)]
    assert cohen_kappa(greatest) == pytest.approx(0.831, abs=5e-4)


def test_fleiss_1971() -> None:
    rated = votes(FLEISS, 5)

    assert fleiss_kappa(rated).value == pytest.approx(0.4302, abs=5e-5)
    of_each = [
        fleiss_kappa(np.column_stack([chosen, rated.sum(axis=1) - chosen])).value for chosen in rated.T
    ]
    assert of_each == pytest.approx([0.248, 0.248, 0.517, 0.470, 0.565], abs=0.005)


def test_items_with_fewer_votes_count_as_much() -> None:
    # Pairs alike: 1, 1/3 and 0 of the items with two votes; shares are means over items.
    rated = np.array([[2.0, 0.0], [2.0, 1.0], [1.0, 1.0]])
    by_chance = ((1 + 2 / 3 + 0.5) / 3) ** 2 + ((1 / 3 + 0.5) / 3) ** 2

    assert fleiss_kappa(rated).value == pytest.approx((4 / 9 - by_chance) / (1 - by_chance))
    assert gwet_ac1(rated).value == pytest.approx((4 / 9 - (1 - by_chance)) / by_chance)


@pytest.mark.parametrize(
    ("distance", "expected"),
    [(nominal, 0.743), (interval, 0.849), (ordinal(units(FOUR_CODERS)), 0.815), (ratio_distance, 0.797)],
)
def test_krippendorff_2004_page_230(distance: object, expected: float) -> None:
    assert alpha(units(FOUR_CODERS), distance) == pytest.approx(expected, abs=5e-4)  # type: ignore[arg-type]


def test_krippendorff_2004_pages_224_and_227() -> None:
    two_by_two = ["10", "11", "01", "00", "00", "01", "00", "01", "00", "00"]
    three_values = ["aa", "ab", *["bb"] * 4, "bc", *["cc"] * 5]

    assert alpha(two_by_two) == pytest.approx(0.095, abs=5e-4)
    assert alpha(three_values) == pytest.approx(0.734, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "expected"),
    [(np.array([[80.0, 7], [8, 5]]), 0.808), (COHEN_37, -0.04797), (COHEN_45, 0.57597)],
)
def test_ac1_of_published_tables(table: Numbers, expected: float) -> None:
    rated = [[pair.count(value) for value in range(len(table))] for pair in items(table)]

    assert gwet_ac1(np.array(rated, dtype=np.float64)).value == pytest.approx(expected, abs=5e-4)


def test_ac1_of_gwet_holds_where_kappa_collapses(corpus: Path) -> None:
    folder = corpus / "peers/dkpro-statistics/dkpro-statistics-agreement/gwet"

    for fixture in sorted(folder.glob("*.json")):
        about = json.loads(fixture.read_text("utf-8"))
        table = np.array(about["table"], dtype=np.float64)
        rated = np.array([[pair.count(value) for value in range(len(table))] for pair in items(table)])
        [published] = [case for case in about["cases"] if case["measure"] == "AC1"]
        assert gwet_ac1(rated.astype(np.float64)).value == pytest.approx(published["coefficient"], abs=5e-6)


@pytest.mark.parametrize(
    ("negatives", "expected"),
    [
        (0, -0.235294),
        (10, 0.5),
        (100, 0.698413),
        (1000, 0.724307),
        (100_000, 0.727243),
        (10_000_000, 0.727272),
    ],
)
def test_kappa_becomes_f1_as_negatives_grow(negatives: int, expected: float) -> None:
    table = np.array([[8.0, 2.0], [4.0, float(negatives)]])

    assert cohen_kappa(table) == pytest.approx(expected, abs=1e-6)


def test_without_variation_nothing_can_be_said() -> None:
    alike = np.array([[5.0, 0.0], [0.0, 0.0]])

    assert alpha(["aa", "aa"]) == Undefined("no_variation")
    assert cohen_kappa(alike) == Undefined("no_variation")
    assert np.isnan(fleiss_kappa(np.array([[2.0, 0.0]])).value)
    assert np.isnan(fleiss_kappa(np.zeros((0, 2))).value)
    assert np.isnan(gwet_ac1(np.array([[1.0, 0.0]])).value)


values = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)


@given(values)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    table = np.zeros((4, 4))
    for one, other in pairs:
        table[one, other] += 1

    ours = cohen_kappa(table)

    if isinstance(ours, float):
        first, second = zip(*pairs, strict=True)
        assert ours == pytest.approx(cohen_kappa_score(first, second), abs=1e-9)
        assert ours == pytest.approx(cohen_kappa(table.T), abs=1e-9)


@given(values)
def test_alpha_is_that_of_nltk(pairs: list[tuple[int, int]]) -> None:
    from nltk.metrics.agreement import AnnotationTask

    ours = alpha(pairs)

    if isinstance(ours, float):
        data = [(who, at, value) for at, pair in enumerate(pairs) for who, value in enumerate(pair)]
        assert ours == pytest.approx(AnnotationTask(data=data).alpha(), abs=1e-9)


@given(st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=2, max_size=20))
def test_fleiss_is_that_of_statsmodels(rated: list[Sequence[int]]) -> None:
    table = np.array([[row.count(value) for value in range(3)] for row in rated], dtype=np.float64)

    ours = fleiss_kappa(table).value

    if not np.isnan(ours):
        assert ours == pytest.approx(statsmodels_fleiss(table), abs=1e-9)
