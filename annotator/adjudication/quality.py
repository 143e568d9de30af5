"""How near the work of an annotator comes to gold, from what was decided of it.

Two scopes are told apart, since they say different things: all that gold was made of, which work that was
accepted unanimously inflates, and what had to be decided. Gold that was copied from an annotator favours
that annotator in both.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from annotator.agreement.bootstrap import RESAMPLES, SEED, intervals
from annotator.agreement.matching import shared
from annotator.agreement.span_f1 import Marks
from annotator.agreement.undefined import Undefined
from annotator.agreement.values import Additive, Figure, Interval, Numbers, defined, ratio
from annotator.model import Fragment
from annotator.progress import Job

Scope: TypeAlias = Literal["all", "contested"]
SCOPES: tuple[Scope, ...] = ("all", "contested")
FEWEST_UNITS = 20  # under it a figure is shown, but not to be relied on


class Marked(NamedTuple):
    """A span as it is compared with gold."""

    label: str
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was decided of one annotator in one unit: what he has there, what gold got, the verdict.

    Verdicts are those of `decisions.Verdict`; one that is none of them is counted for no rate.
    `week` is that of his work, such as "2026-W13". `own` is None where he has nothing; `is_contested` says
    that the finished annotators did not all have the same.
    """

    document: str
    week: str
    own: Marked | None
    gold: tuple[Marked, ...]
    verdict: str
    is_contested: bool


@dataclass(frozen=True, slots=True)
class Offset:
    """How far ends lie from those of gold, in code points; below 0 is before. `low` and `high` are quartiles.

    Of spans that overlap gold under the same label.
    """

    median: float
    low: float
    high: float
    spans: int


@dataclass(frozen=True, slots=True)
class Nearness:
    """What is reported of one scope.

    Figures by name: precision, recall and f1, exact; the same with "relaxed_" where any overlap under the
    same label counts; missed is of gold, spurious and variant of the annotator's spans. `labels` has exact
    figures by label, `weeks` the exact f1, `confusion` counts (own, gold) of overlapping spans.
    """

    units: int
    figures: Mapping[str, Figure]
    labels: Mapping[str, Mapping[str, Figure]]
    weeks: Mapping[str, Figure]
    confusion: Mapping[tuple[str, str], int]
    start: Offset | None
    end: Offset | None


_OWN, _GOLD, _EXACT, _OWN_MET, _GOLD_MET, _MISSED, _SPURIOUS, _VARIANT = range(8)


def _share(upper: int, lower: int) -> Callable[[Numbers], Numbers]:
    return lambda sums: ratio(sums[..., upper], sums[..., lower])


def _f1(own: int, gold: int) -> Callable[[Numbers], Numbers]:
    """The harmonic mean of the shares of own spans and of gold spans that are right."""

    def score(sums: Numbers) -> Numbers:
        precision, recall = ratio(sums[..., own], sums[..., _OWN]), ratio(sums[..., gold], sums[..., _GOLD])
        return ratio(2 * precision * recall, precision + recall)

    return score


_EXACT_SCORES = {
    "precision": _share(_EXACT, _OWN),
    "recall": _share(_EXACT, _GOLD),
    "f1": lambda sums: ratio(2 * sums[..., _EXACT], sums[..., _OWN] + sums[..., _GOLD]),
}
_SCORES: Mapping[str, Callable[[Numbers], Numbers]] = {
    **_EXACT_SCORES,
    "relaxed_precision": _share(_OWN_MET, _OWN),
    "relaxed_recall": _share(_GOLD_MET, _GOLD),
    "relaxed_f1": _f1(_OWN_MET, _GOLD_MET),
    "missed": _share(_MISSED, _GOLD),
    "spurious": _share(_SPURIOUS, _OWN),
    "variant": _share(_VARIANT, _OWN),
}


@dataclass(frozen=True, slots=True)
class Quality:
    """What is reported of an annotator (an id): nearness to gold by scope, speed, and likeness to himself.

    `units_an_hour` is of the documents that were decided, None where no time was counted. `consistency` is
    the exact f1 of what he marked in documents of the same text.
    """

    annotator: str
    scopes: Mapping[Scope, Nearness]
    units_an_hour: float | None
    consistency: Figure


def consistency(copies: Sequence[Sequence[Marks]]) -> Figure:
    """The exact f1 of one annotator with himself: of each text, what he marked in each document of it."""
    pairs = [(one, other) for same in copies for one, other in combinations(same, 2)]
    alike = sum((one & other).total() for one, other in pairs)
    spans = sum(one.total() + other.total() for one, other in pairs)
    value = 2 * alike / spans if spans else Undefined("no_spans" if pairs else "no_common_documents")
    return Figure(value, None, sum(len(same) for same in copies if len(same) > 1), len(pairs), spans)


