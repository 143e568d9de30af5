"""Columns, captions and condensed transcripts in reading order."""

from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

LEFT = (
    "the agency asks for comments on the rule that it proposes and on the costs that it would have for those "
    "who fly the older models and for the shops that keep them in the air while the parts are on order and "
    "not yet there because the maker has stopped to make them and nobody else has the drawings that one needs"
)
RIGHT = (
    "comments that come in late are read as far as there is time and are put into the docket like all others "
    "so that anyone can see what was said and by whom and the agency will answer the points that matter when "
    "it makes the rule final or withdraws it for the reasons which were given by those who took the trouble"
)


def test_columns_are_read_one_after_the_other() -> None:
    paper = Paper()
    paper.typeset("Times", 10)
    paper.put_justified(60, 100, f"First {LEFT}.", 230, 12)
    paper.put_justified(310, 101.5, f"Second {RIGHT}.", 230, 12)

    assert paragraphs(read_paper(paper)) == [f"First {LEFT}.", f"Second {RIGHT}."]


def test_paragraph_runs_on_into_the_next_column() -> None:
    paper = Paper()
    paper.typeset("Times", 10)
    words = f"{LEFT} and {RIGHT}".split()
    lines = paper.wrapped(" ".join(words), 230)
    half = len(lines) // 2
    paper.put_lines(60, 100, lines[:half], 12)
    paper.put_lines(310, 100, lines[half:], 12)

    assert read_paper(paper).text == " ".join(words)


def put_columns(paper: Paper, y: float) -> None:
    paper.typeset("Times", 10)
    for x, words in ((60, LEFT), (240, RIGHT), (420, LEFT)):
        paper.put_justified(x, y, f"{words.capitalize()}. {words.capitalize()}.", 140, 12)


def test_lines_that_stand_alone_in_a_column_are_as_wide_as_it_was_on_the_pages_before() -> None:
    paper = Paper()
    put_columns(paper, 100)
    paper.add_page()
    put_columns(paper, 100)
    paper.add_page()
    paper.typeset("Times", 10)
    lines = ["First a word in the chapter,", "which is told there and goes on", "to its end."]
    paper.put_lines(60, 100, lines, 12)
    paper.picture(60, 160, 480, 100)
    put_columns(paper, 300)

    assert " ".join(lines) in paragraphs(read_paper(paper))


def caption(paper: Paper) -> None:
    paper.put_lines(80, 100, ["HARBOR MESSAGING, INC.,", "", "", "", "LANTERN ANALYTICS LTD.,"], 14)
    paper.put(140, 114, "Plaintiff,")
    paper.put(110, 142, "v.")
    paper.put(140, 170, "Defendant.")
    paper.put_lines(330, 114, ["Case No. 3:31-cv-00042-ABC", "", "ORDER DENYING", "MOTION TO DISMISS"], 14)


CELLS = [
    "HARBOR MESSAGING, INC.,",
    "Plaintiff,",
    "v.",
    "LANTERN ANALYTICS LTD.,",
    "Defendant.",
    "Case No. 3:31-cv-00042-ABC",
    "ORDER DENYING MOTION TO DISMISS",
]


def test_caption_with_a_drawn_rail_is_read_cell_by_cell() -> None:
    paper = Paper()
    caption(paper)
    paper.line(310, 90, 310, 180)
    paper.line(80, 180, 310, 180)

    assert paragraphs(read_paper(paper)) == CELLS


def test_caption_with_typed_signs_is_read_without_them() -> None:
    paper = Paper()
    caption(paper)
    for line in range(6):
        paper.put(308, 100 + 14 * line, ")")

    document = read_paper(paper)

    assert paragraphs(document) == CELLS
    assert ("rule", ")") in [(item.kind, item.text) for item in document.pages[0].furniture]


def test_caption_with_nothing_between_its_cells_is_known_by_its_words() -> None:
    paper = Paper()
    caption(paper)

    assert paragraphs(read_paper(paper)) == CELLS


def test_label_and_value_stay_on_one_line() -> None:
    paper = Paper()
    for line, (label, value) in enumerate((("Date:", "June 3"), ("Time:", "9:00 a.m."), ("Room:", "3"))):
        paper.put(330, 100 + 14 * line, label)
        paper.put(380, 100 + 14 * line, value)

    assert paragraphs(read_paper(paper)) == ["Date: June 3", "Time: 9:00 a.m.", "Room: 3"]


def test_condensed_transcript_is_read_page_by_page() -> None:
    paper = Paper()
    paper.typeset("Courier", 8)
    for number, (x, y) in enumerate(((60, 90), (60, 430), (330, 90), (330, 430)), 1):
        paper.put(x + 200, y - 24, f"Page {number}")
        for line in range(1, 23):
            paper.put_right(x + 10, y + 14 * (line - 1), str(line))
            paper.put(x + 24, y + 14 * (line - 1), f"Q. Is this line {line} of {number}?")

    document = read_paper(paper)

    asked = [text.removeprefix("Q. Is this line ").rstrip("?") for text in paragraphs(document)]
    assert asked == [f"{line} of {page}" for page in (1, 2, 3, 4) for line in range(1, 23)]
    assert [line.number for line in document.pages[0].lines] == [*range(1, 23)] * 4


