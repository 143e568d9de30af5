"""The rules of changing a label schema: each gives a new schema, or raises InvalidEdit with a sentence.

Nothing here knows a project. Whether spans would be orphaned by a change is asked of `schema_uses`; ids
are permanent, so a new name never makes a new id, and what is merged or retired keeps its place.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from annotator.errors import InvalidEdit
from annotator.flags import FLAG, NOTE
from annotator.proposals import RULES, rule_values
from annotator.schema import AttributeType, Label, LabelSchema, Layer, RelationType
from annotator.schema_check import schema_faults
from annotator.schema_parts import choices, found, moved, new_part_id, put, shown_name

COLOURS = ("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#0072B2", "#D55E00", "#F0E442", "#999999")


# Layers and labels


def rename_schema(schema: LabelSchema, name: str) -> LabelSchema:
    """The schema under another name."""
    return _checked(replace(schema, name=shown_name(name, "schema")))


def add_layer(schema: LabelSchema, *, name: str, label: str) -> LabelSchema:
    """One more layer at the end, with its first label, since a layer without labels marks nothing."""
    shown = shown_name(name, "layer")
    layer = Layer(new_part_id(shown, [each.id for each in schema.layers]), shown, (), ())
    return add_label(replace(schema, layers=(*schema.layers, layer)), layer=layer.id, name=label)


def change_layer(schema: LabelSchema, layer: Layer) -> LabelSchema:
    """A layer with another name, kinds of document or trimming; its labels are changed one by one."""
    present = found(schema.layers, layer.id, "layer")
    changed = replace(layer, name=shown_name(layer.name, "layer"), labels=present.labels)
    return _checked(replace(schema, layers=put(schema.layers, changed)))


def remove_layer(schema: LabelSchema, layer_id: str) -> LabelSchema:
    """The schema without a layer and its labels, and without what was only for them."""
    layer = found(schema.layers, layer_id, "layer")
    if len(schema.layers) == 1:
        raise InvalidEdit(f"{layer.name} is the only layer; a schema needs one.")
    without = replace(schema, layers=tuple(each for each in schema.layers if each.id != layer_id))
    return _checked(_without_labels(without, {label.id for label in layer.labels}))


def add_label(schema: LabelSchema, *, layer: str, name: str) -> LabelSchema:
    """One more label at the end of a layer, with an id made from its name and a colour of its own."""
    place = found(schema.layers, layer, "layer")
    shown = shown_name(name, "label")
    labels = list(schema.labels())
    if any(label.name.casefold() == shown.casefold() and not label.merged_into for label in labels):
        raise InvalidEdit(f"There is a label {shown} already; choose another name.")
    label_id = new_part_id(shown, [*(label.id for label in labels), *schema.groups])
    label = Label(label_id, shown, layer, colour=COLOURS[len(labels) % len(COLOURS)])
    return _checked(replace(schema, layers=put(schema.layers, replace(place, labels=(*place.labels, label)))))


def change_label(schema: LabelSchema, label: Label) -> LabelSchema:
    """A label with another name, key, colour, description or examples, or another label it is a slot of."""
    present = _label(schema, label.id)
    shown = shown_name(label.name, "label")
    for other in schema.labels():
        if other.id != label.id and not other.merged_into and other.name.casefold() == shown.casefold():
            raise InvalidEdit(f"There is a label {shown} already; choose another name.")
    examples = tuple(dict.fromkeys(filter(None, (line.strip() for line in label.examples))))
    changed = replace(
        label,
        name=shown,
        key=label.key.strip().lower(),
        layer=present.layer,
        merged_into=present.merged_into,
        summary=label.summary.strip(),
        examples=examples,
    )
    return _checked(_with_label(schema, changed))


def remove_label(schema: LabelSchema, label_id: str) -> LabelSchema:
    """The schema without a label; attributes, links and groups that were only for it go too."""
    label = _label(schema, label_id)
    layer = found(schema.layers, label.layer, "layer")
    if len(layer.labels) == 1:
        raise InvalidEdit(f"{label.name} is the only label of {layer.name}; remove the layer instead.")
    into = [other.name for other in schema.labels() if other.merged_into == label_id]
    if into:
        raise InvalidEdit(f"{' and '.join(into)} was merged into {label.name}, which therefore has to stay.")
    return _checked(_without_labels(schema, {label_id}))


def retire_label(schema: LabelSchema, label_id: str) -> LabelSchema:
    """A label that is offered no more; its spans stay as they are and can be read."""
    label = _label(schema, label_id)
    if label.retired:
        raise InvalidEdit(f"{label.name} is retired already.")
    return _checked(_with_label(schema, replace(label, retired=True)))


def restore_label(schema: LabelSchema, label_id: str) -> LabelSchema:
    """A retired or merged label that is offered again, without its key where another has that by now."""
    label = _label(schema, label_id)
    if not label.retired and not label.merged_into:
        raise InvalidEdit(f"{label.name} is offered already.")
    taken = {other.key for other in schema.labels() if other.id != label_id and is_offered(other)}
    key = "" if label.key in taken else label.key
    return _checked(_with_label(schema, replace(label, retired=False, merged_into="", key=key)))


def merge_labels(schema: LabelSchema, source: str, target: str) -> LabelSchema:
    """The spans of one label count as another's from now on; no span is written anew.

    What attributes and links the one had, the other has now. Both must be of one layer.
    """
    label, into = _label(schema, source), schema.label(target)
    if into is None:
        raise InvalidEdit("The label to merge into is not in the schema.")
    if label.merged_into:
        raise InvalidEdit(f"{label.name} is merged already.")
    if into.id == source:
        raise InvalidEdit("A label cannot be merged into itself.")
    if label.layer != into.layer:
        raise InvalidEdit(f"{label.name} and {into.name} are of different layers and cannot be merged.")
    if into.retired:
        raise InvalidEdit(f"{into.name} is retired; restore it first, or merge into another label.")
    merged = _with_label(schema, replace(label, key="", slot_of="", merged_into=into.id, retired=False))
    renamed = _renamed(merged, source, into.id)
    slot = renamed.label(into.id)
    if slot is not None and slot.slot_of == into.id:  # it was a slot of the label that it now is
        renamed = _with_label(renamed, replace(slot, slot_of=""))
    return _checked(renamed)


def is_offered(label: Label) -> bool:
    """Whether a label can still be given to spans."""
    return not label.retired and not label.merged_into


# Attributes and relation types


def add_attribute(schema: LabelSchema, *, name: str, labels: Iterable[str]) -> LabelSchema:
    """One more attribute for some labels: a text, until it is changed to something else."""
    shown = shown_name(name, "attribute")
    attribute = AttributeType(_new_attribute_id(schema, shown), shown, tuple(dict.fromkeys(labels)), "text")
    return _checked(replace(schema, attributes=(*schema.attributes, attribute)))


def add_document_attribute(schema: LabelSchema, *, name: str) -> LabelSchema:
    """One more attribute of whole documents: a text, until it is changed to something else."""
    shown = shown_name(name, "attribute")
    attribute = AttributeType(_new_attribute_id(schema, shown), shown, (), "text")
    return _checked(replace(schema, document_attributes=(*schema.document_attributes, attribute)))


def change_attribute(schema: LabelSchema, attribute: AttributeType) -> LabelSchema:
    """An attribute with another name, kind, values, default, labels, or otherwise as it is given.

    Values are dropped where the kind has none, and the default where it does not fit any more. A link
    brings its relation type along, from its labels to every label, where there is none of its id.
    """
    before = _attribute(schema, attribute.id)
    values = choices(attribute.values) if attribute.kind in ("choice", "choices") else ()
    changed = replace(attribute, name=shown_name(attribute.name, "attribute"), values=values)
    if (before.kind, before.values) != (changed.kind, changed.values) and before.default == changed.default:
        changed = _with_fitting_default(changed)
    return _checked(_with_link_type(_with_attribute(schema, changed), changed))


def remove_attribute(schema: LabelSchema, attribute_id: str) -> LabelSchema:
    """The schema without an attribute, of spans or of documents."""
    _attribute(schema, attribute_id)
    return _checked(
        replace(
            schema,
            attributes=tuple(each for each in schema.attributes if each.id != attribute_id),
            document_attributes=tuple(e for e in schema.document_attributes if e.id != attribute_id),
        )
    )


def retire_attribute(schema: LabelSchema, attribute_id: str, *, is_retired: bool = True) -> LabelSchema:
    """An attribute that is asked for no more, or again; the values that spans have of it stay."""
    changed = replace(_attribute(schema, attribute_id), retired=is_retired)
    return _checked(_with_attribute(schema, changed))


def add_relation(
    schema: LabelSchema, *, name: str, sources: Iterable[str], targets: Iterable[str]
) -> LabelSchema:
    """One more relation type, from spans of some labels to spans of others."""
    shown = shown_name(name, "relation type")
    relation_id = new_part_id(shown, [each.id for each in schema.relations])
    relation = RelationType(relation_id, shown, tuple(dict.fromkeys(sources)), tuple(dict.fromkeys(targets)))
    return _checked(replace(schema, relations=(*schema.relations, relation)))


def change_relation(schema: LabelSchema, relation: RelationType) -> LabelSchema:
    """A relation type with another name, other ends or other choices that qualify its links."""
    found(schema.relations, relation.id, "relation type")
    changed = replace(
        relation,
        name=shown_name(relation.name, "relation type"),
        values=choices(relation.values),
        several=choices(relation.several),
    )
    return _checked(_without_lost_slots(replace(schema, relations=put(schema.relations, changed))))


def remove_relation(schema: LabelSchema, relation_id: str) -> LabelSchema:
    """The schema without a relation type; a label that was a slot by it is none any more."""
    found(schema.relations, relation_id, "relation type")
    left = tuple(each for each in schema.relations if each.id != relation_id)
    return _checked(_without_lost_slots(replace(schema, relations=left)))


def retire_relation(schema: LabelSchema, relation_id: str, *, is_retired: bool = True) -> LabelSchema:
    """A relation type that is offered no more, or again; its links stay."""
    relation = found(schema.relations, relation_id, "relation type")
    changed = replace(relation, retired=is_retired)
    return _checked(_without_lost_slots(replace(schema, relations=put(schema.relations, changed))))


# Order


def move_layer(schema: LabelSchema, layer_id: str, step: int) -> LabelSchema:
    """A layer moved by some places, at most to the first or last one; so do the others below."""
    return replace(schema, layers=moved(schema.layers, layer_id, step))


def move_label(schema: LabelSchema, label_id: str, step: int) -> LabelSchema:
    """A label moved by some places within its layer."""
    layer = found(schema.layers, _label(schema, label_id).layer, "layer")
    changed = replace(layer, labels=moved(layer.labels, label_id, step))
    return replace(schema, layers=put(schema.layers, changed))


def move_attribute(schema: LabelSchema, attribute_id: str, step: int) -> LabelSchema:
    """An attribute moved by some places among those of spans, or of documents."""
    if schema.document_attribute(attribute_id) is not None:
        return replace(schema, document_attributes=moved(schema.document_attributes, attribute_id, step))
    return replace(schema, attributes=moved(schema.attributes, attribute_id, step))


def move_relation(schema: LabelSchema, relation_id: str, step: int) -> LabelSchema:
    return replace(schema, relations=moved(schema.relations, relation_id, step))


# What they share


def _checked(schema: LabelSchema) -> LabelSchema:
    fault = next(schema_faults(schema), None)
    if fault is not None:
        raise InvalidEdit(fault)
    return schema


def _label(schema: LabelSchema, label_id: str) -> Label:
    return found(tuple(schema.labels()), label_id, "label")


def _attribute(schema: LabelSchema, attribute_id: str) -> AttributeType:
    return found((*schema.attributes, *schema.document_attributes), attribute_id, "attribute")


def _with_attribute(schema: LabelSchema, attribute: AttributeType) -> LabelSchema:
    """The schema with an attribute in the place of the one of its id."""
    return replace(
        schema,
        attributes=put(schema.attributes, attribute),
        document_attributes=put(schema.document_attributes, attribute),
    )


def _with_link_type(schema: LabelSchema, attribute: AttributeType) -> LabelSchema:
    """The schema with the relation type that keeps an attribute of the kind link, from all its labels."""
    if attribute.kind != "link" or not attribute.labels:
        return schema
    present = schema.relation(attribute.id)
    if present is None:
        targets = tuple(label.id for label in schema.labels() if is_offered(label))
        made = RelationType(attribute.id, attribute.name, attribute.labels, targets)
        return replace(schema, relations=(*schema.relations, made))
    sources = tuple(dict.fromkeys((*present.sources, *attribute.labels)))
    return replace(schema, relations=put(schema.relations, replace(present, sources=sources)))


def _new_attribute_id(schema: LabelSchema, name: str) -> str:
    attributes = (each.id for each in (*schema.attributes, *schema.document_attributes))
    return new_part_id(name, [*attributes, *(each.id for each in schema.relations), FLAG, NOTE])


def _with_label(schema: LabelSchema, label: Label) -> LabelSchema:
    layer = found(schema.layers, label.layer, "layer")
    return replace(schema, layers=put(schema.layers, replace(layer, labels=put(layer.labels, label))))


def _with_lists(schema: LabelSchema, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> LabelSchema:
    """The schema with every list of labels changed alike; what is for no label any more is gone."""
    attributes = (replace(each, labels=change(each.labels)) for each in schema.attributes)
    relations = (
        replace(each, sources=change(each.sources), targets=change(each.targets)) for each in schema.relations
    )
    groups = {name: change(labels) for name, labels in schema.groups.items()}
    return replace(
        schema,
        attributes=tuple(each for each in attributes if each.labels),
        relations=tuple(
            replace(each, same_label=each.same_label and bool(set(each.sources) & set(each.targets)))
            for each in relations
            if each.sources and each.targets
        ),
        groups={name: labels for name, labels in groups.items() if labels},
    )


def _renamed(schema: LabelSchema, source: str, target: str) -> LabelSchema:
    """The schema with one label named in the place of another wherever labels are listed."""
    in_lists = _with_lists(
        schema, lambda labels: tuple(dict.fromkeys(target if each == source else each for each in labels))
    )
    for label in schema.labels():
        if label.slot_of == source:
            in_lists = _with_label(in_lists, replace(label, slot_of=target))
    return in_lists


def _without_labels(schema: LabelSchema, gone: set[str]) -> LabelSchema:
    layers = tuple(
        replace(layer, labels=tuple(label for label in layer.labels if label.id not in gone))
        for layer in schema.layers
    )
    left = _with_lists(
        replace(schema, layers=layers), lambda labels: tuple(each for each in labels if each not in gone)
    )
    return _without_lost_slots(left)


def _without_lost_slots(schema: LabelSchema) -> LabelSchema:
    """The schema in which a label is a slot only where a relation type still joins it to its owner."""
    for label in schema.labels():
        if label.slot_of and schema.slot_relation(label) is None:
            schema = _with_label(schema, replace(label, slot_of=""))
    return schema


def _with_fitting_default(attribute: AttributeType) -> AttributeType:
    default = attribute.default
    if default in RULES:
        fits = bool(set(rule_values(default)) & set(attribute.values))
    else:
        fits = not default or attribute.accepts(attribute.value_of(default))
    return attribute if fits else replace(attribute, default="")
