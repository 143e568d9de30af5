"""The stamps of filing systems and clerks."""

import pytest

from annotator.readers.pdf.stamps import is_stamp
from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import read_paper

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


def test_two_stamps_printed_on_each_other_are_both_taken_out() -> None:
    paper = Paper()
    paper.put_justified(72, 120, BODY, 420)
    paper.typeset("Helvetica", 9)
    for number in (7, 8):
        paper.put(120, 20, f"Case 1:31-cv-00042-ABC Document {number} Filed 02/03/31 Page 1 of 1")

    document = read_paper(paper)

    assert document.text == BODY
    assert [item.kind for item in document.pages[0].furniture] == ["stamp", "stamp"]


def test_clerks_mark_is_taken_out_whole() -> None:
    paper = Paper()
    paper.put_centred(100, "UNITED STATES COURT OF APPEALS")
    paper.typeset("Helvetica", 10)
    for line, text in enumerate(("FILED", "DEC 2 2030", "MOLLY C. KEEL, CLERK", "U.S. COURT OF APPEALS")):
        paper.put_centred(70 + 14 * line, text, 500)
    paper.typeset("Times", 12)
    paper.put_justified(72, 200, BODY, 468)

    document = read_paper(paper)

    assert document.text == f"UNITED STATES COURT OF APPEALS\n{BODY}"
    assert (
        document.pages[0].furniture[0].text == "FILED DEC 2 2030 MOLLY C. KEEL, CLERK U.S. COURT OF APPEALS"
    )


def test_word_filed_in_the_text_is_no_mark() -> None:
    paper = Paper()
    paper.put(72, 100, "FILED")
    paper.put_justified(72, 200, BODY, 468)

    assert read_paper(paper).text.startswith("FILED")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Case 31-00429 Doc 83 Filed 03/09/31 Entered 03/09/31 09:03:58 Desc Main", "Document Page 1 of 4"),
        ("Case 31-09232 Doc 49 Filed 04/16/31 Entered 04/16/31 14:07:05 Desc Page 1", "of 3"),
    ],
)
def test_second_line_of_a_stamp_goes_with_it(first: str, second: str) -> None:
    paper = Paper()
    paper.put_justified(72, 120, BODY, 420)
    paper.typeset("Helvetica", 9)
    paper.put_centred(20, first)
    paper.put_centred(30, second)

    document = read_paper(paper)

    assert document.text == BODY
    assert [(item.kind, item.text) for item in document.pages[0].furniture] == [
        ("stamp", f"{first} {second}")
    ]


def test_line_below_a_stamp_that_is_set_otherwise_is_text() -> None:
    paper = Paper()
    paper.put(72, 34, "Exhibit A, page 1 of 3")
    paper.put_justified(72, 120, BODY, 420)
    paper.typeset("Helvetica", 9)
    paper.put_centred(20, "Case 31-00429 Doc 83 Filed 03/09/31 Entered 03/09/31 09:03:58")

    assert read_paper(paper).text.startswith("Exhibit A")


def test_clerks_mark_may_be_in_small_letters() -> None:
    paper = Paper()
    paper.put(72, 100, "PIER KEEPERS, P.C.")
    paper.put(72, 114, "310 Mole Street")
    paper.put_centred(100, "Filed on", 480)
    paper.put_centred(114, "3/9/2031", 480)
    paper.put_justified(72, 200, BODY, 468)

    document = read_paper(paper)

    assert document.text == f"PIER KEEPERS, P.C.\n310 Mole Street\n{BODY}"
    assert document.pages[0].furniture[0].text == "Filed on 3/9/2031"
