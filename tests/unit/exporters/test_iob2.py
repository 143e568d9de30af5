"""IOB2 tags: every span begins with B-."""

import pytest

from exporters.iob2 import iob2, tag_names
from exporters.tokens import tokens
from tests.factories import annotation

TEXT = "Ada Romero met Bo."


def test_spans_begin_with_b_also_next_to_one_of_their_label() -> None:
    spans = [
        annotation("a", start=0, end=3, label="person", text=TEXT),
        annotation("b", start=4, end=14, label="person", text=TEXT),
        annotation("c", start=15, end=17, label="judge", text=TEXT),
    ]

    assert iob2(spans, tokens(TEXT)) == ["B-person", "B-person", "I-person", "B-judge", "O"]


def test_span_off_the_edges_of_tokens_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="a is not on token edges"):
        iob2([annotation("a", start=0, end=2, text=TEXT)], tokens(TEXT))


def test_tag_names_begin_with_outside() -> None:
    assert tag_names(["court", "judge"]) == ["O", "B-court", "I-court", "B-judge", "I-judge"]
