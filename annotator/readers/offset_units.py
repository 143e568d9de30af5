"""Offsets as other programs count them, brought to code points of our text.

Tools count code points, UTF-16 units or UTF-8 bytes and seldom say which. Where a file quotes the words
beside the offsets, the unit is the one under which most quotes of the whole file agree; a quote that
disagrees even so is for the caller to list, never to shift.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Literal, TypeAlias

from annotator.model import Fragment

Unit = Literal["code points", "UTF-16 units", "UTF-8 bytes"]
UNITS: tuple[Unit, ...] = ("code points", "UTF-16 units", "UTF-8 bytes")

Pair: TypeAlias = tuple[int, int]
Convert: TypeAlias = Callable[[int], int | None]


def converter(text: str, unit: Unit) -> Convert:
    """The function from an offset in that unit to one in code points, None inside or behind a character."""
    length = len(text)
    if unit == "code points" or text.isascii():
        return lambda offset: offset if 0 <= offset <= length else None
    width = _utf16_width if unit == "UTF-16 units" else _utf8_width
    ends = [0, *accumulate(map(width, text))]

    def convert(offset: int) -> int | None:
        place = bisect_left(ends, offset)
        return place if place <= length and ends[place] == offset else None

    return convert


def length_in(text: str, unit: Unit) -> int:
    """How long the text is in a unit."""
    if unit == "code points" or text.isascii():
        return len(text)
    return sum(map(_utf16_width if unit == "UTF-16 units" else _utf8_width, text))


def _utf16_width(character: str) -> int:
    return 2 if character > "\uffff" else 1


def _utf8_width(character: str) -> int:
    return len(character.encode("utf-8", "surrogatepass"))


def placed(pairs: Sequence[Pair], convert: Convert) -> tuple[Pair, ...] | None:
    """The pairs in code points; None if one of them is empty, turned round or outside the text."""
    found = []
    for start, end in pairs:
        begin, stop = convert(start), convert(end)
        if begin is None or stop is None or begin >= stop:
            return None
        found.append((begin, stop))
    return tuple(found)


def quotes(text: str, pairs: Sequence[Pair], words: str) -> bool:
    """Whether the words are what the pairs cover, fragments joined by white space, however it is written."""
    covered = " ".join(text[start:end] for start, end in pairs)
    return covered == words or covered.split() == words.split()


class UnitVotes:
    """Counts, over a whole file, under which unit the quoted words agree with their offsets."""

    def __init__(self, *, otherwise: Unit = "code points") -> None:
        """`otherwise` is the unit of a file in which nothing tells the units apart."""
        self._units = sorted(UNITS, key=lambda unit: unit != otherwise)
        self._agreeing: dict[Unit, int] = dict.fromkeys(UNITS, 0)

    def add(self, text: str, claims: Iterable[tuple[Sequence[Pair], str]]) -> None:
        """Count the claims (offset pairs, quoted words) about a text; ASCII alone tells nothing."""
        if text.isascii():
            return
        converters = {unit: converter(text, unit) for unit in UNITS}
        for pairs, words in claims:
            for unit, convert in converters.items():
                found = placed(pairs, convert)
                self._agreeing[unit] += found is not None and quotes(text, found, words)

    def add_unquoted(self, text: str, pairs: Iterable[Pair]) -> None:
        """Count offset pairs that quote nothing: one agrees where it begins and ends at the edge of a word.

        Bytes are left out, since no program that keeps silent about the words counts them.
        """
        if max(text, default="") <= "\uffff":
            return
        converters = [(unit, converter(text, unit)) for unit in UNITS[:2]]
        for pair in pairs:
            for unit, convert in converters:
                found = placed([pair], convert)
                self._agreeing[unit] += found is not None and all(_is_edge(text, at) for at in found[0])

    def unit(self) -> Unit:
        """The unit that most claims agree with."""
        return max(self._units, key=lambda unit: self._agreeing[unit])


def _is_edge(text: str, place: int) -> bool:
    """Whether a word begins or ends here, or none is near."""
    before, after = text[place - 1 : place], text[place : place + 1]
    return not (before.isalnum() and after.isalnum())


def after_newlines(raw: str) -> Callable[[int], int]:
    """The function from an offset in a raw text to the one where each CR LF pair counts as one."""
    feeds = [place + 1 for place in _pairs(raw)]
    return lambda offset: offset - bisect_left(feeds, offset)


def _pairs(raw: str) -> Iterable[int]:
    place = raw.find("\r\n")
    while place >= 0:
        yield place
        place = raw.find("\r\n", place + 2)


def merged(pairs: Iterable[Pair]) -> tuple[Fragment, ...]:
    """Fragments in text order; those that cross or touch become one."""
    found: list[Fragment] = []
    for start, end in sorted(pairs):
        if found and start <= found[-1].end:
            found[-1] = Fragment(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Fragment(start, end))
    return tuple(found)
