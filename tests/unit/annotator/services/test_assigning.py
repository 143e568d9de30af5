"""Handing out documents: planned, written in one step, taken back, and what it means for the annotator."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.dealing import Rule
from annotator.errors import InvalidEdit
from annotator.model import Annotator, Assignment
from annotator.services import annotating, assigning
from storage.store import ProjectStore
from tests import projects
from tests.factories import find

TEXT_OF = {"one": "Judge Ada Romero ruled.\n", "two": "It may appeal.\n", "three": "No.\n"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with projects.new_project(tmp_path) as store:
        for id, text in TEXT_OF.items():
            projects.add_document(
                store, id, text=text, title=id, kind="order" if id == "three" else "article"
            )
        for name in ("Bo", "Cy"):
            annotating.add_annotator(store, annotator=projects.lead(store).id, name=name)
        yield store


def person(store: ProjectStore, name: str) -> str:
    return next(who.id for who in store.annotators() if who.name == name)


def give(store: ProjectStore, *names: str, layers: tuple[str, ...] = ()) -> None:
    people = [person(store, name) for name in names]
    plan = assigning.plan_by_hand(
        store, documents=store.document_rows("")[:1], annotators=people, layers=layers
    )
    assigning.assign(store, annotator=person(store, "Ana"), plan=plan)


def given(store: ProjectStore, name: str, document: str = "one") -> Assignment:
    return next(row for row in store.assignments(document) if row.annotator == person(store, name))


def test_documents_that_nobody_has_are_dealt_out_in_one_step(store: ProjectStore) -> None:
    people = [person(store, name) for name in ("Bo", "Cy")]
    plan = assigning.plan_dealing(
        store, documents=assigning.unassigned(store), annotators=people, rule=Rule(overlap=1, copies=2)
    )
    assert assigning.unassigned(store) != ()

    change = assigning.assign(store, annotator=person(store, "Ana"), plan=plan)

    assert change.title == "Assign 3 documents"
    assert [row.shared for row in [plan]] == [3]
    assert assigning.unassigned(store) == ()
    assert {row.is_assigned for row in store.document_rows(people[0])} == {True}
    assert {row.is_assigned for row in store.document_rows(person(store, "Ana"))} == {False}


def test_the_schema_says_which_layers_a_document_is_assigned_for(store: ProjectStore) -> None:
    schema = store.schema()

    give(store, "Bo")

    assert given(store, "Bo").layers == ("entity", "claim", "holding", "text")
    assert assigning.layers_for(schema, "order", []) == ("entity", "holding", "text")
    assert assigning.layers_for(schema, "order", ["text", "claim"]) == ("claim", "text")
    with pytest.raises(InvalidEdit, match="no layer colours"):
        assigning.layers_for(schema, "article", ["colours"])


def test_only_the_layers_that_are_assigned_are_marked(store: ProjectStore) -> None:
    give(store, "Bo", layers=("claim",))
    place = [find("Judge Ada Romero", TEXT_OF["one"])]

    with pytest.raises(InvalidEdit, match="assigned to you for Claim only"):
        annotating.highlight(
            store, annotator=person(store, "Bo"), document="one", label="judge", fragments=place
        )
    annotating.highlight(
        store, annotator=person(store, "Ana"), document="one", label="judge", fragments=place
    )


def test_work_that_has_begun_keeps_its_state(store: ProjectStore) -> None:
    give(store, "Bo")
    annotating.set_work_state(
        store, annotator=person(store, "Bo"), document="one", state="skipped", message="not in English"
    )

    give(store, "Bo", layers=("entity",))
    assert (given(store, "Bo").state, given(store, "Bo").message) == ("skipped", "not in English")

    assigning.withdraw(store, annotator=person(store, "Ana"), documents=["one"])
    assert (given(store, "Bo").state, given(store, "Bo").layers) == ("skipped", ())


def test_what_nobody_has_begun_is_taken_back_without_a_trace(store: ProjectStore) -> None:
    give(store, "Bo", "Cy")

    assigning.withdraw(store, annotator=person(store, "Ana"), documents=["one"], people=[person(store, "Bo")])

    assert [row.annotator for row in store.assignments("one")] == [person(store, "Cy")]
    with pytest.raises(InvalidEdit, match="None of these"):
        assigning.withdraw(store, annotator=person(store, "Ana"), documents=["two"])


def test_assigning_again_is_refused(store: ProjectStore) -> None:
    give(store, "Bo")

    with pytest.raises(InvalidEdit, match="assigned already"):
        give(store, "Bo")


def test_only_a_lead_assigns(store: ProjectStore) -> None:
    plan = assigning.plan_by_hand(store, documents=store.document_rows(""), annotators=[person(store, "Bo")])

    with pytest.raises(InvalidEdit, match="Only a lead changes the assignments; ask Ana"):
        assigning.assign(store, annotator=person(store, "Bo"), plan=plan)


def test_a_document_that_is_done_is_locked_until_it_is_reopened(store: ProjectStore) -> None:
    ana = person(store, "Ana")
    place = [find("Ada Romero", TEXT_OF["one"])]
    annotating.highlight(store, annotator=ana, document="one", label="judge", fragments=place)
    (span,) = store.annotations("one")
    annotating.set_work_state(store, annotator=ana, document="one", state="done")

    for edit in (
        lambda: annotating.remove(store, annotator=ana, annotations=[span.id]),
        lambda: annotating.set_note(store, annotator=ana, annotation=span.id, note="why"),
        lambda: annotating.highlight(store, annotator=ana, document="one", label="court", fragments=[(0, 5)]),
        lambda: annotating.set_document_label(
            store, annotator=ana, document="one", name="topic", value=("privacy",)
        ),
    ):
        with pytest.raises(InvalidEdit, match="“one” is done; reopen it"):
            edit()

    change = annotating.set_work_state(store, annotator=ana, document="one", state="in_progress")
    assert change.title == "Reopen the document"
    assert next(store.history("one")).title == "Reopen the document"
    annotating.remove(store, annotator=ana, annotations=[span.id])
    assert store.annotations("one") == ()


def test_the_lock_is_on_ones_own_work_only(store: ProjectStore) -> None:
    annotating.set_work_state(store, annotator=person(store, "Bo"), document="one", state="done")

    annotating.highlight(
        store, annotator=person(store, "Cy"), document="one", label="court", fragments=[(0, 5)]
    )

    assert len(store.annotations("one")) == 1


def test_a_lead_gives_names_roles_and_colours(store: ProjectStore) -> None:
    ana, bo = person(store, "Ana"), person(store, "Bo")

    annotating.change_annotator(
        store, annotator=ana, person=bo, name=" Boris ", role="reviewer", colour="#123456"
    )

    found = store.record(Annotator, bo)
    assert found is not None
    assert (found.name, found.role, found.colour) == ("Boris", "reviewer", "#123456")


@pytest.mark.parametrize(
    ("who", "whom", "values", "words"),
    [
        ("Bo", "Cy", {"name": "Cyril"}, "Only a lead changes the roles and people"),
        ("Bo", "Bo", {"role": "lead"}, "Only a lead changes the roles and people"),
        ("Ana", "Ana", {"role": "annotator"}, "is the only lead"),
        ("Ana", "Bo", {"name": "cY"}, "There is an annotator cY already"),
        ("Ana", "Bo", {"name": "  "}, "needs a name"),
        ("Ana", "Bo", {"name": "Bo"}, "Bo is as before"),
    ],
)
def test_changes_of_people_that_are_refused(
    store: ProjectStore, who: str, whom: str, values: dict[str, str], words: str
) -> None:
    with pytest.raises(InvalidEdit, match=words):
        annotating.change_annotator(
            store,
            annotator=person(store, who),
            person=person(store, whom),
            **values,  # type: ignore[arg-type]
        )


def test_an_annotator_makes_no_reviewer(store: ProjectStore) -> None:
    with pytest.raises(InvalidEdit, match="Only a lead changes the roles"):
        annotating.add_annotator(store, annotator=person(store, "Bo"), name="Di", role="reviewer")

    annotating.add_annotator(store, annotator=person(store, "Bo"), name="Di")
