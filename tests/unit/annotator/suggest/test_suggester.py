"""Suggesters of other packages: the example of the documentation, installed by pip."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.model import Fragment
from annotator.suggest.suggester import InvalidSuggestions, Subject, checked, places
from annotator.suggest.suggestion import Suggestion
from tests import projects
from tests.unit.annotator.suggest.test_dictionary import SCHEMA

ROOT = Path(__file__).resolve().parents[4]
EXAMPLE = ROOT / "docs" / "examples" / "bates"
SUBJECT = Subject("Acme sued.", "article", SCHEMA)


def suggestion(*pieces: tuple[int, int], sure: float = 0.5) -> Suggestion:
    return Suggestion(tuple(Fragment(*piece) for piece in pieces), "organization", sure, "x", "")


@pytest.mark.parametrize(
    "given",
    [
        "Acme",
        suggestion(),
        suggestion((-1, 4)),
        suggestion((0, 11)),
        suggestion((4, 4)),
        suggestion((5, 9), (0, 4)),
        suggestion((0, 4), sure=1.5),
    ],
)
def test_what_is_no_suggestion_in_the_text_is_refused(given: object) -> None:
    with pytest.raises(InvalidSuggestions, match="was switched off"):
        checked("mine", SUBJECT, [given])


def test_rules_are_built_in() -> None:
    assert places()["rules"] == "annotator.suggest.rules:RULES"


def test_installed_package_adds_a_suggester(tmp_path: Path) -> None:
    installed, package = tmp_path / "installed", tmp_path / "source" / "bates"
    package.mkdir(parents=True)
    for name in ("pyproject.toml", "annotator_bates.py"):
        (package / name).write_bytes((EXAMPLE / name).read_bytes())
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--target", str(installed), str(package)]
    subprocess.run(command, check=True, capture_output=True)
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "one", text="See ACME-0001234 there.\n", kind="order")
        project = store.path

    arguments = ["suggest", str(project), "--suggester", "bates", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), str(ROOT)])},
    )

    assert done.returncode == 0, done.stderr
    [found] = map(json.loads, done.stdout.splitlines())
    assert (found["words"], found["label"], found["suggester"]) == ("ACME-0001234", "docket", "bates")


def test_documentation_has_the_example_as_it_is() -> None:
    words = (ROOT / "docs" / "extending.md").read_text("utf-8")
    example = (EXAMPLE / "annotator_bates.py").read_text("utf-8")

    assert example in words
    assert len([line for line in example.splitlines() if line]) == 10
