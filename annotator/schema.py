"""The label schema: layers, labels, attributes and relation types, as values.

Ids are permanent and stored with annotations; names are only display. `schema_toml` reads, checks
and prints the TOML form; nothing here refuses, it only answers questions about a checked schema.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from annotator.model import Attributes, AttributeValue

AttributeKind = Literal["choice", "choices", "text", "bool", "number", "date", "link"]
ATTRIBUTE_KINDS: tuple[AttributeKind, ...] = ("choice", "choices", "text", "bool", "number", "date", "link")
DocumentKind = str
Offer = Literal["always", "on_demand", "never"]

DOCUMENT_KINDS: tuple[DocumentKind, ...] = (
    "article",
    "opinion",
    "order",
    "proposed_order",
    "brief",
    "transcript",
    "form",
)
# A kind that a schema does not name is treated like the broader one: a schema for orders serves
# proposed orders too.
BROADER_KIND: dict[DocumentKind, DocumentKind] = {
    "proposed_order": "order",
    "transcript": "brief",
    "form": "brief",
}
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def _is_date(text: str) -> bool:
    """Whether the text is a day, month or year as ISO 8601 has it: 2025-10-17, 2025-10 or 2025."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def names_kind(kinds: tuple[DocumentKind, ...], kind: DocumentKind) -> bool:
    """Whether the kinds list this kind of document, or the broader one that it belongs to."""
    return kind in kinds or BROADER_KIND.get(kind) in kinds


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a layer. `summary` tells in a few words what it marks; `key` marks it.

    `examples` are phrases that it marks. A merged label keeps its spans, which count as what it became.
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
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of annotation, with its labels in display order.

    `kinds` are the kinds of document it applies to, () for all; `on_demand` those where it is only on
    demand. `trim_end` are characters that a span of this layer does not end with when it is made.
    """

    id: str
    name: str
    kinds: tuple[DocumentKind, ...]
    labels: tuple[Label, ...]
    on_demand: tuple[DocumentKind, ...] = ()
    trim_end: str = ""

    def offer(self, kind: DocumentKind) -> Offer:
        """Whether it is offered in a document of this kind; a kind named counts before a broader one."""
        for asked in (kind, BROADER_KIND.get(kind)):
            if asked in self.on_demand:
                return "on_demand"
            if asked in self.kinds:
                return "always"
        return "never" if self.kinds else "always"


@dataclass(frozen=True, slots=True)
class AttributeType:
    """A property of spans of some labels, or, with no labels, of whole documents.

    `default` is a value, "" for none, or a rule ("from-marks", "from-kind"). `per` "name" proposes the
    value for every repeat of the same words. A link is kept as a relation of the type that has the
    attribute's id, and not among the span's attributes. `kinds` restricts it to kinds of document, () means
    all. A retired one is not offered any more; values that spans have of it stay.
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
    retired: bool = False

    def is_asked_in(self, kind: DocumentKind) -> bool:
        """Whether it is asked for in documents of a kind."""
        return not self.retired and (not self.kinds or names_kind(self.kinds, kind))

    def accepts(self, value: AttributeValue) -> bool:
        """Whether a value is one that this attribute can have."""
        if isinstance(value, bool):
            return self.kind == "bool"
        if isinstance(value, int | float):
            return self.kind == "number" and math.isfinite(value)
        if isinstance(value, tuple):
            return (
                self.kind == "choices"
                and bool(value)
                and len(set(value)) == len(value)
                and set(value) <= set(self.values)
            )
        return self._accepts_text(value)

    def is_set(self, attributes: Attributes) -> bool:
        """Whether a span's attributes have a value of this one that it can have."""
        return self.id in attributes and self.accepts(attributes[self.id])

    def _accepts_text(self, value: str) -> bool:
        match self.kind:
            case "choice":
                return value in self.values
            case "text":
                return bool(value.strip())
            case "date":
                return _is_date(value)
            case _:
                return False  # a link is no value, but a relation

    def value_of(self, text: str) -> AttributeValue:
        """The value that a text stands for: "true" for a bool, "3" for a number, one of several choices."""
        if self.kind == "bool" and text in ("true", "false"):
            return text == "true"
        if self.kind == "choices":
            return (text,)
        if self.kind == "number":
            try:
                return float(text) if set(text) & set(".eE") else int(text)
            except ValueError:
                return text
        return text


@dataclass(frozen=True, slots=True)
class RelationType:
    """A directed link that may run from spans of some labels to spans of others.

    `values` (one) and `several` (any number) are the choices that qualify a link. A retired type is not
    offered any more; its links stay.
    """

    id: str
    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    values: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    same_label: bool = False
    across: bool = False
    retired: bool = False

    @property
    def attributes(self) -> tuple[AttributeType, ...]:
        """What qualifies a link, as attributes: "value" out of `values`, "values" out of `several`."""
        one = AttributeType("value", "Value", (), "choice", self.values)
        many = AttributeType("values", "Values", (), "choices", self.several)
        return tuple(attribute for attribute in (one, many) if attribute.values)


@dataclass(frozen=True)
class LabelSchema:
    """A checked label schema. Groups are names for several labels, usable where labels are listed.

    `document_attributes` are those of whole documents; no two attributes of either sort have one id.
    """

    name: str
    version: int
    layers: tuple[Layer, ...]
    attributes: tuple[AttributeType, ...] = ()
    relations: tuple[RelationType, ...] = ()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    document_attributes: tuple[AttributeType, ...] = ()

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

    def in_force(self, label_id: str) -> str:
        """The id of what a label was merged into; its own where it was not, or is no label of the schema."""
        label = self.label(label_id)
        return label_id if label is None else label.id

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
        label_id = self.in_force(label_id)
        return tuple(
            attribute
            for attribute in self.attributes
            if label_id in attribute.labels and attribute.is_asked_in(kind)
        )

    def attributes_of_document(self, kind: DocumentKind) -> tuple[AttributeType, ...]:
        """The attributes that a document of this kind itself has, in schema order."""
        return tuple(attribute for attribute in self.document_attributes if attribute.is_asked_in(kind))

    def attribute(self, attribute_id: str) -> AttributeType | None:
        """The attribute of spans of that id."""
        return next((attribute for attribute in self.attributes if attribute.id == attribute_id), None)

    def document_attribute(self, attribute_id: str) -> AttributeType | None:
        """The attribute of documents of that id."""
        return next((each for each in self.document_attributes if each.id == attribute_id), None)

    def offer(self, label_id: str, kind: DocumentKind) -> Offer:
        """Whether a label is offered in a document of this kind: always, on demand, or never."""
        label, layer = self.label(label_id), self.layer_of(label_id)
        if label is None or layer is None or label.retired:
            return "never"
        offer = layer.offer(kind)
        return "on_demand" if offer == "always" and names_kind(label.on_demand, kind) else offer

    def relations_from(self, label_id: str) -> tuple[RelationType, ...]:
        """The relation types that may start at a span of this label."""
        label_id = self.in_force(label_id)
        return tuple(
            relation for relation in self.relations if label_id in relation.sources and not relation.retired
        )

    def is_slot(self, slot: Label, *, of: str) -> bool:
        """Whether a label is a slot of spans with another label."""
        return bool(slot.slot_of) and slot.slot_of == self.in_force(of)

    def slot_relation(self, slot: Label) -> RelationType | None:
        """The relation that joins a slot's owner to the slot: the one from its owner's label to its own."""
        if not slot.slot_of:
            return None
        return next(
            (
                r
                for r in self.relations
                if not r.retired and slot.slot_of in r.sources and slot.id in r.targets
            ),
            None,
        )
