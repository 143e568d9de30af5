"""Where the same words stand, and the spans that are made there."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.geometry import Range
from annotator.model import Fragment
from annotator.occurrences import Template, find, find_each, new_spans, place_states, template
from annotator.schema_toml import read_schema
from annotator.text import snap
from resources import schema_text
from tests import factories

SCHEMA = read_schema(schema_text("legal-news"))
SCRAPS = st.lists(
    st.sampled_from(
        ["Acme", "Acme’s", "acme", "Acmeon", "U.S.", "U.S", "Inc.", " ", "\n", "-", "é", "5.2", "."]
    ),
    max_size=14,
).map("".join)


def words_at(text: str, places: list[Range]) -> list[str]:
    return [text[place.start : place.end] for place in places]


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("Acme sued. Acme’s lawyer left Acme-owned offices.", "Acme", 3),
        ("Acmeon sued Macme and ACME.", "Acme", 0),
        ("The U.S. sued; U.S. courts heard it.", "U.S.", 2),
        ("Judge Ada  Romero; Judge Ada\nRomero; Judge Ada\n\nRomero", "Judge Ada Romero", 2),
        ("xa a a", "a a", 1),
        ("aa a a a", "a a", 1),
        ("It paid $1.50 (or $1.500).", "$1.50", 1),
        ("", "Acme", 0),
        ("Acme", "  ", 0),
    ],
)
def test_whole_words_are_found_as_they_are_written(text: str, words: str, count: int) -> None:
    assert len(find(text, words)) == count


def test_case_is_ignored_where_that_is_wanted() -> None:
    text = "ACME and acme and Acme"

    assert words_at(text, find(text, "Acme", ignore_case=True)) == ["ACME", "acme", "Acme"]


def test_words_that_a_template_cuts_are_found_inside_others() -> None:
    made = template(
        SCHEMA, text="Acmeon sued.", kind="article", label="organization", fragments=(Fragment(0, 4),)
    )

    assert not made.is_whole
    assert find("Acmeon", made.words, is_whole=made.is_whole) == [Range(0, 4)]


def test_many_places_on_one_long_line_take_little_time() -> None:
    text = "Acme " * 40_000

    assert len(find(text, "Acme")) == 40_000


@given(SCRAPS, SCRAPS)
def test_places_cut_no_word_cross_none_and_read_alike(text: str, words: str) -> None:
    places = find(text, words)

    assert all(snap(text, *place) == place for place in places)
    assert all(one.end <= other.start for one, other in pairwise(places))
    assert all(found.split() == words.split() for found in words_at(text, places))


@given(SCRAPS, st.lists(SCRAPS, max_size=4))
@example("U.S.Acme", ["U.S."])
def test_many_phrases_are_found_as_each_alone(text: str, phrases: list[str]) -> None:
    # A phrase of the text's own words; one that cuts a word of its own is found by nobody.
    wanted = [phrase for phrase in phrases if snap(phrase, 0, len(phrase)) == (0, len(phrase))]

    assert find_each(text, wanted) == {phrase: find(text, phrase) for phrase in wanted}


def test_span_in_several_pieces_is_no_template() -> None:
    with pytest.raises(InvalidEdit, match="several pieces"):
        template(
            SCHEMA,
            text=factories.TEXT,
            kind="article",
            label="court",
            fragments=(Fragment(0, 5), Fragment(10, 16)),
        )


def test_place_is_told_as_free_inside_or_marked() -> None:
    spans = [
        factories.annotation("a", label="court", start=0, end=5),
        factories.annotation("b", label="court", start=6, end=16),
        factories.annotation("c", label="judge", start=20, end=25),
    ]

    places = [Range(0, 5), Range(10, 16), Range(16, 18), Range(20, 25)]

    assert place_states(places, "court", spans) == ["marked", "inside", "free", "free"]


def desk(kind: str) -> Desk:
    return Desk(SCHEMA, factories.document(kind=kind), factories.ANA)


def test_values_of_the_template_are_taken_where_they_apply() -> None:
    text = "It held “the suit is barred”. It wrote that the suit is barred."
    start = text.index("the suit")
    made = template(
        SCHEMA,
        text=text,
        kind="article",
        label="claim",
        fragments=(Fragment(start, start + len("the suit is barred")),),
        attributes={"act": "denies", "record": "found", "quote": "direct", "unheard_of": "x"},
    )

    second = find(text, made.words)[1:]
    in_article = new_spans(desk("article"), text=text, template=made, places=second, present=())
    in_brief = new_spans(desk("brief"), text=text, template=made, places=second, present=())

    assert in_article[0].attributes == {"act": "denies", "record": "found", "quote": "indirect"}
    assert in_brief[0].attributes == {"act": "denies", "quote": "indirect"}


def test_value_that_somebody_chose_against_the_rule_is_taken_over() -> None:
    made = template(
        SCHEMA,
        text="It wrote that the suit is barred.",
        kind="article",
        label="claim",
        fragments=(Fragment(14, 32),),
        attributes={"quote": "mixed"},
    )

    assert made.attributes == {"quote": "mixed"}


def test_place_that_is_marked_so_is_passed_over() -> None:
    marked = factories.annotation("a", label="organization", start=60, end=66)
    wanted = Template("Norvel", "organization")

    places = find(factories.TEXT, "Norvel")
    made = new_spans(desk("article"), text=factories.TEXT, template=wanted, places=places, present=[marked])

    assert [span.origin for span in made] == ["occurrence"] * (
        len(places) - ((Fragment(60, 66),) in [(Fragment(*place),) for place in places])
    )
    assert (Fragment(60, 66),) not in [span.fragments for span in made]


def test_label_that_a_kind_of_document_has_not_is_refused() -> None:
    wanted = Template("Norvel", "holding")

    with pytest.raises(InvalidEdit, match="not a label for documents"):
        new_spans(desk("letter"), text="Norvel", template=wanted, places=[Range(0, 6)], present=())
