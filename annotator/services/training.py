"""The verbs of training rounds: a lead begins and ends them, and who is done sees their work beside the key.

Who has seen the key cannot reopen the document; a reviewer may return it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.guidelines import Part, rules
from annotator.key_comparison import Answer, Score, answers, deciding_rules, in_layer, score
from annotator.model import AnnotationSet, Document, annotator_set_id, gold_set_id
from annotator.roles import sees_others
from annotator.services.locking import assignment_of, is_done
from annotator.services.versions import check_lead
from annotator.store import Store
from annotator.training import Mark, Training, training_of, with_training

WHAT = "training rounds"
GOLD = "gold"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A document's work beside its key: scores and spans by layer, and the rules by number that are named."""

    document: str
    training: Training
    scores: tuple[Score, ...]
    answers: tuple[Answer, ...]
    rules: Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Trainee:
    """How far an annotator (an id) is in a round, and what they have reached in what is done."""

    annotator: str
    done: int
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A round with its documents, in order of import, and those who work on them or have."""

    name: str
    key: str
    marks: tuple[Mark, ...]
    documents: tuple[Document, ...]
    trainees: tuple[Trainee, ...]

    def has_passed(self, trainee: Trainee) -> bool | None:
        """Whether all pass marks are reached; None while documents are left."""
        if trainee.done < len(self.documents):
            return None
        return all(each.is_passed for each in trainee.scores)


def begin_round(
    store: Store, *, annotator: str, name: str, documents: Collection[str], key: str, marks: Sequence[Mark]
) -> Change:
    """Put documents (ids) into a round; `key` is the id of the set that they are held against.

    A round of that name goes on with the new key and marks. Raises InvalidEdit if the annotator does not
    lead, if no mark is given or it is not between 0 and 1, or if a document has no span of the key.
    """
    check_lead(store, annotator, WHAT)
    name = " ".join(name.split())
    if not name:
        raise InvalidEdit("Give the training round a name.")
    _check_marks(store, marks)
    found = store.records(Document, sorted(documents))
    if not found or len(found) < len(set(documents)):
        raise InvalidEdit("Choose documents of the project for the training round.")
    if store.record(AnnotationSet, key) is None:
        raise InvalidEdit("The key of the training round is not in the project.")
    layers = [mark.layer for mark in marks]
    schema = store.schema()
    for document in found.values():
        spans = store.annotations(document.id, key)
        if not any(in_layer(spans, schema, layer) for layer in layers):
            raise InvalidEdit(
                f"“{document.title}” has no key in these layers; mark it first, or leave it out."
            )
    training = Training(name, key, tuple(marks))
    return _changed(store, annotator, f"Training round {name}", found.values(), training)


def end_round(store: Store, *, annotator: str, name: str) -> Change:
    """Take all documents of a round out of it; what was marked stays. Raises InvalidEdit for another name."""
    check_lead(store, annotator, WHAT)
    found = [document for document, training in _in_training(store) if training.round == name]
    if not found:
        raise InvalidEdit(f"There is no training round “{name}”.")
    return _changed(store, annotator, f"End training round {name}", found, None)


def _check_marks(store: Store, marks: Sequence[Mark]) -> None:
    known = [layer.id for layer in store.schema().layers]
    if not marks:
        raise InvalidEdit("Give a pass mark for one layer at least.")
    for mark in marks:
        if mark.layer not in known:
            raise InvalidEdit(f"There is no layer {mark.layer}; there are {', '.join(known)}.")
        if not 0 <= mark.least <= 1:
            raise InvalidEdit("A pass mark is between 0 and 100 percent.")


def _changed(
    store: Store, annotator: str, title: str, documents: Iterable[Document], training: Training | None
) -> Change:
    before = [each for each in documents if training_of(each) != training]
    if not before:
        raise InvalidEdit("These documents are in that training round already.")
    after = [with_training(each, training) for each in before]
    change = make_change(title, annotator=annotator, before=before, after=after)
    store.apply(change)
    return change


def _in_training(store: Store) -> list[tuple[Document, Training]]:
    both = ((document, training_of(document)) for document in store.documents())
    return [(document, training) for document, training in both if training is not None]


def key_sets(store: Store) -> tuple[tuple[str, str], ...]:
    """The sets that can be a key: gold, and those of reviewers and leads; each with a name for people."""
    people = [person for person in store.annotators() if sees_others(person.role)]
    own = ((annotator_set_id(person.id), person.name) for person in people)
    return ((gold_set_id(store.project_id), GOLD), *own)


def documents_with_key(store: Store, key: str) -> tuple[tuple[str, str, int], ...]:
    """The documents in which a set (an id) has spans: id, title, and how many."""
    owner = next((person.id for person in store.annotators() if annotator_set_id(person.id) == key), None)
    rows = store.document_rows(owner or "")
    if owner is None:
        counts = {row.id: len(store.annotations(row.id, key)) for row in rows}
    else:
        counts = {row.id: row.spans for row in rows}
    return tuple((row.id, row.title, counts[row.id]) for row in rows if counts[row.id])


def compare_with_key(store: Store, *, annotator: str, document: str) -> Comparison:
    """An annotator's work on a training document beside the key.

    Raises InvalidEdit if it is in no round, or the annotator is not done with it.
    """
    found = store.record(Document, document)
    training = None if found is None else training_of(found)
    if found is None or training is None:
        raise InvalidEdit("This document is in no training round.")
    if not is_done(store, annotator=annotator, document=document):
        raise InvalidEdit(f"“{found.title}” is held against its key when it is done.")
    schema, guidelines = store.schema(), store.guidelines()
    decided = {each.annotation: each.rule_id for each in store.decisions(document) if each.annotation}
    own, key = (
        store.annotations(document, annotator_set_id(annotator)),
        store.annotations(document, training.key),
    )
    scores, rows = [], []
    for mark in training.marks:
        mine, right = in_layer(own, schema, mark.layer), in_layer(key, schema, mark.layer)
        scores.append(score(mine, right, mark))
        for each in answers(mine, right):
            deciding = deciding_rules(each, decided=decided, guidelines=guidelines, schema=schema)
            rows.append(Answer(each.kind, each.own, each.key, deciding))
    rows.sort(key=lambda each: (each.span.start, each.span.end, each.span.id))
    parts = {part.key: part for part in rules(guidelines)}
    return Comparison(document, training, tuple(scores), tuple(rows), parts)


def training_rounds(store: Store) -> tuple[Round, ...]:
    """All rounds by name, with what each annotator has reached; the key's owner is no trainee."""
    by_name: dict[str, list[tuple[Document, Training]]] = {}
    for document, training in _in_training(store):
        by_name.setdefault(training.round, []).append((document, training))
    return tuple(_round(store, name, own) for name, own in sorted(by_name.items()))


def _round(store: Store, name: str, own: Sequence[tuple[Document, Training]]) -> Round:
    documents, training = tuple(document for document, _ in own), own[-1][1]
    trainees = []
    for person in store.annotators():
        if annotator_set_id(person.id) == training.key:
            continue
        given = [assignment_of(store, annotator=person.id, document=document.id) for document in documents]
        done = [
            document
            for document, work in zip(documents, given, strict=True)
            if work is not None and work.state == "done"
        ]
        if any(given):
            trainees.append(Trainee(person.id, len(done), _scores(store, person.id, training, done)))
    return Round(name, training.key, training.marks, documents, tuple(trainees))


def _scores(
    store: Store, annotator: str, training: Training, documents: Iterable[Document]
) -> tuple[Score, ...]:
    sums = {mark.layer: Score(mark, 0, 0) for mark in training.marks}
    schema = store.schema()
    for document in documents:
        own = store.annotations(document.id, annotator_set_id(annotator))
        key = store.annotations(document.id, training.key)
        for mark in training.marks:
            mine, right = in_layer(own, schema, mark.layer), in_layer(key, schema, mark.layer)
            sums[mark.layer] = sums[mark.layer].plus(score(mine, right, mark))
    return tuple(sums.values())
