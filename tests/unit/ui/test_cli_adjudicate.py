"""`annotator adjudicate` and gold exports: what they print, write and refuse."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from annotator.adjudication.decisions import GAP, SECOND
from annotator.change import make_change
from annotator.model import AttributeValue, annotator_set_id
from annotator.progress import run
from annotator.schema_editing import add_label
from annotator.services import annotating
from annotator.services.deciding import Ruling, decide
from annotator.services.reviewing import review
from annotator.services.schema_editing import save
from storage.store import ProjectStore, open_project
from tests import reviews
from tests.factories import TEXT
from tests.shell import Shell
from ui.cli_adjudicate import NOTHING


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


def test_who_finished_under_an_earlier_schema_is_told_with_what_is_new(shell: Shell, project: Path) -> None:
    with open_project(project, workstation="w") as store:
        schema = store.schema()
        newer = add_label(schema, layer="entity", name="Expert")
        run(save(store, annotator=reviews.person(store, "Ana"), before=schema, after=newer))

    told = shell.done("adjudicate", project)

    assert (
        "Ruling document-1: 3 annotators finished under version 1 of the label schema, now 2: "
        "New label Expert." in told
    )
    [row, _] = json.loads(shell.done("adjudicate", project, "--json"))
    assert row["earlier_schema"] == [
        {"annotators": 3, "version": 1, "present": 2, "changes": ["New label Expert."]}
    ]


def test_that_an_annotator_is_not_in_the_project_any_more_is_told(shell: Shell, project: Path) -> None:
    shell.done("adjudicate", project, "--auto", "unanimous")
    with open_project(project, workstation="w") as store:
        gone = reviews.person(store, "Di")
        mine = annotator_set_id(gone)
        own = [
            record
            for document in ("document-1", "document-2")
            for record in store.records_of(document)
            if getattr(record, "annotator", "") == gone or getattr(record, "set", "") == mine
        ]
        rest = [row for row in store.sets() if row.owner == gone]
        rest += [row for row in store.annotators() if row.id == gone]
        store.apply(make_change("Leave", annotator="x", before=(*own, *rest)))

    said = "Ruling document-1: 1 annotator is not in the project any more; what was decided of their work"
    assert said in shell.done("adjudicate", project)
    rows = json.loads(shell.done("adjudicate", project, "--json"))
    assert {row["title"]: row["gone"] for row in rows} == {"Ruling document-1": 1, "Ruling document-2": 0}


def test_other_texts_of_a_file_are_told_when_it_comes_in_and_in_the_queue(
    shell: Shell, project: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ruling.txt"
    for text in (f"Slip opinion. {TEXT}", f"Corrected. {TEXT}"):
        file.write_text(text, "utf-8")
        ran = shell.run("import", project, file)
        with open_project(project, workstation="w") as store:
            document = store.documents()[-1].id
            bo = reviews.person(store, "Bo")
            annotating.set_work_state(store, annotator=bo, document=document, state="done")
    assert "An earlier text of this file is in the project too" in ran.err

    [first] = [
        row
        for row in json.loads(shell.done("adjudicate", project, "--json"))
        if [each["came"] for each in row["other_texts"]] == ["later"]
    ]
    assert first["other_texts"][0]["spans"] == 0
    assert "a later text of its file is in the project too" in shell.done("adjudicate", project)


def test_that_annotators_differ_in_the_whole_document_is_told(shell: Shell, project: Path) -> None:
    with open_project(project, workstation="w") as store:
        for name, topics in (("Bo", ("privacy", "antitrust")), ("Cy", ("antitrust", "privacy"))):
            says_of_whole(store, name, "topic", topics)
            says_of_whole(store, name, "jurisdiction", "federal")
        says_of_whole(store, "Di", "jurisdiction", "federal")

    said = "Ruling document-1: annotators differ in what they say of the whole document: Topic."
    assert said in shell.done("adjudicate", project)
    rows = json.loads(shell.done("adjudicate", project, "--json"))
    assert {row["title"]: row["of_whole"] for row in rows} == {
        "Ruling document-1": ["topic"],
        "Ruling document-2": [],
    }


def says_of_whole(store: ProjectStore, name: str, attribute: str, value: AttributeValue) -> None:
    """An annotator opens a finished document anew, says something of all of it, and finishes it."""
    who = reviews.person(store, name)
    annotating.set_work_state(store, annotator=who, document="document-1", state="in_progress")
    annotating.set_document_label(store, annotator=who, document="document-1", name=attribute, value=value)
    annotating.set_work_state(store, annotator=who, document="document-1", state="done")


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


def test_that_nobody_has_finished_is_said_by_rule_as_well(shell: Shell, tmp_path: Path) -> None:
    with reviews.team(tmp_path) as store:
        reviews.marked(store, {"Bo": [("Norvel", "organization")]}, done=False)

    for asked in ((), ("--auto", "unanimous"), ("--auto", "unanimous", "--dry-run")):
        said = shell.done("adjudicate", store.path, *asked)
        assert said == f"{NOTHING}\n"


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
    assert sorted(judge["annotations"].values()) == ["judge", "judge", "∅"]
    assert all(re.fullmatch("Ann[1-4]", who) for who in judge["annotations"])
    assert judge["soft_label"] == {"judge": 0.6667, "∅": 0.3333}
    assert (judge["type"], judge["gold"]) == ("boundary", None)
    assert len(judge["span_votes"]) == 2
    assert next(row for row in rows if row["text"] == "Norvel")["gold"][0]["label"] == "organization"
    shell.done("adjudicate", project, "--units", out, "--names")
    assert '"Bo,Cy,Di"' in out.read_text("utf-8")


def test_soft_labels_are_a_folder_that_datasets_reads(shell: Shell, project: Path, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    folder = tmp_path / "soft"
    assert "11 spans and 4 units." in shell.done("adjudicate", project, "--soft", folder, "--tokens")

    def read(kind: str) -> list[dict[str, Any]]:
        files, cache = str(folder / f"{kind}.jsonl"), str(tmp_path / "cache")
        return list(datasets.load_dataset("json", data_files=files, split="train", cache_dir=cache))

    spans, units, tokens = map(read, ("annotations", "units", "tokens"))
    meta = json.loads((folder / "annotators_meta.json").read_text("utf-8"))
    assert {row["annotator"] for row in spans} == set(meta)
    assert sum(of["spans"] for of in meta.values()) == len(spans) == 11
    assert {of["documents"] for of in meta.values()} == {2}
    assert len(units) == 4
    whole = next(row for row in tokens if row["layer"] == "entity")
    romero = whole["tokens"].index("Romero")
    assert whole["soft_labels"][romero] == [
        {"labels": [], "share": 0.3333},
        {"labels": ["judge"], "share": 0.6667},
    ]
    assert not any(name in path.read_text("utf-8") for path in folder.iterdir() for name in ("Bo", "Cy"))


def test_reviewer_gets_names_only_when_asking_which_is_written_down(
    shell: Shell, project: Path, tmp_path: Path
) -> None:
    reviews.acts_as_reviewer(project, "Rae")
    out = tmp_path / "out.jsonl"

    shell.done("export", project, "--format", "jsonl", "--out", out)
    assert '"Bo"' not in out.read_text("utf-8")
    shell.done("export", project, "--format", "jsonl", "--out", out, "--names")

    assert '"Bo"' in out.read_text("utf-8")
    with open_project(project, workstation="w") as store:
        assert reviews.seen_names(store) == {"Rae"}


def test_tokens_and_names_are_about_files(shell: Shell, project: Path) -> None:
    assert "give one of them" in shell.refused("adjudicate", project, "--tokens")
    assert "give one of them" in shell.refused("adjudicate", project, "--names")


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
