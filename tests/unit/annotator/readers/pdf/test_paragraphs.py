"""Where paragraphs begin and end."""

import pytest

from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

LONG = (
    "The court has read the papers that both sides have filed, has heard argument, and now denies the motion "
    "for the reasons that follow, none of which the parties seem to have thought of when they wrote them."
)
OTHER = (
    "A second reason is that the motion comes late. The rules give a party thirty days, and these went by "
    "while it was looking for counsel who would sign what nobody else had wanted to sign before."
)


def test_indented_first_lines_start_paragraphs() -> None:
    paper = Paper()
    y = 100.0
    for text in (LONG, OTHER):
        first, *rest = paper.wrapped(text, 430, first=36)
        paper.put(108, y, first)
        y = paper.put_lines(72, y + 14, rest)

    assert paragraphs(read_paper(paper)) == [LONG, OTHER]


def test_indented_line_after_a_paragraph_of_one_full_line_starts_another() -> None:
    paper = Paper()
    short = "The motion to hear the harbor company again on the matter of its four lanterns is denied."
    width = paper.get_string_width(short)
    paper.put_lines(90, 100, [short])
    first, *rest = paper.wrapped(LONG, width + 18, first=18)
    paper.put(90, 114, first)
    paper.put_lines(72, 128, rest)

    assert paragraphs(read_paper(paper)) == [short, LONG]


@pytest.mark.parametrize(
    "speaker", ["MR. KEEL", "THE COURT REPORTER", "JUSTICE MOLE", "GENERAL VAN DER TIDE", "MS. O'ROPE"]
)
def test_turn_of_speech_starts_a_paragraph_after_a_full_line(speaker: str) -> None:
    paper = Paper()
    full = "THE WITNESS: It was the keeper who had the watch on the night of the storm, and nobody else."
    paper.put_lines(108, 100, [full, f"{speaker}: Can you say that again?", "THE WITNESS: Yes."])

    assert paragraphs(read_paper(paper)) == [full, f"{speaker}: Can you say that again?", "THE WITNESS: Yes."]


def test_gap_starts_a_paragraph() -> None:
    paper = Paper()
    y = paper.put_justified(72, 100, LONG, 430)
    paper.put_justified(72, y + 8, OTHER, 430)

    assert paragraphs(read_paper(paper)) == [LONG, OTHER]


def test_lines_of_an_address_are_paragraphs() -> None:
    address = ["KEEL & ANCHOR LLP", "12 Pier Street", "San Pedro, California", "Telephone: (555) 010-0100"]
    paper = Paper()
    paper.put_lines(72, 100, address)
    paper.put_justified(72, 200, LONG, 430)

    assert paragraphs(read_paper(paper)) == [*address, LONG]


def test_centred_capitals_are_one_heading() -> None:
    paper = Paper()
    paper.put_centred(100, "IN THE DISTRICT COURT OF THE HARBOR")
    paper.put_centred(114, "FOR THE LOWER DISTRICT")
    paper.put_justified(72, 150, LONG, 468)

    assert paragraphs(read_paper(paper)) == [
        "IN THE DISTRICT COURT OF THE HARBOR FOR THE LOWER DISTRICT",
        LONG,
    ]


def test_bold_heading_parts_from_the_text_below() -> None:
    paper = Paper()
    paper.typeset("Times", 12, "B")
    paper.put(72, 100, "A. The motion is late and cannot be heard before the next term of this court")
    paper.typeset("Times", 12)
    paper.put_justified(72, 114, LONG, 430)

    assert paragraphs(read_paper(paper))[1] == LONG


def test_bullets_and_hanging_lines_make_list_items() -> None:
    paper = Paper()
    y = 100.0
    for text in (LONG, OTHER):
        paper.put(90, y, "1.")
        y = paper.put_justified(108, y, text, 400)

    assert paragraphs(read_paper(paper)) == [f"1. {LONG}", f"1. {OTHER}"]


