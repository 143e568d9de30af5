"""What other programs attached to a page: highlights and remarks of readers, links, filled form fields.

None of it is text of the document. pdfium reads it while it has the page, so no second parser has to open
the file; scripts and embedded files are never looked at.
"""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium

from annotator.geometry import Attachment, AttachmentKind, Box
from annotator.readers.pdf.sheet import Frame

MOST = 2000
"""Annotations of a page; a page with more has them by mistake or malice."""

LONGEST = 10_000
"""Bytes of a value that are read."""

KINDS: dict[int, AttachmentKind] = {
    pdfium.FPDF_ANNOT_HIGHLIGHT: "highlight",
    pdfium.FPDF_ANNOT_UNDERLINE: "highlight",
    pdfium.FPDF_ANNOT_SQUIGGLY: "highlight",
    pdfium.FPDF_ANNOT_STRIKEOUT: "highlight",
    pdfium.FPDF_ANNOT_TEXT: "remark",
    pdfium.FPDF_ANNOT_FREETEXT: "remark",
    pdfium.FPDF_ANNOT_LINK: "link",
    pdfium.FPDF_ANNOT_WIDGET: "field",
}


def read_attachments(document: Any, page: Any, frame: Frame) -> Iterator[Attachment]:
    """The attachments of a page, in their order in the file; links within the document are left out."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            found = _attachment(document, annotation, frame)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if found is not None:
            yield found


def _attachment(document: Any, annotation: Any, frame: Frame) -> Attachment | None:
    kind = KINDS.get(pdfium.FPDFAnnot_GetSubtype(annotation))
    if kind is None:
        return None
    boxes = tuple(frame.on_page(box) for box in _boxes(annotation, frame))
    if kind == "link":
        address = _address(document, annotation)
        return Attachment(kind, boxes, text=address) if address else None
    if kind == "field":
        name, value = _string(annotation, b"T"), _string(annotation, b"V")
        return Attachment(kind, boxes, text=value, name=name) if name and value else None
    text, author, subject = (_string(annotation, key) for key in (b"Contents", b"T", b"Subj"))
    return Attachment(kind, boxes, text=text, name=author, subject=subject)


def _boxes(annotation: Any, frame: Frame) -> Iterator[Box]:
    """The boxes of the words that a highlight is on, one a line; else the box of the whole."""
    quad = pdfium.FS_QUADPOINTSF()
    count = min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), MOST)
    for index in range(count):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield frame.box(min(xs), min(ys), max(xs), max(ys))
    rect = pdfium.FS_RECTF()
    if not count and pdfium.FPDFAnnot_GetRect(annotation, rect):
        yield frame.box(rect.left, rect.bottom, rect.right, rect.top)


def _string(annotation: Any, key: bytes) -> str:
    """The value of a key where it is a string or a name; "" where it is not."""

    def read(place: Any, size: int) -> int:
        cast = None if place is None else ctypes.cast(place, ctypes.POINTER(pdfium.FPDF_WCHAR))
        return int(pdfium.FPDFAnnot_GetStringValue(annotation, key, cast, size))

    return _filled(read).decode("utf-16-le", "replace").rstrip("\0").strip()


def _address(document: Any, annotation: Any) -> str:
    """Where a link leads on the web; "" for one within the document."""
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    read = lambda place, size: int(pdfium.FPDFAction_GetURIPath(document, action, place, size))  # noqa: E731
    return _filled(read).decode("utf-8", "replace").rstrip("\0").strip()


def _filled(read: Callable[[Any, int], int]) -> bytes:
    """What a function of pdfium writes when it is called with a buffer of the size that it wants."""
    size = min(read(None, 0), LONGEST)
    if size <= 2:
        return b""
    buffer = ctypes.create_string_buffer(size)
    read(buffer, size)
    return buffer.raw
