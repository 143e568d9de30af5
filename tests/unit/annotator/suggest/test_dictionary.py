"""What was labelled before is suggested elsewhere, with how often it was."""

from dataclasses import dataclass

import pytest

from annotator.model import Annotation
from annotator.schema_toml import read_schema
from annotator.suggest.dictionary import MOST_WORDS, Dictionary
from annotator.suggest.suggestion import Suggestion
from resources import schema_text
from tests import factories

SCHEMA = read_schema(schema_text("legal-news"))


@dataclass
class Worked:
    """A document that was worked on: its text, its spans, and whether it is done."""

    text: str
    spans: list[Annotation]
    is_done: bool = True


def span(text: str, words: str, label: str) -> Annotation:
    place = factories.find(words, text)
    return factories.annotation(f"{label}-{words}", start=place.start, end=place.end, label=label, text=text)


def worked(text: str, *marked: tuple[str, str], is_done: bool = True) -> Worked:
    return Worked(text, [span(text, words, label) for words, label in marked], is_done)


def learned(*documents: Worked) -> Dictionary:
    dictionary = Dictionary()
    for number, each in enumerate(documents):
        dictionary.teach(str(number), each.spans)
    for number, each in enumerate(documents):
        dictionary.count(str(number), text=each.text, spans=each.spans, schema=SCHEMA, is_done=each.is_done)
    return dictionary


def suggested(text: str, *documents: Worked) -> list[tuple[str, Suggestion]]:
    found = learned(*documents).suggestions(text, SCHEMA)
    return [(text[each.start : each.end], each) for each in found]


def test_words_labelled_before_are_suggested_with_how_often_they_were() -> None:
    before = worked("Acme sued. Then Acme lost.", ("Acme", "organization"))

    [(words, found)] = suggested("Now Acme appeals.", before)

    assert (words, found.label, found.confidence) == ("Acme", "organization", pytest.approx(4 / 9))
    assert (found.origin, found.reason) == ("dictionary", "labelled Organization 1 of 2 times")


def test_words_labelled_once_are_as_sure_as_those_of_their_label_were_again() -> None:
    text = "Acme sued. Acme lost. Acme paid."
    places = [
        factories.annotation(f"{start}", start=start, end=start + 4, label="organization", text=text)
        for start in (0, 11, 22)
    ]
    steady = Worked(text, places)
    once = worked("Bolt won.", ("Bolt", "organization"))

    [(_, alone)] = suggested("Now Bolt.", once)
    [(_, beside)] = suggested("Now Bolt.", once, steady)

    assert alone.confidence == 0.75
    assert beside.confidence == pytest.approx((1 + 3 / 4) / 2)


def test_words_left_alone_count_only_where_the_document_is_done() -> None:
    text = "Acme sued. Then Acme lost, and Acme paid."

    assert suggested("Acme", worked(text, ("Acme", "organization"))) == []
    [(_, found)] = suggested("Acme", worked(text, ("Acme", "organization"), is_done=False))
    assert found.reason == "labelled Organization 1 of 1 times"


def test_the_longest_known_words_are_suggested_and_the_shorter_are_not_counted_in_them() -> None:
    before = worked("Supreme Court of Ohio. A Court.", ("Supreme Court", "court"), ("A Court", "court"))
    inner = worked("The Court spoke.", ("Court", "organization"))

    found = suggested("The Supreme Court and the Court.", before, inner)

    assert [(words, each.label) for words, each in found] == [
        ("Supreme Court", "court"),
        ("Court", "organization"),
    ]
    assert found[1][1].reason == "labelled Organization 1 of 1 times"


@pytest.mark.parametrize(
    ("labelled", "text"),
    [
        ("District Court", "two DISTRICT COURTS heard it"),
        ("district courts", "one District\nCourt heard it"),
        ("Regulatory Bodies", "the regulatory body heard it"),
        ("Courts", "the Court heard it"),
    ],
)
def test_case_line_breaks_and_plural_make_no_other_words(labelled: str, text: str) -> None:
    [(words, _found)] = suggested(text, worked(labelled, (labelled, "court")))

    assert words.split()[-1].casefold() in ("courts", "court", "body")


@pytest.mark.parametrize(
    ("labelled", "text"),
    [("Judge Williams", "Mr. Judge William"), ("Roberts", "Robert sat"), ("Burns", "Burn")],
)
def test_the_s_of_a_name_is_no_plural(labelled: str, text: str) -> None:
    assert suggested(text, worked(labelled, (labelled, "judge"))) == []


@pytest.mark.parametrize("text", ["Judge Ada\n\nRomero", "Judge Adam Romero", "Judge Ada-Romero"])
def test_other_words_and_another_paragraph_are_not_suggested(text: str) -> None:
    assert suggested(text, worked("Judge Ada Romero", ("Judge Ada Romero", "judge"))) == []


@pytest.mark.parametrize(
    ("labelled", "text"),
    [("Acme Inc.", "It was Acme Inc. again"), ("$5", "paid $5 then"), ("§ 2", "see § 2.")],
)
def test_signs_that_were_labelled_with_the_words_belong_to_them(labelled: str, text: str) -> None:
    [(words, _found)] = suggested(text, worked(f"{labelled} sued", (labelled, "organization")))

    assert words == labelled


def test_the_label_given_most_often_is_suggested() -> None:
    first, second = worked("Ohio", ("Ohio", "location")), worked("Ohio", ("Ohio", "organization"))

    [(_words, found)] = suggested("Ohio", first, second, first)

    assert (found.label, found.reason) == ("location", "labelled Location 2 of 3 times")


def test_many_words_several_pieces_and_signs_alone_teach_nothing() -> None:
    text = "Acme and Beta Corp ; " + "word " * (MOST_WORDS + 1)
    pieces = factories.annotation(pieces=((0, 4), (14, 18)), label="organization", text=text)
    sentence = factories.annotation("long", start=21, end=len(text) - 1, label="claim", text=text)
    sign = factories.annotation("sign", start=19, end=20, label="organization", text=text)

    assert suggested(text, Worked(text, [pieces, sentence, sign])) == []


def test_a_document_learned_anew_takes_the_place_of_what_it_taught() -> None:
    before, after = worked("Acme, Bolt", ("Acme", "organization")), worked("Acme, Bolt", ("Bolt", "person"))
    dictionary = learned(before)

    assert dictionary.teach("0", after.spans) == {"bolt"}
    dictionary.count("0", text=after.text, spans=after.spans, schema=SCHEMA, is_done=True)

    anew = dictionary.suggestions("Acme and Bolt", SCHEMA)
    assert anew == learned(after).suggestions("Acme and Bolt", SCHEMA)
    dictionary.forget("0")
    assert dictionary.suggestions("Acme and Bolt", SCHEMA) == []
    assert "0" not in dictionary
