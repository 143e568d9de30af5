"""One page of an open document as a Sheet: what was painted on it, sorted into text and the rest."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from annotator.geometry import Box
from annotator.readers.pdf.attachments import read_attachments
from annotator.readers.pdf.glyphs import GlyphBoxes, main_turn, read_glyphs
from annotator.readers.pdf.shapes import read_shapes
from annotator.readers.pdf.sheet import Frame, Ink, Sheet, Token

PICTURE_OF_PAGE = 0.6
# As a part of the type size.
SAME_PLACE = 0.08


def read_sheet(document: pypdfium2.PdfDocument, index: int, boxes: GlyphBoxes | None = None) -> Sheet:
    """The page at this index (from 0); a page that pdfium cannot load comes as an empty sheet.

    `boxes` is the room that the pages of a document use one after the other.
    """
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        return Sheet(index + 1, Frame(0.0, 0.0, 612.0, 792.0, 0, 0), is_broken=True)
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            sheet = _read(page, text_page, index + 1, boxes or GlyphBoxes())
            sheet.attachments = tuple(read_attachments(document.raw, page, sheet.frame))
            return sheet
        finally:
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(page: Any, text_page: Any, number: int, boxes: GlyphBoxes) -> Sheet:
    frame = _frame(page, text_page)
    shapes = read_shapes(page, frame)
    sheet = Sheet(
        number,
        frame,
        rules=shapes.rules,
        rails=shapes.rails,
        boxes=shapes.boxes,
        pictures=shapes.pictures,
    )
    if text_page:
        glyphs = read_glyphs(text_page, frame, shapes, boxes)
        sheet.unmapped = glyphs.unmapped
        _sort_tokens(sheet, glyphs.tokens)
    return sheet


def _frame(page: Any, text_page: Any) -> Frame:
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    shown = pdfium.FPDFPage_GetRotation(page) % 4 * 90
    turn = main_turn(text_page, shown) if text_page else shown
    left, right = sorted((rect.left, rect.right))
    bottom, top = sorted((rect.bottom, rect.top))
    return Frame(left, bottom, right, top, turn, shown)


def _sort_tokens(sheet: Sheet, tokens: list[Token]) -> None:
    """Text, print that runs another way, and letters in the colour of the paper."""
    after_gap = False
    for token in tokens:
        token.glued = token.glued and not after_gap
        after_gap = token.style.is_white and not _stands_on_dark(token, sheet)
        if after_gap:
            sheet.hidden.append(token)
        elif token.style.angle:
            sheet.sideways.append(token)
        else:
            sheet.tokens.append(token)
    sheet.tokens = list(_painted_once(sheet.tokens))


def _painted_once(tokens: list[Token]) -> Iterator[Token]:
    """The tokens without runs of them that are on the page already in that very place.

    Signed forms have such, and bold print for want of a bold font. A run that differs in one word is kept
    whole: it is another stamp, printed on the first.
    """
    painted: dict[tuple[str, int], list[float]] = {}
    for run in _runs(tokens):
        places = [painted.setdefault((token.text, round(token.baseline)), []) for token in run]
        if not all(map(_is_among, run, places)):
            yield from run
        for token, place in zip(run, places, strict=True):
            place.append(token.x0)


def _runs(tokens: list[Token]) -> Iterator[list[Token]]:
    """Tokens that follow each other to the right on one baseline."""
    run: list[Token] = []
    for token in tokens:
        if run and (round(token.baseline) != round(run[-1].baseline) or token.x0 < run[-1].x0):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _is_among(token: Token, places: list[float]) -> bool:
    return any(abs(token.x0 - x0) <= SAME_PLACE * token.size for x0 in places)


def _stands_on_dark(token: Token, sheet: Sheet) -> bool:
    """Whether a shape or picture painted before the token lies behind it."""
    x, y = (token.x0 + token.x1) / 2, (token.top + token.bottom) / 2
    return any(_covers(ink, x, y) and ink.level < token.level for ink in sheet.pictures) or any(
        _covers(ink, x, y) and ink.level < token.level and not ink.is_white for ink in sheet.boxes
    )


def _covers(ink: Ink, x: float, y: float) -> bool:
    box: Box = ink.box
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def is_picture_of_page(sheet: Sheet) -> bool:
    """Whether one picture, or several together, fill most of the page, as in a scan."""
    area = sum(ink.width * ink.height for ink in sheet.pictures)
    return area >= PICTURE_OF_PAGE * sheet.width * sheet.height
