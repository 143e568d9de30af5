"""The blocks of an extracted page, and which of them belong to the site rather than to the article.

The rules follow from how news pages are made (headline, dateline, article, links to read on), look
at structure and never at words of one language or site. Links count because a line that is nothing
but links invites to leave the article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

BlockKind = Literal["paragraph", "heading", "item", "row"]

# Tags of the extractor's own tree and of plain HTML, since its fallbacks return either.
_KINDS: dict[str, BlockKind] = {
    "head": "heading",
    **{f"h{level}": "heading" for level in range(1, 7)},
    "item": "item",
    "li": "item",
    "row": "row",
    "tr": "row",
}
_BREAKS = {
    *_KINDS,
    *("p", "quote", "list", "table", "div", "section", "body", "article", "main", "code", "ul", "ol"),
    *("blockquote", "pre", "lb", "br", "hr", "dl", "dt", "dd", "figure", "figcaption", "header"),
    *("footer", "aside", "details", "summary", "center", "form"),
}
_CELLS = {"cell", "td", "th"}
_LINKS = {"ref", "a"}
_NEXT_CELL = "\x1f"
_WORD = re.compile(r"\w+")

_PROSE_WORDS = 12
_DATELINE_WORDS = 20
_REPEATED_LENGTH = 60
_LEAD_IN_WORDS = 3
_STANDFIRST_PARAGRAPHS = 2


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row; `outside` is the part of its text that is no link.

    A bullet or number belongs to `text` alone.
    """

    kind: BlockKind
    text: str
    outside: str
    has_link: bool = False

    @property
    def is_prose(self) -> bool:
        """Whether it reads like sentences of an article: long enough and not mostly links."""
        return len(self.text.split()) >= _PROSE_WORDS and len(self.outside) > len(self.text) / 2

    @property
    def is_link_line(self) -> bool:
        """Whether it is nothing but links, apart from a few words that lead in to one: `Related: ...`."""
        if self.kind in ("heading", "row") or not self.has_link:
            return False
        words = _WORD.findall(self.outside)
        return not words or (len(words) <= _LEAD_IN_WORDS and self.outside.rstrip().endswith(":"))

    @property
    def leads_in(self) -> bool:
        """Whether it only introduces what comes next: `Read also:`."""
        return self.text.endswith(":") and not self.is_prose


def size(blocks: Sequence[Block]) -> int:
    """How much text the blocks have, in code points."""
    return sum(len(block.text) for block in blocks)


def blocks_of(body: Any) -> list[Block]:
    """The blocks of an extracted tree in reading order; list items start with their bullet or number."""
    return list(_Walk().blocks(body))


