"""Glyphs of a page as pdfium has them, put together to tokens: runs without a blank, set alike.

pdfium's own marks are resolved here: a line-end hyphen comes as U+0002 or U+FFFE, a ligature as one
glyph or as several with one box, a bullet as a private-use character of a symbol font. The glyphs of a
page are read into arrays and cut into tokens there, since there are millions of them.
"""

import ctypes
import itertools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from annotator.readers.pdf.native import (
    address_of,
    loose_box_of,
    origin_of,
    text_object_of,
    unicode_of,
)
from annotator.readers.pdf.shapes import Shapes
from annotator.readers.pdf.sheet import UNMAPPED, Frame, Style, Token
from annotator.readers.pdf.styles import Styles

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
# As parts of the type size: a wider gap parts words, a glyph may reach back this far, and so on.
GAP = 0.25
BACK = 0.6
SHIFT = 0.1
NEAR = 0.7
SAMPLED = 150
# A text object that was not met on the page counts as painted last, so that nothing hides it.
UNKNOWN_LEVEL = 1_000_000_000


@dataclass(slots=True)
class Glyphs:
    """All tokens of a page in the order of its content, whatever their angle or colour.

    `unmapped` is the share of its glyphs that no table of the file turns into letters, 0 to 1.
    """

    tokens: list[Token] = field(default_factory=list)
    unmapped: float = 0.0


@dataclass(frozen=True, slots=True)
class _Run:
    """What the glyphs of a text object share. `level` is its place in the order of painting."""

    style: Style
    baseline: float
    level: int


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


def read_glyphs(text_page: Any, frame: Frame, shapes: Shapes) -> Glyphs:
    """The page's tokens in content order, in the reading frame; glyphs outside the page are left out."""
    line = _Glyphs(text_page, frame, shapes)
    return Glyphs(list(line.tokens()), _unmapped_share(text_page))


