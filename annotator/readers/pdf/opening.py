"""Opening a PDF with pdfium, and one sentence for each way in which that fails.

pdfium keeps state between calls and is not thread-safe: whoever reads does it in a process of its own.
"""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from annotator.errors import NeedsPassword, UnreadableSource

MOST_PAGES = 20_000
ENCRYPTED = b"/Encrypt"
NO_PAGES = re.compile(rb"/Kids\s*\[\s*\][^<>]*/Type\s*/Pages\b|/Type\s*/Pages\b[^<>]*/Kids\s*\[\s*\]")


@contextmanager
def opened(data: bytes, name: str, password: str | None = None) -> Iterator[pypdfium2.PdfDocument]:
    """The document in these bytes; raises UnreadableSource with what is wrong and what to do."""
    if not data:
        raise UnreadableSource(f"{name} is empty.")
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        # WORKAROUND: pdfium 8149 keeps the code of an earlier failure where it sets none, as for a file
        # without pages; so what the code says of passwords counts only where something is encrypted.
        is_locked = ENCRYPTED in data
        if not is_locked and NO_PAGES.search(data):
            raise _without_pages(name) from error
        raise _refusal(name, error, is_locked=is_locked, is_given=password is not None) from error
    with closing(document):
        pages = len(document)
        if pages == 0:
            raise _without_pages(name)
        if pages > MOST_PAGES:
            raise UnreadableSource(
                f"{name} has {pages} pages; more than {MOST_PAGES} cannot be read. Split it."
            )
        yield document


def _without_pages(name: str) -> UnreadableSource:
    return UnreadableSource(f"{name} has no pages. Import another copy of it.")


def _refusal(name: str, error: pypdfium2.PdfiumError, *, is_locked: bool, is_given: bool) -> UnreadableSource:
    code = getattr(error, "err_code", None) if is_locked else None
    if code == pdfium.FPDF_ERR_PASSWORD and is_given:
        return NeedsPassword(f"{name} is protected, and that is not its password. Try another one.")
    if code == pdfium.FPDF_ERR_PASSWORD:
        return NeedsPassword(f"{name} is protected with a password.")
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableSource(
            f"{name} is encrypted in an unknown way. Save an unprotected copy and import that."
        )
    return UnreadableSource(
        f"{name} is damaged or is no PDF: it cannot be opened. Download it again or have it repaired."
    )


def read_bytes(source: Path) -> bytes:
    """The file's bytes; raises UnreadableSource where it cannot be read."""
    try:
        return source.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{source.name} cannot be read: {error.strerror or error}.") from error
