"""Paths that draw several lines or boxes at once: the rules of a table, or all the bars of a page.

pdfium tells the bounds of a path as a whole, in which its parts cannot be told apart.
"""

import ctypes
import itertools

import pypdfium2.raw as pdfium

from annotator.geometry import Box
from annotator.readers.pdf.sheet import Frame

FEWEST_SEGMENTS, MOST_SEGMENTS = 4, 2000
STRAIGHT = 0.05
"""How far, in points, the ends of a level or upright line may stand apart the other way."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Point = tuple[float, float]


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does what both do, one after the other."""
    a, b, c, d, e, f = first
    ta, tb, tc, td, te, tf = then
    return (
        a * ta + b * tc,
        a * tb + b * td,
        c * ta + d * tc,
        c * tb + d * td,
        e * ta + f * tc + te,
        e * tb + f * td + tf,
    )


def on_frame(frame: Frame, left: float, bottom: float, right: float, top: float) -> Box | None:
    """A box in the page's own coordinates in the reading frame, cut to the page; None if outside."""
    box = frame.box(left, bottom, right, top)
    box = Box(max(box.x0, 0.0), max(box.top, 0.0), min(box.x1, frame.width), min(box.bottom, frame.height))
    return box if box.x1 >= box.x0 and box.bottom >= box.top else None


def parts_of(handle: object, matrix: Matrix, frame: Frame) -> list[Box]:
    """The level and upright lines and the boxes that a path draws; [] for a single one, or anything else."""
    count = pdfium.FPDFPath_CountSegments(handle)
    if not FEWEST_SEGMENTS <= count <= MOST_SEGMENTS:
        return []
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, own)
    whole = times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    parts = _subpaths(handle, count, whole)
    if len(parts) < 2 or not all(_is_straight(part) for part in parts):
        return []
    boxes = []
    for part in parts:
        xs, ys = [x for x, _ in part], [y for _, y in part]
        box = on_frame(frame, min(xs), min(ys), max(xs), max(ys))
        if box is not None:
            boxes.append(box)
    return boxes


def _subpaths(handle: object, count: int, matrix: Matrix) -> list[list[Point]]:
    """The points of each part of a path, in the page's own coordinates; [] for one with curves."""
    parts: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind not in (pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO):
            return []
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        parts[-1].append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
    return [part for part in parts if len(part) > 1]


def _is_straight(part: list[Point]) -> bool:
    """Whether the part is one level or upright line, or a box of such lines."""
    if len(part) not in (2, 4, 5):
        return False
    return all(
        abs(ay - by) <= STRAIGHT or abs(ax - bx) <= STRAIGHT
        for (ax, ay), (bx, by) in itertools.pairwise(part)
    )
