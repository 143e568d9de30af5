"""Tokens: they cover all but white space, and spans are found on their edges alone."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.geometry import Range
from exporters.tokens import Token, token_range, tokens, tokens_touched

TEXT = "“U.S.” courts… ruled -- 😀 No. 4:19\n"


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


def test_words_keep_their_points_and_marks_stand_alone() -> None:
    assert words(TEXT) == ["“", "U.S.", "”", "courts", "…", "ruled", "--", "😀", "No", ".", "4", ":", "19"]


@given(st.text())
def test_tokens_cover_everything_but_white_space_and_never_cross(text: str) -> None:
    found = tokens(text)

    covered = {place for start, end in found for place in range(start, end)}
    assert covered == {place for place, letter in enumerate(text) if not letter.isspace()}
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(start < end for start, end in found)


def test_span_on_edges_has_its_tokens_and_another_none() -> None:
    found = tokens("Ada Romero ruled")

    assert token_range(Range(4, 16), found) == (1, 3)
    assert token_range(Range(0, 3), found) == (0, 1)
    assert [token_range(Range(*pair), found) for pair in ((1, 3), (0, 5), (3, 4), (16, 20))] == [None] * 4


def test_span_off_the_edges_touches_tokens() -> None:
    found = [Token(0, 3), Token(4, 10), Token(10, 12)]

    assert tokens_touched(Range(2, 5), found) == (0, 2)
    assert tokens_touched(Range(3, 4), found) == (1, 1)
    assert tokens_touched(Range(10, 12), found) == (2, 3)
