"""The PDF reader: a document's bytes in, its running text with the place of every word out.

It calls pdfium, which is not safe in threads and can end a process on hostile files; the window never
calls it but in a process of its own (`annotator.readers.isolated`).
"""

from collections.abc import Iterator
from pathlib import Path

from annotator.errors import UnreadableSource
from annotator.geometry import Page
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.pdf.assemble import Assembly, PageText, line_texts
from annotator.readers.pdf.hyphens import Vocabulary
from annotator.readers.pdf.lines import make_lines
from annotator.readers.pdf.opening import opened, read_bytes
from annotator.readers.pdf.paragraphs import Paragraph, make_paragraphs
from annotator.readers.pdf.scan import read_sheet
from annotator.readers.pdf.sheet import Sheet

NAME = "pdf"
VERSION = "1"


def read(source: Path, *, password: str | None = None) -> Iterator[ReadDocument | RefusedSource]:
    """The one document in a PDF file; raises UnreadableSource where there is none to be had."""
    data = read_bytes(source)
    with opened(data, source.name, password) as document:
        sheets = [read_sheet(document, index) for index in range(len(document))]
    yield make_document(sheets, data, source.name)


def make_document(sheets: list[Sheet], data: bytes, name: str) -> ReadDocument:
    """The document that the pages make."""
    if not any(sheet.tokens for sheet in sheets):
        raise UnreadableSource(
            f"{name} has no text: its pages are pictures, as scans are. Have the text recognised in a PDF or "
            "scanning program (OCR), and import the result."
        )
    paragraphs = [p for sheet in sheets for p in make_paragraphs(make_lines(sheet.tokens, sheet.number))]
    assembly = _assemble(sheets, paragraphs)
    pages = tuple(_page(sheet, assembly.pages[sheet.number]) for sheet in sheets)
    return ReadDocument(
        title=Path(name).stem,
        text=assembly.text,
        source=data,
        source_name=name,
        reader=NAME,
        reader_version=VERSION,
        pages=pages,
        warnings=tuple(_warnings(pages)),
    )


def _assemble(sheets: list[Sheet], paragraphs: list[Paragraph]) -> Assembly:
    assembly = Assembly({s.number: s.frame for s in sheets}, Vocabulary(line_texts(paragraphs)))
    for paragraph in paragraphs:
        assembly.add(paragraph)
    return assembly


def _page(sheet: Sheet, owned: PageText) -> Page:
    width, height = sheet.shown_size
    return Page(
        sheet.number,
        round(width, 2),
        round(height, 2),
        ranges=tuple(owned.ranges),
        words=tuple(owned.words),
        marks=tuple(owned.marks),
        kind="text" if owned.words else "scan",
    )


def _warnings(pages: tuple[Page, ...]) -> Iterator[str]:
    scans = [str(page.number) for page in pages if page.kind == "scan"]
    if scans:
        yield f"No text could be read from {len(scans)} of {len(pages)} pages: {', '.join(scans[:20])}."
