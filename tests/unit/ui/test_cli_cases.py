"""`annotator case`: what it lists, finds, refuses and changes."""

import json
from pathlib import Path

import pytest

from tests import projects
from tests.shell import Shell

ARTICLE = "Harrow sued Norvel. Harrow won in No. 4:19-cv-00042; Norvel appealed.\n"
NUMBER = "4:19-cv-00042-AB"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "news", text=ARTICLE, title="News", metadata={"date": "2025-10-18"})
        facts = {"court": "District Court", "caption": "Harrow v. Norvel", "date_filed": "2025-10-17"}
        projects.add_document(
            store, "order", text="Denied.\n", title="Order", kind="order", case=NUMBER, metadata=facts
        )
        return store.path


def test_cases_are_found_confirmed_and_listed(shell: Shell, project: Path) -> None:
    found = json.loads(shell.done("case", project, "--find", "--json"))
    assert [(one["docket_number"], [d["by"] for d in one["documents"]]) for one in found] == [
        (NUMBER, ["number", "number"])
    ]
    assert shell.done("case", project) == ""

    assert shell.done("case", project, "--confirm") == "Add the case Harrow v. Norvel: done.\n"

    assert shell.done("case", project) == f"{NUMBER}\tHarrow v. Norvel\tDistrict Court\t1 article\t1 filing\n"
    shown = shell.done("case", project, "19-cv-42").splitlines()
    assert shown == [
        f"Harrow v. Norvel · {NUMBER} · District Court",
        "2025-10-17\torder\tOrder",
        "2025-10-18\tarticle\tNews",
    ]


def test_case_is_made_and_changed_by_hand(shell: Shell, project: Path) -> None:
    shell.done("case", project, "20-16408", "--add", "--put", "Order", "--caption", "Harrow v. Norvel")

    said = shell.done("case", project, "20-16408", "--put", "news", "--take-out", "order", "--court", "Ninth")

    assert said.splitlines() == [
        "Change the case Harrow v. Norvel: done.",
        "Put a document into Harrow v. Norvel: done.",
        "Take a document out of Harrow v. Norvel: done.",
    ]
    (case,) = json.loads(shell.done("case", project, "--json"))
    assert (case["court"], [each["title"] for each in case["documents"]]) == ("Ninth", ["News"])
    shell.done("case", project, "20-16408", "--remove")
    assert json.loads(shell.done("case", project, "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("19-cv-42",), "The project has no case “19-cv-42”; it has none yet."),
        (("--put", "News"), "Say which case it is"),
        (("19-cv-42", "--add", "--put", "Nothing"), "There is no document “Nothing” in the project."),
    ],
)
def test_what_cannot_be_is_refused(
    shell: Shell, project: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in shell.refused("case", project, *arguments)


def test_number_that_no_document_seems_to_belong_to_is_told(shell: Shell, project: Path) -> None:
    ended = shell.run("case", project, "7-8", "--confirm")

    assert ended.code == 1
    assert "No document seems to belong to a case “7-8”" in ended.err
