"""Paged documents for tests, made from PDFs of our own as a reader makes them, and the window on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.page_text import PageText
from annotator.readers.document import ReadDocument
from annotator.readers.pdf import read
from annotator.services.importing import import_document
from storage.store import open_project
from tests.pdf_pages import Paper
from tests.ui.sessions import WORKSTATION, make_project
from tests.ui.windows import open_window
from ui.main_window import MainWindow
from ui.page_rendering import PageRenderer
from ui.views.page_layout import PageSize
from ui.views.page_view import PageView
from ui.views.text_view import TextView

ORDER = (
    "The court GRANTS the motion to compel.",
    "Lantern shall produce the source code within ten days.",
    "Judge Sample finds that the harm is irreparable.",
    "The motion to seal is denied without prejudice.",
)


def order_pdf(pages: int = 3) -> bytes:
    """An order with the same paragraphs on every page, numbered."""
    paper = Paper()
    for number in range(pages):
        if number:
            paper.add_page()
        for place, line in enumerate((f"Section {number + 1} of the order begins here.", *ORDER)):
            paper.put(72, 160 + 56 * place, f"{number + 1}.{place} {line}")
    return paper.bytes()


def columns_pdf() -> bytes:
    """Two columns, read one after the other."""
    paper = Paper()
    left = "The left column speaks of the motion and of the papers that were filed with it. " * 10
    right = "The right column speaks of the hearing and of what counsel said there. " * 10
    paper.put_justified(60, 90, f"{left}Its last words are here.", 220)
    paper.put_justified(330, 90, f"Another begins above. {right}", 220)
    return paper.bytes()


def paged_project(path: Path, data: bytes, *, original: bytes | None = None) -> Path:
    """A project with a PDF in it, and a text without pages; `original` is kept in place of what was read."""
    make_project(path, {"plain": "A note without pages."})
    source = path.with_name("order.pdf")
    source.write_bytes(data)
    document = next(read(source))
    assert isinstance(document, ReadDocument)
    document = replace(document, source=original or data)
    with open_project(path, workstation=WORKSTATION) as store:
        import_document(store, document, annotator=store.annotators()[0].id)
    return path


class ReadPages:
    """The pages of a document that was read, for a page view without a project."""

    def __init__(self, document: ReadDocument) -> None:
        self.sizes = [PageSize(page.width, page.height) for page in document.pages]
        self.texts = [PageText(page) for page in document.pages]

    def text(self, page: int) -> PageText:
        return self.texts[page]

    def page_of(self, offset: int) -> int:
        owners = [n for n, text in enumerate(self.texts) if text.page.ranges[0].start <= offset]
        return owners[-1] if owners else 0


@contextmanager
def page_view(qtbot: QtBot, data: bytes, folder: Path) -> Iterator[PageView]:
    """Only the view of a PDF's pages, shown and with the keyboard, beside a text view that is not seen."""
    source = folder / "order.pdf"
    source.write_bytes(data)
    document = next(read(source))
    assert isinstance(document, ReadDocument)
    text, renderer = TextView(), PageRenderer()
    text.show_text(document.text)
    view = PageView(text, renderer)
    qtbot.addWidget(text)
    qtbot.addWidget(view)
    renderer.open(lambda: data)
    view.resize(700, 700)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.show_pages(ReadPages(document))
    view.setFocus()
    qtbot.waitUntil(lambda: view.is_drawn)
    yield view
    renderer.close()
    renderer.wait()


@contextmanager
def open_pages(qtbot: QtBot, project: Path, mode: str = "page") -> Iterator[MainWindow]:
    """The window with the paged document open, shown as pages unless told otherwise."""
    with open_window(qtbot, project) as window:
        window.session.open_document(next(row.id for row in window.session.rows() if row.page_count))
        getattr(window.paging, mode)()
        window.view.setFocus()
        qtbot.waitUntil(lambda: mode == "text" or window.paging.view.is_drawn)
        yield window


def place_of(view: PageView, words: str, *, within: float = 0.5) -> QPointF:
    """The point of the viewport where the words stand, so far along them."""
    start = view.text.text.index(words)
    return point_at(view, start, start + len(words), within=within)


def point_at(view: PageView, start: int, end: int, *, within: float) -> QPointF:
    assert view.pages is not None
    view.reveal(start, end)
    page = view.placed(view.pages.page_of(start))
    piece = next(iter(page.text.pieces(start, end)))
    rect = page.placed(piece.box)
    return QPointF(rect.left() + rect.width() * within, rect.center().y())


def drag(
    view: PageView,
    start: QPointF,
    end: QPointF,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press, move in two steps and let go, as a hand does."""
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, Qt.KeyboardModifier.NoModifier, start.toPoint())
    move(view, (start + end) / 2, modifiers)
    move(view, end, modifiers)
    QTest.mouseRelease(port, left, modifiers, end.toPoint())


def move(view: PageView, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
    """Move the mouse with the left button held; QTest would leave the button out."""
    port = view.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        QPointF(port.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        modifiers,
    )
    QApplication.sendEvent(port, event)


def type_key(qtbot: QtBot, view: PageView, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key on the pages."""
    combined = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        combined |= modifier
    qtbot.keyClick(view, key, combined)


def click(view: PageView, point: QPointF, *modifiers: Qt.KeyboardModifier) -> None:
    combined = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, combined, point.toPoint())


def selected_words(view: PageView) -> str:
    selection = view.text.selection()
    return view.text.text[selection.start : selection.end] if selection is not None else ""
