"""Glyphs of a page as pdfium has them, put together to tokens: runs without a blank, set alike.

pdfium's own marks are resolved here: a line-end hyphen comes as U+0002 or U+FFFE, a ligature as one
glyph of several letters, a bullet as a private-use character of a symbol font.
"""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from annotator.readers.pdf.native import address_of, loose_box_of, text_object_of, unicode_of
from annotator.readers.pdf.shapes import Shapes
from annotator.readers.pdf.sheet import UNMAPPED, Frame, Style, Token

LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
HYPHENS = frozenset((0x02, 0xFFFE, 0xAD))
# Symbol fonts put their glyphs at U+F000 plus the code; these are what office programs use them for.
SYMBOLS = {
    0xF02D: "-",
    0xF06F: "○",
    0xF0A7: "▪",
    0xF0A8: "□",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0FC: "✓",
    0xF0FE: "☒",
}
NO_PRINT = frozenset((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
BLANK = " "
GAP = 0.25
SAMPLED = 150
SHIFT = 0.1
WHITE = 245
INVISIBLE_MODE = 3
# A text object that was not met on the page counts as painted last, so that nothing hides it.
UNKNOWN_LEVEL = 1_000_000_000
COLOURED = 60


@dataclass(slots=True)
class Glyphs:
    """All tokens of a page in the order of its content, whatever their angle or colour."""

    tokens: list[Token] = field(default_factory=list)
    unmapped: int = 0


def main_turn(text_page: Any, shown: int) -> int:
    """The clockwise turn that sets most of the page's text upright: the shown one unless text says else."""
    angles: Counter[int] = Counter()
    count = pdfium.FPDFText_CountChars(text_page)
    matrix = pdfium.FS_MATRIX()
    for index in range(0, count, max(1, count // SAMPLED)):
        if not letters_of(pdfium.FPDFText_GetUnicode(text_page, index)).isspace():
            pdfium.FPDFText_GetMatrix(text_page, index, matrix)
            angles[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360] += 1
    if not angles:
        return shown
    angle, hits = angles.most_common(1)[0]
    return angle if hits * 5 >= sum(angles.values()) * 4 else shown


def read_glyphs(text_page: Any, frame: Frame, shapes: Shapes) -> Glyphs:
    """The page's tokens in content order, in the reading frame; glyphs outside the page are left out."""
    reading = _Reading(text_page, frame, shapes)
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        reading.take(index)
    reading.close()
    return Glyphs(reading.tokens, reading.unmapped)


def letters_of(code: int) -> str:
    """The characters that a glyph's code stands for; a blank for what cannot be printed."""
    if code in HYPHENS:
        return "-"
    if code in LIGATURES:
        return LIGATURES[code]
    if 0xE000 <= code <= 0xF8FF:
        return SYMBOLS.get(code, chr(code - 0xF000) if 0xF021 <= code <= 0xF07E else UNMAPPED)
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return UNMAPPED
    letter = chr(code)
    if code < 32 or 0x7F <= code < 0xA0 or code & 0xFFFE == 0xFFFE or letter.isspace():
        return BLANK
    return letter


class _Reading:
    """The state while glyphs are put together: the token that is open and what ended the last one."""

    def __init__(self, text_page: Any, frame: Frame, shapes: Shapes) -> None:
        self.tokens: list[Token] = []
        self.unmapped = 0
        self._page, self._frame, self._shapes = text_page, frame, shapes
        self._rect = pdfium.FS_RECTF()
        self._rect_at = ctypes.addressof(self._rect)
        self._page_at = address_of(text_page)
        self._known: dict[int, str] = {}
        self._width, self._height = frame.width, frame.height
        self._styles: dict[int, tuple[Style, float, int]] = {}
        self._letters: list[str] = []
        self._edges: list[float] = []
        self._tops: list[float] = []
        self._run: tuple[Style, float, int] | None = None
        self._glued = False
        self._high = 0
        self._last = (0.0, 0.0, 0.0, 0.0)
        self._sharing = 1

    def take(self, index: int) -> None:
        code = unicode_of(self._page_at, index)
        if code in NO_PRINT:
            return
        if self._high:
            code, self._high = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00 & 0x3FF), 0
        elif 0xD800 <= code < 0xDC00:
            self._high = code
            return
        letters = self._known.get(code) or self._known.setdefault(code, letters_of(code))
        if letters == BLANK or not loose_box_of(self._page_at, index, self._rect_at):
            self.close()
            self._glued = False
            return
        if letters == UNMAPPED:
            self.unmapped += 1
        self._place(index, letters)

    def _place(self, index: int, letters: str) -> None:
        handle = text_object_of(self._page_at, index) or 0
        run = self._styles.get(handle)
        if run is None:
            run = self._styles[handle] = self._run_of(index, handle)
        rect = self._rect
        place = (rect.left, rect.bottom, rect.right, rect.top)
        box = self._frame.box(*place)
        if box.x1 < 0 or box.x0 > self._width or box.bottom < 0 or box.top > self._height:
            self.close()
            self._glued = False
            return
        if place == self._last and self._letters:
            self._share(letters, box.x1)
            return
        self._last, self._sharing = place, len(letters)
        self._start_anew(run, box.x0)
        if not self._letters:
            self._edges = [box.x0]
            self._tops = [box.top, box.bottom]
            self._run = run
        else:
            if box.x0 < self._edges[-1]:
                self._edges[-1] = max(self._edges[-2], box.x0)
            if box.top < self._tops[0]:
                self._tops[0] = box.top
            if box.bottom > self._tops[1]:
                self._tops[1] = box.bottom
        self._append(letters, self._edges[-1], box.x1)

    def _append(self, letters: str, start: float, end: float) -> None:
        """Add letters that divide the stretch from start to end among them."""
        if len(letters) == 1:
            self._letters.append(letters)
            self._edges.append(end if end > start else start)
            return
        width = max(0.0, end - start)
        for place, letter in enumerate(letters, 1):
            self._letters.append(letter)
            self._edges.append(start + width * place / len(letters))

    def _share(self, letters: str, end: float) -> None:
        """A glyph of several letters, which pdfium gives one by one with the same box: divide it."""
        group = "".join(self._letters[-self._sharing :]) + letters
        del self._letters[-self._sharing :]
        del self._edges[-self._sharing :]
        self._sharing = len(group)
        self._append(group, self._edges[-1], end)

    def _start_anew(self, run: tuple[Style, float, int], x0: float) -> None:
        """Close the open token where this glyph stands apart from it or is set otherwise."""
        if not self._letters or self._run is None:
            return
        style, baseline, _ = self._run
        if run is self._run and style.angle == 0 and 0 <= x0 - self._edges[-1] < style.size * GAP:
            return
        size = max(style.size, run[0].size)
        apart = x0 - self._edges[-1]
        on_line = abs(run[1] - baseline) <= size * SHIFT
        if style.angle == run[0].angle == 0 and on_line and -size * 0.6 < apart < size * GAP:
            if run[0] != style and _set_apart(style, run[0]):
                self.close()
                self._glued = True
            return
        near = -size * 0.6 < apart < size * GAP and abs(run[1] - baseline) < size * 0.7
        if style.angle == run[0].angle and style.angle != 0:
            return
        self.close()
        self._glued = near

    def close(self) -> None:
        """End the open token, if any."""
        if not self._letters or self._run is None:
            return
        style, baseline, level = self._run
        top, bottom = _sound_height(self._tops[0], self._tops[1], baseline, style)
        text, edges = "".join(self._letters), tuple(self._edges)
        self.tokens.append(Token(text, edges, top, bottom, baseline, style, level, self._glued))
        self._letters, self._edges, self._glued = [], [], False

    def _run_of(self, index: int, handle: int) -> tuple[Style, float, int]:
        """Style, baseline and painting order of the text object that the glyph belongs to."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._page, index, x, y)
        baseline = self._frame.point(x.value, y.value)[1]
        return (
            _style(self._page, index, self._frame),
            baseline,
            self._shapes.levels.get(handle, UNKNOWN_LEVEL),
        )


def _set_apart(style: Style, other: Style) -> bool:
    """Whether two styles on one baseline are those of different things, not small capitals or emphasis."""
    return style.is_white != other.is_white or style.is_invisible != other.is_invisible


def _sound_height(top: float, bottom: float, baseline: float, style: Style) -> tuple[float, float]:
    """A font's own ascent and descent, or usual ones where the font's are absurd."""
    size = style.size
    if style.angle == 0 and size > 0 and not (0.6 * size <= bottom - top <= 1.8 * size and top < baseline):
        return baseline - 0.8 * size, baseline + 0.22 * size
    return top, bottom


def _style(text_page: Any, index: int, frame: Frame) -> Style:
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
        is_italic="italic" in name or "oblique" in name or bool(flags & 64),
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
