"""A document gets another text while its review is under way, by the real import and by reading it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.model import Annotation, Document, gold_set_id
from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.readers.options import ReadOptions
from annotator.services import annotating
from annotator.services.feedback import feedback
from annotator.services.importing import import_paths
from annotator.services.rereading import reread
from tests import reviews
from tests.factories import TEXT
from tests.pdf_pages import Paper
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import joined_by, open_review, open_window
from ui.main_window import MainWindow
from ui.review.history_dialog import HistoryDialog
from ui.review.window import ReviewWindow

NAMES = ("Bo", "Cy")
KEEP = ReadOptions(keep_redacted=True)
FIRST, LATER = "The informant", "Norvel"  # before and after the name under the box


@pytest.fixture
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess() as process:
        yield process


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {})) as window:
        joined_by(window, NAMES)
        yield window


def imported(window: MainWindow, process: ReaderProcess, path: Path) -> str:
    """The document that a file becomes."""
    store = store_of(window.session)
    report = run(import_paths(store, [path], annotator=me(window.session), process=process))
    [row] = report.rows
    assert row.document is not None
    return row.document


def marked(window: MainWindow, document: str, *words: str) -> None:
    """Bo and Cy mark the words in a document, and finish it."""
    store = store_of(window.session)
    found = store.record(Document, document)
    assert found is not None
    text = store.text(found.text_version)
    for name in NAMES:
        who = reviews.person(store, name)
        for each in words:
            place = text.index(each)
            annotating.highlight(
                store,
                annotator=who,
                document=document,
                label="person",
                fragments=((place, place + len(each)),),  # type: ignore[arg-type]
                exact=True,
            )
        annotating.set_work_state(store, annotator=who, document=document, state="done")
    window.session.refresh()


def decided(qtbot: QtBot, window: MainWindow, document: str) -> ReviewWindow:
    """All units of a document are decided for the first candidate."""
    screen = open_review(qtbot, window)
    screen.go_to(document)
    for _ in screen.desk.listed:
        qtbot.keyClick(screen, Qt.Key.Key_1)
    assert {screen.desk.state(unit) for unit in screen.desk.listed} == {"decided"}
    return screen


def gold(window: MainWindow, document: str) -> list[Annotation]:
    store = store_of(window.session)
    return list(store.annotations(document, gold_set_id(store.project_id)))


def filing(folder: Path) -> Path:
    """A filing with a name under a black box, which is left out unless somebody decides otherwise."""
    paper = Paper()
    paper.put(72, 100, f"{FIRST} Ludwig spoke to {LATER} on Monday.")
    left = 72 + paper.get_string_width(f"{FIRST} ")
    paper.box(left - 1, 88, paper.get_string_width("Ludwig") + 2, 16)
    path = folder / "filing.pdf"
    path.write_bytes(paper.bytes())
    return path


def read_with_what_is_hidden(window: MainWindow, process: ReaderProcess, document: str) -> None:
    store = store_of(window.session)
    run(reread(store, document, annotator=me(window.session), process=process, options=KEEP))
    window.session.refresh()  # as the window does once a job has written


def test_what_stands_elsewhere_in_another_reading_comes_back_and_gold_goes_along(
    qtbot: QtBot, window: MainWindow, process: ReaderProcess, tmp_path: Path
) -> None:
    document = imported(window, process, filing(tmp_path))
    marked(window, document, FIRST, LATER)
    screen = decided(qtbot, window, document)
    decisions = store_of(window.session).decisions(document)

    read_with_what_is_hidden(window, process, document)

    of = screen.desk.review
    assert of is not None
    assert "Ludwig" in of.text
    assert {of.text[unit.start : unit.end]: screen.desk.state(unit) for unit in screen.desk.listed} == {
        FIRST: "decided",
        LATER: "stale",
    }
    assert [of.text[span.start : span.end] for span in gold(window, document)] == [FIRST, LATER]
    assert store_of(window.session).decisions(document) == decisions
    assert screen.desk.unit is not None
    assert of.text[screen.desk.unit.start : screen.desk.unit.end] == LATER
    assert "Changed since" in screen.head.text()
    assert "changed elsewhere" in screen.line.text()
    assert "before the text was read again" in screen.focus.accessibleDescription()


def test_history_tells_what_was_decided_on_the_text_as_it_was(
    qtbot: QtBot, window: MainWindow, process: ReaderProcess, tmp_path: Path
) -> None:
    document = imported(window, process, filing(tmp_path))
    marked(window, document, LATER)
    screen = decided(qtbot, window, document)
    read_with_what_is_hidden(window, process, document)

    qtbot.keyClick(screen, Qt.Key.Key_H)

    [asked] = screen.findChildren(HistoryDialog)
    assert f"Gold: Person {LATER}" in asked.page.toPlainText()


def test_annotators_are_told_nothing_of_a_decision_on_the_text_as_it_was(
    qtbot: QtBot, window: MainWindow, process: ReaderProcess, tmp_path: Path
) -> None:
    document = imported(window, process, filing(tmp_path))
    marked(window, document, LATER)
    screen = open_review(qtbot, window)
    store = store_of(window.session)
    bo = reviews.person(store, "Bo")
    for words in ([LATER], []):
        screen.go_to(document)
        qtbot.keyClick(screen, Qt.Key.Key_0)
        if not words:
            read_with_what_is_hidden(window, process, document)
        qtbot.keyClick(screen, Qt.Key.Key_F)

        assert [each.words for each in feedback(store, annotator=bo, document=document)] == words


def test_decided_anew_it_takes_the_place_of_what_was_decided(
    qtbot: QtBot, window: MainWindow, process: ReaderProcess, tmp_path: Path
) -> None:
    document = imported(window, process, filing(tmp_path))
    marked(window, document, LATER)
    screen = decided(qtbot, window, document)
    [before] = gold(window, document)
    read_with_what_is_hidden(window, process, document)

    qtbot.keyClick(screen, Qt.Key.Key_1)

    [after] = gold(window, document)
    assert (after.id, after.quote.exact) == (before.id, LATER)
    assert [screen.desk.state(unit) for unit in screen.desk.listed] == ["decided"]


def test_file_that_comes_again_with_other_words_is_another_document_and_both_say_so(
    qtbot: QtBot, window: MainWindow, process: ReaderProcess, tmp_path: Path
) -> None:
    path = tmp_path / "ruling.txt"
    path.write_text(TEXT, "utf-8")
    first = imported(window, process, path)
    marked(window, first, "Ada Romero")
    screen = decided(qtbot, window, first)
    before = gold(window, first)

    path.write_text(f"Corrected. {TEXT}", "utf-8")
    second = imported(window, process, path)
    window.session.refresh()

    assert second != first
    assert gold(window, first) == before
    assert [screen.desk.state(unit) for unit in screen.desk.listed] == ["decided"]
    marked(window, second, "Ada Romero")
    screen.load()
    qtbot.waitUntil(lambda: screen.documents.count() == 2)
    assert "A later text of its file is in the project too" in screen.warning.text()
    assert screen.documents.currentText().startswith("Earlier text: ")
    screen.go_to(second)
    assert [screen.desk.state(unit) for unit in screen.desk.listed] == ["open"]
    assert "An earlier text of its file is in the project too" in screen.warning.text()
    assert "(spans: 2)" in screen.warning.text()
    assert "Earlier text" not in screen.documents.currentText()
