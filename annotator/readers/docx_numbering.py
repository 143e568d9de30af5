"""The numbers and bullets that Word shows before paragraphs but does not store in their text.

A paragraph names a list (`numId`) and a level; the list names an abstract one, which counts. Lists
of one abstract list count on from each other, unless one of them starts anew.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from re import sub
from xml.etree.ElementTree import Element

from annotator.readers.docx_package import W

BULLET = "•"

_LEVELS = 9
# Word counts no further, and letters and Roman numerals of a hostile number would fill the memory.
_MAX_WRITTEN = 32_767
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it writes numbers, `%1.%2` for what is shown."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""
    is_legal: bool = False


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list that paragraphs name: its abstract list, its levels, the levels that start anew."""

    abstract: str
    levels: tuple[Level, ...]
    restarts: tuple[int, ...] = ()


@dataclass(slots=True)
class Numbering:
    """Counts through a document: ask for the marker of each paragraph once, in order."""

    lists: dict[str, ListKind] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def marker(self, list_id: str, level: int | None, style: str) -> str:
        """What is shown before a paragraph of this list; empty if nothing is. `level` None: by its style."""
        kind = self.lists.get(list_id)
        if kind is None:
            return ""
        place = _level_of(kind, style) if level is None else min(max(level, 0), _LEVELS - 1)
        counts = self._counts.setdefault(kind.abstract, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for anew in kind.restarts:
                counts[anew] = None
        before = counts[place]
        counts[place] = kind.levels[place].start if before is None else before + 1
        counts[place + 1 :] = [None] * (_LEVELS - place - 1)
        return _shown(kind.levels, counts, place)


def numbering_of(part: Element | None, style_lists: dict[str, str]) -> Numbering:
    """The lists of a document. `style_lists` has the list that each list style names, by style id."""
    if part is None:
        return Numbering()
    abstract = {element.get(f"{W}abstractNumId", ""): element for element in part.iter(f"{W}abstractNum")}
    named = {element.get(f"{W}numId", ""): element for element in part.iter(f"{W}num")}
    lists = {list_id: _list_kind(element, abstract, named, style_lists) for list_id, element in named.items()}
    return Numbering(lists)


def value(element: Element | None, child: str, otherwise: str = "") -> str:
    """The `w:val` of a child element, which is how Word stores most settings."""
    found = element.find(f"{W}{child}") if element is not None else None
    return found.get(f"{W}val", otherwise) if found is not None else otherwise


def written(number: int, how: str) -> str:
    """A number as Word's format of that name writes it; decimal for the many that are not known here."""
    writer = _WRITERS.get(how)
    return writer(number) if writer is not None and 0 < number <= _MAX_WRITTEN else str(number)


def _list_kind(
    element: Element, abstract: dict[str, Element], named: dict[str, Element], style_lists: dict[str, str]
) -> ListKind:
    abstract_id = value(element, "abstractNumId")
    source = abstract.get(abstract_id)
    linked = named.get(style_lists.get(value(source, "numStyleLink"), ""))
    if linked is not None:
        abstract_id = value(linked, "abstractNumId")
        source = abstract.get(abstract_id)
    levels = [Level()] * _LEVELS
    for stored in source.iter(f"{W}lvl") if source is not None else ():
        levels[_place(stored)] = _level(stored)
    restarts: list[int] = []
    for override in element.iter(f"{W}lvlOverride"):
        place = _place(override)
        own = override.find(f"{W}lvl")
        levels[place] = _level(own) if own is not None else levels[place]
        start = value(override, "startOverride")
        if start:
            old = levels[place]
            levels[place] = Level(_number(start), old.format, old.text, old.style, old.is_legal)
            restarts.append(place)
    return ListKind(abstract_id, tuple(levels), tuple(restarts))


def _level(element: Element) -> Level:
    return Level(
        start=_number(value(element, "start", "1")),
        format=value(element, "numFmt", "decimal"),
        text=value(element, "lvlText"),
        style=value(element, "pStyle"),
        is_legal=element.find(f"{W}isLgl") is not None,
    )


def _place(element: Element) -> int:
    return min(max(_number(element.get(f"{W}ilvl", "0")), 0), _LEVELS - 1)


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdecimal() else 0


def _level_of(kind: ListKind, style: str) -> int:
    return next((place for place, level in enumerate(kind.levels) if style and level.style == style), 0)


def _shown(levels: tuple[Level, ...], counts: list[int | None], place: int) -> str:
    level = levels[place]
    if level.format == "bullet":
        return BULLET
    if level.format == "none":
        return ""

    def number(digit: str) -> str:
        other = int(digit) - 1
        count = counts[other]
        how = "decimal" if level.is_legal else levels[other].format
        return written(levels[other].start if count is None else count, how)

    return sub(r"%([1-9])", lambda match: number(match[1]), level.text).strip()


def _letters(number: int) -> str:
    # Word goes on with aa, bb, cc after z.
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    shown = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        shown += letters * count
    return shown


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_WRITERS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "ordinal": _ordinal,
}
