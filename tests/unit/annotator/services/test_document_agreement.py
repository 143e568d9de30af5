"""Agreement on whole documents in a real project: whose values count, and what the report and files say."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from annotator.agreement.figures import Settings
from annotator.agreement.project_report import ProjectReport
from annotator.agreement.undefined import Undefined
from annotator.agreement.values import Figure
from annotator.model import AttributeValue
from annotator.progress import run
from annotator.services import annotating
from annotator.services.agreement import agreement
from exporters.agreement_files import as_csv, as_html, as_json
from storage.store import ProjectStore
from tests import projects, reviews

Given = Mapping[str, AttributeValue]


def team(path: Path, *documents: tuple[Given | None, ...]) -> ProjectStore:
    """Ana, Bo and Cy have finished the documents, each with what they said of it; None has not finished."""
    store = projects.new_project(path)
    ana = projects.lead(store).id
    for added in ("Bo", "Cy"):
        annotating.add_annotator(store, annotator=ana, name=added)
    people = [ana, reviews.person(store, "Bo"), reviews.person(store, "Cy")]
    for at, said in enumerate(documents):
        document = projects.add_document(store, f"document-{at}", title=f"Ruling {at}")
        for who, values in zip(people, said, strict=False):
            for attribute, value in (values or {}).items():
                annotating.set_document_label(
                    store, annotator=who, document=document, name=attribute, value=value
                )
            if values is not None:
                annotating.set_work_state(store, annotator=who, document=document, state="done")
    return store


def measured(store: ProjectStore, *, layers: tuple[str, ...] = ()) -> ProjectReport:
    with store:
        return run(agreement(store, layers=layers, settings=Settings(resamples=50)))


def figures(report: ProjectReport, attribute: str) -> Mapping[str, Figure]:
    return next(row.figures for row in report.document_labels if row.name == attribute)


def said(*values: str) -> tuple[Given | None, ...]:
    """What each says: "f" federal, "s" state, "" nothing, "." not finished."""
    of = {"f": {"jurisdiction": "federal"}, "s": {"jurisdiction": "state"}, "": {}, ".": None}
    return tuple(of[value] for value in values)


def test_kappa_and_ac1_are_those_worked_out_on_paper(tmp_path: Path) -> None:
    # Two say federal 4 times alike, state once alike, and differ once: pa 5/6, shares 9/12 and 3/12.
    report = measured(team(tmp_path, *[said("f", "f")] * 4, said("s", "s"), said("f", "s")))

    found = figures(report, "jurisdiction")

    by_chance = 0.75**2 + 0.25**2
    assert found["document_fleiss"].value == pytest.approx((5 / 6 - by_chance) / (1 - by_chance))
    by_chance = (0.75 * 0.25 + 0.25 * 0.75) / (5 - 1)  # the schema offers five jurisdictions
    assert found["document_ac1"].value == pytest.approx((5 / 6 - by_chance) / (1 - by_chance))
    ac1 = found["document_ac1"]
    assert (ac1.documents, ac1.pairs, ac1.spans) == (6, 1, 12)
    assert ac1.interval is not None


def test_only_who_has_finished_counts_and_no_value_is_a_value(tmp_path: Path) -> None:
    report = measured(
        team(tmp_path, said("f", "f", "f"), said("f", ""), said("", "", ""), said("s", "."), said("s"))
    )

    found = figures(report, "jurisdiction")["document_fleiss"]

    assert (found.documents, found.pairs, found.spans) == (2, 3, 5)
    by_chance = 0.75**2 + 0.25**2  # of the documents, each counting as much
    assert found.value == pytest.approx((0.5 - by_chance) / (1 - by_chance))
    assert found.interval is None


def test_what_cannot_be_computed_says_why(tmp_path: Path) -> None:
    alone = measured(team(tmp_path / "alone.annotator", said("f")))
    flat = measured(team(tmp_path / "flat.annotator", said("f", "f"), said("f", "f")))

    assert figures(alone, "jurisdiction")["document_ac1"].value == Undefined("no_common_documents")
    assert figures(flat, "jurisdiction")["document_fleiss"].value == Undefined("no_variation")
    assert figures(flat, "jurisdiction")["document_ac1"].value == 1


def test_several_choices_are_one_value_in_any_order_and_text_is_left_out(tmp_path: Path) -> None:
    one: Given = {"topic": ("privacy", "contracts"), "why_not_usable": "Torn"}
    other: Given = {"topic": ("contracts", "privacy"), "why_not_usable": "Cut"}
    report = measured(team(tmp_path, (one, other), ({"topic": ("privacy",)}, {"topic": ("privacy",)})))

    assert [row.name for row in report.document_labels] == ["topic"]
    assert figures(report, "topic")["document_fleiss"].value == 1


def test_files_hold_the_figures_of_whole_documents(tmp_path: Path) -> None:
    report = measured(team(tmp_path, said("f", "f"), said("s", "s"), said("f", "s")))

    told = json.loads(as_json(report))["document_labels"]
    table = list(csv.DictReader(io.StringIO(as_csv(report).decode("utf-8-sig"))))
    page = as_html(report).decode()

    assert [(row["name"], row["measure"], row["documents"], row["spans"]) for row in told] == [
        ("jurisdiction", "document_ac1", 3, 6),
        ("jurisdiction", "document_fleiss", 3, 6),
    ]
    assert [row["value"] for row in table if row["of"] == "document_label"] == [str(r["value"]) for r in told]
    assert "<h2>Whole documents</h2>" in page
    assert "Jurisdiction" in page


def test_they_are_left_out_where_some_layers_are_asked_for(tmp_path: Path) -> None:
    report = measured(team(tmp_path, said("f", "f")), layers=("entity",))

    assert report.document_labels == ()
    assert "Whole documents" not in as_html(report).decode()
