"""Learning from the finished documents of a project, and what was learned as suggestions.

What somebody marked must not come to another annotator of the same document by way of the model, or the two
would agree without both having looked: in a text that it has learned from, the model is silent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from annotator.agreement.span_f1 import finished
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    Document,
    Fragment,
    TextVersion,
    gold_set_id,
)
from annotator.progress import Job, Progress
from annotator.schema import LabelSchema
from annotator.store import Store
from annotator.suggest.learned.examples import Example, Span
from annotator.suggest.learned.measuring import Figure
from annotator.suggest.learned.model import About, Model, UnusableModel, about, short_hash, unpacked
from annotator.suggest.learned.parts import Looked, Proposal, read
from annotator.suggest.suggestion import Suggestion

if TYPE_CHECKING:
    from annotator.suggest.learned.process import Learned

ORIGIN = "learned"
LEAST_TEXTS = 5  # finished documents before anything is learned
LEAST_PROPOSALS = 3  # on texts held out, before their precision says anything
_OWN = 4  # proposals on texts held out that the probability of one weighs as much as
_NEW_READINGS = 3  # finished since, before it is learned again,
_NEW_SHARE = 0.1  # and this much of what was there
_DOUBTED_LETTERS = 50_000  # how much of a document is read to see how sure the model is of it


class Work(NamedTuple):
    """How much finished work there is: documents, and readings of them by one person each."""

    texts: int
    readings: int


# -- when, and from what


def work_done(store: Store) -> Work:
    """The finished work of all annotators; quick, as it looks at no span."""
    done = [row for row in store.all_assignments() if row.state == "done"]
    return Work(len({row.document for row in done}), len({(row.document, row.annotator) for row in done}))


def is_due(store: Store) -> bool:
    """Whether there is enough new work: five documents at first, then three readings and a tenth more.

    What cannot be used any more is due at once.
    """
    work = work_done(store)
    if work.texts < LEAST_TEXTS:
        return False
    try:
        known = known_about(store)
    except UnusableModel:
        return True
    if known is None:
        return True
    return work.readings - known.readings >= max(_NEW_READINGS, _NEW_SHARE * known.readings)


def known_about(store: Store) -> About | None:
    """What the model of the project tells of itself, None if nothing was learned. Raises UnusableModel."""
    header = store.learned_header()
    return None if header is None else about(header)


def learned_so_far(store: Store) -> About | None:
    """What the model tells of itself, None if there is none that can be used."""
    try:
        return known_about(store)
    except UnusableModel:
        return None


def known_model(store: Store) -> Model | None:
    """The model of the project, None if nothing was learned. Raises UnusableModel."""
    stored = store.learned_model()
    return None if stored is None else unpacked(stored)


def examples(store: Store) -> Job[tuple[Example, ...]]:
    """All finished readings: gold where the review of a document is finished, else each annotator's own."""
    reader = _Reader(store)
    documents = store.documents()
    made: list[Example] = []
    for number, document in enumerate(documents):
        yield Progress(number, len(documents), document.title)
        made += reader.readings(document)
    return tuple(made)


