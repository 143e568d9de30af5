"""One page of an open document as a Sheet: what was painted on it, sorted into text and the rest."""

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from annotator.geometry import Box
from annotator.readers.pdf.attachments import read_attachments
from annotator.readers.pdf.glyphs import main_turn, read_glyphs
from annotator.readers.pdf.shapes import read_shapes
from annotator.readers.pdf.sheet import Frame, Ink, Sheet, Token

PICTURE_OF_PAGE = 0.6
# As a part of the type size.
SAME_PLACE = 0.08


def read_sheet(document: pypdfium2.PdfDocument, index: int) -> Sheet:
    """The page at this index (from 0); a page that pdfium cannot load comes as an empty sheet."""
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        return Sheet(index + 1, Frame(0.0, 0.0, 612.0, 792.0, 0, 0), is_broken=True)
    try:
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            sheet = _read(page, text_page, index + 1)
            sheet.attachments = tuple(read_attachments(document.raw, page, sheet.frame))
            return sheet
        finally:
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(page: Any, text_page: Any, number: int) -> Sheet:
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
        glyphs = read_glyphs(text_page, frame, shapes)
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
    """Text, print that runs another way, and letters in the colour of the paper; each word once."""
    after_gap = False
    painted: dict[tuple[str, int], list[float]] = {}
    for token in tokens:
        token.glued = token.glued and not after_gap
        after_gap = token.style.is_white and not _stands_on_dark(token, sheet)
        if after_gap:
            sheet.hidden.append(token)
        elif token.style.angle:
            sheet.sideways.append(token)
        elif not _is_painted_again(token, painted):
            sheet.tokens.append(token)


def _is_painted_again(token: Token, painted: dict[tuple[str, int], list[float]]) -> bool:
    """Whether the word is on the page already in this very place, as in a signed form or for want of bold."""
    places = painted.setdefault((token.text, round(token.baseline)), [])
    if any(abs(token.x0 - x0) <= SAME_PLACE * token.size for x0 in places):
        return True
    places.append(token.x0)
    return False


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