def nearness(
    judged: Sequence[Judged], scope: Scope, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Job[Nearness]:
    """What is reported of one annotator in one scope; with fewer than five documents without intervals."""
    units = [each for each in judged if scope == "all" or each.is_contested]
    documents = sorted({each.document for each in units})
    labels = sorted({marked.label for each in units for marked in _marked(each)})
    weeks = sorted({each.week for each in units})
    asked: dict[tuple[str, str], Additive] = {}
    for name, score in _SCORES.items():
        asked["", name] = Additive(_columns(units, documents), score)
    for label in labels:
        columns = _columns([_under(each, label) for each in units], documents)
        for name, score in _EXACT_SCORES.items():
            asked[f"label {label}", name] = Additive(columns, score)
    for week in weeks:
        columns = _columns([each for each in units if each.week == week], documents)
        asked[f"week {week}", "f1"] = Additive(columns, _EXACT_SCORES["f1"])
    found = yield from intervals(tuple(asked.values()), resamples=resamples, seed=seed)
    figures = {
        key: _figure(measure, between) for (key, measure), between in zip(asked.items(), found, strict=True)
    }
    return Nearness(
        len(units),
        {name: figures["", name] for name in _SCORES},
        {label: {name: figures[f"label {label}", name] for name in _EXACT_SCORES} for label in labels},
        {week: figures[f"week {week}", "f1"] for week in weeks},
        Counter((own.label, gold.label) for own, gold in _pairs(units)),
        *_offsets(units),
    )


def _figure(measure: Additive, between: Interval | None) -> Figure:
    sums = measure.columns.sum(axis=0)
    spans = int(max(sums[_OWN], sums[_GOLD]))
    documents = int(np.count_nonzero(measure.columns[:, _OWN] + measure.columns[:, _GOLD]))
    return Figure(defined(measure.value, "no_spans"), between, documents, 1, spans)


def _columns(units: Sequence[Judged], documents: Sequence[str]) -> Numbers:
    """The sums of each document, a row each."""
    rows = {document: row for row, document in enumerate(documents)}
    columns = np.zeros((len(documents), 8))
    for each in units:
        columns[rows[each.document]] += _counted(each)
    return columns


def _counted(unit: Judged) -> tuple[int, ...]:
    own = () if unit.own is None else (unit.own,)
    return (
        len(own),
        len(unit.gold),
        len(set(own) & set(unit.gold)),
        sum(any(_meet(mine, gold) for gold in unit.gold) for mine in own),
        sum(any(_meet(mine, gold) for mine in own) for gold in unit.gold),
        len(unit.gold) if unit.verdict == "missed" else 0,
        int(unit.verdict == "spurious"),
        int(unit.verdict == "acceptable_variant" and bool(own)),
    )


def _meet(one: Marked, other: Marked) -> bool:
    return one.label == other.label and shared(one.fragments, other.fragments) > 0


def _marked(unit: Judged) -> tuple[Marked, ...]:
    return unit.gold if unit.own is None else (unit.own, *unit.gold)


def _under(unit: Judged, label: str) -> Judged:
    """The unit with nothing in it but what has one label."""
    own = unit.own if unit.own is not None and unit.own.label == label else None
    gold = tuple(each for each in unit.gold if each.label == label)
    return Judged(unit.document, unit.week, own, gold, unit.verdict, unit.is_contested)


def _pairs(units: Sequence[Judged]) -> list[tuple[Marked, Marked]]:
    """Own spans with the gold span that they share most with."""
    found = []
    for unit in units:
        if unit.own is None:
            continue
        own = unit.own
        near = [gold for gold in unit.gold if shared(own.fragments, gold.fragments)]
        if near:
            found.append((own, max(near, key=lambda gold: shared(own.fragments, gold.fragments))))
    return found


def _offsets(units: Sequence[Judged]) -> tuple[Offset | None, Offset | None]:
    pairs = [(own, gold) for own, gold in _pairs(units) if own.label == gold.label]
    if not pairs:
        return None, None
    starts = [own.fragments[0].start - gold.fragments[0].start for own, gold in pairs]
    ends = [own.fragments[-1].end - gold.fragments[-1].end for own, gold in pairs]
    return _offset(starts), _offset(ends)


def _offset(distances: Sequence[int]) -> Offset:
    low, median, high = np.percentile(distances, (25, 50, 75))
    return Offset(float(median), float(low), float(high), len(distances))
