"""Names, the next one that is not marked, and where clauses end."""

import pytest

from annotator.geometry import Range
from annotator.phrases import clause_end, name_at, names, next_name, paragraph_begin, sentence_begin

TEXT = (
    "The firm Acme Holdings Inc. paid $12.5 million to the Bank of the River in 2019. "
    "In May, Judge Ada Romero’s clerk called Bo and Cy.\n"
    "“No deal,” the U.S. District Court for the Northern District said; the firm, which lost, "
    "wrote that “it will not pay.” They did."
)


def words(place: Range | None) -> str:
    return "" if place is None else TEXT[place.start : place.end]


def test_names_are_runs_of_capitals_with_small_words_between_and_numbers() -> None:
    assert [words(name) for name in names(TEXT, 0, len(TEXT))] == [
        "Acme Holdings Inc.",
        "$12.5",
        "Bank of the River",
        "2019",
        "May",
        "Judge Ada Romero",
        "Bo",
        "Cy",
        "U.S. District Court for the Northern District",
    ]


@pytest.mark.parametrize(
    ("at", "name"),
    [
        ("Holdings", "Acme Holdings Inc."),
        ("Romero", "Judge Ada Romero"),
        ("clerk", "clerk"),
        ("The firm", "The"),
        ("Northern", "U.S. District Court for the Northern District"),
    ],
)
def test_name_at_the_caret_or_else_its_word(at: str, name: str) -> None:
    assert words(name_at(TEXT, TEXT.index(at) + 1)) == name


def test_next_name_passes_by_what_is_marked() -> None:
    bank = Range(TEXT.index("Bank"), TEXT.index(" in 2019"))

    assert words(next_name(TEXT, TEXT.index(" million"), [bank])) == "2019"
    assert words(next_name(TEXT, TEXT.index("2019"), [bank], step=-1)) == "$12.5"
    assert next_name(TEXT, TEXT.index("They did"), []) is None
    assert next_name(TEXT, 3, [], step=-1) is None


@pytest.mark.parametrize(
    ("start", "selected"),
    [
        ("the firm, which", "the firm"),
        ("which lost", "which lost"),
        ("wrote that", "wrote that “it will not pay.”"),
        ("it will not", "it will not pay"),
        ("Judge Ada", "Judge Ada Romero’s clerk called Bo and Cy"),
        ("paid $12.5", "paid $12.5 million to the Bank of the River in 2019"),
    ],
)
def test_clause_ends_before_punctuation(start: str, selected: str) -> None:
    at = TEXT.index(start)

    assert TEXT[at : clause_end(TEXT, at, at)] == selected


def test_clause_goes_on_from_its_end_to_the_next() -> None:
    at = TEXT.index("the firm, which")

    first = clause_end(TEXT, at, at)
    second = clause_end(TEXT, at, first)

    assert TEXT[at:second] == "the firm, which lost"


def test_clause_of_a_sentence_that_is_over_goes_no_further() -> None:
    end = TEXT.index("They did") + len("They did")

    assert clause_end(TEXT, TEXT.index("They did"), end) == end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Judge Ada Romero of the District Court", ["Judge Ada Romero", "District Court"]),
        ("the Fraud and Abuse Act of 1986", ["Fraud and Abuse Act", "1986"]),
        ("it sued Acme and Bolt", ["Acme", "Bolt"]),
    ],
)
def test_and_and_of_join_where_names_have_them(text: str, found: list[str]) -> None:
    assert [text[name.start : name.end] for name in names(text, 0, len(text))] == found


def test_sentences_and_paragraphs_are_gone_to_on_and_back() -> None:
    text = "One is here. Two is here.\n\nThree is here. Four is here.\n"
    begins = [text.index(word) for word in ("One", "Two", "Three", "Four")]
    on, at = [0], 0
    while (after := sentence_begin(text, at, step=1)) != at:
        on.append(after)
        at = after
    assert on == begins

    back, at = [], len(text) - 1
    while (before := sentence_begin(text, at, step=-1)) != at:
        back.append(before)
        at = before
    assert back == begins[::-1]
    assert paragraph_begin(text, 5, step=1) == begins[2]
    assert paragraph_begin(text, begins[2], step=-1) == 0
    assert paragraph_begin(text, begins[3], step=-1) == begins[2]
    assert paragraph_begin(text, begins[3], step=1) == begins[3]
