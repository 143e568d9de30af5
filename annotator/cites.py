"""Where a span stands as lawyers cite it: by page ("p. 12"), and by line where lines are numbered ("12:7-9").

Cites use the page number that is printed; `page` is always the plain count from 1. A span that stands on
lines without a printed number, such as a footnote on pleading paper, is cited by its page alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from annotator.geometry import Page


class _Owned(NamedTuple):
    """A stretch of text that a page owns."""

    start: int
    end: int
    page: int


class _Place(NamedTuple):
    page: int
    line: int | None


class Cites:
    """The pages of one document, ready to be asked for the cite of many spans."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = tuple(pages)
        self._owned = sorted(
            _Owned(start, end, index)
            for index, page in enumerate(self._pages)
            for start, end in page.ranges
            if end > start
        )
        self._starts = [owned.start for owned in self._owned]
        self._lines = [sorted(page.lines, key=lambda line: line.start) for page in self._pages]
        self._line_starts = [[line.start for line in lines] for lines in self._lines]

    def page(self, start: int) -> int | None:
        """The number of the page, counted from 1, that the code point stands on; None without pages."""
        index = self._page_index(start)
        return None if index is None else self._pages[index].number

    def cite(self, start: int, end: int) -> str:
        """The cite of the span `[start, end)` in code points; "" for a document without pages."""
        first = self._page_index(start)
        last = self._page_index(max(start, end - 1))
        if first is None or last is None:
            return ""
        places = [_Place(page, line) for page in {first, last} for line in self._numbers(page, start, end)]
        low, high = min(places, key=_order), max(places, key=_order)
        return self._written(low, high)

    def _page_index(self, offset: int) -> int | None:
        """The page that owns the offset, or else the text before it, or else the first."""
        if not self._owned:
            return None
        return self._owned[max(0, bisect_right(self._starts, offset) - 1)].page

    def _numbers(self, page: int, start: int, end: int) -> tuple[int | None, ...]:
        """The lowest and highest line number that the span covers on the page; (None,) if there is none."""
        lines = self._lines[page]
        begin = max(0, bisect_right(self._line_starts[page], start) - 1)
        stop = bisect_left(self._line_starts[page], end)
        numbers = [line.number for line in lines[begin:stop] if line.number is not None and line.end > start]
        return (min(numbers), max(numbers)) if numbers else (None,)

    def _written(self, low: _Place, high: _Place) -> str:
        first, last = self._name(low.page), self._name(high.page)
        if low.line is None and high.line is None:
            return f"p. {first}" if low.page == high.page else f"pp. {first}-{last}"
        begin = first if low.line is None else f"{first}:{low.line}"
        if low.page == high.page:
            return begin if low.line == high.line else f"{begin}-{high.line}"
        return f"{begin}-{last if high.line is None else f'{last}:{high.line}'}"

    def _name(self, page: int) -> str:
        return self._pages[page].printed or str(self._pages[page].number)


def _order(place: _Place) -> tuple[int, int]:
    return place.page, place.line or 0
