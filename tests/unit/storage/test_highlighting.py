"""Words of a search are found in a paragraph where the index itself highlights them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.searching import Term
from storage.highlighting import Finder
from storage.search import match_expression

_WORDS = st.sampled_from(("a", "b", "ab", "Court", "court's", "U.S.", "no-one", "x_y", "12,5", "B2"))
_GAPS = st.sampled_from((" ", "  ", ", ", " “", "” — ", "’", "\u00a0", "... ", "§ "))
_TEXTS = st.lists(st.tuples(_WORDS, _GAPS), max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
_TERMS = st.lists(
    st.builds(Term, st.lists(_WORDS, min_size=1, max_size=3).map(" ".join), st.booleans()),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE t USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
        )
        yield connection


def highlighted(index: sqlite3.Connection, text: str, terms: list[Term]) -> list[tuple[int, int]] | None:
    """What FTS5 highlights; None where it does not find the text at all."""
    index.execute("DELETE FROM t")
    index.execute("INSERT INTO t VALUES (?)", (text,))
    query = "SELECT highlight(t, 0, char(1), char(1)) FROM t WHERE t MATCH ?"
    row = index.execute(query, (match_expression(terms),)).fetchone()
    if row is None:
        return None
    pieces, at, found = row[0].split("\x01"), 0, []
    for number, piece in enumerate(pieces):
        if number % 2:
            found.append((at, at + len(piece)))
        at += len(piece)
    return found


@given(text=_TEXTS, terms=_TERMS)
@example(text="a b a b a", terms=[Term("a b a")])
@example(text="a b c", terms=[Term("a b"), Term("b c")])
@example(text="courtly Court", terms=[Term("cour", is_prefix=True), Term("court")])
def test_places_are_those_that_the_index_highlights(
    index: sqlite3.Connection, text: str, terms: list[Term]
) -> None:
    wanted = highlighted(index, text, terms)

    found = Finder(terms).places(text, 0)

    if wanted is not None:
        assert found is not None
        assert [tuple(place) for place in found] == wanted


@pytest.mark.parametrize(("text", "words"), [("Änne ruled", "ruled"), ("Anne", "änne"), ("ﬁne", "fine")])
def test_other_letters_are_left_to_the_index(text: str, words: str) -> None:
    assert Finder([Term(words)]).places(text, 0) is None


def test_places_are_those_of_the_document() -> None:
    assert Finder([Term("ruled")]).places("He ruled.", 100) == ((103, 108),)
