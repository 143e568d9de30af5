"""What is printed on a page but is not the document's text, found by place, form, repetition and tags.

Pages are peeled from the outside in: a line can only be a running head or a footer where all lines
further out are furniture as well, so that repeated words inside the text stay text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from annotator.geometry import Box, FurnitureKind
from annotator.readers.pdf.leaf import DIGITS, Leaf, Segment, drop, segments_of
from annotator.readers.pdf.lines import Line, text_of
from annotator.readers.pdf.numerals import roman_value
from annotator.readers.pdf.sheet import Token
from annotator.readers.pdf.stamps import take_stamps

TOP_ZONE = 0.2
BOTTOM_ZONE = 0.78
SAME_HEIGHT = 7.0
MOST_PEELED = 6
MASTHEAD_PAGES = 2
SHORTEST_NAME = 6
SMALLEST_NUMBER = 0.7
LARGER = 1.05

_ROMAN = r"(?=[ivxlc])(?:x{0,3})(?:ix|iv|v?i{0,3})"
PAGE_NUMBER = re.compile(
    rf"^(?:[-–—~•|\[(]+\s*)?(?:(?:page|pg\.?|p\.)\s*)?(?:\d{{1,5}}|{_ROMAN}|[A-Z]{{1,3}}-\d{{1,4}})"
    rf"(?:\s*(?:of|/)\s*\d{{1,5}})?(?:\s*[-–—~•|\])]+)?$",
    re.IGNORECASE,
)
STAR_PAGE = re.compile(r"^\[\*\d{1,4}\]$")
BATES = re.compile(r"^[A-Z][A-Z&]*(?:[ _-][A-Z&]+)*[ _-]?\d{5,10}$")
RULE_OF_DASHES = re.compile(r"^[-—–_=‐―\s]{4,}[xX)|:\]}]?$")
FILL_IN_LINE = re.compile(r"^_{4,}$")
LETTERED = re.compile(r"^[A-Z]{1,3}-\d")
# The last line of a page names its page in words, behind a title or at the end of a line of its own.
TELLS_PAGE = re.compile(
    r"(?:(?:^|[-–—|•]\s*)page\s+(\d{1,4})|\bpage\s+(\d{1,4})\s+of\s+\d{1,4})$", re.IGNORECASE
)


def take_furniture(leaves: Sequence[Leaf]) -> None:
    """Take all furniture out of the lines of the pages and note it on them."""
    for leaf in leaves:
        _take_rails(leaf)
        take_stamps(leaf)
        _take_rules(leaf)
        _take_outside_of_numbers(leaf)
    before = [(leaf.lines, list(leaf.furniture), leaf.printed) for leaf in leaves]
    _peel(leaves)
    if not any(leaf.lines for leaf in leaves):
        # Pages that hold nothing but what they all hold: then that is the text.
        for leaf, (lines, furniture, printed) in zip(leaves, before, strict=True):
            leaf.lines, leaf.furniture, leaf.printed = lines, furniture, printed
    for leaf in leaves:
        _take_star_page(leaf)
        _take_unseen(leaf)


def _take_rails(leaf: Leaf) -> None:
    for rail in leaf.rails:
        leaf.add("line_number", rail.text, rail.box)


def _take_rules(leaf: Leaf) -> None:
    """Rules that are typed: rows of dashes or underscores."""
    found = [
        Segment(line.tokens, line, leaf)
        for line in leaf.lines
        if RULE_OF_DASHES.match(line.text) and not line.text.isspace()
    ]
    found += [
        Segment([token], line, leaf)
        for line in leaf.lines
        for token in line.tokens
        if _is_written_on(token, line)
    ]
    for segment in found:
        leaf.add("rule", segment.text, segment.box)
    drop(leaf, found)


def _is_written_on(token: Token, line: Line) -> bool:
    """Whether the token is a typed line that a form was filled in on: words stand over it."""
    if not FILL_IN_LINE.match(token.text):
        return False
    inside = Box(token.x0 + 1, token.top, token.x1 - 1, token.bottom)
    return any(other is not token and other.x0 < inside.x1 and other.x1 > inside.x0 for other in line.tokens)


def _take_outside_of_numbers(leaf: Leaf) -> None:
    """On pleading paper: what stands clear below the last line number is the page's foot."""
    if len(leaf.rails) != 1 or len(leaf.rails[0].tokens) < 20:
        return
    rail = leaf.rails[0]
    last = rail.bottom + 0.45 * rail.pitch
    rules = [rule.box.top for rule in leaf.sheet.rules if rule.box.top > last - 0.5 * rail.pitch]
    below = [line for line in leaf.lines if line.baseline > last]
    found: list[Segment] = []
    for line in below:
        segments = segments_of(line, leaf)
        is_foot = (
            any(top < line.baseline for top in rules)
            or line.baseline > last + 0.8 * rail.pitch
            or any(PAGE_NUMBER.match(segment.text) for segment in segments)
        )
        for segment in segments:
            if PAGE_NUMBER.match(segment.text):
                _note_page_number(leaf, segment)
            elif is_foot:
                leaf.add("footer", segment.text, segment.box)
            else:
                continue
            found.append(segment)
    drop(leaf, found)


