"""How a run of glyphs is set: font, size, angle, weight, colour. All glyphs of a text object share it."""

import ctypes
import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from annotator.readers.pdf import native
from annotator.readers.pdf.sheet import Frame, Style

WHITE = 245
UNSEEN = 5
COLOURED = 60
INVISIBLE_MODE = 3
ITALIC_FLAG = 64
BOLD_WEIGHT = 600
LONGEST_NAME = 500

Colour: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Font:
    name: str
    is_bold: bool
    is_italic: bool


class Styles:
    """Styles of the text objects of one page; fonts, and what is set alike, are asked about once."""

    def __init__(self, text_page: Any, frame: Frame) -> None:
        self._page, self._turn = text_page, frame.turn
        self._page_at = native.argument(text_page)
        self._fonts: dict[int, _Font] = {}
        self._known: dict[tuple[float, ...], Style] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.byref(self._matrix)
        self._colour = (ctypes.c_uint * 4)()
        size = ctypes.sizeof(ctypes.c_uint)
        self._colour_at = tuple(ctypes.byref(self._colour, size * part) for part in range(4))

    def style_of(self, index: int, text_object: int) -> Style:
        """The style of the glyph at the index; sizes in points as shown, angles as held for reading."""
        matrix = self._matrix
        native.matrix_of(self._page_at, index, self._matrix_at)
        size = native.font_size_of(self._page_at, index)
        font = native.font_of(text_object) or 0 if text_object else 0
        mode = native.render_mode_of(text_object) if text_object else 0
        colour = self._colour_of(index)
        key = (font, mode, size, matrix.a, matrix.b, matrix.c, matrix.d, *colour)
        style = self._known.get(key)
        if style is None:
            if font not in self._fonts:
                self._fonts[font] = _font(self._page, index)
            is_invisible = mode == INVISIBLE_MODE
            style = self._known[key] = self._style(
                self._fonts[font], abs(size), colour, is_invisible=is_invisible
            )
        return style

    def _style(self, font: _Font, size: float, colour: Colour, *, is_invisible: bool) -> Style:
        """The style that the matrix, which was just asked for, makes with the rest."""
        matrix = self._matrix
        angle = (round(math.degrees(math.atan2(matrix.b, matrix.a))) - self._turn) % 360
        red, green, blue, alpha = colour
        return Style(
            font.name,
            round(size * (math.hypot(matrix.c, matrix.d) or 1.0), 2),
            0 if angle in (1, 359) else angle,
            is_bold=font.is_bold,
            is_italic=font.is_italic,
            is_white=min(red, green, blue) >= WHITE or alpha <= UNSEEN,
            is_invisible=is_invisible,
            is_coloured=max(red, green, blue) - min(red, green, blue) >= COLOURED,
        )

    def _colour_of(self, index: int) -> Colour:
        """Red, green, blue and opacity of the glyph; black where it is painted with a pattern."""
        if not native.fill_colour_of(self._page_at, index, *self._colour_at):
            return 0, 0, 0, 255
        red, green, blue, alpha = self._colour
        return red, green, blue, alpha


def _font(text_page: Any, index: int) -> _Font:
    flags = ctypes.c_int()
    name = ""
    length = pdfium.FPDFText_GetFontInfo(text_page, index, None, 0, flags)
    if 0 < length <= LONGEST_NAME:
        letters = ctypes.create_string_buffer(length)
        pdfium.FPDFText_GetFontInfo(text_page, index, letters, length, flags)
        name = letters.value.decode("utf-8", "replace")
    plain = name.lower()
    weight = pdfium.FPDFText_GetFontWeight(text_page, index)
    is_bold = any(word in plain for word in ("bold", "black", "heavy")) or weight >= BOLD_WEIGHT
    is_italic = "italic" in plain or "oblique" in plain or bool(flags.value & ITALIC_FLAG)
    return _Font(name, is_bold, is_italic)
