"""The text view with 1 MB of text and 10,000 spans: opening, marking by key, scrolling, switching documents.

Marking and switching are measured in the real window on a real project file, so panels, lists and the
database are in the figure.
"""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from annotator.change import make_change
from annotator.model import (
    Annotation,
    Document,
    Fragment,
    TextVersion,
    annotator_set_id,
    derived_id,
    now,
    quote,
)
from annotator.store import Contents, Store
from annotator.text import text_sha256
from benchmarks.figure import Figure, median, percentile_99
from tests.projects import new_project
from ui.main_window import MainWindow
from ui.stage import open_window, settle
from ui.views.overlay import PaintedSpan
from ui.views.reading import ReadingStyle
from ui.views.text_view import TextView

LETTERS = 1_000_000
SPANS = 10_000
USUAL_SPANS = 300
SWITCH_AIM = 100.0
FRAME = 1000 / 60
SIZE = QSize(1280, 800)

SENTENCES = (
    "The court held that the defendant, a maker of surveillance software, is not immune from suit. ",
    "Its lawyers argued that the order goes too far and said that they would appeal to a higher court. ",
    "In a written opinion the judge found that the harm outweighs the burden, and enjoined the company. ",
)
LABELS = (
    ("organization", "#56B4E9"),
    ("claim", "#E69F00"),
    ("holding", "#0072B2"),
    ("person", "#CC79A7"),
    ("order", "#D55E00"),
)


def long_text(title: str) -> str:
    """A megabyte of paragraphs of three to eight sentences."""
    parts, length, number = [f"{title}\n"], 0, 0
    while length < LETTERS:
        paragraph = "".join(SENTENCES[(number + each) % 3] for each in range(3 + number % 6)).strip() + "\n"
        parts.append(paragraph)
        length += len(paragraph)
        number += 1
    return "".join(parts)[:LETTERS]


