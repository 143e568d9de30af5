"""Cites of spans by page and printed line."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cites import Cites, Place, cites_of
from annotator.geometry import Box, Furniture, Page, PrintedLine, Range
from annotator.model import Document


def plain_page(number: int, *ranges: tuple[int, int], printed: str | None = None) -> Page:
    return Page(number, 612, 792, ranges=tuple(Range(*pair) for pair in ranges), printed=printed)


def numbered_page(number: int, start: int, *, lines: int = 28, width: int = 10) -> Page:
    """A page of pleading paper: line 1 begins at `start`, each line has `width` code points."""
    printed = tuple(
        PrintedLine(line + 1, start + line * width, start + (line + 1) * width) for line in range(lines)
    )
    return Page(number, 612, 792, ranges=(Range(start, start + lines * width),), lines=printed)


def test_document_without_pages_has_no_cite() -> None:
    cites = Cites(())

    assert (cites.page(5), cites.cite(5, 9)) == (None, "")


@pytest.mark.parametrize(
    ("start", "end", "cite"),
    [
        (0, 10, "p. 1"),
        (95, 100, "p. 1"),
        (95, 101, "pp. 1-2"),
        (100, 250, "pp. 2-3"),
        (0, 300, "pp. 1-3"),
    ],
)
def test_pages_without_line_numbers_are_cited_by_page(start: int, end: int, cite: str) -> None:
    cites = Cites([plain_page(1, (0, 100)), plain_page(2, (100, 200)), plain_page(3, (200, 300))])

    assert cites.cite(start, end) == cite


@pytest.mark.parametrize(
    ("start", "end", "cite"),
    [
        (0, 10, "12:1"),
        (63, 67, "12:7"),
        (63, 85, "12:7-9"),
        (63, 90, "12:7-9"),
        (265, 295, "12:27-13:2"),
        (279, 281, "12:28-13:1"),
    ],
)
def test_numbered_lines_are_cited_by_page_and_line(start: int, end: int, cite: str) -> None:
    cites = Cites([numbered_page(12, 0), numbered_page(13, 280)])

    assert cites.cite(start, end) == cite


@pytest.mark.parametrize(
    ("caret", "cite"), [(0, "12:1"), (4, "12:1"), (9, "12:1"), (10, "12:2"), (19, "12:2")]
)
def test_caret_is_cited_by_the_line_that_it_stands_on_from_its_start_to_its_end(
    caret: int, cite: str
) -> None:
    lines = PrintedLine(1, 0, 9), PrintedLine(2, 10, 19)  # with a blank between them
    cites = Cites([Page(12, 612, 792, ranges=(Range(0, 19),), lines=lines)])

    assert cites.cite(caret, caret) == cite


def test_printed_page_number_is_given_beside_the_count_where_it_differs() -> None:
    cites = Cites([plain_page(1, (0, 10), printed="iii"), plain_page(2, (10, 20)), plain_page(3, (20, 30))])

    assert [cites.cite(0, 5), cites.cite(0, 15), cites.cite(12, 15)] == [
        "p. 1, printed iii",
        "pp. 1-2, printed iii-2",
        "p. 2",
    ]
    assert cites.page(0) == 1


@pytest.mark.parametrize(
    ("kind", "number", "cite"),
    [
        ("brief", "144", "ECF 144 at 6:13, printed 1:13"),
        ("order", "57-7", "ECF 57-7 at 6:13, printed 1:13"),
        ("brief", "", "6:13, printed 1:13"),
        ("opinion", "00117684624", "6:13, slip op. 1:13"),
    ],
)
def test_docket_entry_and_slip_opinion_are_named(kind: str, number: str, cite: str) -> None:
    page = replace(numbered_page(6, 0), printed="1")
    metadata = {"document_number": number} if number else {}
    document = Document("1", "Reply", kind, "sha", "reply.pdf", "text", "2025", metadata=metadata)

    assert cites_of(document, [page]).cite(122, 128) == cite


def test_page_of_an_excerpt_has_the_number_of_its_stamp() -> None:
    stamp = Furniture("stamp", "Case 3:24-cv-00771 Document 50 Filed 12/02/24 Page 8 of 29", Box(0, 0, 9, 9))
    page = replace(numbered_page(1, 0), furniture=(stamp,))

    assert Cites([page], ecf="50").cite(122, 128) == "ECF 50 at 8:13"
    assert Cites([page]).cite(122, 128) == "1:13"


def test_slip_opinion_without_numbered_lines_is_cited_by_page() -> None:
    assert Cites([plain_page(8, (0, 10), printed="4")], is_slip=True).cite(0, 5) == "p. 8, slip op. 4"


def test_line_that_a_numbered_page_leaves_out_is_cited_by_its_page() -> None:
    lines = (PrintedLine(1, 0, 10), PrintedLine(2, 10, 20), PrintedLine(None, 20, 40))
    cites = Cites([Page(4, 612, 792, ranges=(Range(0, 40),), lines=lines)])

    assert (cites.cite(22, 30), cites.cite(12, 30)) == ("p. 4", "4:2")


def test_span_that_ends_on_a_page_without_numbers_names_that_page_alone() -> None:
    cites = Cites([numbered_page(12, 0), plain_page(13, (280, 400))])

    assert cites.cite(265, 300) == "12:27-13"


def test_footnote_that_follows_a_paragraph_crossing_pages_belongs_to_its_own_page() -> None:
    cites = Cites([plain_page(1, (0, 50), (80, 100)), plain_page(2, (50, 80), (100, 160))])

    assert [cites.page(offset) for offset in (10, 60, 90, 120)] == [1, 2, 1, 2]
    assert cites.cite(60, 95) == "pp. 1-2"


def test_break_between_two_pages_belongs_to_the_page_before_it() -> None:
    cites = Cites([plain_page(1, (0, 10)), plain_page(2, (12, 20))])

    assert (cites.page(11), cites.cite(5, 12)) == (1, "p. 1")


@given(st.integers(0, 559), st.integers(1, 560))
def test_wider_span_is_never_cited_more_narrowly(start: int, length: int) -> None:
    cites = Cites([numbered_page(1, 0), numbered_page(2, 280)])
    end = min(560, start + length)

    first, _, last = cites.cite(start, end).partition("-")

    assert first == f"{start // 280 + 1}:{start % 280 // 10 + 1}"
    final = end - 1
    line = f"{final % 280 // 10 + 1}"
    same_page = start // 280 == final // 280
    wanted = line if same_page else f"{final // 280 + 1}:{line}"
    assert (last or first.split(":")[1]) == wanted


@pytest.mark.parametrize(
    ("cite", "place"),
    [
        ("2", (1, 280, 280)),
        ("p. 2", (1, 280, 280)),
        ("2:3", (1, 300, 310)),
        ("ECF 144 at 2:3, printed iv:3", (1, 300, 310)),
        ("2:3-7", (1, 300, 310)),
        ("iv:3", (1, 300, 310)),
        ("printed 1", (2, 560, 560)),
        ("3", (2, 560, 560)),
    ],
)
def test_place_is_found_by_its_cite(cite: str, place: tuple[int, int, int]) -> None:
    pages = (
        numbered_page(1, 0),
        replace(numbered_page(2, 280), printed="iv"),
        replace(numbered_page(3, 560), printed="1"),
    )

    assert Cites(pages).find(cite) == Place(place[0], Range(*place[1:]))


@pytest.mark.parametrize("cite", ["", "4", "2:29", "printed 9", "nowhere", "2:3:4"])
def test_place_that_there_is_not_is_not_found(cite: str) -> None:
    assert Cites([numbered_page(1, 0), numbered_page(2, 280), plain_page(3, (560, 600))]).find(cite) is None


def test_page_without_text_is_found_without_a_stretch() -> None:
    assert Cites([Page(1, 612, 792)]).find("1") == Place(0, None)


@given(st.integers(0, 559))
def test_line_that_is_cited_is_found_again(start: int) -> None:
    cites = Cites([numbered_page(1, 0), numbered_page(2, 280)], ecf="144")

    place = cites.find(cites.cite(start, start + 1))

    assert place is not None
    assert place.text is not None
    assert place.text.start <= start < place.text.end


@pytest.mark.parametrize("cite", ["iii", "III", "printed III"])
def test_page_with_a_roman_number_is_found_however_that_is_written(cite: str) -> None:
    cites = Cites([plain_page(1, (0, 10), printed="II"), plain_page(2, (10, 20), printed="III")])

    assert cites.find(cite) == Place(1, Range(10, 10))
