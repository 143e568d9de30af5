"""`annotator quality`: what it prints."""

import json
from pathlib import Path

import pytest

from tests import reviews
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
