"""PDF annotations for spans: where they go on the pages of a PDF, and what their popups say.

Our boxes are points from the top left of the page as it is shown; a PDF's own coordinates begin at the bottom
left of its media box and know neither the crop box nor the turn of the page. Highlights follow ISO 32000-1,
12.5.6.10; each carries its own appearance, so that every viewer paints the same.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotator.errors import ExportError, MissingExtra
from annotator.geometry import Box, Page
from annotator.model import Annotation
from annotator.page_text import PageText

if TYPE_CHECKING:
    import pikepdf

# How far the paint covers what is below: text must stay readable.
_OPACITY = 0.35
_PRINTED = 4


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span on one page: its boxes there, one a line, and the words of its popup."""

    id: str
    page: int
    boxes: tuple[Box, ...]
    author: str
    subject: str
    contents: str
    colour: str
    created: str
    changed: str


class Places:
    """The pages of one document, ready to be asked where a span stands on them."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = tuple(pages)
        self._texts = [PageText(page) for page in self._pages]

    def boxes(self, span: Annotation) -> dict[int, tuple[Box, ...]]:
        """By the number of the page, the boxes of the span there; {} where no word of it has a place."""
        found = {}
        for page, text in zip(self._pages, self._texts, strict=True):
            here = tuple(piece.box for part in span.fragments for piece in text.pieces(*part))
            if here:
                found[page.number] = here
        return found


class UnmarkablePdf(ExportError):
    """A PDF cannot be opened or written, so no highlight can be put on it."""


def marked(data: bytes, highlights: Iterable[Highlight], name: str) -> bytes:
    """The PDF with the highlights on its pages. Raises UnmarkablePdf for one that cannot be opened."""
    try:
        import pikepdf
    except ImportError:
        raise MissingExtra("Writing PDFs with highlights", "pdf") from None
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for highlight in highlights:
                _add(pdf, pdf.pages[highlight.page - 1], highlight)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise UnmarkablePdf(f"“{name}” is not written: its PDF needs a password.") from error
    except (pikepdf.PdfError, IndexError) as error:
        raise UnmarkablePdf(f"“{name}” is not written: its PDF is damaged.") from error


def _add(pdf: "pikepdf.Pdf", page: "pikepdf.Page", highlight: Highlight) -> None:
    """Add the highlight and its popup to the page."""
    import pikepdf

    frame = PageFrame.of(page)
    quads = [frame.quad(box) for box in highlight.boxes]
    rect = _around(quads)
    colour = _colour(highlight.colour)
    annotation = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Highlight,
            Rect=rect,
            QuadPoints=[value for quad in quads for value in quad],
            C=colour,
            CA=_OPACITY,
            F=_PRINTED,
            T=highlight.author,
            Subj=highlight.subject,
            Contents=highlight.contents,
            NM=highlight.id,
            CreationDate=_date(highlight.created),
            M=_date(highlight.changed),
            P=page.obj,
        )
    )
    annotation.AP = pikepdf.Dictionary(N=_appearance(pdf, quads, rect, colour))
    popup = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Popup,
            Rect=frame.popup(rect),
            Parent=annotation,
            Open=False,
            P=page.obj,
        )
    )
    annotation.Popup = popup
    if "/Annots" not in page.obj:
        page.obj.Annots = pikepdf.Array()
    page.obj.Annots.append(annotation)
    page.obj.Annots.append(popup)


def _appearance(
    pdf: "pikepdf.Pdf", quads: Sequence[Sequence[float]], rect: Sequence[float], colour: Sequence[float]
) -> Any:
    """The paint of a highlight: its colour over each quad, multiplied so that the ink stays dark."""
    import pikepdf

    paint = ["/GS gs", " ".join(f"{value:.4f}" for value in colour) + " rg"]
    for x1, y1, x2, y2, x3, y3, x4, y4 in quads:
        paint.append(f"{x1} {y1} m {x2} {y2} l {x4} {y4} l {x3} {y3} l h f")
    form = pikepdf.Stream(pdf, "\n".join(paint).encode())
    form.Type = pikepdf.Name.XObject
    form.Subtype = pikepdf.Name.Form
    form.BBox = list(rect)
    state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply, ca=_OPACITY)
    form.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(GS=state))
    form.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)
    return form


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What of a page is shown, in the PDF's own coordinates, and how far clockwise it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, page: "pikepdf.Page") -> "PageFrame":
        """The frame of a page: its crop box as far as it is on the media box."""
        media, crop = _box(page.mediabox), _box(page.cropbox)
        shown = (
            max(media[0], crop[0]),
            max(media[1], crop[1]),
            min(media[2], crop[2]),
            min(media[3], crop[3]),
        )
        is_empty = shown[0] >= shown[2] or shown[1] >= shown[3]
        turn = _inherited(page.obj, "/Rotate")
        return cls(*(media if is_empty else shown), int(turn or 0) // 90 * 90 % 360)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is shown, in the PDF's own coordinates."""
        if self.turn == 90:
            place = self.left + y, self.bottom + x
        elif self.turn == 180:
            place = self.right - x, self.bottom + y
        elif self.turn == 270:
            place = self.right - y, self.top - x
        else:
            place = self.left + x, self.top - y
        return round(place[0], 3), round(place[1], 3)

    def quad(self, box: Box) -> tuple[float, ...]:
        """The four corners of a box in the order that viewers read: upper left, upper right, lower both."""
        corners = ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom))
        return tuple(value for corner in corners for value in self.point(*corner))

    def popup(self, rect: Sequence[float]) -> list[float]:
        """Where the popup opens: beside the page, at the height of the highlight."""
        return [self.right, rect[3] - 120.0, self.right + 200.0, rect[3]]


def _box(values: Any) -> tuple[float, float, float, float]:
    """A rectangle of a PDF, whose corners may be given in any order."""
    ax, ay, bx, by = (float(value) for value in values)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _inherited(page: Any, key: str) -> Any:
    """An attribute of a page, or of the nearest node above that has it."""
    seen = 0
    while page is not None and seen < 100:
        if key in page:
            return page[key]
        page, seen = page.get("/Parent"), seen + 1
    return None


def _around(quads: Sequence[Sequence[float]]) -> list[float]:
    xs = [value for quad in quads for value in quad[::2]]
    ys = [value for quad in quads for value in quad[1::2]]
    return [min(xs), min(ys), max(xs), max(ys)]


def _colour(colour: str) -> list[float]:
    """The red, green and blue of #rrggbb or #rgb, from 0 to 1."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]


def _date(time: str) -> str:
    """A time of a record, ISO 8601 in UTC, as PDF writes it (ISO 32000-1, 7.9.4)."""
    digits = "".join(character for character in time if character.isdigit())[:14]
    return f"D:{digits}Z"
