"""The verbs of annotating: each reads what the rules need, computes a Change, writes it and returns it.

`annotator`, `document`, `annotation` and `relation` are ids. Every verb raises InvalidEdit with a sentence
when the edit is refused, and nothing is written then. An annotator edits only their own set.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from annotator import editing, flags, linking
from annotator.change import Change, make_change
from annotator.desk import Desk
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    AnnotationSet,
    Annotator,
    Attributes,
    AttributeValue,
    Certainty,
    Fragment,
    Origin,
    Relation,
    Role,
    WorkState,
    annotator_set_id,
    new_id,
    quote,
)
from annotator.services.desks import desk_of
from annotator.services.history import next_step, take_back
from annotator.services.locking import assignment_of, refuse_done, refuse_reopened
from annotator.services.versions import check_lead
from annotator.store import Store

# Given to new annotators in turn: the hues of Okabe and Ito that hold on white and on black.
ANNOTATOR_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")


def highlight(
    store: Store,
    *,
    annotator: str,
    document: str,
    label: str,
    fragments: Iterable[tuple[int, int]],
    origin: Origin = "manual",
    exact: bool = False,
    slot_owner: str | None = None,
) -> Change:
    """Mark a stretch of a document; `exact` keeps what the label's layer would trim at the end.

    With a `slot_owner`, a span that the label is a slot of, the two are linked in the same Change; words
    that are marked so already are only linked.
    """
    desk = desk_of(store, annotator, document)
    text = store.text(desk.document.text_version)
    meant = desk.label_to_mark(label)
    layer = desk.schema.layer(meant.layer)
    trim_end = "" if exact or layer is None else layer.trim_end
    pieces = editing.extent(text, fragments, trim_end=trim_end)
    same_extent = _same_extent(store, desk, pieces)
    owner = None if slot_owner is None else _own_span(store, annotator, slot_owner)
    if owner is not None and (marked := _marked(same_extent, meant.id, pieces)) is not None:
        relation_type = linking.slot_relation(desk.schema, slot=meant, owner=owner)
        return link(store, annotator=annotator, type=relation_type.id, source=owner.id, target=marked.id)
    change = editing.highlight(
        desk,
        text=text,
        label=meant.id,
        fragments=pieces,
        same_extent=same_extent,
        repeats=_repeats(store, desk, meant.id, text, pieces),
        origin=origin,
        slot_owner=owner,
    )
    return _applied(store, change)


def relabel(store: Store, *, annotator: str, annotation: str, label: str) -> Change:
    """Give a span another label; attributes and links that do not fit it go in the same Change."""
    span, desk = _at_span(store, annotator, annotation)
    relations = store.relations_at(span.id)
    ends = set(chain.from_iterable((relation.source, relation.target) for relation in relations))
    change = editing.relabel(
        desk,
        text=store.text(span.text_version),
        span=span,
        label=label,
        same_extent=_same_extent(store, desk, span.fragments),
        relations=relations,
        labels={end: found.label for end in ends if (found := store.record(Annotation, end)) is not None},
    )
    return _applied(store, change)


def resize(store: Store, *, annotator: str, annotation: str, fragments: Iterable[tuple[int, int]]) -> Change:
    """Give a span another extent, as drawn but for white space at the ends; its links stay."""
    span, desk = _at_span(store, annotator, annotation)
    text = store.text(span.text_version)
    pieces = editing.extent(text, fragments)
    change = editing.resize(
        desk,
        text=text,
        span=span,
        fragments=pieces,
        same_extent=_same_extent(store, desk, pieces),
    )
    return _applied(store, change)


def remove(store: Store, *, annotator: str, annotations: Sequence[str]) -> Change:
    """Remove spans, and every link that starts or ends at one of them, in one Change."""
    spans = [_own_span(store, annotator, annotation) for annotation in dict.fromkeys(annotations)]
    at_them = chain.from_iterable(store.relations_at(span.id) for span in spans)
    relations = {relation.id: relation for relation in at_them}
    change = editing.remove(
        store.schema(), annotator=annotator, spans=spans, relations=tuple(relations.values())
    )
    return _applied(store, change)


def set_attribute(
    store: Store, *, annotator: str, annotation: str, attribute: str, value: AttributeValue | None
) -> Change:
    """Give a span a value of an attribute, or take it away with None."""
    span, desk = _at_span(store, annotator, annotation)
    change = editing.set_attribute(
        desk,
        span=span,
        attribute=attribute,
        value=value,
        same_extent=_same_extent(store, desk, span.fragments),
    )
    return _applied(store, change)


def set_note(store: Store, *, annotator: str, annotation: str, note: str) -> Change:
    """Write a note on a span, or remove it with an empty one."""
    span, desk = _at_span(store, annotator, annotation)
    return _applied(store, editing.set_note(desk, span=span, note=note))


def set_flag(store: Store, *, annotator: str, annotation: str, flagged: bool) -> Change:
    """Flag a span for discussion, or take the flag away."""
    span, desk = _at_span(store, annotator, annotation)
    return _applied(store, flags.set_flag(desk, span=span, flagged=flagged))


def set_certainty(store: Store, *, annotator: str, annotation: str, certainty: Certainty) -> Change:
    """Say how certain the annotator is of a span."""
    span, desk = _at_span(store, annotator, annotation)
    return _applied(store, editing.set_certainty(desk, span=span, certainty=certainty))


def link(
    store: Store,
    *,
    annotator: str,
    type: str,
    source: str,
    target: str,
    attributes: Attributes | None = None,
) -> Change:
    """Link two spans of the annotator, which may stand in different documents where the type allows it."""
    start = _own_span(store, annotator, source)
    change = linking.link(
        desk_of(store, annotator, start.document),
        type=type,
        source=start,
        target=_own_span(store, annotator, target),
        existing=store.relations_at(start.id),
        attributes=attributes,
    )
    return _applied(store, change)


def unlink(store: Store, *, annotator: str, relation: str) -> Change:
    """Take a link away; its spans stay."""
    found, desk = _at_relation(store, annotator, relation)
    change = linking.unlink(
        desk,
        relation=found,
        source=_own_span(store, annotator, found.source),
        target=_own_span(store, annotator, found.target),
    )
    return _applied(store, change)


def set_relation_attribute(
    store: Store, *, annotator: str, relation: str, attribute: str, value: AttributeValue | None
) -> Change:
    """Qualify a link: "value" is one choice, "values" are several; None takes that away."""
    found, desk = _at_relation(store, annotator, relation)
    change = linking.set_relation_attribute(desk, relation=found, attribute=attribute, value=value)
    return _applied(store, change)


def set_relation_note(store: Store, *, annotator: str, relation: str, note: str) -> Change:
    """Write a note on a link, or remove it with an empty one."""
    found, desk = _at_relation(store, annotator, relation)
    return _applied(store, linking.set_relation_note(desk, relation=found, note=note))


def set_relation_certainty(store: Store, *, annotator: str, relation: str, certainty: Certainty) -> Change:
    """Say how certain the annotator is of a link."""
    found, desk = _at_relation(store, annotator, relation)
    return _applied(store, linking.set_relation_certainty(desk, relation=found, certainty=certainty))


def set_document_label(
    store: Store, *, annotator: str, document: str, name: str, value: AttributeValue | None
) -> Change:
    """Give a whole document a value, or take it away with None."""
    desk = desk_of(store, annotator, document)
    present = next(
        (label for label in store.document_labels(document, desk.set_id) if label.name == name.strip()), None
    )
    return _applied(store, editing.set_document_label(desk, name=name, value=value, present=present))


def set_work_state(
    store: Store, *, annotator: str, document: str, state: WorkState, message: str = ""
) -> Change:
    """Say how far the annotator's work on a document is."""
    desk = desk_of(store, annotator, document)
    present = assignment_of(store, annotator=annotator, document=document)
    return _applied(store, editing.set_work_state(desk, state=state, message=message, present=present))


