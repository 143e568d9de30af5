"""`annotator quality`: what it prints."""

import json
import re
from pathlib import Path

import pytest

from storage.store import open_project
from tests import projects, reviews
from tests.shell import Shell

WORK = {
    "Bo": [("District Court", "court"), ("Norvel", "organization")],
    "Cy": [("District Court", "court"), ("Norvel", "organization")],
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, WORK)
        return store.path


def seen_names(project: Path) -> set[str]:
    with open_project(project, workstation=projects.WORKSTATION, read_only=True) as store:
        return reviews.seen_names(store)


def test_nothing_decided_is_said_in_a_sentence(shell: Shell, project: Path) -> None:
    assert "Nothing is decided yet" in shell.done("quality", project)
    assert json.loads(shell.done("quality", project, "--json")) == []


def test_figures_of_each_annotator_are_printed_with_what_they_are_of(shell: Shell, project: Path) -> None:
    shell.done("adjudicate", project, "--auto", "unanimous")
    out = shell.done("quality", project)
    assert "Bo, all of gold: 2 units, too few to rely on" in out
    assert "Bo, what was contested: 0 units" in out
    assert "F1, exact\t1.000\t\t1\t2" in out
    assert "not known: no spans to count" in out
    assert "Gold that was accepted because all agreed" in out


def test_json_has_one_entry_an_annotator(shell: Shell, project: Path) -> None:
    shell.done("adjudicate", project, "--auto", "unanimous")
    [cy] = json.loads(shell.done("quality", project, "--annotator", "cy", "--json"))
    assert cy["annotator"] == "Cy"
    assert cy["scopes"]["all"]["figures"]["f1"]["value"] == 1.0
    assert cy["scopes"]["all"]["confusion"] == [
        {"own": "court", "gold": "court", "spans": 1},
        {"own": "organization", "gold": "organization", "spans": 1},
    ]
    assert cy["scopes"]["contested"]["figures"]["f1"] == {
        "value": None,
        "reason": "no_spans",
        "low": None,
        "high": None,
        "documents": 0,
        "spans": 0,
    }


def test_reviewer_reads_letters_until_asking_for_names_which_is_written_down(
    shell: Shell, project: Path, tmp_path: Path
) -> None:
    shell.done("adjudicate", project, "--auto", "unanimous")
    reviews.acts_as_reviewer(project, "Rae")

    hidden = shell.done("quality", project)
    report = tmp_path / "report.html"
    shell.done("agreement", project, "--resamples", 0, "--out", report)
    assert "Annotator B, all of gold" in hidden
    assert not re.search(r"\b(Bo|Cy)\b", hidden + report.read_text("utf-8"))
    assert "give --names" in shell.refused("quality", project, "--annotator", "Bo")
    assert seen_names(project) == set()

    assert "Bo, all of gold" in shell.done("quality", project, "--annotator", "Bo", "--names")
    assert seen_names(project) == {"Rae"}


def test_a_lead_reads_names_and_may_hide_them(shell: Shell, project: Path) -> None:
    shell.done("adjudicate", project, "--auto", "unanimous")

    letters = {row["annotator"] for row in json.loads(shell.done("quality", project, "--blind", "--json"))}

    assert all(each.startswith("Annotator ") for each in letters)
    assert seen_names(project) == set()
