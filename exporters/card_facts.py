"""What a dataset card tells, counted from what is written: its parts, labels, annotators, sources, agreement.

Spans are counted as the format holds them; agreement is about all that annotators marked in the documents of
the dataset, whatever of it the format can hold.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.agreement.span_f1 import PairAgreement, PairwiseF1, finished, marks
from annotator.progress import Job, Progress
from annotator.snapshot import DocumentSnapshot, LeftOut, Snapshot
from exporters.exporter import Exporter, OptionValue, options_of
from exporters.losses import Losses

_LICENCES = ("licence", "license")


@dataclass(slots=True)
class PartFacts:
    """A file or folder of the dataset: how many records, spans and links it has, and spans by label id."""

    records: int = 0
    spans: int = 0
    relations: int = 0
    labels: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class CardFacts:
    """Everything that is counted for a card. What is said about documents counts each document once."""

    format: str
    options: Mapping[str, OptionValue]
    parts: dict[str, PartFacts] = field(default_factory=dict)
    spans_of: Counter[str] = field(default_factory=Counter)
    documents_of: Counter[str] = field(default_factory=Counter)
    suggested: int = 0  # spans that were accepted from suggestions
    documents: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    publishers: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    licences: Counter[str] = field(default_factory=Counter)
    readers: Counter[str] = field(default_factory=Counter)
    cases: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    losses: Losses = field(default_factory=Losses)
    left_out: tuple[LeftOut, ...] = ()
    agreement: Mapping[str, tuple[PairAgreement, ...]] = field(default_factory=dict)


def card_facts(parts: Mapping[str, Snapshot], whole: Snapshot, exporter: Exporter) -> Job[CardFacts]:
    """Count the parts, and what annotators marked in `whole`, which has all documents of them uncut."""
    facts = CardFacts(exporter.name, options_of(exporter), left_out=whole.left_out)
    yield Progress(0, 0)
    for name, part in parts.items():
        counts = facts.parts[name] = PartFacts()
        for record in part.documents():
            held = exporter.fit(record, part)
            facts.losses.add(held.losses)
            _count_record(facts, counts, held.document, part)
            yield Progress(counts.records, part.document_count, record.document.title)
    layers = {label.id: label.layer for label in whole.schema.labels()}
    measures = {layer.id: PairwiseF1() for layer in whole.schema.layers}
    for document in whole.documents():
        _count_document(facts, document)
        _measure(measures, document, layers, whole)
        yield Progress(facts.documents, whole.document_count, document.document.title)
    facts.agreement = {layer: measure.pairs for layer, measure in measures.items() if measure.pairs}
    return facts


def _count_record(facts: CardFacts, counts: PartFacts, of: DocumentSnapshot, part: Snapshot) -> None:
    counts.records += 1
    counts.spans += len(of.annotations)
    counts.relations += len(of.relations)
    facts.suggested += sum(span.origin == "suggestion" for span in of.annotations)
    for span in of.annotations:
        in_force = part.schema.label(span.label)
        counts.labels[span.label if in_force is None else in_force.id] += 1
    owners = Counter(part.owner_name(span.set) for span in of.annotations)
    facts.spans_of.update(owners)
    facts.documents_of.update(owners.keys())


def _count_document(facts: CardFacts, of: DocumentSnapshot) -> None:
    metadata = of.document.metadata
    facts.documents += 1
    facts.kinds[of.document.kind] += 1
    facts.publishers[str(metadata.get("publisher") or "")] += 1
    facts.readers[of.text_version.reader] += 1
    facts.languages[str(metadata.get("language") or "")] += 1
    facts.licences[next((str(metadata[name]) for name in _LICENCES if metadata.get(name)), "")] += 1
    facts.cases |= {of.document.case} - {""}
    facts.dates |= {str(metadata.get("date") or "")[:10]} - {""}


def _measure(
    measures: Mapping[str, PairwiseF1],
    of: DocumentSnapshot,
    layers: Mapping[str, str],
    whole: Snapshot,
) -> None:
    """Add what those who are done with the document marked in each layer."""
    for layer, measure in measures.items():
        own = {
            annotator: marks(
                span
                for span in of.annotations
                if whole.sets[span.set].owner == annotator and layers.get(span.label) == layer
            )
            for annotator in finished(of.assignments, layer)
        }
        if len(own) > 1:
            measure.add(own)
