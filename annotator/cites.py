"""Where a span stands as lawyers cite it: by page ("p. 12"), and by line where lines are numbered ("12:7-9").

Pages are counted from 1, as a court's stamp counts them; the number that is printed on a page is added
where it is another one: "ECF 144 at 6:13, printed 1:13", "p. 8, slip op. 4". A span that stands on lines
without a printed number, such as a footnote on pleading paper, is cited by its page alone.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.geometry import Page, Range
from annotator.model import Document

# Longer numbers are those by which appellate courts keep documents; nobody cites by them.
_ECF_NUMBER = re.compile(r"\d{1,4}(?:[-.]\d{1,3})?")
_STAMPED = re.compile(r"\bPage:?\s+(\d{1,5})\b", re.IGNORECASE)

# "6", "6:13", "p. 6", "ECF 144 at 6:13", "printed iii", "slip op. 4"; what follows a place is passed over.
_WANTED = re.compile(
    r"(?:ecf\s+\S+\s+at\s+)?(?:(printed|slip\s+op\.?)\s+|pp?\.\s*|page\s+)?(\d+|[ivxlc]+)(?::(\d+))?(?:\s*[-–,].*)?",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """A page, its index from 0, and the stretch of text on it that is meant; None on one without text."""

    page: int
    text: Range | None


class _Owned(NamedTuple):
    """A stretch of text that a page owns."""

    start: int
    end: int
    page: int


class _Place(NamedTuple):
    page: int
    line: int | None


def cites_of(document: Document, pages: Iterable[Page]) -> "Cites":
    """The cites of a document by its docket entry or as a slip opinion, where it is one."""
    number = str(document.metadata.get("document_number", ""))
    ecf = number if _ECF_NUMBER.fullmatch(number) else ""
    return Cites(pages, ecf=ecf, is_slip=document.kind == "opinion")


class Cites:
    """The pages of one document, ready to be asked for the cite of many spans.

    `ecf` is the number of the document on its docket, `is_slip` tells that it is an opinion.
    """

    def __init__(self, pages: Iterable[Page], *, ecf: str = "", is_slip: bool = False) -> None:
        self._pages = tuple(pages)
        self._ecf = ecf
        self._printed = "slip op." if is_slip else "printed"
        self._counts = [(_stamped(page) if ecf else "") or str(page.number) for page in self._pages]
        self._names = [page.printed or str(page.number) for page in self._pages]
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
        """The cite of `[start, end)` in code points, or of a caret; "" for a document without pages."""
        first = self._page_index(start)
        last = self._page_index(max(start, end - 1))
        if first is None or last is None:
            return ""
        places = [_Place(page, line) for page in {first, last} for line in self._numbers(page, start, end)]
        low, high = min(places, key=_order), max(places, key=_order)
        counted = self._written(low, high, self._counts)
        if self._ecf:
            counted = f"ECF {self._ecf} at {counted}"
        elif ":" not in counted:
            counted = f"{'p.' if low.page == high.page else 'pp.'} {counted}"
        if self._pages[low.page].printed is None and self._pages[high.page].printed is None:
            return counted
        printed = self._written(low, high, self._names)
        return f"{counted}, {self._printed} {printed}"

    def find(self, cite: str) -> Place | None:
        """The place that a cite begins at; None if the document has no such page or line.

        A page is meant by its count, by its printed number after "printed" or "slip op." or in Roman.
        """
        match = _WANTED.fullmatch(cite.strip())
        if match is None:
            return None
        is_printed, name, line = bool(match[1]), match[2].lower(), match[3]
        printed = [(page.printed or "").lower() for page in self._pages]
        if is_printed or not name.isdigit():
            names = printed if name in printed else [name.lower() for name in self._names]
        else:
            names = self._counts
        if name not in names:
            return None
        index = names.index(name)
        if line is None:
            ranges = self._pages[index].ranges
            return Place(index, Range(ranges[0].start, ranges[0].start) if ranges else None)
        found = (each for each in self._lines[index] if each.number == int(line))
        return next((Place(index, Range(each.start, each.end)) for each in found), None)

    def _page_index(self, offset: int) -> int | None:
        """The page that owns the offset, or else the text before it, or else the first."""
        if not self._owned:
            return None
        return self._owned[max(0, bisect_right(self._starts, offset) - 1)].page

    def _numbers(self, page: int, start: int, end: int) -> tuple[int | None, ...]:
        """The lowest and highest line number that the span covers on the page; (None,) if there is none."""
        lines = self._lines[page]
        begin = max(0, bisect_right(self._line_starts[page], start) - 1)
        stop = max(begin + 1, bisect_left(self._line_starts[page], end))
        touched = [line for line in lines[begin:stop] if line.end > start or start == end]
        numbers = [line.number for line in touched if line.number is not None]
        return (min(numbers), max(numbers)) if numbers else (None,)

    @staticmethod
    def _written(low: _Place, high: _Place, names: Sequence[str]) -> str:
        """The pages by these names, with lines where they are known: "6", "6-7", "6:13", "6:27-7:2"."""
        first, last = names[low.page], names[high.page]
        if low.line is None and high.line is None:
            return first if low.page == high.page else f"{first}-{last}"
        begin = first if low.line is None else f"{first}:{low.line}"
        if low.page == high.page:
            return begin if low.line == high.line else f"{begin}-{high.line}"
        return f"{begin}-{last if high.line is None else f'{last}:{high.line}'}"


def _stamped(page: Page) -> str:
    """The number that the court's stamp gives the page, another one than its count in an excerpt."""
    found = (_STAMPED.search(item.text) for item in page.furniture if item.kind == "stamp")
    return next((match[1] for match in found if match), "")


def _order(place: _Place) -> tuple[int, int]:
    return place.page, place.line or 0
