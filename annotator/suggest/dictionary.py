"""Suggests words that were labelled before, where they stand unmarked.

Words are compared without case and, where the last one is a common noun, without plural. Each text is read
longest match first, in learning as in suggesting: “Court” within a known “Supreme Court” is no occurrence of
“Court”, so that the counts say how often the very place that would be suggested was labelled.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from annotator.geometry import Range
from annotator.model import Annotation, Fragment
from annotator.schema import LabelSchema
from annotator.suggest.suggestion import Suggestion
from annotator.text import words
from resources import word_list

ORIGIN = "dictionary"
MOST_WORDS = 12  # what is longer is no name, and hardly stands anywhere twice
LEAST = 0.4  # what was labelled less often than left alone is not suggested

_SPACE = re.compile(r"\s+")
_SIGN = re.compile(r"[^\w\s]")

_Key: TypeAlias = tuple[str, ...]  # folded words and signs, and what stands between them


class _Token(NamedTuple):
    """A word or a sign of a text, folded; `is_plain` tells that it is written without a capital."""

    start: int
    end: int
    folded: str
    is_plain: bool


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What one document teaches: how many spans each key, and how its places were labelled."""

    taught: Counter[_Key]
    given: dict[_Key, Counter[str]] = field(default_factory=dict)
    seen: Counter[_Key] = field(default_factory=Counter)


