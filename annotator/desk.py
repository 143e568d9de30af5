"""What an edit is made on: whose set, in which document, by which schema; and the checks edits share.

An edit belongs to one annotator's own set; spans of another set are never changed through a Desk.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from annotator.change import Change, make_change
from annotator.errors import InvalidEdit
from annotator.model import AnnotationSet, AttributeValue, Document, Record, annotator_set_id
from annotator.schema import AttributeType, DocumentKind, Label, LabelSchema, Offer
from annotator.text import normalise


@dataclass(frozen=True, slots=True)
class Desk:
    """What an annotator has before them: a document, the schema in force, and their own set.

    `has_set` is False until the set is in the project; the first edit brings it along. `layers` are those
    (ids) that the document is assigned to the annotator for, () for all.
    """

    schema: LabelSchema
    document: Document
    annotator: str
    has_set: bool = True
    layers: tuple[str, ...] = ()

    @property
    def set_id(self) -> str:
        return annotator_set_id(self.annotator)

    def change(self, title: str, *, before: Iterable[Record] = (), after: Iterable[Record] = ()) -> Change:
        """A Change by this annotator in this document, with their set if the project has none yet."""
        new_set = () if self.has_set else (AnnotationSet(self.set_id, "annotator", self.annotator),)
        return make_change(
            title,
            annotator=self.annotator,
            document=self.document.id,
            before=before,
            after=(*new_set, *after),
        )

    def label_to_mark(self, label_id: str) -> Label:
        """The label that a span here may be given, followed to what it was merged into.

        Raises InvalidEdit if the schema has no such label, has retired it, or does not offer it here.
        """
        label = self.schema.label(label_id)
        if label is None:
            raise InvalidEdit(f"The label schema has no label {label_id}.")
        if label.retired:
            raise InvalidEdit(f"{label.name} is retired; choose another label.")
        if self.schema.offer(label.id, self.document.kind) == "never":
            kind = self.document.kind.replace("_", " ")
            raise InvalidEdit(f"{label.name} is not a label for documents of the kind {kind}.")
        if self.layers and label.layer not in self.layers:
            raise InvalidEdit(
                f"{label.name} is not marked here: the document is assigned to you for "
                f"{' and '.join(_layer_name(self.schema, name) for name in self.layers)} only."
            )
        return label


def offer_here(schema: LabelSchema, label_id: str, kind: DocumentKind, layers: Collection[str]) -> Offer:
    """Whether a label is offered where a document is assigned for some `layers` (ids), () for all.

    A layer that is assigned is offered also where the schema has it on demand.
    """
    offer, layer = schema.offer(label_id, kind), schema.layer_of(label_id)
    if not layers or layer is None or offer == "never":
        return offer
    if layer.id not in layers:
        return "never"
    return "always" if layer.offer(kind) == "on_demand" else offer


def _layer_name(schema: LabelSchema, layer_id: str) -> str:
    layer = schema.layer(layer_id)
    return layer_id if layer is None else layer.name


def label_name(schema: LabelSchema, label_id: str) -> str:
    """How a label is called, also one that the schema does not have."""
    label = schema.label(label_id)
    return label_id if label is None else label.name


def type_name(schema: LabelSchema, type_id: str) -> str:
    """How a label or a type of link is called, also one that the schema does not have."""
    relation = schema.relation(type_id) if schema.label(type_id) is None else None
    return label_name(schema, type_id) if relation is None else relation.name


def checked_value(attribute: AttributeType, value: AttributeValue) -> AttributeValue:
    """The value as it is stored: choices in the schema's order, texts without white space around them.

    Raises InvalidEdit if the attribute cannot have it.
    """
    if isinstance(value, str):
        value = normalise(value).strip()
    if not attribute.accepts(value):
        raise InvalidEdit(f"{attribute.name} cannot be {_shown(value)}: {_wanted(attribute)}.")
    if isinstance(value, tuple):
        return tuple(choice for choice in attribute.values if choice in value)
    return value


def _shown(value: AttributeValue) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "empty"
    return str(value) or "empty"


def _wanted(attribute: AttributeType) -> str:
    match attribute.kind:
        case "choice":
            return f"choose one of {', '.join(attribute.values)}"
        case "choices":
            return f"choose some of {', '.join(attribute.values)}, each once"
        case "date":
            return "write a date like 2025-10-17, 2025-10 or 2025"
        case "number":
            return "write a number"
        case "bool":
            return "it is true or false"
        case "link":
            return "link the span to another one"
        case "text":
            return "write some words"
