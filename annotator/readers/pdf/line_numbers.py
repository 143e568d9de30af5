"""The line numbers printed beside the text, as on pleading paper and in transcripts.

A rail is a strip that holds nothing but numbers counting up by one. A condensed transcript has one for
each of its pages. The numbers are taken out of the text, and each line is told the number beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from annotator.geometry import Box
from annotator.readers.pdf.lines import Line
from annotator.readers.pdf.sheet import Sheet, Token

FEWEST = 5
FEWEST_ALONE = 15
SAME_EDGE = 2.5
LONGEST = 3


@dataclass(frozen=True, slots=True)
class Rail:
    """Printed line numbers of one strip, from the top down."""

    tokens: tuple[Token, ...]

    @property
    def x0(self) -> float:
        return min(token.x0 for token in self.tokens)

    @property
    def x1(self) -> float:
        return max(token.x1 for token in self.tokens)

    @property
    def top(self) -> float:
        return self.tokens[0].baseline

    @property
    def bottom(self) -> float:
        return self.tokens[-1].baseline

    @property
    def pitch(self) -> float:
        """The usual distance from one number to the next."""
        steps = [
            (after.baseline - token.baseline) / (int(after.text) - int(token.text))
            for token, after in zip(self.tokens, self.tokens[1:], strict=False)
        ]
        return median(steps)

    @property
    def box(self) -> Box:
        first, last = self.tokens[0], self.tokens[-1]
        return Box(self.x0, first.top, self.x1, last.bottom)

    @property
    def text(self) -> str:
        return f"{self.tokens[0].text}-{self.tokens[-1].text}"


def find_rails(sheets: Sequence[Sheet]) -> dict[int, list[Rail]]:
    """The rails of each page by its number. A short rail counts only where other pages have one there too."""
    found = {sheet.number: list(_rails_of(sheet)) for sheet in sheets}
    places: dict[int, int] = defaultdict(int)
    for rails in found.values():
        for place in {round(rail.x1 / 6) for rail in rails}:
            places[place] += 1
    return {
        number: [rail for rail in rails if len(rail.tokens) >= FEWEST_ALONE or _is_common(rail, places)]
        for number, rails in found.items()
    }


def _is_common(rail: Rail, places: dict[int, int]) -> bool:
    place = round(rail.x1 / 6)
    return sum(places.get(place + step, 0) for step in (-1, 0, 1)) >= 2


def _rails_of(sheet: Sheet) -> Iterable[Rail]:
    numbers = [token for token in sheet.tokens if token.text.isdecimal() and len(token.text) <= LONGEST]
    taken: set[int] = set()
    for edge in ("x1", "x0"):
        free = [token for token in numbers if id(token) not in taken]
        for strip in _strips(free, edge):
            for run in _runs(strip):
                if _is_clear(run, sheet.tokens):
                    taken.update(id(token) for token in run)
                    yield Rail(tuple(run))


def _strips(numbers: list[Token], edge: str) -> Iterable[list[Token]]:
    """Numbers whose right (or left) edges stand below each other."""
    strip: list[Token] = []
    for token in sorted(numbers, key=lambda token: getattr(token, edge)):
        if strip and getattr(token, edge) - getattr(strip[-1], edge) > SAME_EDGE:
            yield sorted(strip, key=lambda token: token.baseline)
            strip = []
        strip.append(token)
    if strip:
        yield sorted(strip, key=lambda token: token.baseline)


def _runs(strip: list[Token]) -> Iterable[list[Token]]:
    """Stretches that count up by one, each of at least a few numbers; a few missing ones are forgiven."""
    run: list[Token] = []
    for token in strip:
        if run and not 1 <= int(token.text) - int(run[-1].text) <= 3:
            if len(run) >= FEWEST:
                yield run
            run = []
        run.append(token)
    if len(run) >= FEWEST:
        yield run


def _is_clear(run: list[Token], tokens: Iterable[Token]) -> bool:
    """Whether the strip holds nothing but the numbers, and text stands to the right of it."""
    x0, x1 = min(token.x0 for token in run), max(token.x1 for token in run)
    top, bottom = run[0].top, run[-1].bottom
    own = {id(token) for token in run}
    others = [token for token in tokens if top <= token.baseline <= bottom and id(token) not in own]
    if any(token.x0 < x1 + 0.5 and token.x1 > x0 - 0.5 for token in others):
        return False
    beside = sum(1 for token in others if token.x0 > x1)
    return beside >= len(run) // 3 and int(run[0].text) <= 3


def take_out(sheet: Sheet, rails: Sequence[Rail]) -> None:
    """Remove the rails' tokens from the text of the sheet."""
    own = {id(token) for rail in rails for token in rail.tokens}
    if own:
        sheet.tokens = [token for token in sheet.tokens if id(token) not in own]


def number_lines(lines: Sequence[Line], rails: Sequence[Rail]) -> None:
    """Give each line the number that stands beside it; lines between two taken numbers keep None."""
    for rail in rails:
        beside = [line for line in lines if _rail_of(line, rails) is rail]
        half = 0.62 * rail.pitch
        taken: dict[int, list[Line]] = defaultdict(list)
        for line in sorted(beside, key=lambda line: _distance(line, rail)):
            for token in sorted(rail.tokens, key=lambda token: abs(token.baseline - line.baseline))[:2]:
                number = int(token.text)
                if abs(token.baseline - line.baseline) > half:
                    break
                if not any(_overlap(line, other) for other in taken[number]):
                    line.number = number
                    taken[number].append(line)
                    break


def _distance(line: Line, rail: Rail) -> float:
    return min(abs(token.baseline - line.baseline) for token in rail.tokens)


def _overlap(line: Line, other: Line) -> bool:
    return line.x0 < other.x1 and other.x0 < line.x1


def _rail_of(line: Line, rails: Sequence[Rail]) -> Rail | None:
    """The rail that numbers the line: the nearest one to its left that reaches its height."""
    reach = [
        rail
        for rail in rails
        if rail.x0 < line.x1 and rail.top - rail.pitch < line.baseline < rail.bottom + rail.pitch
    ]
    left = [rail for rail in reach if rail.x1 <= line.x0 + 2.0]
    return max(left, key=lambda rail: rail.x1) if left else None
