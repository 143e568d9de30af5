"""Text as annotation sees it: normalising, words, sentences, paragraphs, snapping and quote anchors.

Everything counts Unicode code points, end exclusive. Texts are stored normalised, so `\\n` is the only
line break; a paragraph is a line, as readers write them, and lines that were only wrapped are one.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from annotator.geometry import Range
from annotator.model import QUOTE_CONTEXT, Quote
from resources import word_list

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\u2028\u2029]")
# What XML 1.0 has no way to hold; lone surrogates cannot be stored as UTF-8 either.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Marks that belong to the letter before them, which Python's \w leaves out, and invisible joiners.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u0900-\u0903\u093a-\u093c\u093e-\u094f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200c\u200d\u2060\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
_LETTER = rf"[\w{_MARKS}]"
# "U.S." is one word and so are "O’Brien", "don’t" and "444,719.50"; the ’s of a possessive is not part
# of the name before it, and hyphens part words, so that "Acme" can be marked in "Acme’s" and "Acme-owned".
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}(?!{_LETTER})"
    rf"|{_LETTER}+(?:['’](?![sS](?!{_LETTER})){_LETTER}+|(?<=\d)[.,](?=\d){_LETTER}+)*"
)

_WHITE = re.compile(r"\s*")
_INDENT = re.compile(r"[^\S\n]*+(\S)")
# A line this long, in characters, may have been broken to fit a page.
_WRAPPED = range(40, 121)
_LINE_END = re.compile(r"[.?!:;…][\"”’')\]]*$")

_TERMINATOR = re.compile(
    # Only at the head of a run of stops, or a line of dots would be read again from each of them.
    r"(?<![.?!…])(?<!\.\s)(?P<stop>\.(?:\s?\.)++|[.?!…]++)"
    # Quotation marks and brackets that close, and the mark of a footnote.
    r"[\"”’')\]»]*(?:(?<=[^\W\d_][.”’\"])\d{1,3})?"
    r"(?=\s+(?P<next>\S+)(?:\s+(?P<second>\S+))?)"
)
_OPENING = "\"“‘'([«§¶•–—*"
_ENUMERATOR = re.compile(r"[\"“(\[]*(?:[§¶]+\s?)?(?:[A-Z]?\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,5})\.")
_LAST_WORD = re.compile(r"[\w’'.&]*$")


def normalise(text: str) -> str:
    """The text as it is stored: one kind of line break, and nothing that XML forbids.

    `\\r\\n`, `\\r`, vertical tab, form feed, U+2028 and U+2029 become `\\n`; forbidden characters a space.
    """
    return _FORBIDDEN.sub(" ", _LINE_BREAKS.sub("\n", text))


def text_sha256(text: str) -> str:
    """The hash that names a text: SHA-256 of its UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


# Words


def words(text: str) -> list[Range]:
    """The words in order, without punctuation."""
    return [Range(*match.span()) for match in _WORD.finditer(text)]


def word_at(text: str, offset: int) -> Range | None:
    """The word that a caret at the offset stands in, or else the one it stands right behind."""
    touching = [word for word in _words_near(text, offset) if word.start <= offset <= word.end]
    return touching[-1] if touching else None


def snap(text: str, start: int, end: int) -> Range:
    """The stretch without white space at its ends, grown where it cuts a word; empty if all is white."""
    start, end = trim(text, Range(max(0, start), min(len(text), end)))
    if start >= end:
        return Range(start, start)
    first = _word_cut_by(text, start)
    last = _word_cut_by(text, end)
    return Range(first.start if first else start, last.end if last else end)


def trim(text: str, stretch: Range, characters: str = "") -> Range:
    """The stretch without white space at both ends, nor `characters` at its end; empty if nothing is left."""
    start, end = stretch
    while start < end and text[start].isspace():
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in characters):
        end -= 1
    return Range(start, end)


def _word_cut_by(text: str, offset: int) -> Range | None:
    return next((word for word in _words_near(text, offset) if word.start < offset < word.end), None)


def _words_near(text: str, offset: int) -> Iterator[Range]:
    """The words of the run without white space around an offset."""
    start, end = offset, offset
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    for match in _WORD.finditer(text, start, end):
        yield Range(*match.span())


# Paragraphs


def paragraphs(text: str) -> list[Range]:
    """The paragraphs in order, without white space at their ends; blank lines are in none."""
    found: list[Range] = []
    start = _past_white(text, 0)
    while start < len(text):
        end = _paragraph_end(text, start)
        found.append(trim(text, Range(start, end)))
        start = _past_white(text, end)
    return found


def paragraph_at(text: str, offset: int) -> Range:
    """The paragraph at an offset, without white space at its ends; empty on a blank line."""
    start = text.rfind("\n", 0, offset) + 1
    while start > 0 and _is_wrap(text, start - 1):
        start = text.rfind("\n", 0, start - 1) + 1
    trimmed = trim(text, Range(start, _paragraph_end(text, start)))
    return trimmed if trimmed.start < trimmed.end else Range(offset, offset)


def _past_white(text: str, start: int) -> int:
    white = _WHITE.match(text, start)
    return white.end() if white else start


def _paragraph_end(text: str, start: int) -> int:
    """Where the paragraph that stands at `start` ends: a line break, or the text's end."""
    end = text.find("\n", start)
    while end >= 0 and _is_wrap(text, end):
        end = text.find("\n", end + 1)
    return len(text) if end < 0 else end


