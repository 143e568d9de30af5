"""Printed line numbers."""

from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

FIRST, PITCH = 90.0, 24.0


def pleading(lines: list[str], *, pages: int = 1) -> Paper:
    """Pleading paper with a line of text at each number, as far as there are lines."""
    paper = Paper()
    for page in range(pages):
        if page:
            paper.add_page()
        paper.pleading_numbers(28, y=FIRST, pitch=PITCH)
        paper.put_lines(100, FIRST, lines, PITCH)
    return paper


def test_numbers_are_taken_out_and_given_to_their_lines() -> None:
    text = ["The court has read the papers that", "both sides have filed and now rules"]

    document = read_paper(pleading(text))

    page = document.pages[0]
    assert document.text == " ".join(text)
    assert [(line.number, document.text[line.start : line.end]) for line in page.lines] == [
        (1, text[0]),
        (2, text[1]),
    ]
    assert [item.text for item in page.furniture] == ["1-28"]


def test_line_between_two_taken_numbers_has_none() -> None:
    paper = pleading(["The first line of the double spaced text"] * 3)
    paper.put(100, FIRST + PITCH / 2, "A line that is squeezed in between.")

    page = read_paper(paper).pages[0]

    assert sorted(line.number or 0 for line in page.lines) == [0, 1, 2, 3]


def test_page_without_numbers_has_no_numbered_lines() -> None:
    paper = Paper()
    paper.put_lines(72, 100, ["The court has read the papers that", "both sides have filed."])

    assert read_paper(paper).pages[0].lines == ()


def test_column_of_a_table_is_no_rail() -> None:
    paper = Paper()
    for row in range(1, 7):
        paper.put(72, 80 + row * 20, "Exhibit")
        paper.put(200, 80 + row * 20, str(row))
        paper.put(300, 80 + row * 20, "admitted")

    document = read_paper(paper)

    assert paragraphs(document)[0] == "Exhibit 1 admitted"


def test_foot_below_the_numbers_is_furniture() -> None:
    paper = pleading(["The court has read the papers that both sides have filed."])
    bottom = FIRST + 27 * PITCH
    paper.line(90, bottom + 14, 560, bottom + 14)
    paper.typeset("Times", 8)
    paper.put(100, bottom + 26, "ORDER ON MOTION TO DISMISS")

    document = read_paper(paper)

    assert "ORDER ON" not in document.text
    assert ("footer", "ORDER ON MOTION TO DISMISS") in [
        (item.kind, item.text) for item in document.pages[0].furniture
    ]


def test_title_beside_the_page_number_under_the_last_line_is_a_footer() -> None:
    paper = pleading(["The court has read the papers that both sides have filed."])
    foot = FIRST + 27 * PITCH + 14
    paper.put(100, foot, "MOTION TO COUNT LANTERNS")
    paper.put_centred(foot, "3")

    page = read_paper(paper).pages[0]

    assert page.printed == "3"
    assert ("footer", "MOTION TO COUNT LANTERNS") in [(item.kind, item.text) for item in page.furniture]
