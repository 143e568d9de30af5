"""Where the text of a page stands: boxes of words, printed line numbers, and furniture.

Lengths are PDF points, the origin is the top left of the page as it is shown, so rotation and crop
box are already applied. `start` and `end` are code points in the document's text, end exclusive.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

PageKind = Literal["text", "scan", "ocr", "unreliable"]
AttachmentKind = Literal["highlight", "remark", "link", "field"]
FurnitureKind = Literal[
    "stamp",
    "running_head",
    "page_number",
    "line_number",
    "footer",
    "letterhead",
    "bates",
    "watermark",
    "rule",
]


class Box(NamedTuple):
    """A rectangle on a page, in PDF points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


def around(first: Box, *others: Box) -> Box:
    """The smallest rectangle that holds all of them."""
    boxes = (first, *others)
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


class Range(NamedTuple):
    """A stretch of text in code points, end exclusive."""

    start: int
    end: int


class Word(NamedTuple):
    """A word, or the piece of it that stands on one line.

    `edges` has the x of every character boundary, `end - start + 1` values from left to right. A
    word joined across a line end is two words that touch in the text; the hyphen that was dropped
    has no code point.
    """

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    edges: tuple[float, ...] = ()

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


class Furniture(NamedTuple):
    """Print that is on the page but is not the document's text, kept with its place."""

    kind: FurnitureKind
    text: str
    box: Box


class PrintedLine(NamedTuple):
    """A line of text with the number printed beside it (None where a numbered page leaves it out)."""

    number: int | None
    start: int
    end: int


class NoteLink(NamedTuple):
    """A footnote and the mark in the text that calls it."""

    mark: Range
    note: Range


class Redaction(NamedTuple):
    """A place where text was blacked out, whited out or crossed out; `text` is what lies beneath, if any."""

    kind: Literal["box", "white", "mark"]
    text: str
    box: Box


class Attachment(NamedTuple):
    """Something that another program attached to a page; it is no text of the document.

    `text` is what a highlight or remark says, where a link leads, what a form field is filled with.
    `name` is who made it, or the field's name; `subject` is what kind of remark its maker calls it.
    """

    kind: AttachmentKind
    boxes: tuple[Box, ...]
    text: str = ""
    name: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document and the text it owns.

    `ranges` are in reading order: a paragraph may cross pages, and a footnote follows the paragraph
    that carries its mark. `number` counts from 1, `printed` is the number printed on the page where
    it differs or is not a plain count. `confidences` has how sure OCR is of each word, in per cent, on a
    page that it read; it is empty on others.
    """

    number: int
    width: float
    height: float
    ranges: tuple[Range, ...] = ()
    words: tuple[Word, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    lines: tuple[PrintedLine, ...] = ()
    marks: tuple[Range, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    printed: str | None = None
    kind: PageKind = "text"
    notes: tuple[NoteLink, ...] = ()
    confidences: tuple[int, ...] = ()
    attachments: tuple[Attachment, ...] = ()
