"""What is suggested for a document, and the verbs of who decides on it: accept, reject.

An annotator is suggested only what follows from their own work: what another one marked would make the two
agree without either having looked. The learned model has seen the work of all, and so is silent in what it
has learned from. Suggesting is a job that reads and never writes.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator import editing
from annotator.change import Change
from annotator.desk import Desk, offer_here
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    Document,
    Rejection,
    annotator_set_id,
    derived_id,
    now,
)
from annotator.progress import Job, Progress
from annotator.services import learning
from annotator.services.desks import desk_of
from annotator.services.learning import ModelAtHand
from annotator.services.locking import assignment_of, is_done, refuse_done
from annotator.store import Store
from annotator.suggest.dictionary import ORIGIN as DICTIONARY
from annotator.suggest.dictionary import Dictionary
from annotator.suggest.isolated import SuggesterProcess
from annotator.suggest.local_model import NAME as MODEL
from annotator.suggest.local_model import PLACE as MODEL_PLACE
from annotator.suggest.local_model import SECONDS as MODEL_SECONDS
from annotator.suggest.local_model import check_address
from annotator.suggest.short_names import Named, short_names
from annotator.suggest.suggester import BUILT_IN, InvalidSuggestions, Subject, places
from annotator.suggest.suggestion import Marked, Suggestion, best_of, compared, whole_names
from annotator.suggest.track_record import TrackRecord

MOST_COMPARED = 5  # documents that were done before, which what a suggester says of them is compared with


@dataclass(slots=True)
class Learned:
    """What was learned of an annotator's work so far; `stale` are documents to learn anew, None for all.

    `processes` are the suggesters beside the dictionary, by their names; what they gave is kept by text.

    One job at a time learns; what is noted in `stale` meanwhile is for the next one.
    """

    annotator: str
    processes: Mapping[str, SuggesterProcess] = field(default_factory=dict)
    has_dictionary: bool = True
    dictionary: Dictionary = field(default_factory=Dictionary)
    stale: set[str] | None = None
    known: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # by document: its spans, its state
    given: dict[tuple[str, str], tuple[Suggestion, ...]] = field(default_factory=dict)
    record: TrackRecord = field(default_factory=TrackRecord)
    compared: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by document: whose word was
    has_model: bool = True
    model: ModelAtHand = field(default_factory=ModelAtHand)
    least_precision: float = 0.7  # of a label, on documents held out; below it the model is silent

    def knows_of_model(self, document: Document) -> bool:
        """Whether what the model suggests in a document is at hand, or is not asked for."""
        return not self.has_model or self.model.is_of(document)


def processes(names: Collection[str] = ()) -> dict[str, SuggesterProcess]:
    """The suggesters beside the dictionary, or those named, none started; whoever asked closes them."""
    chosen = {name: place for name, place in places().items() if not names or name in names}
    return {name: SuggesterProcess(name, place) for name, place in chosen.items()}


class ModelServer(NamedTuple):
    """Where a language model is asked, which one, and the address that text may leave this machine for."""

    address: str = ""
    model: str = ""
    consent: str = ""


NO_SERVER = ModelServer()


def learned_by(annotator: str, names: Collection[str] = (), server: ModelServer = NO_SERVER) -> Learned:
    """Nothing yet, to be learned of an annotator's work; with the suggesters of these names, or all.

    The model server is one of them where an address is given. The processes are the caller's to close.
    Raises InvalidSuggestions if there is no suggester of a name, or if no text may be sent to the server.
    """
    known = {DICTIONARY, learning.ORIGIN, *places(), *((MODEL,) if server.address else ())}
    for name in names:
        if name not in known:
            raise InvalidSuggestions(f"There is no suggester “{name}”; there are {', '.join(sorted(known))}.")
    asked = processes(names)
    if server.address and (not names or MODEL in names):
        check_address(server.address, server.consent)
        asked[MODEL] = SuggesterProcess(
            MODEL, MODEL_PLACE, (server.address, server.model), seconds=MODEL_SECONDS
        )
    has = {name: not names or name in names for name in (DICTIONARY, learning.ORIGIN)}
    return Learned(annotator, asked, has[DICTIONARY], has_model=has[learning.ORIGIN])


def learn(store: Store, learned: Learned) -> Job[None]:
    """Bring what was learned up to date; a job that is cancelled has learned a part, and is begun anew."""
    if not learned.has_dictionary:
        return
    rows = {row.id: (row.spans, row.state) for row in store.document_rows(learned.annotator)}
    for gone in [each for each in learned.dictionary.documents if each not in rows]:
        learned.dictionary.forget(gone)
    changed = {each for each, fact in rows.items() if _is_changed(learned, each, fact)}
    new: set[str] = set()
    for number, document in enumerate(changed):
        yield Progress(number, len(changed))
        new |= learned.dictionary.teach(document, _spans(store, learned.annotator, document))
    prefixes = tuple(word[: max(2, len(word) - 1)] for word in new)  # which a plural begins with as well
    others = [each for each in learned.dictionary.documents if each not in changed] if new else []
    for document in (*changed, *others):
        yield Progress(0, 0)
        _count(store, learned, document, () if document in changed else prefixes)
    learned.stale, learned.known = set(), rows


def _is_changed(learned: Learned, document: str, fact: tuple[int, str]) -> bool:
    """Whether a document's marks are not as they were learned."""
    is_stale = learned.stale is None or document in learned.stale
    has_work = fact[0] > 0 or document in learned.dictionary
    return has_work and (is_stale or learned.known.get(document) != fact)


