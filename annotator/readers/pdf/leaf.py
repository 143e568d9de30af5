"""A page while it is worked on: its lines, and what was found on it that is not text."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.geometry import Box, Furniture, FurnitureKind
from annotator.readers.pdf.line_numbers import Rail
from annotator.readers.pdf.lines import Line, body_size, text_of
from annotator.readers.pdf.sheet import Sheet, Token

DIGITS = re.compile(r"[0-9]+")
_NO_LETTERS = re.compile(r"[^\w#]")
WIDE_GAP = 1.6


@dataclass(slots=True)
class Leaf:
    """A page while it is worked on: what is still text, what was found to be furniture."""

    sheet: Sheet
    lines: list[Line]
    rails: list[Rail] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    printed: str | None = None

    def add(self, kind: FurnitureKind, text: str, box: Box) -> None:
        self.furniture.append(Furniture(kind, text, self.sheet.frame.on_page(box)))

    @property
    def size(self) -> float:
        return body_size(self.lines)


@dataclass(slots=True, eq=False)
class Segment:
    """A stretch of a line in the outer parts of a page, parted from others by wide gaps."""

    tokens: list[Token]
    line: Line
    leaf: Leaf

    @property
    def text(self) -> str:
        return text_of(self.tokens)

    @property
    def key(self) -> str:
        """The letters of the text, with a sign for each number, to find the same head on other pages."""
        return _NO_LETTERS.sub("", DIGITS.sub("#", self.text.casefold()))

    @property
    def box(self) -> Box:
        return Box(
            self.tokens[0].x0,
            min(token.top for token in self.tokens),
            self.tokens[-1].x1,
            max(token.bottom for token in self.tokens),
        )


def segments_of(line: Line, leaf: Leaf) -> list[Segment]:
    """The line cut at wide gaps."""
    parts: list[list[Token]] = [[line.tokens[0]]]
    for token in line.tokens[1:]:
        before = parts[-1][-1]
        if token.x0 - before.x1 > WIDE_GAP * max(token.size, before.size):
            parts.append([token])
        else:
            parts[-1].append(token)
    return [Segment(part, line, leaf) for part in parts]


def drop(leaf: Leaf, segments: Iterable[Segment]) -> None:
    """Take segments out of their lines."""
    gone: dict[int, set[int]] = defaultdict(set)
    for segment in segments:
        gone[id(segment.line)].update(id(token) for token in segment.tokens)
    kept: list[Line] = []
    for line in leaf.lines:
        if id(line) not in gone:
            kept.append(line)
            continue
        rest = [token for token in line.tokens if id(token) not in gone[id(line)]]
        if rest:
            kept.append(Line(rest, line.page))
    leaf.lines = kept