class _Reader:
    """Reads the finished work on one document after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._schema = store.schema()
        self._sets = {row.owner: row.id for row in store.sets() if row.kind == "annotator"}
        self._gold = gold_set_id(store.project_id)

    def readings(self, document: Document) -> list[Example]:
        from annotator.services.reviewing import review  # as large as all the rest, and seldom needed

        store, schema = self._store, self._schema
        assignments = store.assignments(document.id)
        offered = [each.id for each in schema.layers if each.offer(document.kind) == "always"]
        done = {layer: finished(assignments, layer) for layer in offered}
        people = sorted({who for some in done.values() for who in some})
        spans = store.annotations(document.id)
        gold = [span for span in spans if span.set == self._gold]
        if not people and not gold:
            return []
        if gold and review(store, document.id).is_finished:
            of_gold = {layer.id for span in gold if (layer := schema.layer_of(span.label)) is not None}
            layers = [layer for layer in offered if layer in of_gold or done[layer]]
            return self._example(document, gold, layers)
        return [
            example
            for who in people
            for example in self._example(
                document,
                [span for span in spans if span.set == self._sets.get(who)],
                [layer for layer in offered if who in done[layer]],
            )
        ]

    def _example(
        self, document: Document, spans: Sequence[Annotation], layers: Sequence[str]
    ) -> list[Example]:
        """The example of one reading; none where all that was marked is on another version of the text."""
        version = self._store.record(TextVersion, document.text_version)
        current = [span for span in spans if span.text_version == document.text_version]
        if version is None or (spans and not current):
            return []
        by_layer: dict[str, list[Span]] = {layer: [] for layer in layers}
        left_out = 0
        for span in current:
            label = self._schema.label(self._schema.in_force(span.label))
            if label is None or label.retired or label.layer not in by_layer:
                continue
            if len(span.fragments) > 1:
                left_out += 1
                continue
            by_layer[label.layer].append(Span(span.start, span.end, label.id, span.origin == "suggestion"))
        found = {layer: tuple(sorted(those)) for layer, those in by_layer.items()}
        text = self._store.text(version.id)
        return [Example(version.text_sha256, text, document.kind, found, left_out)]


# -- learning


def learn(store: Store) -> Job["Learned"]:
    """Learn from all finished work, in another process, and keep the better model in the project.

    Raises InvalidEdit if there is too little, LearningFailed if that process ends; what was learned before
    stays then.
    """
    from annotator.suggest.learned.process import train_apart  # its libraries are of no use to most starts

    found = yield from examples(store)
    texts = len({each.text_sha256 for each in found})
    if texts < LEAST_TEXTS or not any(each.count for each in found):
        raise InvalidEdit(
            f"There is too little to learn from: {texts} of at least {LEAST_TEXTS} documents are done, "
            "with spans in them. Mark more documents as done first."
        )
    try:
        old = known_model(store)
    except UnusableModel:
        old = None
    learned = yield from train_apart(found, old)
    store.keep_learned_model(learned.stored)
    return learned


# -- suggesting


def is_trusted(figure: Figure | None, least_precision: float) -> bool:
    """Whether a label did well enough on texts held out, and often enough, to be suggested."""
    if figure is None or figure.precision is None or figure.proposed < LEAST_PROPOSALS:
        return False
    return figure.precision >= least_precision


def trusted(about: About, least_precision: float) -> frozenset[str]:
    """The labels that are suggested; about the others the model is silent."""
    return frozenset(label for label, figure in about.figures.items() if is_trusted(figure, least_precision))


def proposals(
    model: Model, *, text: str, text_sha256: str, kind: str, schema: LabelSchema, least_precision: float
) -> tuple[Proposal, ...]:
    """What the model proposes in a text, in its order; nothing in one that it has learned from.

    `least_precision` is that which a label must have had on texts held out, from 0 to 1.
    """
    speaks = trusted(model.about, least_precision)
    if not speaks or short_hash(text_sha256) in model.about.texts:
        return ()
    looked = Looked(text, kind)
    found = []
    for part in model.parts:
        for proposal in read(part, looked).proposals if part.labels & speaks else ():
            known = schema.label(schema.in_force(proposal.label))
            if proposal.label in speaks and known is not None and not known.retired:
                found.append(proposal)
    return tuple(sorted(found))


def reason(about: About, label: str) -> str:
    """Why to believe a proposal of a label, in few words."""
    figure = about.figures[label]
    return f"right {figure.right} of {figure.proposed} times on documents held out"


@dataclass(slots=True)
class ModelAtHand:
    """The model of a project as it was read last, and what it suggested in the text asked for last."""

    header: str | None = None
    model: Model | None = None
    asked: tuple[str, str, float] | None = None
    found: tuple[Suggestion, ...] = ()

    def is_of(self, document: Document) -> bool:
        """Whether it was asked for this text last, so that it has the answer at hand."""
        return self.asked is not None and self.asked[0] == document.text_version


def suggestions(
    store: Store, hand: ModelAtHand, document: Document, *, least_precision: float
) -> tuple[Suggestion, ...]:
    """What was learned, as suggestions for a document; a model that cannot be used suggests nothing."""
    header = store.learned_header()
    if header != hand.header:
        hand.header, hand.asked = header, None
        try:
            hand.model = known_model(store)
        except UnusableModel:
            hand.model = None
    version = store.record(TextVersion, document.text_version)
    asked = document.text_version, document.kind, least_precision
    if hand.model is None or version is None:
        hand.asked, hand.found = asked, ()
        return ()
    if asked != hand.asked:
        found = proposals(
            hand.model,
            text=store.text(version.id),
            text_sha256=version.text_sha256,
            kind=document.kind,
            schema=store.schema(),
            least_precision=least_precision,
        )
        hand.asked, hand.found = asked, tuple(_suggestion(store.schema(), hand.model, each) for each in found)
    return hand.found


def _sure(figure: Figure, chance: float) -> float:
    """How sure a proposal is: what its label came to on texts held out counts beside its own probability."""
    return (figure.right + _OWN * chance) / (figure.proposed + _OWN)


def _suggestion(schema: LabelSchema, model: Model, proposal: Proposal) -> Suggestion:
    """The proposal with the label that is in force now."""
    return Suggestion(
        (Fragment(proposal.start, proposal.end),),
        schema.in_force(proposal.label),
        _sure(model.about.figures[proposal.label], proposal.confidence),
        ORIGIN,
        reason(model.about, proposal.label),
    )


# -- the next best document


def doubts(store: Store, model: Model) -> Job[dict[str, float]]:
    """By document, the share of words or sentences that the model expects to get wrong in it.

    That of the layer with the most is taken. A document that the model has learned from has none.
    """
    documents = store.documents()
    versions = store.records(TextVersion, [each.text_version for each in documents])
    found: dict[str, float] = {}
    for number, document in enumerate(documents):
        yield Progress(number, len(documents), document.title)
        version = versions.get(document.text_version)
        if version is None or short_hash(version.text_sha256) in model.about.texts:
            continue
        looked = Looked(store.text(version.id)[:_DOUBTED_LETTERS], document.kind)
        found[document.id] = max((read(part, looked).doubt for part in model.parts), default=0.0)
    return found
