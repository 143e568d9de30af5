"""`annotator adjudicate` and gold exports: what they print, write and refuse."""

import json
from pathlib import Path

import pytest

from annotator.adjudication.decisions import GAP, SECOND
from annotator.services import annotating
from annotator.services.deciding import Ruling, decide
from annotator.services.reviewing import review
from storage.store import open_project
from tests import reviews
from tests.shell import Shell


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with reviews.team(tmp_path, ("Bo", "Cy", "Di")) as store:
        reviews.marked(
            store,
            {
                "Bo": [("District Court", "court"), ("Norvel", "organization"), ("Ada Romero", "judge")],
                "Cy": [("District Court", "court"), ("Norvel", "organization")],
                "Di": [
                    ("District Court", "court"),
                    ("Norvel", "organization"),
                    ("Judge Ada Romero", "judge"),
                ],
            },
        )
        reviews.marked(
            store,
            {
                name: [("the District Court", "court")] if name == "Di" else [("District Court", "court")]
                for name in ("Bo", "Cy", "Di")
            },
            document="document-2",
        )
        return store.path


def test_queue_is_listed_by_lowest_agreement(shell: Shell, project: Path) -> None:
    rows = json.loads(shell.done("adjudicate", project, "--json"))

    assert [(row["title"], row["units"], row["to_do"]) for row in rows] == [
        ("Ruling document-2", 1, 1),
        ("Ruling document-1", 3, 3),
    ]
    assert "Ruling document-1\t3\t" in shell.done("adjudicate", project)


def test_dry_run_shows_and_writes_nothing(shell: Shell, project: Path) -> None:
    out = shell.done("adjudicate", project, "--auto", "unanimous", "--dry-run")

    assert "2 units would be decided." in out
    assert "Ruling document-1\tentity\tunanimous\tNorvel" in out
    with open_project(project, workstation="w") as store:
        assert store.decisions("document-1") == ()


def test_unanimous_units_are_decided_once_and_exported_as_gold(
    shell: Shell, project: Path, tmp_path: Path
) -> None:
    assert "2 units decided." in shell.done("adjudicate", project, "--auto", "unanimous")
    told = json.loads(shell.done("adjudicate", project, "--auto", "unanimous", "--json"))
    assert (told["decided"], told["states"]["open"]) == ([], 2)

    out = tmp_path / "gold.jsonl"
    shell.done("export", project, "--format", "jsonl", "--gold", "--out", out)

    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    spans = [span for line in lines for span in line["spans"]]
    assert {span["text"] for span in spans} == {"District Court", "Norvel"}
    assert {span["decision"]["decided_by"] for span in spans} == {"auto:unanimous@1"}
    assert all(sorted(span["decision"]["proposers"]) == ["Bo", "Cy", "Di"] for span in spans)


def test_rules_are_opted_into_by_layer(shell: Shell, project: Path) -> None:
    told = json.loads(
        shell.done("adjudicate", project, "--auto", "trim:entity", "--auto", "majority:entity", "--json")
    )

    assert told["by_rule"] == {"trim": 1, "unanimous": 2}
    told = json.loads(shell.done("adjudicate", project, "--auto", "majority:entity", "--json"))
    assert told["decided"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--auto", "best"), "There is no rule best; the rules are unanimous, trim, majority, boundary."),
        (("--auto", "trim"), "Say for which layer trim decides, as in trim:entity"),
        (("--auto", "unanimous:entity"), "leave out the layer"),
        (("--dry-run",), "--dry-run goes with --auto"),
    ],
)
def test_what_cannot_be_decided_by_is_refused(
    shell: Shell, project: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in shell.refused("adjudicate", project, *arguments)


def test_units_are_written_with_votes_and_soft_labels(shell: Shell, project: Path, tmp_path: Path) -> None:
    shell.done("adjudicate", project, "--auto", "unanimous")
    out = tmp_path / "units.jsonl"
    assert "4 units." in shell.done("adjudicate", project, "--units", out)

    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    judge = next(row for row in rows if row["text"] == "Judge Ada Romero")
    assert judge["annotations"] == {"Ann1": "judge", "Ann2": "∅", "Ann3": "judge"}
    assert judge["soft_label"] == {"judge": 0.6667, "∅": 0.3333}
    assert (judge["annotators"], judge["type"], judge["gold"]) == ("Ann1,Ann2,Ann3", "boundary", None)
    assert len(judge["span_votes"]) == 2
    assert next(row for row in rows if row["text"] == "Norvel")["gold"][0]["label"] == "organization"
    shell.done("adjudicate", project, "--units", out, "--names")
    assert '"Bo,Cy,Di"' in out.read_text("utf-8")


def test_gaps_of_the_guidelines_are_listed(shell: Shell, project: Path) -> None:
    assert "No reviewer has found a gap" in shell.done("adjudicate", project, "--gaps")
    with open_project(project, workstation="w") as store:
        unit = next(each for each in review(store, "document-1").units if each.type == "boundary")
        ruling = Ruling("ambiguous", flags=(GAP,), comment="Does the title belong to the name?")
        decide(store, reviewer="ana", document="document-1", unit=unit.key, ruling=ruling)

    [gap] = json.loads(shell.done("adjudicate", project, "--gaps", "--json"))

    assert (gap["words"], gap["comment"]) == ("Judge Ada Romero", "Does the title belong to the name?")


def test_agreement_of_two_reviewers_is_told(shell: Shell, project: Path) -> None:
    with open_project(project, workstation="w") as store:
        annotating.add_annotator(store, annotator="ana", name="Rae", role="reviewer")
        for unit in review(store, "document-1").units:
            decide(store, reviewer="ana", document="document-1", unit=unit.key, ruling=Ruling("ambiguous"))
            kind = Ruling("ambiguous" if unit.type == "agree" else "reject_all", flags=(SECOND,))
            rae = reviews.person(store, "Rae")
            decide(store, reviewer=rae, document="document-1", unit=unit.key, ruling=kind)

    assert "Two reviewers decided 3 units apart, 67% alike." in shell.done("adjudicate", project)
