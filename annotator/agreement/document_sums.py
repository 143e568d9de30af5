"""All that one document of a layer adds to agreement, computed once and then only added up.

An edited document is computed again by itself; nothing here looks at another document.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from annotator.agreement.assistance import in_whole_text
from annotator.agreement.attributes import Met, attribute_values
from annotator.agreement.label_sets import LabelSets
from annotator.agreement.pairs import PairCounts, compare
from annotator.agreement.report import DocumentRow
from annotator.agreement.span_f1 import extent_and_label
from annotator.agreement.tokens import TokenSums, token_sums
from annotator.agreement.undefined import Undefined, Value
from annotator.agreement.unitizing import UnitSums, unit_sums
from annotator.agreement.work import DocumentWork
from annotator.geometry import Range
from annotator.model import Annotation
from annotator.schema import AttributeType

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DocumentSums:
    """A document that two or more have finished. `work` is kept for what is left out and when."""

    work: DocumentWork
    pairs: Mapping[Pair, PairCounts]
    units: UnitSums
    tokens: TokenSums
    attributes: Mapping[str, Met]
    row: DocumentRow


def document_sums(
    work: DocumentWork, *, attributes: Iterable[AttributeType], sets: LabelSets
) -> DocumentSums:
    """What a document adds; two or more have finished it."""
    people = sorted(work.spans)
    pairs = {
        (first, second): compare(work.spans[first], work.spans[second])
        for first, second in combinations(people, 2)
    }
    met: dict[str, Met] = {}
    kinds = tuple(attributes)
    for pair in pairs.values():
        for name, values in attribute_values(pair.same, kinds).items():
            met.setdefault(name, Counter()).update(values)
    return DocumentSums(
        work,
        pairs,
        unit_sums(work.length, [work.spans[who] for who in people], sets),
        token_sums(work.tokens, work.spans, sets),
        met,
        _row(work, pairs),
    )


def _row(work: DocumentWork, pairs: Mapping[Pair, PairCounts]) -> DocumentRow:
    unlike = list(_unlike(work))
    first = min(unlike, key=lambda entry: (entry[1].start, entry[1].end, entry[0]), default=None)
    return DocumentRow(
        work.document,
        tuple(sorted(work.spans)),
        work.total,
        _mean_f1(pairs.values(), "exact"),
        _mean_f1(pairs.values(), "overlap"),
        len(unlike),
        None if first is None else in_whole_text(Range(first[1].start, first[1].end), work.cut),
        None if first is None else first[0],
        work.suggested > 0,
    )


def _unlike(work: DocumentWork) -> Iterable[tuple[str, Annotation]]:
    """The spans that somebody else who finished the document does not have exactly, with their owners."""
    kinds = {who: {extent_and_label(span) for span in spans} for who, spans in work.spans.items()}
    in_all = set.intersection(*kinds.values())
    for who, spans in work.spans.items():
        for span in spans:
            if extent_and_label(span) not in in_all:
                yield who, span


def _mean_f1(pairs: Iterable[PairCounts], name: str) -> Value:
    values = []
    for pair in pairs:
        spans = sum(counts.first + counts.second for counts in pair.by_label.values())
        if spans:
            values.append(2 * sum(getattr(counts, name) for counts in pair.by_label.values()) / spans)
    return sum(values) / len(values) if values else Undefined("no_spans")
