"""`annotator progress`: what it prints, as tables and as JSON."""

import json
from pathlib import Path

import pytest

from annotator.services import annotating
from tests import projects
from tests.shell import Shell


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Ana has done one of two documents."""
    with projects.new_project(tmp_path) as store:
        for number in range(2):
            projects.add_document(store, f"doc-{number}", title=f"Paper {number}")
        ana = projects.lead(store).id
        annotating.set_work_state(store, annotator=ana, document="doc-0", state="done")
        return store.path


def test_progress_is_printed(shell: Shell, project: Path) -> None:
    printed = shell.done("progress", project)

    assert "Done\t1\n" in printed
    assert "Ana\t0\t0\t0\t1\t0\t0.0\tnot known\tnot known\t0.0\t0\n" in printed
    assert "1 document that nobody has." in printed


def test_json_has_every_number(shell: Shell, project: Path) -> None:
    told = json.loads(shell.done("progress", project, "--json"))

    assert (told["format"], told["documents"]["done"], told["documents"]["unassigned"]) == (
        "annotator-progress",
        1,
        1,
    )
    [ana] = told["annotators"]
    assert (ana["name"], ana["documents"]["done"], ana["documents_an_hour"]) == ("Ana", 1, None)
    assert (told["labels"], told["weeks"]) == ([], [])


def test_no_forecast_is_told_as_that(shell: Shell, project: Path) -> None:
    shell.done("assign", project, "--to", "Ana")

    assert "No forecast: somebody with documents left" in shell.done("progress", project)
