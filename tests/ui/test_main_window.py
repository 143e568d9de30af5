"""The window as a whole: projects, documents, imports, exports, what it remembers, and what goes wrong."""

import json
import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.progress import Job, Progress
from annotator.recipes import Recipe
from annotator.services import annotating
from storage.store import open_project
from tests.factories import TEXT
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import dialog, open_window, press, select
from tests.unit.exporters.exporting import written
from ui import cli
from ui.dialogs.import_report import ImportReportDialog
from ui.dialogs.new_project import NewProjectDialog
from ui.dialogs.paste import PasteDialog
from ui.dialogs.problem import ProblemDialog
from ui.export.dialog import ExportDialog
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
K = Qt.Key
OTHER = "The court denied the motion.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "news.annotator", {"one": TEXT, "two": OTHER, "three": "It may appeal.\n"})


@pytest.fixture
def window(qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, path) as window:
        yield window


@pytest.fixture
def start_page(qtbot: QtBot) -> Iterator[MainWindow]:
    with open_window(qtbot, None) as window:
        yield window


def titles(window: MainWindow) -> list[str]:
    return [row.title for row in window.documents.model.shown()]


def jobs_done(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=60_000)


def problem(qtbot: QtBot) -> ProblemDialog:
    found = dialog(qtbot, "problem")
    assert isinstance(found, ProblemDialog)
    return found


# -- projects


def test_start_page_shows_no_panels(start_page: MainWindow) -> None:
    assert start_page.centre.currentWidget() is start_page.welcome
    assert all(dock.isHidden() for dock in start_page.docks.values())


def test_opened_project_shows_its_first_document(window: MainWindow) -> None:
    assert window.session.document is not None
    assert window.view.text == TEXT
    assert titles(window) == ["one", "two", "three"]
    assert window.windowTitle() == "one — news — Annotator"
    assert (window.status.annotator.text(), window.status.saved.text()) == ("Lee", "Saved")


def test_new_project_is_made_by_its_dialog(qtbot: QtBot, start_page: MainWindow, tmp_path: Path) -> None:
    press(qtbot, start_page, K.Key_N, CTRL)
    asked = dialog(qtbot, "new_project")
    assert isinstance(asked, NewProjectDialog)
    asked.name.setText("Rulings")
    asked.folder.setText(str(tmp_path))
    asked.who.setText("Kim")
    asked.accept()

    assert (tmp_path / "Rulings.annotator").is_file()
    assert start_page.status.annotator.text() == "Kim"
    assert start_page.pane.stack.currentWidget() is start_page.pane.no_documents


@pytest.mark.parametrize("content", [b"not a database", b"", b"SQLite format 3\x00" + b"\x00" * 200])
def test_file_that_is_no_project_is_told_in_a_sentence(
    qtbot: QtBot, start_page: MainWindow, tmp_path: Path, content: bytes
) -> None:
    other = tmp_path / "notes.annotator"
    other.write_bytes(content)

    assert not start_page.projects.open(other)

    told = problem(qtbot)
    assert "notes.annotator" in told.words.text()
    assert other.read_bytes() == content
    told.close()


def test_project_of_a_newer_program_is_told_and_left_alone(
    qtbot: QtBot, start_page: MainWindow, path: Path
) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'r9999_future'")
    connection.close()
    before = path.read_bytes()

    assert not start_page.projects.open(path)

    told = problem(qtbot)
    assert "version of Annotator" in told.words.text()
    assert path.read_bytes() == before
    told.close()


def test_project_that_is_open_elsewhere_can_be_read(qtbot: QtBot, start_page: MainWindow, path: Path) -> None:
    with open_project(path, workstation="elsewhere"):
        assert not start_page.projects.open(path)
        question = dialog(qtbot, "read_only")
        assert isinstance(question, QMessageBox)
        read = next(b for b in question.buttons() if b.text() == "Open to read")
        read.click()

        assert start_page.status.saved.text() == "Read-only"
        select(start_page, "District Court")
        start_page.marking.press("court")
        assert start_page.session.annotations == {}
        assert start_page.status.currentMessage()


def test_closing_a_project_goes_back_to_the_start_page(window: MainWindow, path: Path) -> None:
    window.projects.close()

    assert window.centre.currentWidget() is window.welcome
    assert window.memory.recent == (path,)
    with open_project(path, workstation="elsewhere") as store:
        assert len(store.documents()) == 3


