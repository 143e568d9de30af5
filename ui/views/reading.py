"""How a text is set: font, size, line height, paragraphs and presumed headings.

Only display. The QTextDocument made here is never read back, and text and offsets stay those of the
project.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

MARGIN = 28
"""Pixels around the text inside the view, room for chips and outlines."""

_SERIF = (
    "Charter",
    "Iowan Old Style",
    "Source Serif 4",
    "Source Serif Pro",
    "Sitka Text",
    "Noto Serif",
    "Cambria",
    "Georgia",
    "DejaVu Serif",
)
_SANS = (
    "Inter",
    "SF Pro Text",
    "Helvetica Neue",
    "Segoe UI",
    "Source Sans 3",
    "Noto Sans",
    "Cantarell",
    "DejaVu Sans",
)
_ALPHABET = "the court held that the company is not immune from suit and the jury found it liable"

_HEADING_LETTERS = 110
_SENTENCE_LETTERS = 50
_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’)\]»]*$")
_QUESTION = re.compile(r"Q\s?\d{0,3}[.:)]\s.*\?$")


@cache
def _present(family: str) -> list[str]:
    """The families of a style that this machine has; asking the font database takes long."""
    wanted = {"serif": _SERIF, "sans": _SANS}.get(family, (family,))
    return [name for name in wanted if QFontDatabase.hasFamily(name)]


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """How the reader wants a text: `family` is "serif", "sans" or a font's own name.

    `size` is in points, `line_height` in per cent of the font's own, `column_width` in letters.
    """

    family: str = "serif"
    size: float = 13
    line_height: int = 175
    column_width: int = 72

    def zoomed(self, percent: int) -> "ReadingStyle":
        """The style with letters of another size."""
        return replace(self, size=self.size * percent / 100)

    def font(self) -> QFont:
        """The font, of the first family that this machine has."""
        font = QFont()
        font.setFamilies(_present(self.family) or [font.family()])
        font.setStyleHint(QFont.StyleHint.SansSerif if self.family == "sans" else QFont.StyleHint.Serif)
        font.setPointSizeF(self.size)
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        return font

    def column_pixels(self) -> int:
        """The width of the column without margins."""
        letter = QFontMetricsF(self.font()).horizontalAdvance(_ALPHABET) / len(_ALPHABET)
        return round(letter * self.column_width)


def set_text(text: str, style: ReadingStyle, parent: QObject) -> QTextDocument:
    """The text as a document to look at, without undo, laid out only as far as it is looked at."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(MARGIN)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setDefaultFont(style.font())
    lines = text.split("\n")
    has_blank_lines = lines[:-1].count("") * 6 > len(lines)
    # Inserting into a formatted first block formats all blocks at once, and before there is a layout:
    # merging the format into a text that is shown costs thirty times as much.
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(_paragraph(style, has_blank_lines=has_blank_lines))
    cursor.insertText(text)
    _format_headings(cursor, lines, style, has_blank_lines=has_blank_lines)
    cursor.endEditBlock()
    return document


def presumed_headings(lines: list[str]) -> Iterator[int]:
    """The numbers of the lines that look like headings: short, no sentence, and prose follows."""
    for number, line in enumerate(lines):
        if not line or len(line) > _HEADING_LETTERS or not _looks_like_heading(line.rstrip()):
            continue
        below = next((each for each in lines[number + 1 : number + 3] if each.strip()), "").rstrip()
        if _looks_like_prose(below) or _QUESTION.match(below):
            yield number


def _looks_like_prose(line: str) -> bool:
    """Whether a line is long, or a sentence of some length: no line of a caption or a list."""
    return len(line) > _HEADING_LETTERS or (
        len(line) >= _SENTENCE_LETTERS and bool(_SENTENCE_END.search(line)) and line[-1] != ","
    )


def _looks_like_heading(line: str) -> bool:
    if _QUESTION.match(line):
        return True
    first = line.lstrip()[:1]
    return (first.isupper() or first.isdigit()) and not _SENTENCE_END.search(line)


def _paragraph(style: ReadingStyle, *, has_blank_lines: bool) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(style.line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if not has_blank_lines:
        made.setBottomMargin(QFontMetricsF(style.font()).height() * 0.5)
    return made


def _format_headings(
    cursor: QTextCursor, lines: list[str], style: ReadingStyle, *, has_blank_lines: bool
) -> None:
    height = QFontMetricsF(style.font()).height()
    block_format = _paragraph(style, has_blank_lines=has_blank_lines)
    block_format.setTopMargin(0 if has_blank_lines else height * 0.9)
    block_format.setBottomMargin(0)
    heavier = QTextCharFormat()
    heavier.setFontWeight(QFont.Weight.DemiBold)
    for number in presumed_headings(lines):
        cursor.setPosition(cursor.document().findBlockByNumber(number).position())
        if number > 0:
            cursor.setBlockFormat(block_format)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(heavier)
