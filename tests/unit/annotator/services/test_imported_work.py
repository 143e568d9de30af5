"""Imported work that is called finished in one step: whose, where, by whom, and back again."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.change import make_change
from annotator.errors import InvalidEdit
from annotator.model import annotator_set_id
from annotator.progress import run
from annotator.services import annotating
from annotator.services.assigning import assign, plan_by_hand
from annotator.services.imported_work import ImportedWork, finish_imported, imported_work
from annotator.services.reviewing import review
from storage.store import ProjectStore
from tests import reviews

WORK = {"Bo": [("Ada Romero", "judge"), ("Norvel", "organization")], "Cy": [("Ada Romero", "judge")]}


def brought_by_files(store: ProjectStore, *documents: str) -> None:
    """Documents in which Bo and Cy have spans that files brought."""
    for document in documents:
        reviews.marked(store, WORK, document=document, done=False)
        spans = store.annotations(document)
        imported = [replace(span, origin="import") for span in spans]
        store.apply(make_change("Import", annotator="ana", before=spans, after=imported))


def states(store: ProjectStore) -> set[tuple[str, str, str]]:
    names = {person.id: person.name for person in store.annotators()}
    return {(names[row.annotator], row.document, row.state) for row in store.all_assignments()}


def found(store: ProjectStore) -> list[tuple[str, tuple[str, ...], int]]:
    return [(each.name, each.documents, each.spans) for each in run(imported_work(store))]


def finished(store: ProjectStore, who: str = "ana") -> None:
    finish_imported(store, lead=who, work=run(imported_work(store)))


def test_imported_work_is_finished_in_one_step_and_reviewed(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        brought_by_files(store, "one", "two")
        assert found(store) == [("Bo", ("one", "two"), 4), ("Cy", ("one", "two"), 2)]
        assert not review(store, "one").people

        change = finish_imported(store, lead="ana", work=run(imported_work(store)))

        assert change.title == "Finish imported work in 2 documents"
        assert states(store) == {
            (who, document, "done") for who in ("Bo", "Cy") for document in ("one", "two")
        }
        assert len(review(store, "one").people) == 2
        assert found(store) == []
        annotating.undo(store, annotator="ana", document=None)
        assert states(store) == set()
        assert len(found(store)) == 2


def test_what_was_assigned_keeps_its_layers(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        brought_by_files(store, "one")
        bo = reviews.person(store, "Bo")
        documents = [row for row in store.document_rows("") if row.id == "one"]
        plan = plan_by_hand(store, documents=documents, annotators=[bo], layers=["entity"])
        assign(store, annotator="ana", plan=plan)

        finished(store)

        [given] = [row for row in store.all_assignments() if row.annotator == bo]
        assert (given.state, given.layers) == ("done", ("entity",))


@pytest.mark.parametrize("state", ["done", "skipped"])
def test_what_was_finished_or_skipped_stays(tmp_path: Path, state: str) -> None:
    with reviews.team(tmp_path) as store:
        brought_by_files(store, "one")
        cy = reviews.person(store, "Cy")
        annotating.set_work_state(store, annotator=cy, document="one", state=state)  # type: ignore[arg-type]

        assert found(store) == [("Bo", ("one",), 2)]


def test_who_marks_in_the_project_finishes_it_themselves(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        brought_by_files(store, "one")
        bo = reviews.person(store, "Bo")
        [first, _] = store.annotations("one", annotator_set_id(bo))
        by_hand = replace(first, origin="manual")
        store.apply(make_change("As it was", annotator=bo, before=(first,), after=(by_hand,)))

        assert found(store) == [("Cy", ("one",), 1)]


def test_only_a_lead_finishes_what_others_did(tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        brought_by_files(store, "one")
        with pytest.raises(InvalidEdit, match="Only a lead"):
            finished(store, reviews.person(store, "Bo"))
        with pytest.raises(InvalidEdit, match="no imported work"):
            finish_imported(store, lead="ana", work=[ImportedWork("ana", "Ana", (), 0)])
