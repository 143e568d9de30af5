"""The verbs of handing out work: planning who gets which documents, for which layers, then assigning them.

An assignment that a lead has given names its layers. Where somebody works on a document without one, the
record that says how far they are names none, and means all layers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.change import Change, make_change
from annotator.dealing import Length, Rule, deal
from annotator.errors import InvalidEdit
from annotator.model import Annotator, Assignment, Document, assignment_id
from annotator.schema import LabelSchema
from annotator.services.versions import check_lead
from annotator.store import DocumentRow, Store

WHAT = "assignments"


@dataclass(frozen=True, slots=True)
class Given:
    """A document that annotators (ids) get, and for which layers (ids)."""

    document: str
    title: str
    length: int
    annotators: tuple[str, ...]
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be assigned. `left_out` are titles of documents that have none of the layers asked for."""

    rows: tuple[Given, ...]
    left_out: tuple[str, ...] = ()

    def documents_of(self, annotator: str) -> int:
        return sum(annotator in row.annotators for row in self.rows)

    def length_of(self, annotator: str) -> int:
        """How much an annotator would get to read, in code points."""
        return sum(row.length for row in self.rows if annotator in row.annotators)

    @property
    def shared(self) -> int:
        """How many documents go to several annotators."""
        return sum(len(row.annotators) > 1 for row in self.rows)


def unassigned(store: Store) -> tuple[DocumentRow, ...]:
    """The documents that no lead has given to anybody, in order of import."""
    taken = {given.document for given in store.all_assignments() if given.layers}
    return tuple(row for row in store.document_rows("") if row.id not in taken)


def plan_dealing(
    store: Store,
    *,
    documents: Sequence[DocumentRow],
    annotators: Sequence[str],
    rule: Rule,
    layers: Sequence[str] = (),
) -> Plan:
    """Deal documents out by a rule; what the annotators have to do already counts for the balance.

    Raises InvalidEdit for an unknown layer or a rule that cannot be followed.
    """
    lengths = {row.id: row.length for row in store.document_rows("")}
    loads: Counter[str] = Counter()
    for given in store.all_assignments():
        if given.layers and given.state not in ("done", "skipped"):
            loads[given.annotator] += lengths.get(given.document, 0)
    kept, left_out = _with_layers(store.schema(), documents, layers)
    hands = deal([Length(row.id, row.length) for row, _ in kept], annotators, rule, loads)
    return Plan(
        tuple(Given(row.id, row.title, row.length, hands[row.id], some) for row, some in kept), left_out
    )


def plan_by_hand(
    store: Store, *, documents: Sequence[DocumentRow], annotators: Sequence[str], layers: Sequence[str] = ()
) -> Plan:
    """Give every one of the documents to every one of the annotators."""
    if not annotators:
        raise InvalidEdit("Nobody is chosen to give the documents to.")
    kept, left_out = _with_layers(store.schema(), documents, layers)
    people = tuple(dict.fromkeys(annotators))
    return Plan(tuple(Given(row.id, row.title, row.length, people, some) for row, some in kept), left_out)


def assign(store: Store, *, annotator: str, plan: Plan) -> Change:
    """Write a plan as one Change. Work that has begun keeps its state; only its layers change.

    Raises InvalidEdit if the annotator does not lead the project or nothing of the plan is new.
    """
    check_lead(store, annotator, WHAT)
    present = {(given.document, given.annotator): given for given in store.all_assignments()}
    _check_records(store, plan)
    before: list[Assignment] = []
    after: list[Assignment] = []
    for row in plan.rows:
        for person in row.annotators:
            known = present.get((row.document, person))
            if known is None:
                record_id = assignment_id(person, row.document)
                after.append(Assignment(record_id, row.document, person, "todo", row.layers))
            elif known.layers != row.layers:
                before.append(known)
                after.append(replace(known, layers=row.layers))
    if not after:
        raise InvalidEdit("All of this is assigned already; choose other documents or annotators.")
    return _applied(store, annotator, f"Assign {_documents(after)}", before, after)


def withdraw(store: Store, *, annotator: str, documents: Iterable[str], people: Iterable[str] = ()) -> Change:
    """Take documents back from the people (ids), or from everybody; nothing that is marked goes away.

    An assignment on which work has begun stays as the state of that work, for all layers.
    """
    check_lead(store, annotator, WHAT)
    chosen, whose = set(documents), set(people)
    before = [
        given
        for given in store.all_assignments()
        if given.layers and given.document in chosen and (not whose or given.annotator in whose)
    ]
    if not before:
        raise InvalidEdit("None of these documents is assigned to them.")
    after = [replace(given, layers=()) for given in before if given.state != "todo"]
    return _applied(store, annotator, f"Take back {_documents(before)}", before, after)


def layers_for(schema: LabelSchema, kind: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """The layers that a document of a kind is assigned for: those wanted that it can have.

    Without a wish it is what the schema always offers there; a layer on demand has to be wished for.
    """
    offers = {layer.id: layer.offer(kind) for layer in schema.layers}
    unknown = [name for name in wanted if name not in offers]
    if unknown:
        raise InvalidEdit(
            f"The label schema has no layer {unknown[0]}. Its layers are {', '.join(offers) or 'none'}."
        )
    if wanted:
        return tuple(name for name in offers if name in wanted and offers[name] != "never")
    return tuple(name for name, offer in offers.items() if offer == "always")


def _with_layers(
    schema: LabelSchema, documents: Sequence[DocumentRow], wanted: Sequence[str]
) -> tuple[list[tuple[DocumentRow, tuple[str, ...]]], tuple[str, ...]]:
    both = [(row, layers_for(schema, row.kind, wanted)) for row in documents]
    kept = [(row, layers) for row, layers in both if layers]
    return kept, tuple(row.title for row, layers in both if not layers)


def _check_records(store: Store, plan: Plan) -> None:
    people = {person for row in plan.rows for person in row.annotators}
    if len(store.records(Annotator, sorted(people))) < len(people):
        raise InvalidEdit("An annotator of the plan is not in the project any more; plan again.")
    documents = [row.document for row in plan.rows]
    if len(store.records(Document, documents)) < len(documents):
        raise InvalidEdit("A document of the plan is not in the project any more; plan again.")


def _documents(records: Iterable[Assignment]) -> str:
    count = len({record.document for record in records})
    return "1 document" if count == 1 else f"{count} documents"


def _applied(
    store: Store, annotator: str, title: str, before: Sequence[Assignment], after: Sequence[Assignment]
) -> Change:
    touched = {record.document for record in (*before, *after)}
    change = make_change(
        title,
        annotator=annotator,
        document=touched.pop() if len(touched) == 1 else None,
        before=before,
        after=after,
    )
    store.apply(change)
    return change
