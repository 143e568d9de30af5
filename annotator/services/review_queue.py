"""The documents that there is something to review in, those with the least agreement first."""

from collections import Counter
from dataclasses import dataclass, field

from annotator.adjudication.standing import State
from annotator.adjudication.types import UnitType
from annotator.agreement.span_f1 import PairwiseF1, marks, mean_f1
from annotator.agreement.undefined import Undefined
from annotator.model import Annotation
from annotator.progress import Job, Progress
from annotator.schema import AttributeType
from annotator.services.other_texts import OtherText, other_texts
from annotator.services.reviewing import Review, review
from annotator.services.schema_lag import Behind
from annotator.store import Store


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A document in the queue: how many units it has and how they stand, and how far its annotators agree.

    `agreement` is the mean exact F1 of the pairs of annotators, from 0 to 1, or why there is none.
    `older_text`, `no_label` and `behind` are as in `Review`; `gone` counts those who voted on what is decided
    and are not in the project any more. `other_texts` are those of the document's file, `of_whole` the
    attributes of the whole document in which they differ.
    """

    document: str
    title: str
    annotators: int
    units: int
    to_do: int
    states: Counter[State]
    types: Counter[UnitType]
    agreement: float | Undefined
    is_finished: bool
    older_text: int = 0
    no_label: Counter[str] = field(default_factory=Counter)
    behind: tuple[Behind, ...] = ()
    gone: int = 0
    other_texts: tuple[OtherText, ...] = ()
    of_whole: tuple[AttributeType, ...] = ()

    @property
    def has_later_text(self) -> bool:
        """Whether the document's file came in again later, with another text."""
        return any(each.came == "later" for each in self.other_texts)


def queue(store: Store) -> Job[tuple[QueueRow, ...]]:
    """All documents that somebody has finished: those with work to do first, by lowest agreement."""
    yield Progress(0, 0)
    rows = []
    documents = store.documents()
    others = other_texts(store, documents)
    for done, document in enumerate(documents):
        yield Progress(done, len(documents), document.title)
        of = review(store, document.id)
        if of.people or of.older_text:
            rows.append(_row(of, others.get(document.id, ())))
    return tuple(sorted(rows, key=in_queue))


def _row(of: Review, others: tuple[OtherText, ...]) -> QueueRow:
    states = of.counts
    spans: dict[str, list[Annotation]] = {who: [] for who in of.people}
    for unit in of.units:
        for each in unit.candidates:
            spans[each.annotator].append(each.span)
    pairs = PairwiseF1()
    pairs.add({who: marks(own) for who, own in spans.items()})
    return QueueRow(
        of.document.id,
        of.document.title,
        len(of.people),
        of.standings.total,
        of.standings.to_do,
        states,
        Counter([*(unit.type for unit in of.units), *(unit.type for unit in of.links)]),
        mean_f1(pairs.pairs),
        of.is_finished,
        of.older_text,
        of.no_label,
        of.behind,
        len(of.gone),
        others,
        tuple(each.attribute for each in of.of_whole),
    )


def in_queue(row: QueueRow) -> tuple[bool, float, str, str]:
    """Where a document stands in the queue: those with work to do first, by lowest agreement."""
    agreement = 1.0 if isinstance(row.agreement, Undefined) else row.agreement
    return row.to_do == 0, agreement, row.title, row.document