def undo(store: Store, *, annotator: str, document: str | None) -> Change:
    """Take back this workstation's newest change in a document, or with None the newest over several.

    Refused where there is none, where it is somebody else's, or where a later change has touched it.
    """
    entry = next_step(store, document, "undo")
    if entry is None:
        raise InvalidEdit("Nothing to undo here.")
    return _applied(store, take_back(store, entry, annotator=annotator, verb="undo"))


def redo(store: Store, *, annotator: str, document: str | None) -> Change:
    """Make again what was undone last; refused as `undo` is."""
    entry = next_step(store, document, "redo")
    if entry is None:
        raise InvalidEdit("Nothing to redo here.")
    return _applied(store, take_back(store, entry, annotator=annotator, verb="redo"))


def add_annotator(
    store: Store, *, annotator: str, name: str, role: Role = "annotator", colour: str | None = None
) -> Change:
    """Let somebody join the project, with an own set; `annotator` is who adds them.

    Only a lead makes a reviewer or another lead.
    """
    present = store.annotators()
    name = free_name(present, name)
    if role != "annotator":
        check_lead(store, annotator, "roles")
    chosen = colour or ANNOTATOR_COLOURS[len(present) % len(ANNOTATOR_COLOURS)]
    person = Annotator(new_id(), name, role, chosen)
    own_set = AnnotationSet(annotator_set_id(person.id), "annotator", person.id)
    return _applied(store, make_change(f"Add {name}", annotator=annotator, after=(person, own_set)))


