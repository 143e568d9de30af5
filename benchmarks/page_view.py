"""The page view on a 730-page statute: its first page on screen, flat in page count; scrolling with spans.

The statute is that of the corpus beside the project, or else pages of our own. Its words are laid out here
and not read from it, which takes minutes and changes nothing of what is measured.
"""

import hashlib
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from annotator.change import make_change
from annotator.geometry import Page, Range, Word
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
from benchmarks.text_view import milliseconds
from tests.pdf_pages import Paper
from tests.projects import new_project
from ui.main_window import MainWindow
from ui.stage import open_window, settle, wait_until

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
STATUTE = CORPUS / "court" / "inflation-reduction-act-730p.pdf"
PAGES = 730
FEW = 10
SPANS = 10_000
FRAME = 1000 / 60
SIZE = QSize(1280, 800)

LINES, WORDS = 25, 10
"""On a page and on a line."""


def statute() -> bytes:
    """A PDF of 730 pages."""
    if STATUTE.is_file():
        return STATUTE.read_bytes()
    paper = Paper()
    for number in range(PAGES):
        if number:
            paper.add_page()
        paper.put_lines(72, 90, [f"SEC. {number}. The Secretary shall carry out this section."] * LINES, 24)
    return paper.bytes()


def laid_out(count: int) -> tuple[str, tuple[Page, ...]]:
    """The text of as many pages, and where its words stand."""
    line = " ".join(["section"] * WORDS)
    page_text = "\n".join([line] * LINES)
    pages = []
    for number in range(count):
        first = number * (len(page_text) + 1)
        words = []
        for row in range(LINES):
            for column in range(WORDS):
                start = first + row * (len(line) + 1) + column * 8
                x, top = 72 + 46.0 * column, 78 + 24.0 * row
                edges = tuple(x + 6 * each for each in range(8))
                words.append(Word(start, start + 7, x, top, edges[-1], top + 14, edges))
        owned = (Range(first, first + len(page_text)),)
        pages.append(Page(number + 1, 612.0, 792.0, ranges=owned, words=tuple(words)))
    return "\n".join([page_text] * count), tuple(pages)


def fill(store: Store, document: str, data: bytes, count: int, *, spans: int = 0) -> None:
    """A document of as many pages with the PDF as its original, and as many spans."""
    annotator, written = store.annotators()[0].id, now()
    text, pages = laid_out(count)
    source, version = hashlib.sha256(data).hexdigest(), derived_id(document, "text")
    records: list[Document | TextVersion | Annotation] = [
        Document(document, document, "opinion", source, f"{document}.pdf", version, written),
        TextVersion(version, document, "pdf", "1", text_sha256(text), len(text), written),
    ]
    labels = ("organization", "law", "order", "holding", "person")
    for number in range(spans):
        start = number * (len(text) // spans) // 8 * 8
        place = (Fragment(start, start + (7, 23, 71)[number % 3]),)
        records.append(
            Annotation(
                derived_id(document, str(number)),
                document,
                version,
                annotator_set_id(annotator),
                labels[number % 5],
                place,
                quote(text, place),
                written,
                written,
            )
        )
    change = make_change("Import", annotator=annotator, document=document, after=records)
    store.apply(change, Contents({source: data}, {text_sha256(text): text}, {version: pages}))


def open_pages(window: MainWindow, document: str) -> float:
    """From opening a document in place of another to its first page painted, all panels included."""
    view = window.paging.view

    def until_painted() -> None:
        window.session.open_document(document)
        width = round(view.placed(0).rect.width() * view.devicePixelRatioF())
        renderer = window.paging.painting.renderer
        wait_until(lambda: renderer.picture(0, width) is not None)
        view.viewport().repaint()

    settle()
    return milliseconds(until_painted)


def render_plainly(data: bytes, width: int) -> float:
    """pypdfium2 opening the PDF and rendering its first page, as wide as it is in the window."""

    def render() -> None:
        document = pypdfium2.PdfDocument(data)
        page = document[0]
        page.render(scale=width / page.get_width())
        document.close()

    return milliseconds(render)


def measure_opening(window: MainWindow, data: bytes) -> list[Figure]:
    for document in ("few", "statute"):
        open_pages(window, document)
    width = round(window.paging.view.placed(0).rect.width())
    rounds = [
        (render_plainly(data, width), open_pages(window, "few"), open_pages(window, "statute"))
        for _ in range(9)
    ]
    plain, few, whole = (median(times) for times in zip(*rounds, strict=True))
    return [
        Figure("first page of 730 on screen", whole, "pypdfium2 rendering that page", plain, "ms", 5),
        Figure("first page of 730 on screen", whole, f"the same of {FEW} pages", few, "ms", 1.5),
    ]


def measure_scrolling(window: MainWindow) -> Figure:
    """Wheel steps over pages that are drawn already, each with its spans; drawing itself is done aside."""
    window.session.open_document("marked")
    view = window.paging.view
    bar = view.verticalScrollBar()
    view.go_to_page(5)
    wait_until(lambda: view.is_drawn)

    def turn() -> None:
        bar.setValue(bar.value() + 60)
        view.viewport().repaint()

    times = []
    for _ in range(200):
        times.append(milliseconds(turn))
        wait_until(lambda: view.is_drawn)
    return Figure(
        f"scroll pages among {SPANS:,} spans, p99", percentile_99(times), "a 60 Hz frame", FRAME, "ms", 1
    )


def measure() -> list[Figure]:
    application = QApplication.instance() or QApplication([])
    data = statute()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "bench.annotator"
        with new_project(path) as store:
            fill(store, "few", data, FEW)
            fill(store, "statute", data, PAGES)
            fill(store, "marked", data, PAGES, spans=SPANS)
        window = open_window(path, size=SIZE)
        window.memory.show_as("opinion", "page")
        figures = [*measure_opening(window, data), measure_scrolling(window)]
        window.close()
        settle()
    application.closeAllWindows()
    return figures
