"""Scores the PDF reader on hand-checked pages of filings and writes docs/pdf-quality.md.

The pages, their conventions and the scorer are in a corpus folder beside the project
(../shared/corpus); plain pypdfium2 and pdfplumber are scored on the same pages. Reading time is
processor time of one process, so that other work on the machine matters less; each is the best of two.
"""

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pdfplumber
import pypdfium2

from annotator.readers.document import ReadDocument
from annotator.readers.pdf import read
from benchmarks import pdf_ocr

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
REPORT = ROOT / "docs" / "pdf-quality.md"
SPEED_AIM = 6.0

# Filings of each kind, short enough to be read by the slowest library in a minute.
TIMED = (
    "azd-pleading-paper-5p",
    "ca1-opinion-17p",
    "ca5-opinion-10p",
    "cand-vertical-side-text-20p",
    "federal-register-three-columns-15p",
    "orb-bankruptcy-forms-52p",
    "scotus-slip-opinion-2012-30p",
    "tax-court-memo-32p",
    "whatsapp-v-nso-doc144-21p",
)

PageTexts = dict[int, str]


@dataclass(frozen=True, slots=True)
class Score:
    """What the scorer says of a page, or of all pages together."""

    similar: float
    whole: int
    units: int
    wrong: int
    pairs: int
    leaked: int
    furniture: int

    def cells(self) -> str:
        return (
            f"{self.similar:.3f} | {self.whole}/{self.units} | {self.wrong}/{self.pairs} | "
            f"{self.leaked}/{self.furniture}"
        )


def document_of(path: Path) -> ReadDocument:
    return next(part for part in read(path) if isinstance(part, ReadDocument))


def our_texts(path: Path) -> PageTexts:
    document = document_of(path)
    return {
        page.number: "\n".join(document.text[start:end] for start, end in page.ranges)
        for page in document.pages
    }


def pdfium_texts(path: Path) -> PageTexts:
    document = pypdfium2.PdfDocument(path)
    return {number: page.get_textpage().get_text_range() for number, page in enumerate(document, 1)}


def plumber_texts(path: Path) -> PageTexts:
    with pdfplumber.open(path) as document:
        return {number: page.extract_text() for number, page in enumerate(document.pages, 1)}


READERS: dict[str, Callable[[Path], PageTexts]] = {
    "Annotator": our_texts,
    "pypdfium2": pdfium_texts,
    "pdfplumber": plumber_texts,
}


def scorer(corpus: Path) -> ModuleType:
    """The scorer that comes with the reference pages."""
    path = corpus / "court-reference" / "score.py"
    spec = importlib.util.spec_from_file_location("court_reference_score", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores_of(corpus: Path, texts_of: Callable[[Path], PageTexts]) -> dict[str, Score]:
    """The score of every reference page by its name."""
    score = scorer(corpus)
    read_already: dict[str, PageTexts] = {}
    scores: dict[str, Score] = {}
    for path in sorted((corpus / "court-reference").glob("*-p[0-9]*.json")):
        page = json.loads(path.read_text("utf-8"))
        name = page["file"]
        if name not in read_already:
            read_already[name] = texts_of(corpus / "court" / name)
        text = read_already[name].get(page["page"], "")
        similar, whole, units, wrong, pairs, leaked = score.score_page(page, text)
        scores[path.stem] = Score(similar, whole, units, wrong, pairs, len(leaked), len(page["furniture"]))
    return scores


def total(scores: dict[str, Score]) -> Score:
    """The mean similarity and the sums of the rest."""
    rows = list(scores.values())
    return Score(
        sum(row.similar for row in rows) / len(rows),
        sum(row.whole for row in rows),
        sum(row.units for row in rows),
        sum(row.wrong for row in rows),
        sum(row.pairs for row in rows),
        sum(row.leaked for row in rows),
        sum(row.furniture for row in rows),
    )


def milliseconds_a_page(work: Callable[[], int]) -> float:
    """Processor time a page, the better of two runs; `work` returns how many pages it read."""
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        pages = work()
        best = min(best, (time.process_time() - started) * 1000 / pages)
    return best


def time_ours(path: Path) -> int:
    return len(document_of(path).pages)


def time_plumber(path: Path) -> int:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()
            page.close()
        return len(document.pages)


def quality_lines(corpus: Path) -> Iterator[str]:
    scores = {name: scores_of(corpus, texts_of) for name, texts_of in READERS.items()}
    heads = " | ".join(f"{name}: similar | whole | order | leaked" for name in scores)
    yield f"| page | {heads} |"
    yield "|---" * (1 + 4 * len(scores)) + "|"
    for page in scores["Annotator"]:
        yield f"| {page} | {' | '.join(each[page].cells() for each in scores.values())} |"
    yield f"| **all** | {' | '.join(total(each).cells() for each in scores.values())} |"


def speed_lines(corpus: Path) -> Iterator[str]:
    yield "| file | Annotator, ms a page | pdfplumber `extract_words`, ms a page | times faster |"
    yield "|---|---|---|---|"
    sums = [0.0, 0.0]
    for name in TIMED:
        path = corpus / "court" / f"{name}.pdf"
        ours = milliseconds_a_page(lambda path=path: time_ours(path))  # type: ignore[misc]
        plain = milliseconds_a_page(lambda path=path: time_plumber(path))  # type: ignore[misc]
        sums = [sums[0] + ours, sums[1] + plain]
        yield f"| {name} | {ours:.0f} | {plain:.0f} | {plain / ours:.1f} |"
    ours, plain = (each / len(TIMED) for each in sums)
    yield f"| **mean of the files** | {ours:.0f} | {plain:.0f} | {plain / ours:.1f} |"


HEAD = """\
# How well PDFs are read

Made by `python3 tasks.py quality` from hand-checked pages of public court documents; do not edit.

- **similar**: characters of text and notes in common with the reference, in order; 1.000 is identical.
- **whole**: paragraphs and notes found uncut, of all. **order**: pairs of them in the wrong order.
- **leaked**: stamps, running heads, line numbers and the like that were left in the text.

The aim: similar .995, whole 97 %, none in the wrong order, nothing leaked. The plain libraries do not claim
to leave furniture out; they stand beside it to show what the layout steps add. A word that is broken over
the page end is joined, which the reference pages cannot show.
"""

SPEED = """
## Reading time

Processor time of one process for everything: words, layout, notes, redactions, facts. The aim is
{aim:g} times plain pdfplumber on two cores; the figure here is for one, and two files are read at a time.
"""


OCR = """
## Scans

Pages of text PDFs drawn as pictures at 200 dots an inch and read with OCR, start of the engine included.
Right is what agrees with the text layer; blanks, capitals and the shape of quotes and dashes do not count.
The aim: 98 %, six seconds a page on two idle cores. Seconds depend on what else the machine does, processor
seconds hardly do.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    corpus: Path = parser.parse_args().corpus
    if not corpus.is_dir():
        sys.exit(f"The corpus folder is not at {corpus}; name it with --corpus.")
    lines = [HEAD, *quality_lines(corpus)]
    lines += [SPEED.format(aim=SPEED_AIM), *speed_lines(corpus)]
    lines += [OCR, *pdf_ocr.table_lines()]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    print(f"{REPORT.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
