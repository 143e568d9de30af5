"""Suggestions of several suggesters are one list, without what is marked and without crossing ones."""

from annotator.model import Fragment
from annotator.suggest.suggestion import Marked, Suggestion, best_of, compared, whole_names
from tests.unit.annotator.suggest.test_dictionary import SCHEMA, span


def suggestion(start: int, end: int, label: str = "organization", sure: float = 0.5) -> Suggestion:
    return Suggestion((Fragment(start, end),), label, sure, "test", "")


def test_of_crossing_ones_in_a_layer_the_surest_stays_then_the_longest() -> None:
    sure, long, short = suggestion(0, 4, sure=0.9), suggestion(6, 12), suggestion(6, 9, "person")
    crossing, claim = suggestion(2, 8, sure=0.8), suggestion(0, 12, "claim", 0.1)

    kept = best_of(SCHEMA, [short, long, crossing, claim, sure])

    assert kept == (sure, claim, long)


def test_of_the_same_words_the_surest_stays_with_what_the_others_know() -> None:
    pieces = (Fragment(0, 12),)
    case, more = {"case": ("Harbor v. Lantern",)}, {"case": ("Another",), "court": ("tarn",)}
    cited = Suggestion(pieces, "citation", 0.85, "rules", "a citation", case)
    known = Suggestion(pieces, "citation", 0.95, "dictionary", "labelled Citation 19 of 20 times")
    unsure = Suggestion(pieces, "citation", 0.2, "other", "", more)

    (kept,) = best_of(SCHEMA, [cited, unsure, known])

    assert kept.origin == "dictionary"
    assert kept.attributes == {"case": ("Harbor v. Lantern",), "court": ("tarn",)}


def test_a_known_name_or_a_short_one_is_none_within_a_longer_name_of_its_layer() -> None:
    firm, claim = suggestion(0, 11, sure=0.5), suggestion(0, 90, "claim")
    inside, alone = suggestion(7, 11, "person", sure=1), suggestion(20, 24, "person")
    short, shorter, guessed = suggestion(30, 44), suggestion(30, 36), suggestion(20, 24)

    found = whole_names(
        SCHEMA, known=[inside, alone], short=[shorter, short, guessed, inside], said=[firm, claim]
    )

    assert found == (alone, short)


def test_what_is_marked_in_the_layer_is_taken() -> None:
    text = "Acme sued Acme."
    marked = Marked(SCHEMA, [span(text, "Acme sued", "law"), span(text, text[:15], "claim")])

    assert marked.has(suggestion(5, 9))
    assert not marked.has(suggestion(10, 14))


def test_words_are_compared_without_case_and_line_breaks() -> None:
    text = "The District\n Court and the COURT"

    assert compared(text, (Fragment(4, 19),)) == "district court"
    assert compared(text, (Fragment(14, 19), Fragment(28, 33))) == "court court"