def test_entries_of_a_table_of_contents_are_paragraphs() -> None:
    paper = Paper()
    entries = [f"{title} {'.' * 60} {page}" for title, page in (("FACTS", 1), ("ARGUMENT", 4), ("RELIEF", 9))]
    paper.put_lines(72, 100, entries)

    assert paragraphs(read_paper(paper)) == entries


def test_entry_that_leaves_no_blank_before_its_number_ends_there() -> None:
    paper = Paper()
    titles = ["FACTS", "ARGUMENT", "RELIEF"]
    entries = [f"{title} {'.' * 60} {page}" for page, title in enumerate(titles, 1)]
    y = paper.put_lines(72, 100, entries)
    right = 72 + max(paper.get_string_width(entry) for entry in entries)
    long = "The motion of the harbor company to be heard by some other court11"
    paper.put_right(right, y, long)
    paper.put(72 + (right - 72 - paper.get_string_width(long)), y + 14, f"OTHER MOTIONS {'.' * 40} 12")

    assert paragraphs(read_paper(paper))[3:] == [long, f"OTHER MOTIONS {'.' * 40} 12"]


def test_entry_of_contents_goes_on_under_the_words_after_its_label() -> None:
    paper = Paper()
    entries = [f"{label}. Lanterns {'. ' * 50}{page}" for label, page in (("A", 1), ("B", 4), ("C", 9))]
    y = paper.put_lines(72, 100, entries)
    paper.put(72, y, "D. The harbor and its lanterns in the")
    paper.put(72 + paper.get_string_width("D. "), y + 14, f"winter {'. ' * 40}12")

    assert paragraphs(read_paper(paper))[3].startswith("D. The harbor and its lanterns in the winter . .")


def test_entry_of_contents_ends_at_its_number_also_at_the_end_of_a_page() -> None:
    paper = Paper()
    first, second = (
        [f"{label}. Lanterns {'. ' * 60}{page}" for label, page in entries]
        for entries in ((("A", 1), ("B", 4), ("C", 9)), (("D", 10), ("E", 12), ("F", 15)))
    )
    paper.put_lines(72, 660, first)
    paper.add_page()
    paper.put_lines(72, 100, second)

    assert len(paragraphs(read_paper(paper))) == 6


@pytest.mark.parametrize(
    "labels", [("''(i)", "''(ii)"), ("(iii)", "(iv)"), ("(b)", "(c)"), ('"(9)', '"(10)')]
)
def test_clause_after_a_full_line_starts_a_paragraph(labels: tuple[str, str]) -> None:
    paper = Paper()
    y = paper.put_justified(72, 100, LONG, 300)
    full = "are older than the harbor, the storm, and the mole; or"
    clauses = [f"{labels[0]} {full}", f"{labels[1]} end with it."]
    width = paper.get_string_width(clauses[0])
    paper.put_lines(72 + 300 - width, y, clauses)

    assert paragraphs(read_paper(paper))[1:] == clauses


def test_count_inside_a_sentence_goes_on_in_the_next_line() -> None:
    paper = Paper()
    text = "The motion asks (1) whether the harbor company lit its four lanterns on that night, and"
    paper.put_lines(72, 100, [*paper.wrapped(LONG, 480), text, "(2) whether anybody saw them."])

    assert paragraphs(read_paper(paper)) == [LONG, f"{text} (2) whether anybody saw them."]


def test_quoted_clauses_of_a_statute_start_paragraphs() -> None:
    paper = Paper()
    lines = paper.wrapped(LONG, 300)
    y = paper.put_lines(150, 100, lines)
    width = paper.get_string_width('"(B) ')
    clauses = [f'"({letter}) the owner of a lantern may show it at sea' for letter in "AB"]
    first = '"(3) LANTERNS AT SEA AND ELS'
    full = max(paper.get_string_width(line) for line in lines)
    while paper.get_string_width(first) < full - 1.7 * width:
        first += "E"
    paper.put_lines(150, y, [first, *clauses])

    assert paragraphs(read_paper(paper)) == [LONG, first, *clauses]


