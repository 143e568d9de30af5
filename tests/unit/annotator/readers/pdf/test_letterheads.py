"""Letterheads of blocks beside each other: each is read to its end."""

from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

LETTER = "The notice of appeal was filed today. Counsel who wish to be heard have to enter an appearance."
COURT = ("United States Court of Appeals", "12 Rope Street", "Harbor, Colorado 80257")


def letter(paper: Paper) -> list[str]:
    """What is read of a letterhead with a letter under it."""
    paper.put(72, 220, "January 8, 2024")
    paper.put_justified(72, 260, LETTER, 460)
    read = paragraphs(read_paper(paper))
    assert read[-2:] == ["January 8, 2024", LETTER]
    return read[:-2]


def test_blocks_that_begin_level_are_read_from_the_left() -> None:
    paper = Paper()
    paper.put_lines(72, 80, ["Eliza A. Keel", "Clerk of Court"])
    for index, line in enumerate(COURT):
        paper.put_centred(80 + 14 * index, line)
    paper.put_lines(460, 80, ["(303) 555-3157", "(303) 555-3158"])

    assert letter(paper) == [
        "Eliza A. Keel",
        "Clerk of Court",
        *COURT,
        "(303) 555-3157",
        "(303) 555-3158",
    ]


def test_block_that_begins_higher_is_read_first() -> None:
    paper = Paper()
    for index, line in enumerate(COURT):
        paper.put_centred(80 + 14 * index, line)
    paper.put_lines(72, 94, ["Eliza A. Keel", "Clerk of Court"])
    paper.put_lines(450, 94, ["Chris B. Tide", "Chief Deputy Clerk"])

    assert letter(paper) == [*COURT, "Eliza A. Keel", "Clerk of Court", "Chris B. Tide", "Chief Deputy Clerk"]


def test_two_short_blocks_under_the_name_of_the_court() -> None:
    paper = Paper()
    paper.put_centred(80, COURT[0])
    paper.put_lines(72, 110, ["LYLE W. KEEL", "CLERK"])
    paper.put_lines(400, 110, ["TEL. 504-555-7700", "600 S. ROPE PLACE", "MOLE HARBOR, LA 70130"])

    assert letter(paper) == [
        COURT[0],
        "LYLE W. KEEL",
        "CLERK",
        "TEL. 504-555-7700",
        "600 S. ROPE PLACE",
        "MOLE HARBOR, LA 70130",
    ]


def test_centred_lines_of_a_letterhead_stand_alone_beside_another_block() -> None:
    paper = Paper()
    paper.put_lines(72, 80, ["Eliza A. Keel", "Clerk of Court"])
    centred = "COURT OF APPEALS", "FOR THE LANTERN CIRCUIT", "601 HARBOR COURTHOUSE"
    for index, line in enumerate(centred):
        paper.put_centred(80 + 14 * index, line)

    assert letter(paper)[2:] == list(centred)


def test_caption_in_a_case_against_a_clerk_is_no_letterhead() -> None:
    paper = Paper()
    left = ["HARBOR MESSAGING, INC.,", "Plaintiff,", "v.", "ELIZA A. KEEL, Clerk of Court,", "Defendant."]
    paper.put_lines(72, 80, left)
    paper.put_lines(304, 80, [")"] * 5)
    paper.put(340, 108, "Case No. 3:31-cv-00042-ABC")

    assert letter(paper) == [*left, "Case No. 3:31-cv-00042-ABC"]


def test_sides_of_a_head_without_an_office_are_read_across() -> None:
    paper = Paper()
    for index, (left, right) in enumerate((("Name", "Lanterns"), ("Keel", "4"), ("Tide", "11"))):
        paper.put(72, 80 + 14 * index, left)
        paper.put(460, 80 + 14 * index, right)

    assert letter(paper) == ["Name Lanterns", "Keel 4", "Tide 11"]
