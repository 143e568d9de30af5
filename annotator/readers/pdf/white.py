"""The white between the words of lines: which strips of a page, a point wide, run down free of print.

A page of forms has tens of thousands of such strips, so they are found in arrays of lines and strips, and
only those that may be gutters are given out one by one. `start` and `end` count lines, end exclusive.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from annotator.readers.pdf.lines import Line

NARROWEST_GUTTER = 4
"""Points."""

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]


class Crossing(NamedTuple):
    """A level rule or a picture: the line that it stands above, and how far it reaches."""

    line: int
    x0: float
    x1: float


class _Stretches(NamedTuple):
    """Runs of lines that leave a strip free, ordered by strip, then by line."""

    place: Counts
    start: Counts
    end: Counts


class White:
    """For each line and strip: is it free of print, and has the line words on both sides."""

    def __init__(self, lines: Sequence[Line], width: float) -> None:
        strips = int(width) + 2
        rows = [index for index, line in enumerate(lines) for _ in line.tokens]
        x0 = [token.x0 for line in lines for token in line.tokens]
        x1 = [token.x1 for line in lines for token in line.tokens]
        self._free = ~_covered(len(lines), strips, rows, x0, np.array(x1, dtype=np.float64) + 1)
        printed = [index for index, line in enumerate(lines) if line.tokens]
        lefts, rights = [lines[index].x0 for index in printed], [lines[index].x1 for index in printed]
        self._inside = self._free & _covered(len(lines), strips, printed, lefts, np.array(rights))

    def gutters(
        self, rules: Sequence[Crossing], is_known: Flags, *, fewest: int
    ) -> Iterator[tuple[int, int, int]]:
        """Strips that may part columns: each one's place, and the lines from start to end that leave it free.

        They stand in white as wide as a gutter, end where a rule crosses them, and have words on both sides:
        in as many lines as are asked for, or in one where columns were parted in that place before.
        """
        whole = _stretches(self._free)
        beside = _sums(self._inside, whole)
        most = np.zeros(self._free.shape[1], dtype=np.int64)
        np.maximum.at(most, whole.place, beside)
        wanted = (most >= fewest) | ((most >= 1) & is_known[: most.size])
        # A strip that is free in the same lines as the one before it tells nothing new.
        is_same = np.concatenate(([False], (self._free[:, 1:] == self._free[:, :-1]).all(axis=0)))
        wanted &= ~(is_same & np.concatenate(([False], wanted[:-1])))
        stretches = _stretches(self._free & wanted, self._crossed(rules)) if rules else whole
        is_good = wanted[stretches.place] & (_sums(self._inside, stretches) >= 1)
        is_good &= _sums(~self._roomy(), stretches) == 0
        yield from zip(*(each[is_good].tolist() for each in stretches), strict=True)

    def strip(self, start: int, end: int, place: int) -> tuple[int, int]:
        """How far the white around the place reaches in all of these lines: the first and the last strip."""
        clear = np.logical_and.reduce(self._free[start:end], axis=0)
        return place - _run(clear[place::-1]), place + _run(clear[place:])

    def _crossed(self, rules: Sequence[Crossing]) -> Flags:
        """For each line and strip: does a rule stand between this line and the one above it."""
        crossed = np.zeros_like(self._free)
        places = np.arange(crossed.shape[1])
        for rule in rules:
            crossed[rule.line] |= (rule.x0 < places) & (places < rule.x1)
        return crossed

    def _roomy(self) -> Flags:
        """For each line and strip: is it within white as wide as a gutter, as all lines of one have it."""
        wide, strips = NARROWEST_GUTTER, self._free.shape[1]
        begins = np.logical_and.reduce([self._free[:, at : strips - wide + 1 + at] for at in range(wide)])
        roomy = np.zeros_like(self._free)
        for at in range(wide):
            roomy[:, at : at + begins.shape[1]] |= begins
        return roomy


def _covered(
    lines: int, strips: int, rows: Sequence[int], x0: Sequence[float], x1: NDArray[np.float64]
) -> Flags:
    """Which strips of which lines the stretches from x0 to x1 cover."""
    steps = np.zeros((lines, strips + 1), dtype=np.int32)
    first = np.clip(np.array(x0, dtype=np.float64).astype(np.int64), 0, strips)
    last = np.clip(x1.astype(np.int64), first, strips)
    begin_of_row = np.array(rows, dtype=np.int64) * (strips + 1)
    np.add.at(steps.reshape(-1), begin_of_row + first, 1)
    np.add.at(steps.reshape(-1), begin_of_row + last, -1)
    covered: Flags = steps.cumsum(axis=1)[:, :-1] > 0
    return covered


def _stretches(free: Flags, crossed: Flags | None = None) -> _Stretches:
    """The runs of free lines of every strip, cut where a rule crosses it."""
    columns = free.T
    begins, ends = columns.copy(), columns.copy()
    cut = ~columns if crossed is None else ~columns | crossed.T
    begins[:, 1:] &= cut[:, 1:] | ~columns[:, :-1]
    ends[:, :-1] &= cut[:, 1:]
    place, start = np.nonzero(begins)
    _, last = np.nonzero(ends)
    return _Stretches(place, start, last + 1)


def _sums(flags: Flags, stretches: _Stretches) -> Counts:
    """How many lines of each stretch have the flag at its strip."""
    sums = np.zeros((flags.shape[0] + 1, flags.shape[1]), dtype=np.int64)
    np.cumsum(flags, axis=0, out=sums[1:])
    counts: Counts = sums[stretches.end, stretches.place] - sums[stretches.start, stretches.place]
    return counts


def _run(clear: Flags) -> int:
    """How many after the first are clear, without a break."""
    first = int(clear.argmin())
    return clear.size - 1 if clear[first] else first - 1
