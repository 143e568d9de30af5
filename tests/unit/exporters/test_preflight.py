"""Preflight: what is counted is what is written, and spans that no longer read as marked are listed."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import ExportError
from annotator.model import Quote
from annotator.progress import run
from annotator.services.exporting import Selection, snapshot
from annotator.snapshot import DocumentSnapshot, Snapshot
from exporters import EXPORTERS
from exporters.aside import MANIFEST
from exporters.exporter import Holds
from exporters.fitting import fitted
from exporters.preflight import deliver, preflight, report_path
from tests.unit.exporters.rich_project import rich_project

NOTHING = Holds(**{field.name: False for field in dataclasses.fields(Holds)})


@pytest.fixture
def rich(tmp_path: Path) -> Iterator[Snapshot]:
    with rich_project(tmp_path) as store:
        yield snapshot(store, Selection())


def misread(whole: Snapshot) -> Snapshot:
    """The snapshot with one span whose words were others when it was marked."""

    def documents() -> Iterator[DocumentSnapshot]:
        first, *others = whole.documents()
        span = dataclasses.replace(first.annotations[0], quote=Quote("", "other words", ""))
        yield dataclasses.replace(first, annotations=(span, *first.annotations[1:]))
        yield from others

    return dataclasses.replace(whole, documents=documents)


def test_native_format_loses_nothing_and_says_so(rich: Snapshot, tmp_path: Path) -> None:
    run(deliver(rich, EXPORTERS["jsonl"], tmp_path / "out.jsonl", strict=True))

    report = json.loads((tmp_path / "out.jsonl.preflight.json").read_text())
    assert (report["format"], report["counts"], report["losses"]) == ("jsonl", {}, [])
    assert report["written"] == {"documents": 2, "spans": 7, "relations": 3}


def test_span_that_reads_otherwise_is_listed_left_out_and_refused_when_strict(
    rich: Snapshot, tmp_path: Path
) -> None:
    broken, target = misread(rich), tmp_path / "out.jsonl"

    counted = run(preflight(broken, EXPORTERS["jsonl"]))
    with pytest.raises(ExportError, match="1 unverified"):
        run(deliver(broken, EXPORTERS["jsonl"], target, strict=True))
    assert not target.exists()
    report = run(deliver(broken, EXPORTERS["jsonl"], target))

    assert counted.losses.counts["unverified"] == 1
    assert counted.losses == report.losses
    assert sum(len(json.loads(line)["spans"]) for line in target.read_bytes().splitlines()) == 6


def test_report_tells_title_and_words_of_what_is_dropped(rich: Snapshot, tmp_path: Path) -> None:
    run(deliver(rich, EXPORTERS["csv"], tmp_path / "out.csv"))

    losses = json.loads((tmp_path / "out.csv.preflight.json").read_bytes())["losses"]
    assert {"kind": "relation", "title": "Article", "words": "issued_by"}.items() <= losses[0].items()


def test_format_that_holds_nothing_more_than_spans_lists_all_the_rest(rich: Snapshot) -> None:
    held = [fitted(document, NOTHING) for document in rich.documents()]

    kinds = sorted(loss.kind for document in held for loss in document.losses)
    assert kinds == sorted(
        ["annotator"] * 6
        + ["attribute"] * 3
        + ["certainty", "discontinuous", "note"]
        + ["document_label"] * 2
        + ["relation"] * 3
    )
    assert all(len(span.fragments) == 1 for document in held for span in document.document.annotations)


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_every_format_writes_its_report_beside_the_files_and_can_be_written_again(
    rich: Snapshot, tmp_path: Path, name: str
) -> None:
    exporter = EXPORTERS[name]
    target = tmp_path / f"out{exporter.suffix}"
    for _ in range(2):
        report = run(deliver(rich, exporter, target))

    told = json.loads(report_path(exporter, target).read_bytes())
    assert told["format"] == name
    assert told["written"]["spans"] == report.spans
    assert told["counts"] == report.losses.counts
    if not exporter.suffix:
        listed = {entry["path"] for entry in json.loads((target / MANIFEST).read_bytes())["files"]}
        assert "preflight.json" in listed
