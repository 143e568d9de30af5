"""Recognised pages: seconds a page on two cores, and the share of characters that are wrong.

Pages of public court documents that have a text layer are drawn at 200 dots an inch and saved as pictures;
the words that OCR reads are compared with those of the text layer, line by line as they stand on the page.
Blanks do not count, nor whether quotation marks and dashes are curled or straight, long or short,, nor
capitals, since a text layer has small capitals as small letters. The time has the start of the engine in it.
Without the corpus or an OCR engine there is nothing to measure.
"""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from PIL import Image

from annotator.geometry import Box
from annotator.readers.document import ReadDocument
from annotator.readers.options import PLAIN, ReadOptions
from annotator.readers.pdf.ocr import DOTS_PER_INCH, find_engine, has_engine
from annotator.readers.pdf.reader import read
from benchmarks.figure import Figure

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "court"
PAGES = (
    ("ca1-opinion-17p", (4, 5)),
    ("ca5-opinion-10p", (1, 2)),
    ("ca7-small-page-hyphens-9p", (1, 2)),
    ("mueller-report-vol-2-192p", (23, 24)),
    ("scotus-slip-opinion-2012-30p", (7, 8)),
    ("tax-court-memo-32p", (2, 3)),
    ("azd-pleading-paper-5p", (0, 1)),
    ("whatsapp-v-nso-doc144-21p", (6, 7)),
)
"""Files, and pages of them counted from 0."""

SAME_LINE = 5.0
"""Points between the feet of words on one line, at most."""

ALIKE = str.maketrans("“”‘’–—", "\"\"''--")

MOST_SECONDS = 6.0
MOST_WRONG = 2.0


def cut(source: Path, pages: tuple[int, ...], folder: Path) -> tuple[Path, Path]:
    """The pages as a PDF of their own, and the same as pictures."""
    plain, scanned = folder / "plain.pdf", folder / "scanned.pdf"
    original = pypdfium2.PdfDocument(source)
    part = pypdfium2.PdfDocument.new()
    part.import_pages(original, list(pages))
    part.save(plain)
    pictures = []
    for page in part:
        bitmap = page.render(scale=DOTS_PER_INCH / 72, grayscale=True, may_draw_forms=False)
        pictures.append(Image.fromarray(np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)))
    pictures[0].save(scanned, resolution=DOTS_PER_INCH, save_all=True, append_images=pictures[1:])
    part.close()
    original.close()
    return plain, scanned


def letters_of(path: Path, options: ReadOptions) -> str:
    """The letters that the reader has of a file, line by line as they stand on the pages.

    Furniture counts too, since here it is asked what was read and not what it was taken for.
    """
    document = next(part for part in read(path, options) if isinstance(part, ReadDocument))
    text = "".join(
        print_.text
        for page in document.pages
        for print_ in by_lines(
            [
                *(Print(document.text[word.start : word.end], word.box) for word in page.words),
                *(Print(piece.text, piece.box) for piece in page.furniture if piece.kind != "line_number"),
            ]
        )
    )
    return "".join(text.split()).translate(ALIKE).casefold()


class Print(NamedTuple):
    """Something printed on a page."""

    text: str
    box: Box


def by_lines(prints: Sequence[Print]) -> Iterator[Print]:
    """What is on a page from the top down, on a line from left to right."""
    line: list[Print] = []
    for print_ in sorted(prints, key=lambda print_: print_.box.bottom):
        if line and print_.box.bottom - line[0].box.bottom > SAME_LINE:
            yield from sorted(line, key=lambda print_: print_.box.x0)
            line = []
        line.append(print_)
    yield from sorted(line, key=lambda print_: print_.box.x0)


def wrong(expected: str, found: str) -> int:
    """How many characters are missing or other, after the two are laid side by side."""
    same = SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    return max(len(expected), len(found)) - sum(block.size for block in same)


class Row(NamedTuple):
    """Seconds and processor seconds a page, wrong characters, all characters."""

    name: str
    seconds: float
    processor: float
    wrong: int
    all: int


def measure_file(name: str, pages: tuple[int, ...]) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        plain, scanned = cut(CORPUS / f"{name}.pdf", pages, Path(folder))
        expected = letters_of(plain, PLAIN)
        begun, used = time.perf_counter(), time.process_time()
        found = letters_of(scanned, ReadOptions(ocr=True))
        seconds, processor = time.perf_counter() - begun, time.process_time() - used
    count = len(pages)
    return Row(name, seconds / count, processor / count, wrong(expected, found), len(expected))


def measure_files() -> list[Row]:
    return [measure_file(name, pages) for name, pages in PAGES]


def total(rows: Sequence[Row]) -> Row:
    """The mean times, and the sums of the characters."""
    return Row(
        "all",
        sum(row.seconds for row in rows) / len(rows),
        sum(row.processor for row in rows) / len(rows),
        sum(row.wrong for row in rows),
        sum(row.all for row in rows),
    )


def measure() -> list[Figure]:
    if not (CORPUS.is_dir() and has_engine()):
        return []
    all_ = total(measure_files())
    share = 100 * all_.wrong / all_.all
    return [
        Figure("OCR of a page at 200 dpi", all_.seconds, "six seconds", MOST_SECONDS, "s", 1),
        Figure("characters that OCR has wrong", share, "two per cent", MOST_WRONG, "%", 1),
    ]


def table_lines() -> Iterator[str]:
    """The figures as Markdown, for `docs/pdf-quality.md`; nothing without an engine."""
    if not has_engine():
        return
    rows = measure_files()
    yield f"Read with {find_engine().name} on {os.cpu_count()} cores."
    yield ""
    yield "| pages of | seconds a page | processor seconds a page | characters right |"
    yield "|---|---|---|---|"
    for name, seconds, processor, bad, count in [*rows, total(rows)]:
        yield f"| {name} | {seconds:.1f} | {processor:.1f} | {100 - 100 * bad / count:.2f} % |"


if __name__ == "__main__":
    print("\n".join(table_lines()))