def _note_page_number(leaf: Leaf, segment: Segment) -> None:
    leaf.add("page_number", segment.text, segment.box)
    if leaf.printed is None:
        leaf.printed = printed_number(segment.text)


def printed_number(text: str) -> str | None:
    """The number itself out of a printed page number such as "- 4 -" or "Page 4 of 17"."""
    match = re.search(r"\d+|[A-Z]{1,3}-\d+|[ivxlc]+|[IVXLC]+", re.sub(r"(?i)\b(?:page|pg|p)\b\.?", "", text))
    return match[0] if match else None


def _peel(leaves: Sequence[Leaf]) -> None:
    """Take running heads, footers and page numbers, from the edges of each page inwards."""
    tops = [_outer(leaf, is_top=True) for leaf in leaves]
    bottoms = [_outer(leaf, is_top=False) for leaf in leaves]
    # The foot first: a page number found there tells whether the head is that of a first page.
    for outer, is_top in ((bottoms, False), (tops, True)):
        repeats = _Repeats(outer)
        for leaf, rows in zip(leaves, outer, strict=True):
            _peel_page(leaf, rows, repeats, is_top=is_top)


def _outer(leaf: Leaf, *, is_top: bool) -> list[list[Segment]]:
    """The lines of the top or bottom part of the page, outermost first, cut to segments."""
    height = leaf.sheet.height
    if is_top:
        lines = [line for line in leaf.lines if line.baseline < TOP_ZONE * height]
    else:
        lines = [line for line in reversed(leaf.lines) if line.baseline > BOTTOM_ZONE * height]
    return [segments_of(line, leaf) for line in lines[:MOST_PEELED]]


class _Place(NamedTuple):
    """Where a segment stands, and the numbers in it."""

    page: int
    height: float
    numbers: tuple[int, ...]


def _place(segment: Segment) -> _Place:
    numbers = tuple(int(digits) for digits in DIGITS.findall(segment.text))
    return _Place(segment.leaf.sheet.number, segment.line.baseline, numbers)


def _offset(segment: Segment) -> tuple[int, int] | None:
    """How far the number is off the count of the pages, and how it is set; None for no page number."""
    printed = printed_number(segment.text) if PAGE_NUMBER.match(segment.text) else None
    if printed is None:
        return None
    if printed.isdecimal():
        return segment.leaf.sheet.number - int(printed), 0
    value = roman_value(printed)
    if value is None:
        return None
    # Sections are counted in Roman too, but stand at any height.
    return segment.leaf.sheet.number - value, round(segment.line.baseline / SAME_HEIGHT)


def _is_repeat(own: _Place, other: _Place) -> bool:
    """Whether two segments of like words are the same head: numbers are equal or count the pages."""
    apart = other.page - own.page
    if not apart or abs(other.height - own.height) > SAME_HEIGHT:
        return False
    return all(b - a in (0, apart) for a, b in zip(own.numbers, other.numbers, strict=True))