def test_centred_caption_in_capitals_is_one_paragraph_though_its_v_is_small() -> None:
    paper = Paper()
    paper.put_centred(100, "HARBOR, KEEPER OF THE LIGHT OF THE")
    paper.put_centred(114, "LOWER BAY, ET AL. v. LANTERN COMPANY")
    paper.put_justified(72, 150, LONG, 468)

    assert paragraphs(read_paper(paper))[0] == (
        "HARBOR, KEEPER OF THE LIGHT OF THE LOWER BAY, ET AL. v. LANTERN COMPANY"
    )


def test_broken_word_is_joined_and_keeps_a_piece_on_each_line() -> None:
    paper = Paper()
    paper.put_lines(
        72, 100, ["The parties stipulated to the admis-", "sion of the docu-", "ments and no more."]
    )

    document = read_paper(paper)

    assert document.text == "The parties stipulated to the admission of the documents and no more."
    pieces = [w for w in document.pages[0].words if document.text[w.start : w.end] in ("admis", "sion")]
    assert pieces[0].end == pieces[1].start
    assert pieces[0].top < pieces[1].top


def test_paragraph_runs_on_over_the_page() -> None:
    paper = Paper()
    lines = paper.wrapped(f"{LONG} {OTHER}", 430)
    paper.put_lines(72, 660, lines[:3])
    paper.add_page()
    paper.put_lines(72, 100, lines[3:])

    document = read_paper(paper)

    assert document.text == f"{LONG} {OTHER}"
    first, second = document.pages[0].ranges[0], document.pages[1].ranges[0]
    assert (first.start, second.end) == (0, len(document.text))
    assert second.start == first.end + 1


@pytest.mark.parametrize("size", [10, 12, 14])
def test_table_with_rules_is_read_row_by_row(size: int) -> None:
    paper = Paper()
    paper.typeset("Times", size)
    rows = [("Date", "Entry"), ("June 3", "Order on the motion that was filed in May"), ("July 9", "Notice")]
    for index, (left, right) in enumerate(rows):
        paper.put(80, 118 + 30 * index, left)
        paper.put(210, 118 + 30 * index, right)
    for index in range(4):
        paper.line(72, 100 + 30 * index, 540, 100 + 30 * index)
    for x in (72, 200, 540):
        paper.line(x, 100, x, 190)

    assert paragraphs(read_paper(paper)) == [f"{left} {right}" for left, right in rows]


def test_lines_of_a_signature_block_stand_by_themselves() -> None:
    paper = Paper()
    block = [
        "/s/ Ada M. Harbor",
        "Ada M. Harbor",
        "Benjamin Q. Lantern",
        "HARBOR & LANTERN LLP",
        "12 Quay Street, Suite 4",
        "Lower Bay, Oregon 97001",
        "Telephone: (503) 555-0142",
        "Email: ada@harbor.example",
        "ben@harbor.example",
    ]
    paper.put_lines(320, 100, block)

    assert paragraphs(read_paper(paper)) == block


def test_place_and_postal_code_inside_running_text_start_no_paragraph() -> None:
    paper = Paper()
    lines = [
        "Send comments on the",
        "rule to the board of the",
        "Lower Bay, Oregon 97001",
        "or bring them by hand",
    ]
    paper.put_lines(72, 100, lines)

    assert paragraphs(read_paper(paper)) == [" ".join(lines)]


def test_judges_name_and_office_are_two_lines() -> None:
    paper = Paper()
    block = ["THE HONORABLE ADA M. HARBOR", "U.S. DISTRICT JUDGE"]
    paper.line(320, 88, 540, 88)
    paper.put_lines(320, 100, block)

    assert paragraphs(read_paper(paper)) == block


