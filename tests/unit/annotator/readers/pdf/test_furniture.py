"""Stamps, running heads, page numbers and other print that is not text."""

import pytest

from annotator.readers.document import ReadDocument
from annotator.readers.pdf.furniture import BATES, PAGE_NUMBER, printed_number
from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

BODY = (
    "The motion was argued in June and is now decided. The parties agree on most of the facts, and where "
    "they do not the court takes them as the complaint has them."
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", "4"),
        ("- 4 -", "4"),
        ("[7]", "7"),
        ("Page 1 of 17", "1"),
        ("page 2", "2"),
        ("iv", "iv"),
        ("A-12", "A-12"),
        ("–2–", "2"),
    ],
)
def test_page_number_is_known_by_its_form(text: str, number: str) -> None:
    assert PAGE_NUMBER.match(text)
    assert printed_number(text) == number


def test_bates_number_is_known_by_its_form() -> None:
    assert BATES.match("ACME_000123")
    assert not BATES.match("SECTION 12")


def book(pages: int = 4) -> ReadDocument:
    """A slip opinion whose heads alternate, with page numbers in the outer corners."""
    paper = Paper()
    for number in range(1, pages + 1):
        if number > 1:
            paper.add_page()
        paper.typeset("Times", 9)
        if number % 2:
            paper.put(190, 60, "Cite as: 1 T. 99 (2031)")
            paper.put_right(540, 60, str(number))
        else:
            paper.put(72, 60, str(number))
            paper.put(190, 60, "HARBOR v. LANTERN")
        paper.put_centred(76, "Opinion of the Court")
        paper.typeset("Times", 11)
        paper.put_justified(72, 200, f"{BODY} This is leaf number {number} of it.", 420)
    return read_paper(paper)


def test_running_heads_that_alternate_are_taken_out() -> None:
    document = book()

    assert "Opinion of the Court" not in document.text
    assert "HARBOR" not in document.text
    assert document.text.count("The motion was argued") == 4
    kinds = [item.kind for item in document.pages[1].furniture]
    assert sorted(kinds) == ["page_number", "running_head", "running_head"]


def test_printed_number_is_told_where_it_differs_from_the_count() -> None:
    paper = Paper()
    for number in (1, 2, 3):
        if number > 1:
            paper.add_page()
        paper.put_justified(72, 200, BODY, 420)
        paper.put_centred(740, f"- {number + 4} -")

    document = read_paper(paper)

    assert [page.printed for page in document.pages] == ["5", "6", "7"]
    assert "- 5 -" not in document.text


def test_page_number_close_to_the_running_head_is_told_apart() -> None:
    paper = Paper()
    for number in range(1, 7):
        if number > 1:
            paper.add_page()
        paper.typeset("Times", 9)
        head = "HARBOR v. LANTERN" if number % 2 else f"{number + 80}  HARBOR v. LANTERN"
        paper.put(72, 60, head)
        if number % 2:
            paper.put_right(540, 60, str(number + 80))
        paper.typeset("Times", 11)
        paper.put_justified(72, 200, f"{BODY} This is leaf number {number} of it.", 420)

    document = read_paper(paper)

    assert [page.printed for page in document.pages] == ["81", "82", "83", "84", "85", "86"]
    assert ("running_head", "HARBOR v. LANTERN") in [
        (item.kind, item.text) for item in document.pages[1].furniture
    ]


def test_words_that_happen_to_repeat_at_one_height_stay_text() -> None:
    paper = Paper()
    for number in (3, 8):
        if number != 3:
            paper.add_page()
        paper.put_justified(72, 200, BODY, 420)
        paper.put(72, 700, f"{number} Id., at {number * 40}.")

    document = read_paper(paper)

    assert "3 Id., at 120." in document.text
    assert "8 Id., at 320." in document.text


def test_document_that_says_the_same_on_each_page_keeps_its_text() -> None:
    paper = Paper()
    paper.put(72, 60, "Notice to all.")
    paper.add_page()
    paper.put(72, 60, "Notice to all.")

    assert paragraphs(read_paper(paper)) == ["Notice to all.", "Notice to all."]


def test_reporters_page_in_the_margin_is_taken_out_and_indents_nothing() -> None:
    paper = Paper()
    paper.put(72, 200, "[*2]")
    first, *rest = paper.wrapped(f"{BODY} {BODY}", 430, first=36)
    paper.put(108, 200, first)
    paper.put_lines(72, 214, rest)

    document = read_paper(paper)

    assert document.text == f"{BODY} {BODY}"
    assert [(item.kind, item.text) for item in document.pages[0].furniture] == [("page_number", "[*2]")]


def test_head_that_is_misprinted_once_is_still_a_head() -> None:
    paper = Paper()
    for number, head in enumerate(
        ("Report of Inquiry (ver. 4)", "Report of Inquiry (ver.-4)", "Report of Inquiry (ver. 4)")
    ):
        if number:
            paper.add_page()
        paper.put_centred(60, head)
        paper.put_justified(72, 200, f"{BODY} Leaf {number * 7}.", 420)

    assert "Inquiry" not in read_paper(paper).text


