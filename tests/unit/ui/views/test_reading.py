"""Which lines of a text are presumed to be headings."""

import pytest

from ui.views.reading import presumed_headings

LONG = (
    "The court found that the company had used the servers of the service without leave, "
    "and enjoined it from doing so again."
)


@pytest.mark.parametrize(
    "heading",
    [
        "What the jury decided",
        "FINDINGS OF FACT",
        "2. Immunity",
        "Q1. What is the company?",
        "Reactions at home and abroad ",
    ],
)
def test_short_line_before_a_sentence_is_a_heading(heading: str) -> None:
    assert list(presumed_headings([LONG, heading, LONG])) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "The company denied it.",
        "He asked: “Why now?”",
        "but this line begins small",
        "",
        "As follows:",
        LONG.rstrip("."),
    ],
)
def test_sentence_or_part_of_one_is_no_heading(line: str) -> None:
    assert list(presumed_headings([LONG, line, LONG])) == []


def test_lines_of_a_caption_are_no_headings() -> None:
    caption = ["NORTHERN DISTRICT OF CALIFORNIA", "HARBOR MESSAGING, INC.,", "Plaintiff,", "v.", "Defendant."]

    assert list(presumed_headings(caption)) == []


def test_heading_may_stand_over_a_question() -> None:
    assert list(
        presumed_headings(
            ["Questions", "Q1. Who won?", "The company won on all but one of its six claims in court."]
        )
    ) == [0, 1]


def test_heading_may_be_followed_by_a_blank_line() -> None:
    assert list(presumed_headings(["Background", "", LONG])) == [0]


def test_last_line_and_lists_of_short_lines_are_no_headings() -> None:
    assert list(presumed_headings([LONG, "One thought on this", "Two thoughts on that", "The end"])) == []
