"""Training rounds in a real project: begun, held against the key, locked, packed, and left out elsewhere."""

from pathlib import Path

import pytest

from annotator.agreement.figures import Settings
from annotator.errors import InvalidEdit
from annotator.model import annotator_set_id
from annotator.progress import run
from annotator.services import annotating, working
from annotator.services.agreement import agreement
from annotator.services.exporting import Selection, snapshot
from annotator.services.training import (
    begin_round,
    compare_with_key,
    documents_with_key,
    end_round,
    training_rounds,
)
from annotator.training import Mark
from storage.store import ProjectStore
from tests import projects
from tests.exchange import adopted, packed
from tests.factories import TEXT, find

FIRST, SECOND = (find(word) for word in TEXT.split()[:2])
MARKS = (Mark("entity", 0.6),)


def school(folder: Path) -> tuple[ProjectStore, str, str]:
    """Ana leads and has marked one document of two, which is the key of a round; Bo has marked both."""
    store = projects.new_project(folder)
    ana = projects.lead(store).id
    annotating.add_annotator(store, annotator=ana, name="Bo")
    bo = next(person.id for person in store.annotators() if person.name == "Bo")
    for number in range(2):
        projects.add_document(store, f"document-{number}", title=f"Ruling {number}")
    for who, document, place in (
        (ana, "document-0", FIRST),
        (ana, "document-0", SECOND),
        (bo, "document-0", FIRST),
        (bo, "document-1", FIRST),
    ):
        annotating.highlight(store, annotator=who, document=document, label="court", fragments=(place,))
    begin(store, ana)
    return store, ana, bo


def begin(store: ProjectStore, annotator: str, documents: tuple[str, ...] = ("document-0",)) -> None:
    key = annotator_set_id(projects.lead(store).id)
    begin_round(store, annotator=annotator, name="First", documents=documents, key=key, marks=MARKS)


def finish(store: ProjectStore, annotator: str, document: str = "document-0") -> None:
    annotating.set_work_state(store, annotator=annotator, document=document, state="done")


def test_who_is_done_sees_own_spans_beside_the_key(tmp_path: Path) -> None:
    store, _ana, bo = school(tmp_path)
    with store:
        with pytest.raises(InvalidEdit, match="held against its key when it is done"):
            compare_with_key(store, annotator=bo, document="document-0")
        finish(store, bo)
        found = compare_with_key(store, annotator=bo, document="document-0")

    assert [each.kind for each in found.answers] == ["same", "missing"]
    [score] = found.scores
    assert score.is_passed
    assert score.value == pytest.approx(2 / 3)


def test_a_round_tells_who_has_passed(tmp_path: Path) -> None:
    store, _ana, bo = school(tmp_path)
    with store:
        annotating.set_work_state(store, annotator=bo, document="document-0", state="in_progress")
        [before] = training_rounds(store)
        finish(store, bo)
        [after] = training_rounds(store)

    assert [before.has_passed(each) for each in before.trainees] == [None]
    assert [(each.annotator, each.done, after.has_passed(each)) for each in after.trainees] == [(bo, 1, True)]


def test_who_has_seen_the_key_cannot_reopen_but_is_given_it_back(tmp_path: Path) -> None:
    store, ana, bo = school(tmp_path)
    with store:
        finish(store, bo)
        with pytest.raises(InvalidEdit, match="was held against its key"):
            annotating.set_work_state(store, annotator=bo, document="document-0", state="in_progress")
        with pytest.raises(InvalidEdit, match="was held against its key"):
            annotating.undo(store, annotator=bo, document="document-0")
        working.give_back(store, annotator=ana, document="document-0", to=bo, message="Once more")

        assert [row.state for row in store.document_rows(bo)] == ["returned", "in_progress"]


def test_training_documents_are_no_data(tmp_path: Path) -> None:
    store, ana, bo = school(tmp_path)
    with store:
        for who in (ana, bo):
            for document in ("document-0", "document-1"):
                finish(store, who, document)
        whole = snapshot(store, Selection())
        everything = snapshot(store, Selection(flags=("training",)))
        measured = run(agreement(store, layers=("entity",), settings=Settings(resamples=0)))
        with_all = run(
            agreement(store, layers=("entity",), settings=Settings(resamples=0), has_training=True)
        )

        assert [each.document.id for each in whole.documents()] == ["document-1"]
        assert [(each.document, each.reason) for each in whole.left_out] == [("document-0", "training")]
        assert len(list(everything.documents())) == 2
    assert (measured.layer("entity").counts.documents, measured.left_out) == (1, 1)
    assert with_all.layer("entity").counts.documents == 2


def test_the_key_goes_along_in_an_annotators_package(tmp_path: Path) -> None:
    store, _ana, bo = school(tmp_path)
    with store:
        package = packed(store, tmp_path / "bo.zip", annotator=bo)
    with adopted(package, tmp_path / "bo.annotator", "laptop") as laptop:
        finish(laptop, bo)
        found = compare_with_key(laptop, annotator=bo, document="document-0")

    assert [each.kind for each in found.answers] == ["same", "missing"]


def test_only_documents_with_a_key_are_taken(tmp_path: Path) -> None:
    store, ana, bo = school(tmp_path)
    with store:
        assert documents_with_key(store, annotator_set_id(ana)) == (("document-0", "Ruling 0", 2),)
        with pytest.raises(InvalidEdit, match="“Ruling 1” has no key in these layers"):
            begin(store, ana, ("document-0", "document-1"))
        with pytest.raises(InvalidEdit, match="Only a lead"):
            begin(store, bo)


def test_a_round_ends(tmp_path: Path) -> None:
    store, ana, _bo = school(tmp_path)
    with store:
        end_round(store, annotator=ana, name="First")

        assert training_rounds(store) == ()
        with pytest.raises(InvalidEdit, match="no training round “First”"):
            end_round(store, annotator=ana, name="First")
