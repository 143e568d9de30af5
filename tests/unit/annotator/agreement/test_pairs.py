"""What two annotators have alike, against cases worked out on paper and against brute force."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.matching import crossings
from annotator.agreement.pairs import PairCounts, compare, trimmed
from annotator.model import Annotation
from tests import factories
from tests.unit.annotator.agreement.spans import Span, spans

marked = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from("PQ")).map(
        lambda made: (made[0], made[0] + made[1], made[2])
    ),
    max_size=5,
)


def f1(pair: PairCounts, name: str) -> float:
    both = sum(of.first + of.second for of in pair.by_label.values())
    return float(2 * sum(getattr(of, name) for of in pair.by_label.values()) / both)


def test_each_way_of_being_alike_on_paper() -> None:
    pair = compare(spans((0, 10, "P"), (20, 30, "Q")), spans((2, 10, "P"), (20, 30, "P"), (40, 45, "Q")))

    assert f1(pair, "exact") == 0
    assert 2 * pair.unlabelled / 5 == pytest.approx(0.4)
    assert f1(pair, "overlap") == pytest.approx(0.4)
    assert f1(pair, "iou50") == pytest.approx(0.4)
    assert f1(pair, "iou") == pytest.approx(0.32)
    assert dict(pair.labels) == {("P", "P"): 1, ("Q", "P"): 1, ("", "Q"): 1}
    assert 2 * sum(count for met, count in pair.labels.items() if all(met)) / 5 == pytest.approx(0.8)


def test_best_pair_first_would_find_one_and_the_best_matching_finds_two() -> None:
    pair = compare(spans((0, 10, "P"), (10, 20, "P")), spans((4, 17, "P"), (17, 20, "P")))

    assert f1(pair, "overlap") == 1.0


def test_more_pairs_count_before_more_overlap() -> None:
    pair = compare(spans((0, 12, "P"), (14, 20, "P")), spans((2, 16, "P"), (0, 2, "P")))

    assert pair.by_label["P"].overlap == 2


def test_all_fragments_count_and_overlap_is_that_of_characters() -> None:
    whole = (factories.annotation("a", start=0, end=10),)
    pieces = (factories.annotation("b", pieces=((0, 2), (8, 10))),)

    pair = compare(whole, pieces)

    assert pair.by_label["court"].exact == 0
    assert pair.by_label["court"].overlap == 1
    assert pair.by_label["court"].iou == pytest.approx(0.4)
    assert compare(pieces, (factories.annotation("c", start=3, end=7),)).by_label["court"].overlap == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the court", "court"),
        ("“Acme Corp.”", "Acme Corp"),
        (" § 1983,", "§ 1983"),
        ("The ", "The"),
        ("$5", "$5"),
        ("Smith (D)", "Smith (D)"),
    ],
)
def test_ends_that_say_nothing_are_trimmed(words: str, expected: str) -> None:
    [piece] = trimmed(factories.fragments((0, len(words))), words)

    assert words[piece.start : piece.end].strip() == expected


def test_trimming_keeps_the_fragments_apart() -> None:
    assert trimmed(factories.fragments((0, 6), (9, 13)), "the ab cd. ") == factories.fragments(
        (4, 6), (9, 11)
    )


def test_stacked_labels_meet_their_like() -> None:
    stacked = spans((0, 5, "P"), (0, 5, "Q"))

    assert dict(compare(stacked, stacked).labels) == {("P", "P"): 1, ("Q", "Q"): 1}


@given(marked, marked)
def test_relaxed_is_at_least_half_and_half_at_least_exact(one: list[Span], other: list[Span]) -> None:
    pair, turned = compare(spans(*one), spans(*other)), compare(spans(*other), spans(*one))

    for label, of in pair.by_label.items():
        back = turned.by_label[label]
        assert (of.exact, of.overlap, of.iou50) == (back.exact, back.overlap, back.iou50)
        assert of.iou == pytest.approx(back.iou)
        assert of.exact <= of.iou50 <= of.overlap <= min(of.first, of.second)
        assert of.exact <= of.trimmed


@given(marked, marked)
def test_matching_is_the_best_of_all(one: list[Span], other: list[Span]) -> None:
    first, second = spans(*one), spans(*other)

    best = max(_weights(first, second))

    pair = compare(first, second)
    found = sum(of.overlap for of in pair.by_label.values()), sum(of.iou for of in pair.by_label.values())
    assert found == (best[0], pytest.approx(best[1]))


def _weights(first: tuple[Annotation, ...], second: tuple[Annotation, ...]) -> list[tuple[int, float]]:
    """(pairs, sum of IoU) of every matching there is."""
    iou = {
        (edge.first, edge.second): edge.iou
        for edge in crossings(first, second)
        if first[edge.first].label == second[edge.second].label
    }
    few = min(len(first), len(second))
    found = {(0, 0.0)}
    for size in range(1, few + 1):
        for rows in combinations(range(len(first)), size):
            for columns in permutations(range(len(second)), size):
                pairs = list(zip(rows, columns, strict=True))
                if all(pair in iou for pair in pairs):
                    found.add((size, round(sum(iou[pair] for pair in pairs), 9)))
    return sorted(found)


apart = st.dictionaries(
    st.integers(0, 6), st.tuples(st.integers(1, 4), st.sampled_from("PQ")), min_size=1
).map(lambda made: [(at * 5, at * 5 + size, label) for at, (size, label) in sorted(made.items())])


@given(apart, apart)
def test_exact_is_the_strict_score_of_nervaluate(first: list[Span], second: list[Span]) -> None:
    from nervaluate.evaluator import Evaluator

    theirs = [
        [[{"start": a, "end": b - 1, "label": label} for a, b, label in own]] for own in (first, second)
    ]

    result = Evaluator(*theirs, tags=["P", "Q"]).evaluate()["overall"]["strict"]

    assert f1(compare(spans(*first), spans(*second)), "exact") == pytest.approx(result.f1)
