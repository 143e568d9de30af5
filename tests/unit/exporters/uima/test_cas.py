"""A CAS, as another library reads it: text, offsets, labels, attributes and links are ours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text import normalise, sentences
from exporters.tokens import tokens
from exporters.uima.cas import feature_value
from exporters.uima.types import BOOLEAN, DOCUMENT, FLOAT, SENTENCE, STRING, STRINGS, TOKEN
from tests.factories import annotation, find, relation
from tests.unit.exporters.uima.documents import FORMS, ours, read_by_cassis, read_by_us, snapshot_of

TEXT = "A 😀 judge\nruled “for” <us> & them.\n\tIt is so ordered.\n"
ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


JUDGE = annotation("j", start=4, end=9, label="judge", text=TEXT)


@pytest.mark.parametrize("form", FORMS)
def test_text_and_offsets_come_out_in_code_points(form: str) -> None:
    read = read_by_cassis(snapshot_of(TEXT, [JUDGE]), form)

    (entity,) = read.select(ENTITY)
    assert read.sofa_string == TEXT
    assert (entity.begin, entity.end, entity.get_covered_text(), entity.value) == (4, 9, "judge", "judge")


def test_file_counts_utf16_units() -> None:
    (entity,) = [each for each in ours(snapshot_of(TEXT, [JUDGE])).structures if each.type == ENTITY]

    assert (entity.features["begin"], entity.features["end"]) == (5, 10)


@pytest.mark.parametrize("form", FORMS)
def test_sentences_and_tokens_are_those_of_the_program(form: str) -> None:
    read = read_by_cassis(snapshot_of(TEXT, []), form)

    assert [(row.begin, row.end) for row in read.select(SENTENCE)] == [tuple(s) for s in sentences(TEXT)]
    assert [(row.begin, row.end) for row in read.select(TOKEN)] == [tuple(t) for t in tokens(TEXT)]


@pytest.mark.parametrize("form", FORMS)
def test_document_is_named(form: str) -> None:
    (about,) = read_by_cassis(snapshot_of(TEXT, []), form).select(DOCUMENT)

    assert (about.documentTitle, about.documentId, about.collectionId) == (
        "Court rules on immunity",
        "document-1",
        "Rulings",
    )
    assert (about.begin, about.end) == (0, len(TEXT))


@pytest.mark.parametrize("form", FORMS)
def test_attributes_note_and_certainty_are_features(form: str) -> None:
    start, end = find("ruled “for” <us> & them", TEXT)
    span = annotation(
        start=start,
        end=end,
        label="claim",
        text=TEXT,
        attributes={"act": "alleges"},
        note="R2:\n\t“<see>” & below",
        certainty="likely",
    )

    (found,) = read_by_cassis(snapshot_of(TEXT, [span]), form).select("webanno.custom.Claim")

    assert (found.label, found.act, found.certainty) == ("claim", "alleges", "likely")
    assert found.note == "R2:\n\t“<see>” & below"


@pytest.mark.parametrize("form", FORMS)
def test_link_joins_the_spans_and_stands_at_its_target(form: str) -> None:
    holding = annotation("h", start=10, end=15, label="holding", text=TEXT)
    link = relation("r", type="issued_by", source="h", target="j", note="why")

    read = read_by_cassis(snapshot_of(TEXT, [JUDGE, holding], [link]), form)

    (found,) = read.select("webanno.custom.IssuedByRelation")
    assert (found.Governor.label, found.Dependent.value, found.note) == ("holding", "judge", "why")
    assert (found.begin, found.end) == (4, 9)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40)
@given(data=st.data())
def test_every_span_of_any_text_is_read_back_at_its_place(form: str, data: st.DataObject) -> None:
    letters = st.sampled_from("ab .\n\t😀é\u00a0<&\"'𝔄\u0301")
    text = normalise("a" + data.draw(st.text(letters)))
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda p: p[0] != p[1])
    places = [sorted(pair) for pair in data.draw(st.lists(place, max_size=4))]
    spans = [
        annotation(f"a{n}", start=start, end=end, label="court", text=text)
        for n, (start, end) in enumerate(places)
    ]

    of = snapshot_of(text, spans)
    read = read_by_cassis(of, form)
    (ours,) = read_by_us(of, form)

    assert read.sofa_string == ours.text == text
    marked = {span.fragments for span in spans}
    assert {span.fragments for part in ours.sets for span in part.annotations} == marked
    assert sorted((row.begin, row.end, row.get_covered_text()) for row in read.select(ENTITY)) == sorted(
        (start, end, text[start:end]) for start, end in places
    )


@pytest.mark.parametrize(
    ("range_name", "value", "kept"),
    [
        (STRING, "x", "x"),
        (STRING, 2.5, "2.5"),
        (STRING, True, "true"),
        (STRING, ("a", "b"), None),
        (STRINGS, ("a", "b"), ("a", "b")),
        (STRINGS, "a", ("a",)),
        (BOOLEAN, False, False),
        (BOOLEAN, "maybe", None),
        (FLOAT, 3, 3.0),
        (FLOAT, True, None),
        (FLOAT, "3", None),
        (FLOAT, 0.1, 0.1),
        (FLOAT, 123_456_789, None),
    ],
)
def test_feature_holds_a_value_or_says_that_it_does_not(range_name: str, value: object, kept: object) -> None:
    assert feature_value(range_name, value) == kept  # type: ignore[arg-type]
