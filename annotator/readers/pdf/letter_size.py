"""How large the letters of a recognised line are and where they stand, measured on the ink of the picture.

An engine's box round a line is as high as its highest and lowest letters happen to be; layout needs the
size of the type, and a baseline that does not jump from line to line. Lengths are pixels.
"""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotator.geometry import Box

INK = 140
# Of the size of the type, in the usual book faces.
SMALL_LETTER, CAPITAL = 0.46, 0.68
# The letters of a page are nearly all of one size; what measures nearly so is so.
ALIKE = 0.14

Grey = NDArray[np.uint8]


class MeasuredLine(NamedTuple):
    """The size of the type, the baseline, and the left and right side of each word."""

    size: float
    baseline: float
    sides: tuple[tuple[float, float], ...]


def measure_line(grey: Grey, words: Sequence[tuple[str, Box]]) -> MeasuredLine:
    """Measure a line of words, each with its text and its box."""
    top = max(0, int(min(box.top for _, box in words)))
    bottom = min(grey.shape[0], int(max(box.bottom for _, box in words)) + 1)
    left, right = max(0, int(min(box.x0 for _, box in words))), int(max(box.x1 for _, box in words)) + 1
    ink = grey[top:bottom, left:right] < INK
    sides = tuple(_sides(ink, left, box) for _, box in words)
    rows = ink.sum(axis=1).astype(np.int64)
    if ink.shape[0] < 6 or not rows.any():
        return MeasuredLine(max(1.0, (bottom - top) / 1.2), bottom - (bottom - top) * 0.2, sides)
    steps = np.diff(rows, n=1, prepend=0, append=0)
    # Two rows together: the edge of a letter is blurred over them.
    edges = steps[:-1] + steps[1:]
    half = len(edges) // 2
    base = half + int(np.argmin(edges[half:])) + 1
    head = int(np.argmax(edges[: max(1, base - 2)])) + 1
    share = SMALL_LETTER if any(letter.islower() for text, _ in words for letter in text) else CAPITAL
    size = max(2.0, (base - head) / share)
    most = (bottom - top) * 1.1
    return MeasuredLine(min(size, most), float(top + base), sides)


def near_alike(sizes: Sequence[float]) -> list[float]:
    """The sizes, with those near the usual one made equal to it."""
    if not sizes:
        return []
    usual = median(sizes)
    return [usual if abs(size - usual) <= ALIKE * usual else size for size in sizes]


def _sides(ink: NDArray[np.bool_], left: int, box: Box) -> tuple[float, float]:
    """The word's box drawn in to the ink that it holds."""
    first, last = max(0, int(box.x0) - left), max(1, int(box.x1) - left)
    columns = np.flatnonzero(ink[:, first:last].any(axis=0))
    if not columns.size:
        return box.x0, box.x1
    return float(left + first + columns[0]), float(left + first + columns[-1] + 1)