def test_signatures_beside_each_other_are_read_one_after_the_other() -> None:
    paper = Paper()
    left = [
        "By: /s/ Ada M. Harbor",
        "Ada M. Harbor",
        "HARBOR & LANTERN LLP",
        "12 Quay Street",
        "Attorneys for Plaintiff",
    ]
    right = ["By: /s/ Ben Q. Buoy", "Ben Q. Buoy", "One Pier Plaza, Suite 4", "Lower Bay, Oregon 97001"]
    right += ["Telephone: (503) 555-0142", "Counsel for Defendant"]
    paper.put_lines(72, 100, left)
    paper.put_lines(330, 100, right)
    paper.put_justified(72, 260, f"First {LEFT}.", 468)

    assert paragraphs(read_paper(paper)) == [*left, *right, f"First {LEFT}."]


def test_entries_of_a_notice_beside_each_other_are_read_one_after_the_other() -> None:
    paper = Paper()
    paper.put_lines(
        72,
        100,
        ["Date: June 3, 2031", "Docket #: 31-42", "Short Title: Harbor v. The Keepers of", "the Light"],
    )
    paper.put_lines(380, 100, ["DC Docket #: 31-cv-17", "DC Court: LBAY (LOWER", "BAY)", "DC Judge: Lantern"])
    paper.put_justified(72, 200, f"First {LEFT}.", 468)

    assert paragraphs(read_paper(paper)) == [
        "Date: June 3, 2031",
        "Docket #: 31-42",
        "Short Title: Harbor v. The Keepers of the Light",
        "DC Docket #: 31-cv-17",
        "DC Court: LBAY (LOWER BAY)",
        "DC Judge: Lantern",
        f"First {LEFT}.",
    ]


def test_list_of_names_and_telephones_is_read_row_by_row() -> None:
    paper = Paper()
    rows = [
        (f"{name} B. Harbor", f"(503) 555-014{place}")
        for place, name in enumerate(("Ada", "Ben", "Cal", "Dot"))
    ]
    for place, (name, telephone) in enumerate(rows):
        paper.put(72, 100 + 14 * place, name)
        paper.put(330, 100 + 14 * place, telephone)

    assert paragraphs(read_paper(paper)) == [f"{name} {telephone}" for name, telephone in rows]


def test_columns_are_read_to_a_picture_and_go_on_below_it() -> None:
    paper = Paper()
    paper.typeset("Times", 10)
    lines = paper.wrapped(f"First {LEFT} and second {RIGHT} and third {LEFT} and fourth {RIGHT}.", 230)
    quarter = -(-len(lines) // 4)
    parts = [lines[at : at + quarter] for at in range(0, len(lines), quarter)]
    for part, (x, y) in zip(parts, ((60, 100), (310, 100), (60, 420), (310, 420)), strict=True):
        paper.put_lines(x, y, part, 12)
    paper.picture(100, 260, 400, 120)

    assert read_paper(paper).text == " ".join(lines)


def test_column_of_an_address_does_not_run_on_into_the_next() -> None:
    paper = Paper()
    left = [
        "ADA T. KEEL",
        "akeel@pier.org",
        "LANTERN UNION FOUNDATION",
        "39 Mole Street",
        "Facsimile: (415) 255-8437",
    ]
    right = ["GENNA BUOY", "gbuoy@harbor.gov", "OFFICE OF THE PUBLIC KEEPER", "Telephone: (415) 553-9319"]
    paper.put_lines(72, 100, left, 16)
    paper.put_lines(310, 100, right, 16)

    assert paragraphs(read_paper(paper)) == [*left, *right]


def test_caption_of_one_line_is_parted_by_its_rail() -> None:
    paper = Paper()
    paper.put_centred(80, "UNITED STATES COURT OF APPEALS")
    paper.put(72, 110, "In re: ADA B. KEEL")
    paper.line(306, 98, 306, 112)
    paper.put(396, 110, "No. 31-800")
    paper.put_centred(150, "ORDER")

    assert paragraphs(read_paper(paper)) == [
        "UNITED STATES COURT OF APPEALS",
        "In re: ADA B. KEEL",
        "No. 31-800",
        "ORDER",
    ]


def test_centred_lines_over_two_blocks_of_counsel_stay_over_them() -> None:
    paper = Paper()
    above = ["No. 31-1801", "On Appeal from the United States District Court", "No. 4:31-cv-07123"]
    for number, line in enumerate([*above, "OPENING BRIEF"]):
        paper.put_centred(300 + 40 * number, line)
    blocks = (
        ["Eliza A. Keel", "ROPE & TIDE LLP", "12 Mole Street", "Los Angeles, CA 90071", "(213) 555-0199"],
        ["John Q. Storm", "STORM LLP", "1700 Harbor Avenue", "Washington, DC 20006", "(202) 555-0100"],
    )
    for x, block in zip((72, 330), blocks, strict=True):
        paper.put_lines(x, 520, block)

    assert paragraphs(read_paper(paper)) == [*above, "OPENING BRIEF", *blocks[0], *blocks[1]]
