"""Laws that the measures of a layer keep, whatever is marked: shifting, pooling, wrong boundaries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.figures import Settings
from annotator.agreement.layers import layer_report
from annotator.agreement.undefined import Undefined, Value
from annotator.agreement.work import DocumentWork
from annotator.geometry import Range
from annotator.progress import run
from tests.unit.annotator.agreement.spans import Span, work

LENGTH = 24
spans = st.lists(
    st.tuples(st.integers(0, LENGTH - 6), st.integers(1, 6), st.sampled_from("PQ")).map(
        lambda made: (made[0], made[0] + made[1], made[2])
    ),
    max_size=5,
    unique=True,
)
people = st.fixed_dictionaries(dict.fromkeys("abc", spans))


def measures(*works: DocumentWork) -> Mapping[str, Value]:
    report = run(layer_report("layer", works, attributes=(), settings=Settings(resamples=0)))
    return {each.name: each.figure.value for each in report.measures}


def assert_same(found: Mapping[str, Value], expected: Mapping[str, Value]) -> None:
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        if isinstance(value, Undefined):
            assert found[name] == value, name
        else:
            assert found[name] == pytest.approx(value), name


def moved(own: Sequence[Span], by: int) -> list[Span]:
    return [(start + by, end + by, label) for start, end, label in own]


@settings(max_examples=30)
@given(people, st.integers(1, 50))
def test_text_before_all_spans_that_has_no_tokens_changes_no_f1_and_no_measure_of_tokens(
    made: dict[str, list[Span]], by: int
) -> None:
    there = measures(work(made, length=LENGTH))
    tokens = tuple(Range(at + by, at + by + 1) for at in range(LENGTH))
    later = work({who: moved(own, by) for who, own in made.items()}, length=LENGTH + by)

    shifted = measures(replace(later, tokens=tokens))

    of_length = ("u_alpha", "u_alpha_binary")  # they count the text before as agreement on a gap
    assert_same(
        {name: value for name, value in shifted.items() if name not in of_length},
        {name: value for name, value in there.items() if name not in of_length},
    )


@settings(max_examples=30)
@given(people, people)
def test_documents_added_up_are_one_document_of_both_texts(
    one: dict[str, list[Span]], other: dict[str, list[Span]]
) -> None:
    both = {who: [*one[who], *moved(other[who], LENGTH)] for who in one}

    pooled = measures(work(one, document="d1", length=LENGTH), work(other, document="d2", length=LENGTH))

    assert_same(pooled, measures(work(both, length=2 * LENGTH)))


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=1, max_size=4),
    st.integers(0, 3),
    st.integers(1, 6),
    st.integers(1, 6),
)
def test_a_wrong_boundary_that_is_widened_into_a_gap_never_counts_for_more(
    pieces: list[tuple[int, int]], which: int, near: int, far: int
) -> None:
    """Annotator a marks spans with gaps between; b marks one of them, and ends it too late."""
    marked, at = list[Span](), 0
    for gap, size in pieces:
        marked.append((at + gap, at + gap + size, "P"))
        at += gap + size
    start, end, label = marked[which % len(marked)]
    after = [low for low, _high, _label in marked if low >= end]
    room = min(after, default=at + 12) - end

    found = [
        measures(work({"a": marked, "b": [(start, end + min(by, room), label)]}, length=at + 12))
        for by in (0, near, near + far)
    ]

    for name in ("iou", "u_alpha", "u_alpha_binary"):
        values = [each[name] for each in found if isinstance(each[name], float)]
        assert len(values) == 3
        assert values == pytest.approx(sorted(values, reverse=True))  # type: ignore[type-var]
