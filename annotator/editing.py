"""The rules of annotation: each function checks an edit of one annotator's set and returns it as a Change.

Nothing here reads or writes a project; a refused edit raises InvalidEdit with a sentence. A new span
starts with the values that `proposals` gives. What the schema no longer allows after an edit (attributes
and links of a relabelled span, links of a removed one) goes in the same Change, so undo brings it back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from annotator import linking, proposals
from annotator.change import Change, make_change
from annotator.desk import Desk, checked_value, label_name
from annotator.errors import InvalidEdit
from annotator.flags import FLAG, is_flagged, without_flag
from annotator.geometry import Range
from annotator.model import (
    Annotation,
    Assignment,
    Attributes,
    AttributeValue,
    Certainty,
    DocumentLabel,
    Fragment,
    Origin,
    Relation,
    WorkState,
    assignment_id,
    derived_id,
    new_id,
    now,
    quote,
)
from annotator.schema import LabelSchema
from annotator.text import normalise, trim

_STATE_TITLES: dict[WorkState, str] = {
    "todo": "Put the document back to do",
    "in_progress": "Start the document",
    "done": "Finish the document",
    "skipped": "Skip the document",
    "returned": "Return the document",
}


def extent(text: str, fragments: Iterable[tuple[int, int]], *, trim_end: str = "") -> tuple[Fragment, ...]:
    """The fragments as a span keeps them: in order, those that cross or touch joined, white space trimmed.

    The span does not end with a character of `trim_end`. Raises InvalidEdit if the fragments reach
    outside the text or nothing is left.
    """
    joined: list[Fragment] = []
    for start, end in sorted(fragments):
        if not 0 <= start <= end <= len(text):
            raise InvalidEdit("The selection reaches outside the text.")
        if joined and start <= joined[-1].end:
            joined[-1] = Fragment(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Fragment(start, end))
    trimmed = [Fragment(*trim(text, Range(*piece))) for piece in joined]
    kept = _trimmed_at_end(text, [piece for piece in trimmed if piece.start < piece.end], trim_end)
    if not kept:
        raise InvalidEdit("Only white space or punctuation is selected; select the words to mark.")
    return kept


def highlight(
    desk: Desk,
    *,
    text: str,
    label: str,
    fragments: tuple[Fragment, ...],
    same_extent: Iterable[Annotation],
    repeats: Sequence[Annotation] = (),
    origin: Origin = "manual",
    slot_owner: Annotation | None = None,
) -> Change:
    """Mark an `extent` of the text; with a `slot_owner`, link that span to the new one as well.

    `same_extent` are the set's spans that begin and end at the same places, `repeats` those of the same
    words and label.
    """
    meant = desk.label_to_mark(label)
    time = now()
    span = Annotation(
        id=new_id(),
        document=desk.document.id,
        text_version=desk.document.text_version,
        set=desk.set_id,
        label=meant.id,
        fragments=fragments,
        quote=quote(text, fragments),
        created=time,
        changed=time,
        attributes=proposals.propose(
            desk.schema,
            label=meant.id,
            kind=desk.document.kind,
            text=text,
            fragments=fragments,
            repeats=repeats,
        ),
        origin=origin,
    )
    _refuse_twin(desk, span, same_extent)
    if slot_owner is None:
        return desk.change(f"Mark {meant.name}", after=(span,))
    relation_type = linking.slot_relation(desk.schema, slot=meant, owner=slot_owner)
    joined = linking.new_relation(relation_type, source=slot_owner, target=span, origin=origin)
    return desk.change(f"Mark {meant.name}", after=(span, joined))


def relabel(
    desk: Desk,
    *,
    text: str,
    span: Annotation,
    label: str,
    same_extent: Iterable[Annotation],
    relations: Iterable[Relation] = (),
    labels: Mapping[str, str] | None = None,
) -> Change:
    """Give a span another label. Attributes and links that fit it are kept, the others go.

    `relations` are those at the span, `labels` the labels of the spans at their other ends by id.
    """
    meant = desk.label_to_mark(label)
    if meant.id == span.label:
        raise InvalidEdit(f"This span is marked {meant.name} already.")
    proposed = proposals.propose(
        desk.schema, label=meant.id, kind=desk.document.kind, text=text, fragments=span.fragments
    )
    kept = {
        attribute.id: span.attributes[attribute.id]
        for attribute in desk.schema.attributes_of(meant.id, desk.document.kind)
        if attribute.id in span.attributes
    }
    if is_flagged(span):
        kept[FLAG] = True
    relabelled = replace(span, label=meant.id, attributes=proposed | kept, changed=now())
    _refuse_twin(desk, relabelled, same_extent)
    lost = linking.unfitting(desk.schema, relations, {**(labels or {}), span.id: meant.id})
    return desk.change(f"Relabel as {meant.name}", before=(span, *lost), after=(relabelled,))


def resize(
    desk: Desk,
    *,
    text: str,
    span: Annotation,
    fragments: tuple[Fragment, ...],
    same_extent: Iterable[Annotation],
) -> Change:
    """Give a span another `extent`. Its links stay; a value that is still as proposed follows the words."""
    if fragments == span.fragments:
        raise InvalidEdit("The span has this extent already.")
    resized = replace(
        span,
        fragments=fragments,
        quote=quote(text, fragments),
        attributes=_following(desk, text, span, fragments),
        changed=now(),
    )
    _refuse_twin(desk, resized, same_extent)
    name = label_name(desk.schema, span.label)
    return desk.change(f"Resize {name}", before=(span,), after=(resized,))


def remove(
    schema: LabelSchema, *, annotator: str, spans: Sequence[Annotation], relations: Iterable[Relation]
) -> Change:
    """Remove spans, of one or several documents, with the `relations` that start or end at them."""
    if not spans:
        raise InvalidEdit("There is no span to remove.")
    documents = {span.document for span in spans}
    one = len(spans) == 1
    title = f"Remove {label_name(schema, spans[0].label)}" if one else f"Remove {len(spans)} spans"
    return make_change(
        title,
        annotator=annotator,
        document=documents.pop() if len(documents) == 1 else None,
        before=(*relations, *spans),
    )


def set_attribute(
    desk: Desk,
    *,
    span: Annotation,
    attribute: str,
    value: AttributeValue | None,
    same_extent: Iterable[Annotation],
) -> Change:
    """Give a span a value of an attribute, or take it away with None."""
    name = label_name(desk.schema, span.label)
    known = {each.id: each for each in desk.schema.attributes_of(span.label, desk.document.kind)}
    attributes = dict(span.attributes)
    title = known[attribute].name if attribute in known else attribute
    if value is not None:
        if attribute not in known:
            raise InvalidEdit(f"{name} has no attribute {attribute} in this document.")
        attributes[attribute] = checked_value(known[attribute], value)
    elif attributes.pop(attribute, None) is None:
        raise InvalidEdit(f"{title} of this span is not set.")
    changed = replace(span, attributes=attributes, changed=now())
    if attributes == span.attributes:
        raise InvalidEdit(f"{title} has this value already.")
    _refuse_twin(desk, changed, same_extent)
    verb = "Clear" if value is None else "Set"
    return desk.change(f"{verb} {title} of {name}", before=(span,), after=(changed,))


def set_note(desk: Desk, *, span: Annotation, note: str) -> Change:
    """Write a note on a span, or remove it with an empty one."""
    note = normalise(note).strip()
    if note == span.note:
        raise InvalidEdit("The note is as it was.")
    verb = "Write" if note else "Remove"
    name = label_name(desk.schema, span.label)
    changed = replace(span, note=note, changed=now())
    return desk.change(f"{verb} note on {name}", before=(span,), after=(changed,))


def set_certainty(desk: Desk, *, span: Annotation, certainty: Certainty) -> Change:
    """Say how certain the annotator is of a span."""
    if certainty not in get_args(Certainty):
        raise InvalidEdit(f"A span is {', '.join(get_args(Certainty))}, not {certainty}.")
    if certainty == span.certainty:
        raise InvalidEdit(f"This span is {certainty} already.")
    name = label_name(desk.schema, span.label)
    changed = replace(span, certainty=certainty, changed=now())
    return desk.change(f"Mark {name} as {certainty}", before=(span,), after=(changed,))


def set_document_label(
    desk: Desk, *, name: str, value: AttributeValue | None, present: DocumentLabel | None
) -> Change:
    """Give the whole document a value, or take it away with None; `present` is what it has by that name."""
    name = name.strip()
    if not name:
        raise InvalidEdit("A label of a document needs a name.")
    attribute = desk.schema.document_attribute(name)
    shown = name if attribute is None else attribute.name
    if value is None:
        if present is None:
            raise InvalidEdit(f"The document has no {shown}.")
        return desk.change(f"Clear {shown} of the document", before=(present,))
    if attribute is not None:
        value = checked_value(attribute, value)
    if present is not None and present.value == value:
        raise InvalidEdit(f"The document has this {shown} already.")
    label_id = derived_id(desk.set_id, desk.document.id, "label", name) if present is None else present.id
    given = DocumentLabel(label_id, desk.document.id, desk.set_id, name, value, now())
    before = () if present is None else (present,)
    return desk.change(f"Set {shown} of the document", before=before, after=(given,))


def set_work_state(
    desk: Desk, *, state: WorkState, message: str = "", present: Assignment | None, owner: str = ""
) -> Change:
    """Say how far the work on the document is; `present` is what was said before.

    It is the work of the `owner` (an annotator's id), or else of who says it.
    """
    if state not in _STATE_TITLES:
        raise InvalidEdit(f"A document is {', '.join(_STATE_TITLES)}, not {state}.")
    message = normalise(message).strip()
    if present is None:
        owner = owner or desk.annotator
        made = assignment_id(owner, desk.document.id)
        given = Assignment(made, desk.document.id, owner, state, message=message)
        return desk.change(_STATE_TITLES[state], after=(given,))
    given = replace(present, state=state, message=message)
    if given == present:
        raise InvalidEdit("The document has this state already.")
    is_reopened = present.state in ("done", "skipped") and state in ("todo", "in_progress")
    title = "Reopen the document" if is_reopened else _STATE_TITLES[state]
    return desk.change(title, before=(present,), after=(given,))


def _trimmed_at_end(text: str, pieces: Sequence[Fragment], characters: str) -> tuple[Fragment, ...]:
    for count in range(len(pieces), 0, -1):
        last = trim(text, Range(*pieces[count - 1]), characters)
        if last.start < last.end:
            return (*pieces[: count - 1], Fragment(*last))
    return ()


def _refuse_twin(desk: Desk, span: Annotation, same_extent: Iterable[Annotation]) -> None:
    for other in same_extent:
        if (
            other.id != span.id
            and other.label == span.label
            and other.fragments == span.fragments
            and without_flag(other.attributes) == without_flag(span.attributes)
        ):
            raise InvalidEdit(f"This text is already marked {label_name(desk.schema, span.label)}.")


def _following(desk: Desk, text: str, span: Annotation, fragments: tuple[Fragment, ...]) -> Attributes:
    """The attributes after a resize: a value proposed for the old words is proposed anew for the new ones."""
    attributes = dict(span.attributes)
    kind = desk.document.kind
    for attribute in desk.schema.attributes_of(span.label, kind):
        then = proposals.proposed_value(attribute, kind=kind, text=text, fragments=span.fragments)
        anew = proposals.proposed_value(attribute, kind=kind, text=text, fragments=fragments)
        if anew is not None and then == attributes.get(attribute.id):
            attributes[attribute.id] = anew
    return attributes
