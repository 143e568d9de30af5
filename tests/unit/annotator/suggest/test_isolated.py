"""A suggester runs in a process of its own; one that misbehaves is switched off with one sentence."""

import pytest

from annotator.progress import run
from annotator.suggest.isolated import SuggesterProcess
from annotator.suggest.suggester import Subject
from tests.unit.annotator.suggest.test_dictionary import SCHEMA

SUBJECT = Subject("Acme sued Bolt.", "article", SCHEMA)


def test_suggestions_come_from_the_process_which_serves_text_after_text() -> None:
    process = SuggesterProcess("mine", "tests.suggesters:GOOD")

    [first] = run(process.suggest(SUBJECT))
    [second] = run(process.suggest(Subject("Bolt lost.", "article", SCHEMA)))
    process.close()

    assert (first.start, first.end, first.origin) == (0, 4, "mine")
    assert (second.start, second.end) == (0, 4)
    assert process.trouble == ""


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("RAISES", "it failed on a text (KeyError)"),
        ("HANGS", "it took longer than 0.2 seconds"),
        ("CRASHES", "it crashed"),
        ("OUTSIDE", "it suggested a place outside the text"),
        ("CLOSED", "it gave what is no suggestion"),
        ("NONE", "tests.suggesters:NONE is no suggester"),
        ("MISSING", "The suggester tests.suggesters:MISSING cannot be loaded (AttributeError)"),
    ],
)
def test_one_that_misbehaves_is_switched_off_with_one_sentence(fault: str, why: str) -> None:
    process = SuggesterProcess("mine", f"tests.suggesters:{fault}", seconds=0.2)

    assert run(process.suggest(SUBJECT)) == ()

    assert process.trouble == f"The suggester “mine” was switched off: {why}."
    assert run(process.suggest(SUBJECT)) == ()


def test_cancelled_suggester_ends_and_is_started_again() -> None:
    process = SuggesterProcess("mine", "tests.suggesters:GOOD")
    job = process.suggest(SUBJECT)
    next(job)
    job.close()

    [found] = run(process.suggest(SUBJECT))
    process.close()

    assert found.end == 4


def test_warnings_that_quote_a_text_stay_out_of_the_error_output(capfd: pytest.CaptureFixture[str]) -> None:
    process = SuggesterProcess("mine", "tests.suggesters:WARNS")

    assert run(process.suggest(SUBJECT))
    process.close()

    assert capfd.readouterr() == ("", "")
