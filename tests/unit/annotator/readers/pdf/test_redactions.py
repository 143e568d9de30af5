"""Text under boxes, bars and crossed-out words."""

import pytest

from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import read_paper

BEFORE, SECRET, AFTER = "The witness is", "Rosalind Keel", "of the harbor office."


def line_with_secret() -> tuple[Paper, float, float]:
    """A line of text, and where the secret part of it begins and ends."""
    paper = Paper()
    paper.put(72, 100, f"{BEFORE} {SECRET} {AFTER}")
    start = 72 + paper.get_string_width(f"{BEFORE} ")
    return paper, start, start + paper.get_string_width(SECRET)


def test_text_under_a_box_is_left_out_and_noted() -> None:
    paper, start, end = line_with_secret()
    paper.box(start, 88, end - start, 16)

    document = read_paper(paper)

    assert document.text == f"{BEFORE} {AFTER}"
    (redaction,) = document.pages[0].redactions
    assert (redaction.kind, redaction.text) == ("box", SECRET)
    assert "under redaction boxes" in document.warnings[0]


@pytest.mark.parametrize("cap", [0, 2])
def test_text_under_a_thick_line_is_left_out_and_noted(cap: int) -> None:
    paper, start, end = line_with_secret()
    paper.set_line_width(14)
    paper._out(f"{cap} J")
    reach = 7 if cap else 0
    paper.line(start + reach, 96, end - reach, 96)

    document = read_paper(paper)

    assert document.text == f"{BEFORE} {AFTER}"
    (redaction,) = document.pages[0].redactions
    assert (redaction.kind, redaction.text) == ("box", SECRET)
    assert abs(redaction.box.x0 - start) < 0.5
    assert abs(redaction.box.x1 - end) < 0.5
    assert abs(redaction.box.bottom - redaction.box.top - 14) < 0.5


def hatch(paper: Paper, left: float, right: float) -> None:
    """Thin grey lines across a box from 86 to 106, as programs draw that hatch what they black out."""
    paper.set_draw_color(150)
    paper.set_line_width(0.5)
    x = left
    while x < right:
        paper.polyline([(x, 106), (x + 10, 86), (x + 20, 106)])
        paper.polyline([(x, 86), (x + 10, 106), (x + 20, 86)])
        x += 20
    paper.set_draw_color(0)


def test_text_under_a_hatched_box_is_left_out_and_noted() -> None:
    paper, start, end = line_with_secret()
    paper.box(start, 88, end - start, 16)
    hatch(paper, start, end)

    document = read_paper(paper)

    assert document.text == f"{BEFORE} {AFTER}"
    (redaction,) = document.pages[0].redactions
    assert (redaction.kind, redaction.text) == ("box", SECRET)


def test_a_hatched_box_in_the_place_of_words_is_a_redaction() -> None:
    paper = Paper()
    paper.put(72, 100, BEFORE)
    start = 72 + paper.get_string_width(f"{BEFORE} ")
    paper.box(start, 90, 90, 13)
    hatch(paper, start, start + 80)
    paper.put(start + 100, 100, AFTER)

    document = read_paper(paper)

    assert [(each.kind, each.text) for each in document.pages[0].redactions] == [("box", "")]


def test_a_thick_line_in_the_place_of_words_is_a_redaction() -> None:
    paper = Paper()
    paper.put(72, 100, BEFORE)
    start = 72 + paper.get_string_width(f"{BEFORE} ")
    paper.set_line_width(12)
    paper.line(start + 6, 96, start + 90, 96)
    paper.put(start + 100, 100, AFTER)

    document = read_paper(paper)

    assert document.text == f"{BEFORE} {AFTER}"
    assert [(each.kind, each.text) for each in document.pages[0].redactions] == [("box", "")]


def test_a_word_struck_through_or_under_a_rule_stays() -> None:
    paper, start, end = line_with_secret()
    paper.set_line_width(1)
    paper.line(start, 96, end, 96)
    paper.set_line_width(3)
    paper.line(72, 120, 300, 120)

    document = read_paper(paper)

    assert SECRET in document.text
    assert not document.pages[0].redactions


def test_text_under_a_white_box_is_left_out() -> None:
    paper, start, end = line_with_secret()
    paper.box(start, 88, end - start, 16, grey=255)

    document = read_paper(paper)

    assert SECRET not in document.text
    assert document.pages[0].redactions[0].kind == "white"
    assert any("white boxes" in warning for warning in document.warnings)


def test_black_letters_on_a_black_box_are_left_out() -> None:
    paper = Paper()
    paper.put(72, 100, BEFORE)
    start = 72 + paper.get_string_width(f"{BEFORE} ")
    paper.box(start, 88, paper.get_string_width(SECRET), 16)
    paper.put(start, 100, SECRET)

    document = read_paper(paper)

    assert document.text == BEFORE
    assert document.pages[0].redactions[0].text == SECRET


def test_text_under_a_box_is_kept_where_the_user_says_so() -> None:
    paper, start, end = line_with_secret()
    paper.box(start, 88, end - start, 16)

    document = read_paper(paper, keep_redacted=True)

    assert SECRET in document.text
    assert document.pages[0].redactions[0].text == SECRET
    assert "kept in the text" in document.warnings[0]


def test_text_on_a_coloured_box_stays() -> None:
    paper = Paper()
    paper.box(60, 88, 300, 16, grey=200)
    paper.put(72, 100, BEFORE)

    document = read_paper(paper)

    assert document.text == BEFORE
    assert document.pages[0].redactions == ()


def test_black_bar_in_a_line_is_noted() -> None:
    paper = Paper()
    paper.put(72, 100, BEFORE)
    end = 72 + paper.get_string_width(BEFORE)
    paper.box(end + 4, 89, 80, 14)
    paper.put(end + 90, 100, AFTER)

    document = read_paper(paper)

    assert [(item.kind, item.text) for item in document.pages[0].redactions] == [("box", "")]
    assert "black bars" in document.warnings[0]


def test_crossed_out_words_are_noted_and_stay() -> None:
    paper = Paper()
    paper.put(72, 100, f"{BEFORE} XXXXXXXX {AFTER}")

    document = read_paper(paper)

    assert "XXXXXXXX" in document.text
    assert [item.kind for item in document.pages[0].redactions] == ["mark"]


def test_white_box_over_a_typed_line_hides_no_words() -> None:
    paper = Paper()
    paper.put(72, 100, "Counsel for the appellant _____ or the appellee _____ below.")
    start = 72 + paper.get_string_width("Counsel for the appellant ")
    paper.box(start, 90, paper.get_string_width("_____"), 14, grey=255)

    document = read_paper(paper)

    assert document.text == "Counsel for the appellant or the appellee _____ below."
    assert not document.pages[0].redactions


def test_short_bar_below_another_one_is_a_redaction() -> None:
    paper = Paper()
    paper.put(72, 100, BEFORE)
    start = 72 + paper.get_string_width(f"{BEFORE} ")
    paper.box(start, 90, 300, 13)
    paper.box(72, 106, 60, 13)

    document = read_paper(paper)

    assert [round(each.box.top) for each in document.pages[0].redactions] == [90, 106]


def test_black_box_far_from_any_bar_is_none() -> None:
    paper = Paper()
    paper.put(72, 100, BEFORE)
    paper.box(72, 300, 60, 13)

    assert not read_paper(paper).pages[0].redactions
