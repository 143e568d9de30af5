"""`annotator people` and `annotator assign`: what they print, refuse and write."""

import json
from pathlib import Path

import pytest

from storage.store import open_project
from tests import projects
from tests.shell import Shell


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with projects.new_project(tmp_path) as store:
        for number in range(10):
            projects.add_document(store, f"doc-{number}", text=f"{number} " * 50, title=f"Paper {number}")
        return store.path


def states(shell: Shell, project: Path) -> dict[str, dict[str, object]]:
    return {row["title"]: row["annotators"] for row in json.loads(shell.done("documents", project, "--json"))}


def test_people_are_added_changed_and_listed(shell: Shell, project: Path) -> None:
    assert shell.done("people", project, "Bo") == "Add Bo: done.\n"
    shell.done("people", project, "bo", "--rename", "Boris", "--role", "reviewer", "--colour", "#0a0B0c")

    listed = json.loads(shell.done("people", project, "--json"))

    assert listed == [
        {"name": "Ana", "role": "lead", "colour": "#777777", "me": True},
        {"name": "Boris", "role": "reviewer", "colour": "#0a0B0c", "me": False},
    ]
    assert "Boris\treviewer" in shell.done("people", project)


def test_who_acts_is_switched_and_kept_for_the_file(shell: Shell, project: Path) -> None:
    shell.done("people", project, "Bo", "--role", "reviewer")

    assert shell.done("people", project, "bo", "--me") == (
        f"You are Bo in {project} on this computer now, reviewer.\n"
    )

    assert [row["me"] for row in json.loads(shell.done("people", project, "--json"))] == [False, True]
    assert shell.done("people", project).endswith("\tyou\n")
    assert "ask Ana" in shell.refused("people", project, "Ana", "--role", "annotator")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Ana", "--role", "boss"), "There is no role boss; the roles are annotator, reviewer, lead."),
        (("Ana", "--colour", "red"), "red is no colour; write one like #0072B2."),
        (("--role", "lead"), "Say whose role"),
        (("--me",), "Say whose role"),
        (("Zed", "--me"), "There is no annotator Zed in the project; there are Ana."),
        (("Ana", "--me", "--role", "lead"), "Give --me alone"),
        (("Zed", "--rename", "Zoe"), "There is no annotator Zed to rename."),
    ],
)
def test_people_that_cannot_be_so_are_refused(
    shell: Shell, project: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in shell.refused("people", project, *arguments)


def test_documents_are_dealt_out_after_a_preview(shell: Shell, project: Path) -> None:
    for name in ("Bo", "Cy"):
        shell.done("people", project, name)
    deal = ("assign", project, "--to", "Bo", "--to", "Cy", "--overlap", "20")

    preview = shell.done(*deal, "--preview")
    assert "layers" not in json.dumps(states(shell, project))
    dealt = shell.done(*deal)

    assert dealt == f"{preview}Assign 10 documents: done.\n"
    assert "10 documents, 2 of them to several annotators." in preview
    assert "Bo\t6\t600" in preview
    assigned = states(shell, project)["Paper 0"]
    assert any("layers" in own for own in assigned.values() if isinstance(own, dict))


def test_a_document_is_given_by_hand_and_taken_back(shell: Shell, project: Path) -> None:
    shell.done("people", project, "Bo")

    shell.done("assign", project, "--to", "Bo", "--document", "paper 3", "--layer", "entity")
    assert states(shell, project)["Paper 3"]["Bo"] == {"state": "todo", "spans": 0, "layers": ["entity"]}
    shell.done("assign", project, "--take-back", "--to", "Bo", "--document", "Paper 3")

    with open_project(project, workstation=projects.WORKSTATION, read_only=True) as store:
        assert store.all_assignments() == ()
        assert [entry.title for entry in store.history(limit=2)] == [
            "Take back 1 document",
            "Assign 1 document",
        ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Say who gets the documents"),
        (("--to", "Nobody"), "There is no annotator Nobody in the project; there are Ana."),
        (("--to", "Ana", "--document", "Paper 77"), "There is no document “Paper 77”"),
        (("--to", "Ana", "--overlap", "10"), "cannot go to 2 annotators, because only 1 is chosen"),
        (("--to", "Ana", "--layer", "x"), "The label schema has no layer x."),
        (("--to", "Ana", "--kind", "brief"), "There is no document to assign"),
    ],
)
def test_what_cannot_be_assigned_is_refused(
    shell: Shell, project: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in shell.refused("assign", project, *arguments)


def brat_folders(folder: Path) -> list[Path]:
    """What two annotators marked in one ruling, in a folder of brat files each."""
    text = "Judge Ada Romero ruled that Norvel cannot claim immunity.\n"
    marked = {
        "bo": "T1\tjudge 0 16\tJudge Ada Romero\nT2\torganization 28 34\tNorvel\n",
        "cy": "T1\tjudge 0 16\tJudge Ada Romero\n",
    }
    for name, lines in marked.items():
        (folder / name).mkdir()
        (folder / name / "ruling.txt").write_text(text, "utf-8")
        (folder / name / "ruling.ann").write_text(lines, "utf-8")
    return [folder / name for name in marked]


def test_imported_work_is_finished_by_a_lead_and_then_decided_by_rule(shell: Shell, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        project = store.path
    shell.done("import", project, *brat_folders(tmp_path))
    nothing = shell.done("adjudicate", project, "--auto", "unanimous")
    assert "Imported work is called finished by `annotator finish PROJECT`." in nothing

    counts = "bo\t1\t2\ncy\t1\t1\n"
    assert shell.done("finish", project, "--preview") == counts
    assert shell.done("finish", project) == f"{counts}Finish imported work in 1 document: done.\n"

    assert "1 unit decided." in shell.done("adjudicate", project, "--auto", "unanimous")
    assert shell.done("finish", project) == "There is no imported work to finish.\n"


def test_imported_work_of_one_is_finished_alone(shell: Shell, tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        project = store.path
    shell.done("import", project, *brat_folders(tmp_path))

    assert "cy" not in shell.done("finish", project, "--annotator", "bo")

    found = states(shell, project)["ruling"]
    assert (found["bo"], found["cy"]) == (
        {"state": "done", "spans": 2},
        {"state": "in_progress", "spans": 1},
    )
    assert "There is no annotator Zed" in shell.refused("finish", project, "--annotator", "Zed")
    shell.done("people", project, "Rita", "--role", "reviewer")
    shell.done("people", project, "Rita", "--me")
    assert "ask Ana" in shell.refused("finish", project)
