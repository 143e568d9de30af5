"""The import report: every file in a row, problems apart, everything to copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from annotator.services.importing import ImportReport, ImportRow
from tests.ui.showing import shown
from ui.dialogs.import_report import ImportReportDialog

REPORT = ImportReport(
    (
        ImportRow("ruling.html", "read", "Judge bars a company", "d1", 3),
        ImportRow("scan.pdf", "read", "Order", "d2", warnings=("Page 4 has no text.",)),
        ImportRow("old.txt", "already_here", "An old article", "d3"),
        ImportRow("locked.docx", "refused", reason="locked.docx is protected by a password."),
    )
)


def make_dialog(qtbot: QtBot, report: ImportReport = REPORT) -> ImportReportDialog:
    return shown(ImportReportDialog(report), qtbot, width=860, height=520)


def column(dialog: ImportReportDialog, number: int) -> list[str]:
    model = dialog.table.model()
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def test_counts_stand_at_the_top(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    assert dialog.summary() == "2 read, 1 already here, 1 refused, 3 spans came along"


def test_every_file_has_a_row_that_says_what_became_of_it(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    assert column(dialog, 0) == ["Read", "Read, with a warning", "Already here", "Refused"]
    assert column(dialog, 1) == ["ruling.html", "scan.pdf", "old.txt", "locked.docx"]
    assert column(dialog, 3)[3] == "locked.docx is protected by a password."


def test_first_problem_is_selected_and_told_whole(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    assert dialog.remark.text() == "scan.pdf: Page 4 has no text."


def test_arrow_keys_tell_of_the_next_file(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)
    dialog.table.setFocus()

    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)

    assert dialog.remark.text() == "old.txt: An old article"


def test_file_that_a_sentence_begins_with_is_named_once(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    dialog.table.selectRow(3)

    assert dialog.remark.text() == "locked.docx is protected by a password."


def test_only_problems_are_listed_on_demand(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    dialog.only_problems.click()
    assert column(dialog, 1) == ["scan.pdf", "locked.docx"]

    dialog.only_problems.click()
    assert len(column(dialog, 1)) == 4


def test_without_problems_there_is_nothing_to_filter(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, ImportReport(REPORT.rows[:1]))

    assert not dialog.only_problems.isEnabled()
    assert dialog.remark.text() == "ruling.html: Judge bars a company"


def test_empty_report_says_so(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, ImportReport(()))

    assert dialog.summary() == "There was nothing to import"
    assert dialog.remark.text() == ""


def test_report_is_copied_as_text(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    dialog.copy.click()

    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert lines[1] == "Read, with a warning\tscan.pdf\tOrder\tPage 4 has no text."


def test_report_of_a_thousand_files_opens(qtbot: QtBot) -> None:
    rows = tuple(ImportRow(f"{n}.txt", "read", f"Article {n}", f"d{n}") for n in range(1000))

    dialog = make_dialog(qtbot, ImportReport(rows))

    assert len(column(dialog, 1)) == 1000
