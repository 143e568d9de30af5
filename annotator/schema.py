"""The label schema: layers, labels, attributes and relation types, as values.

Ids are permanent and stored with annotations; names are only display. `schema_toml` reads, checks
and prints the TOML form; nothing here refuses, it only answers questions about a checked schema.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

AttributeKind = Literal["choice", "choices", "text", "bool", "number", "date", "link"]
DocumentKind = str

DOCUMENT_KINDS: tuple[DocumentKind, ...] = (
    "article",
    "opinion",
    "order",
    "proposed_order",
    "brief",
    "transcript",
    "form",
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a layer. `summary` tells in a few words what it marks; `key` marks it.

    `slot_of` names the label whose selected span this one is linked to when it is marked.
    `on_demand` lists the kinds of document where it is offered only on demand.
    """

    id: str
    name: str
    layer: str
    key: str = ""
    colour: str = "#777777"
    summary: str = ""
    slot_of: str = ""
    on_demand: tuple[DocumentKind, ...] = ()
    merged_into: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of annotation, with its labels in display order.

    `kinds` are the kinds of document it applies to, `on_demand` those where it is only on demand.
    `trim_end` are characters that a span of this layer does not end with when it is made.
    """

    id: str
    name: str
    kinds: tuple[DocumentKind, ...]
    labels: tuple[Label, ...]
    on_demand: tuple[DocumentKind, ...] = ()
    trim_end: str = ""


@dataclass(frozen=True, slots=True)
class AttributeType:
    """A property of spans of some labels.

    `default` is a value, "" for none, or a rule ("from-marks", "from-kind"). `per` "name" proposes the
    value for every repeat of the same words. `kinds` restricts it to kinds of document, () means all.
    """

    id: str
    name: str
    labels: tuple[str, ...]
    kind: AttributeKind = "choice"
    values: tuple[str, ...] = ()
    default: str = ""
    required: bool = False
    per: str = ""
    kinds: tuple[DocumentKind, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationType:
    """A directed link that may run from spans of some labels to spans of others.

    `values` (one) and `several` (any number) are the choices that qualify a link.
    """

    id: str
    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    values: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    same_label: bool = False
    across: bool = False


@dataclass(frozen=True)
class LabelSchema:
    """A checked label schema. Groups are names for several labels, usable where labels are listed."""

    name: str
    version: int
    layers: tuple[Layer, ...]
    attributes: tuple[AttributeType, ...] = ()
    relations: tuple[RelationType, ...] = ()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def labels(self) -> Iterator[Label]:
        """All labels in display order."""
        for layer in self.layers:
            yield from layer.labels

    @cached_property
    def _labels_by_id(self) -> dict[str, Label]:
        return {label.id: label for label in self.labels()}

    @cached_property
    def _layers_by_id(self) -> dict[str, Layer]:
        return {layer.id: layer for layer in self.layers}

    def label(self, label_id: str) -> Label | None:
        """The label of that id, followed to what it was merged into; None if the schema has none."""
        label = self._labels_by_id.get(label_id)
        while label is not None and label.merged_into:
            label = self._labels_by_id.get(label.merged_into)
        return label

    def layer(self, layer_id: str) -> Layer | None:
        return self._layers_by_id.get(layer_id)

    def layer_of(self, label_id: str) -> Layer | None:
        """The layer of a label."""
        label = self.label(label_id)
        return None if label is None else self.layer(label.layer)

    def relation(self, relation_id: str) -> RelationType | None:
        return next((relation for relation in self.relations if relation.id == relation_id), None)

    def attributes_of(self, label_id: str, kind: DocumentKind) -> tuple[AttributeType, ...]:
        """The attributes that a span of this label has in a document of this kind, in schema order."""
        return tuple(
            attribute
            for attribute in self.attributes
            if label_id in attribute.labels and (not attribute.kinds or kind in attribute.kinds)
        )

    def relations_from(self, label_id: str) -> tuple[RelationType, ...]:
        """The relation types that may start at a span of this label."""
        return tuple(relation for relation in self.relations if label_id in relation.sources)

    def slot_relation(self, slot: Label) -> RelationType | None:
        """The relation that joins a slot's owner to the slot: the one from its owner's label to its own."""
        if not slot.slot_of:
            return None
        return next(
            (r for r in self.relations if slot.slot_of in r.sources and slot.id in r.targets),
            None,
        )
