"""Highlights stand where the words are printed: compared with the ink of pages as they are drawn."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from annotator.geometry import Range
from annotator.model import Fragment
from annotator.page_text import PageText
from annotator.readers.document import ReadDocument
from annotator.readers.pdf.reader import read
from tests.pdf_pages import Paper, changed
from ui.page_rendering import PageRenderer, Wanted
from ui.views.overlay import PaintedSpan, SpanIndex
from ui.views.page_painter import Overlay, PagePainter, PlacedPage

SCALE = 2.0
EXACT = 1.5
"""Pixels that a highlight may be off, at two pixels a point."""

PHRASE = "Motion denied without oral discussion"
Pixels = NDArray[np.uint8]


def order() -> bytes:
    """A page with a phrase in the middle of a line, with blanks around the line."""
    paper = Paper()
    paper.put(200, 150, "ORDER ON THE MOTION TO COMPEL")
    paper.put(120, 300, f"The hearing is vacated. {PHRASE} in this matter.")
    for number in range(6):
        paper.put(120, 420 + 14 * number, "Counsel for both sides shall meet and confer within ten days.")
    return paper.bytes()


def mixed() -> bytes:
    """A small page before a large one that has the phrase."""
    paper = Paper((400, 300))
    paper.put(60, 100, "A notice on a small sheet of paper.")
    paper.add_page(format=(700, 900))
    paper.put(120, 300, f"The hearing is vacated. {PHRASE} in this matter.")
    return paper.bytes()


def read_pdf(data: bytes, folder: Path) -> ReadDocument:
    path = folder / "order.pdf"
    path.write_bytes(data)
    document = next(read(path))
    assert isinstance(document, ReadDocument)
    return document


def drawn(qtbot: QtBot, data: bytes, page: int, size: tuple[int, int]) -> QImage:
    """A page as the program draws it."""
    renderer = PageRenderer()
    renderer.open(lambda: data)
    with qtbot.waitSignal(renderer.rendered):
        renderer.want([Wanted(page, *size)])
    picture = renderer.picture(page, size[0])
    renderer.close()
    renderer.wait()
    assert picture is not None
    return picture


def placed(qtbot: QtBot, data: bytes, document: ReadDocument, page: int) -> PlacedPage:
    own = document.pages[page]
    size = round(own.width * SCALE), round(own.height * SCALE)
    return PlacedPage(PageText(own), QRectF(0, 0, *size), drawn(qtbot, data, page, size))


def grey(picture: QImage) -> Pixels:
    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width()].copy()


def ink_around(pixels: Pixels, box: QRectF, *, along: float, across: float, is_upright: bool) -> QRectF:
    """The extent of dark pixels in a box that is made larger along its text and across it."""
    x, y = (along, across) if is_upright else (across, along)
    area = box.adjusted(-x, -y, x, y).toAlignedRect()
    part = pixels[area.top() : area.bottom() + 1, area.left() : area.right() + 1]
    dark_rows, dark_columns = np.nonzero((part < 190).any(axis=1))[0], np.nonzero((part < 190).any(axis=0))[0]
    left, top = area.left() + dark_columns[0], area.top() + dark_rows[0]
    return QRectF(left, top, area.left() + dark_columns[-1] + 1 - left, area.top() + dark_rows[-1] + 1 - top)


def phrase_of(document: ReadDocument) -> Range:
    start = document.text.index(PHRASE)
    return Range(start, start + len(PHRASE))


def assert_on_ink(page: PlacedPage, phrase: Range) -> None:
    """The phrase has one box, whose ends are the ends of its ink, and which its ink fills in height."""
    assert page.picture is not None
    (piece,) = page.text.pieces(*phrase)
    box = page.placed(piece.box)
    is_upright = box.width() > box.height()
    # Less than the blank before the next word, more than what would be wrong.
    ink = ink_around(grey(page.picture), box, along=4, across=6, is_upright=is_upright)
    if is_upright:
        ends, ink_ends = (box.left(), box.right()), (ink.left(), ink.right())
        sides, ink_sides = (box.top(), box.bottom()), (ink.top(), ink.bottom())
    else:
        ends, ink_ends = (box.top(), box.bottom()), (ink.top(), ink.bottom())
        sides, ink_sides = (box.left(), box.right()), (ink.left(), ink.right())

    assert ink_ends == pytest.approx(ends, abs=EXACT)
    assert sides[0] - EXACT <= ink_sides[0] < ink_sides[1] <= sides[1] + EXACT
    assert ink_sides[1] - ink_sides[0] > 0.6 * (sides[1] - sides[0])


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (90, 200, 560, 700), (40.5, 100.25, 590.75, 780)])
def test_highlight_stands_on_the_ink_of_turned_and_cropped_pages(
    rotate: int, crop: tuple[float, float, float, float] | None, qtbot: QtBot, tmp_path: Path
) -> None:
    data = changed(order(), rotate=rotate, crop=crop)
    document = read_pdf(data, tmp_path)

    assert_on_ink(placed(qtbot, data, document, 0), phrase_of(document))


def test_highlight_stands_on_the_ink_of_a_page_of_another_size(qtbot: QtBot, tmp_path: Path) -> None:
    data = mixed()
    document = read_pdf(data, tmp_path)

    assert_on_ink(placed(qtbot, data, document, 1), phrase_of(document))


def test_ink_stays_black_on_the_tint(qtbot: QtBot, tmp_path: Path) -> None:
    data = order()
    document = read_pdf(data, tmp_path)
    page = placed(qtbot, data, document, 0)
    start, end = phrase_of(document)
    spans = SpanIndex([PaintedSpan("a", (Fragment(start, end),), "Order", "#D55E00")])
    canvas = QImage(page.picture)

    with QPainter(canvas) as painter:
        PagePainter().paint(painter, page, Overlay(spans))

    (piece,) = page.text.pieces(start, end)
    box = page.placed(piece.box).toAlignedRect()
    shown = [canvas.pixelColor(x, y) for x in range(box.left(), box.right()) for y in (box.center().y(),)]
    assert min(colour.lightness() for colour in shown) < 40
    assert QColor("white") not in shown