def extents(count: int = SPANS) -> list[tuple[str, str, Fragment]]:
    """Label, colour and place of each span: words, phrases and sentences, some across the next one."""
    found = []
    for number in range(count):
        label, colour = LABELS[number % len(LABELS)]
        start = number * (LETTERS // count) + (number % 3) * 9
        found.append((label, colour, Fragment(start, start + (12, 45, 130)[number % 3])))
    return found


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def paint(view: QTextEdit) -> None:
    view.viewport().repaint()


def open_plain(view: QTextEdit, text: str) -> None:
    """The quickest that Qt can show a text with that font and line height; no spans."""
    style = ReadingStyle()
    document = QTextDocument(view)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(style.font())
    line_height = QTextBlockFormat()
    line_height.setLineHeight(style.line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(line_height)
    cursor.insertText(text)
    view.setDocument(document)
    paint(view)


def open_with_spans(view: TextView, text: str, spans: list[PaintedSpan]) -> None:
    view.show_text(text)
    view.set_spans(spans)
    paint(view)


def measure_opening(text: str) -> Figure:
    plain, view = QTextEdit(), TextView()
    for widget in (plain, view):
        widget.resize(SIZE)
        widget.show()
    settle()
    spans = [
        PaintedSpan(str(number), (place,), label.capitalize(), colour)
        for number, (label, colour, place) in enumerate(extents())
    ]
    pairs = [
        (
            milliseconds(lambda: open_plain(plain, text)),
            milliseconds(lambda: open_with_spans(view, text, spans)),
        )
        for _ in range(9)
    ]
    plain.close()
    view.close()
    return Figure(
        "open 1 MB with 10,000 spans",
        median([ours for _floor, ours in pairs]),
        "QTextEdit, same text and line height, no spans",
        median([floor for floor, _ours in pairs]),
        "ms",
        2,
    )


def measure_scrolling(view: TextView) -> Figure:
    bar = view.verticalScrollBar()
    page = view.viewport().height()

    def turn() -> None:
        bar.setValue(bar.value() + page)
        paint(view)

    bar.setValue(0)
    times = [milliseconds(turn) for _ in range(300)]
    return Figure(
        "scroll a page among 10,000 spans, p99", percentile_99(times), "a 60 Hz frame", FRAME, "ms", 1
    )


class Paints(QObject):
    """Counts how often a view is painted."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view)
        self.count = 0
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def measure_marking(window: MainWindow, folder: Path) -> Figure:
    """From the press of a label's key to the painted span; words all over the text, not yet marked so."""
    view, text = window.view, window.session.text

    def press() -> None:
        QTest.keyClick(view, Qt.Key.Key_F)
        QApplication.processEvents()

    def mark(start: int) -> float:
        view.select(start, text.index(" ", start + 1))
        settle()
        paints.count = 0
        taken = milliseconds(press)
        if not paints.count:
            raise RuntimeError("a key press was not followed by painting")
        return taken

    paints = Paints(view)

    places = [text.index(" ", place) + 1 for place in range(40_000, LETTERS - 40_000, LETTERS // 220)]
    before = len(window.session.annotations)
    times = [mark(place) for place in places]
    if len(window.session.annotations) - before != len(places):
        raise RuntimeError("some key presses marked nothing")
    commits = bare_commits(folder / "bare.db", len(places))
    return Figure(
        "key press to painted highlight, p99",
        percentile_99(times),
        "a bare SQLite FULL commit and a 60 Hz frame",
        percentile_99(commits) + FRAME,
        "ms",
        1,
    )


def bare_commits(path: Path, count: int) -> list[float]:
    """How long single inserts take in a database that is as safe as a project file."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, words TEXT)")

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO mark (words) VALUES (?)", ("x" * 200,))
        connection.execute("COMMIT")

    times = [milliseconds(insert) for _ in range(count)]
    connection.close()
    return times


def measure_switching(window: MainWindow, documents: tuple[str, ...], spans: str) -> Figure:
    """Going to and fro between documents in the real window until the page in view is painted with its spans.

    The spans out of view are taken in right after that, which is not in the figure.
    """

    def switch(document: str) -> None:
        window.session.open_document(document)
        paint(window.view)

    times = []
    for document in documents * 25:
        times.append(milliseconds(partial(switch, document)))
        settle()
    what = f"switch document at 1 MB with {spans} spans, p99"
    return Figure(what, percentile_99(times), "the aim", SWITCH_AIM, "ms", 1)


def fill(store: Store, document: str, text: str, *, spans: int) -> None:
    """A document of that text with as many spans, by the project's lead."""
    annotator, sha256, written = store.annotators()[0].id, text_sha256(text), now()
    version = derived_id(document, "text")
    records: list[Document | TextVersion | Annotation] = [
        Document(document, document, "article", sha256, f"{document}.txt", version, written),
        TextVersion(version, document, "text", "1", sha256, len(text), written),
    ]
    for number, (label, _colour, place) in enumerate(extents(spans)):
        records.append(
            Annotation(
                derived_id(document, str(number)),
                document,
                version,
                annotator_set_id(annotator),
                label,
                (place,),
                quote(text, (place,)),
                written,
                written,
            )
        )
    change = make_change("Import", annotator=annotator, document=document, after=records)
    store.apply(change, Contents({sha256: text.encode()}, {sha256: text}, {}))


def measure() -> list[Figure]:
    application = QApplication.instance() or QApplication([])
    usual, crowded = ("one", "two"), ("three", "four")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "bench.annotator"
        with new_project(path) as store:
            for document in usual:
                fill(store, document, long_text(document), spans=USUAL_SPANS)
            for document in crowded:
                fill(store, document, long_text(document), spans=SPANS)
        opening = measure_opening(long_text("three"))
        window = open_window(path, size=SIZE)
        switching = [
            measure_switching(window, usual, f"{USUAL_SPANS:,}"),
            measure_switching(window, crowded, f"{SPANS:,}"),
        ]
        window.session.open_document("three")
        window.view.setFocus()
        settle()
        figures = [
            opening,
            measure_marking(window, folder),
            measure_scrolling(window.view),
            *switching,
        ]
        window.close()
        settle()
    application.closeAllWindows()
    return figures
