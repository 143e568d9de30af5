"""`annotator agreement`: what it prints of layers, of whole documents and of what cannot be computed."""

import json
from pathlib import Path

import pytest

from annotator.services import annotating, suggesting
from annotator.suggest.suggestion import Suggestion
from storage.store import open_project
from tests import projects, reviews
from tests.factories import TEXT, find
from tests.shell import Shell


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Ana and Bo have finished two documents: they mark the same, and differ on one jurisdiction."""
    with projects.new_project(tmp_path) as store:
        ana = projects.lead(store).id
        annotating.add_annotator(store, annotator=ana, name="Bo")
        for at, document in enumerate(("one", "two")):
            projects.add_document(store, document, title=f"Ruling {document}")
            for who, value in ((ana, "federal"), (reviews.person(store, "Bo"), ("federal", "state")[at])):
                annotating.highlight(
                    store,
                    annotator=who,
                    document=document,
                    label="court",
                    fragments=(find(TEXT.split()[0]),),
                )
                annotating.set_document_label(
                    store, annotator=who, document=document, name="jurisdiction", value=value
                )
                annotating.set_work_state(store, annotator=who, document=document, state="done")
        return store.path


def test_layers_and_whole_documents_are_printed(shell: Shell, project: Path) -> None:
    printed = shell.done("agreement", project).splitlines()

    assert "Entity: 2 documents finished by two or more, 0 of them without a span" in printed[0]
    assert "Span F1, exact\t1.000\t\t1.000\t1.000\t2\t1\t4" in printed
    whole = printed[printed.index("Whole documents:") :]
    assert whole[1].startswith("Value of whole documents, Gwet AC1 2008: Jurisdiction\t0.4")
    assert whole[2].endswith("\t2\t1\t4")


def test_json_says_the_same_and_files_are_written(shell: Shell, project: Path, tmp_path: Path) -> None:
    told = json.loads(shell.done("agreement", project, "--json", "--out", tmp_path / "report.csv"))

    assert {row["measure"] for row in told["document_labels"]} == {"document_ac1", "document_fleiss"}
    assert ",document_label,jurisdiction,document_ac1," in (tmp_path / "report.csv").read_text("utf-8-sig")


def test_gamma_is_told_with_the_spans_that_it_takes_whole(shell: Shell, project: Path) -> None:
    with open_project(project, workstation=projects.WORKSTATION) as store:
        ana = projects.lead(store).id
        annotating.set_work_state(store, annotator=ana, document="one", state="in_progress")
        pieces = (find(TEXT.split()[0]), find(TEXT.split()[2]))
        annotating.highlight(store, annotator=ana, document="one", label="court", fragments=pieces)
        annotating.set_work_state(store, annotator=ana, document="one", state="done")

    printed = shell.done("agreement", project, "--layer", "entity", "--gamma")

    assert "γ 2015, statistical sampler, mean over pairs\t" in printed
    assert "γ takes 1 discontinuous span by its whole extent." in printed


def test_a_layer_is_asked_for_and_an_unknown_one_refused(shell: Shell, project: Path) -> None:
    assert "Whole documents" not in shell.done("agreement", project, "--layer", "entity")
    assert "There is no layer nothing" in shell.refused("agreement", project, "--layer", "nothing")


def test_agreement_is_measured_where_nobody_accepted_a_suggestion(shell: Shell, project: Path) -> None:
    with open_project(project, workstation=projects.WORKSTATION) as store:
        bo = reviews.person(store, "Bo")
        annotating.set_work_state(store, annotator=bo, document="one", state="in_progress")
        suggested = Suggestion((find(TEXT.split()[1]),), "court", 0.9, "rules", "")
        suggesting.accept(store, annotator=bo, document="one", suggestions=[suggested])
        annotating.set_work_state(store, annotator=bo, document="one", state="done")

    everything = shell.done("agreement", project, "--layer", "entity").splitlines()
    unassisted = shell.done("agreement", project, "--layer", "entity", "--places", "unassisted").splitlines()

    assert "1 span of 5 accepted from suggestions, 1 of them unchanged, in 1 document." in everything
    assert "Span F1, exact\t0.800\t\t0.800\t0.800\t2\t1\t5" in everything
    assert unassisted[0].startswith("Only where nobody accepted a suggestion")
    assert "Span F1, exact\t1.000\t\t1.000\t1.000\t2\t1\t4" in unassisted
