"""Glyphs put together to tokens."""

import pytest

from annotator.readers.pdf.glyphs import letters_of
from annotator.readers.pdf.sheet import UNMAPPED
from tests.pdf_pages import Paper, changed
from tests.unit.annotator.readers.pdf.reading import read_paper, sheet_of


@pytest.mark.parametrize(
    ("code", "letters"),
    [
        (ord("a"), "a"),
        (0xFB03, "ffi"),
        (0x02, "-"),
        (0xFFFE, "-"),
        (0xAD, "-"),
        (0xF0B7, "•"),
        (0xF041, "A"),
        (0xA0, " "),
        (0x07, " "),
        (0, UNMAPPED),
        (0xE123, UNMAPPED),
        (0x1F600, "😀"),
    ],
)
def test_code_of_a_glyph_stands_for_its_letters(code: int, letters: str) -> None:
    assert letters_of(code) == letters


def test_tokens_end_at_blanks_and_touch_where_only_the_baseline_changes() -> None:
    paper = Paper()
    paper.put(72, 100, "affirmed the judgment.")
    end = 72 + paper.get_string_width("affirmed the judgment.")
    paper.typeset("Times", 7)
    paper.put(end, 96, "12")

    tokens = sheet_of(paper).tokens

    assert [(token.text, token.glued) for token in tokens] == [
        ("affirmed", False),
        ("the", False),
        ("judgment.", False),
        ("12", True),
    ]


def test_text_in_the_colour_of_the_paper_is_hidden_but_not_on_a_dark_box() -> None:
    paper = Paper()
    paper.put(72, 100, "Seen.")
    paper.box(72, 190, 200, 20)
    paper.set_text_color(255, 255, 255)
    paper.put(80, 205, "Label")
    paper.put(80, 300, "Secret")

    sheet = sheet_of(paper)

    assert [token.text for token in sheet.tokens] == ["Seen.", "Label"]
    assert [token.text for token in sheet.hidden] == ["Secret"]


def test_sideways_text_is_kept_apart() -> None:
    paper = Paper()
    paper.put_lines(100, 100, ["The court finds as follows in this matter."] * 4)
    with paper.rotation(90, 40, 400):
        paper.put(40, 400, "District Court")

    document = read_paper(paper)

    assert "District" not in document.text
    assert [item.text for item in document.pages[0].furniture] == ["District Court"]
    assert any("sideways" in warning for warning in document.warnings)


def test_page_printed_sideways_is_read_with_boxes_as_shown() -> None:
    paper = Paper()
    with paper.rotation(90, 300, 400):
        paper.put_lines(150, 380, ["Schedule of the exhibits that were admitted", "at the hearing in June."])

    document = read_paper(paper)

    word = document.pages[0].words[0]
    assert document.text.startswith("Schedule of the exhibits")
    assert (document.pages[0].width, document.pages[0].height) == (612, 792)
    assert word.bottom - word.top > word.x1 - word.x0
    assert word.edges == ()


def test_edges_tell_where_each_letter_stands() -> None:
    paper = Paper()
    paper.put(72, 100, "iWi")

    word = read_paper(changed(paper.bytes())).pages[0].words[0]

    widths = [right - left for left, right in zip(word.edges, word.edges[1:], strict=False)]
    assert widths[1] > 2 * widths[0]
    assert widths[0] == pytest.approx(widths[2], abs=0.1)


def test_words_painted_twice_in_one_place_are_there_once() -> None:
    paper = Paper()
    paper.put(72, 100, "Rosalind Keel")
    paper.put(72, 120, "had had had enough")
    # pdfium itself finds the repeat where it is painted in the same pieces.
    for x, piece in ((72.3, "Rosa"), (72.3 + paper.get_string_width("Rosa"), "lind Keel")):
        paper.put(x, 100, piece)

    assert [token.text for token in sheet_of(paper).tokens] == [
        "Rosalind",
        "Keel",
        "had",
        "had",
        "had",
        "enough",
    ]


def test_letters_painted_one_by_one_and_again_to_look_bold_are_there_once() -> None:
    paper = Paper()
    paper.typeset("Helvetica", 6)
    for down in (0.0, 0.5):
        x = 72.0
        for letter in "Effort of all keepers":
            paper.put(x, 100 + down, letter)
            x += paper.get_string_width(letter)

    assert [token.text for token in sheet_of(paper).tokens] == ["Effort", "of", "all", "keepers"]
