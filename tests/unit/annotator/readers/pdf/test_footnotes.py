"""Footnotes follow the paragraph that carries their mark."""

from annotator.readers.document import ReadDocument
from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

TEXT = "The motion comes too late"
MORE = "and is denied for that reason alone, as the clerk has told the parties more than once."
NOTE = "The clerk's letters are in the record, where nobody has looked for them."


def marked(paper: Paper, x: float, y: float, text: str, mark: str) -> float:
    """Text with a raised mark after it; where the mark ends."""
    paper.put(x, y, text)
    x += paper.get_string_width(text)
    paper.typeset("Times", 7)
    paper.put(x, y - 4, mark)
    x += paper.get_string_width(mark)
    paper.typeset("Times", 12)
    return x


def note(paper: Paper, y: float, mark: str, text: str) -> None:
    paper.typeset("Times", 6)
    paper.put(72, y - 3, mark)
    paper.typeset("Times", 10)
    paper.put(78, y, text)
    paper.typeset("Times", 12)


def page_with_note(*, rule: bool = True) -> ReadDocument:
    paper = Paper()
    end = marked(paper, 72, 100, f"{TEXT}.", "1")
    paper.put(end + 4, 100, "It also lacks any ground in law or in the facts.")
    paper.put(72, 140, "Nothing else was argued, and so nothing else has to be decided here.")
    if rule:
        paper.line(72, 690, 216, 690)
    note(paper, 704, "1", NOTE)
    return read_paper(paper)


def test_note_follows_the_paragraph_with_its_mark() -> None:
    document = page_with_note()

    assert paragraphs(document) == [
        f"{TEXT}.1 It also lacks any ground in law or in the facts.",
        f"1 {NOTE}",
        "Nothing else was argued, and so nothing else has to be decided here.",
    ]


def test_mark_keeps_its_range() -> None:
    document = page_with_note()

    marks = [document.text[mark.start : mark.end] for mark in document.pages[0].marks]
    assert marks == ["1", "1"]
    first = document.pages[0].marks[0]
    assert document.text[first.start - 1] == "."


def test_note_without_a_rule_is_known_by_size_and_mark() -> None:
    assert paragraphs(page_with_note(rule=False))[1] == f"1 {NOTE}"


def test_note_is_linked_to_its_mark() -> None:
    document = page_with_note()

    link = document.pages[0].notes[0]
    assert document.text[link.mark.start : link.mark.end] == "1"
    assert link.mark.start < link.note.start
    assert document.text[link.note.start : link.note.end] == f"1 {NOTE}"


def test_note_goes_on_at_the_foot_of_the_next_column() -> None:
    paper = Paper()
    paper.typeset("Times", 10)
    text = f"{MORE} " * 12
    lines = paper.wrapped(text, 220)
    for x, first in ((60, "The left column."), (330, "The right column.")):
        paper.put_lines(x, 90, [first, *lines], 12)
        paper.line(x, 640, x + 60, 640)
    paper.typeset("Times", 8)
    long = " ".join([NOTE] * 8)
    lines = paper.wrapped(long, 200)
    cut = next(at for at in range(5, len(lines)) if lines[at][0].islower())
    paper.put_lines(64, 653, lines[:cut], 10)
    y = paper.put_lines(330, 653, lines[cut:], 10)
    paper.put(334, y, "The others are lost.")
    paper.typeset("Times", 5)
    for x, bottom, mark in ((60, 650, "1"), (330, y - 3, "2")):
        paper.put(x, bottom, mark)

    read = paragraphs(read_paper(paper))

    assert [text for text in read if text[0].isdigit()] == [f"1 {long}", "2 The others are lost."]


def test_note_of_a_paragraph_that_crosses_pages_follows_its_end() -> None:
    paper = Paper()
    paper.put(72, 80, "One more ground stands in the way of the motion, and it would be enough.")
    end = marked(paper, 108, 640, TEXT, "2")
    paper.put(end + 3, 640, "however one counts the days that went by and")
    paper.line(72, 690, 216, 690)
    note(paper, 704, "2", NOTE)
    paper.add_page()
    paper.put(72, 100, MORE)
    paper.put(108, 114, "The clerk will enter judgment on all of the claims that are left in it.")

    document = read_paper(paper)

    assert paragraphs(document) == [
        "One more ground stands in the way of the motion, and it would be enough.",
        f"{TEXT}2 however one counts the days that went by and {MORE}",
        f"2 {NOTE}",
        "The clerk will enter judgment on all of the claims that are left in it.",
    ]
    assert len(document.pages[0].ranges) == 2
