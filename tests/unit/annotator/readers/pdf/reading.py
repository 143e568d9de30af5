"""Reads generated PDFs for the tests of the PDF reader, and checks the laws of words and ranges."""

import tempfile
from pathlib import Path

import pypdfium2

from annotator.readers.document import ReadDocument
from annotator.readers.options import ReadOptions
from annotator.readers.pdf import read
from annotator.readers.pdf.scan import read_sheet
from annotator.readers.pdf.sheet import Sheet
from tests.pdf_pages import Paper


def read_paper(paper: Paper | bytes, *, keep_redacted: bool = False) -> ReadDocument:
    """The document that the reader makes of the pages."""
    data = paper if isinstance(paper, bytes) else paper.bytes()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filing.pdf"
        path.write_bytes(data)
        document = next(read(path, ReadOptions(keep_redacted=keep_redacted)))
    assert isinstance(document, ReadDocument)
    check_laws(document)
    return document


def sheet_of(paper: Paper | bytes, page: int = 1) -> Sheet:
    """One page as it was painted."""
    document = pypdfium2.PdfDocument(paper if isinstance(paper, bytes) else paper.bytes())
    try:
        return read_sheet(document, page - 1)
    finally:
        document.close()


def paragraphs(document: ReadDocument) -> list[str]:
    return document.text.split("\n")


def check_laws(document: ReadDocument) -> None:
    """Words cover the non-blank text exactly once, inside the ranges of their page, edges in order."""
    covered = [0] * len(document.text)
    for page in document.pages:
        for word in page.words:
            assert any(r.start <= word.start and word.end <= r.end for r in page.ranges)
            assert word.x0 <= word.x1
            assert word.top <= word.bottom
            assert len(word.edges) in (0, word.end - word.start + 1)
            assert list(word.edges) == sorted(word.edges)
            for offset in range(word.start, word.end):
                covered[offset] += 1
    assert covered == [0 if letter.isspace() else 1 for letter in document.text]
