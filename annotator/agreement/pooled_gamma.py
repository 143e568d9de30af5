"""Gamma of a layer over documents laid end to end: of each two annotators, and of three or more at once.

It takes seconds where the other measures take moments, and depends on samples, so it is computed on demand.
"""

from collections.abc import Sequence
from itertools import combinations

from annotator.agreement.alignment import units_of
from annotator.agreement.document_sums import DocumentSums, Pair
from annotator.agreement.gamma import gamma
from annotator.agreement.report import Measure
from annotator.agreement.undefined import Undefined, Value
from annotator.agreement.values import Figure
from annotator.agreement.work import DocumentWork
from annotator.progress import Job

NAME, JOINT = "gamma", "gamma_joint"
FEWEST_JOINT = 3


def gamma_measure(documents: Sequence[DocumentSums], pairs: Sequence[Pair]) -> Job[Measure]:
    """The mean over pairs that have a value; undefined if none has one."""
    values = []
    for pair in pairs:
        found = yield from _gamma([each.work for each in documents if pair in each.pairs], pair)
        if isinstance(found, float):
            values.append(found)
    why = Undefined("too_few_units" if documents else "no_common_documents")
    return _measure(NAME, values, why, [each.work for each in documents], pairs=len(values))


def joint_gamma_measure(documents: Sequence[DocumentSums]) -> Job[Measure | None]:
    """The mean over the groups of three or more annotators who finished the same documents; None without one.

    It is undefined if the units of any of the groups are too many to be aligned all at once.
    """
    groups: dict[tuple[str, ...], list[DocumentWork]] = {}
    for each in documents:
        people = tuple(sorted(each.work.spans))
        if len(people) >= FEWEST_JOINT:
            groups.setdefault(people, []).append(each.work)
    if not groups:
        return None
    values, pairs = [], set[Pair]()
    why = Undefined("too_few_units")
    for people, works in sorted(groups.items()):
        found = yield from _gamma(works, people)
        if isinstance(found, float):
            values.append(found)
            pairs |= {*combinations(people, 2)}
        elif found.reason == "too_many_units":
            values, pairs, why = [], set(), found
            break
    compared = [work for works in groups.values() for work in works]
    return _measure(JOINT, values, why, compared, pairs=len(pairs))


def _gamma(works: Sequence[DocumentWork], people: Sequence[str]) -> Job[Value]:
    labels: dict[str, int] = {}
    for work in works:
        for who in people:
            for span in work.spans[who]:
                labels.setdefault(span.label, len(labels))
    units = [
        units_of(
            [
                (work.length, [(span.start, span.end, labels[span.label]) for span in work.spans[who]])
                for work in works
            ],
            annotators=len(people),
        )
        for who in people
    ]
    found = yield from gamma(units)
    return found.value


def _measure(
    name: str, values: Sequence[float], why: Undefined, works: Sequence[DocumentWork], *, pairs: int
) -> Measure:
    spans = sum(work.total for work in works)
    if not values:
        return Measure(name, Figure(why, None, len(works), 0, spans))
    mean = sum(values) / len(values)
    return Measure(name, Figure(mean, None, len(works), pairs, spans), min(values), max(values))
