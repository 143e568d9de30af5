"""Notes to annotators are told apart from decisions, and are for one of them."""

from annotator.adjudication.told import TOLD, is_told_to
from annotator.model import Decision


def test_note_is_for_the_one_annotator_that_it_names() -> None:
    note = Decision("n", "d", None, TOLD, ("bo",), "", "")
    decision = Decision("d", "d", None, "accept", ("bo",), "ana", "")

    assert [is_told_to(note, "bo"), is_told_to(note, "cy"), is_told_to(decision, "bo")] == [
        True,
        False,
        False,
    ]
