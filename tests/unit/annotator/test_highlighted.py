"""Which words a highlight of another program means: those that it is drawn on."""

import pytest

import resources
from annotator.geometry import Attachment, Box, Page, Range, Word
from annotator.highlighted import highlighted
from annotator.model import Fragment
from annotator.schema_toml import read_schema

SCHEMA = read_schema(resources.schema_text("legal-news"))

# “The court ruled today”, two words a line, letters 10 points wide.
WORDS = (
    Word(0, 3, 72, 90, 102, 100),
    Word(4, 9, 112, 90, 162, 100),
    Word(10, 15, 72, 110, 122, 120),
    Word(16, 21, 132, 110, 182, 120),
)


def page(*boxes: Box, subject: str = "") -> Page:
    item = Attachment("highlight", boxes, "Look", "Ana", subject)
    return Page(3, 612.0, 792.0, ranges=(Range(0, 21),), words=WORDS, attachments=(item,))


@pytest.mark.parametrize(
    ("boxes", "fragments"),
    [
        ([Box(112, 90, 162, 100)], [(4, 9)]),
        ([Box(110, 88, 164, 102)], [(4, 9)]),
        ([Box(112, 90, 141, 100)], [(4, 7)]),
        ([Box(112, 90, 162, 100), Box(72, 110, 122, 120)], [(4, 15)]),
        ([Box(72, 90, 102, 100), Box(132, 110, 182, 120)], [(0, 3), (16, 21)]),
        ([Box(72, 97, 200, 113)], []),
    ],
    ids=["a word", "around a word", "a part", "over a line end", "two places", "between lines"],
)
def test_words_are_those_under_the_boxes(boxes: list[Box], fragments: list[tuple[int, int]]) -> None:
    found = [piece for item in highlighted([page(*boxes)], SCHEMA) for piece in item.fragments]

    assert found == [Fragment(*piece) for piece in fragments]


def test_subject_names_a_label_where_the_schema_has_it() -> None:
    (item,) = highlighted([page(WORDS[1].box, subject="court")], SCHEMA)
    assert (item.page, item.author, item.remark, item.label) == (3, "Ana", "Look", "court")

    (item,) = highlighted([page(WORDS[1].box, subject="Highlight")], SCHEMA)
    assert item.label == ""
