"""`annotator suggest`: prints what may be marked; writes only what is to be accepted."""

import json
from pathlib import Path

import pytest

from annotator.model import annotator_set_id
from annotator.services import annotating
from storage.store import open_project
from tests import projects
from tests.shell import Shell


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "one", text="Norvel sued. Norvel paid $5.\n")
        projects.add_document(store, "two", text="Norvel won.\n")
        annotating.highlight(
            store,
            annotator=projects.lead(store).id,
            document="one",
            label="organization",
            fragments=[(0, 6)],
        )
        return store.path


def test_suggestions_are_printed_one_a_line(shell: Shell, project: Path) -> None:
    out = shell.done("suggest", project, "--suggester", "dictionary")

    assert out.splitlines() == [
        "one\t13\t19\torganization\t0.75\tdictionary\tlabelled Organization 1 of 1 times\tNorvel",
        "two\t0\t6\torganization\t0.75\tdictionary\tlabelled Organization 1 of 1 times\tNorvel",
    ]


def test_json_has_one_suggestion_a_line_of_the_document_named(shell: Shell, project: Path) -> None:
    out = shell.done("suggest", project, "--document", "one", "--json")

    first, second = map(json.loads, out.splitlines())
    assert (first["document"], first["fragments"], first["suggester"]) == ("one", [[13, 19]], "dictionary")
    assert (second["label"], second["words"], second["suggester"]) == ("money", "$5", "rules")


def test_nothing_is_written_unless_it_is_to_be_accepted(shell: Shell, project: Path) -> None:
    shell.done("suggest", project, "--suggester", "dictionary")
    out = shell.done("suggest", project, "--suggester", "dictionary", "--accept-above", "0.8")
    assert out == "0 suggestions accepted in 0 documents.\n"

    out = shell.done("suggest", project, "--suggester", "dictionary", "--accept-above", "0.7")

    assert out == "2 suggestions accepted in 2 documents.\n"
    with open_project(project, workstation="w", read_only=True) as store:
        own = annotator_set_id(projects.lead(store).id)
        origins = [span.origin for each in ("one", "two") for span in store.annotations(each, own)]
    assert origins == ["manual", "suggestion", "suggestion"]


def test_what_is_not_there_is_refused_in_one_sentence(shell: Shell, project: Path) -> None:
    assert "no suggester “nobody”" in shell.refused("suggest", project, "--suggester", "nobody")
    assert "no document nine" in shell.refused("suggest", project, "--document", "nine")