def change_annotator(
    store: Store,
    *,
    annotator: str,
    person: str,
    name: str | None = None,
    role: Role | None = None,
    colour: str | None = None,
) -> Change:
    """Give an annotator (an id) another name, role or colour; None leaves it.

    Raises InvalidEdit if nothing changes, if somebody else has the name, if the annotator does not lead
    the project (everybody chooses their own name and colour), or if no lead would be left.
    """
    found = store.record(Annotator, person)
    if found is None:
        raise InvalidEdit("This annotator is not in the project any more.")
    others = [other for other in store.annotators() if other.id != person]
    if annotator != person or role not in (None, found.role):
        check_lead(store, annotator, "roles and people")
    changed = replace(
        found,
        name=found.name if name is None else free_name(others, name),
        role=role or found.role,
        colour=colour or found.colour,
    )
    if changed == found:
        raise InvalidEdit(f"{found.name} is as before.")
    if found.role == "lead" and changed.role != "lead" and all(other.role != "lead" for other in others):
        raise InvalidEdit(f"{found.name} is the only lead; make somebody else a lead first.")
    return _applied(
        store, make_change(f"Change {found.name}", annotator=annotator, before=(found,), after=(changed,))
    )


def free_name(people: Iterable[Annotator], name: str) -> str:
    """A name as it is kept. Raises InvalidEdit if it is empty or one of the people has it, in any case."""
    name = " ".join(name.split())
    if not name:
        raise InvalidEdit("An annotator needs a name.")
    if any(other.name.casefold() == name.casefold() for other in people):
        raise InvalidEdit(f"There is an annotator {name} already; choose another name.")
    return name


def _applied(store: Store, change: Change) -> Change:
    refuse_done(store, change)
    refuse_reopened(store, change)
    store.apply(change)
    return change


def _own_span(store: Store, annotator: str, annotation: str) -> Annotation:
    span = store.record(Annotation, annotation)
    if span is None:
        raise InvalidEdit("This span is not there any more.")
    _refuse_foreign(store, annotator, span.set, "span")
    return span


def _at_span(store: Store, annotator: str, annotation: str) -> tuple[Annotation, Desk]:
    """An own span, and the desk that it is on."""
    span = _own_span(store, annotator, annotation)
    return span, desk_of(store, annotator, span.document)


def _at_relation(store: Store, annotator: str, relation: str) -> tuple[Relation, Desk]:
    """An own link, and the desk that it starts on."""
    found = _own_relation(store, annotator, relation)
    return found, desk_of(store, annotator, found.document)


def _own_relation(store: Store, annotator: str, relation: str) -> Relation:
    found = store.record(Relation, relation)
    if found is None:
        raise InvalidEdit("This link is not there any more.")
    _refuse_foreign(store, annotator, found.set, "link")
    return found


def _refuse_foreign(store: Store, annotator: str, set_id: str, what: str) -> None:
    if set_id == annotator_set_id(annotator):
        return
    found = store.record(AnnotationSet, set_id)
    owner = store.record(Annotator, found.owner) if found is not None and found.owner is not None else None
    if owner is None:
        raise InvalidEdit(f"This {what} is gold, which only decisions change.")
    raise InvalidEdit(f"This {what} is {owner.name}’s; only {owner.name} changes it.")


def _same_extent(store: Store, desk: Desk, pieces: tuple[Fragment, ...]) -> tuple[Annotation, ...]:
    return store.annotations_at(desk.document.id, desk.set_id, pieces[0].start, pieces[-1].end)


def _marked(spans: Iterable[Annotation], label: str, pieces: tuple[Fragment, ...]) -> Annotation | None:
    return next((span for span in spans if span.label == label and span.fragments == pieces), None)


def _repeats(
    store: Store, desk: Desk, label: str, text: str, pieces: tuple[Fragment, ...]
) -> tuple[Annotation, ...]:
    """The spans that values may be proposed from; looked for only where an attribute asks for them."""
    if not any(attribute.per for attribute in desk.schema.attributes_of(label, desk.document.kind)):
        return ()
    return store.annotations_reading(desk.document.id, desk.set_id, label, quote(text, pieces).exact)
