"""`annotator pack`, `unpack`, `merge` and `conflicts`, from a lead's computer to a laptop and back."""

import json
from pathlib import Path

import pytest

from annotator.services import annotating
from storage.store import open_project
from tests import projects
from tests.factories import find
from tests.shell import Shell


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store)
        annotating.add_annotator(store, annotator=projects.lead(store).id, name="Bo")
        return store.path


def mark(path: Path, workstation: str) -> None:
    with open_project(path, workstation=workstation) as store:
        bo = next(who.id for who in store.annotators() if who.name == "Bo")
        annotating.highlight(
            store, annotator=bo, document="document-1", label="judge", fragments=[find("Ada Romero")]
        )


def test_work_goes_out_and_comes_back(shell: Shell, project: Path, tmp_path: Path) -> None:
    out, laptop = tmp_path / "Rulings Bo.annopack", tmp_path / "laptop.annotator"
    assert "has the work of Bo: 1 document" in shell.done("pack", project, "--annotator", "bo")
    assert shell.done("unpack", out, laptop) == f"{laptop} is ready.\n"
    mark(laptop, "laptop")
    shell.done("pack", laptop, "--annotator", "Bo", "--out", tmp_path / "back.annopack", "--no-documents")

    merged = shell.done("merge", project, tmp_path / "back.annopack")

    assert "is merged: 1 change of 1 record. The backup made before is" in merged
    assert "brings nothing new" in shell.done("merge", project, tmp_path / "back.annopack")
    assert "no problems" in shell.done("check", project)
    assert "can be merged again" in shell.done("merge", project, "--take-back")
    assert "is merged: 1 change" in shell.done("merge", project, tmp_path / "back.annopack")
    assert shell.done("conflicts", project) == "There are no conflicts.\n"


def test_conflicts_are_listed_and_settled(shell: Shell, project: Path, tmp_path: Path) -> None:
    shell.done("pack", project, "--out", tmp_path / "out.annopack")
    shell.done("unpack", tmp_path / "out.annopack", tmp_path / "laptop.annotator")
    mark(project, "desk")
    mark(tmp_path / "laptop.annotator", "laptop")
    shell.done("pack", tmp_path / "laptop.annotator", "--out", tmp_path / "back.annopack")

    assert "1 conflict to settle" in shell.done("merge", project, tmp_path / "back.annopack")
    (found,) = json.loads(shell.done("conflicts", project, "--json"))
    assert found["what"] == "The span “Ada Romero” was made on two computers."
    settled = shell.done("conflicts", project, "--settle", found["id"], "--choose", "1")

    assert settled.endswith("done. 0 conflicts left.\n")


def test_what_cannot_be_done_is_refused(shell: Shell, project: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.annopack").write_bytes(b"PK no zip")

    assert "was cut off on its way" in shell.refused("merge", project, tmp_path / "bad.annopack")
    assert "is no package" in shell.refused("unpack", tmp_path / "bad.annopack")
    assert "No merge was made here" in shell.refused("merge", project, "--take-back")
    assert "There is no annotator Zed" in shell.refused("pack", project, "--annotator", "Zed")
    assert "Give the package to merge" in shell.refused("merge", project)
    assert "Give both" in shell.refused("conflicts", project, "--settle", "x")
    assert not (tmp_path / "bad.annotator").exists()