class Dictionary:
    """The words that were labelled, how often each label was given, and how often they were seen.

    A document is taught first and counted after, so that all that is known is counted in it; both again
    take the place of what was known from it. Whoever teaches words that are `new` counts the documents that
    have them once more.
    """

    def __init__(self) -> None:
        self._lessons: dict[str, _Lesson] = {}
        self._taught: Counter[_Key] = Counter()
        self._given: dict[_Key, Counter[str]] = {}
        self._seen: Counter[_Key] = Counter()
        self._lengths: dict[str, Counter[int]] = {}  # of the keys that begin with a token

    def __contains__(self, document: object) -> bool:
        return document in self._lessons

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that it has learned from."""
        return tuple(self._lessons)

    def teach(self, document: str, spans: Iterable[Annotation]) -> frozenset[str]:
        """Learn the words of a document's spans; gives the first tokens of those not known before.

        Spans in several pieces, and of many words, teach nothing.
        """
        self.forget(document)
        taught: Counter[_Key] = Counter()
        for span in spans:
            key = _key_of(span.quote.exact) if len(span.fragments) == 1 else ()
            if key and len(key) < 2 * MOST_WORDS:
                taught[key] += 1
        new = {key for key in taught if key not in self._taught}
        for key in new:
            self._lengths.setdefault(key[0], Counter())[_length(key)] += 1
        self._taught.update(taught)
        self._lessons[document] = _Lesson(taught)
        return frozenset(key[0] for key in new)

    def count(
        self, document: str, *, text: str, spans: Sequence[Annotation], schema: LabelSchema, is_done: bool
    ) -> None:
        """Count in a document that was taught how known words are labelled.

        Words left alone count only in a document that is done: in others somebody may still come to them.
        Raises KeyError if the document was not taught.
        """
        lesson = self._lessons[document]
        self._take(lesson, -1)
        lesson.given.clear()
        lesson.seen.clear()
        labels: dict[Fragment, set[str]] = {}
        for span in spans:
            if len(span.fragments) == 1:
                labels.setdefault(span.fragments[0], set()).add(schema.in_force(span.label))
        for place, key in self._places(text):
            here = labels.get(Fragment(*place))
            if here or is_done:
                lesson.seen[key] += 1
                lesson.given.setdefault(key, Counter()).update(here or ())
        self._take(lesson, 1)

    def forget(self, document: str) -> None:
        """Unlearn what a document has taught."""
        lesson = self._lessons.pop(document, None)
        if lesson is None:
            return
        self._take(lesson, -1)
        self._taught.subtract(lesson.taught)
        for key in [key for key in lesson.taught if not self._taught[key]]:
            del self._taught[key]
            lengths = self._lengths[key[0]]
            lengths[_length(key)] -= 1
            if not lengths[_length(key)]:
                del lengths[_length(key)]

    def suggestions(self, text: str, schema: LabelSchema) -> list[Suggestion]:
        """The places of known words in text order, each with the label that they were given most often."""
        made = []
        again = self._labelled_again()
        for place, key in self._places(text):
            given, times = _commonest(self._given.get(key, {}))
            label, seen = schema.label(given), self._seen[key]
            if label is None or not times:
                continue
            # As if seen once more: 1 of 1 is no certainty.
            sure = (times + again.get(label.id, 0.5)) / (seen + 1)
            if sure >= LEAST:
                reason = f"labelled {label.name} {times} of {seen} times"
                made.append(Suggestion((Fragment(*place),), label.id, sure, ORIGIN, reason))
        return made

    def _labelled_again(self) -> dict[str, float]:
        """By label, how often words that had it once had it again; about a half where few were seen again."""
        times: Counter[str] = Counter()
        chances: Counter[str] = Counter()
        for key, given in self._given.items():
            label, count = _commonest(given)
            if count:
                times[label] += count - 1
                chances[label] += self._seen[key] - 1
        return {label: (times[label] + 1) / (chances[label] + 2) for label in chances}

    def _take(self, lesson: _Lesson, times: int) -> None:
        """Add the counts of a lesson, or take them away again."""
        for key, seen in lesson.seen.items():
            self._seen[key] += times * seen
        for key, labels in lesson.given.items():
            given = self._given.setdefault(key, Counter())
            for label, count in labels.items():
                given[label] += times * count

    def _places(self, text: str) -> Iterator[tuple[Range, _Key]]:
        """Where known words stand, none crossing another; of those that begin alike the longest."""
        tokens = _tokens(text)
        at = 0
        while at < len(tokens):
            length, key = self._longest(text, tokens, at)
            if length:
                yield Range(tokens[at].start, tokens[at + length - 1].end), key
            at += length or 1

    def _longest(self, text: str, tokens: Sequence[_Token], at: int) -> tuple[int, _Key]:
        first = tokens[at]
        lengths = {*self._lengths.get(first.folded, ()), *self._lengths.get(_singular(first), ())}
        for length in sorted(lengths, reverse=True):
            stretch = tokens[at : at + length]
            if len(stretch) == length:
                for key in dict.fromkeys((_key(text, stretch), _key(text, stretch, is_cut=True))):
                    if key in self._taught:
                        return length, key
        return 0, ()


def _tokens(text: str) -> list[_Token]:
    """The words and signs of a text in order."""
    found: list[_Token] = []
    end = 0
    for start, stop in [*words(text), Range(len(text), len(text))]:
        found += (_Token(*sign.span(), sign[0], False) for sign in _SIGN.finditer(text, end, start))
        if start < stop:
            word = text[start:stop]
            found.append(_Token(start, stop, word.casefold(), word.islower()))
        end = stop
    return found


def _key_of(exact: str) -> _Key:
    tokens = _tokens(exact)
    has_word = any(token.folded[0].isalnum() for token in tokens)
    return _key(exact, tokens, is_cut=True) if has_word else ()


def _key(text: str, tokens: Sequence[_Token], *, is_cut: bool = False) -> _Key:
    """How a stretch of tokens is compared; `is_cut` takes an English plural from the last one."""
    folded: list[str] = []
    for token, following in pairwise(tokens):
        folded += (token.folded, _gap(text[token.end : following.start]))
    return (*folded, _singular(tokens[-1]) if is_cut else tokens[-1].folded)


def _length(key: _Key) -> int:
    """How many tokens a key has."""
    return (len(key) + 1) // 2


def _gap(between: str) -> str:
    """What stands between two tokens, any white space in it as one space unless it ends a paragraph."""
    return between if between.count("\n") > 1 else _SPACE.sub(" ", between)


def _singular(token: _Token) -> str:
    """The token without an English plural, if it is a common noun: good enough to compare by, not to show.

    Names in -s stay whole, so a word with a capital is cut only where it is a noun of the law.
    """
    word = token.folded
    cut = word
    if len(word) > 4 and word.endswith("ies"):
        cut = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        cut = word[:-1]
    return cut if token.is_plain or cut in _nouns() else word


@cache
def _nouns() -> frozenset[str]:
    return frozenset(word_list("legal-nouns"))


def _commonest(given: Mapping[str, int]) -> tuple[str, int]:
    """The label that words were given most often, and how often; of two the first by name, "" for none."""
    return min(given.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
