"""The PDF reader as a whole, on generated PDFs and on real filings."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from annotator.errors import NeedsPassword, UnreadableSource
from annotator.progress import Progress
from annotator.readers.document import ReadDocument
from annotator.readers.options import ReadOptions
from annotator.readers.pdf import read
from annotator.readers.pdf.reader import LONG
from tests.pdf_pages import LETTER, Paper, changed, encrypted, saved
from tests.unit.annotator.readers.pdf.reading import check_laws

SENTENCE = "The motion to compel is granted in part."


def paper_with(text: str = SENTENCE, x: float = 72.0, y: float = 100.0) -> Paper:
    paper = Paper()
    paper.put(x, y, text)
    return paper


def read_pdf(folder: Path, data: bytes) -> ReadDocument:
    path = folder / "filing.pdf"
    path.write_bytes(data)
    document = next(read(path))
    assert isinstance(document, ReadDocument)
    return document


def test_words_stand_where_they_are_printed(tmp_path: Path) -> None:
    document = read_pdf(tmp_path, paper_with().bytes())

    first = document.pages[0].words[0]
    assert document.text == SENTENCE
    assert document.text[first.start : first.end] == "The"
    assert first.x0 == pytest.approx(72.0, abs=0.5)
    assert first.top < 100.0 < first.bottom
    assert first.edges[0] == first.x0
    check_laws(document)


@pytest.mark.parametrize(("turn", "size"), [(90, LETTER[::-1]), (180, LETTER), (270, LETTER[::-1])])
def test_turned_page_has_boxes_on_the_page_as_shown(
    tmp_path: Path, turn: int, size: tuple[float, float]
) -> None:
    document = read_pdf(tmp_path, changed(paper_with().bytes(), rotate=turn))

    page = document.pages[0]
    word = page.words[0]
    expected = {90: (792 - 100, 72), 180: (612 - 72, 792 - 100), 270: (100, 612 - 72)}[turn]
    assert (page.width, page.height) == size
    assert document.text == SENTENCE
    assert word.x0 - 4 <= expected[0] <= word.x1 + 4
    assert word.top - 4 <= expected[1] <= word.bottom + 4


def test_text_outside_the_crop_box_is_left_out(tmp_path: Path) -> None:
    paper = paper_with()
    paper.put(72, 700, "Outside of what is shown.")

    document = read_pdf(tmp_path, changed(paper.bytes(), crop=(50, 400, 562, 742)))

    page = document.pages[0]
    assert document.text == SENTENCE
    assert (page.width, page.height) == (512, 342)
    assert page.words[0].x0 == pytest.approx(22, abs=0.5)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\nno more", "damaged"),
        (Paper().bytes(), "blank"),
        (encrypted(paper_with().bytes(), "secret"), "password"),
    ],
    ids=["nothing", "cut", "blank", "protected"],  # bytes with random keys in them are no names
)
def test_unreadable_file_is_refused_with_a_sentence(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)

    with pytest.raises(UnreadableSource, match=word) as refusal:
        next(read(path))

    assert "broken.pdf" in str(refusal.value)


def test_right_password_opens_an_encrypted_file(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(encrypted(paper_with().bytes(), "secret"))

    document = next(read(path, ReadOptions(password="secret")))

    assert isinstance(document, ReadDocument)
    assert document.text == SENTENCE


def test_page_of_a_picture_is_a_scan_and_warned_of(tmp_path: Path) -> None:
    paper = paper_with()
    paper.add_page()
    paper.picture(0, 0, 612, 792)

    document = read_pdf(tmp_path, paper.bytes())

    assert [page.kind for page in document.pages] == ["text", "scan"]
    assert document.warnings[0].startswith("Page 2 ")


def test_blank_page_is_no_scan(tmp_path: Path) -> None:
    paper = paper_with()
    paper.add_page()

    document = read_pdf(tmp_path, paper.bytes())

    assert [page.kind for page in document.pages] == ["text", "text"]
    assert document.warnings == ()


def test_recognised_scan_is_marked_as_ocr(tmp_path: Path) -> None:
    paper = Paper()
    paper.picture(0, 0, 612, 792)
    with paper.local_context(text_mode="INVISIBLE"):
        paper.put_lines(72, 100, [SENTENCE] * 8)

    document = read_pdf(tmp_path, paper.bytes())

    assert document.pages[0].kind == "ocr"
    assert "OCR program" in document.warnings[0]


@pytest.mark.parametrize(
    "name",
    ["ca5-opinion-10p", "cand-pleading-paper-redacted-1p", "deposition-transcript-condensed-1p"],
)
def test_laws_hold_on_real_filings(corpus: Path, name: str) -> None:
    document = next(read(corpus / "court" / f"{name}.pdf"))

    assert isinstance(document, ReadDocument)
    check_laws(document)


def test_long_document_tells_how_far_it_is(tmp_path: Path) -> None:
    paper = paper_with()
    for _ in range(LONG):
        paper.add_page()
        paper.put(72, 100, SENTENCE)
    path = tmp_path / "long.pdf"
    path.write_bytes(paper.bytes())

    *told, document = read(path)

    assert isinstance(document, ReadDocument)
    assert told[1] == Progress(25, LONG + 1, "long.pdf, page 26")


def edited(data: bytes, edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        return saved(pdf)


def add_script_and_file(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.attachments["program.exe"] = b"MZ" * 100


def remove_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:]


@pytest.mark.parametrize(
    "box", [(-1e7, -1e7, 1e7, 1e7), (0, 0, 14_400, 14_400), (0, 0, 0, 0), (612, 792, 0, 0)]
)
def test_page_of_any_size_is_read(tmp_path: Path, box: tuple[float, ...]) -> None:
    def resize(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = list(box)

    assert read_pdf(tmp_path, edited(paper_with().bytes(), resize)).text == SENTENCE


def test_scripts_and_files_inside_are_passed_over(tmp_path: Path) -> None:
    document = read_pdf(tmp_path, edited(paper_with().bytes(), add_script_and_file))

    assert (document.text, document.warnings) == (SENTENCE, ())


def test_file_without_pages_is_refused_also_after_a_protected_one(tmp_path: Path) -> None:
    locked, empty = tmp_path / "locked.pdf", tmp_path / "empty.pdf"
    locked.write_bytes(encrypted(paper_with().bytes(), "secret"))
    empty.write_bytes(edited(paper_with().bytes(), remove_pages))

    with pytest.raises(NeedsPassword):
        next(read(locked))
    with pytest.raises(UnreadableSource, match="has no pages") as caught:
        next(read(empty))
    assert not isinstance(caught.value, NeedsPassword)


def test_page_that_is_a_picture_can_be_seen_and_ocr_is_offered(tmp_path: Path) -> None:
    paper = Paper()
    paper.picture(0, 0, 612, 792)

    document = read_pdf(tmp_path, paper.bytes())

    assert (document.text, document.pages[0].kind) == ("", "scan")
    assert "OCR" in document.warnings[0]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_thousand_pages_are_read(tmp_path: Path) -> None:
    def repeat(pdf: pikepdf.Pdf) -> None:
        for _ in range(9999):
            pdf.pages.append(pdf.pages[0])

    path = tmp_path / "long.pdf"
    path.write_bytes(edited(paper_with().bytes(), repeat))

    *_, document = read(path)

    assert isinstance(document, ReadDocument)
    assert len(document.pages) == 10_000