def _spans(store: Store, annotator: str, document: str) -> tuple[Annotation, ...]:
    found = store.record(Document, document)
    spans = store.annotations(document, annotator_set_id(annotator))
    return tuple(span for span in spans if found is not None and span.text_version == found.text_version)


def _count(store: Store, learned: Learned, document: str, prefixes: Collection[str]) -> None:
    """Count in a document, unless it has none of the words that begin so."""
    found = store.record(Document, document)
    if found is None:
        return
    text = store.text(found.text_version)
    folded = text.casefold() if prefixes else ""
    if not prefixes or any(prefix in folded for prefix in prefixes):
        learned.dictionary.count(
            document,
            text=text,
            spans=_spans(store, learned.annotator, document),
            schema=store.schema(),
            is_done=is_done(store, annotator=learned.annotator, document=document),
        )


def ask(store: Store, learned: Learned, *, name: str, document: str) -> Job[None]:
    """Ask one of the processes about a document's text, unless it was asked; its answer is kept in `learned`.

    It may run beside a look that asks none, and beside another process.
    """
    found = store.record(Document, document)
    if found is None or (name, found.text_version) in learned.given:
        return
    subject = Subject(store.text(found.text_version), found.kind, store.schema(), found.metadata)
    answer = yield from learned.processes[name].suggest(subject)
    learned.given[name, found.text_version] = answer


def ask_about_done(store: Store, learned: Learned, *, name: str) -> Job[None]:
    """Ask one of the processes about the last few documents that are done, to know how often it is right.

    Only what comes with the program is asked: others may be slow, or send the text away.
    """
    done = _done(learned) if name in BUILT_IN else []
    for document in done[-MOST_COMPARED:]:
        yield from ask(store, learned, name=name, document=document)


def _done(learned: Learned) -> list[str]:
    return [document for document, (_, state) in learned.known.items() if state == "done"]


def _compare(store: Store, learned: Learned) -> None:
    """Set what was said of documents that are done now against what is marked there."""
    done = _done(learned)
    for gone in set(learned.record.documents).difference(done):
        learned.record.forget(gone)
        del learned.compared[gone]
    schema = store.schema()
    for document, found in store.records(Document, done).items():
        version = found.text_version
        names = tuple(name for name in learned.processes if (name, version) in learned.given)
        if learned.compared.get(document, ()) == names:
            continue
        said = [
            each
            for name in names
            for each in best_of(schema, learned.given[name, version])
            if schema.offer(each.label, found.kind) == "always"
        ]
        learned.record.compare(document, said, _spans(store, learned.annotator, document), schema)
        learned.compared[document] = names


def suggest(
    store: Store, learned: Learned, *, document: str, asks: bool = True, is_quick: bool = False
) -> Job[tuple[Suggestion, ...]]:
    """What is suggested to the annotator in a document, in text order; nothing where their work is done.

    Without `asks` the processes suggest what they were asked for before. `is_quick` also leaves the learned
    model alone where it is not at hand.
    """
    yield from learn(store, learned)
    found = store.record(Document, document)
    if found is None or is_done(store, annotator=learned.annotator, document=document):
        return ()
    text, schema = store.text(found.text_version), store.schema()
    yield Progress(0, 0)
    known = learned.dictionary.suggestions(text, schema) if learned.has_dictionary else []
    said: list[Suggestion] = []
    for name in learned.processes if asks else ():
        yield from ask(store, learned, name=name, document=document)
        yield from ask_about_done(store, learned, name=name)
    _compare(store, learned)
    for name in learned.processes:
        said += learned.record.judged(learned.given.get((name, found.text_version), ()))
    if learned.has_model and (not is_quick or learned.model.is_of(found)):
        said += learning.suggestions(store, learned.model, found, least_precision=learned.least_precision)
    full = {*_named(text, (*known, *said)), *_marked_names(store, learned, document)}
    yield Progress(0, 0)
    allowed = _allowed(store, learned.annotator, found, text)
    known, said, short = (list(filter(allowed, some)) for some in (known, said, short_names(text, full)))
    return best_of(schema, (*said, *whole_names(schema, known=known, short=short, said=said)))


def _named(text: str, made: Sequence[Suggestion]) -> list[Named]:
    """What is suggested, as names that may have a short form."""
    return [Named(text[each.start : each.end], each.label, each.confidence, each.origin) for each in made]


