"""Paragraphs become the document's text, and every token a word with its place in it.

Offsets are final: the text is built so that normalising it changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotator.geometry import PrintedLine, Range, Word
from annotator.readers.pdf.hyphens import SPACE, Join, Vocabulary
from annotator.readers.pdf.lines import Line, is_mark
from annotator.readers.pdf.paragraphs import Paragraph
from annotator.readers.pdf.sheet import Frame, Token

BETWEEN_PARAGRAPHS = "\n"


@dataclass(slots=True)
class PageText:
    """What a page owns of the text."""

    words: list[Word] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    lines: list[PrintedLine] = field(default_factory=list)
    marks: list[Range] = field(default_factory=list)


class Assembly:
    """Text that grows paragraph by paragraph; `pages` has what each page number owns of it."""

    def __init__(self, frames: dict[int, Frame], vocabulary: Vocabulary) -> None:
        self.pages = {number: PageText() for number in frames}
        self._frames = frames
        self._vocabulary = vocabulary
        self._parts: list[str] = []
        self._length = 0
        self._last_break = -1

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
        return Range(start, self._length)

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
        if page.ranges and self._is_blank_between(page.ranges[-1].end, start):
            page.ranges[-1] = Range(page.ranges[-1].start, piece.end)
        else:
            page.ranges.append(piece)
        page.lines.append(PrintedLine(line.number, piece.start, piece.end))

    def _is_blank_between(self, end: int, start: int) -> bool:
        """Whether only blanks of one paragraph, or nothing, part the end of a range from here."""
        return start - end <= 1 and self._last_break < end

    def _add_token(self, page: PageText, number: int, token: Token, cut: int) -> None:
        text = token.text[: len(token.text) - cut]
        if not text:
            return
        start = self._length
        self._append(text)
        frame = self._frames[number]
        box = frame.on_page(token.box)
        edges = () if frame.is_turned else token.edges[: len(text) + 1]
        right = edges[-1] if edges else box.x1
        page.words.append(Word(start, self._length, box.x0, box.top, right, box.bottom, edges))
        if token.raised and is_mark(text):
            page.marks.append(Range(start, self._length))

    def _append(self, text: str) -> None:
        if text == BETWEEN_PARAGRAPHS:
            self._last_break = self._length
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
