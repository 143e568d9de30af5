"""What a label schema takes over from a file whose annotations need more than it has. Pure.

Only additions: nothing that the schema already says is changed, so no annotation in the project ever
changes its meaning by an import. Labels without a definition go to the layer `imported`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import cycle

from annotator.schema import AttributeType, Label, LabelSchema, Layer, RelationType

IMPORTED = "imported"
_COLOURS = ("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#0072B2", "#D55E00", "#F0E442", "#999999")
_LEAST_LETTERS = 3
_NONE: Mapping[str, Iterable[tuple[str, str]]] = {}


def adopt(
    schema: LabelSchema,
    other: LabelSchema | None,
    *,
    labels: Mapping[str, Iterable[str]],
    attributes: Iterable[str] = (),
    relations: Mapping[str, Iterable[tuple[str, str]]] = _NONE,
    document_attributes: Iterable[str] = (),
) -> LabelSchema:
    """The schema with all that it lacks of what a file uses; the same object where it lacks nothing.

    `labels` are the label ids used, by layer id ("" where the file has no layers), `attributes` the
    attribute ids, `relations` the (source label, target label) pairs by relation type,
    `document_attributes` the names of what whole documents have. What `other`, the
    file's own schema, defines comes as defined there, a label with the other labels of its layer.
    """
    known = {label.id for label in schema.labels()}
    grown = _with_labels(schema, other, labels)
    added = {label.id for label in grown.labels()} - known
    if other is not None:
        grown = _with_attributes(grown, other, added=added, used=set(attributes))
        grown = _with_document_attributes(grown, other, set(document_attributes))
    grown = _with_relations(grown, other, added=added, used={name: set(p) for name, p in relations.items()})
    return schema if grown == schema else _consistent(grown, added)


def additions(before: LabelSchema, after: LabelSchema) -> str:
    """A sentence that lists what `after` has more than `before`; "" if that is nothing."""
    groups = (
        ("label", [label.id for label in before.labels()], [label.id for label in after.labels()]),
        ("attribute", [a.id for a in before.attributes], [a.id for a in after.attributes]),
        (
            "attribute of documents",
            [a.id for a in before.document_attributes],
            [a.id for a in after.document_attributes],
        ),
        ("link", [r.id for r in before.relations], [r.id for r in after.relations]),
    )
    parts = []
    for word, old, new in groups:
        more = [name for name in new if name not in set(old)]
        if more:
            parts.append(f"{word}{'s' if len(more) > 1 else ''} {', '.join(more)}")
    return f"Added to the label schema: {'; '.join(parts)}." if parts else ""


def matching_label(schema: LabelSchema, name: str) -> str | None:
    """The id of the label that a file calls `name`: by id, else by id or display name in any case."""
    folded = name.casefold()
    close = None
    for label in schema.labels():
        if label.id == name:
            return label.id
        if close is None and folded in (label.id.casefold(), label.name.casefold()):
            close = label.id
    return close


def close_label(schema: LabelSchema, name: str) -> str | None:
    """The id of the one label in use that begins as `name` does, as `person` for PER; else None.

    It is to be proposed, never taken unasked.
    """
    folded = name.casefold()
    if len(folded) < _LEAST_LETTERS:
        return None
    found = [
        label.id
        for label in schema.labels()
        if not (label.retired or label.merged_into)
        and any(part.startswith(folded) for part in (label.id.casefold(), label.name.casefold()))
    ]
    return found[0] if len(found) == 1 else None


def _with_labels(
    schema: LabelSchema, other: LabelSchema | None, labels: Mapping[str, Iterable[str]]
) -> LabelSchema:
    layers = {layer.id: layer for layer in schema.layers}
    known = {label.id for label in schema.labels()}
    defined = {label.id: label for label in other.labels()} if other else {}
    colours = cycle(_COLOURS)
    for layer_id, names in labels.items():
        for name in names:
            if name in known:
                continue
            theirs = other.layer(defined[name].layer) if other and name in defined else None
            if theirs is not None:
                new = tuple(label for label in theirs.labels if label.id not in known)
                layer = layers.get(theirs.id, replace(theirs, labels=()))
            else:
                layer_name = layer_id or IMPORTED
                new = (Label(name, name, layer_name, colour=next(colours)),)
                layer = layers.get(layer_name) or _new_layer(layer_name, other)
            layers[layer.id] = replace(layer, labels=layer.labels + new)
            known |= {label.id for label in new}
    return replace(schema, layers=tuple(layers.values()))


def _new_layer(layer_id: str, other: LabelSchema | None) -> Layer:
    theirs = other.layer(layer_id) if other else None
    if theirs is not None:
        return replace(theirs, labels=())
    return Layer(layer_id, layer_id[:1].upper() + layer_id[1:], (), ())


def _with_attributes(
    schema: LabelSchema, other: LabelSchema, *, added: set[str], used: set[str]
) -> LabelSchema:
    ours = {attribute.id: attribute for attribute in schema.attributes}
    known = {label.id for label in schema.labels()}
    for theirs in other.attributes:
        mine = ours.get(theirs.id)
        if mine is None and (theirs.id in used or added & set(theirs.labels)):
            labels = tuple(label for label in theirs.labels if label in known)
            if labels:
                ours[theirs.id] = replace(theirs, labels=labels)
        elif mine is not None and mine.kind == theirs.kind:
            ours[theirs.id] = _for_more_labels(mine, theirs.labels, added)
    return replace(schema, attributes=tuple(ours.values()))


def _with_document_attributes(schema: LabelSchema, other: LabelSchema, used: set[str]) -> LabelSchema:
    ours = {each.id for each in (*schema.attributes, *schema.document_attributes)}
    new = tuple(each for each in other.document_attributes if each.id in used - ours)
    return replace(schema, document_attributes=(*schema.document_attributes, *new))


def _for_more_labels(attribute: AttributeType, labels: Iterable[str], added: set[str]) -> AttributeType:
    return replace(attribute, labels=_more(attribute.labels, labels, added))


def _more(ours: tuple[str, ...], theirs: Iterable[str], added: set[str]) -> tuple[str, ...]:
    """Our labels and those of theirs that are new to the schema."""
    return ours + tuple(label for label in theirs if label in added and label not in ours)


def _with_relations(
    schema: LabelSchema, other: LabelSchema | None, *, added: set[str], used: dict[str, set[tuple[str, str]]]
) -> LabelSchema:
    ours = {relation.id: relation for relation in schema.relations}
    known = {label.id for label in schema.labels()}
    touching = [r.id for r in (other.relations if other else ()) if added & set(r.sources + r.targets)]
    for name in dict.fromkeys([*touching, *used]):
        theirs = other.relation(name) if other else None
        pairs = used.get(name, set())
        sources = [*(theirs.sources if theirs else ()), *sorted({source for source, _ in pairs})]
        targets = [*(theirs.targets if theirs else ()), *sorted({target for _, target in pairs})]
        mine = ours.get(name)
        if mine is not None:
            ours[name] = replace(
                mine,
                sources=_more(mine.sources, dict.fromkeys(sources), added),
                targets=_more(mine.targets, dict.fromkeys(targets), added),
            )
            continue
        from_labels = tuple(label for label in dict.fromkeys(sources) if label in known)
        to_labels = tuple(label for label in dict.fromkeys(targets) if label in known)
        if from_labels and to_labels:
            template = theirs or RelationType(name, name, (), ())
            ours[name] = replace(template, sources=from_labels, targets=to_labels)
    return replace(schema, relations=tuple(ours.values()))


def _consistent(schema: LabelSchema, added: set[str]) -> LabelSchema:
    """The schema with the new labels stripped of what holds only where they came from."""
    by_id = {label.id: label for label in schema.labels()}
    keys = {label.key for label in by_id.values() if label.id not in added}
    kept: dict[str, Label] = {}
    for label in by_id.values():
        if label.id in added:
            key = "" if label.key in keys else label.key
            keys.add(label.key)
            slot_of = label.slot_of if label.slot_of in by_id and schema.slot_relation(label) else ""
            merged_into = label.merged_into if label.merged_into in by_id else ""
            label = replace(label, key=key, slot_of=slot_of, merged_into=merged_into)
        kept[label.id] = label
    layers = tuple(
        replace(layer, labels=tuple(kept[label.id] for label in layer.labels)) for layer in schema.layers
    )
    # A list of labels may name a group, so a group must not share its name with a label.
    groups = {name: labels for name, labels in schema.groups.items() if name not in by_id}
    relations = tuple(_without_impossible_condition(relation) for relation in schema.relations)
    return replace(schema, layers=layers, groups=groups, relations=relations)


def _without_impossible_condition(relation: RelationType) -> RelationType:
    """A type cut down to known labels may have none left that could stand at both of its ends."""
    if relation.same_label and not set(relation.sources) & set(relation.targets):
        return replace(relation, same_label=False)
    return relation