def test_bare_footnote_mark_at_the_foot_is_no_page_number() -> None:
    paper = Paper()
    paper.put_justified(72, 200, BODY, 420)
    paper.typeset("Times", 6)
    paper.put(90, 700, "903")

    assert read_paper(paper).pages[0].printed is None


def test_title_of_an_attachment_stays_though_later_pages_repeat_it() -> None:
    paper = Paper()
    paper.put_justified(72, 200, BODY, 420)
    for number in (1, 2):
        paper.add_page()
        paper.put_centred(60, "Schedule of Exhibits")
        paper.put_justified(72, 200, f"{BODY} Leaf {number * 7}.", 420)
        paper.put_centred(740, str(number))

    document = read_paper(paper)

    assert document.text.count("Schedule of Exhibits") == 1


def test_last_row_of_a_table_is_text_though_it_says_one_number_twice() -> None:
    paper = Paper()
    rows = [("Nickel", "50", "20", "20"), ("Zinc", "200", "100", "100")]
    for index, row in enumerate(rows):
        for x, cell in zip((80, 220, 320, 420), row, strict=True):
            paper.put(x, 720 + 14 * index, cell)

    document = read_paper(paper)

    assert document.text.split("\n") == [" ".join(row) for row in rows]
    assert document.pages[0].furniture == ()


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        (("CV-90 (10/31)", "CIVIL MINUTES - GENERAL", "Page 3 of 26"), "3"),
        (("Findings and Conclusions on the Plan - Page 4",), "4"),
        (("Official Form 31", "Schedule of Lanterns", "page 2"), "2"),
    ],
)
def test_last_line_that_tells_its_page_is_a_footer(row: tuple[str, ...], printed: str) -> None:
    paper = Paper()
    paper.put_justified(72, 200, BODY, 420)
    for x, text in zip((72, 230, 480), row, strict=False):
        paper.put(x, 740, text)

    document = read_paper(paper)

    assert document.text == BODY
    assert document.pages[0].printed == printed
    assert {item.kind for item in document.pages[0].furniture} <= {"footer", "page_number"}


def test_last_line_that_cites_a_page_stays_text() -> None:
    paper = Paper()
    end = "The second of them is at page 12"
    paper.put_justified(72, 200, BODY, 420)
    paper.put(72, 700, end)

    assert read_paper(paper).text == f"{BODY}\n{end}"


def test_mark_of_a_closed_case_at_the_head_is_no_page_number() -> None:
    paper = Paper()
    paper.put_right(540, 60, "JS-6")
    paper.put_justified(72, 200, BODY, 420)

    document = read_paper(paper)

    assert document.pages[0].printed is None
    assert document.text == f"JS-6\n{BODY}"


def test_rule_that_is_typed_up_to_the_rail_of_a_caption_is_no_text() -> None:
    paper = Paper()
    paper.put(72, 100, "_" * 30 + ")")
    paper.put_justified(72, 200, BODY, 420)

    assert read_paper(paper).text == BODY


def test_typed_line_that_a_form_is_filled_in_on_is_no_text() -> None:
    paper = Paper()
    paper.put(72, 100, f"Counsel for: {'_' * 28}")
    paper.put(72, 120, f"I am replacing {'_' * 14} as counsel.")
    paper.put_justified(72, 200, BODY, 420)
    paper.typeset("Helvetica", 11)
    paper.put(150, 99, "Harbor Lantern Group")

    document = read_paper(paper)

    assert paragraphs(document)[:2] == [
        "Counsel for: Harbor Lantern Group",
        f"I am replacing {'_' * 14} as counsel.",
    ]
    assert [item.kind for item in document.pages[0].furniture] == ["rule"]


def test_roman_numbers_that_count_pages_close_above_the_text_are_page_numbers() -> None:
    paper = Paper()
    for number in ("II", "III", "IV"):
        paper.put_centred(72, number)
        paper.put_justified(72, 87, f"Part {number}. {BODY}", 460)
        if number != "IV":
            paper.add_page()

    document = read_paper(paper)

    assert paragraphs(document) == [f"Part {number}. {BODY}" for number in ("II", "III", "IV")]
    assert [page.printed for page in document.pages] == ["II", "III", "IV"]


def test_roman_numbers_of_sections_at_other_heights_are_headings() -> None:
    paper = Paper()
    paper.put_centred(72, "I")
    paper.put_justified(72, 87, BODY, 460)
    paper.add_page()
    paper.put(72, 72, "Nothing else was argued in this part of the case.")
    paper.put_centred(100, "II")
    paper.put_justified(72, 115, f"Then there is more. {BODY}", 460)

    assert [text for text in paragraphs(read_paper(paper)) if len(text) < 3] == ["I", "II"]
