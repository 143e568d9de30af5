"""Where the pages of a document lie below each other when they are shown at a scale.

Lengths are logical pixels from the top left of all pages together. Pages begin and end on whole device
pixels, so that what is rendered for them is shown without being blurred.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QRectF

from ui.page_rendering import LARGEST

GAP = 34.0
"""The room below a page, which has its number."""

MARGIN = 14.0
"""The room beside and above the pages."""


class PageSize(NamedTuple):
    """Width and height of a page as it is shown, in PDF points."""

    width: float
    height: float


LETTER = PageSize(612.0, 792.0)


def sheet_size(width: float, height: float) -> PageSize:
    """How large a page is shown: as it is, or as usual paper where it is too large to be drawn."""
    return PageSize(width, height) if max(width, height) <= LARGEST else LETTER


class PageLayout:
    """Pages at a scale in logical pixels a point, centred in a view that is `width` pixels wide."""

    def __init__(self, sizes: Sequence[PageSize], scale: float, *, width: float, ratio: float = 1.0) -> None:
        """`ratio` is the number of device pixels to a logical one."""
        self._ratio = ratio
        # Most documents have pages of one size or two, however many there are.
        shown = {size: self._shown(size, scale) for size in set(sizes)}
        self._widths = [shown[size].width for size in sizes]
        self._heights = [shown[size].height for size in sizes]
        gap = self._whole(GAP)
        first = self._whole(MARGIN)
        tops = list(accumulate((height + gap for height in self._heights), initial=first))
        self._tops, self.height = tops[:-1], tops[-1] if sizes else 0.0
        self.width = max(width, max(self._widths, default=0.0) + 2 * MARGIN)
        self.scale = scale

    def __len__(self) -> int:
        return len(self._tops)

    def rect(self, index: int) -> QRectF:
        """The page of an index, counted from 0."""
        left = self._whole((self.width - self._widths[index]) / 2)
        return QRectF(left, self._tops[index], self._widths[index], self._heights[index])

    def at(self, y: float) -> int:
        """The page at a height, or the one above it where there is none; the first at the least."""
        return max(0, bisect_right(self._tops, y) - 1)

    def between(self, top: float, bottom: float) -> range:
        """The pages of which something lies between two heights, their numbers below them included."""
        if not self._tops:
            return range(0)
        return range(self.at(top), min(len(self._tops), bisect_right(self._tops, bottom)))

    def _shown(self, size: PageSize, scale: float) -> PageSize:
        """A page's size in logical pixels."""
        return PageSize(self._whole(max(1.0, size.width * scale)), self._whole(max(1.0, size.height * scale)))

    def _whole(self, length: float) -> float:
        return round(length * self._ratio) / self._ratio


def fitting_scale(sizes: Sequence[PageSize], width: float, *, most: float) -> float:
    """The scale at which the widest page fills a view of that width, but no more than `most`."""
    widest = max((size.width for size in sizes), default=LETTER.width)
    return min(most, max(0.05, (width - 2 * MARGIN) / widest))