class _Repeats:
    """Which segments return on other pages at the same height, and the texts of those that do."""

    def __init__(self, outer: Sequence[list[list[Segment]]]) -> None:
        self._places: dict[str, list[_Place]] = defaultdict(list)
        self._offsets: Counter[tuple[int, int]] = Counter()
        for rows in outer:
            offsets: set[tuple[int, int]] = set()
            for segment in chain.from_iterable(rows):
                self._places[segment.key].append(_place(segment))
                offset = _offset(segment)
                if offset is not None:
                    offsets.add(offset)
            # The cells of a table may say one number twice on a page, which counts no pages.
            self._offsets.update(offsets)
        repeated = [key for key, places in self._places.items() if len({place.page for place in places}) >= 2]
        self._plain = "\n".join(repeated)

    def has(self, segment: Segment) -> bool:
        """Whether another page has this segment at the same height."""
        own = _place(segment)
        return any(_is_repeat(own, other) for other in self._places[segment.key])

    def names(self, segment: Segment) -> bool:
        """Whether the segment's words are part of what returns on other pages."""
        return len(segment.key) >= SHORTEST_NAME and segment.key in self._plain

    def counts_pages(self, segment: Segment) -> bool:
        """Whether the number counts along with the pages, here and on another page."""
        offset = _offset(segment)
        return offset is not None and self._offsets[offset] >= 2


def _peel_page(leaf: Leaf, rows: list[list[Segment]], repeats: _Repeats, *, is_top: bool) -> None:
    found: list[Segment] = []
    for place, segments in enumerate(rows):
        kinds = [_kind(segment, repeats, rows, place, is_top=is_top) for segment in segments]
        for segment, kind in zip(segments, kinds, strict=True):
            if kind == "page_number":
                _note_page_number(leaf, segment)
            elif kind is not None:
                _note_head(leaf, segment, kind, repeats)
            if kind is not None:
                found.append(segment)
        if None in kinds:
            break
    drop(leaf, found)


def _note_head(leaf: Leaf, segment: Segment, kind: FurnitureKind, repeats: _Repeats) -> None:
    """Note a running head or footer, a page number at its outer end apart, as in "82 SMITH v. JONES"."""
    tokens = segment.tokens
    for number, rest in ((tokens[:1], tokens[1:]), (tokens[-1:], tokens[:-1])):
        part = Segment(number, segment.line, leaf)
        if leaf.printed is None and rest and part.text.isdecimal() and repeats.counts_pages(part):
            _note_page_number(leaf, part)
            leaf.add(kind, text_of(rest), Segment(rest, segment.line, leaf).box)
            return
    told = TELLS_PAGE.search(segment.text)
    if told and leaf.printed is None:
        leaf.printed = told[1] or told[2]
    leaf.add(kind, segment.text, segment.box)


def _kind(
    segment: Segment, repeats: _Repeats, rows: list[list[Segment]], place: int, *, is_top: bool
) -> FurnitureKind | None:
    """What kind of furniture the segment is, None for text."""
    text = segment.text
    is_large = segment.line.size >= SMALLEST_NUMBER * segment.leaf.size
    # Exhibits count their pages "A-3" at the foot; at the head such letters mark a case, as "JS-6" does.
    is_number = PAGE_NUMBER.match(text) is not None and not (is_top and LETTERED.match(text))
    if is_number and (
        repeats.counts_pages(segment) or (is_large and _is_alone(segment, rows, place, is_top=is_top))
    ):
        return "page_number"
    if BATES.match(text):
        return "bates"
    if all(token.is_artifact for token in segment.tokens):
        outer: FurnitureKind = "running_head" if is_top else "footer"
        return "page_number" if PAGE_NUMBER.match(text) else outer
    if repeats.has(segment) and not (is_top and _is_title(segment, rows[place])):
        return "running_head" if is_top else "footer"
    if is_top and repeats.names(segment) and _is_masthead(segment):
        return "letterhead"
    if place == 0 and any(_counts(other, repeats) for other in rows[0] if other is not segment):
        return "running_head" if is_top else "footer"
    if place == 0 and not is_top and any(TELLS_PAGE.search(other.text) for other in rows[0]):
        return "page_number" if PAGE_NUMBER.match(text) else "footer"
    return None


