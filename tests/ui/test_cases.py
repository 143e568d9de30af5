"""Cases in the window: found, confirmed, edited, and the document list by case."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.services import annotating, cases
from tests import projects
from tests.ui.windows import dialog, open_window
from ui.cases.dialog import CasesDialog
from ui.main_window import MainWindow
from ui.stage import settle

ARTICLE = "Harrow sued Norvel. Harrow won in No. 4:19-cv-00042; Norvel appealed.\n"
ORDER = "The motion is DENIED.\n"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with projects.new_project(tmp_path) as store:
        projects.add_document(store, "news", text=ARTICLE, title="News", metadata={"date": "2025-10-18"})
        facts = {"court": "District Court", "caption": "Harrow v. Norvel", "date_filed": "2025-10-17"}
        projects.add_document(
            store, "order", text=ORDER, title="Order", kind="order", case="19-cv-42", metadata=facts
        )
        projects.add_document(store, "other", text="Nothing.\n", title="Other")
        annotating.highlight(store, annotator="ana", document="order", label="order", fragments=[(0, 20)])
        path = store.path
    with open_window(qtbot, path) as window:
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> CasesDialog:
    window.commands.actions["cases"].trigger()
    found = dialog(qtbot, "cases")
    assert isinstance(found, CasesDialog)
    return found


def found(qtbot: QtBot, window: MainWindow) -> CasesDialog:
    shown = opened(qtbot, window)
    qtbot.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shown.finding.isEnabled() and shown.list.count() > 0, timeout=20_000)
    return shown


def words(table: object) -> list[list[str]]:
    return [
        [table.item(row, column).text().strip() for column in range(table.columnCount())]  # type: ignore[attr-defined]
        for row in range(table.rowCount())  # type: ignore[attr-defined]
    ]


def listed(window: MainWindow) -> list[str]:
    model = window.documents.model
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def test_case_is_found_and_confirmed_by_keyboard_and_undone(qtbot: QtBot, window: MainWindow) -> None:
    shown = found(qtbot, window)
    assert words(shown.proposal.table) == [
        ["Order", "Order", "has the number 19-cv-42"],
        ["News", "Article", "has the number 4:19-cv-00042"],
    ]

    qtbot.keyClick(shown, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.page)
    assert [row[0] for row in words(shown.page.documents)] == ["Order", "News"]
    assert words(shown.page.timeline) == [
        ["2025-10-17", "Filed: Order"],
        ["", "Order: The motion is DENIED"],
        ["2025-10-18", "Published: News"],
    ]
    settle()
    window.commands.actions["edit.undo_across"].trigger()
    assert shown.list.count() == 0
    assert shown.stack.currentWidget() is shown.empty
    shown.close()


def test_document_list_groups_by_case_when_asked(qtbot: QtBot, window: MainWindow) -> None:
    shown = found(qtbot, window)
    shown.proposal.confirm.click()
    shown.close()

    window.commands.actions["documents.by_case"].trigger()

    assert listed(window) == ["Harrow v. Norvel  2", "News", "Order", "In no case  1", "Other"]
    window.commands.actions["documents.by_case"].trigger()
    assert listed(window) == ["To do  2", "News", "Other", "In progress  1", "Order"]


def test_case_is_made_named_filled_and_removed_by_hand(qtbot: QtBot, window: MainWindow) -> None:
    shown = opened(qtbot, window)
    shown.new.click()
    caption = shown.page.fields["caption"]
    qtbot.waitUntil(caption.hasFocus)
    qtbot.keyClicks(caption, "Harrow v. Norvel")
    qtbot.keyClick(caption, Qt.Key.Key_Tab)
    store = window.session.store
    assert store is not None
    assert [case.caption for case in store.cases()] == ["Harrow v. Norvel"]

    shown.page.put.click()
    picker = shown.page.findChild(object, "picker")
    settle()
    assert picker is not None
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert len(store.case_documents()) == 1

    shown.page.documents.selectRow(0)
    shown.page.take_out.click()
    assert store.case_documents() == ()
    shown.remove.click()
    assert store.cases() == ()
    shown.close()


def test_row_opens_its_document_or_goes_to_its_span(qtbot: QtBot, window: MainWindow) -> None:
    shown = found(qtbot, window)
    shown.proposal.confirm.click()
    shown.page.tabs.setCurrentWidget(shown.page.timeline)
    shown.page.timeline.setCurrentCell(1, 1)

    qtbot.keyClick(shown.page.timeline, Qt.Key.Key_Return)

    assert window.session.document is not None
    assert window.session.document.id == "order"
    assert window.session.selected_annotation is not None
    shown.close()


def test_refused_edit_is_told_in_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    store = window.session.store
    assert store is not None
    cases.add(store, annotator="ana", docket_number="", caption="New case")
    shown = opened(qtbot, window)

    shown.new.click()

    assert shown.fault.text() == "There is a case New case already."
    shown.close()


def test_coverage_is_shown_followed_and_saved(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    shown = found(qtbot, window)
    shown.proposal.confirm.click()
    shown.page.tabs.setCurrentWidget(shown.page.coverage)

    assert words(shown.page.coverage.table) == [
        ["not mentioned", "Order: The motion is DENIED", "Order", "1", ""],
    ]
    shown.page.coverage.write(tmp_path / "coverage.csv")
    assert "The motion is DENIED" in (tmp_path / "coverage.csv").read_text("utf-8-sig")
    shown.page.coverage.write(tmp_path / "coverage.json")
    assert "The motion is DENIED" in {
        row["words"] for row in json.loads((tmp_path / "coverage.json").read_bytes())
    }
    shown.page.coverage.write(tmp_path)
    assert "is not a file" in shown.fault.text()
    shown.page.coverage.table.setCurrentCell(0, 1)
    qtbot.keyClick(shown.page.coverage.table, Qt.Key.Key_Return)
    assert window.session.selected_annotation is not None
    shown.close()
