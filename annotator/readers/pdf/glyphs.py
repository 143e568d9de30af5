"""Glyphs of a page as pdfium has them, put together to tokens: runs without a blank, set alike.

pdfium's own marks are resolved here: a line-end hyphen comes as U+0002 or U+FFFE, a ligature as one
glyph or as several with one box, a bullet as a private-use character of a symbol font. The glyphs of a
page are read into arrays and cut into tokens there, since there are millions of them.
"""

import ctypes
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from annotator.readers.pdf.native import (
    argument,
    has_map_error,
    is_generated,
    loose_box_of,
    matrix_of,
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
DOUBLED = 0.12
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


class _Run(NamedTuple):
    """What the glyphs of a text object share. `level` is its place in the order of painting."""

    style: Style
    baseline: float
    level: int
    is_artifact: bool


def main_turn(text_page: Any, shown: int) -> int:
    """The clockwise turn that sets most of the page's text upright: the shown one unless text says else."""
    angles: Counter[int] = Counter()
    page, matrix = argument(text_page), pdfium.FS_MATRIX()
    place = ctypes.byref(matrix)
    for index in _sampled(text_page):
        if not letters_of(unicode_of(page, index)).isspace():
            matrix_of(page, index, place)
            angles[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360] += 1
    if not angles:
        return shown
    angle, hits = angles.most_common(1)[0]
    return angle if hits * 5 >= sum(angles.values()) * 4 else shown


def _sampled(text_page: Any) -> range:
    """Some glyphs of the page, evenly spread."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    return range(0, count, max(1, count // SAMPLED))


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


class GlyphBoxes:
    """Room for the boxes of a page's glyphs that pdfium writes, which is used for page after page."""

    def __init__(self) -> None:
        self._rects = (pdfium.FS_RECTF * 0)()
        self._places: list[Any] = []

    def read(self, page: Any, count: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Left, top, right and bottom of each glyph in the page's own coordinates, and which are known."""
        if count > len(self._places):
            size = ctypes.sizeof(pdfium.FS_RECTF)
            self._rects = (pdfium.FS_RECTF * count)()
            self._places = [ctypes.byref(self._rects, size * index) for index in range(count)]
        known = list(map(loose_box_of, itertools.repeat(page), range(count), self._places))
        rects = np.frombuffer(self._rects, dtype=np.float32).reshape(-1, 4)[:count].astype(np.float64)
        return rects, np.array(known, dtype=bool)


def read_glyphs(text_page: Any, frame: Frame, shapes: Shapes, boxes: GlyphBoxes) -> Glyphs:
    """The page's tokens in content order, in the reading frame; glyphs outside the page are left out."""
    glyphs = _Glyphs(text_page, frame, boxes)
    runs = _Runs(text_page, frame, shapes)
    return Glyphs(_tokens(glyphs.solid(), runs), _unmapped_share(text_page))


def _unmapped_share(text_page: Any) -> float:
    page = argument(text_page)
    # Blanks and line ends that pdfium adds are no glyphs; its -1 for them and for failures counts as mapped.
    printed = [index for index in _sampled(text_page) if is_generated(page, index) == 0]
    failed = [index for index in printed if has_map_error(page, index) == 1]
    return len(failed) / max(1, len(printed))


class _Solid(NamedTuple):
    """The glyphs of a page that are no blanks, as arrays; `origin` is each one's index on the page."""

    origin: NDArray[np.int64]
    letters: list[str]
    handle: NDArray[np.int64]
    after_blank: NDArray[np.bool_]
    x0: NDArray[np.float64]
    x1: NDArray[np.float64]
    top: NDArray[np.float64]
    bottom: NDArray[np.float64]


class _Glyphs:
    """The glyphs of a page as arrays, `letters` with "" for what is no glyph of its own."""

    def __init__(self, text_page: Any, frame: Frame, boxes: GlyphBoxes) -> None:
        self._frame = frame
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        page, each = argument(text_page), range(count)
        rects, known = boxes.read(page, count)
        handles = [handle or 0 for handle in map(text_object_of, itertools.repeat(page), each)]
        self._handles = np.array(handles, dtype=np.int64)
        self.letters = _letters(list(map(unicode_of, itertools.repeat(page), each)))
        self._set_boxes(rects)
        self._blank_out(known)
        self._share_boxes()
        self._drop_doubles()

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
        same = (np.diff(self.x0) == 0) & (np.diff(self.x1) == 0) & (np.diff(self.top) == 0)
        head = -1
        for index in (np.flatnonzero(same) + 1).tolist():
            if BLANK in (self.letters[index - 1], self.letters[index]) or not self.letters[index]:
                continue
            head = index - 1 if self.letters[index - 1] else head
            if head >= 0:
                self.letters[head] += self.letters[index]
                self.letters[index] = ""

    def _drop_doubles(self) -> None:
        """Letters set right after themselves, nearly in the same place, as browsers print bold."""
        near = DOUBLED * (self.bottom - self.top)[1:]
        apart = np.abs([np.diff(side) for side in (self.x0, self.x1, self.top)])
        for index in (np.flatnonzero((apart < near).all(axis=0) & apart.any(axis=0)) + 1).tolist():
            if self.letters[index] == self.letters[index - 1]:
                self.letters[index] = ""

    def solid(self) -> _Solid:
        """The glyphs without the blanks, and which of them stand behind one."""
        index = np.array([i for i, text in enumerate(self.letters) if text and text != BLANK], dtype=np.int64)
        blanks = np.cumsum([text == BLANK for text in self.letters], dtype=np.int64)[index]
        return _Solid(
            index,
            [self.letters[i] for i in index.tolist()],
            self._handles[index],
            np.diff(blanks, prepend=-1) > 0,
            self.x0[index],
            self.x1[index],
            self.top[index],
            self.bottom[index],
        )


class _Runs:
    """What the glyphs of each text object of a page share."""

    def __init__(self, text_page: Any, frame: Frame, shapes: Shapes) -> None:
        self._page, self._frame, self._shapes = argument(text_page), frame, shapes
        self._styles = Styles(text_page, frame)
        self._origin = (ctypes.c_double * 2)()
        size = ctypes.sizeof(ctypes.c_double)
        self._origin_at = ctypes.byref(self._origin), ctypes.byref(self._origin, size)

    def run_of(self, index: int, handle: int) -> _Run:
        """What the text object shares, seen on its glyph at the index."""
        origin_of(self._page, index, *self._origin_at)
        baseline = self._frame.point(self._origin[0], self._origin[1])[1]
        level = self._shapes.levels.get(handle, UNKNOWN_LEVEL)
        return _Run(self._styles.style_of(index, handle), baseline, level, handle in self._shapes.artifacts)


class _Start(NamedTuple):
    """Where a token starts, what its first glyph is set in, and whether it touches the one before."""

    place: int
    run: _Run
    glued: bool


def _tokens(solid: _Solid, runs: _Runs) -> list[Token]:
    """The glyphs cut at blanks, at gaps, and where what they are set in changes."""
    if not solid.letters:
        return []
    starts = list(_starts(solid, runs))
    places = [start.place for start in starts]
    tops, bottoms = _heights(solid, starts, places)
    x0, x1 = solid.x0.tolist(), solid.x1.tolist()
    # Where one glyph ends and the next begins within a token.
    between: list[float] = np.minimum(solid.x1[:-1], solid.x0[1:]).tolist()
    tokens = []
    for start, end, top, bottom in zip(starts, [*places[1:], len(x0)], tops, bottoms, strict=True):
        first, run, glued = start
        letters = solid.letters[first:end]
        edges = [x0[first], *between[first : end - 1], x1[end - 1]]
        if edges != sorted(edges):
            edges = list(itertools.accumulate(edges, max))
        text = "".join(letters)
        if len(text) > len(letters):
            edges = _divided(letters, edges)
        tokens.append(
            Token(
                text,
                tuple(edges),
                top,
                bottom,
                run.baseline,
                run.style,
                run.level,
                glued,
                is_artifact=run.is_artifact,
            )
        )
    return tokens


def _starts(solid: _Solid, runs: _Runs) -> Iterator[_Start]:
    """Where tokens start. Looked at are only the places where one may: most glyphs go on in a word."""
    handles, first, back = np.unique(solid.handle, return_index=True, return_inverse=True)
    indexes: list[int] = solid.origin[first].tolist()
    of_handle = [runs.run_of(index, handle) for index, handle in zip(indexes, handles.tolist(), strict=True)]
    size = np.array([run.style.size for run in of_handle])[back]
    is_level = np.array([run.style.angle == 0 for run in of_handle])[back]
    apart = np.concatenate(([0.0], solid.x0[1:] - solid.x1[:-1]))
    touches = (-size * BACK < apart) & (apart < size * GAP)
    may_start = solid.after_blank | (np.diff(solid.handle, prepend=-1) != 0) | (is_level & ~touches)
    open_run = of_handle[0]
    for place in np.flatnonzero(may_start).tolist():
        run = of_handle[back[place]]
        joined = near = False
        if not solid.after_blank[place]:
            joined, near = _follow(open_run, run, float(apart[place]))
        if not joined:
            open_run = run
            yield _Start(place, run, near)


def _heights(
    solid: _Solid, starts: Sequence[_Start], places: Sequence[int]
) -> tuple[list[float], list[float]]:
    """Top and bottom of each token: a font's own ascent and descent, or usual ones where those are absurd."""
    top, bottom = np.minimum.reduceat(solid.top, places), np.maximum.reduceat(solid.bottom, places)
    size = np.array([start.run.style.size for start in starts])
    baseline = np.array([start.run.baseline for start in starts])
    is_level = np.array([start.run.style.angle == 0 for start in starts])
    height = bottom - top
    is_sound = (0.6 * size <= height) & (height <= 1.8 * size) & (top < baseline)
    is_absurd = is_level & (size > 0) & ~is_sound
    tops: list[float] = np.where(is_absurd, baseline - 0.8 * size, top).tolist()
    bottoms: list[float] = np.where(is_absurd, baseline + 0.22 * size, bottom).tolist()
    return tops, bottoms


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
