"""Recognised pages: which engine reads, what its words become, and what is said without one."""

import os
import shutil
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.progress import Progress
from annotator.readers.document import ReadDocument
from annotator.readers.options import ReadOptions
from annotator.readers.pdf import read
from annotator.readers.pdf.ocr import DOTS_PER_INCH, read_table
from tests.pdf_pages import Paper, scanned
from tests.programs import HEAD, put_program, put_tesseract, table_row

OCR = ReadOptions(ocr=True)
LINES = ["The motion to compel is granted in part", "and denied in all other respects today."]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    paper = Paper()
    paper.put_lines(72, 100, LINES, 16)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(paper))
    return path


def test_words_of_tesseract_have_boxes_confidence_and_lines() -> None:
    line = "4\t1\t1\t1\t1\t0\t200\t280\t500\t40\t-1\t"
    table = "\n".join([HEAD, line, table_row(1, 1, 200, "granted"), table_row(2, 1, 200, "in")])

    first, second = read_table(table)

    assert (first.text, first.confidence, tuple(first.box)) == ("granted", 96, (200, 294, 290, 324))
    assert first.line != second.line


def test_words_that_tesseract_hardly_saw_are_left_out() -> None:
    assert list(read_table(table_row(1, 1, 200, "~~", confidence=12.0))) == []


@pytest.mark.skipif(os.name == "nt", reason="the stand-in program is a shell script")
def test_tesseract_reads_where_the_machine_has_it(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tesseract(tmp_path, monkeypatch, ["Motion", "granted."])

    *told, document = read(scan, OCR)

    assert isinstance(document, ReadDocument)
    assert document.text == "Motion granted."
    assert next(part for part in told if isinstance(part, Progress)).total == 1
    assert document.metadata["ocr"] == {"engine": "Tesseract 5.3", "pages": [1], "confidence": 0.96}
    assert document.pages[0].kind == "ocr"
    assert document.pages[0].confidences == (96, 96)
    assert document.pages[0].words[0].x0 == pytest.approx(200 * 72 / DOTS_PER_INCH, abs=12)
    assert document.options == {"ocr": True}


@pytest.mark.skipif(os.name == "nt", reason="the stand-in program is a shell script")
def test_failing_tesseract_refuses_the_file_with_a_sentence(
    scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_program(
        tmp_path / "programs", monkeypatch, 'if [ "$1" = --version ]; then echo tesseract 5; else exit 3; fi'
    )

    with pytest.raises(UnreadableSource, match="Tesseract failed"):
        list(read(scan, OCR))


def test_without_an_engine_the_pages_are_there_and_the_warning_says_how_to_add_one(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    (document,) = read(scan)

    assert isinstance(document, ReadDocument)
    assert (document.text, len(document.pages)) == ("", 1)
    assert "annotator[ocr]" in document.warnings[0]
    with pytest.raises(UnreadableSource, match="annotator\\[ocr\\]"):
        list(read(scan, OCR))


def test_page_with_text_is_not_recognised(tmp_path: Path) -> None:
    paper = Paper()
    paper.put_lines(72, 100, LINES, 16)
    path = tmp_path / "filing.pdf"
    path.write_bytes(paper.bytes())

    (document,) = read(path, OCR)

    assert isinstance(document, ReadDocument)
    assert "ocr" not in document.metadata


@pytest.mark.skipif(shutil.which("tesseract") is not None, reason="Tesseract goes first")
def test_rapidocr_reads_a_scan_where_it_is_printed(scan: Path) -> None:
    pytest.importorskip("rapidocr")

    *_, document = read(scan, OCR)

    assert isinstance(document, ReadDocument)
    assert document.text == " ".join(LINES)
    first = document.pages[0].words[0]
    assert (first.x0, first.bottom) == pytest.approx((72, 103), abs=4)
    assert len(document.pages[0].confidences) == len(document.pages[0].words)
