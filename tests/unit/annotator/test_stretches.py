"""Joined stretches have the characters that their pieces have, and tell what crosses them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.geometry import Range
from annotator.stretches import crosses, joined

PIECES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda at: (at[0], at[0] + at[1])))


@given(PIECES)
def test_joined_stretches_are_apart_and_lose_nothing(pieces: list[tuple[int, int]]) -> None:
    union = joined(pieces)

    assert {at for start, end in pieces for at in range(start, end)} == {
        at for start, end in union for at in range(start, end)
    }
    assert all(one.end < other.start for one, other in pairwise(union))


@given(PIECES, st.integers(0, 40), st.integers(1, 9))
def test_place_crosses_where_it_has_a_character_in_common(
    pieces: list[tuple[int, int]], start: int, length: int
) -> None:
    place = Range(start, start + length)
    covered = {at for begin, end in pieces for at in range(begin, end)}

    assert crosses(joined(pieces), place) == bool(covered & set(range(*place)))
