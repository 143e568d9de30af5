"""Tables, read row by row."""

from itertools import pairwise

import pytest

from tests.pdf_pages import Paper
from tests.unit.annotator.readers.pdf.reading import paragraphs, read_paper

EDGES = (72.0, 180.0, 330.0, 420.0, 540.0)
LINES = (
    ("", "", "", "Cost for all"),
    ("Action", "Labor cost", "Parts", ""),
    ("", "", "", "harbors"),
    ("Wick change", "Up to 79 hours at 85 each =", "3,790", "766,865"),
    ("", "6,715", "", ""),
    ("Lamp test", "40 hours at 85 each =", "0", "248,200"),
    ("", "3,400", "", ""),
)


@pytest.mark.parametrize("pieces", [(90, 172), (90, 124, 147, 165)], ids=["whole", "a piece a row"])
def test_table_that_is_open_at_its_sides_and_ruled_under_its_head_only_is_read_row_by_row(
    pieces: tuple[float, ...],
) -> None:
    paper = Paper()
    paper.typeset("Helvetica", 8)
    for y in (90, 124, 172):
        paper.line(EDGES[0], y, EDGES[-1], y)
    for x in EDGES[1:-1]:
        for top, bottom in pairwise(pieces):
            paper.line(x, top, x, bottom)
    for line, y in zip(LINES, (102, 108, 114, 134, 143, 152, 161), strict=True):
        for x, cell in zip(EDGES, line, strict=False):
            if cell:
                paper.put(x + 3, y, cell)
    paper.typeset("Times", 11)
    paper.put(72, 220, "The agency has no data on what else the harbors will have to pay for their lanterns.")

    assert paragraphs(read_paper(paper))[:3] == [
        "Action Labor cost Parts Cost for all harbors",
        "Wick change Up to 79 hours at 85 each = 6,715 3,790 766,865",
        "Lamp test 40 hours at 85 each = 3,400 0 248,200",
    ]