def _marked_names(store: Store, learned: Learned, document: str) -> list[Named]:
    """What the annotator has marked in a document already: as sure as can be."""
    spans = _spans(store, learned.annotator, document) if learned.has_dictionary else ()
    schema = store.schema()
    return [Named(span.quote.exact, schema.in_force(span.label), 1.0, DICTIONARY) for span in spans]


def _allowed(store: Store, annotator: str, document: Document, text: str) -> Callable[[Suggestion], bool]:
    """Whether a suggestion may be shown: not rejected, not marked, of a label offered here.

    A label that is offered on demand is suggested once its layer is in use in the document.
    """
    schema, set_id = store.schema(), annotator_set_id(annotator)
    given = assignment_of(store, annotator=annotator, document=document.id)
    layers = () if given is None else given.layers
    rejected = {(schema.in_force(each.label), each.words) for each in store.rejections(set_id)}
    present = store.annotations(document.id, set_id)
    marked, in_use = Marked(schema, present), {schema.layer_of(span.label) for span in present}

    def is_allowed(suggestion: Suggestion) -> bool:
        offer = offer_here(schema, suggestion.label, document.kind, layers)
        is_offered = offer == "always" or (offer != "never" and schema.layer_of(suggestion.label) in in_use)
        key = schema.in_force(suggestion.label), compared(text, suggestion.fragments)
        return is_offered and key not in rejected and not marked.has(suggestion)

    return is_allowed


def accept(store: Store, *, annotator: str, document: str, suggestions: Sequence[Suggestion]) -> Change:
    """Mark what is suggested, all in one Change; the spans keep that they came from a suggestion.

    Of several, those that the rules refuse are left out. Raises InvalidEdit if none can be marked.
    """
    desk = desk_of(store, annotator, document)
    text = store.text(desk.document.text_version)
    made: list[Annotation] = []
    refusal: InvalidEdit | None = None
    for each in suggestions:
        try:
            made.append(_span(store, desk, text, each, made))
        except InvalidEdit as error:
            refusal = error
    if not made:
        raise refusal or InvalidEdit("There is no suggestion to accept.")
    label = desk.schema.label(made[0].label)
    name = made[0].label if label is None else label.name
    title = f"Accept {name}" if len(made) == 1 else f"Accept {len(made)} suggestions"
    change = desk.change(title, after=made)
    refuse_done(store, change)
    store.apply(change)
    return change


def _span(store: Store, desk: Desk, text: str, suggestion: Suggestion, made: list[Annotation]) -> Annotation:
    """The span that a suggestion becomes beside those made already, with the values proposed for it."""
    pieces = editing.extent(text, suggestion.fragments)
    there = store.annotations_at(desk.document.id, desk.set_id, pieces[0].start, pieces[-1].end)
    change = editing.highlight(
        desk,
        text=text,
        label=suggestion.label,
        fragments=pieces,
        same_extent=(*there, *(span for span in made if span.fragments == pieces)),
        repeats=_repeats(store, desk, text, suggestion, made),
        origin="suggestion",
    )
    span = next(record for record in change.after if isinstance(record, Annotation))
    return _with_values(desk, span, suggestion)


def _repeats(
    store: Store, desk: Desk, text: str, suggestion: Suggestion, made: list[Annotation]
) -> tuple[Annotation, ...]:
    """The spans that values may be proposed from: those of the same words and label."""
    label = desk.schema.in_force(suggestion.label)
    if not any(each.per for each in desk.schema.attributes_of(label, desk.document.kind)):
        return ()
    exact = text[suggestion.start : suggestion.end]
    stored = store.annotations_reading(desk.document.id, desk.set_id, label, exact)
    return (*stored, *(span for span in made if span.label == label and span.quote.exact == exact))


def _with_values(desk: Desk, span: Annotation, suggestion: Suggestion) -> Annotation:
    """The span with those values of the suggestion that its label can have here."""
    known = desk.schema.attributes_of(span.label, desk.document.kind)
    values = {each.id: suggestion.attributes[each.id] for each in known if each.is_set(suggestion.attributes)}
    return replace(span, attributes={**span.attributes, **values})


def reject(store: Store, *, annotator: str, document: str, suggestion: Suggestion) -> Change:
    """Let these words by this label not be suggested to the annotator again, in any document."""
    desk = desk_of(store, annotator, document)
    words = compared(store.text(desk.document.text_version), suggestion.fragments)
    label = desk.schema.label(suggestion.label)
    made = Rejection(
        id=derived_id(desk.set_id, document, "rejection", suggestion.label, words),
        document=document,
        set=desk.set_id,
        label=suggestion.label,
        words=words,
        created=now(),
    )
    if store.record(Rejection, made.id) is not None:
        raise InvalidEdit("This suggestion is rejected already.")
    name = suggestion.label if label is None else label.name
    change = desk.change(f"Reject the suggestion {name}", after=(made,))
    store.apply(change)
    return change
