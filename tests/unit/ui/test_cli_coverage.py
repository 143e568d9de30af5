"""`annotator coverage`: per case and annotator, as a table, JSON and CSV."""

import csv
import json
from pathlib import Path

import pytest

from annotator.model import Annotation
from annotator.services import annotating, cases, pairing
from tests import projects
from tests.factories import ANA
from tests.shell import Shell

NEWS = "Harrow said that Norvel sent 40. It lost.\n"
ORDER = "Norvel sent 40 messages. The motion is denied.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "news", text=NEWS, title="News")
        projects.add_document(store, "order", text=ORDER, title="Order", kind="order")
        cases.add(
            store,
            annotator=ANA,
            docket_number="19-cv-42",
            caption="Harrow v. Norvel",
            documents=["news", "order"],
        )

        def mark(document: str, label: str, words: str, text: str) -> str:
            start = text.index(words)
            change = annotating.highlight(
                store, annotator=ANA, document=document, label=label, fragments=[(start, start + len(words))]
            )
            return next(record.id for record in change.after if isinstance(record, Annotation))

        claim = mark("news", "claim", "that Norvel sent 40", NEWS)
        mark("news", "claim", "It lost", NEWS)
        finding = mark("order", "finding", "Norvel sent 40 messages", ORDER)
        mark("order", "order", "The motion is denied", ORDER)
        pairing.link_span(store, annotator=ANA, source=claim, type="reports", target=finding)
        return store.path


def test_coverage_is_told_in_words_json_and_csv(shell: Shell, project: Path, tmp_path: Path) -> None:
    said = shell.done("coverage", project, "--out", tmp_path / "out.csv").splitlines()
    assert said[0] == "Harrow v. Norvel · Ana: 1 reported, 1 unmentioned, 1 supported, 1 open."
    assert said[2] == "unmentioned\tOrder\torder\tThe motion is denied\t1\t"

    told = json.loads(shell.done("coverage", project, "--case", "4:19-cv-00042", "--json"))
    assert told["counts"] == [
        {
            "case": "19-cv-42",
            "annotator": "Ana",
            "counts": {"reported": 1, "unmentioned": 1, "supported": 1, "open": 1},
        }
    ]
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == [row["status"] for row in told["statements"]]
    assert rows[0]["linked_to"] == "News"
    assert rows[2]["linked_words"] == "Norvel sent 40 messages"


def test_nothing_of_others_or_gold_is_told_when_they_are_asked_for(shell: Shell, project: Path) -> None:
    assert shell.done("coverage", project, "--gold") == "No case has decisions or claims that are marked.\n"
    assert "There is no annotator Zed" in shell.refused("coverage", project, "--annotator", "Zed")
    assert "The project has no case “7”" in shell.refused("coverage", project, "--case", "7")
