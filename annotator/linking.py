"""The rules of links between spans: each edit is checked against the schema and returned as a Change.

A link belongs to the set of its source and stands with the source's document, also where it leads into
another one. The choices that qualify it are its attributes "value" and "values".
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import get_args

from annotator.change import Change
from annotator.desk import Desk, checked_value, label_name
from annotator.errors import InvalidEdit
from annotator.model import (
    Annotation,
    Attributes,
    AttributeValue,
    Certainty,
    Origin,
    Relation,
    new_id,
    now,
)
from annotator.schema import Label, LabelSchema, RelationType
from annotator.text import normalise


def link(
    desk: Desk,
    *,
    type: str,
    source: Annotation,
    target: Annotation,
    existing: Iterable[Relation],
    attributes: Attributes | None = None,
) -> Change:
    """Link two spans; `existing` are the links that the source has already."""
    relation_type = relation_type_of(desk.schema, type)
    check_ends(desk.schema, relation_type, source, target)
    for other in existing:
        if (other.type, other.source, other.target) == (type, source.id, target.id):
            raise InvalidEdit(f"These two spans are already linked by {relation_type.name}.")
    given = {
        name: checked_relation_value(relation_type, name, value) for name, value in (attributes or {}).items()
    }
    relation = new_relation(relation_type, source=source, target=target, attributes=given)
    return desk.change(f"Link {_ends(desk.schema, source, 'to', target)}", after=(relation,))


def unlink(desk: Desk, *, relation: Relation, source: Annotation, target: Annotation) -> Change:
    """Take a link away; its spans stay."""
    return desk.change(f"Unlink {_ends(desk.schema, source, 'from', target)}", before=(relation,))


def set_relation_attribute(
    desk: Desk, *, relation: Relation, attribute: str, value: AttributeValue | None
) -> Change:
    """Qualify a link by one of its type's choices, or take that away with None."""
    relation_type = relation_type_of(desk.schema, relation.type)
    attributes = dict(relation.attributes)
    if value is not None:
        attributes[attribute] = checked_relation_value(relation_type, attribute, value)
    elif attributes.pop(attribute, None) is None:
        raise InvalidEdit(f"The link {relation_type.name} has no {attribute} to take away.")
    if attributes == relation.attributes:
        raise InvalidEdit(f"The link {relation_type.name} has this {attribute} already.")
    qualified = replace(relation, attributes=attributes, changed=now())
    return desk.change(f"Qualify {relation_type.name}", before=(relation,), after=(qualified,))


def set_relation_note(desk: Desk, *, relation: Relation, note: str) -> Change:
    """Write a note on a link, or remove it with an empty one."""
    note = normalise(note).strip()
    if note == relation.note:
        raise InvalidEdit("The note is as it was.")
    verb = "Write" if note else "Remove"
    noted = replace(relation, note=note, changed=now())
    name = _type_name(desk.schema, relation)
    return desk.change(f"{verb} note on the link {name}", before=(relation,), after=(noted,))


def set_relation_certainty(desk: Desk, *, relation: Relation, certainty: Certainty) -> Change:
    """Say how certain the annotator is of a link."""
    if certainty not in get_args(Certainty):
        raise InvalidEdit(f"A link is {', '.join(get_args(Certainty))}, not {certainty}.")
    if certainty == relation.certainty:
        raise InvalidEdit(f"This link is {certainty} already.")
    name = _type_name(desk.schema, relation)
    changed = replace(relation, certainty=certainty, changed=now())
    return desk.change(f"Mark the link {name} as {certainty}", before=(relation,), after=(changed,))


def slot_relation(schema: LabelSchema, *, slot: Label, owner: Annotation) -> RelationType:
    """The relation type that joins a slot to the span it is a slot of.

    Raises InvalidEdit if the label is no slot, or is one of another label than the owner's.
    """
    relation_type = schema.slot_relation(slot)
    if relation_type is None or not schema.is_slot(slot, of=owner.label):
        raise InvalidEdit(f"{slot.name} cannot be marked for a span of {label_name(schema, owner.label)}.")
    return relation_type


