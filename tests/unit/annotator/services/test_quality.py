"""The quality of annotators, from decisions in a real project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.adjudication.decisions import result_of
from annotator.adjudication.quality import Quality
from annotator.agreement.undefined import Undefined
from annotator.progress import run
from annotator.services.annotating import highlight, set_work_state
from annotator.services.deciding import Ruling, decide
from annotator.services.quality import quality
from annotator.services.reviewing import review
from storage.store import ProjectStore
from tests import reviews
from tests.factories import find

WORK = {
    "Bo": [("Judge Ada Romero", "judge"), ("District Court", "court"), ("Norvel", "person")],
    "Cy": [("Ada Romero", "judge"), ("District Court", "court")],
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectStore]:
    with reviews.team(tmp_path) as made:
        reviews.marked(made, WORK)
        yield made


def settle(store: ProjectStore, document: str = "document-1") -> None:
    """Gold takes what Bo has, but for persons."""
    lead, bo = reviews.person(store, "Ana"), reviews.person(store, "Bo")
    for unit in review(store, document).units:
        [span] = [each.span for each in unit.candidates if each.annotator == bo]
        is_taken = span.label != "person"
        ruling = Ruling("accept", (result_of(span),)) if is_taken else Ruling("reject_all")
        decide(store, reviewer=lead, document=document, unit=unit.key, ruling=ruling)


def of(store: ProjectStore, name: str) -> Quality:
    found = {each.annotator: each for each in run(quality(store, resamples=20))}
    return found[reviews.person(store, name)]


def test_nothing_decided_is_nothing_to_report(store: ProjectStore) -> None:
    assert run(quality(store)) == ()


def test_the_one_whom_gold_follows_has_only_spurious_spans_to_answer_for(store: ProjectStore) -> None:
    settle(store)
    near = of(store, "Bo").scopes["all"]
    assert near.figures["precision"].value == pytest.approx(2 / 3)
    assert near.figures["recall"].value == 1.0
    assert near.figures["spurious"].value == pytest.approx(1 / 3)


def test_a_boundary_counts_against_the_exact_figures_only(store: ProjectStore) -> None:
    settle(store)
    near = of(store, "Cy").scopes["all"]
    assert near.figures["f1"].value == pytest.approx(1 / 2)
    assert near.figures["relaxed_f1"].value == 1.0
    assert near.start is not None
    assert (near.start.high, near.start.spans) == (len("Judge ") * 0.75, 2)


def test_what_all_had_is_left_out_of_the_contested(store: ProjectStore) -> None:
    settle(store)
    assert of(store, "Cy").scopes["contested"].units == 2
    assert of(store, "Cy").scopes["contested"].figures["f1"].value == 0.0


def test_a_decision_that_is_stale_does_not_count(store: ProjectStore) -> None:
    settle(store)
    cy = reviews.person(store, "Cy")
    set_work_state(store, annotator=cy, document="document-1", state="in_progress")
    highlight(
        store, annotator=cy, document="document-1", label="person", fragments=(find("Norvel"),), exact=True
    )
    set_work_state(store, annotator=cy, document="document-1", state="done")
    assert of(store, "Cy").scopes["all"].units == 2


def test_the_same_text_twice_tells_how_alike_somebody_is_to_himself(store: ProjectStore) -> None:
    settle(store)
    assert of(store, "Bo").consistency.value == Undefined("no_common_documents")
    reviews.marked(store, {"Bo": [("District Court", "court")]}, document="document-2")
    consistency = of(store, "Bo").consistency
    assert consistency.value == pytest.approx(2 * 1 / (3 + 1))
    assert (consistency.documents, consistency.pairs) == (2, 1)


def test_only_those_asked_for_are_reported(store: ProjectStore) -> None:
    settle(store)
    bo = reviews.person(store, "Bo")
    assert [each.annotator for each in run(quality(store, people=[bo], resamples=0))] == [bo]
