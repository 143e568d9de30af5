"""Paragraphs in which bars stand in the place of words."""

from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper
from tests.unit.annotator.readers.pdf.test_footnotes import marked, note

PITCH = 24.0
WIDTH = 440.0


def page_with_bars(rows: list[list[str | float]], *, indented: tuple[int, ...] = ()) -> Paper:
    """Lines of words and of bars, which are given by their widths, beside and below each other."""
    paper = Paper()
    for index, row in enumerate(rows):
        x, y = 72.0 + (36.0 if index in indented else 0.0), 100 + PITCH * index
        for part in row:
            if isinstance(part, str):
                paper.put(x, y, part)
                x += paper.get_string_width(part) + 4
            else:
                paper.box(x, y - 10, part, 13)
                x += part + 4
    return paper


def test_line_that_a_bar_fills_goes_on_in_the_next_one() -> None:
    paper = page_with_bars(
        [
            ["The harbor company keeps its lanterns in a shed. (Exhibit A.)", 150.0],
            [410.0],
            [120.0, "(Keel Deposition, excerpts of which are attached as Exhibit B, at 36.)"],
            ["Four of them were lit on the night of the storm, and the others were not."],
        ],
        indented=(0,),
    )

    assert read_paper(paper).text == (
        "The harbor company keeps its lanterns in a shed. (Exhibit A.) (Keel Deposition, excerpts of which "
        "are attached as Exhibit B, at 36.) Four of them were lit on the night of the storm, and the others "
        "were not."
    )


def test_bar_that_is_indented_starts_a_paragraph() -> None:
    paper = page_with_bars(
        [
            ["The harbor company keeps its lanterns in a shed beside the pier, as it has always done,"],
            ["and nobody else has a key to it or has ever asked for one. (Exhibit A, at 12.)"],
            [400.0],
            [150.0, "(Exhibit B, at 24.)", 120.0],
            ["and the keeper of the pier agreed."],
        ],
        indented=(0, 2),
    )

    found = paragraphs(read_paper(paper))

    assert [text.split()[0] for text in found] == ["The", "(Exhibit"]
    assert found[1] == "(Exhibit B, at 24.) and the keeper of the pier agreed."


def test_bars_that_are_one_path_are_told_apart() -> None:
    paper = Paper()
    paper.put(72, 100, "The harbor company keeps its lanterns in a shed. (Exhibit A.)")
    paper.put(196, 148, "(Keel Deposition, excerpts of which are attached as Exhibit B, at 36.)")
    bars = [(72, 112, 440, 13), (72, 138, 120, 13)]
    paper._out("".join(f"{x} {792 - y - h} {w} {h} re " for x, y, w, h in bars) + "f")

    document = read_paper(paper)

    assert [
        (round(each.box.x0), round(each.box.top), round(each.box.x1)) for each in document.pages[0].redactions
    ] == [(72, 112, 512), (72, 138, 192)]


def test_note_goes_on_after_a_bar_that_fills_its_line() -> None:
    paper = Paper()
    end = marked(paper, 72, 100, "Four lanterns were lit on the night of the storm.", "1")
    paper.put(end + 4, 100, "The others were not.")
    paper.line(72, 690, 216, 690)
    note(paper, 704, "1", "The keeper wrote of it to the harbor company.")
    paper.box(290, 696, 170, 10)
    paper.typeset("Times", 10)
    paper.box(72, 708, 60, 10)
    paper.put(136, 716, "Rope Letter, and the keeper's own words of that night, which nobody kept, say so.")

    assert read_paper(paper).text.split("\n", 1)[1] == (
        "1 The keeper wrote of it to the harbor company. Rope Letter, and the keeper's own words of that "
        "night, which nobody kept, say so."
    )
