"""Stamps, running heads, page numbers and other print that is not text."""

import pytest

from annotator.readers.document import ReadDocument
from annotator.readers.pdf.furniture import BATES, PAGE_NUMBER, is_stamp, printed_number
from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

BODY = (
    "The motion was argued in June and is now decided. The parties agree on most of the facts, and where "
    "they do not the court takes them as the complaint has them."
)


@pytest.mark.parametrize(
    "text",
    [
        "Case 4:21-cv-01234-ABC Document 144 Filed 09/11/21 Page 1 of 21",
        "Case 2:20-cv-01872-GW-PVC Document 50 Filed 12/02/20 Page 8 of 29 Page ID #:737",
        "Case: 20-1507 Document: 00117684624 Page: 1 Date Filed: 12/22/2020 Entry ID: 6390389",
        "Case 17-3510, Document 1-1, 10/31/2017, 2161300, Page1 of 2",
        "Case: 15-12345, 05/10/2016, ID: 9971234, DktEntry: 24-1, Page 1 of 20",
        "USCA11 Case: 20-10452 Document: 40-1 Date Filed: 03/02/2021 Page: 1 of 31",
        "USCA4 Appeal: 20-1234 Doc: 30 Filed: 01/05/2021 Pg: 1 of 20",
        "USCA Case #12-5062 Document #1234567 Filed: 01/01/2012 Page 1 of 9",
        "Appellate Case: 19-4021 Document: 010110310000 Date Filed: 02/27/2020 Page: 1",
        "Case 16-30677-abc7 Doc 1 Filed 02/26/16",
        "17-12345-abc Doc 25 Filed 02/03/17 Entered 02/03/17 14:23:54 Main Document Pg 1 of 3",
        "Case 1:20-cv-00123 ECF No. 12 filed 03/04/20 PageID.123 Page 1 of 9",
        "FILED: KINGS COUNTY CLERK 01/02/2020 03:45 PM",
        "NYSCEF DOC. NO. 5",
    ],
)
def test_filing_stamp_is_known_by_its_form(text: str) -> None:
    assert is_stamp(text)


@pytest.mark.parametrize(
    "text",
    [
        "Case No. 4:21-cv-01234-ABC",
        "See Smith v. Jones, No. 19-1234, slip op. at 4.",
        "The case was filed on page 4 of the docket.",
    ],
)
def test_words_about_a_case_are_no_stamp(text: str) -> None:
    assert not is_stamp(text)


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


def test_stamp_is_taken_out_and_kept_on_the_page() -> None:
    paper = Paper()
    paper.put_justified(72, 200, BODY, 420)
    paper.typeset("Helvetica", 9)
    paper.set_text_color(0, 0, 255)
    stamp = "Case 1:31-cv-00042-ABC Document 7 Filed 02/03/31 Page 1 of 1"
    paper.put_centred(20, stamp)

    document = read_paper(paper)

    assert "Document 7" not in document.text
    item = document.pages[0].furniture[0]
    assert (item.kind, item.text) == ("stamp", stamp)
    assert item.box.top < 20 < item.box.bottom + 4
