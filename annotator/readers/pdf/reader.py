"""The PDF reader: a document's bytes in, its running text with the place of every word out.

It calls pdfium, which is not safe in threads and can end a process on hostile files; the window never
calls it but in a process of its own (`annotator.readers.isolated`).
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pypdfium2 import PdfDocument

from annotator.errors import UnreadableSource
from annotator.geometry import Page, PageKind, Range
from annotator.model import JsonValue
from annotator.progress import Job, Progress
from annotator.readers.document import ReadDocument, RefusedSource
from annotator.readers.options import PLAIN, ReadOptions
from annotator.readers.pdf.assemble import Assembly, PageText, line_texts
from annotator.readers.pdf.facts import (
    find_facts,
    find_legends,
    is_filing,
    kind_of_document,
    metadata_of,
    title_of,
)
from annotator.readers.pdf.flow import flows_of, join_pages
from annotator.readers.pdf.furniture import take_furniture
from annotator.readers.pdf.glyphs import GlyphBoxes
from annotator.readers.pdf.hyphens import Vocabulary
from annotator.readers.pdf.leaf import Leaf
from annotator.readers.pdf.line_numbers import find_rails, take_out
from annotator.readers.pdf.lines import make_lines
from annotator.readers.pdf.ocr import Engine, find_engine, recognise
from annotator.readers.pdf.opening import opened, read_bytes
from annotator.readers.pdf.paragraphs import Paragraph
from annotator.readers.pdf.pieces import Piece
from annotator.readers.pdf.redactions import take_redacted
from annotator.readers.pdf.reliability import kind_of
from annotator.readers.pdf.scan import read_sheet
from annotator.readers.pdf.second_opinion import SecondOpinion
from annotator.readers.pdf.sheet import Sheet
from annotator.readers.pdf.warnings import fact_warnings, warnings_of

NAME = "pdf"
VERSION = "1"

LONG, TOLD_EVERY = 100, 25
"""Pages of a document that takes a while, and after how many of them the reader says so."""


def read(source: Path, options: ReadOptions = PLAIN) -> Iterator[Progress | ReadDocument | RefusedSource]:
    """The one document in a PDF file; raises UnreadableSource where there is none to be had.

    Text that lies under an opaque box is left out unless the options say otherwise. With OCR there is
    Progress before every page that is recognised, and some of a long document.
    """
    with _without_collecting():
        # By then the sheets are gone: the search for dead objects would go through all that is on them.
        read_document = yield from _read(source, options)
    yield read_document


def _read(source: Path, options: ReadOptions) -> Job[ReadDocument]:
    data = read_bytes(source)
    password = options.password or None
    with (
        opened(data, source.name, password) as document,
        SecondOpinion(data, password) as opinion,
    ):
        sheets = yield from _sheets(document, source.name, opinion, keep_redacted=options.keep_redacted)
        leaves = make_leaves(sheets)
        wanted = _without_text(leaves) if options.ocr else {}
        if wanted:
            engine = find_engine()
            # Making leaves took the furniture out of the sheets, so all pages are read afresh.
            sheets = yield from _sheets(document, source.name, opinion, keep_redacted=options.keep_redacted)
            yield from _recognised(document, sheets, engine, wanted, source.name)
            leaves = make_leaves(sheets)
        read_document = make_document(leaves, data, source.name, keep_redacted=options.keep_redacted)
        if wanted:
            facts: dict[str, JsonValue] = {"ocr": _ocr_facts(engine, read_document.pages)}
            read_document = replace(read_document, metadata={**read_document.metadata, **facts})
    return replace(read_document, options=options.stored())


def _without_text(leaves: list[Leaf]) -> dict[int, PageKind]:
    """The pages that OCR can help, by number: pictures of pages, and text layers that are rubbish."""
    kinds = {
        leaf.sheet.number: kind_of(leaf.sheet, leaf.lines) for leaf in leaves if not leaf.sheet.is_broken
    }
    return {number: kind for number, kind in kinds.items() if kind in ("scan", "unreliable")}


def _recognised(
    document: PdfDocument, sheets: list[Sheet], engine: Engine, wanted: Mapping[int, PageKind], name: str
) -> Iterator[Progress]:
    """Put recognised pages in the place of those that are wanted."""
    for done, (number, kind) in enumerate(wanted.items()):
        yield Progress(done, len(wanted), f"{name}, OCR of page {number}")
        sheets[number - 1] = recognise(document, sheets[number - 1], engine, keeps_text=kind == "scan")


def _ocr_facts(engine: Engine, pages: tuple[Page, ...]) -> dict[str, JsonValue]:
    """Which pages OCR read, with what, and how sure it is on average (0 to 1)."""
    read = [page for page in pages if page.confidences]
    words = [confidence for page in read for confidence in page.confidences]
    return {
        "engine": engine.name,
        "pages": [page.number for page in read],
        "confidence": round(sum(words) / max(1, len(words)) / 100, 3),
    }


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Pause the search for dead objects: nearly all that is made lives until the document is done."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sheets(
    document: PdfDocument, name: str, opinion: SecondOpinion, *, keep_redacted: bool
) -> Job[list[Sheet]]:
    """All pages as they were painted; of a long document it is told how far it is."""
    sheets, boxes = [], GlyphBoxes()
    count = len(document)
    for index in range(count):
        if count >= LONG and index % TOLD_EVERY == 0:
            yield Progress(index, count, f"{name}, page {index + 1}")
        sheet = read_sheet(document, index, boxes)
        opinion.ask(sheet)
        take_redacted(sheet, document, keep=keep_redacted)
        sheets.append(sheet)
    return sheets


def make_document(leaves: list[Leaf], data: bytes, name: str, *, keep_redacted: bool = False) -> ReadDocument:
    """The document that the pages make; its text is empty where all pages are pictures."""
    sheets = [leaf.sheet for leaf in leaves]
    kinds = {leaf.sheet.number: kind_of(leaf.sheet, leaf.lines) for leaf in leaves}
    if "scan" not in kinds.values() and not any(leaf.lines for leaf in leaves):
        raise UnreadableSource(f"{name} has no text: its pages are blank. Import another copy of it.")
    paragraphs = join_pages(flows_of(leaves))
    assembly, places = _assemble(sheets, paragraphs)
    pages = tuple(_page(leaf, assembly.pages[leaf.sheet.number], kinds[leaf.sheet.number]) for leaf in leaves)
    text = assembly.text
    pieces = [
        Piece(text[place.start : place.end], place, paragraph.lines[0].page, paragraph.is_bold)
        for paragraph, place in zip(paragraphs, places, strict=True)
    ]
    furniture = [(leaf.sheet.number, item) for leaf in leaves for item in leaf.furniture]
    facts = find_facts(pieces, furniture)
    legends = find_legends(pieces) if is_filing(facts) else []
    return ReadDocument(
        title=title_of(facts) or Path(name).stem,
        kind=kind_of_document(facts),
        case=facts["docket_number"].value if "docket_number" in facts else "",
        metadata=metadata_of(facts, legends),
        text=text,
        source=data,
        source_name=name,
        reader=NAME,
        reader_version=VERSION,
        pages=pages,
        warnings=(*warnings_of(pages, is_kept=keep_redacted), *fact_warnings(facts, legends)),
    )


def _assemble(sheets: list[Sheet], paragraphs: list[Paragraph]) -> tuple[Assembly, list[Range]]:
    """The text, and the range of each paragraph in it."""
    assembly = Assembly({s.number: s.frame for s in sheets}, Vocabulary(line_texts(paragraphs)))
    return assembly, [assembly.add(paragraph) for paragraph in paragraphs]


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


def _page(leaf: Leaf, owned: PageText, kind: PageKind) -> Page:
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
        redactions=tuple(sheet.redactions),
        kind=kind,
        notes=tuple(owned.notes),
        confidences=tuple(owned.confidences) if sheet.is_recognised else (),
        attachments=sheet.attachments,
    )
