"""Moving the ends of a span by words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Fragment
from ui.resizing import moved

TEXT = "Judge Ada Romero ruled that Norvel’s claim fails.\nIt may appeal."


def words_of(fragments: tuple[Fragment, ...], text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in fragments]


def at(words: str) -> Fragment:
    start = TEXT.index(words)
    return Fragment(start, start + len(words))


@pytest.mark.parametrize(
    ("edge", "step", "result"),
    [
        ("end", 1, "Ada Romero ruled"),
        ("end", -1, "Ada"),
        ("start", -1, "Judge Ada Romero"),
        ("start", 1, "Romero"),
    ],
)
def test_end_goes_to_the_next_word(edge: str, step: int, result: str) -> None:
    assert words_of(moved(TEXT, (at("Ada Romero"),), 0, edge=edge, step=step)) == [result]


def test_fragment_keeps_a_word() -> None:
    assert words_of(moved(TEXT, (at("Ada"),), 0, edge="end", step=-1)) == ["Ada"]
    assert words_of(moved(TEXT, (at("Ada"),), 0, edge="start", step=1)) == ["Ada"]


def test_fragment_does_not_reach_its_neighbour() -> None:
    fragments = (at("Ada"), at("Romero"))

    assert moved(TEXT, fragments, 0, edge="end", step=1) == fragments


def test_text_ends_stop_the_ends() -> None:
    fragments = (Fragment(0, 5),)

    assert moved(TEXT, fragments, 0, edge="start", step=-1) == fragments


@given(
    st.text("ab .\n", min_size=1, max_size=60),
    st.data(),
    st.sampled_from(("start", "end")),
    st.sampled_from((-1, 1)),
)
def test_result_always_stands_in_the_text(text: str, data: st.DataObject, edge: str, step: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    (piece,) = moved(text, (Fragment(start, end),), 0, edge=edge, step=step)

    assert 0 <= piece.start < piece.end <= len(text)
