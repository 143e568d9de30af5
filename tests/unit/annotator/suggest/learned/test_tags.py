"""Spans as a tag for each word and back."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.learned.examples import Span
from annotator.suggest.learned.tags import outermost, spans_of, tags, tokens

TEXT = "Judge Ada Romero of Acme Inc. ruled.\n\n“It’s $5,000,” said U.S. counsel (No. 4:19-cv-07123)."
ROWS = tokens(TEXT)


def test_every_visible_character_is_in_one_token() -> None:
    places = [place for row in ROWS for token in row for place in range(*token)]

    assert places == [place for place, letter in enumerate(TEXT) if not letter.isspace()]


def test_abbreviations_and_amounts_are_one_token() -> None:
    words = [TEXT[token.start : token.end] for row in ROWS for token in row]

    assert {"U.S.", "5,000", "$", "Inc", "It"} <= set(words)


@st.composite
def spans_in(draw: st.DrawFn, row: int) -> list[Span]:
    """Spans of whole tokens of a paragraph that do not cross."""
    inside = ROWS[row]
    cuts = sorted(draw(st.sets(st.integers(0, len(inside)), max_size=8)))
    return [
        Span(inside[first].start, inside[last - 1].end, draw(st.sampled_from(["a", "b-c"])))
        for first, last in pairwise(cuts)
        if draw(st.booleans())
    ]


@given(spans_in(0), spans_in(1))
def test_spans_come_back_from_their_tags(one: list[Span], other: list[Span]) -> None:
    spans = [*one, *other]

    found = [
        Span(row[first].start, row[last].end, label)
        for row in ROWS
        for first, last, label in spans_of(tags(row, outermost(spans)))
    ]

    assert found == spans


def test_of_spans_within_each_other_the_outermost_is_learned() -> None:
    outer, inner = Span(0, 16, "judge"), Span(6, 9, "person")

    assert outermost([inner, outer]) == [outer]


def test_a_span_over_two_paragraphs_is_left_out() -> None:
    across = [Span(20, 45, "odd")]

    assert all(tag == "O" for row in ROWS for tag in tags(row, across))


def test_a_token_that_a_span_cuts_belongs_to_it() -> None:
    assert tags(ROWS[0], [Span(7, 16, "judge")])[:4] == ["O", "B-judge", "I-judge", "O"]


def test_a_tag_that_continues_nothing_begins_a_span() -> None:
    assert spans_of(["I-a", "I-b", "I-b", "O", "B-b", "B-b"]) == [
        (0, 0, "a"),
        (1, 2, "b"),
        (4, 4, "b"),
        (5, 5, "b"),
    ]
