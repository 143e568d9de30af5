"""What lies on one page before anything is understood: tokens, rules, boxes and pictures.

Coordinates are in the page's reading frame: PDF points from the top left of the page as it is shown,
or as it is held when most of its text runs sideways. `Frame` turns them back into the shown page.
"""

from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from annotator.geometry import Attachment, Box, Redaction

Length = TypeVar("Length", float, NDArray[np.float64])
UNMAPPED = "\ufffd"


class Style(NamedTuple):
    """How a run of glyphs is set. `angle` is in whole degrees, anticlockwise, as shown."""

    font: str
    size: float
    angle: int
    is_bold: bool = False
    is_italic: bool = False
    is_white: bool = False
    is_invisible: bool = False
    is_coloured: bool = False


class Ink(NamedTuple):
    """A painted shape or picture; `level` is its place in the order of painting."""

    box: Box
    level: int
    is_dark: bool = False
    is_opaque: bool = False
    is_white: bool = False

    @property
    def width(self) -> float:
        return self.box.x1 - self.box.x0

    @property
    def height(self) -> float:
        return self.box.bottom - self.box.top


@dataclass(slots=True, eq=False)
class Token:
    """Glyphs without a blank between them that are set alike; `glued` to the token before it or not.

    `edges` has one x more than `text` has characters, `baseline` is the y the letters stand on.
    `confidence` is in per cent, for a word that OCR read. `is_artifact`: the PDF says it is no text.
    """

    text: str
    edges: tuple[float, ...]
    top: float
    bottom: float
    baseline: float
    style: Style
    level: int
    glued: bool = False
    raised: bool = False
    confidence: int | None = None
    is_artifact: bool = False
    # Asked for millions of times in a long document.
    x0: float = field(init=False)
    x1: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        self.x0, self.x1 = self.edges[0], self.edges[-1]
        self.size = self.style.size

    @property
    def box(self) -> Box:
        return Box(self.edges[0], self.top, self.edges[-1], self.bottom)


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page's own coordinates become the frame in which it is read.

    `turn` is the clockwise turn in degrees from the page's own axes to the reading frame, `shown` the
    turn to the page as it is displayed.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    shown: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn % 180 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn % 180 else self.top - self.bottom

    @property
    def is_turned(self) -> bool:
        """Whether reading needs the page held otherwise than it is shown."""
        return self.turn != self.shown

    def point(self, x: Length, y: Length) -> tuple[Length, Length]:
        """A point, or arrays of points, in the page's own coordinates, in the reading frame."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box in the page's own coordinates, in the reading frame."""
        if self.turn == 0 and left <= right and bottom <= top:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def on_page(self, box: Box) -> Box:
        """A box of the reading frame, on the page as it is shown."""
        if not self.is_turned:
            return box
        corners = (self.own_point(box.x0, box.top), self.own_point(box.x1, box.bottom))
        (ax, ay), (bx, by) = corners
        return Frame(self.left, self.bottom, self.right, self.top, self.shown, self.shown).box(
            min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
        )

    def own_point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the reading frame, in the page's own coordinates."""
        if self.turn == 90:
            return y + self.left, x + self.bottom
        if self.turn == 180:
            return self.right - x, y + self.bottom
        if self.turn == 270:
            return self.right - y, self.top - x
        return x + self.left, self.top - y


@dataclass(slots=True)
class Sheet:
    """One page as it was painted. `sideways` and `hidden` are tokens that are not read as text.

    `unmapped` is the share of glyphs that no table of the file turns into letters, 0 to 1.
    """

    number: int
    frame: Frame
    tokens: list[Token] = field(default_factory=list)
    sideways: list[Token] = field(default_factory=list)
    hidden: list[Token] = field(default_factory=list)
    rules: list[Ink] = field(default_factory=list)
    rails: list[Ink] = field(default_factory=list)
    boxes: list[Ink] = field(default_factory=list)
    pictures: list[Ink] = field(default_factory=list)
    redactions: list[Redaction] = field(default_factory=list)
    attachments: tuple[Attachment, ...] = ()
    unmapped: float = 0.0
    is_broken: bool = False
    is_recognised: bool = False

    @property
    def width(self) -> float:
        return self.frame.width

    @property
    def height(self) -> float:
        return self.frame.height

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height of the page as it is shown."""
        if self.frame.is_turned and (self.frame.turn - self.frame.shown) % 180:
            return self.height, self.width
        return self.width, self.height
