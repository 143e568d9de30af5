"""Gamma of two annotators: disorders worked out by others, ranges of gamma, and brute force."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.gamma import Gamma, Units, disorder, gamma, units_of
from annotator.agreement.undefined import Undefined
from annotator.progress import run

SHIFTED = [(1, 5, 0), (6, 10, 1), (11, 15, 0)], [(2, 6, 0), (7, 11, 1), (12, 16, 0)]
HALF = [(1, 5, 0), (6, 10, 1), (20, 24, 0), (30, 34, 1)], [(2, 6, 0), (31, 35, 1)]


def units(*of: tuple[int, int, int]) -> Units:
    return units_of([(60, of)])


def test_disorder_of_the_best_alignment() -> None:
    assert disorder(*(units(*own) for own in SHIFTED)) == pytest.approx(0.0625)
    assert disorder(*(units(*own) for own in HALF)) == pytest.approx(0.7083333)
    assert disorder(units(*SHIFTED[0]), units(*SHIFTED[0])) == 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((20, 30), (20, 25), 0.1111), ((20, 25), (14, 24), 0.2178), ((0, 21), (0, 30), 0.0311)],
)
def test_places_differ_by_share_of_their_lengths(
    one: tuple[int, int], other: tuple[int, int], expected: float
) -> None:
    assert disorder(units((*one, 0)), units((*other, 0))) == pytest.approx(expected, abs=5e-5)


def test_gamma_is_near_that_of_another_implementation() -> None:
    shifted = run(gamma(*(units(*own) for own in SHIFTED), samples=200, precision=0.2))
    half = run(gamma(*(units(*own) for own in HALF), samples=200, precision=0.2))

    assert shifted.value == pytest.approx(0.8836, abs=0.04)
    assert half.value == pytest.approx(0.563, abs=0.08)


def test_the_same_seed_gives_the_same_gamma_and_nothing_is_undefined() -> None:
    first, second = (units(*own) for own in HALF)

    assert run(gamma(first, second, precision=0.2)) == run(gamma(first, second, precision=0.2))
    assert run(gamma(first, units())) == Gamma(Undefined("too_few_units"))
    assert run(gamma(first, first, precision=0.2)).value == 1


few = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.integers(0, 1)).map(
        lambda made: (made[0], made[0] + made[1], made[2])
    ),
    min_size=1,
    max_size=4,
)


@given(few, few)
def test_alignment_is_the_best_of_all(
    one: list[tuple[int, int, int]], other: list[tuple[int, int, int]]
) -> None:
    first, second = units(*one), units(*other)

    assert disorder(first, second) == pytest.approx(_least(first, second))
    assert disorder(first, second) == pytest.approx(disorder(second, first))


def _least(first: Units, second: Units) -> float:
    """Over every way to give units of the one a unit of the other, or none."""
    places = [*range(len(second)), *[-1] * len(first)]
    best = np.inf
    for chosen in set(permutations(places, len(first))):
        partners = [place for place in chosen if place >= 0]
        cost = float(len(second) - len(partners))
        for own, place in zip(first, chosen, strict=True):
            if place < 0:
                cost += 1
                continue
            there = second[place]
            gaps = abs(own[0] - there[0]) + abs(own[1] - there[1])
            cost += float((gaps / (own[1] - own[0] + there[1] - there[0])) ** 2 + (own[2] != there[2]))
        best = min(best, cost)
    return best / ((len(first) + len(second)) / 2)