def _unmapped_share(text_page: Any) -> float:
    count = int(pdfium.FPDFText_CountChars(text_page))
    looked_at = range(0, count, max(1, count // SAMPLED))
    # Blanks and line ends that pdfium adds are no glyphs; its -1 for them and for failures counts as mapped.
    printed = [index for index in looked_at if pdfium.FPDFText_IsGenerated(text_page, index) == 0]
    failed = [index for index in printed if pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1]
    return len(failed) / max(1, len(printed))


class _Glyphs:
    """The glyphs of a page as arrays, `letters` with "" for what is no glyph of its own."""

    def __init__(self, text_page: Any, frame: Frame, shapes: Shapes) -> None:
        self._frame, self._shapes = frame, shapes
        self._styles = Styles(text_page, frame)
        self._origin = (ctypes.c_double * 2)()
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        page = self._page = address_of(text_page)
        rects = (pdfium.FS_RECTF * max(1, count))()
        base, size = ctypes.addressof(rects), ctypes.sizeof(pdfium.FS_RECTF)
        codes = [unicode_of(page, index) for index in range(count)]
        known = [loose_box_of(page, index, base + size * index) for index in range(count)]
        self._handles = [text_object_of(page, index) or 0 for index in range(count)]
        self.letters = _letters(codes)
        self._set_boxes(np.frombuffer(rects, dtype=np.float32).reshape(-1, 4)[:count].astype(np.float64))
        self._blank_out(np.array(known, dtype=bool))
        self._share_boxes()

    def _set_boxes(self, rects: NDArray[np.float64]) -> None:
        """Boxes in the reading frame, out of left, top, right and bottom in the page's own coordinates."""
        left, top, right, bottom = rects.T
        ax, ay = self._frame.point(left, bottom)
        bx, by = self._frame.point(right, top)
        self.x0, self.x1 = np.minimum(ax, bx).round(2), np.maximum(ax, bx).round(2)
        self.top, self.bottom = np.minimum(ay, by).round(2), np.maximum(ay, by).round(2)

    def _blank_out(self, known: NDArray[np.bool_]) -> None:
        """Glyphs without a box or outside the page count as blanks."""
        frame = self._frame
        outside = (self.x1 < 0) | (self.x0 > frame.width) | (self.bottom < 0) | (self.top > frame.height)
        for index in np.flatnonzero(outside | ~known).tolist():
            if self.letters[index]:
                self.letters[index] = BLANK

    def _share_boxes(self) -> None:
        """Letters that pdfium took out of one glyph come with the same box: one glyph of several letters."""
        self._printed = [index for index, letters in enumerate(self.letters) if letters]
        same = (np.diff(self.x0) == 0) & (np.diff(self.x1) == 0) & (np.diff(self.top) == 0)
        head = -1
        for index in (np.flatnonzero(same) + 1).tolist():
            if BLANK in (self.letters[index - 1], self.letters[index]) or not self.letters[index]:
                continue
            head = index - 1 if self.letters[index - 1] else head
            if head >= 0:
                self.letters[head] += self.letters[index]
                self.letters[index] = ""
        self._printed = [index for index in self._printed if self.letters[index]]

    def _run_of(self, index: int) -> _Run:
        handle = self._handles[index]
        start = ctypes.addressof(self._origin)
        origin_of(self._page, index, start, start + ctypes.sizeof(ctypes.c_double))
        baseline = self._frame.point(self._origin[0], self._origin[1])[1]
        level = self._shapes.levels.get(handle, UNKNOWN_LEVEL)
        return _Run(self._styles.style_of(index, handle), baseline, level)

    def tokens(self) -> Iterator[Token]:
        """The glyphs cut at blanks, at gaps, and where what they are set in changes."""
        x0, x1 = self.x0.tolist(), self.x1.tolist()
        self._tops, self._bottoms = self.top.tolist(), self.bottom.tolist()
        runs: dict[int, _Run] = {}
        members: list[int] = []
        open_run: _Run | None = None
        glued = False
        for index in self._printed:
            if self.letters[index] == BLANK:
                if members and open_run is not None:
                    yield self._token(members, open_run, x0, x1, glued=glued)
                members, glued = [], False
                continue
            handle = self._handles[index]
            run = runs.get(handle)
            if run is None:
                run = runs[handle] = self._run_of(index)
            if members and open_run is not None:
                joined, near = _follow(open_run, run, x0[index] - x1[members[-1]])
                if not joined:
                    yield self._token(members, open_run, x0, x1, glued=glued)
                    members, glued = [], near
            if not members:
                open_run = run
            members.append(index)
        if members and open_run is not None:
            yield self._token(members, open_run, x0, x1, glued=glued)

    def _token(
        self, members: list[int], run: _Run, x0: list[float], x1: list[float], *, glued: bool
    ) -> Token:
        letters = [self.letters[index] for index in members]
        text = "".join(letters)
        edges = [x0[members[0]]]
        for index, after in itertools.pairwise(members):
            edges.append(min(x1[index], x0[after]))
        edges.append(x1[members[-1]])
        for place in range(1, len(edges)):
            if edges[place] < edges[place - 1]:
                edges[place] = edges[place - 1]
        if len(text) > len(members):
            edges = _divided(letters, edges)
        first, last = members[0], members[-1] + 1
        top, bottom = min(self._tops[first:last]), max(self._bottoms[first:last])
        top, bottom = _sound_height(top, bottom, run.baseline, run.style)
        return Token(text, tuple(edges), top, bottom, run.baseline, run.style, run.level, glued)


def _letters(codes: list[int]) -> list[str]:
    """What each code stands for; "" for half of a pair of surrogates and for what has no width."""
    known: dict[int, str] = dict.fromkeys(NO_PRINT, "")
    for code in set(codes) - NO_PRINT:
        known[code] = letters_of(code)
    letters = [known[code] for code in codes]
    for index in range(len(codes) - 1):
        if 0xD800 <= codes[index] < 0xDC00 <= codes[index + 1] < 0xE000:
            whole = 0x10000 + ((codes[index] - 0xD800) << 10) + (codes[index + 1] - 0xDC00)
            letters[index], letters[index + 1] = letters_of(whole), ""
    return letters


def _follow(before: _Run, run: _Run, apart: float) -> tuple[bool, bool]:
    """Whether a glyph goes on a token that is open; if not, whether it at least touches it."""
    size = max(before.style.size, run.style.size)
    touches = -size * BACK < apart < size * GAP
    angle = before.style.angle
    if angle or run.style.angle:
        return angle == run.style.angle, False
    shift = abs(run.baseline - before.baseline)
    if touches and shift <= size * SHIFT:
        return run is before or not _is_set_apart(before.style, run.style), True
    return False, touches and shift < size * NEAR


def _is_set_apart(style: Style, other: Style) -> bool:
    """Whether two styles on one baseline are those of different things, not small capitals or emphasis."""
    return style.is_white != other.is_white or style.is_invisible != other.is_invisible


def _divided(letters: list[str], edges: list[float]) -> list[float]:
    """The edges with those between the letters of one glyph put in."""
    whole = [edges[0]]
    for place, group in enumerate(letters):
        left, width = edges[place], edges[place + 1] - edges[place]
        whole += [left + width * part / len(group) for part in range(1, len(group) + 1)]
    return whole


def _sound_height(top: float, bottom: float, baseline: float, style: Style) -> tuple[float, float]:
    """A font's own ascent and descent, or usual ones where the font's are absurd."""
    size = style.size
    if style.angle == 0 and size > 0 and not (0.6 * size <= bottom - top <= 1.8 * size and top < baseline):
        return baseline - 0.8 * size, baseline + 0.22 * size
    return top, bottom
