"""Gamma of two and more annotators: disorders worked out by others, ranges of gamma, and brute force."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.alignment import Units, disorder, units_of, unlikeness
from annotator.agreement.gamma import Gamma, gamma
from annotator.agreement.undefined import Undefined
from annotator.progress import run

SHIFTED = [(1, 5, 0), (6, 10, 1), (11, 15, 0)], [(2, 6, 0), (7, 11, 1), (12, 16, 0)]
HALF = [(1, 5, 0), (6, 10, 1), (20, 24, 0), (30, 34, 1)], [(2, 6, 0), (31, 35, 1)]


def units(*of: tuple[int, int, int]) -> Units:
    return units_of([(60, of)])


THREE = (
    [(1, 5, 0), (10, 14, 1)],
    [(2, 6, 0), (11, 15, 1)],
    [(1, 4, 0), (9, 14, 2)],
)
ALEX = [(2, 9, 1), (11, 17, 2), (24, 30, 5), (32, 36, 6), (36, 44, 6), (44, 60, 7)]
PAUL = [(2, 9, 1), (11, 17, 3), (19, 25, 5), (32, 44, 6)]
SUZAN = [(2, 9, 1), (11, 17, 4), (21, 27, 5), (32, 36, 6), (36, 40, 6), (40, 44, 6)]


def aligned(*annotators: Sequence[tuple[int, int, int]], alpha: float = 1) -> float | None:
    return disorder([units(*own) for own in annotators], alpha=alpha)


def test_disorder_of_the_best_alignment() -> None:
    assert aligned(*SHIFTED) == pytest.approx(0.0625)
    assert aligned(*HALF) == pytest.approx(0.7083333)
    assert aligned(SHIFTED[0], SHIFTED[0]) == 0

    later = [(10 * at + 1, 10 * at + 6, at % 3) for at in range(6)]
    longer = [(10 * at + 2, 10 * at + 8, (at + 1) % 3) for at in range(6)]
    assert aligned(later, longer) == pytest.approx(1.0743802)


def test_disorder_of_three_aligned_at_once() -> None:
    assert aligned(*THREE) == pytest.approx(0.4087564)
    assert aligned(ALEX, PAUL, SUZAN, alpha=3) == pytest.approx(0.960625)
    assert aligned(ALEX, PAUL, SUZAN) == pytest.approx(0.6535417)
    assert aligned(ALEX, ALEX, ALEX) == pytest.approx(0)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((4, 14), (40, 44), 22.22),
        ((4, 14), (20, 25), 3.24),
        ((4, 14), (14, 24), 1.0),
        ((20, 30), (20, 25), 0.1111),
        ((20, 25), (14, 24), 0.2178),
        ((0, 7), (0, 10), 0.0311),
        ((0, 21), (0, 30), 0.0311),
    ],
)
def test_places_differ_by_share_of_their_lengths(
    one: tuple[int, int], other: tuple[int, int], expected: float
) -> None:
    first, second = units((*one, 0)), units((*other, 0))

    assert unlikeness(first, second) == pytest.approx(expected, abs=5e-3 if expected > 1 else 5e-5)
    assert unlikeness(second, units((*one, 1)), beta=2) == pytest.approx(unlikeness(first, second) + 2)


def test_units_of_a_short_and_a_long_document_are_never_aligned() -> None:
    first = units_of([(10, [(0, 10, 0)]), (1000, [])])
    second = units_of([(10, []), (1000, [(0, 1000, 0)])])

    assert disorder([first, second]) == 2


def test_gamma_is_near_that_of_another_implementation() -> None:
    shifted = run(gamma([units(*own) for own in SHIFTED], samples=200, precision=0.2))
    half = run(gamma([units(*own) for own in HALF], samples=200, precision=0.2))

    assert shifted.value == pytest.approx(0.8836, abs=0.04)
    assert half.value == pytest.approx(0.563, abs=0.08)


def test_gamma_of_three_is_near_that_of_another_implementation() -> None:
    three = run(gamma([units(*own) for own in THREE], samples=100, precision=0.2))
    speakers = run(gamma([units(*own) for own in (ALEX, PAUL, SUZAN)], samples=60, precision=0.2))

    assert three.value == pytest.approx(0.653, abs=0.06)
    assert speakers.value == pytest.approx(0.45, abs=0.1)


def test_the_same_seed_gives_the_same_gamma_and_nothing_is_undefined() -> None:
    first, second = (units(*own) for own in HALF)

    assert run(gamma([first, second], precision=0.2)) == run(gamma([first, second], precision=0.2))
    assert run(gamma([first, units()])) == Gamma(Undefined("too_few_units"))
    assert run(gamma([first, first, units()])) == Gamma(Undefined("too_few_units"))
    assert run(gamma([first, first], precision=0.2)).value == 1


def test_too_many_units_to_align_at_once_are_said_to_be_so() -> None:
    stacked = units(*((0, 50 + at, 0) for at in range(100)))

    assert run(gamma([stacked, stacked, stacked])) == Gamma(Undefined("too_many_units"))
    assert disorder([stacked, stacked]) == 0


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

    assert disorder([first, second]) == pytest.approx(_least(first, second))
    assert disorder([first, second]) == pytest.approx(disorder([second, first]))
    later = [units(*((start + 9, end + 9, label) for start, end, label in own)) for own in (one, other)]
    assert disorder(later) == pytest.approx(disorder([first, second]))


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


two = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.integers(0, 1)).map(
        lambda made: (made[0], made[0] + made[1], made[2])
    ),
    max_size=2,
)


@settings(max_examples=40)
@given(st.lists(two, min_size=3, max_size=4).filter(any), st.integers(1, 50))
def test_alignment_of_more_than_two_is_the_best_of_all(
    annotators: list[list[tuple[int, int, int]]], by: int
) -> None:
    there = [units(*own) for own in annotators]
    shifted = [units(*((start + by, end + by, label) for start, end, label in own)) for own in annotators]

    found = disorder(there)

    everything = [(who, tuple(unit)) for who, own in enumerate(there) for unit in own]
    best = min(sum(_cost(group, len(there)) for group in groups) for groups in _partitions(everything))
    assert found == pytest.approx(best / (len(everything) / len(there)))
    assert disorder(there[::-1]) == pytest.approx(found)
    assert disorder(shifted) == pytest.approx(found)


Unit = tuple[int, tuple[float, ...]]


def _cost(group: list[Unit], annotators: int) -> float:
    """The mean over all pairs of annotators; endless where an annotator has two units in the group."""
    if len({who for who, _unit in group}) < len(group):
        return np.inf
    pairs = comb(annotators, 2)
    alike = [
        float(unlikeness(np.array([one]), np.array([other]))[0])
        for (_, one), (_, other) in combinations(group, 2)
    ]
    return (sum(alike) + pairs - len(alike)) / pairs


def _partitions(of: list[Unit]) -> Iterator[list[list[Unit]]]:
    if not of:
        yield []
        return
    for rest in _partitions(of[1:]):
        yield [[of[0]], *rest]
        for at, group in enumerate(rest):
            yield [*rest[:at], [of[0], *group], *rest[at + 1 :]]