def _is_wrap(text: str, line_break: int) -> bool:
    """Whether a line break only fits the text to a page: the sentence goes on with a small letter."""
    following = _INDENT.match(text, line_break + 1)
    if following is None or not following[1].islower():
        return False
    line = text[text.rfind("\n", 0, line_break) + 1 : line_break].strip()
    return len(line) in _WRAPPED and _LINE_END.search(line) is None


# Sentences


def sentences(text: str) -> list[Range]:
    """The sentences in order, without white space at their ends; a heading is one."""
    return [sentence for paragraph in paragraphs(text) for sentence in _split(text, paragraph)]


def sentence_at(text: str, offset: int) -> Range:
    """The sentence at an offset; between two, the one before; empty on a blank line."""
    paragraph = paragraph_at(text, offset)
    found = _sentences_of(text, paragraph)
    at = bisect_right(found, offset, key=lambda sentence: sentence.start)
    return found[max(0, at - 1)] if found else Range(offset, offset)


@lru_cache(maxsize=4)  # who looks around a caret asks for the same few over and over
def _sentences_of(text: str, paragraph: Range) -> tuple[Range, ...]:
    return tuple(_split(text, paragraph))


def _split(text: str, paragraph: Range) -> Iterator[Range]:
    start, end = paragraph
    if start >= end:
        return
    enumerator = _ENUMERATOR.match(text, start, end)
    for match in _TERMINATOR.finditer(text, enumerator.end() if enumerator else start, end):
        if _ends_sentence(text, match, start):
            yield Range(start, match.end())
            start = match.start("next")
    yield Range(start, end)


def _ends_sentence(text: str, match: re.Match[str], sentence_start: int) -> bool:
    """Whether a sentence ends at a terminator, judged by the word before it and what comes next."""
    following = match["next"].lstrip(_OPENING)
    if following[:1].islower():
        return False
    stop = match["stop"]
    may_start = _may_start(following)
    if stop.count(".") == 3 or stop == "…":
        # Three points with spaces around them stand for words left out; others trail off.
        is_omission = " " in stop or text[match.start() - 1 : match.start()].isspace()
        return may_start or not is_omission
    if stop != ".":
        return True
    before = _LAST_WORD.search(text, max(sentence_start, match.start() - 24), match.start())
    word = before.group().lstrip("'.") if before else ""
    if word.lower() == "no":
        return not any(character.isdigit() for character in following)
    if _known(word, _inside()):
        return False
    if _known(word, _abbreviations()) or _is_initials(word):
        return may_start and _is_prose(match["second"])
    return True


def _may_start(word: str) -> bool:
    """Whether a word often begins a sentence; "I," and "A." are numbers, not words."""
    letters = re.split(r"\W", word, maxsplit=1)[0]
    return letters in _starters() and (len(letters) > 1 or letters == word)


def begins_sentences(word: str) -> bool:
    """Whether a word, as written, is one that often begins a sentence, such as "The"."""
    return word in _starters()


def _known(word: str, listed: frozenset[str]) -> bool:
    """Whether a word is listed, as it is, with a capital at its head, or in capitals as headings have it."""
    if word in listed or (word[:1].lower() + word[1:]) in listed:
        return True
    return word.isupper() and len(word) > 1 and word.capitalize() in listed


def _is_initials(word: str) -> bool:
    return all(len(part) == 1 and part.isalpha() for part in word.split("."))


def _is_prose(second: str | None) -> bool:
    """Whether the word after a sentence's first is not itself a name: "The court", not "The City"."""
    return second is None or not second[:1].isupper() or second.isupper()


@cache
def _starters() -> frozenset[str]:
    return frozenset(word_list("sentence-starters"))


@cache
def _abbreviations() -> frozenset[str]:
    """Those that end a sentence only where a word that often begins one follows."""
    return frozenset(word.removesuffix(".") for word in word_list("abbreviations"))


@cache
def _inside() -> frozenset[str]:
    """Those that never end a sentence."""
    return frozenset(word.removesuffix(".") for word in word_list("abbreviations-inside"))


# Anchors


def reanchor(text: str, quote: Quote) -> tuple[int, int] | None:
    """Where the quoted words stand in a text, told apart by their context; white space may differ.

    None if they are not there, or stand in several places that the context does not tell apart.
    """
    places = _places(text, quote.exact)
    scored = sorted(((_agreement(text, place, quote), place) for place in places), reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _places(text: str, exact: str) -> list[tuple[int, int]]:
    if not exact.strip():
        return []
    # Looking ahead, so that places which overlap are all found.
    found = [match.span(1) for match in re.finditer(f"(?=({re.escape(exact)}))", text)]
    if found:
        return found
    spaced = r"\s+".join(re.escape(word) for word in exact.split())
    return [match.span(1) for match in re.finditer(f"(?=({spaced}))", text)]


def _agreement(text: str, place: tuple[int, int], quote: Quote) -> int:
    """How many characters of the context agree, going out from the words."""
    start, end = place
    before = zip(reversed(text[max(0, start - QUOTE_CONTEXT) : start]), reversed(quote.prefix), strict=False)
    after = zip(text[end : end + QUOTE_CONTEXT], quote.suffix, strict=False)
    return _equal_run(before) + _equal_run(after)


def _equal_run(pairs: Iterator[tuple[str, str]]) -> int:
    length = 0
    for one, other in pairs:
        if one != other:
            break
        length += 1
    return length
