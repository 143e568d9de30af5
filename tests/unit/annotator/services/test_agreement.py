"""Agreement in a real project: who counts, and what the report, its files and its plots say."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from annotator.agreement.figures import Settings
from annotator.agreement.plots import plots
from annotator.agreement.project_report import ProjectReport
from annotator.charts import DARK
from annotator.errors import ExportError, InvalidEdit
from annotator.progress import run
from annotator.services import annotating, suggesting
from annotator.services.agreement import agreement
from annotator.suggest.suggestion import Suggestion
from exporters.agreement_files import as_csv, as_html, as_json, write_report
from storage.store import ProjectStore
from tests import projects
from tests.factories import TEXT, find


def team(folder: Path, *, documents: int = 6) -> ProjectStore:
    """A project in which Ana and Bo have finished all documents but the last, which Bo has begun only."""
    store = projects.new_project(folder)
    ana = projects.lead(store).id
    annotating.add_annotator(store, annotator=ana, name="Bo")
    bo = next(person.id for person in store.annotators() if person.name == "Bo")
    first = find(TEXT.split()[0])
    second = find(TEXT.split()[1])
    for number in range(documents):
        document = projects.add_document(store, f"document-{number}", title=f"Ruling {number}")
        for who, spot in ((ana, first), (bo, second if number % 2 else first)):
            annotating.highlight(store, annotator=who, document=document, label="court", fragments=(spot,))
            if who == ana or number < documents - 1:
                annotating.set_work_state(store, annotator=who, document=document, state="done")
    return store


def measured(folder: Path) -> ProjectReport:
    with team(folder) as store:
        return run(agreement(store, layers=("entity",), settings=Settings(resamples=50)))


def test_only_what_two_have_finished_counts(tmp_path: Path) -> None:
    layer = measured(tmp_path).layer("entity")

    assert (layer.counts.documents, layer.counts.alone, layer.counts.spans) == (5, 1, 10)
    assert layer.measure("exact").figure.value == pytest.approx(3 / 5)
    assert layer.measure("exact").figure.interval is not None
    assert [(row.unlike, row.first is not None) for row in layer.documents] == [
        (2 * (number % 2), bool(number % 2)) for number in range(5)
    ]
    assert len(layer.weeks) == 1


def test_layers_are_asked_for_by_id(tmp_path: Path) -> None:
    with team(tmp_path, documents=1) as store, pytest.raises(InvalidEdit, match="no layer nothing"):
        run(agreement(store, layers=("nothing",)))


def test_files_hold_every_figure_and_are_the_same_each_time(tmp_path: Path) -> None:
    report = measured(tmp_path)

    told = json.loads(as_json(report))
    table = list(csv.DictReader(io.StringIO(as_csv(report).decode("utf-8-sig"))))
    page = as_html(report).decode()

    [layer] = told["layers"]
    exact = next(each for each in layer["measures"] if each["measure"] == "exact")
    assert exact["value"] == pytest.approx(0.6)
    assert (exact["documents"], exact["pairs"], exact["spans"]) == (5, 1, 10)
    assert next(row for row in table if (row["of"], row["measure"]) == ("layer", "exact"))["value"] == "0.6"
    assert {row["of"] for row in table} == {"layer", "pair", "label", "week"}
    assert page.count("<svg") == 4
    assert "Ruling 4" in page
    assert as_json(report) == as_json(report)


def test_file_is_written_as_its_name_says(tmp_path: Path) -> None:
    report = measured(tmp_path)

    write_report(report, tmp_path / "agreement.html")

    assert (tmp_path / "agreement.html").read_bytes() == as_html(report)
    with pytest.raises(ExportError, match="ends with none of"):
        write_report(report, tmp_path / "agreement.pdf")


def test_plots_are_whole_in_either_colours(tmp_path: Path) -> None:
    report = measured(tmp_path)

    dark = plots(report, report.layer("entity"), DARK)

    assert set(dark) == {"measures", "pairs", "labels", "confusion"}
    for svg in dark.values():
        assert ElementTree.fromstring(svg).get("role") == "img"
        assert DARK.paper in svg


def test_agreement_where_suggestions_were_accepted_is_measured_apart(tmp_path: Path) -> None:
    """In the odd documents Bo accepts what Ana has marked; in all, the two mark something unlike."""
    with team(tmp_path) as store:
        bo = next(person.id for person in store.annotators() if person.name == "Bo")
        for number in (1, 3):
            document = f"document-{number}"
            annotating.set_work_state(store, annotator=bo, document=document, state="in_progress")
            same = Suggestion((find(TEXT.split()[0]),), "court", 0.9, "dictionary", "")
            suggesting.accept(store, annotator=bo, document=document, suggestions=[same])
            annotating.set_work_state(store, annotator=bo, document=document, state="done")

        found = {
            places: run(agreement(store, settings=Settings(resamples=50, places=places)))
            for places in ("all", "unassisted", "assisted")
        }

    exact = {name: report.layer("entity").measure("exact").figure for name, report in found.items()}
    counts = {name: report.layer("entity").counts for name, report in found.items()}
    assert {name: figure.spans for name, figure in exact.items()} == {
        "all": 12,
        "unassisted": 8,
        "assisted": 4,
    }
    assert exact["all"].value == pytest.approx(2 * 5 / 12)
    assert exact["unassisted"].value == pytest.approx(2 * 3 / 8)
    assert exact["assisted"].value == pytest.approx(1)
    assert [counts[name].suggested for name in found] == [2, 0, 2]
    assert counts["unassisted"].left_out == {"assisted": 4}
    first = next(row.first for row in found["unassisted"].layer("entity").documents if row.unlike)
    assert first == find(TEXT.split()[1])
    assert json.loads(as_json(found["unassisted"]))["places"] == "unassisted"
    assert b"Only where nobody accepted a suggestion" in as_html(found["unassisted"])
    assert as_html(found["all"]).count(b"<td>yes</td>") == 2
