"""What the user is told about a PDF that was read, a sentence each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.geometry import Page
from annotator.readers.pdf.facts import is_filing
from annotator.readers.pdf.ocr import NO_ENGINE, has_engine
from annotator.readers.pdf.pieces import Fact

MOST_LISTED = 12


def warnings_of(pages: Sequence[Page], *, is_kept: bool = False) -> Iterator[str]:
    """A sentence for each thing about the pages that a reviewer must know.

    `is_kept` says that text under boxes was kept.
    """
    scans = [page.number for page in pages if page.kind == "scan"]
    if scans:
        yield f"{_pages(scans)} without text that can be read: scans or empty. {_ocr_hint()}"
    rubbish = [page.number for page in pages if page.kind == "unreliable"]
    if rubbish:
        yield (
            f"{_pages(rubbish)} with a text layer that cannot be right: the letters make no words. "
            f"Do not annotate them. {_ocr_hint()}"
        )
    ours = [page.number for page in pages if page.confidences]
    if ours:
        yield f"{_pages(ours)} read with OCR on this computer; there may be mistakes."
    recognised = [page.number for page in pages if page.kind == "ocr" and not page.confidences]
    if recognised:
        yield f"{_pages(recognised)} with text from an OCR program; it may have mistakes."
    yield from _redactions(pages, is_kept=is_kept)
    marked = [page.number for page in pages if any(item.kind == "highlight" for item in page.attachments)]
    if marked:
        yield f"{_pages(marked)} with highlights of another program. “Next highlight of the PDF” offers them."
    sideways = [page.number for page in pages if any(item.kind == "watermark" for item in page.furniture)]
    if sideways:
        yield f"{_pages(sideways)} with sideways or unseen text (watermarks), which was left out."


def _ocr_hint() -> str:
    """How the pages get text on this computer."""
    return "Have them read with OCR (“Read scanned pages”, or --ocr)." if has_engine() else NO_ENGINE


def fact_warnings(facts: Mapping[str, Fact], legends: Sequence[Fact]) -> Iterator[str]:
    """What was not found, and a sentence for each legend of sealing or privilege."""
    if is_filing(facts) and "kind" not in facts:
        yield "What kind of filing this is could not be read from it; it counts as a brief for now."
    for value in dict.fromkeys(fact.value for fact in legends):
        yield f"Marked {value!r}: check whether it may be annotated and shared."


def _redactions(pages: Sequence[Page], *, is_kept: bool) -> Iterator[str]:
    covered = [
        page.number for page in pages if any(item.text and item.kind != "mark" for item in page.redactions)
    ]
    if covered:
        what = (
            "It was kept in the text, as was decided."
            if is_kept
            else "It can still be copied out of the PDF; it was left out here and should not reach a dataset."
        )
        yield f"{_pages(covered)} with text under redaction boxes. {what} See “Text under redactions”."
    white = [page.number for page in pages if any(item.kind == "white" for item in page.redactions)]
    if white:
        yield f"{_pages(white)} with gaps that are redactions: white boxes over text."
    blacked = [
        page.number
        for page in pages
        if page.number not in covered and any(item.kind != "mark" for item in page.redactions)
    ]
    if blacked:
        yield f"{_pages(blacked)} with redactions (black bars)."
    crossed = [page.number for page in pages if any(item.kind == "mark" for item in page.redactions)]
    if crossed:
        yield f"{_pages(crossed)} with redactions written as XXXX or the like."


def _pages(numbers: Iterable[int]) -> str:
    """ "Page 3", or "Pages 3, 4 and 12 more"."""
    listed = list(numbers)
    if len(listed) == 1:
        return f"Page {listed[0]}"
    shown = ", ".join(str(number) for number in listed[:MOST_LISTED])
    more = f" and {len(listed) - MOST_LISTED} more" if len(listed) > MOST_LISTED else ""
    return f"Pages {shown}{more}"
