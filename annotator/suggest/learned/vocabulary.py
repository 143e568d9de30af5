"""Feature strings as numbers, and sequences of them as sparse matrices.

In learning, what occurs only once is dropped: it tells of one place and of no other.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_FEWEST = 2


class Vocabulary:
    """Gives each feature string a number as it comes; `kept` is what remains in the end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._counts = array("l")

    def encode(self, features: Iterable[str]) -> "array[int]":
        """The numbers of features, new ones included."""
        made = array("i")
        for feature in features:
            number = self._numbers.setdefault(feature, len(self._counts))
            if number == len(self._counts):
                self._counts.append(0)
            self._counts[number] += 1
            made.append(number)
        return made

    def kept(self) -> tuple[dict[str, int], "array[int]"]:
        """The features that came twice or more, by a new number each, and the new number of each old one.

        A feature that is dropped has the number -1.
        """
        renumbered = array("i", [-1]) * len(self._counts)
        kept: dict[str, int] = {}
        for feature, number in self._numbers.items():
            if self._counts[number] >= _FEWEST:
                renumbered[number] = len(kept)
                kept[feature] = len(kept)
        return kept, renumbered


def known(features: Iterable[str], numbers: Mapping[str, int]) -> "array[int]":
    """The numbers of the features that have one."""
    found = (numbers.get(feature, -1) for feature in features)
    return array("i", [number for number in found if number >= 0])


def matrix(rows: Sequence["array[int]"], width: int) -> "csr_matrix":
    """A row for each of `rows`, with 1 for each of its features."""
    import numpy
    from scipy.sparse import csr_matrix

    starts = numpy.zeros(len(rows) + 1, dtype=numpy.int64)
    numpy.cumsum([len(row) for row in rows], out=starts[1:])
    joined = array("i")
    for row in rows:
        joined.extend(row)
    columns = numpy.frombuffer(joined, dtype=numpy.intc) if joined else numpy.zeros(0, dtype=numpy.intc)
    return csr_matrix((numpy.ones(len(columns), numpy.float32), columns, starts), shape=(len(rows), width))
