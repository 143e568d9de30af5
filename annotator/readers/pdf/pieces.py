"""Paragraphs of the first pages as facts are read from them, and the facts themselves."""

from dataclasses import dataclass

from annotator.geometry import Range
from annotator.model import JsonValue


@dataclass(frozen=True, slots=True)
class Fact:
    """A thing read from the document: its value, the words it came from, and where they stand.

    `place` is their range in the text, None where they were printed as furniture.
    """

    value: str
    words: str
    page: int
    place: Range | None = None

    def as_json(self) -> JsonValue:
        start, end = self.place or (None, None)
        return {"value": self.value, "words": self.words, "page": self.page, "start": start, "end": end}


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the first pages with its place in the text."""

    text: str
    place: Range
    page: int
    is_bold: bool = False

    def fact(self, value: str, words: str = "") -> Fact:
        """A fact that these words tell, narrowed to `words` where they are given."""
        start = self.text.find(words) if words else -1
        if start < 0:
            return Fact(value, self.text, self.page, self.place)
        begin = self.place.start + start
        return Fact(value, words, self.page, Range(begin, begin + len(words)))