def _is_masthead(segment: Segment) -> bool:
    """Whether the segment stands on a first page above a rule that runs across it."""
    sheet = segment.leaf.sheet
    below = (
        rule.box for rule in sheet.rules if segment.line.baseline < rule.box.bottom < TOP_ZONE * sheet.height
    )
    return sheet.number <= MASTHEAD_PAGES and any(box.x1 - box.x0 > 0.5 * sheet.width for box in below)


def _is_title(segment: Segment, row: list[Segment]) -> bool:
    """Whether a line that heads later pages too is the title, on the first page of an attachment."""
    leaf = segment.leaf
    if leaf.sheet.number == 1:
        is_first_page = segment.line.is_bold or segment.line.size > LARGER * leaf.size
    else:
        is_first_page = leaf.printed == "1"
    is_centred = abs((segment.box.x0 + segment.box.x1) / 2 - leaf.sheet.width / 2) < 0.06 * leaf.sheet.width
    return is_first_page and is_centred and len(row) == 1 and segment.line.size >= 0.98 * leaf.size


def _counts(segment: Segment, repeats: _Repeats) -> bool:
    return PAGE_NUMBER.match(segment.text) is not None and repeats.counts_pages(segment)


def _is_alone(segment: Segment, rows: list[list[Segment]], place: int, *, is_top: bool) -> bool:
    """Whether a number stands clear of the text: outermost on its page, with a gap to the next line."""
    if len(rows[place]) > 1:
        return False
    lines = segment.leaf.lines
    others = [line for line in lines if line is not segment.line]
    inner = [
        line
        for line in others
        if (line.baseline > segment.line.baseline if is_top else line.baseline < segment.line.baseline)
    ]
    if not inner:
        return not others
    gap = min(abs(line.baseline - segment.line.baseline) for line in inner)
    return gap > 1.4 * max(segment.line.size, segment.leaf.size)


def _take_star_page(leaf: Leaf) -> None:
    """The reporter's page number, [*3], printed beside the first line."""
    for line in leaf.lines[:2]:
        first = line.tokens[0]
        if STAR_PAGE.match(first.text):
            segment = Segment([first], line, leaf)
            leaf.add("page_number", first.text, segment.box)
            index = leaf.lines.index(line)
            drop(leaf, [segment])
            if index < len(leaf.lines) and leaf.lines[index].baseline == line.baseline:
                # The number took the place of the first words, which are not indented because of it.
                leaf.lines[index].x0 = line.x0
            return


def _take_unseen(leaf: Leaf) -> None:
    """Text that runs sideways or has the colour of the paper."""
    for tokens in (leaf.sheet.sideways, leaf.sheet.hidden):
        for group in _runs(tokens):
            text = text_of(group)
            if any(letter.isalnum() for letter in text):
                x0, x1 = min(t.x0 for t in group), max(t.x1 for t in group)
                box = Box(x0, min(t.top for t in group), x1, max(t.bottom for t in group))
                is_foot = tokens is leaf.sheet.hidden and box.top > 0.9 * leaf.sheet.height
                leaf.add("footer" if is_foot else "watermark", text, box)


def _runs(tokens: Sequence[Token]) -> Iterable[list[Token]]:
    """Tokens that follow each other in one direction on one line."""
    run: list[Token] = []
    for token in tokens:
        if run and not _follows(run[-1], token):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _follows(before: Token, token: Token) -> bool:
    if before.style.angle != token.style.angle:
        return False
    if token.style.angle in (90, 270):
        return abs(before.x0 - token.x0) < 1.0
    return abs(before.baseline - token.baseline) < 1.0 and token.x0 - before.x1 < 1.6 * token.size
