"""Agreement on whole documents: what annotators say of each in its form, such as its topic, by attribute.

Compared are the documents that two or more have finished and to which one of them gave the value: that
another gave none is a value, and where nobody gave one there is nothing to compare. Several choices are one
value, whatever their order. Free text is left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotator.agreement.attributes import Given
from annotator.agreement.coefficients import fleiss_kappa, gwet_ac1
from annotator.agreement.figures import Asked, Key, Settings, computed, row
from annotator.agreement.report import NamedRow
from annotator.agreement.undefined import Reason
from annotator.agreement.values import Numbers
from annotator.progress import Job
from annotator.schema import AttributeType, DocumentKind


@dataclass(frozen=True, slots=True)
class DocumentAnswers:
    """What those who finished a document say of it: by attribute (an id), then by annotator (an id)."""

    kind: DocumentKind
    people: tuple[str, ...]
    given: Mapping[str, Mapping[str, Given]]


def document_label_rows(
    documents: Sequence[DocumentAnswers], attributes: Sequence[AttributeType], settings: Settings
) -> Job[tuple[NamedRow, ...]]:
    """A row for each of the attributes of documents to which anybody who finished one gave a value."""
    rows = []
    for each in attributes:
        if any(document.given.get(each.id) for document in documents):
            found = yield from computed(_asked(documents, each), settings)
            rows.append(NamedRow(each.id, row("document_label", each.id, found)))
    return tuple(rows)


def _asked(documents: Sequence[DocumentAnswers], attribute: AttributeType) -> dict[Key, Asked]:
    common = [each for each in documents if len(each.people) > 1 and attribute.is_asked_in(each.kind)]
    compared = [each for each in common if each.given.get(attribute.id)]
    votes = _votes([_answers(each, attribute.id) for each in compared], attribute)
    pairs = {pair for each in compared for pair in combinations(sorted(each.people), 2)}
    reason: Reason = "no_variation" if compared else "no_spans" if common else "no_common_documents"
    return {
        ("document_label", attribute.id, name): Asked(
            measure, reason, len(compared), len(pairs), int(votes.sum())
        )
        for name, measure in (("document_ac1", gwet_ac1(votes)), ("document_fleiss", fleiss_kappa(votes)))
    }


def _answers(document: DocumentAnswers, attribute: str) -> Counter[Given]:
    own = document.given[attribute]
    return Counter(own.get(who) for who in document.people)


def _votes(answers: Sequence[Counter[Given]], attribute: AttributeType) -> Numbers:
    """How many gave each value to each document: the values of the schema, then others as they are met."""
    offered: tuple[Given, ...] = ()
    if attribute.kind == "choice":
        offered = attribute.values
    elif attribute.kind == "bool":
        offered = True, False
    values: dict[Given, int] = {value: at for at, value in enumerate(offered)}
    for own in answers:
        for value in own:
            values.setdefault(value, len(values))
    votes = np.zeros((len(answers), len(values)))
    for at, own in enumerate(answers):
        for value, count in own.items():
            votes[at, values[value]] = count
    return votes