class _Walk:
    """One walk over a tree: what is gathered for the block at hand, and inside what it stands."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, bool]] = []
        self.kinds: list[BlockKind] = []
        self.lists: list[int | None] = []
        self.marker = ""
        self.links = 0
        self.rows = 0

    def blocks(self, body: Any) -> Iterator[Block]:
        # Iterative, because hostile pages nest deeper than Python may recurse.
        for event, element in etree.iterwalk(body, events=("start", "end")):
            tag = element.tag
            if tag in _BREAKS and not (self.rows and tag not in ("row", "tr")):
                yield from self._flush()
            elif tag in _BREAKS:
                self.pieces.append((" ", False))
            if event == "start":
                self._enter(element)
            else:
                self._leave(element, is_root=element is body)
        yield from self._flush()

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if tag in _KINDS:
            self.kinds.append(_KINDS[tag])
        if tag in ("list", "ul", "ol"):
            self.lists.append(0 if tag == "ol" or element.get("rend") == "ol" else None)
        if _KINDS.get(tag) == "item":
            self.marker = self._next_marker()
        if _KINDS.get(tag) == "row" and _is_data(element):
            self.rows += 1
        self.links += tag in _LINKS
        self.pieces.append((element.text or "", self.links > 0))

    def _leave(self, element: Any, *, is_root: bool) -> None:
        tag = element.tag
        self.links -= tag in _LINKS
        if tag in _KINDS and self.kinds.pop() == "item":
            self.marker = ""
        if tag in ("list", "ul", "ol"):
            self.lists.pop()
        if _KINDS.get(tag) == "row" and self.rows:
            self.rows -= 1
        if tag in _CELLS:
            self.pieces.append((_NEXT_CELL if self.rows else " ", False))
        if not is_root:
            self.pieces.append((element.tail or "", self.links > 0))

    def _next_marker(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "• "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "

    def _flush(self) -> Iterator[Block]:
        text = _folded("".join(piece for piece, _ in self.pieces))
        outside = _folded("".join(" " if is_link else piece for piece, is_link in self.pieces))
        has_link = any(is_link and piece.strip() for piece, is_link in self.pieces)
        self.pieces.clear()
        if text:
            marker, self.marker = self.marker, ""
            yield Block(self.kinds[-1] if self.kinds else "paragraph", marker + text, outside, has_link)


def _is_data(row: Any) -> bool:
    """Whether a row is one of a table of data, whose cells are short, and not of a page laid out in cells."""
    return all(sum(part.tag in _BREAKS for part in cell.iterdescendants()) <= 1 for cell in row)


def _folded(text: str) -> str:
    cells = [" ".join(cell.split()) for cell in text.split(_NEXT_CELL)]
    return "\t".join(cells).rstrip("\t")


def with_standfirst(blocks: list[Block], fuller: Sequence[Block]) -> list[Block]:
    """The blocks, and before them the standfirst that only the fuller extraction of the page has.

    It sums the article up in one or two paragraphs and often stands in the page's header, which a
    strict extraction leaves out.
    """
    texts = [block.text for block in fuller]
    if not blocks or blocks[0].text not in texts:
        return blocks
    before = fuller[: texts.index(blocks[0].text)]
    standfirst = [block for block in before if block.kind == "paragraph" and block.is_prose]
    return standfirst + blocks if len(standfirst) <= _STANDFIRST_PARAGRAPHS else blocks


def article_blocks(blocks: Sequence[Block], *, title: str, date: str) -> list[Block]:
    """The blocks without what the page says about the article or offers besides it."""
    lead = next((place for place, block in enumerate(blocks) if block.is_prose), len(blocks))
    kept = [
        block
        for place, block in enumerate(blocks)
        if place >= lead or not (_is_headline(block, title) or _is_dateline(block, date))
    ]
    return _without_hanging_ends(_without_repeats(_without_link_lines(kept)))


def _is_headline(block: Block, title: str) -> bool:
    return bool(title) and _words(block.text) == _words(title)


def _is_dateline(block: Block, date: str) -> bool:
    """Whether a line above the article states when it appeared (`date` as YYYY-MM-DD) and little else."""
    if not date or block.kind == "heading" or len(block.text.split()) > _DATELINE_WORDS:
        return False
    year, _, day = date.split("-")
    numbers = {int(number) for number in re.findall(r"\d{1,4}", block.text)}
    return {int(year), int(day)} <= numbers


def _without_link_lines(blocks: Sequence[Block]) -> list[Block]:
    """Without link lines and what leads in to them.

    A list goes only as a whole, since an article may link some of its items.
    """
    kept: list[Block] = []
    place = 0
    while place < len(blocks):
        end = place + 1
        while blocks[place].kind == "item" and end < len(blocks) and blocks[end].kind == "item":
            end += 1
        run = blocks[place:end]
        if not all(block.is_link_line for block in run):
            kept.extend(run)
        elif kept and kept[-1].leads_in:
            kept.pop()
        place = end
    return kept


def _without_repeats(blocks: Sequence[Block]) -> list[Block]:
    """Each longer paragraph once: pages repeat them as summary, pull quote or for small screens."""
    seen: set[str] = set()
    kept: list[Block] = []
    for block in blocks:
        if len(block.text) >= _REPEATED_LENGTH and block.text in seen:
            continue
        seen.add(block.text)
        kept.append(block)
    return kept


def _without_hanging_ends(blocks: list[Block]) -> list[Block]:
    """Without what introduces nothing at the end: what came after it was left out."""
    end = len(blocks)
    while end and (blocks[end - 1].kind == "heading" or blocks[end - 1].leads_in):
        end -= 1
    return blocks[:end]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
