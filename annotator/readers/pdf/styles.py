"""How a run of glyphs is set: font, size, angle, weight, colour. All glyphs of a text object share it."""

import ctypes
import math
from typing import Any

import pypdfium2.raw as pdfium

from annotator.readers.pdf.sheet import Frame, Style

WHITE = 245
COLOURED = 60
INVISIBLE_MODE = 3
ITALIC_FLAG = 64


def style_of(text_page: Any, index: int, frame: Frame) -> Style:
    """The style of the glyph at the index; sizes in points as shown, angles as held for reading."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = abs(pdfium.FPDFText_GetFontSize(text_page, index)) * scale
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) - frame.turn
    angle %= 360
    font, flags = _font(text_page, index)
    name = font.lower()
    colour = _colour(text_page, index)
    weight = pdfium.FPDFText_GetFontWeight(text_page, index)
    return Style(
        font,
        round(size, 2),
        0 if angle in (1, 359) else angle,
        is_bold="bold" in name or "black" in name or "heavy" in name or weight >= 600,
        is_italic="italic" in name or "oblique" in name or bool(flags & ITALIC_FLAG),
        is_white=_is_white(colour),
        is_invisible=_render_mode(text_page, index) == INVISIBLE_MODE,
        is_coloured=max(colour[:3]) - min(colour[:3]) >= COLOURED,
    )


def _font(text_page: Any, index: int) -> tuple[str, int]:
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text_page, index, None, 0, flags)
    if not length or length > 500:
        return "", flags.value
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, length, flags)
    return name.value.decode("utf-8", "replace"), flags.value


def _colour(text_page: Any, index: int) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity of the glyph; black where it is painted with a pattern."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFText_GetFillColor(text_page, index, *parts):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _is_white(colour: tuple[int, int, int, int]) -> bool:
    return min(colour[:3]) >= WHITE or colour[3] <= 5


def _render_mode(text_page: Any, index: int) -> int:
    handle = pdfium.FPDFText_GetTextObject(text_page, index)
    return int(pdfium.FPDFTextObj_GetTextRenderMode(handle)) if handle else 0
