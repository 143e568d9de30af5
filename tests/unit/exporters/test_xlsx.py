"""XLSX: openpyxl reads it, no cell is a formula, and limits of Excel are kept and told."""

from pathlib import Path

import openpyxl

from annotator.model import Fragment
from annotator.readers.document import ReadAnnotation
from exporters.xlsx import CELL_CHARACTERS
from tests import projects
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export, marked
from tests.unit.exporters.rich_project import rich_project


def cells_of(path: Path) -> list[dict[str, openpyxl.cell.Cell]]:
    (sheet,) = openpyxl.load_workbook(path).worksheets
    head, *rows = sheet.iter_rows()
    return [{str(name.value): cell for name, cell in zip(head, row, strict=True)} for row in rows]


def test_openpyxl_reads_typed_cells(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        report = export(store, "xlsx", tmp_path / "out.xlsx")

    rows = cells_of(tmp_path / "out.xlsx")
    held = next(row for row in rows if row["label"].value == "holding" and row["title"].value == "Article")
    assert held["text"].value == "that Norvel cannot claim immunity"
    assert (held["start"].value, held["end"].value, held["gold"].value) == (45, 78, False)
    assert (held["note"].value, held["attribute.issue"].value) == ("R4,\n“see” below", "immunity")
    assert len(rows) == report.spans == 7


def test_no_text_is_a_formula_and_the_words_are_unchanged(tmp_path: Path) -> None:
    text = "=1+1 and _x0041_ & <b> 😀"
    with projects.new_project(tmp_path) as store:
        spans = [
            ReadAnnotation(f"T{end}", "odd\tlabel", (Fragment(0, end),), note="@note")
            for end in (4, len(text))
        ]
        marked(store, "=HYPERLINK(1)", text, *spans)
        export(store, "xlsx", tmp_path / "out.xlsx")

    short, whole = cells_of(tmp_path / "out.xlsx")
    assert (short["text"].value, short["title"].value) == ("=1+1", "=HYPERLINK(1)")
    assert {cell.data_type for row in (short, whole) for cell in row.values()} <= {"s", "n", "b"}
    assert short["text"].quotePrefix
    assert short["note"].quotePrefix
    # As the format has it, _x0041_ would be the letter A; a reader that knows it gives the text back.
    assert openpyxl.utils.escape.unescape(whole["text"].value) == text


def test_words_too_long_for_a_cell_are_cut_and_told(tmp_path: Path) -> None:
    text = "word " * 10_000
    with projects.new_project(tmp_path) as store:
        marked(store, "Long", text, ReadAnnotation("T1", "judge", (Fragment(0, len(text) - 1),)))
        report = export(store, "xlsx", tmp_path / "out.xlsx")

    (row,) = cells_of(tmp_path / "out.xlsx")
    assert len(row["text"].value) == CELL_CHARACTERS
    assert row["text"].value.endswith("…")
    assert row["end"].value == len(text) - 1
    assert dict(report.losses.counts) == {"shortened": 1}


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "xlsx", tmp_path)