def test_items_of_a_list_start_paragraphs_though_they_fill_their_lines() -> None:
    paper = Paper()
    items = [
        "a. Analysis of the harbor's books and of what it owes to its keepers;",
        "b. Preparation and filing of all that the board has asked to be given;",
        "c. Representation of the harbor at any meeting that may be called on it;",
    ]
    paper.put_lines(72, 100, items)

    assert paragraphs(read_paper(paper)) == items


def test_table_whose_rules_are_one_path_is_read_row_by_row() -> None:
    paper = Paper()
    rows = [("Keeper of the", "harbor", "Order on the motion"), ("Keeper of the", "pier", "Notice of it")]
    for index, (first, second, entry) in enumerate(rows):
        paper.put(80, 118 + 40 * index, first)
        paper.put(80, 132 + 40 * index, second)
        paper.put(210, 125 + 40 * index, entry)
    level = [f"72 {692 - 40 * index} m 540 {692 - 40 * index} l" for index in range(3)]
    upright = [f"{x} 692 m {x} 612 l" for x in (72, 200, 540)]
    paper._out(f"{' '.join(level + upright)} S")

    assert paragraphs(read_paper(paper)) == [" ".join(row) for row in rows]


def test_boxes_to_tick_inside_a_frame_make_no_table() -> None:
    paper = Paper()
    paper.rect(60, 80, 490, 400)
    text = [
        "Please enter my appearance as counsel for the party that is named below, and serve",
        "all further papers on me at the address that is given at the end of this paper.",
    ]
    paper.put_lines(72, 100, text)
    for row in range(8):
        y = 140 + 30 * row
        paper.rect(100, y - 10, 30, 13)
        paper.rect(300, y - 10, 30, 13)
        paper.put(134, y, f"Keeper {row}")
        paper.put(334, y, f"Owner {row}")
    paper.put(72, 400, "I am the principal attorney for this party in this case.")
    paper.put(72, 414, "I agree to tell all other counsel of it.")

    found = paragraphs(read_paper(paper))

    assert found[0] == " ".join(text)
    assert found[1:9] == [f"Keeper {row} Owner {row}" for row in range(8)]


def test_rows_of_minutes_that_rules_part_are_paragraphs() -> None:
    paper = Paper()
    rows = [("Case No.", "CV31-00016-ABC(DEx)"), ("Title", "ADA KEEL v. HARBOR, INC., ETC.; ET AL.")]
    for index, (label, value) in enumerate(rows):
        paper.put(72, 118 + 24 * index, label)
        paper.put(130, 118 + 24 * index, value)
        paper.line(126, 123 + 24 * index, 540, 123 + 24 * index)

    assert paragraphs(read_paper(paper)) == [" ".join(row) for row in rows]


def test_underlined_words_and_blanks_to_fill_in_part_nothing() -> None:
    paper = Paper()
    lines = paper.wrapped(LONG, 420)
    paper.put_lines(72, 100, lines, 16)
    for x, y, width in ((72, 102, 420), (150, 118, 90), (300, 134, 150)):
        paper.line(x, y, x + width, y)
    # Some programs set the rule under words rather low.
    words = lines[0].rsplit(" ", 6)[0]
    paper.line(72, 105, 72 + paper.get_string_width(words), 105)

    assert paragraphs(read_paper(paper)) == [LONG]


def test_heading_goes_on_with_numbers_but_not_with_a_citation() -> None:
    paper = Paper()
    paper.put_centred(100, "IN THE SUPREME COURT OF THE HARBOR")
    paper.put_centred(122, "2032-HBSC-1")
    paper.put_justified(72, 160, OTHER, 468)
    paper.put_centred(300, "MOTION TO STAY PENDING DECISION IN KEEL V. BUOY, CASE NOS. 30-55436,")
    paper.put_centred(314, "30-55662")

    assert paragraphs(read_paper(paper)) == [
        "IN THE SUPREME COURT OF THE HARBOR",
        "2032-HBSC-1",
        OTHER,
        "MOTION TO STAY PENDING DECISION IN KEEL V. BUOY, CASE NOS. 30-55436, 30-55662",
    ]
