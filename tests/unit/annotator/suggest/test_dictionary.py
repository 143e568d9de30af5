"""What was labelled before is suggested elsewhere, with how often it was."""

import pytest

from annotator.model import Annotation
from annotator.schema_toml import read_schema
from annotator.suggest.dictionary import Labelled, learned, suggestions
from annotator.suggest.suggestion import Suggestion
from resources import schema_text
from tests import factories

SCHEMA = read_schema(schema_text("legal-news"))


def span(text: str, words: str, label: str) -> Annotation:
    place = factories.find(words, text)
    return factories.annotation(f"{label}-{words}", start=place.start, end=place.end, label=label, text=text)


def suggested(
    text: str, *worked_on: Labelled, present: tuple[Annotation, ...] = ()
) -> list[tuple[str, Suggestion]]:
    known = learned(worked_on, SCHEMA)
    found = suggestions(known, text=text, schema=SCHEMA, present=present)
    return [(text[each.start : each.end], each) for each in found]


def learnt(text: str, *marked: tuple[str, str]) -> Labelled:
    return Labelled(text, [span(text, words, label) for words, label in marked])


def test_words_labelled_before_are_suggested_with_how_often_they_were() -> None:
    worked_on = learnt("Acme sued. Then Acme lost.", ("Acme", "organization"))

    [(words, found)] = suggested("Now Acme appeals.", worked_on)

    assert (words, found.label, found.confidence) == ("Acme", "organization", 0.5)
    assert (found.origin, found.reason) == ("dictionary", "labelled Organization 1 of 2 times")


def test_the_longest_known_words_are_suggested_and_the_shorter_are_not_counted_in_them() -> None:
    worked_on = learnt("Supreme Court of Ohio. A Court.", ("Supreme Court", "court"), ("A Court", "court"))
    inner = learnt("The Court spoke.", ("Court", "organization"))

    found = suggested("The Supreme Court and the Court.", worked_on, inner)

    assert [(words, each.label) for words, each in found] == [
        ("Supreme Court", "court"),
        ("Court", "organization"),
    ]
    assert found[1][1].confidence == 1.0


@pytest.mark.parametrize(
    ("labelled", "text"),
    [
        ("District Court", "two DISTRICT COURTS heard it"),
        ("district courts", "one District\nCourt heard it"),
        ("Regulatory Bodies", "the regulatory body heard it"),
    ],
)
def test_case_line_breaks_and_plural_make_no_other_words(labelled: str, text: str) -> None:
    [(words, _found)] = suggested(text, learnt(labelled, (labelled, "court")))

    assert words.split()[-1].casefold() in ("courts", "court", "body")


@pytest.mark.parametrize("text", ["Judge Ada\n\nRomero", "Judge Adam Romero", "Judge Ada-Romero"])
def test_other_words_and_another_paragraph_are_not_suggested(text: str) -> None:
    assert suggested(text, learnt("Judge Ada Romero", ("Judge Ada Romero", "judge"))) == []


def test_a_stop_that_was_labelled_with_the_words_belongs_to_them() -> None:
    [(words, _found)] = suggested(
        "It was Acme Inc. again", learnt("Acme Inc. sued", ("Acme Inc.", "organization"))
    )

    assert words == "Acme Inc."


def test_the_label_given_most_often_is_suggested() -> None:
    first, second = learnt("Ohio", ("Ohio", "location")), learnt("Ohio", ("Ohio", "organization"))

    [(_words, found)] = suggested("Ohio", first, second, first)

    assert (found.label, found.reason) == ("location", "labelled Location 2 of 3 times")


def test_nothing_is_suggested_across_a_span_of_the_same_layer() -> None:
    text = "Acme sued Acme."
    worked_on = learnt("Acme", ("Acme", "organization"))
    same, other = span(text, "Acme sued", "law"), span(text, "Acme sued Acme", "claim")

    found = suggested(text, worked_on, present=(same, other))

    assert [each.start for _words, each in found] == [10]


def test_a_span_in_several_pieces_teaches_nothing() -> None:
    text = "Acme and Beta Corp"
    pieces = factories.annotation(pieces=((0, 4), (14, 18)), label="organization", text=text)

    assert suggested(text, Labelled(text, [pieces])) == []
