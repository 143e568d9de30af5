"""What `annotator read --json` prints: a document as a reader made it, as plain values for other programs.

Lengths are PDF points from the top left of the page, offsets code points in `text`, end exclusive.
"""

from annotator.geometry import Box, Page
from annotator.readers.document import ReadDocument
from annotator.text import text_sha256

_DECIMALS = 3


def as_values(read: ReadDocument) -> dict[str, object]:
    """The document as values that JSON has."""
    return {
        "title": read.title,
        "kind": read.kind,
        "case": read.case,
        "metadata": dict(read.metadata),
        "text": read.text,
        "text_sha256": text_sha256(read.text),
        "pages": [_page(page) for page in read.pages],
        "annotations": {part.annotator or part.kind: len(part.annotations) for part in read.sets},
        "warnings": list(read.warnings),
        "reader": {"name": read.reader, "version": read.reader_version, "options": dict(read.options)},
    }


def _page(page: Page) -> dict[str, object]:
    return {
        "number": page.number,
        "printed": page.printed,
        "kind": page.kind,
        "width": _points(page.width),
        "height": _points(page.height),
        "ranges": [[start, end] for start, end in page.ranges],
        "words": [[word.start, word.end, *_box(word.box)] for word in page.words],
        "confidences": list(page.confidences),
        "lines": [{"number": line.number, "start": line.start, "end": line.end} for line in page.lines],
        "marks": [[start, end] for start, end in page.marks],
        "notes": [{"mark": list(link.mark), "note": list(link.note)} for link in page.notes],
        "furniture": [
            {"kind": piece.kind, "text": piece.text, "box": _box(piece.box)} for piece in page.furniture
        ],
        "attachments": [
            {
                "kind": item.kind,
                "text": item.text,
                "name": item.name,
                "subject": item.subject,
                "boxes": [_box(box) for box in item.boxes],
            }
            for item in page.attachments
        ],
        "redactions": [
            {"kind": place.kind, "text": place.text, "box": _box(place.box)} for place in page.redactions
        ],
    }


def _box(box: Box) -> list[float]:
    return [_points(length) for length in box]


def _points(length: float) -> float:
    return round(float(length), _DECIMALS)
