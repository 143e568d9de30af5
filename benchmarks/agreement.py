"""Agreement against the aims of the project: two annotators with 1,000 spans, five with 10,000 each.

No library does all of it, so each figure stands against what is aimed for. The spans of the annotators differ
here and there by an end or a label, or lack, as those of people do. Units are in `adjudication`.
"""

import random
import time
import tracemalloc
from collections.abc import Callable
from itertools import combinations

from annotator.agreement.alignment import units_of
from annotator.agreement.bootstrap import intervals
from annotator.agreement.columns import Columns
from annotator.agreement.document_sums import document_sums
from annotator.agreement.figures import Settings
from annotator.agreement.gamma import gamma
from annotator.agreement.label_sets import LabelSets
from annotator.agreement.layers import layer_report
from annotator.agreement.pooled_gamma import gamma_measure
from annotator.agreement.work import DocumentWork
from annotator.geometry import Range
from annotator.model import Annotation, Fragment, Quote, annotator_set_id
from annotator.progress import Job, run
from benchmarks.figure import Figure, median

EACH, LONG, WORD = 100, 12_000, 6  # spans of each annotator in a document, its length, and that of a token
LABELS = ("person", "organization", "court", "judge", "law", "date", "citation")
ROUNDS = 3
AIM = "what is aimed for"


def works(people: int, documents: int) -> list[DocumentWork]:
    """Documents that all have finished, each with EACH spans of each, about the same ones."""
    chance = random.Random(11)
    tokens = tuple(Range(at, at + WORD - 1) for at in range(0, LONG, WORD))
    return [
        DocumentWork(f"document-{number}", LONG, tokens, _marked(chance, f"document-{number}", people))
        for number in range(documents)
    ]


def _marked(chance: random.Random, document: str, people: int) -> dict[str, tuple[Annotation, ...]]:
    places = sorted(chance.sample(range(0, LONG - 60, 12), EACH))
    truth = [(at, at + chance.randint(5, 40), chance.choice(LABELS)) for at in places]
    found = {}
    for who in (f"person-{number}" for number in range(people)):
        own = []
        for at, (start, end, label) in enumerate(truth):
            luck = chance.random()
            if luck < 0.08:
                continue
            end += WORD if luck < 0.2 else 0
            label = chance.choice(LABELS) if 0.2 < luck < 0.3 else label
            own.append(_span(f"{document}/{who}/{at}", document, who, start, end, label))
        found[who] = tuple(own)
    return found


def _span(name: str, document: str, who: str, start: int, end: int, label: str) -> Annotation:
    words = Quote("", "x" * (end - start), "")
    place = (Fragment(start, end),)
    return Annotation(name, document, "text", annotator_set_id(who), label, place, words, "", "")


def milliseconds(make: Callable[[], object], rounds: int = ROUNDS) -> float:
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        make()
        taken.append((time.perf_counter() - started) * 1e3)
    return median(taken)


def _report(some: list[DocumentWork]) -> Job[object]:
    return (yield from layer_report("entity", some, attributes=(), settings=Settings(resamples=0)))


def measure() -> list[Figure]:
    small, large = works(2, 10), works(5, 100)
    sets = LabelSets()
    sums = [document_sums(each, attributes=(), sets=sets) for each in large]
    columns = Columns(sums, sets)
    exact = [columns.f1("exact")]
    pairs = tuple(combinations(sorted(large[0].spans), 2))
    tracemalloc.start()
    run(_report(large))
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    figures = [
        ("agreement of 2 x 1,000 spans, cold", milliseconds(lambda: run(_report(small))), 150, "ms"),
        ("agreement of 5 x 10,000 spans, cold", milliseconds(lambda: run(_report(large))), 5_000, "ms"),
        (
            "one edited document of these",
            milliseconds(lambda: document_sums(large[0], attributes=(), sets=sets)),
            50,
            "ms",
        ),
        ("2,000 resamples of a measure", milliseconds(lambda: run(intervals(exact))), 100, "ms"),
        ("gamma of 2 x 1,000 spans", milliseconds(lambda: _gamma(small)), 300, "ms"),
        (
            "gamma of 5 x 10,000, pairwise and pooled",
            milliseconds(lambda: run(gamma_measure(sums, pairs)), 1),
            8_000,
            "ms",
        ),
        ("memory of 5 x 10,000 spans", peak, 300, "MB"),
    ]
    return [Figure(what, measured, AIM, aim, unit, 1) for what, measured, aim, unit in figures]


def _gamma(some: list[DocumentWork]) -> None:
    numbers = {label: at for at, label in enumerate(LABELS)}
    first, second = (
        units_of(
            [(each.length, [(s.start, s.end, numbers[s.label]) for s in each.spans[who]]) for each in some]
        )
        for who in sorted(some[0].spans)
    )
    run(gamma((first, second)))
