"""The live values follow every Change, and only what is the annotator's own."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.change import make_change
from annotator.model import Annotation, annotator_set_id
from tests.factories import ANA, DOCUMENT, annotation, assignment, document_label, relation
from ui.own_set import OwnSet


def own_set() -> OwnSet:
    return OwnSet(DOCUMENT, ANA)


def test_added_changed_and_removed_records_are_followed() -> None:
    own = own_set()
    first = make_change("Mark", annotator=ANA, after=(annotation(), relation(), document_label()))
    own.take(first)
    assert (list(own.annotations), list(own.relations), list(own.labels)) == (
        ["annotation-1"],
        ["relation-1"],
        ["topic"],
    )

    own.take(first.inverse(annotator=ANA))

    assert own.says_as(own_set())


def test_annotations_are_read_when_they_are_asked_for() -> None:
    stored = annotation("stored")
    own = OwnSet(DOCUMENT, ANA, lambda: {stored.id: stored})
    was_read = own.is_read

    own.take(make_change("Mark", annotator=ANA, after=(annotation("new"),)))

    assert (was_read, own.is_read, list(own.annotations)) == (False, True, ["stored", "new"])


def test_assignment_is_kept_and_forgotten() -> None:
    own = own_set()
    change = make_change("Finish", annotator=ANA, after=(assignment(state="done"),))
    own.take(change)
    assert own.assignment is not None

    own.take(change.inverse(annotator=ANA))

    assert own.assignment is None


def test_records_of_other_sets_and_documents_are_left_out() -> None:
    own = own_set()
    own.take(
        make_change(
            "Mark",
            annotator="ben",
            after=(
                annotation("a", set=annotator_set_id("ben")),
                annotation("b", document="other"),
                assignment("c", annotator="ben"),
            ),
        )
    )

    assert own.says_as(own_set())


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_live_values_are_what_the_changes_add_up_to(toggled: list[str]) -> None:
    own, expected = own_set(), dict[str, Annotation]()
    for name in toggled:
        if name in expected:
            change = make_change("Remove", annotator=ANA, before=(expected.pop(name),))
        else:
            change = make_change("Mark", annotator=ANA, after=(annotation(name),))
            expected[name] = change.after[0]  # type: ignore[assignment]
        own.take(change)

    assert own.annotations == expected
