"""PDF highlights: pypdfium2 and pdfplumber find them where the words are, on turned and cropped pages too."""

import ctypes
import dataclasses
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from annotator.errors import ExportError
from annotator.geometry import Box
from annotator.page_text import PageText
from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services import annotating
from annotator.services.exporting import Selection, snapshot
from annotator.services.importing import import_paths
from exporters import EXPORTERS
from exporters.pdf_marks import Highlight, marked
from exporters.preflight import preflight
from storage.store import ProjectStore
from tests import projects
from tests.pdf_pages import Paper, changed, encrypted
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export
from tests.unit.exporters.rich_project import rich_project

LINES = (
    "Judge Ada Romero of the District Court ruled on the motion that",
    "Norvel cannot claim immunity, and the clerk entered the order.",
)
HELD = "that Norvel cannot claim immunity"
WITHIN = 1.0


@contextmanager
def pdf_project(folder: Path, data: bytes) -> Iterator[ProjectStore]:
    """A project with a PDF, in which Ana has marked a name and a holding over two lines."""
    (folder / "order.pdf").write_bytes(data)
    with projects.new_project(folder) as store:
        ana = projects.lead(store).id
        with ReaderProcess() as process:
            run(import_paths(store, [folder / "order.pdf"], annotator=ana, process=process))
        (document,) = store.documents()
        text = store.text(document.text_version)
        for label, words in (("judge", "Ada Romero"), ("holding", HELD)):
            start = text.index(words)
            change = annotating.highlight(
                store,
                annotator=ana,
                document=document.id,
                label=label,
                fragments=[(start, start + len(words))],
            )
            span = next(record.id for record in change.after)
        annotating.set_note(store, annotator=ana, annotation=span, note="See R4 – “so held” 😀")
        yield store


def paper() -> bytes:
    page = Paper()
    page.put_lines(90, 120, LINES)
    page.put_lines(90, 400, ["A paragraph of its own stands further down the page and ends here."])
    return page.bytes()


def expected(store: ProjectStore) -> dict[str, list[Box]]:
    """By label, the boxes of the spans as the page view paints them."""
    (document,) = store.documents()
    (page,) = store.pages(document.text_version)
    text = PageText(page)
    return {
        span.label: [piece.box for part in span.fragments for piece in text.pieces(*part)]
        for span in store.annotations(document.id)
    }


def quads_in_pdfium(data: bytes) -> dict[str, list[tuple[Box, str]]]:
    """By subject, the boxes on the page as pdfium shows it, and the words that it has in each."""
    found: dict[str, list[tuple[Box, str]]] = {}
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        words = page.get_textpage()
        for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, number)
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_HIGHLIGHT:
                found[_string(annotation, b"Subj")] = [_shown(page, words, one) for one in _quads(annotation)]
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _quads(annotation: object) -> list[list[tuple[float, float]]]:
    quads = []
    for place in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        quad = pdfium.FS_QUADPOINTSF()
        assert pdfium.FPDFAnnot_GetAttachmentPoints(annotation, place, quad)
        quads.append([(quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4)])
    return quads


def _shown(
    page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage, quad: list[tuple[float, float]]
) -> tuple[Box, str]:
    """The place of a quad on the shown page, by pdfium's own arithmetic at a hundred dots a point."""
    width, height = page.get_size()
    dots = []
    for x, y in quad:
        right, down = ctypes.c_int(), ctypes.c_int()
        size = (0, 0, round(width * 100), round(height * 100))
        assert pdfium.FPDF_PageToDevice(page, *size, 0, x, y, right, down)
        dots.append((right.value / 100, down.value / 100))
    xs, ys = zip(*quad, strict=True)
    text = words.get_text_bounded(min(xs) - 0.5, min(ys), max(xs) + 0.5, max(ys))
    across, down_page = zip(*dots, strict=True)
    return Box(min(across), min(down_page), max(across), max(down_page)), text.strip()


