"""Sets of labels as small numbers, so that the labels of many places are an array. 0 is no label.

Numbers are given in the order in which sets are met; nothing may be read from their size.
"""

import numpy as np
import numpy.typing as npt


class LabelSets:
    """Gives each set of labels a number, the same for the same set."""

    def __init__(self) -> None:
        self._sets: list[frozenset[str]] = [frozenset()]
        self._numbers: dict[frozenset[str], int] = {frozenset(): 0}
        self._with: dict[tuple[int, str], int] = {}

    def __len__(self) -> int:
        return len(self._sets)

    def labels(self, number: int) -> frozenset[str]:
        """The set of that number."""
        return self._sets[number]

    def add(self, places: npt.NDArray[np.int64], label: str) -> None:
        """Add a label at all places of an array, which is changed."""
        if len(places) == 1:
            places[0] = self.plus(int(places[0]), label)
            return
        present = set(places.tolist())
        if len(present) == 1:
            places[:] = self.plus(present.pop(), label)
            return
        before = places.copy()
        for number in present:
            places[before == number] = self.plus(number, label)

    def plus(self, number: int, label: str) -> int:
        """The number of a set with one more label."""
        known = self._with.get((number, label))
        if known is None:
            wanted = self._sets[number] | {label}
            known = self._numbers.setdefault(wanted, len(self._sets))
            if known == len(self._sets):
                self._sets.append(wanted)
            self._with[number, label] = known
        return known