def test_copy_is_a_project_of_its_own(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    select(window, "District Court")
    press(qtbot, window, K.Key_3)
    target = tmp_path / "copy.annotator"

    window.projects.copy_to(target)
    jobs_done(qtbot, window)

    assert "copy.annotator" in window.status.currentMessage()
    with open_project(target, workstation="elsewhere") as store:
        assert [span.label for span in store.annotations("one")] == ["court"]


def test_sample_project_is_made_and_opened(qtbot: QtBot, start_page: MainWindow) -> None:
    start_page.projects.open_sample()
    jobs_done(qtbot, start_page)

    assert len(titles(start_page)) == 5
    assert len(start_page.session.annotations) > 10


# -- what is remembered


def test_window_goes_on_where_it_was_left(qtbot: QtBot, path: Path) -> None:
    long = make_project(
        path.with_name("long.annotator"), {"one": OTHER, "two": "A line of the text.\n" * 300}
    )
    with open_window(qtbot, long) as window:
        window.session.edit(lambda s: annotating.add_annotator(s, annotator=me(window.session), name="Kim"))
        kim = next(who.id for who in store_of(window.session).annotators() if who.name == "Kim")
        window.session.switch_annotator(kim)
        window.session.open_document("two")
        window.view.set_zoom(150)
        window.view.restore_place(3000)
        place = window.view.place()
        window.docks["details"].hide()
        window.resize(1100, 700)

    with open_window(qtbot, None) as again:
        again.resize(1100, 700)
        again.projects.open(again.memory.recent[0])
        assert again.status.annotator.text() == "Kim"
        assert again.session.document is not None
        assert again.session.document.id == "two"
        assert again.view.zoom() == 150
        assert abs(again.view.place() - place) < 200
        assert (again.docks["details"].isHidden(), again.docks["labels"].isHidden()) == (True, False)


def test_each_document_has_a_place_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    texts = {"one": "First line here.\n" * 300, "two": "Another line.\n" * 300}
    with open_window(qtbot, make_project(tmp_path / "long.annotator", texts)) as window:
        window.view.restore_place(2000)
        place = window.view.place()
        press(qtbot, window, K.Key_Down, CTRL)
        assert window.view.place() == 0

        press(qtbot, window, K.Key_Up, CTRL)

        assert window.view.place() == place > 0


# -- documents


def test_documents_are_stepped_through_and_the_ends_are_told(qtbot: QtBot, window: MainWindow) -> None:
    seen = []
    for _ in range(3):
        assert window.session.document is not None
        seen.append(window.session.document.id)
        press(qtbot, window, K.Key_Down, CTRL)

    assert seen == ["one", "two", "three"]
    assert "last document" in window.status.currentMessage()
    press(qtbot, window, K.Key_Up, CTRL)
    assert window.session.document.id == "two"


def test_finished_document_goes_to_done_and_the_next_one_opens(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_Return, CTRL)

    assert window.session.document is not None
    assert window.session.document.id == "two"
    assert titles(window) == ["two", "three", "one"]
    assert window.view.hasFocus()


def test_search_box_finds_and_opens_a_document(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_L, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "thr")
    assert titles(window) == ["three"]

    press(qtbot, window, K.Key_Return)

    assert window.session.document is not None
    assert window.session.document.id == "three"
    assert window.view.hasFocus()


def test_first_span_moves_the_document_in_the_list(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "District Court")
    press(qtbot, window, K.Key_3)

    assert titles(window) == ["two", "three", "one"]
    current = window.documents.model.document_at(window.documents.list.currentIndex())
    assert current is not None
    assert (current.id, current.spans) == ("one", 1)


def test_focus_goes_round_the_panes_and_back(qtbot: QtBot, window: MainWindow) -> None:
    seen = []
    for _ in range(4):
        press(qtbot, window, K.Key_F6)
        focused = QApplication.focusWidget()
        names = [
            pane.objectName() or type(pane).__name__
            for pane in window.going.panes()
            if pane is focused or pane.isAncestorOf(focused)
        ]
        seen += names

    assert len(seen) >= 3
    press(qtbot, window, K.Key_F6, SHIFT)
    assert QApplication.focusWidget() is not None


def test_words_are_found_in_the_document(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_F, CTRL)
    qtbot.keyClicks(window.pane.find_bar.field, "court")
    assert window.pane.find_bar.count.text() == "1 of 2"
    press(qtbot, window, K.Key_Return)
    assert window.pane.find_bar.count.text() == "2 of 2"

    press(qtbot, window, K.Key_Escape)

    assert window.view.hasFocus()
    assert window.view.selection() == (TEXT.rindex("court"), TEXT.rindex("court") + 5)


def test_switched_annotator_sees_an_own_set(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "District Court")
    press(qtbot, window, K.Key_3)
    lee = me(window.session)
    window.session.edit(lambda s: annotating.add_annotator(s, annotator=lee, name="Kim"))
    kim = next(who.id for who in store_of(window.session).annotators() if who.name == "Kim")

    window.session.switch_annotator(kim)

    assert window.view.spans_at(TEXT.index("District")) == ()
    assert window.status.annotator.text() == "Kim"
    assert [row.spans for row in window.documents.model.shown()] == [0, 0, 0]


# -- documents in, datasets out


def test_single_file_is_imported_and_opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    source = tmp_path / "ruling.txt"
    source.write_text("The judge ruled that the contract is void.\n", "utf-8")

    window.importing.import_paths([source])
    jobs_done(qtbot, window)

    assert window.view.text == "The judge ruled that the contract is void.\n"
    assert "was added" in window.status.currentMessage()


def test_folder_is_imported_with_a_report_on_every_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "filings"
    folder.mkdir()
    (folder / "good.txt").write_text("The judge ruled.\n", "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "image.png").write_bytes(b"\x89PNG\r\n")

    window.importing.import_paths([folder])
    jobs_done(qtbot, window)

    report = dialog(qtbot, "import_report")
    assert isinstance(report, ImportReportDialog)
    assert len(titles(window)) == 4
    report.close()


def test_text_on_the_clipboard_becomes_a_document(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("Court voids contract\n\nThe judge ruled that it is void.\n")
    press(qtbot, window, K.Key_V, CTRL)
    asked = dialog(qtbot, "paste")
    assert isinstance(asked, PasteDialog)
    asked.accept()
    jobs_done(qtbot, window)

    assert "Court voids contract" in titles(window)
    assert window.view.text.startswith("Court voids contract")


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_dropped_file_is_imported(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    source = tmp_path / "ruling.txt"
    source.write_text("The judge ruled.\n", "utf-8")

    drop(window, source)
    jobs_done(qtbot, window)

    assert len(titles(window)) == 4


def test_dropped_project_is_opened(start_page: MainWindow, path: Path) -> None:
    drop(start_page, path)

    assert start_page.session.store is not None


def test_export_writes_what_is_marked(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    select(window, "that Norvel cannot claim immunity")
    press(qtbot, window, K.Key_D)
    target = tmp_path / "out.jsonl"

    window.importing.export_recipe(Recipe(out=str(target)))
    jobs_done(qtbot, window)

    first = json.loads(target.read_text("utf-8").splitlines()[0])
    assert [span["text"] for span in first["spans"]] == ["that Norvel cannot claim immunity"]
    assert "out.jsonl" in window.status.currentMessage()


def test_last_export_is_offered_after_a_restart(qtbot: QtBot, path: Path, tmp_path: Path) -> None:
    with open_window(qtbot, path) as window:
        window.importing.export_recipe(Recipe(format="csv", gold=True, out=str(tmp_path / "gold.csv")))
        jobs_done(qtbot, window)

    with open_window(qtbot, path) as window:
        window.commands.actions["export"].trigger()
        asked = dialog(qtbot, "export")
        assert isinstance(asked, ExportDialog)
        offered = asked.recipe()
        asked.reject()
        jobs_done(qtbot, window)

    assert (tmp_path / "gold.csv").is_file()
    assert offered == Recipe(format="csv", gold=True, out="gold.csv")


def test_recipe_of_the_command_line_gives_the_same_bytes_in_the_window(
    qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "dataset"
    choices = ("--format", "csv", "--unit", "sentence", "--split", "50/50", "--out", str(out))
    assert cli.run(["export", str(path), *choices, "--save-recipe", "Sentences"]) == 0
    before = written(out)
    with open_window(qtbot, path) as window:
        window.commands.actions["export"].trigger()
        asked = dialog(qtbot, "export")
        assert isinstance(asked, ExportDialog)
        asked.recipes.setEditText("Sentences")
        qtbot.keyClick(asked.recipes, K.Key_Return)

        asked.export.click()
        jobs_done(qtbot, window)

        assert "dataset" in window.status.currentMessage()
    assert written(out) == before


def test_export_that_fails_is_told_and_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    target = tmp_path / "missing" / "out.jsonl"

    window.importing.export_recipe(Recipe(out=str(target)))
    jobs_done(qtbot, window)

    told = problem(qtbot)
    assert "missing" in told.words.text()
    told.close()
    select(window, "District Court")
    window.marking.press("court")
    assert len(window.session.annotations) == 1


def endless() -> Job[None]:
    count = 0
    while True:
        count += 1
        yield Progress(count, 0, "for ever")


def test_running_job_is_shown_and_can_be_cancelled(qtbot: QtBot, window: MainWindow) -> None:
    handle = window.jobs.job("Count", endless)
    handle.start()
    qtbot.waitUntil(lambda: "for ever" in window.status.job.text.text())
    assert not window.status.job.isHidden()

    window.status.job.cancel.click()
    jobs_done(qtbot, window)

    assert window.status.job.isHidden()


def test_closing_the_window_ends_what_runs(qtbot: QtBot, path: Path) -> None:
    with open_window(qtbot, path) as window:
        window.jobs.job("Count", endless).start()
        qtbot.waitUntil(lambda: bool(window.status.job.text.text()))
        window.close()
        assert window.session.store is None
    with open_project(path, workstation="elsewhere") as store:
        assert not store.read_only


# -- looks and failures


def test_theme_is_chosen_and_kept(window: MainWindow) -> None:
    window.commands.actions["theme.dark"].trigger()
    assert window.looks.theme.is_dark

    window.commands.actions["theme.light"].trigger()

    assert not window.looks.theme.is_dark
    assert window.settings["theme"] == "light"


def test_zoom_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_Plus, CTRL)

    assert window.status.zoom.text() == "110 %"
    press(qtbot, window, K.Key_0, CTRL)
    assert window.status.zoom.text() == "100 %"


def test_panels_are_hidden_shown_and_reset(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_F7)
    assert window.docks["documents"].isHidden()

    window.commands.actions["view.reset"].trigger()

    assert not window.docks["documents"].isHidden()


def test_fault_of_the_program_is_told_once_and_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        window.failures.take(ZeroDivisionError(f"fault {number}"))
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)

    told = problem(qtbot)
    assert "The window shows again what is saved" in told.words.text()
    assert "ZeroDivisionError" in told.details.toPlainText()
    assert "fault 0" not in told.details.toPlainText()
    assert caplog.text.count("ZeroDivisionError") == 3
    assert caplog.text.count("ZeroDivisionError, as before") == 2
    assert "fault 0" not in caplog.text
    told.close()
    select(window, "District Court")
    window.marking.press("court")
    assert len(window.session.annotations) == 1


def test_fault_after_the_dialog_was_closed_is_told_again(qtbot: QtBot, window: MainWindow) -> None:
    for fault in (ZeroDivisionError("fault"), KeyError("another"), ZeroDivisionError("fault")):
        window.failures.take(fault)
        problem(qtbot).close()


def test_what_nobody_catches_is_told_from_any_thread(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window.failures.install()

    fault = ZeroDivisionError("in the window")
    sys.excepthook(ZeroDivisionError, fault, None)
    told = problem(qtbot)
    assert "ZeroDivisionError" in told.details.toPlainText()
    told.close()

    worker = threading.Thread(target=lambda: 1 // 0)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ProblemDialog))
    problem(qtbot).close()


def test_document_list_is_walked_by_keyboard_without_opening_each(qtbot: QtBot, window: MainWindow) -> None:
    window.documents.list.setFocus()
    press(qtbot, window, K.Key_Down)
    assert window.session.document is not None
    assert window.session.document.id == "one"

    press(qtbot, window, K.Key_Return)

    assert window.session.document.id == "two"
    assert window.view.hasFocus()


def test_long_job_text_leaves_the_window_as_wide_as_it_is(qtbot: QtBot, window: MainWindow) -> None:
    def job() -> Job[None]:
        for done in range(1_000_000):
            yield Progress(done, 1_000_000, "a very long file name " * 40)

    before = window.minimumSizeHint().width()
    handle = window.jobs.job("Import", job)
    handle.start()
    qtbot.waitUntil(lambda: "very long" in window.status.job.text.text())

    assert window.minimumSizeHint().width() - before < 600
    handle.cancel()
    jobs_done(qtbot, window)


def test_name_given_for_the_first_project_is_the_users_own(
    qtbot: QtBot, start_page: MainWindow, tmp_path: Path, path: Path
) -> None:
    start_page.projects.create()
    asked = dialog(qtbot, "new_project")
    assert isinstance(asked, NewProjectDialog)
    asked.name.setText("Rulings")
    asked.folder.setText(str(tmp_path))
    asked.who.setText("Kim")
    asked.accept()
    assert start_page.settings.who == "Kim"
    assert start_page.pane.notice.isHidden()

    start_page.projects.open(path)

    assert "Kim is not in this project: you annotate as Lee." in start_page.pane.notice.text.text()