def _string(annotation: object, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (length // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


CASES = {
    "plain": {},
    "turned 90": {"rotate": 90},
    "turned 180": {"rotate": 180},
    "turned 270": {"rotate": 270},
    "cropped": {"crop": (50.0, 100.0, 580.0, 760.0)},
    "cropped and turned": {"crop": (50.0, 100.0, 580.0, 760.0), "rotate": 90},
}


@pytest.mark.parametrize("case", CASES)
def test_pdfium_finds_the_highlights_on_the_words(tmp_path: Path, case: str) -> None:
    with pdf_project(tmp_path, changed(paper(), **CASES[case])) as store:
        report = export(store, "pdf", tmp_path / "out")
        boxes = expected(store)

    assert (report.documents, report.spans, len(report.losses)) == (1, 2, 0)
    (written,) = (tmp_path / "out").glob("*.pdf")
    found = quads_in_pdfium(written.read_bytes())
    assert {label: [text for _box, text in places] for label, places in found.items()} == {
        "Judge": ["Ada Romero"],
        "Holding": ["that", "Norvel cannot claim immunity"],
    }
    for label, places in found.items():
        for (box, _text), wanted in zip(places, boxes[label.lower()], strict=True):
            assert box == pytest.approx(wanted, abs=WITHIN)


@pytest.mark.parametrize("case", CASES)
def test_pdfplumber_finds_the_highlights_on_the_words(tmp_path: Path, case: str) -> None:
    with pdf_project(tmp_path, changed(paper(), **CASES[case])) as store:
        export(store, "pdf", tmp_path / "out")

    (written,) = (tmp_path / "out").glob("*.pdf")
    with pdfplumber.open(written) as pdf:
        (page,) = pdf.pages
        annotation = next(one for one in page.annots if one["data"].get("Subj") == b"Judge")
        letters = [letter for letter in page.chars if _is_of(letter, page.chars, "Ada Romero")]
    edges = (
        min(letter["x0"] for letter in letters),
        max(letter["x1"] for letter in letters),
        min(letter["top"] for letter in letters),
        max(letter["bottom"] for letter in letters),
    )
    along, across = ((0, 1), (2, 3)) if CASES[case].get("rotate", 0) % 180 == 0 else ((2, 3), (0, 1))
    place = (annotation["x0"], annotation["x1"], annotation["top"], annotation["bottom"])
    for edge in along:
        assert place[edge] == pytest.approx(edges[edge], abs=WITHIN)
    # The engines differ in how high a line is, not in where its middle is.
    assert sum(place[edge] for edge in across) / 2 == pytest.approx(
        sum(edges[edge] for edge in across) / 2, abs=2 * WITHIN
    )


def _is_of(letter: dict, letters: list[dict], words: str) -> bool:
    start = "".join(one["text"] for one in letters).index(words)
    return any(letter is one for one in letters[start : start + len(words)])


def test_popup_tells_label_note_and_annotator(tmp_path: Path) -> None:
    with pdf_project(tmp_path, paper()) as store:
        export(store, "pdf", tmp_path / "out")

    (written,) = (tmp_path / "out").glob("*.pdf")
    with pdfplumber.open(written) as pdf:
        told = {one["contents"]: one for one in pdf.pages[0].annots if one["contents"]}
    holding = next(contents for contents in told if contents.startswith("Holding"))
    assert "See R4 – “so held” 😀" in holding.splitlines()
    assert "Voice: reported" in holding.splitlines()
    assert {one["title"] for one in told.values()} == {"Ana"}


def test_span_over_two_pages_is_marked_on_each(tmp_path: Path) -> None:
    page = Paper()
    page.put_lines(90, 700, ["The court of appeals has now decided at last that the old"])
    page.add_page()
    page.typeset("Times", 12)
    page.put_lines(90, 100, ["judgment stands as it was entered by the court below."])
    (tmp_path / "order.pdf").write_bytes(page.bytes())
    with projects.new_project(tmp_path) as store:
        ana = projects.lead(store).id
        with ReaderProcess() as process:
            run(import_paths(store, [tmp_path / "order.pdf"], annotator=ana, process=process))
        (document,) = store.documents()
        text = store.text(document.text_version)
        place = (text.index("decided"), text.index(" stands"))
        annotating.highlight(store, annotator=ana, document=document.id, label="holding", fragments=[place])
        export(store, "pdf", tmp_path / "out")

    (written,) = (tmp_path / "out").glob("*.pdf")
    with pdfplumber.open(written) as pdf:
        told = [[one["contents"] or "" for one in page.annots] for page in pdf.pages]
    assert [[words.splitlines()[0] for words in page if words] for page in told] == [
        ["Holding (page 1 of 2)"],
        ["Holding (page 2 of 2)"],
    ]


def test_highlight_tints_the_page_and_leaves_the_ink(tmp_path: Path) -> None:
    with pdf_project(tmp_path, paper()) as store:
        box = expected(store)["judge"][0]
        export(store, "pdf", tmp_path / "out")

    (written,) = (tmp_path / "out").glob("*.pdf")
    with pypdfium2.PdfDocument(written) as pdf:
        picture = pdf[0].render(scale=2).to_pil().convert("RGB")
    here = picture.crop(tuple(round(2 * edge) for edge in box))
    colours = [colour for _count, colour in here.getcolors(1 << 20)]
    assert max(max(colour) - min(colour) for colour in colours) > 20
    assert min(sum(colour) for colour in colours) < 150


def test_documents_that_are_no_pdf_are_told(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        report = export(store, "pdf", tmp_path / "out")

    assert (report.documents, report.spans, report.losses.counts["no_place"]) == (0, 0, 7)
    found = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert found == ["MANIFEST.json", "preflight.json"]


def test_pdf_that_cannot_be_opened_is_a_sentence() -> None:
    mark = Highlight("h", 1, (Box(1, 1, 2, 2),), "Ana", "Judge", "Judge", "#777", "2025-01-01", "2025-01-01")

    locked = encrypted(paper(), user="secret")
    for data, why in ((locked, "needs a password"), (b"%PDF-1.7 no more", "is damaged")):
        with pytest.raises(ExportError, match=f"“Order” is not written: its PDF {why}"):
            marked(data, [mark], "Order")


def test_one_pdf_that_cannot_be_opened_is_told_and_the_others_are_written(tmp_path: Path) -> None:
    with pdf_project(tmp_path, paper()) as store:
        whole = snapshot(store, Selection())
        (good,) = whole.documents()
        of = dataclasses.replace(good.document, id="locked", title="Locked", source_sha256="locked")
        locked = dataclasses.replace(good, document=of)
        both = dataclasses.replace(
            whole,
            document_count=2,
            documents=lambda: iter([locked, good]),
            original=lambda sha256: (
                encrypted(paper(), user="secret") if sha256 == "locked" else whole.original(sha256)
            ),
        )
        counts = run(preflight(both, EXPORTERS["pdf"]))
        report = run(EXPORTERS["pdf"].export(both, tmp_path / "out"))

    assert (report.documents, report.spans) == (1, 2)
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1
    lost = [loss for loss in report.losses.all if loss.document == "locked"]
    assert sorted(loss.annotation for loss in lost) == sorted(["", *(span.id for span in good.annotations)])
    assert lost[-1].detail == "“Locked” is not written: its PDF needs a password."
    assert counts.losses.all == report.losses.all


def test_marks_of_others_stay(tmp_path: Path) -> None:
    mark = Highlight("h", 1, (Box(1, 1, 2, 2),), "Ana", "Judge", "Judge", "#777", "2025-01-01", "2025-01-01")

    once = marked(paper(), [mark], "Order")
    twice = marked(once, [mark], "Order")

    with pdfplumber.open(io.BytesIO(twice)) as pdf:
        assert len(pdf.pages[0].annots) == 4


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with pdf_project(tmp_path, paper()) as store:
        check_same_bytes_and_nothing_half_written(store, "pdf", tmp_path)
