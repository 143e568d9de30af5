"""Gamma of a layer: of each two annotators over all documents that both have finished, and their mean.

It takes seconds where the other measures take moments, and depends on samples, so it is computed on demand.
"""

from collections.abc import Sequence

from annotator.agreement.document_sums import DocumentSums, Pair
from annotator.agreement.gamma import gamma, units_of
from annotator.agreement.report import Measure
from annotator.agreement.undefined import Undefined
from annotator.agreement.values import Figure
from annotator.progress import Job

NAME = "gamma"


def gamma_measure(documents: Sequence[DocumentSums], pairs: Sequence[Pair]) -> Job[Measure]:
    """The mean over pairs that have a value; undefined if none has one."""
    labels: dict[str, int] = {}
    values = []
    for pair in pairs:
        common = [each.work for each in documents if pair in each.pairs]
        first, second = (
            units_of(
                [
                    (
                        work.length,
                        [
                            (span.start, span.end, labels.setdefault(span.label, len(labels)))
                            for span in work.spans[who]
                        ],
                    )
                    for work in common
                ]
            )
            for who in pair
        )
        found = yield from gamma(first, second)
        if isinstance(found.value, float):
            values.append(found.value)
    spans = sum(each.work.total for each in documents)
    if not values:
        why = Undefined("too_few_units" if documents else "no_common_documents")
        return Measure(NAME, Figure(why, None, len(documents), 0, spans))
    mean = sum(values) / len(values)
    figure = Figure(mean, None, len(documents), len(values), spans)
    return Measure(NAME, figure, min(values), max(values))
