"""Tables of contents and of authorities: an entry is a paragraph, with its leaders and its page number."""

from collections.abc import Sequence

import pytest

from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

LEFT, RIGHT, PITCH = 72.0, 540.0, 14.0


def put_entry(
    paper: Paper, y: float, lines: Sequence[tuple[float, str]], page: str, leader: str = "."
) -> float:
    """Lines at their indents, the last one led to its page number at the right; the next baseline."""
    for indent, line in lines:
        paper.put(LEFT + indent, y, line)
        y += PITCH
    indent, last = lines[-1]
    room = RIGHT - LEFT - indent - paper.get_string_width(f"{last} {page} ")
    dots = leader * int(room / paper.get_string_width(leader))
    paper.put_right(RIGHT, y - PITCH, f"{dots} {page}".replace("  ", " "))
    return y


def authorities(*entries: tuple[list[tuple[float, str]], str], heading: str = "Cases") -> list[str]:
    """What is read of a table of authorities; every entry without its leaders."""
    paper = Paper()
    paper.put_centred(80, "TABLE OF AUTHORITIES")
    paper.put(LEFT, 110, heading)
    y = 130.0
    for lines, page in entries:
        y = put_entry(paper, y, lines, page) + 6
    read = paragraphs(read_paper(paper))
    return [" ".join(text.replace(".....", "").replace("....", "").split()) for text in read]


CASES = (
    ([(0, "Harbor v. Lantern Works, Inc.,"), (22, "412 F.3d 118 (9th Cir. 2005)")], "8"),
    ([(0, "Keel v. City of Mole,"), (22, "97 F. Supp. 2d 31 (N.D. Cal. 2000)")], "3, 5"),
    ([(0, "Tide v. Rope & Sons,"), (22, "No. 15-cv-2277, 2018 WL 61 (N.D. Cal. Nov. 8, 2018)")], "14"),
)


def test_cite_of_a_case_goes_on_under_its_name() -> None:
    read = authorities(*CASES)

    assert [text.split(" (")[0] for text in read[2:]] == [
        "Harbor v. Lantern Works, Inc., 412 F.3d 118",
        "Keel v. City of Mole, 97 F. Supp. 2d 31",
        "Tide v. Rope & Sons, No. 15-cv-2277, 2018 WL 61",
    ]


def test_heading_over_authorities_stands_alone() -> None:
    rules = ([(22, f"Fed. R. Civ. P. {number}")] for number in (12, 26, 37))

    read = authorities(*((lines, "4") for lines in rules), heading="Rules")

    assert read[:2] == ["TABLE OF AUTHORITIES", "Rules"]
    assert len(read) == 5


@pytest.mark.parametrize("page", ["passim", "5, passim", "3, 7 n.2, 9", "1, 2, 3, 5, 7, 8, 11, 12, 14, 15"])
def test_entry_ends_at_its_pages_however_they_are_told(page: str) -> None:
    read = authorities(*((lines, page) for lines, _page in CASES))

    assert len(read) == 5


def test_label_of_an_entry_does_not_part_it_from_a_line_that_begins_with_a_date() -> None:
    paper = Paper()
    y = 100.0
    for label, lines in (
        ("A.", ["The storm"]),
        ("B.", ["What the harbor company knew of the storm that came in on the evening of June", "9, 2016"]),
        ("C.", ["The lanterns"]),
        ("D.", ["The rope"]),
    ):
        paper.put(LEFT, y, label)
        y = put_entry(paper, y, [(28, line) for line in lines], "11", leader=". ")

    read = paragraphs(read_paper(paper))

    assert [text[:2] for text in read] == ["A.", "B.", "C.", "D."]


def test_name_of_a_case_goes_on_further_in_also_without_a_comma() -> None:
    broken = (
        [
            (0, "In re Rope & Tide Bondholders of the Great Northern Harbor"),
            (22, "Company of Mole, 212 B.R. 4 (Bankr. D. Mass. 1997), aff'd,"),
            (22, "240 F.3d 9 (1st Cir. 2001)"),
        ],
        "3, 17",
    )

    read = authorities(*CASES, broken)

    assert read[-1].startswith(
        "In re Rope & Tide Bondholders of the Great Northern Harbor Company of Mole, 212"
    )
    assert read[-1].endswith("3, 17")


def test_heads_of_columns_and_groups_are_no_part_of_entries() -> None:
    paper = Paper()
    paper.put(LEFT, 100, "Cases:")
    paper.put_right(RIGHT, 100, "Page(s)")
    y = 114.0
    for lines, page in CASES:
        y = put_entry(paper, y, lines, page)
    paper.put(LEFT, y, "Constitution, Statutes and Rules:")
    put_entry(paper, y + PITCH, [(0, "28 U.S.C. 1331")], "3")

    read = paragraphs(read_paper(paper))

    assert read[0] == "Cases: Page(s)"
    assert read[1].startswith("Harbor v. Lantern")
    assert read[4] == "Constitution, Statutes and Rules:"
    assert read[5].startswith("28 U.S.C. 1331")


def test_entries_are_known_by_their_numbers_where_there_are_no_leaders() -> None:
    paper = Paper()
    entries = (
        ("I.", ["INTRODUCTION"], "1"),
        ("II.", ["THE COMPANY KNEW OF THE STORM ON THE EVENING BEFORE IT", "CAME IN"], "4"),
        ("III.", ["NOBODY ELSE KNEW"], "12"),
        ("IV.", ["CONCLUSION"], "15"),
    )
    y = 100.0
    for label, lines, page in entries:
        paper.put(LEFT, y, label)
        y = paper.put_lines(LEFT + 36, y, lines)
        paper.put_right(RIGHT, y - PITCH, page)

    expected = [f"{label} {' '.join(lines)} {page}" for label, lines, page in entries]
    assert paragraphs(read_paper(paper)) == expected
