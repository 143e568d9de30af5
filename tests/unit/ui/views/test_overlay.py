"""The index of spans: who is where, in which order, and on which line under the text."""

from collections.abc import Iterable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.model import Fragment
from ui.views.overlay import PaintedSpan, SpanIndex

LENGTH = 60


def span(id: str, *fragments: tuple[int, int]) -> PaintedSpan:
    return PaintedSpan(id, tuple(Fragment(*each) for each in fragments), id, "#777777")


@st.composite
def fragments(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """One to three fragments that neither cross nor touch."""
    edges = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return tuple(pairs)


spans = st.lists(fragments(), max_size=25).map(
    lambda each: [span(f"s{number}", *pieces) for number, pieces in enumerate(each)]
)


def covering(shown: Iterable[PaintedSpan], start: int, end: int) -> set[tuple[str, int]]:
    """What an index should find, the slow way."""
    return {
        (each.id, number)
        for each in shown
        for number, piece in enumerate(each.fragments)
        if piece.start < end and piece.end > start
    }


@settings(deadline=None)
@given(spans, st.integers(0, LENGTH), st.integers(0, LENGTH))
def test_finds_just_the_stretches_in_a_range(shown: list[PaintedSpan], start: int, end: int) -> None:
    found = SpanIndex(shown).overlapping(start, end)

    assert {(each.span.id, each.number) for each in found} == covering(shown, start, end)
    assert len(found) == len(covering(shown, start, end))


@settings(deadline=None)
@given(spans, st.integers(0, LENGTH), st.integers(0, LENGTH))
def test_cluster_is_all_that_hangs_together_by_overlaps(
    shown: list[PaintedSpan], start: int, end: int
) -> None:
    assume(start < end)

    found = SpanIndex(shown).cluster(start, end)

    reached = (start, end)
    while (wider := _with_overlapping(shown, *reached)) != reached:
        reached = wider
    assert (found.start, found.end) == reached


def _with_overlapping(shown: Iterable[PaintedSpan], start: int, end: int) -> tuple[int, int]:
    pieces = [piece for each in shown for piece in each.fragments if piece.start < end and piece.end > start]
    return min([start, *(p.start for p in pieces)]), max([end, *(p.end for p in pieces)])


@settings(deadline=None)
@given(spans, spans, st.data())
def test_replacing_leaves_what_a_new_index_would_hold(
    shown: list[PaintedSpan], others: list[PaintedSpan], data: st.DataObject
) -> None:
    removed = data.draw(st.sets(st.sampled_from([each.id for each in shown]))) if shown else set()
    index = SpanIndex(shown)
    index.overlapping(0, LENGTH)

    index.replace(removed, others)

    kept = {each.id: each for each in shown if each.id not in removed} | {each.id: each for each in others}
    fresh, start = SpanIndex(kept.values()), data.draw(st.integers(0, LENGTH))
    assert index.overlapping(0, LENGTH + 1) == fresh.overlapping(0, LENGTH + 1)
    assert index.overlapping(start, start + 1) == fresh.overlapping(start, start + 1)
    assert len(index) == len(kept)


@pytest.mark.parametrize("count", [5, 500])
def test_many_spans_replace_others_as_few_do(count: int) -> None:
    index = SpanIndex([span(f"old{each}", (each, each + 2)) for each in range(count)])

    index.replace([f"old{each}" for each in range(count)], [span("new", (3, 9))])

    assert [each.span.id for each in index.overlapping(0, 1000)] == ["new"]


@settings(deadline=None)
@given(spans)
def test_overlapping_stretches_have_different_lines(shown: list[PaintedSpan]) -> None:
    index = SpanIndex(shown)
    stretches = index.overlapping(0, LENGTH + 1)

    for one in stretches:
        lane = index.lane(one)
        assert 0 <= lane.number < lane.of
        others = [each for each in index.overlapping(one.start, one.end) if each != one]
        assert lane.number not in {index.lane(each).number for each in others}


def test_inner_span_has_the_line_nearest_the_text() -> None:
    index = SpanIndex([span("outer", (0, 50)), span("middle", (5, 30)), span("inner", (10, 20))])

    lanes = {each.span.id: index.lane(each).number for each in index.overlapping(0, 50)}

    assert lanes == {"inner": 0, "middle": 1, "outer": 2}


def test_spans_that_only_touch_share_a_line() -> None:
    index = SpanIndex([span("left", (0, 10)), span("right", (10, 20))])

    assert [index.lane(each).of for each in index.overlapping(0, 20)] == [1, 1]


def test_innermost_span_comes_first() -> None:
    index = SpanIndex([span("outer", (0, 50)), span("inner", (10, 20)), span("other", (15, 60))])

    assert index.at(17) == ("inner", "other", "outer")


def test_caret_behind_a_span_is_still_at_it() -> None:
    index = SpanIndex([span("word", (3, 8))])

    assert (index.at(8), index.at(9)) == (("word",), ())


def test_character_of_another_span_counts_before_the_end_of_one() -> None:
    index = SpanIndex([span("left", (0, 5)), span("right", (5, 9))])

    assert index.at(5) == ("right",)


def test_neighbours_go_round_in_order_of_their_beginnings() -> None:
    index = SpanIndex([span("c", (20, 25)), span("a", (0, 9), (30, 40)), span("b", (0, 4))])

    assert [index.following(each) for each in ("a", "b", "c")] == ["b", "c", "a"]
    assert [index.preceding(each) for each in ("a", "b", "c")] == ["c", "a", "b"]


def test_neighbours_are_found_from_an_offset() -> None:
    index = SpanIndex([span("a", (5, 9), (30, 40)), span("b", (20, 25))])

    assert (index.first_from(0), index.first_from(6), index.first_from(26)) == ("a", "b", "a")
    assert (index.last_before(0), index.last_before(6), index.last_before(35)) == ("b", "a", "b")


def test_no_spans_have_no_neighbours() -> None:
    index = SpanIndex()

    assert (index.first_from(0), index.last_before(9), index.following("x"), index.at(0)) == (
        None,
        None,
        None,
        (),
    )
