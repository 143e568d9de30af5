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
from annotator.readers.pdf.flow import flow_of, join_pages
from annotator.readers.pdf.furniture import Leaf, take_furniture
from annotator.readers.pdf.hyphens import Vocabulary
from annotator.readers.pdf.line_numbers import find_rails, take_out
from annotator.readers.pdf.lines import body_size, make_lines
from annotator.readers.pdf.opening import opened, read_bytes
from annotator.readers.pdf.paragraphs import Paragraph
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
    leaves = make_leaves(sheets)
    text_size = body_size(line for leaf in leaves for line in leaf.lines)
    paragraphs = join_pages([flow_of(leaf, text_size) for leaf in leaves])
    assembly = _assemble(sheets, paragraphs)
    pages = tuple(_page(leaf, assembly.pages[leaf.sheet.number]) for leaf in leaves)
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


def make_leaves(sheets: list[Sheet]) -> list[Leaf]:
    """The pages with their lines, furniture taken out."""
    rails = find_rails(sheets)
    leaves = []
    for sheet in sheets:
        take_out(sheet, rails[sheet.number])
        lines = make_lines(sheet.tokens, sheet.number)
        leaves.append(Leaf(sheet, lines, rails[sheet.number]))
    take_furniture(leaves)
    return leaves


def _page(leaf: Leaf, owned: PageText) -> Page:
    sheet = leaf.sheet
    width, height = sheet.shown_size
    return Page(
        sheet.number,
        round(width, 2),
        round(height, 2),
        ranges=tuple(owned.ranges),
        words=tuple(owned.words),
        furniture=tuple(leaf.furniture),
        lines=tuple(owned.lines) if leaf.rails else (),
        marks=tuple(owned.marks),
        printed=leaf.printed if leaf.printed != str(sheet.number) else None,
        kind="text" if owned.words else "scan",
    )


def _warnings(pages: tuple[Page, ...]) -> Iterator[str]:
    scans = [str(page.number) for page in pages if page.kind == "scan"]
    if scans:
        yield f"No text could be read from {len(scans)} of {len(pages)} pages: {', '.join(scans[:20])}."
