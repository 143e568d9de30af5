"""The field over words: what numpy reads of it is what the formulas say, path by path."""

from array import array
from itertools import pairwise, product
from math import exp

import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.suggest.learned.crf import Crf, tagged, trained
from annotator.suggest.learned.tags import spans_of

TAGS = ("B-a", "I-a", "O")
WEIGHTS = st.lists(st.floats(-3, 3, width=32), min_size=9, max_size=9)


def field(weights: list[float], transitions: list[float]) -> Crf:
    return Crf(
        TAGS,
        {"x": 0, "y": 1, "z": 2},
        numpy.array(weights, numpy.float32).reshape(3, 3),
        numpy.array(transitions, numpy.float32).reshape(3, 3),
    )


def every_path(crf: Crf, sequence: list[list[str]]) -> dict[tuple[int, ...], float]:
    """The probability of each sequence of tags, by going through all of them."""
    found = {}
    for path in product(range(3), repeat=len(sequence)):
        score = sum(
            float(crf.weights[crf.features[each], tag])
            for token, tag in zip(sequence, path, strict=True)
            for each in token
        ) + sum(float(crf.transitions[one, other]) for one, other in pairwise(path))
        found[path] = exp(score)
    whole = sum(found.values())
    return {path: chance / whole for path, chance in found.items()}


@settings(max_examples=40)
@given(
    WEIGHTS,
    WEIGHTS,
    st.lists(st.lists(st.sampled_from("xyz"), max_size=2, unique=True), min_size=1, max_size=4),
)
def test_spans_and_doubt_are_those_of_going_through_all_paths(
    weights: list[float], transitions: list[float], sequence: list[list[str]]
) -> None:
    crf = field(weights, transitions)
    chances = every_path(crf, sequence)
    best = max(chances, key=chances.__getitem__)

    [found] = tagged(crf, [sequence])

    assume(sorted(chances.values())[-2] < chances[best] * (1 - 1e-6))
    assert [span[:3] for span in found.spans] == spans_of([TAGS[tag] for tag in best])
    for first, last, _, chance in found.spans:
        just_there = sum(
            each
            for path, each in chances.items()
            if path[first : last + 1] == best[first : last + 1] and path[last + 1 : last + 2] != (1,)
        )
        assert chance == pytest.approx(just_there, abs=1e-6)
    doubt = sum(
        1 - max(sum(each for path, each in chances.items() if path[at] == tag) for tag in range(3))
        for at in range(len(sequence))
    )
    assert found.doubt == pytest.approx(doubt, abs=1e-6)


def test_what_is_learned_is_found_again() -> None:
    features = {"court": 0, "of": 1, "word": 2}
    rows = [[array("i", [2]), array("i", [0]), array("i", [2])]] * 6

    crf = trained(rows, [["O", "B-court", "O"]] * 6, features)
    [found, empty] = tagged(crf, [[["word"], ["court"], ["word", "never seen"]], []])

    [(first, last, label, chance)] = found.spans
    assert (first, last, label) == (1, 1, "court")
    assert chance > 0.5
    assert empty.spans == ()
