"""The PDF reader on real filings: quality on reference pages, laws on all, hostile files within limits."""

from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from annotator.errors import AnnotatorError
from annotator.readers.document import ReadDocument
from annotator.readers.isolated import ReaderProcess
from annotator.readers.pdf import read
from annotator.text import normalise
from benchmarks.pdf_quality import our_texts, scores_of, total
from tests.unit.annotator.readers.pdf.reading import check_laws

QUICK = (
    "azd-pleading-paper-5p",
    "ca5-opinion-10p",
    "cand-pleading-paper-redacted-1p",
    "deposition-transcript-condensed-1p",
    "federal-register-three-columns-15p",
)
LONGEST_SECONDS = 30.0


def document_of(path: Path) -> ReadDocument:
    return next(part for part in read(path) if isinstance(part, ReadDocument))


@pytest.mark.parametrize("name", QUICK)
def test_laws_hold_on_filings(corpus: Path, name: str) -> None:
    document = document_of(corpus / "court" / f"{name}.pdf")

    check_laws(document)
    assert normalise(document.text) == document.text


def test_transcript_pages_keep_their_numbered_lines(corpus: Path) -> None:
    document = document_of(corpus / "court" / "deposition-transcript-condensed-1p.pdf")

    numbers = {line.number for line in document.pages[0].lines}
    assert {1, 11, 22} <= numbers


def test_text_under_boxes_is_left_out_of_a_filing(corpus: Path) -> None:
    page = document_of(corpus / "court" / "text-under-redaction-1p.pdf").pages[0]

    assert [bool(redaction.text) for redaction in page.redactions] == [True, True, True]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("encrypted-password-secret", "password"),
        ("truncated", "damaged"),
    ],
)
def test_filing_that_cannot_be_opened_is_refused_with_the_reason(corpus: Path, name: str, words: str) -> None:
    with pytest.raises(AnnotatorError, match=words):
        next(read(corpus / "court" / f"{name}.pdf"))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_reference_pages_reach_the_aims(corpus: Path) -> None:
    reached = total(scores_of(corpus, our_texts))

    assert reached.similar >= 0.995
    assert reached.whole >= 0.97 * reached.units
    assert (reached.wrong, reached.leaked) == (0, 0)


@pytest.mark.slow
def test_rubbish_is_told_on_every_page_that_has_text(corpus: Path) -> None:
    document = document_of(corpus / "court" / "garbled-text-layer-25p.pdf")

    assert sum(page.kind == "unreliable" for page in document.pages) >= 20


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_laws_hold_on_all_filings(corpus: Path) -> None:
    for path in sorted((corpus / "court").glob("*.pdf")):
        try:
            document = document_of(path)
        except AnnotatorError:
            continue
        check_laws(document)
        assert normalise(document.text) == document.text, path.name


@pytest.mark.slow
def test_every_hostile_file_is_read_or_refused_within_limits(corpus: Path) -> None:
    with ReaderProcess(seconds=LONGEST_SECONDS) as process:
        answers = {path.name: answer_to(path, process) for path in sorted((corpus / "nasty").glob("*.pdf"))}

    assert len(answers) >= 100
    assert {name: answer for name, answer in answers.items() if "crash" in answer or "error" in answer} == {}


def answer_to(path: Path, process: ReaderProcess) -> str:
    """What becomes of a file: "read", or the sentence of its refusal."""
    try:
        read_of_it = [item for item in process.read(path) if isinstance(item, ReadDocument)]
    except AnnotatorError as error:
        return str(error)
    return "read" if len(read_of_it) == 1 else f"error: {len(read_of_it)} documents"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["ca1-opinion-17p", "ca5-opinion-10p", "scotus-slip-opinion-2012-30p", "whatsapp-v-nso-doc144-21p"],
)
def test_another_engine_finds_the_same_words(corpus: Path, name: str) -> None:
    path = corpus / "court" / f"{name}.pdf"
    document = document_of(path)
    with pdfplumber.open(path) as other:
        theirs = [Counter(letters_of(page.extract_text())) for page in other.pages]

    for page, expected in zip(document.pages, theirs, strict=True):
        ours = Counter(letters_of("".join(document.text[start:end] for start, end in page.ranges)))
        ours += Counter(letters_of("".join(item.text for item in page.furniture)))
        ours += Counter(letters_of("".join(item.text for item in page.redactions)))
        # Line numbers are noted as a range, and a broken word's hyphen is not in the text.
        missing = sum((expected - ours).values())
        assert missing <= 0.01 * sum(expected.values()), page.number


def letters_of(text: str) -> list[str]:
    """The letters alone, since the engines part words and name signs differently."""
    return [letter for letter in text if letter.isalpha() and letter.isascii()]


@pytest.mark.parametrize("name", ["scanned-2p", "stamp-only-text-layer-1p"])
def test_scan_has_pages_to_look_at_and_says_how_it_gets_text(corpus: Path, name: str) -> None:
    document = document_of(corpus / "court" / f"{name}.pdf")

    assert {page.kind for page in document.pages} == {"scan"}
    assert "OCR" in document.warnings[0]
