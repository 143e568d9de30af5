"""Reads Word documents: paragraphs, lists, tables, text boxes and notes in reading order.

The text is what a reader of the printed page sees with all changes accepted: numbers of lists and
notes are computed, deleted and hidden text is left out. Headers, footers and pictures have no text.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.model import JsonValue
from annotator.readers.document import ReadDocument
from annotator.readers.docx_body import Body
from annotator.readers.docx_package import Package, W
from annotator.readers.source import checked_text, first_line_title, read_bytes

VERSION = "1"

_MAX_BYTES = 200_000_000
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_PROPERTIES = {
    "title": f"{_DUBLIN_CORE}title",
    "author": f"{_DUBLIN_CORE}creator",
    "subject": f"{_DUBLIN_CORE}subject",
    "keywords": f"{_CORE}keywords",
    "language": f"{_DUBLIN_CORE}language",
    "created": f"{_TERMS}created",
    "modified": f"{_TERMS}modified",
    "modified_by": f"{_CORE}lastModifiedBy",
}


def read(source: Path) -> Iterator[ReadDocument]:
    """The one document of a Word file; UnreadableSource when it is locked, damaged, blank or too large."""
    data = read_bytes(source, _MAX_BYTES)
    package = Package(data, source.name)
    body = Body(package)
    text = checked_text("\n".join(body.lines()), source.name)
    metadata = _metadata(package.properties())
    title = body.title or str(metadata.get("title", "")) or body.heading
    yield ReadDocument(
        title=title or first_line_title(text, source.stem),
        text=text,
        source=data,
        source_name=source.name,
        reader="docx",
        reader_version=VERSION,
        metadata=metadata,
        warnings=(*body.warnings(), *_comments(package)),
    )


def _metadata(properties: Element | None) -> dict[str, JsonValue]:
    if properties is None:
        return {}
    stated = {key: " ".join((properties.findtext(tag) or "").split()) for key, tag in _PROPERTIES.items()}
    return {key: text for key, text in stated.items() if text}


def _comments(package: Package) -> tuple[str, ...]:
    part = package.related("comments")
    count = len(part.findall(f"{W}comment")) if part is not None else 0
    return (f"Comments are not part of the text: {count} left out.",) if count else ()
