"""What the text of a page is worth: real text, a recognised scan, rubbish, or none.

A text layer with a broken font map renders fine and reads as rubbish; it shows in the letters, which
are then not those of any language, and in the lack of the small words that every sentence has.
"""

from collections import Counter
from collections.abc import Sequence
from string import ascii_lowercase

from annotator.geometry import PageKind
from annotator.readers.pdf.lines import Line
from annotator.readers.pdf.scan import is_picture_of_page
from annotator.readers.pdf.sheet import UNMAPPED, Sheet

SMALL_WORDS = frozenset(
    word
    for words in (
        (
            "the",
            "of",
            "and",
            "to",
            "in",
            "a",
            "that",
            "for",
            "is",
            "on",
            "by",
            "with",
            "or",
            "be",
            "as",
            "at",
        ),
        ("this", "not", "are", "was", "it", "from", "an", "shall", "any", "under", "no", "v"),
        ("de", "la", "el", "en", "los", "que", "y", "der", "die", "und", "le", "les", "des", "et", "du"),
    )
    for word in words
)
VOWELS = frozenset("aeiouy")
FEWEST_LETTERS = 120
FEWEST_WORDS_BESIDE_PICTURE = 25
MOST_UNMAPPED = 0.1
# Text that tells something of itself even where the file says that its glyphs stand for nothing.
FEWEST_LETTERS_OF_SENSE = 12
# Letters drawn as outlines leave a page of shapes without text.
MOST_BOXES = 100
LEAST_VOWELS, MOST_VOWELS = 0.27, 0.62
LEAST_SMALL_WORDS = 0.03


def kind_of(sheet: Sheet, lines: Sequence[Line]) -> PageKind:
    """The kind of page, judged by what is left of its text without furniture."""
    tokens = [token for line in lines for token in line.tokens]
    if sheet.is_recognised:
        return "ocr" if tokens else "scan"
    if is_unmapped(sheet) and not has_sense([token.text for token in tokens]):
        return "unreliable"
    if not tokens:
        return "scan" if sheet.pictures or sheet.is_broken or len(sheet.boxes) > MOST_BOXES else "text"
    if is_picture_of_page(sheet):
        unseen = sum(token.style.is_invisible for token in tokens)
        if unseen * 2 > len(tokens):
            return "unreliable" if is_rubbish([token.text for token in tokens]) else "ocr"
        if len(tokens) < FEWEST_WORDS_BESIDE_PICTURE:
            return "scan"
    return "unreliable" if is_rubbish([token.text for token in tokens]) else "text"


def is_unmapped(sheet: Sheet) -> bool:
    """Whether most glyphs of the page come without a table that turns them into letters."""
    return sheet.unmapped > 0.5


def has_sense(words: Sequence[str]) -> bool:
    """Whether these words, which may be wrong, read like those of a language in Latin letters."""
    joined = "".join(words).casefold()
    letters, vowels = _letters_and_vowels(joined)
    if letters < max(FEWEST_LETTERS_OF_SENSE, 0.5 * len(joined)) or is_rubbish(words):
        return False
    return LEAST_VOWELS <= vowels / letters <= MOST_VOWELS


def is_rubbish(words: Sequence[str]) -> bool:
    """Whether these words cannot be the text of any document."""
    joined = "".join(words)
    if joined.count(UNMAPPED) > MOST_UNMAPPED * len(joined):
        return True
    letters, vowels = _letters_and_vowels(joined.casefold())
    if letters < FEWEST_LETTERS or letters < 0.3 * len(joined):
        return False
    small = sum(word.casefold().strip(".,;:()") in SMALL_WORDS for word in words) / len(words)
    return not LEAST_VOWELS <= vowels / letters <= MOST_VOWELS and small < LEAST_SMALL_WORDS


def _letters_and_vowels(folded: str) -> tuple[int, int]:
    """How many letters from a to z are in the text, and how many of those are vowels."""
    counts = Counter(folded)
    return sum(counts[letter] for letter in ascii_lowercase), sum(counts[letter] for letter in VOWELS)
