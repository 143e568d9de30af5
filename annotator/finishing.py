"""What a document still lacks before it is done: values, links of claims, repeats that are not marked.

Only what the schema asks for counts: required attributes, and the slots of a label (source and cue of a
claim) in documents where that label is always offered. Nothing here forbids to finish.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.geometry import Range
from annotator.model import Annotation, Relation
from annotator.occurrences import find_each
from annotator.schema import AttributeType, DocumentKind, LabelSchema
from annotator.stretches import crosses, joined

# The layer whose names are looked for everywhere once one place of them is marked.
ENTITY_LAYER = "entity"

Lack = Literal["document", "value", "link", "repeat"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something missing at a place. `names` are the attributes or slots that a span lacks.

    `span` is that span's id; a repeat that is not marked has none, and `label` is what its like is marked.
    What the document itself lacks stands at no place and has no label.
    """

    lack: Lack
    place: Range
    label: str
    names: tuple[str, ...] = ()
    span: str | None = None


def missing(
    schema: LabelSchema,
    *,
    kind: DocumentKind,
    text: str,
    spans: Collection[Annotation],
    relations: Iterable[Relation],
    document: Collection[str] = (),
) -> list[Missing]:
    """What work on a document lacks: of the document, values, links, then repeats, each in text order.

    `document` are the names of the attributes of the document that have a value.
    """
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    linked = {(relation.source, relation.type) for relation in relations}
    return [
        *_of_document(schema, kind, document),
        *_values(schema, kind, ordered, linked),
        *_links(schema, kind, ordered, linked),
        *_repeats(schema, text, ordered),
    ]


def is_given(attribute: AttributeType, span: Annotation, linked: Collection[tuple[str, str]]) -> bool:
    """Whether a span has a value of an attribute; `linked` are the spans and types that links lead from."""
    if attribute.kind == "link":
        return (span.id, attribute.id) in linked
    return attribute.is_set(span.attributes)


def _of_document(schema: LabelSchema, kind: DocumentKind, given: Collection[str]) -> Iterator[Missing]:
    names = tuple(
        each.name for each in schema.attributes_of_document(kind) if each.required and each.id not in given
    )
    if names:
        yield Missing("document", Range(0, 0), "", names)


def _values(
    schema: LabelSchema, kind: DocumentKind, spans: Iterable[Annotation], linked: Collection[tuple[str, str]]
) -> Iterator[Missing]:
    for span in spans:
        names = tuple(
            attribute.name
            for attribute in schema.attributes_of(span.label, kind)
            if attribute.required and not is_given(attribute, span, linked)
        )
        if names:
            yield Missing("value", Range(span.start, span.end), span.label, names, span.id)


def _links(
    schema: LabelSchema, kind: DocumentKind, spans: Iterable[Annotation], linked: Collection[tuple[str, str]]
) -> Iterator[Missing]:
    slots: dict[str, list[tuple[str, str]]] = {}
    for slot in schema.labels():
        relation = schema.slot_relation(slot)
        if relation is not None and not slot.retired:
            slots.setdefault(slot.slot_of, []).append((slot.name, relation.id))
    for span in spans:
        if schema.offer(span.label, kind) != "always":
            continue
        names = tuple(
            name
            for name, relation in slots.get(schema.in_force(span.label), ())
            if (span.id, relation) not in linked
        )
        if names:
            yield Missing("link", Range(span.start, span.end), span.label, names, span.id)


def _repeats(schema: LabelSchema, text: str, spans: Iterable[Annotation]) -> Iterator[Missing]:
    layer = schema.layer(ENTITY_LAYER)
    if layer is None:
        return
    labels = {label.id for label in layer.labels}
    named = [span for span in spans if span.label in labels]
    covered = joined(piece for span in named for piece in span.fragments)
    by_words = {span.quote.exact: span.label for span in reversed(named) if len(span.fragments) == 1}
    found = [
        (place, by_words[words])
        for words, places in find_each(text, by_words).items()
        for place in places
        if not crosses(covered, place)
    ]
    end = 0
    for place, label in sorted(found, key=lambda each: (each[0].start, -each[0].end)):
        if place.start >= end:  # of names within a name, the whole one
            yield Missing("repeat", place, label)
            end = place.end
