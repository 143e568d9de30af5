"""Scans read and redactions decided from the window: a job, a new text, and undo."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QInputDialog
from pytestqt.qtbot import QtBot

from annotator.model import Document
from tests.pdf_pages import Paper, encrypted, scanned
from tests.programs import put_program, put_tesseract
from tests.ui.sessions import make_project
from tests.ui.windows import dialog, open_window
from ui.dialogs.import_report import ImportReportDialog
from ui.dialogs.redactions import RedactionsDialog
from ui.main_window import MainWindow

HIDDEN = "Ludwig"
PASSWORD = "swordfish-7731"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        yield window


def paper() -> Paper:
    """A filing with a name under a black box."""
    paper = Paper()
    paper.put(72, 100, f"The informant {HIDDEN} spoke to Norvel on Monday.")
    left = 72 + paper.get_string_width("The informant ")
    paper.box(left - 1, 88, paper.get_string_width(HIDDEN) + 2, 16)
    return paper


def garbled() -> Paper:
    """A filing whose letters are all moved, as by a font whose map of codes is lost."""
    paper = Paper()
    words = "The informant spoke to Norvel on Monday and again on the day after that."
    moved = "".join(chr(ord(letter) - 29) if letter.isalpha() else letter for letter in words)
    paper.put_lines(72, 100, [moved] * 6)
    return paper


def bring_in(qtbot: QtBot, window: MainWindow, path: Path, data: bytes) -> None:
    """Import a file and close the report, if there is one."""
    path.write_bytes(data)
    window.importing.import_paths([path])
    wait(qtbot, window)


def wait(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=30_000)


def close_report(qtbot: QtBot) -> ImportReportDialog:
    report = dialog(qtbot, "import_report")
    assert isinstance(report, ImportReportDialog)
    report.accept()
    return report


def decide(qtbot: QtBot, window: MainWindow) -> RedactionsDialog:
    window.commands.actions["document.redactions"].trigger()
    asked = dialog(qtbot, "redactions")
    assert isinstance(asked, RedactionsDialog)
    return asked


def told_at_box(window: MainWindow) -> str:
    """What the tooltip over the first box on the first page says."""
    page = window.paging.view.placed(0)
    return window.paging.view.tooltip_at(page.placed(page.text.page.redactions[0].box).center())


def test_text_under_a_box_is_kept_only_when_somebody_decides_so(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    bring_in(qtbot, window, tmp_path / "order.pdf", paper().bytes())
    assert "redaction" in close_report(qtbot).remark.text()
    assert HIDDEN not in window.session.text

    asked = decide(qtbot, window)
    assert asked.leave_out.isChecked()
    asked.keep.click()
    asked.accept()
    wait(qtbot, window)
    assert HIDDEN in window.view.toPlainText()
    assert HIDDEN in window.session.text

    window.paging.page()
    assert "kept" in told_at_box(window)

    undo = window.commands.actions["edit.undo"]
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    assert "not in the document's text" in told_at_box(window)
    assert HIDDEN not in window.session.text
    window.paging.text()
    assert HIDDEN not in window.view.toPlainText()


def test_covered_words_are_shown_on_demand_only(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    bring_in(qtbot, window, tmp_path / "order.pdf", paper().bytes())
    close_report(qtbot)
    asked = decide(qtbot, window)
    assert HIDDEN not in asked.list.item(0).text()

    asked.show_words.click()

    assert HIDDEN in asked.list.item(0).text()
    asked.reject()


def test_document_without_covered_text_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    plain = Paper()
    plain.put(72, 100, "Nothing is covered here.")
    bring_in(qtbot, window, tmp_path / "order.pdf", plain.bytes())

    window.commands.actions["document.redactions"].trigger()

    assert "No text lies under" in window.status.currentMessage()

    window.commands.actions["document.read_scans"].trigger()

    assert "No page of this document needs OCR" in window.status.currentMessage()


def test_text_that_there_is_none_of_or_that_is_not_reliable_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.paging.text()
    about, view = window.pane.header.about, window.view
    bring_in(qtbot, window, tmp_path / "order.pdf", paper().bytes())
    close_report(qtbot)
    assert (about.text(), view.placeholderText()) == ("Article", "")

    bring_in(qtbot, window, tmp_path / "scan.pdf", scanned(paper()))
    close_report(qtbot)
    assert about.text() == "pictures without text  ·  Article"
    assert "Read scanned pages" in view.placeholderText()

    bring_in(qtbot, window, tmp_path / "odd.pdf", garbled().bytes())
    close_report(qtbot)
    assert about.text() == "text not reliable  ·  Article"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in program is a shell script")
def test_document_of_another_kind_once_it_is_read_stays_shown_as_it_was(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tesseract(tmp_path, monkeypatch, ["No. 31-1801", "ORDER"])
    bring_in(qtbot, window, tmp_path / "scan.pdf", scanned(paper()))
    close_report(qtbot)
    window.paging.split()

    window.commands.actions["document.read_scans"].trigger()
    wait(qtbot, window)

    assert window.session.document is not None
    assert window.session.document.kind != "article"
    assert window.paging.mode == "split"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in program is a shell script")
def test_scanned_page_has_its_text_after_the_job(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tesseract(tmp_path, monkeypatch, ["Motion", "granted."])
    bring_in(qtbot, window, tmp_path / "scan.pdf", scanned(paper()))
    assert "OCR" in close_report(qtbot).remark.text()
    assert window.session.text == ""

    window.commands.actions["document.read_scans"].trigger()
    wait(qtbot, window)

    assert window.session.text == "Motion granted."
    assert window.session.document is not None
    assert window.session.document.metadata["ocr"]["pages"] == [1]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in program is a shell script")
def test_reading_of_scans_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = 'if [ "$1" = --version ]; then echo "tesseract 5.3"; else exec sleep 20; fi'
    put_program(tmp_path / "programs", monkeypatch, waits)
    bring_in(qtbot, window, tmp_path / "scan.pdf", scanned(paper()))
    close_report(qtbot)

    window.commands.actions["document.read_scans"].trigger()
    qtbot.waitUntil(lambda: "OCR of page 1" in window.jobs.jobs[0].progress.subject, timeout=30_000)
    window.status.job.cancel.click()
    wait(qtbot, window)

    assert "Cancelled" in window.status.currentMessage()
    assert window.session.text == ""


def test_protected_file_is_imported_with_its_password_which_is_never_stored(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    locked = encrypted(paper().bytes(), PASSWORD)
    bring_in(qtbot, window, tmp_path / "locked.pdf", locked)
    for word in ("wrong", PASSWORD):
        asked = dialog(qtbot, "import_password")
        assert isinstance(asked, QInputDialog)
        assert "--password" not in asked.labelText()
        asked.setTextValue(word)
        asked.accept()
        wait(qtbot, window)
    close_report(qtbot)

    assert window.session.text == "The informant spoke to Norvel on Monday."
    store, document = window.session.store, window.session.document
    assert store is not None
    assert isinstance(document, Document)
    assert store.source(document.source_sha256) == locked
    window.paging.page()
    qtbot.waitUntil(lambda: window.paging.view.is_drawn)
    assert not window.paging.painting.trouble.isVisible()
    for file in [path for path in tmp_path.rglob("*") if path.is_file()]:
        assert PASSWORD.encode() not in file.read_bytes()


def test_protected_file_without_a_password_stays_refused(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    bring_in(qtbot, window, tmp_path / "locked.pdf", encrypted(paper().bytes(), PASSWORD))

    asked: QDialog = dialog(qtbot, "import_password")
    asked.reject()

    assert "protected with a password" in close_report(qtbot).remark.text()
    assert window.session.document is None
