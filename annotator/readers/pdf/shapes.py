"""The rules, boxes and pictures painted on a page, and the order in which everything was painted.

A thin box is a rule (level) or a rail (upright); lines and boxes are told apart by shape alone, since
word processors draw lines as filled boxes as often as they stroke them.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from annotator.geometry import Box
from annotator.readers.pdf.marks import Marks
from annotator.readers.pdf.native import address_of
from annotator.readers.pdf.paths import IDENTITY, Matrix, on_frame, parts_of, times
from annotator.readers.pdf.sheet import Frame, Ink

THIN = 2.5
SHORTEST = 10.0
THINNEST_BAR = 5.0
"""So thick a line covers letters, as those do that black words out."""

MOST_OBJECTS = 20_000
DEEPEST_FORM = 6
DARK = 110
WHITE = 245


@dataclass(slots=True)
class Shapes:
    """What `read_shapes` found; `levels` has the painting order of each text object by its address.

    `artifacts` are the addresses of those that the PDF itself says are no text of the document.
    """

    rules: list[Ink] = field(default_factory=list)
    rails: list[Ink] = field(default_factory=list)
    boxes: list[Ink] = field(default_factory=list)
    pictures: list[Ink] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    artifacts: frozenset[int] = frozenset()


def read_shapes(page: object, frame: Frame) -> Shapes:
    """Everything painted on the page but its text, in the reading frame."""
    shapes, marks = Shapes(), Marks()
    for level, (handle, kind, matrix) in enumerate(_objects(page)):
        if level >= MOST_OBJECTS:
            break
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            address = address_of(handle)
            shapes.levels[address] = level
            marks.look_at(address)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(shapes, handle, matrix, frame, level)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            box = _box(handle, matrix, frame)
            if box is not None and kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                shapes.pictures.append(Ink(box, level))
    shapes.artifacts = marks.artifacts()
    return shapes


def _objects(page: object) -> Iterator[tuple[object, int, Matrix]]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _unfolded(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)


def _unfolded(handle: object, matrix: Matrix, depth: int) -> Iterator[tuple[object, int, Matrix]]:
    """The object itself, or what a form object holds."""
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield handle, kind, matrix
        return
    if depth >= DEEPEST_FORM:
        return
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, own)
    inner = times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    for index in range(min(pdfium.FPDFFormObj_CountObjects(handle), MOST_OBJECTS)):
        yield from _unfolded(pdfium.FPDFFormObj_GetObject(handle, index), inner, depth + 1)


def _box(handle: object, matrix: Matrix, frame: Frame) -> Box | None:
    """Where the object stands on the page, cut to the page; None if outside."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(handle, *sides):
        return None
    left, bottom, right, top = (side.value for side in sides)
    a, b, c, d, e, f = matrix
    if matrix != IDENTITY:
        xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
        ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
        left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    return on_frame(frame, left, bottom, right, top)


def _add_path(shapes: Shapes, handle: object, matrix: Matrix, frame: Frame, level: int) -> None:
    box = _box(handle, matrix, frame)
    if box is None:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not fill.value and not stroke.value:
        return
    getter = pdfium.FPDFPageObj_GetFillColor if fill.value else pdfium.FPDFPageObj_GetStrokeColor
    colour = _colour(handle, getter)
    bar = None if fill.value else _bar(handle, matrix, box)
    is_white = colour is not None and min(colour[:3]) >= WHITE
    if is_white and not fill.value and bar is None:
        return
    is_opaque = (
        bool(fill.value or bar)
        and colour is not None
        and colour[3] >= 250
        and not pdfium.FPDFPageObj_HasTransparency(handle)
    )
    is_dark = colour is not None and max(colour[:3]) <= DARK
    for part in [bar] if bar is not None else parts_of(handle, matrix, frame) or [box]:
        ink = Ink(part, level, is_dark=is_dark, is_opaque=is_opaque, is_white=is_white)
        _add_ink(shapes, ink, is_filled=bool(fill.value) or bar is not None)


def _add_ink(shapes: Shapes, ink: Ink, *, is_filled: bool) -> None:
    """Sort a line or a box by its shape."""
    if ink.height <= THIN < SHORTEST <= ink.width and not ink.is_white:
        shapes.rules.append(ink)
    elif ink.width <= THIN < SHORTEST <= ink.height and not ink.is_white:
        shapes.rails.append(ink)
    elif ink.width > THIN and ink.height > THIN:
        if is_filled:
            shapes.boxes.append(ink)
        elif not ink.is_white:
            _add_outline(shapes, ink.box, ink.level)


def _bar(handle: object, matrix: Matrix, box: Box) -> Box | None:
    """Where a level or upright line is drawn as thick as letters are high; None for any other path."""
    thickness, own = ctypes.c_float(), pdfium.FS_MATRIX()
    if pdfium.FPDFPath_CountSegments(handle) != 2 or not pdfium.FPDFPageObj_GetStrokeWidth(handle, thickness):
        return None
    pdfium.FPDFPageObj_GetMatrix(handle, own)
    a, b, c, d, *_ = times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    thick = thickness.value * math.sqrt(abs(a * d - b * c))
    width, height = box.x1 - box.x0, box.bottom - box.top
    # WORKAROUND: what pdfium gives as bounds reaches a whole thickness, not half of one, beyond a line.
    if thick < THINNEST_BAR or abs(min(width, height) - 2 * thick) > 0.2 * thick:
        return None
    is_blunt = pdfium.FPDFPageObj_GetLineCap(handle) == pdfium.FPDF_LINECAP_BUTT
    across, along = thick / 2, thick if is_blunt else thick / 2
    x, y = (along, across) if width >= height else (across, along)
    return Box(box.x0 + x, box.top + y, box.x1 - x, box.bottom - y)


def _add_outline(shapes: Shapes, box: Box, level: int) -> None:
    """A stroked box, as the four lines that it draws."""
    for y in (box.top, box.bottom):
        shapes.rules.append(Ink(Box(box.x0, y, box.x1, y), level))
    for x in (box.x0, box.x1):
        shapes.rails.append(Ink(Box(x, box.top, x, box.bottom), level))


def _colour(handle: object, getter: object) -> tuple[int, int, int, int] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not getter(handle, *parts):  # type: ignore[operator]
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha
