"""The lines of a .ann file: offsets, fragments, links, attributes and notes as brat has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Annotation, Relation
from annotator.readers.brat_standoff import Standoff
from annotator.text import normalise
from exporters.brat.names import Names
from exporters.brat.standoff import pieces, reads_back, standoff
from tests.factories import annotation, relation, schema

TEXT = "A 😀 judge\nruled and\n \nordered.\n"
NAMES = Names(schema())


def lines(spans: list[Annotation], links: tuple[Relation, ...] = ()) -> list[str]:
    return standoff(TEXT, spans, links, NAMES).splitlines()


def test_span_counts_code_points_and_quotes_its_words() -> None:
    assert lines([annotation(start=4, end=9, label="judge", text=TEXT)]) == ["T1\tjudge 4 9\tjudge"]


def test_span_over_lines_has_a_fragment_for_each_line_with_words() -> None:
    span = annotation(start=4, end=30, label="claim", text=TEXT)

    assert lines([span]) == ["T1\tclaim 4 9;10 19;22 30\tjudge ruled and ordered."]


def test_span_in_pieces_keeps_them() -> None:
    span = annotation(pieces=[(4, 9), (16, 19)], label="claim", text=TEXT)

    assert lines([span]) == ["T1\tclaim 4 9;16 19\tjudge and"]


def test_span_of_white_space_alone_has_no_pieces() -> None:
    assert pieces(TEXT, annotation(start=19, end=22, text=TEXT)) == ()


def test_links_attributes_and_notes_have_lines_of_their_own() -> None:
    spans = [
        annotation("h", start=10, end=15, label="holding", text=TEXT, attributes={"issue": "immunity"}),
        annotation("j", start=4, end=9, label="judge", text=TEXT, note="see\nbelow"),
    ]
    link = relation(source="h", target="j", attributes={"values": ("a", "b")}, note="why")

    assert lines(spans, (link,)) == [
        "T1\tholding 10 15\truled",
        "T2\tjudge 4 9\tjudge",
        "R1\tissued_by Arg1:T1 Arg2:T2",
        "A1\tissue T1 immunity",
        "A2\tvalues R1 a",
        "A3\tvalues R1 b",
        "#1\tAnnotatorNotes T2\tsee below",
        "#2\tAnnotatorNotes R1\twhy",
    ]


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (True, "A1\tissue T1"),
        (False, "#1\tAttribute T1\tissue: false"),
        ("two words", "#1\tAttribute T1\tissue: two words"),
        (2.5, "A1\tissue T1 2.5"),
    ],
)
def test_value_that_no_attribute_of_brat_can_have_is_a_note(value: object, line: str) -> None:
    span = annotation(start=4, end=9, text=TEXT, attributes={"issue": value})  # type: ignore[dict-item]

    assert lines([span])[1:] == [line]


@pytest.mark.parametrize(
    "value", [True, False, "Hay v. Bolt, 1 U.S. 2", ("two words", "one, more"), ("plain", "words")]
)
def test_value_comes_back_also_from_a_note(value: object) -> None:
    span = annotation(start=4, end=9, text=TEXT, attributes={"issue": value}, note="see R4")  # type: ignore[dict-item]

    [found] = Standoff(standoff(TEXT, [span], (), NAMES), TEXT, name="x.ann").annotations()

    assert (found.attributes, found.note) == ({"issue": value}, "see R4")


def test_every_line_break_that_brat_knows_parts_a_fragment() -> None:
    text = "one\x85two\n"
    span = annotation(start=0, end=7, label="claim", text=text)

    assert standoff(text, [span], (), NAMES) == "T1\tclaim 0 3;4 7\tone two\n"
    assert lines([annotation(start=4, end=9, text=TEXT, note="a\u2028b\x0cc")])[1:] == [
        "#1\tAnnotatorNotes T1\ta b c"
    ]


@given(st.data())
def test_every_t_line_equals_its_text_and_is_read_back_as_the_span_it_was(data: st.DataObject) -> None:
    text = normalise(data.draw(st.text(st.sampled_from("ab .\n\t😀é\u00a0\u0085#"), min_size=1)))
    spans = [
        span
        for number in range(data.draw(st.integers(0, 3)))
        if (span := drawn_span(data, text, str(number))) is not None
    ]

    written = standoff(text, spans, (), NAMES)

    for line in written.splitlines():
        _, head, words = line.split("\t", 2)
        pairs = [tuple(map(int, pair.split())) for pair in head.partition(" ")[2].split(";")]
        assert " ".join(text[start:end] for start, end in pairs) == words
        assert all(len(text[start:end].splitlines()) == 1 for start, end in pairs)
    read = Standoff(written, text, name="x.ann")
    assert read.warnings == []
    found = [row.fragments for row in read.annotations()]
    assert len(found) == len(spans)
    for fragments, span in zip(found, spans, strict=True):
        assert (fragments == span.fragments) == reads_back(text, span)


def drawn_span(data: st.DataObject, text: str, key: str) -> Annotation | None:
    """A span of any pieces that do not touch, None if there are no words in it."""
    offsets = data.draw(st.lists(st.integers(0, len(text)), unique=True, max_size=6))
    edges = sorted(offsets[: len(offsets) // 2 * 2])
    fragments = list(zip(edges[::2], edges[1::2], strict=True))
    span = annotation(key, pieces=fragments, label="claim", text=text) if fragments else None
    return span if span is not None and pieces(text, span) else None
