"""How often two annotators mark the same: span F1, exact, over the documents that both have finished.

Spans are the same if all their fragments and their label are. The F1 is 2 x both / (first + second), the
positive specific agreement of Hripcsak and Rothschild (2005); it is symmetric and needs no chance model.
Counts are added up over documents before anything is divided. What cannot be computed is undefined with a
reason, never 0 or 1; a document that somebody has not finished is missing, and never "no spans".
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from annotator.agreement.undefined import Undefined
from annotator.model import Annotation, Assignment, Fragment

Marks: TypeAlias = "Counter[tuple[tuple[Fragment, ...], str]]"


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """What two annotators, by their ids, marked in `documents` documents: each of them, and both alike."""

    first: str
    second: str
    documents: int = 0
    first_spans: int = 0
    second_spans: int = 0
    both: int = 0

    @property
    def f1(self) -> float | Undefined:
        """From 0, nothing alike, to 1, everything."""
        if not self.documents:
            return Undefined("no_common_documents")
        spans = self.first_spans + self.second_spans
        return 2 * self.both / spans if spans else Undefined("no_spans")


def marks(spans: Iterable[Annotation]) -> Marks:
    """Spans as they are compared; one that is there twice counts twice."""
    return Counter(map(extent_and_label, spans))


def extent_and_label(span: Annotation) -> tuple[tuple[Fragment, ...], str]:
    """What must be the same for two spans to be exactly alike."""
    return span.fragments, span.label


def finished(assignments: Iterable[Assignment], layer: str = "") -> tuple[str, ...]:
    """The annotators who are done with a document, or with one layer of it, by id in order."""
    done = (row for row in assignments if row.state == "done" and (not row.layers or layer in row.layers))
    return tuple(sorted({row.annotator for row in done}))


class PairwiseF1:
    """Adds up documents; `pairs` has what came of it. Give it one layer at a time, or all together."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, str], PairAgreement] = {}

    def add(self, work: Mapping[str, Marks]) -> None:
        """Add a document, by the id of each annotator who has finished it."""
        for first, second in combinations(sorted(work), 2):
            one, other = work[first], work[second]
            so_far = self._pairs.get((first, second), PairAgreement(first, second))
            self._pairs[first, second] = PairAgreement(
                first,
                second,
                so_far.documents + 1,
                so_far.first_spans + one.total(),
                so_far.second_spans + other.total(),
                so_far.both + (one & other).total(),
            )

    @property
    def pairs(self) -> tuple[PairAgreement, ...]:
        """The pairs that have a document in common, by the ids of the two."""
        return tuple(self._pairs[pair] for pair in sorted(self._pairs))


def mean_f1(pairs: Iterable[PairAgreement]) -> float | Undefined:
    """The unweighted mean over the pairs that have a value."""
    found = [pair.f1 for pair in pairs]
    values = [value for value in found if not isinstance(value, Undefined)]
    if values:
        return sum(values) / len(values)
    return Undefined("no_spans" if found else "no_common_documents")
