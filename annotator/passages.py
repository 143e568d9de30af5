"""Which passages of a document most likely say what a claim says: BM25 over sentences.

A sentence matches by its words, brought to stems; names, dates, amounts and citations count for more, since a
report changes the verb but keeps them. A date has one form ("October 29, 2019", "10/29/2019"), and matches
in part, by its month or year; so has an amount. A short form that the document defines, such as (“CFAA”),
is expanded both ways. Nothing is learned, downloaded or stored.

BM25: Robertson and Zaragoza (2009), The Probabilistic Relevance Framework, with the idf of Lucene, which
is never below 0.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log
from typing import NamedTuple

from annotator.geometry import Range
from annotator.text import sentences, words
from resources import word_list

BEST = 5

_K1, _B = 1.2, 0.75
_SHORTEST = 4  # words; what is shorter is a heading, a line of a caption or of a signature
_LEADERS = re.compile(r"\.(?: ?\.){3}")  # of a table of contents or of authorities
_NAME, _DATE, _MONTH_OF, _AMOUNT, _CITATION, _NUMBER = 2.0, 3.0, 1.0, 3.0, 3.0, 1.5
_FAVOURED = 1.5

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july"),
            *("aug august", "sep sept september", "oct october", "nov november", "dec december"),
        ),
        1,
    )
    for name in names.split()
}
_DATES = re.compile(
    rf"\b(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?\s+"
    r"(?P<day>\d{1,2}),?\s+(?P<year>\d{4})\b"
    r"|\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})\b|\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(
    r"(?:US)?[$€£]\s?(?P<number>\d[\d,]*(?:\.\d+)?)(?:\s(?P<unit>thousand|million|billion|trillion))?"
)
_UNITS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_CITATIONS = re.compile(
    r"\b\d+\s+(?:U\.?\s?S\.?(?:\s?C\.?)?|F\.?(?:\s?(?:2d|3d|4th|Supp\.?(?:\s[23]d)?))?|S\.?\s?Ct\.?|C\.?F\.?R\.?)\s+"
    r"(?:§+\s*)?\d+(?:\([a-z0-9]+\))*|§+\s*\d[\d.]*(?:\([a-z0-9]+\))*"
)
_DEFINED = re.compile(
    r"((?:[A-Z][\w’'-]+|and|of|the|for|&)(?:\s+(?:[A-Z][\w’'-]+|and|of|the|for|&))+)"
    r"\s+\([“\"]([A-Z]{2,10})[”\"]\)"
)
_NUMBERS = re.compile(r"\d[\d,.]*")
_SPACES = re.compile(r"[\s.§]+")
_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ness", "edly"),
    *("ied", "ies", "ers", "er", "ed", "es", "ly", "al", "s"),
)


class Passage(NamedTuple):
    """A sentence `[start, end)` of the document, in code points, and how well it matches; more is better."""

    start: int
    end: int
    score: float


class Passages:
    """The sentences of one document, ready to be asked about many claims."""

    def __init__(self, text: str) -> None:
        self._short = _definitions(text)
        self._places = [place for place in sentences(text) if _says_something(text[place.start : place.end])]
        self._terms = [_terms(text[place.start : place.end], self._short) for place in self._places]
        self._lengths = [sum(terms.values()) for terms in self._terms]
        self._average = sum(self._lengths) / len(self._lengths) if self._lengths else 1.0
        self._in = Counter(term for terms in self._terms for term in terms)

    def rank(
        self, claim: str, *, limit: int = BEST, favoured: Iterable[tuple[int, int]] = ()
    ) -> tuple[Passage, ...]:
        """The sentences that match a claim best, the best first; those that share nothing are left out.

        `favoured` are stretches that say more than others, such as holdings: a sentence that one reaches
        into counts half as much again.
        """
        wanted = _terms(claim, self._short)
        stretches = sorted(favoured)
        found = []
        for number, place in enumerate(self._places):
            score = self._score(number, wanted)
            if score > 0:
                if any(start < place.end and place.start < end for start, end in stretches):
                    score *= _FAVOURED
                found.append(Passage(place.start, place.end, score))
        return tuple(sorted(found, key=lambda one: (-one.score, one.start))[:limit])

    def _score(self, number: int, wanted: Mapping[str, float]) -> float:
        terms, length = self._terms[number], self._lengths[number]
        total = 0.0
        for term, weight in wanted.items():
            count = terms.get(term)
            if count:
                saturated = count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length / self._average))
                total += weight * self._rarity(term) * saturated
        return total

    def _rarity(self, term: str) -> float:
        having = self._in[term]
        return log(1 + (len(self._places) - having + 0.5) / (having + 0.5))


def _says_something(sentence: str) -> bool:
    """Whether a claim can be about it: about headings too, but no entry of a table of contents."""
    return len(words(sentence)) >= _SHORTEST and _LEADERS.search(sentence) is None


def _definitions(text: str) -> dict[str, tuple[str, ...]]:
    """The short forms that the text defines, by their letters, and the words that they stand for."""
    found = {}
    for match in _DEFINED.finditer(text):
        long = match[1].split()
        initials = [word for word in long if word[0].isupper()]
        short = match[2]
        if len(initials) >= len(short):
            kept = initials[-len(short) :]
            if "".join(word[0] for word in kept) == short:
                found[short] = tuple(kept)
    return found


def _terms(text: str, short: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """What can match of a text, with the weight that it has, which is 1 for a common word."""
    found: dict[str, float] = defaultdict(float)
    rest = text
    for pattern, read in ((_DATES, _date_terms), (_AMOUNTS, _amount_terms), (_CITATIONS, _citation_terms)):
        for match in pattern.finditer(rest):
            _add(found, read(match))
        rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    places = words(rest)
    for at, place in enumerate(places):
        _add(found, _word_terms(rest, place, is_first=at == 0))
    for form, long in short.items():
        if form in text:
            _add(found, {_stem(word.casefold()): _NAME for word in long})
        elif all(word in text for word in long):
            found[form.casefold()] += _NAME
    return found


def _add(found: dict[str, float], more: Mapping[str, float]) -> None:
    for term, weight in more.items():
        found[term] += weight


def _word_terms(text: str, place: Range, *, is_first: bool) -> dict[str, float]:
    word = text[place.start : place.end]
    if _NUMBERS.fullmatch(word):
        return {word.replace(",", "").rstrip("."): _DATE if _is_year(word) else _NUMBER}
    folded = word.casefold()
    if folded in _common() or len(folded) < 2:
        return {}
    is_name = word[0].isupper() and not is_first
    return {_stem(folded): _NAME if is_name else 1.0}


def _date_terms(match: re.Match[str]) -> dict[str, float]:
    if match["iso"]:
        day = match["iso"]
    elif match["year"]:
        day = f"{match['year']}-{_MONTHS[match['month'].casefold()]:02}-{int(match['day']):02}"
    else:
        year = match["y"] if len(match["y"]) == 4 else f"20{match['y']}"
        day = f"{year}-{int(match['m']):02}-{int(match['d']):02}"
    return {day: _DATE, day[:7]: _MONTH_OF, day[:4]: _DATE}


def _amount_terms(match: re.Match[str]) -> dict[str, float]:
    number = float(match["number"].replace(",", "")) * _UNITS.get(match["unit"] or "", 1)
    return {f"${number:.0f}": _AMOUNT}


def _citation_terms(match: re.Match[str]) -> dict[str, float]:
    return {_SPACES.sub("", match.group()).casefold(): _CITATION}


def _is_year(word: str) -> bool:
    return len(word) == 4 and word[:2] in ("19", "20")


def _stem(word: str) -> str:
    """The word without a common ending, so that "servers" meets "server" and "rejected" meets "rejects"."""
    word = re.sub(r"['’]s?$", "", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)].rstrip("i")
    return word


@cache
def _common() -> frozenset[str]:
    """Words that stand in every text and tell none from another."""
    return frozenset(word_list("common"))
