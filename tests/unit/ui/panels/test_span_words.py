"""What the panels say: one line, shortened where it is long, facts in the order people look for them."""

import pytest

from annotator.model import JsonValue
from tests.factories import TEXT, find, fragments
from ui.panels.span_words import (
    Known,
    as_tooltip,
    facts,
    is_web_address,
    json_words,
    moment,
    shortened,
    span_words,
)


def test_fragments_are_joined_by_an_ellipsis_on_one_line() -> None:
    judge, lawyer = find("Judge Ada"), find("lawyer\u0020said")
    text = TEXT.replace("Judge Ada", "Judge\nAda")

    assert span_words(text, (judge, lawyer)) == "Judge Ada … lawyer said"


def test_short_text_stays_whole() -> None:
    assert shortened("The court ruled.", 16) == "The court ruled."


def test_long_text_keeps_its_beginning_and_its_end() -> None:
    text = "The court " + "really " * 60 + "ruled today."

    cut = shortened(text, 60)

    assert len(cut) <= 66
    assert cut.startswith("The court really")
    assert "[…]" in cut
    assert cut.endswith("ruled today.")


def test_text_without_spaces_is_shortened_too() -> None:
    assert len(shortened("x" * 500, 60)) <= 66


def test_facts_come_in_the_order_people_look_for_them_without_empty_ones() -> None:
    metadata = {"zone": "north", "url": "https://a.test", "author": "", "court": "N.D. Cal.", "date": "2025"}

    names = [fact.name for fact in facts(metadata)]

    assert names == ["Court", "Date", "URL", "Zone"]


def test_fact_of_ocr_says_which_engine_read_which_pages() -> None:
    (fact,) = facts({"ocr": {"engine": "Tesseract 5.3", "pages": [1, 4], "confidence": 0.96}})

    assert (fact.name, fact.value) == ("OCR", "Engine: Tesseract 5.3; Pages: 1, 4; Confidence: 0.96")


def test_fact_that_only_repeats_the_title_is_left_out() -> None:
    assert facts({"title": "A ruling", "heading": "A ruling"}, title="A\nruling") == []


def test_fact_comes_with_the_words_it_was_read_from() -> None:
    metadata: dict[str, JsonValue] = {
        "court": "N.D. Cal.",
        "facts": {"court": {"words": "NORTHERN DISTRICT\nOF CALIFORNIA", "page": 1}},
    }

    assert facts(metadata) == [Known("Court", "N.D. Cal.", "NORTHERN DISTRICT OF CALIFORNIA")]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "yes"),
        (3, "3"),
        (["Ana", None, "Ben"], "Ana, Ben"),
        ({"page_count": 12, "scan": False, "none": None}, "Page count: 12; Scan: no"),
        ("two\nlines", "two lines"),
    ],
)
def test_values_of_metadata_are_said_in_words(value: JsonValue, words: str) -> None:
    assert json_words(value) == words


def test_time_that_cannot_be_read_is_shown_as_it_is_stored() -> None:
    assert moment("last week") == "last week"
    assert "2025" in moment("2025-10-17T09:30:00.000Z")


@pytest.mark.parametrize(
    ("text", "is_address"),
    [
        ("https://example.org/a?b=1", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ('https://a.test/"onclick', False),
        ("https://a.test and more", False),
    ],
)
def test_only_web_addresses_can_be_opened(text: str, is_address: bool) -> None:
    assert is_web_address(text) is is_address


def test_markup_in_a_tooltip_is_shown_as_it_is() -> None:
    assert "&lt;img src=" in as_tooltip("<img src='x'> ruled")
    assert as_tooltip("") == ""


def test_span_of_one_fragment_is_its_words() -> None:
    assert span_words(TEXT, fragments((0, 5))) == "Judge"
