"""What can be asked of the corpus, and what was typed into a search box as such a question.

All terms are found in one paragraph, case and accents aside. Places are code points of the document's
text. How the words are looked up is the store's business.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from annotator.errors import InvalidSearch
from annotator.geometry import Range
from annotator.text import normalise

PAGE = 200

# Where the words found must stand: anywhere, in a span, or in none.
Where = Literal["anywhere", "inside", "outside"]

_TERM = re.compile(r'"(?P<phrase>[^"]*)"(?P<phrase_star>\*?)|(?P<word>[^\s"]+)')
_QUOTES = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other; with `is_prefix` the last of them may go on."""

    words: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A question to the corpus.

    `documents` narrows it to documents by their ids. With `where` "inside" or "outside" the words found
    must cross a span, or none, of the set and label that are given; None stands for any.
    """

    terms: tuple[Term, ...]
    documents: tuple[str, ...] | None = None
    where: Where = "anywhere"
    set_id: str | None = None
    label: str | None = None


class Hit(NamedTuple):
    """A paragraph with the words, where it starts in its document, and where the words are."""

    document: str
    start: int
    text: str
    found: tuple[Range, ...]

    def words(self, place: Range) -> str:
        """What stands at one of the places found."""
        return self.text[place.start - self.start : place.end - self.start]


@dataclass(frozen=True, slots=True)
class HitPage:
    """Some of the hits, by document and place; `next` asks for those behind them, None at the end."""

    hits: tuple[Hit, ...]
    next: int | None = None


# Where the words of a span search are looked for; "" in all of text, note and values.
SpanField = Literal["", "text", "note", "attributes", "flag"]


@dataclass(frozen=True, slots=True)
class SpanSearch:
    """A question for annotations: those with all the words, case aside, in a field.

    `field` "note" and "flag" keep annotations with a note or a flag for discussion, `attribute` (an id, with
    the field "attributes") those with a value of it. None stands for any set, label or document.
    """

    words: str = ""
    field: SpanField = ""
    attribute: str = ""
    set_id: str | None = None
    label: str | None = None
    documents: tuple[str, ...] | None = None


class SpanHit(NamedTuple):
    """An annotation found: where it stands, its words in their context, and what else is said of it."""

    id: str
    document: str
    set: str
    label: str
    start: int
    end: int
    before: str
    words: str
    behind: str
    told: str
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class SpanHitPage:
    """Some of the annotations, by document and place; `next` asks for those behind them, None at the end."""

    hits: tuple[SpanHit, ...]
    next: int | None = None


def parse(typed: str) -> tuple[Term, ...]:
    """The terms that were typed: words, "phrases", and beginnings of words with a star behind them.

    Raises InvalidSearch where a quotation mark is not closed, a star is out of place, or a term has
    neither letters nor digits.
    """
    text = normalise(typed).translate(_QUOTES)
    if text.count('"') % 2:
        rest = text.rsplit('"', 1)[1].strip()
        raise InvalidSearch(f"The quotation mark before “{rest}” is not closed; close it, or take it away.")
    terms = tuple(_term(match) for match in _TERM.finditer(text))
    if not terms:
        raise InvalidSearch("Type the words to search for.")
    return terms


def _term(match: re.Match[str]) -> Term:
    word = match["word"]
    if word is None:
        words, is_prefix = match["phrase"], bool(match["phrase_star"])
        if words.endswith("*"):
            words, is_prefix = words[:-1], True
    else:
        words, is_prefix = word.removesuffix("*"), word.endswith("*")
    words = " ".join(words.split())
    if "*" in words or (is_prefix and not words[-1:].isalnum()):
        raise InvalidSearch("A star stands at the end of a word, as in immun*, and nowhere else.")
    if not words:
        raise InvalidSearch("There are no words between the quotation marks.")
    if not any(character.isalnum() for character in words):
        raise InvalidSearch(f"“{words}” has no letters or digits; only words can be searched for.")
    return Term(words, is_prefix)
