"""The words that another program's highlights in a PDF are on, for offering them as spans.

A highlight of a PDF is ink at a place: which words it means is found by what stands under it. Nothing is
marked by it until an annotator gives it a label.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.geometry import Attachment, Box, Page, Word
from annotator.model import Fragment
from annotator.page_text import edges_of
from annotator.schema import LabelSchema

COVERED = 0.5
"""The share of a word's height that a highlight must be on."""


class Highlighted(NamedTuple):
    """Words under one highlight; `label` is the id of the label that it names, "" for none."""

    page: int
    fragments: tuple[Fragment, ...]
    author: str
    remark: str
    label: str = ""


def highlighted(pages: Iterable[Page], schema: LabelSchema) -> Iterator[Highlighted]:
    """What is highlighted on the pages, in order of the text on each; what is on no words is left out."""
    labels = {label.name.casefold(): label.id for label in schema.labels() if not label.merged_into}
    for page in pages:
        found = [
            Highlighted(page.number, fragments, item.name, item.text, labels.get(item.subject.casefold(), ""))
            for item in page.attachments
            if item.kind == "highlight" and (fragments := _fragments(page, item))
        ]
        yield from sorted(found, key=lambda each: each.fragments)


def _fragments(page: Page, item: Attachment) -> tuple[Fragment, ...]:
    """The stretches of text under a highlight; those that only a blank parts are one."""
    joined: list[Fragment] = []
    for start, end in sorted(piece for word in page.words for piece in _pieces(word, item.boxes)):
        if joined and start - joined[-1].end <= 1:
            joined[-1] = Fragment(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Fragment(start, end))
    return tuple(joined)


def _pieces(word: Word, boxes: Iterable[Box]) -> Iterator[tuple[int, int]]:
    for box in boxes:
        common = min(word.bottom, box.bottom) - max(word.top, box.top)
        if common < COVERED * (word.bottom - word.top) or word.x1 <= box.x0 or word.x0 >= box.x1:
            continue
        edges = edges_of(word)
        under = [
            number
            for number in range(word.end - word.start)
            if box.x0 <= (edges[number] + edges[number + 1]) / 2 <= box.x1
        ]
        if under:
            yield word.start + under[0], word.start + under[-1] + 1
