"""The rules that a label schema must keep, each fault as one sentence for the person who wrote it.

`schema_toml` calls this on every schema it reads; code that builds or changes a schema calls it too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from annotator.flags import FLAG, NOTE
from annotator.proposals import FROM_MARKS, RULES, rule_values
from annotator.schema import (
    ATTRIBUTE_KINDS,
    DOCUMENT_KINDS,
    AttributeType,
    Label,
    LabelSchema,
    Layer,
    RelationType,
)

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def schema_faults(schema: LabelSchema) -> Iterator[str]:
    """A sentence for each rule that the schema breaks."""
    if not schema.name:
        yield "It needs a `name`."
    if schema.version < 1:
        yield f"Its version is {schema.version}, but versions count from 1."
    yield from _repeats("layer", [layer.id for layer in schema.layers])
    yield from _repeats("label", [label.id for label in schema.labels()])
    yield from _repeats("attribute", [each.id for each in (*schema.attributes, *schema.document_attributes)])
    yield from _repeats("relation type", [relation.id for relation in schema.relations])
    yield from _key_clashes(schema)
    known = {label.id for label in schema.labels()}
    for group, names in schema.groups.items():
        if not names:
            yield f"The group {group} is empty."
        if group in known:
            yield f"The group {group} has the name of a label."
        yield from _unknown_labels(f"The group {group}", names, known)
    for layer in schema.layers:
        yield from _layer_faults(layer)
    for label in schema.labels():
        yield from _label_faults(label, schema, known)
    for attribute in schema.attributes:
        if not attribute.labels:
            yield f"The attribute {attribute.id} is for no label."
        yield from _attribute_faults(attribute, known)
    for attribute in schema.document_attributes:
        yield from _document_attribute_faults(attribute)
        yield from _attribute_faults(attribute, known)
        yield from _link_faults(attribute, schema)
    for relation in schema.relations:
        yield from _relation_faults(relation, known)


def _repeats(what: str, ids: Sequence[str]) -> Iterator[str]:
    for record_id, times in Counter(ids).items():
        if times > 1:
            yield f"The id {record_id} is used for {times} {what}s."


def _key_clashes(schema: LabelSchema) -> Iterator[str]:
    holders: dict[str, list[str]] = {}
    for label in schema.labels():
        if label.key and not label.retired and not label.merged_into:
            holders.setdefault(label.key, []).append(label.name)
    for key, names in holders.items():
        if len(names) > 1:
            yield f"The key {key} is given to {_and(names)}; a key marks one label."


def _unknown_labels(owner: str, names: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"{owner} names an unknown label {name}."


def _unknown_kinds(owner: str, kinds: Iterable[str]) -> Iterator[str]:
    for kind in kinds:
        if kind not in DOCUMENT_KINDS:
            yield f"{owner} names an unknown kind of document {kind}; kinds are {', '.join(DOCUMENT_KINDS)}."


def _layer_faults(layer: Layer) -> Iterator[str]:
    owner = f"The layer {layer.id}"
    if not layer.labels:
        yield f"{owner} has no labels."
    yield from _unknown_kinds(owner, layer.kinds + layer.on_demand)
    for kind in layer.kinds:
        if kind in layer.on_demand:
            yield f"{owner} lists {kind} both under `on` and under `on_demand`."


def _label_faults(label: Label, schema: LabelSchema, known: set[str]) -> Iterator[str]:
    owner = f"The label {label.id}"
    if label.key and (len(label.key) != 1 or not label.key.isalnum() or label.key != label.key.lower()):
        yield f"{owner} has the key {label.key}, but a key is one small letter or digit."
    if not _COLOUR.fullmatch(label.colour):
        yield f"{owner} has the colour {label.colour}, but a colour is written like #56B4E9."
    yield from _unknown_kinds(owner, label.on_demand)
    if label.slot_of:
        yield from _unknown_labels(owner, [label.slot_of], known)
        if label.slot_of in known and schema.slot_relation(label) is None:
            yield f"{owner} is a slot of {label.slot_of}, but no relation type joins {label.slot_of} to it."
    if label.merged_into:
        yield from _unknown_labels(owner, [label.merged_into], known)
        if _merges_into_itself(label, schema):
            yield f"{owner} is merged into itself."


def _merges_into_itself(label: Label, schema: LabelSchema) -> bool:
    by_id = {other.id: other for other in schema.labels()}
    seen = {label.id}
    target = by_id.get(label.merged_into)
    while target is not None and target.id not in seen:
        seen.add(target.id)
        target = by_id.get(target.merged_into)
    return target is not None and target.id == label.id


def _attribute_faults(attribute: AttributeType, known: set[str]) -> Iterator[str]:
    owner = f"The attribute {attribute.id}"
    yield from _unknown_labels(owner, attribute.labels, known)
    yield from _unknown_kinds(owner, attribute.kinds)
    yield from _repeated_values(owner, attribute.values)
    if attribute.per not in ("", "name"):
        yield f'{owner} has per = "{attribute.per}", but it can only be "name".'
    if attribute.kind not in ATTRIBUTE_KINDS:
        yield f"{owner} is of an unknown kind {attribute.kind}; kinds are {', '.join(ATTRIBUTE_KINDS)}."
        return
    has_choices = attribute.kind in ("choice", "choices")
    if has_choices and not attribute.values:
        yield f"{owner} needs `values` to choose from."
    elif attribute.values and not has_choices:
        yield f"{owner} is a {attribute.kind} and cannot have `values`."
    else:
        yield from _default_faults(owner, attribute)


def _link_faults(attribute: AttributeType, schema: LabelSchema) -> Iterator[str]:
    if attribute.id == FLAG:
        yield f"The attribute {attribute.id} has the id by which flags are kept; give it another."
    if attribute.kind != "link" or attribute.retired:
        return
    relation = schema.relation(attribute.id)
    if relation is None or not set(attribute.labels) <= set(relation.sources):
        labels = _and(attribute.labels)
        yield (
            f"The attribute {attribute.id} is a link, so it needs a relation type {attribute.id} "
            f"that leads from {labels}."
        )


def _document_attribute_faults(attribute: AttributeType) -> Iterator[str]:
    owner = f"The attribute {attribute.id}"
    if attribute.labels:
        yield f"{owner} is one of documents, so it cannot be for labels."
    if attribute.id in (FLAG, NOTE):
        yield f"{owner} has the id by which flags or notes of documents are kept; give it another."
    if attribute.kind == "link":
        yield f"{owner} is one of documents, so it cannot be a link between spans."
    if attribute.per or attribute.default == FROM_MARKS:
        yield f"{owner} is one of documents, so no words of a span can propose its value."


def _default_faults(owner: str, attribute: AttributeType) -> Iterator[str]:
    default = attribute.default
    if default in RULES:
        if not set(rule_values(default)) & set(attribute.values):
            yield f"{owner} has the default {default}, but none of the values that this gives."
    elif default and not attribute.accepts(attribute.value_of(default)):
        choices = f"; values are {', '.join(attribute.values)}" if attribute.values else ""
        yield f"{owner} has the default {default}, which is not one of its values{choices}."


def _relation_faults(relation: RelationType, known: set[str]) -> Iterator[str]:
    owner = f"The relation type {relation.id}"
    if not relation.sources or not relation.targets:
        yield f"{owner} needs labels in `from` and in `to`."
    yield from _unknown_labels(owner, dict.fromkeys(relation.sources + relation.targets), known)
    yield from _repeated_values(owner, relation.values)
    yield from _repeated_values(owner, relation.several)
    if relation.same_label and not set(relation.sources) & set(relation.targets):
        yield f"{owner} joins spans of the same label, but no label is in both `from` and `to`."


def _repeated_values(owner: str, values: Sequence[str]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{owner} lists the value {value} {times} times."


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
