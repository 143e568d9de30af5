"""Flat layers: what stays never shares a letter, and the policy says which of two stays."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exporters.flat import collision, flatten, in_the_way
from tests.factories import annotation

places = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=12)


def span(id: str, start: int, end: int, label: str = "court"):
    return annotation(id, start=start, end=end, label=label)


def test_longest_stays() -> None:
    long, short, apart = span("a", 0, 10), span("b", 8, 12), span("c", 10, 11)

    kept, dropped = flatten([short, apart, long])

    assert (kept, dropped) == ((long, apart), (short,))
    assert collision(short, long) == "overlapping"


def test_priority_names_labels_in_order() -> None:
    holding, court = span("a", 0, 10, "holding"), span("b", 2, 4, "court")

    assert flatten([holding, court], policy="priority", priority=("court",)) == ((court,), (holding,))
    assert flatten([holding, court], policy="priority", priority=("judge",)) == ((holding,), (court,))
    assert collision(court, holding) == "nested"


@given(places)
def test_kept_spans_share_nothing_and_each_dropped_one_has_a_reason(pairs: list[tuple[int, int]]) -> None:
    spans = [span(f"s{number:02}", start, start + length) for number, (start, length) in enumerate(pairs)]

    kept, dropped = flatten(spans)

    assert sorted(one.id for one in (*kept, *dropped)) == [one.id for one in spans]
    assert all(one.end <= other.start for one, other in pairwise(kept))
    for one in dropped:
        other = in_the_way(one, kept)
        assert other is not None
        assert other.start < one.end
        assert one.start < other.end