def new_relation(
    relation_type: RelationType,
    *,
    source: Annotation,
    target: Annotation,
    attributes: Attributes | None = None,
    origin: Origin = "manual",
) -> Relation:
    """A link as it is stored, in the set and document of its source."""
    time = now()
    return Relation(
        id=new_id(),
        document=source.document,
        set=source.set,
        type=relation_type.id,
        source=source.id,
        target=target.id,
        created=time,
        changed=time,
        attributes=attributes or {},
        origin=origin,
    )


def unfitting(
    schema: LabelSchema, relations: Iterable[Relation], labels: Mapping[str, str]
) -> tuple[Relation, ...]:
    """The links that the schema does not allow between spans of these labels, given by the spans' ids."""
    return tuple(
        relation
        for relation in relations
        if (kind := schema.relation(relation.type)) is not None
        and not _fits(schema, kind, labels[relation.source], labels[relation.target])
    )


def relation_type_of(schema: LabelSchema, type_id: str) -> RelationType:
    """The relation type of that id; raises InvalidEdit if the schema has none."""
    relation_type = schema.relation(type_id)
    if relation_type is None:
        raise InvalidEdit(f"The label schema has no relation type {type_id}.")
    return relation_type


def checked_relation_value(
    relation_type: RelationType, attribute: str, value: AttributeValue
) -> AttributeValue:
    """The value as it is stored with a link; raises InvalidEdit if links of this type cannot have it."""
    known = next((choice for choice in relation_type.attributes if choice.id == attribute), None)
    if known is None:
        raise InvalidEdit(f"The link {relation_type.name} has no {attribute}.")
    return checked_value(known, value)


def _type_name(schema: LabelSchema, relation: Relation) -> str:
    found = schema.relation(relation.type)
    return relation.type if found is None else found.name


def check_ends(schema: LabelSchema, kind: RelationType, source: Annotation, target: Annotation) -> None:
    """Raises InvalidEdit, with what does not fit, where no link of that type may join two spans."""
    misfit = _misfit(schema, kind, source, target)
    if misfit:
        raise InvalidEdit(misfit)


def may_join(schema: LabelSchema, kind: RelationType, source: Annotation, target: Annotation) -> bool:
    """Whether a link of that type may join two spans."""
    return not _misfit(schema, kind, source, target)


def _misfit(schema: LabelSchema, kind: RelationType, source: Annotation, target: Annotation) -> str:
    """What does not fit where no link of that type may join two spans; "" where one may."""
    if source.id == target.id:
        return "A span cannot be linked to itself."
    if source.document != target.document and not kind.across:
        return f"{kind.name} joins spans of one document."
    if kind.retired:
        return f"The link {kind.name} is retired; choose another one."
    if _fits(schema, kind, source.label, target.label):
        return ""
    ends = schema.in_force(source.label), schema.in_force(target.label)
    if kind.same_label and ends[0] in kind.sources and ends[1] in kind.targets:
        return f"{kind.name} joins spans of the same label."
    return (
        f"{kind.name} leads from {_either(schema, kind.sources)} to {_either(schema, kind.targets)}, "
        f"not from {label_name(schema, source.label)} to {label_name(schema, target.label)}."
    )


def _fits(schema: LabelSchema, kind: RelationType, source_label: str, target_label: str) -> bool:
    source, target = schema.in_force(source_label), schema.in_force(target_label)
    return source in kind.sources and target in kind.targets and (source == target or not kind.same_label)


def _either(schema: LabelSchema, labels: tuple[str, ...]) -> str:
    names = [label_name(schema, label) for label in labels]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _ends(schema: LabelSchema, source: Annotation, joint: str, target: Annotation) -> str:
    return f"{label_name(schema, source.label)} {joint} {label_name(schema, target.label)}"
