"""Paragraphs become the document's text, and every token a word with its place in it.

Offsets are final: the text is built so that normalising it changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotator.geometry import NoteLink, PrintedLine, Range, Word
from annotator.readers.pdf.hyphens import SPACE, Join, Vocabulary
from annotator.readers.pdf.lines import Line, is_mark
from annotator.readers.pdf.paragraphs import Paragraph
from annotator.readers.pdf.sheet import Frame, Token

BETWEEN_PARAGRAPHS = "\n"
CERTAIN = 100


@dataclass(slots=True)
class PageText:
    """What a page owns of the text."""

    words: list[Word] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    lines: list[PrintedLine] = field(default_factory=list)
    marks: list[Range] = field(default_factory=list)
    notes: list[NoteLink] = field(default_factory=list)
    confidences: list[int] = field(default_factory=list)


class Assembly:
    """Text that grows paragraph by paragraph; `pages` has what each page number owns of it."""

    def __init__(self, frames: dict[int, Frame], vocabulary: Vocabulary) -> None:
        self.pages = {number: PageText() for number in frames}
        self._frames = frames
        self._vocabulary = vocabulary
        self._parts: list[str] = []
        self._length = 0
        self._mark_texts: dict[Range, str] = {}

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add(self, paragraph: Paragraph) -> Range:
        """Append a paragraph and return its range."""
        if self._length:
            self._append(BETWEEN_PARAGRAPHS)
        start = self._length
        before: Line | None = None
        for line, following in zip(paragraph.lines, [*paragraph.lines[1:], None], strict=True):
            if before is not None and self._join(before, line).blank:
                self._append(" ")
            drops = following is not None and self._join(line, following).drops_hyphen
            self._add_line(line, drops)
            before = line
        place = Range(start, self._length)
        self._link(paragraph, place)
        return place

    def _link(self, paragraph: Paragraph, place: Range) -> None:
        """Tie a note to the mark that calls it, which stands in a paragraph before it."""
        number = paragraph.lines[0].page
        if paragraph.kind == "note" and paragraph.mark:
            calls = [
                mark
                for mark in self.pages[number].marks
                if mark.end <= place.start and self._mark_texts.get(mark) == paragraph.mark
            ]
            if calls:
                self.pages[number].notes.append(NoteLink(calls[-1], place))

    def _join(self, before: Line, after: Line) -> Join:
        if before.tokens[-1].raised:
            return SPACE
        return self._vocabulary.join(_last_word(before.tokens), _first_word(after.tokens))

    def _add_line(self, line: Line, drops_hyphen: bool) -> None:
        page = self.pages[line.page]
        start = self._length
        for index, token in enumerate(line.tokens):
            if index and not token.glued:
                self._append(" ")
            cut = 1 if drops_hyphen and index == len(line.tokens) - 1 else 0
            self._add_token(page, line.page, token, cut)
        piece = Range(start, self._length)
        if page.ranges and start - page.ranges[-1].end <= 1:
            page.ranges[-1] = Range(page.ranges[-1].start, piece.end)
        else:
            page.ranges.append(piece)
        page.lines.append(PrintedLine(line.number, piece.start, piece.end))

    def _add_token(self, page: PageText, number: int, token: Token, cut: int) -> None:
        text = token.text[: len(token.text) - cut]
        if not text:
            return
        start = self._length
        self._append(text)
        frame = self._frames[number]
        if frame.is_turned:
            word = Word(start, self._length, *frame.on_page(token.box), ())
        else:
            edges = token.edges[: len(text) + 1]
            word = Word(start, self._length, token.x0, token.top, edges[-1], token.bottom, edges)
        page.confidences.append(CERTAIN if token.confidence is None else token.confidence)
        page.words.append(word)
        if token.raised and is_mark(text):
            mark = Range(start, self._length)
            page.marks.append(mark)
            self._mark_texts[mark] = text

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _last_word(tokens: Sequence[Token]) -> str:
    word = ""
    for token in reversed(tokens):
        word = token.text + word
        if not token.glued:
            break
    return word


def _first_word(tokens: Sequence[Token]) -> str:
    word = tokens[0].text
    for token in tokens[1:]:
        if not token.glued or token.raised:
            break
        word += token.text
    return word


def line_texts(paragraphs: Iterable[Paragraph]) -> Iterable[str]:
    """The text of every line, for the vocabulary."""
    for paragraph in paragraphs:
        for line in paragraph.lines:
            yield line.text
