"""What each role is told on the command line: annotators work blind, as in the window."""

import json
from pathlib import Path

import pytest

from storage.store import open_project
from tests import projects, reviews
from tests.shell import Shell
from tests.work import team_project

SEES_OTHERS = (
    ("agreement",),
    ("progress",),
    ("adjudicate",),
    ("adjudicate", "--gaps"),
    ("adjudicate", "--auto", "unanimous", "--dry-run"),
    ("quality", "--annotator", "Cy", "--names"),
    ("coverage", "--annotator", "Cy"),
    ("coverage", "--gold"),
    ("conflicts",),
    ("pack", "--annotator", "Cy"),
    ("export", "--annotator", "Cy", "--format", "jsonl", "--out", "out.jsonl"),
    ("export", "--annotator", "Bo", "--annotator", "Cy", "--format", "jsonl", "--out", "out.jsonl"),
    ("export", "--gold", "--format", "jsonl", "--out", "out.jsonl"),
    ("export", "--all", "--format", "jsonl", "--out", "out.jsonl"),
    ("export", "--recipe", "For the paper", "--out", "out.jsonl"),
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project led by Ana, in which Bo and Cy have annotated and gold is decided; in the current folder."""
    monkeypatch.chdir(tmp_path)
    with team_project(tmp_path) as store:
        return store.path


def act_as(shell: Shell, project: Path, name: str, role: str) -> None:
    with open_project(project, workstation="w", read_only=True) as store:
        has = next(who.role for who in store.annotators() if who.name == name)
    if has != role:
        shell.done("people", project, name, "--role", role)
    shell.done("people", project, name, "--me")


@pytest.mark.parametrize("command", SEES_OTHERS, ids=" ".join)
def test_an_annotator_is_refused_what_others_did(
    shell: Shell, project: Path, command: tuple[str, ...]
) -> None:
    act_as(shell, project, "Bo", "annotator")
    before = sorted(project.parent.iterdir())

    sentence = shell.refused(command[0], project, *command[1:])

    assert "Only who reviews or leads" in sentence
    assert "Cy" not in sentence
    assert sorted(project.parent.iterdir()) == before


@pytest.mark.parametrize("name", ["Ana", "Bo"])
@pytest.mark.parametrize("command", SEES_OTHERS, ids=" ".join)
def test_who_reviews_or_leads_is_told_what_others_did(
    shell: Shell, project: Path, command: tuple[str, ...], name: str
) -> None:
    act_as(shell, project, name, "lead" if name == "Ana" else "reviewer")

    assert shell.run(command[0], project, *command[1:]).code == 0


def test_the_refusal_says_whom_to_ask_and_how_to_switch(shell: Shell, project: Path) -> None:
    act_as(shell, project, "Bo", "annotator")

    assert shell.refused("agreement", project) == (
        "Only who reviews or leads measures agreement; ask Ana. You are Bo here, annotator: "
        "`annotator people PROJECT NAME --me` switches."
    )
    shell.done("people", project, "Ana", "--me")

    shell.done("agreement", project, "--resamples", "0")


@pytest.mark.parametrize("name", ["Bo", "Cy"])
def test_documents_are_assigned_by_a_lead_alone(shell: Shell, project: Path, name: str) -> None:
    act_as(shell, project, name, "reviewer" if name == "Cy" else "annotator")

    for asked in (("--preview",), (), ("--take-back",)):
        sentence = shell.refused("assign", project, "--to", name, "--document", "Ruling document-1", *asked)
        assert "Only who leads assigns documents; ask Ana." in sentence


def test_an_annotator_exports_their_own_spans_unasked(shell: Shell, project: Path) -> None:
    act_as(shell, project, "Bo", "annotator")
    out = project.parent / "out.jsonl"

    shell.run("export", project, "--format", "jsonl", "--out", out)
    told = out.read_text("utf-8")
    shell.run("export", project, "--format", "jsonl", "--annotator", "bo", "--out", out)

    assert '"Bo"' in told
    assert '"Cy"' not in told
    assert told == out.read_text("utf-8")


def test_an_annotator_packs_their_own_work_unasked(shell: Shell, project: Path) -> None:
    act_as(shell, project, "Bo", "annotator")

    assert "has the work of Bo:" in shell.done("pack", project)

    shell.done("unpack", project.with_name("Rulings Bo.annopack"), project.with_name("laptop.annotator"))
    with open_project(project.with_name("laptop.annotator"), workstation="w", read_only=True) as store:
        cy = reviews.person(store, "Cy")
        assert [row.spans for row in store.document_rows(cy)] == [0, 0]


def test_an_annotator_is_told_their_own_figures(shell: Shell, project: Path) -> None:
    act_as(shell, project, "Bo", "annotator")

    (quality,) = json.loads(shell.done("quality", project, "--json"))
    covered = json.loads(shell.done("coverage", project, "--json"))
    documents = json.loads(shell.done("documents", project, "--json"))

    assert quality["annotator"] == "Bo"
    assert {each["annotator"] for each in covered["counts"]} == {"Bo"}
    assert [list(each["annotators"]) for each in documents] == [["Bo"], ["Bo"]]
    for name, seen in (("Bo", []), ("Cy", ["Cy"]), ("Ana", ["Cy"])):
        shell.done("people", project, name, "--me")
        (first,) = json.loads(shell.done("training", project, "--json"))
        assert [each["name"] for each in first["annotators"]] == seen


def test_suggestions_follow_from_own_work_alone(shell: Shell, project: Path) -> None:
    asked = ("suggest", project, "--suggester", "dictionary", "--json", "--document")
    with open_project(project, workstation="w") as store:
        projects.add_document(store, "new", text="Norvel said so. Norvel knows.\n")
    act_as(shell, project, "Bo", "annotator")
    own = shell.done(*asked, "new")
    act_as(shell, project, "Cy", "annotator")

    assert "Norvel" in own
    assert shell.done(*asked, "new") == ""


def test_a_file_made_of_a_package_leaves_the_lead_who_they_are(shell: Shell, project: Path) -> None:
    laptop = project.with_name("laptop.annotator")
    shell.done("pack", project, "--annotator", "Bo", "--out", project.with_name("Bo.annopack"))
    shell.done("unpack", project.with_name("Bo.annopack"), laptop)

    assert "You are Bo here" in shell.refused("agreement", laptop)
    shell.done("agreement", project, "--resamples", "0")
