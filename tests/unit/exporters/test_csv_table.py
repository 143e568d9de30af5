"""CSV: the csv module reads it, spreadsheets run nothing of it, and cells come back as they were."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formulas import defused, restored
from annotator.model import Fragment
from annotator.readers.document import ReadAnnotation
from tests import projects
from tests.factories import TEXT
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.rich_project import rich_project

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "|calc", "%0A", "'=1")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_row_tells_where_a_span_stands_and_whose_it_is(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        report = export(store, "csv", tmp_path / "out.csv")

    rows = rows_of(tmp_path / "out.csv")
    held = next(row for row in rows if row["label"] == "holding" and row["title"] == "Article")
    assert (held["text"], held["annotator"], held["gold"]) == (
        "that Norvel cannot claim immunity",
        "Ana",
        "false",
    )
    assert (held["attribute.issue"], held["note"], held["layer"]) == (
        "immunity",
        "R4,\n“see” below",
        "holding",
    )
    assert held["before"].endswith("ruled ")
    assert held["after"].startswith(".\nNorvel")
    for row in rows:
        text = TEXT if row["title"] == "Article" else None
        if text is not None:
            pieces = [piece.split("-") for piece in row["fragments"].split()]
            assert restored(row["text"]) == " ".join(text[int(start) : int(end)] for start, end in pieces)
    assert [row["annotator"] for row in rows if row["gold"] == "true"] == ["gold"]
    assert (len(rows), report.spans) == (7, 7)
    assert dict(report.losses.counts) == {"document_label": 2, "relation": 3}


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert defused(text) == "'" + text
    assert restored(defused(text)) == text


@given(st.text() | st.sampled_from(FORMULAS).flatmap(lambda head: st.text().map(lambda tail: head + tail)))
def test_any_cell_comes_back(text: str) -> None:
    assert restored(defused(text)) == text


def test_labels_with_tabs_and_breaks_and_a_cell_of_ten_megabytes_stay_one_cell(tmp_path: Path) -> None:
    text = '=cmd, "quoted"\n' + "word " * 2_000_000
    label = "odd\tlabel\nof two lines"
    with projects.new_project(tmp_path) as store:
        spans = (
            ReadAnnotation("T1", label, (Fragment(0, 4),)),
            ReadAnnotation("T2", label, (Fragment(0, len(text) - 1),)),
        )
        marked(store, "=HYPERLINK(1)", text, *spans)
        export(store, "csv", tmp_path / "out.csv")

    limit = csv.field_size_limit(len(text) + 10)
    try:
        rows = rows_of(tmp_path / "out.csv")
    finally:
        csv.field_size_limit(limit)
    assert {row["title"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {restored(row["text"]) for row in rows} == {"=cmd", text[:-1]}
    assert {row["label_name"].split("\n")[-1] for row in rows} == {"of two lines"}


def test_byte_order_mark_only_where_it_is_asked_for(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        export(store, "csv", tmp_path / "plain.csv")
        export(store, "csv", tmp_path / "excel.csv", excel=True)

    plain = (tmp_path / "plain.csv").read_bytes()
    assert (tmp_path / "excel.csv").read_bytes() == b"\xef\xbb\xbf" + plain
    assert plain.startswith(b"document,title,")


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "csv", tmp_path)
