"""What a changed label schema changes, a sentence for each thing, with how many spans it touches. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from annotator.schema import AttributeType, Label, LabelSchema, Layer, RelationType
from annotator.schema_uses import SchemaUse
from annotator.wording import counted


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence, and how many spans or links show it; 0 where no annotation is touched."""

    sentence: str
    touched: int = 0
    what: str = "span"

    def __str__(self) -> str:
        if not self.touched:
            return self.sentence
        return f"{self.sentence} {counted(self.touched, self.what)}."


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def differences(
    before: LabelSchema, after: LabelSchema, use: SchemaUse, *, owners: Mapping[str, str]
) -> tuple[Difference, ...]:
    """What is different; `owners` are the names of whose sets the spans are in, by set id."""
    return (
        *_schema(before, after),
        *_layers(before, after),
        *_labels(before, after, use, owners),
        *_attributes(before, after, use),
        *_document_attributes(before, after, use),
        *_relations(before, after, use),
    )


def _schema(before: LabelSchema, after: LabelSchema) -> Iterator[Difference]:
    if before.name != after.name:
        yield Difference(f"The schema {before.name} is called {after.name}.")
    if before.groups != after.groups:
        yield Difference("The groups of labels change.")


def _layers(before: LabelSchema, after: LabelSchema) -> Iterator[Difference]:
    yield from _added_and_removed("layer", before.layers, after.layers)
    for old, new in _both(before.layers, after.layers):
        parts = list(_parts(old, new, ("name", "kinds", "on_demand", "trim_end")))
        if parts:
            yield Difference(f"Layer {old.name}: {'; '.join(parts)}.")
    yield from _order("layers", before.layers, after.layers)
    for old, new in _both(before.layers, after.layers):
        yield from _order(f"labels of {new.name}", old.labels, new.labels)


def _labels(
    before: LabelSchema, after: LabelSchema, use: SchemaUse, owners: Mapping[str, str]
) -> Iterator[Difference]:
    old_labels, new_labels = tuple(before.labels()), tuple(after.labels())
    yield from _added_and_removed("label", old_labels, new_labels)
    for old, new in _both(old_labels, new_labels):
        spans = use.spans_of(old.id)
        if new.merged_into != old.merged_into:
            yield Difference(_merged(old, new, after, use, owners))
        elif new.retired != old.retired:
            verb = "is retired" if new.retired else "is offered again"
            yield Difference(f"{old.name} {verb}; its spans stay as they are.", spans)
        fields = ("name", "key", "colour", "summary", "examples", "slot_of", "on_demand", "layer")
        parts = list(_parts(old, new, fields if not new.merged_into else ("name",)))
        if parts:
            is_seen = (old.name, old.colour) != (new.name, new.colour)
            yield Difference(f"{old.name}: {'; '.join(parts)}.", spans if is_seen else 0)


def _merged(old: Label, new: Label, after: LabelSchema, use: SchemaUse, owners: Mapping[str, str]) -> str:
    spans = use.spans_of(old.id)
    if not new.merged_into:
        return f"{old.name} is a label of its own again: {counted(spans, 'span')}."
    into = after.label(new.merged_into)
    name = new.merged_into if into is None else into.name
    if not spans:
        return f"{old.name} is merged into {name}; no span is marked so."
    by: Counter[str] = Counter()
    for each in use.labels:
        if each.label == old.id:
            by[owners.get(each.set, each.set)] += each.spans
    who = ", ".join(f"{owner} {number}" for owner, number in sorted(by.items()))
    where = counted(use.documents.get(old.id, 0), "document")
    count = counted(spans, "span")
    return f"{old.name} is merged into {name}: {count} in {where} will count as {name} ({who})."


def _attributes(before: LabelSchema, after: LabelSchema, use: SchemaUse) -> Iterator[Difference]:
    yield from _added_and_removed("attribute", before.attributes, after.attributes)
    fields = ("name", "labels", "kind", "values", "default", "required", "per", "kinds", "retired")
    for old, new in _both(before.attributes, after.attributes):
        parts = list(_parts(old, new, fields))
        if parts:
            spans = use.spans_with(old.id)
            yield Difference(f"Attribute {old.name}: {'; '.join(parts)}.", spans)
    yield from _order("attributes", before.attributes, after.attributes)


def _document_attributes(before: LabelSchema, after: LabelSchema, use: SchemaUse) -> Iterator[Difference]:
    old_ones, new_ones = before.document_attributes, after.document_attributes
    yield from _added_and_removed("attribute of documents", old_ones, new_ones)
    fields = ("name", "kind", "values", "default", "required", "kinds", "retired")
    for old, new in _both(old_ones, new_ones):
        parts = list(_parts(old, new, fields))
        if parts:
            documents = use.documents_with(old.id)
            yield Difference(f"Attribute of documents {old.name}: {'; '.join(parts)}.", documents, "document")
    yield from _order("attributes of documents", old_ones, new_ones)


def _relations(before: LabelSchema, after: LabelSchema, use: SchemaUse) -> Iterator[Difference]:
    yield from _added_and_removed("relation type", before.relations, after.relations)
    fields = ("name", "sources", "targets", "values", "several", "same_label", "across", "retired")
    for old, new in _both(before.relations, after.relations):
        parts = list(_parts(old, new, fields))
        if parts:
            yield Difference(f"Relation {old.name}: {'; '.join(parts)}.", use.links_of(old.id), "link")
    yield from _order("relation types", before.relations, after.relations)


_WORDS = {
    "summary": "description",
    "kinds": "kinds of document",
    "on_demand": "on demand in",
    "trim_end": "trimmed at the end",
    "slot_of": "slot of",
    "labels": "labels",
    "sources": "from",
    "targets": "to",
    "several": "several values",
    "per": "proposed for repeats",
    "same_label": "same label",
    "across": "across documents",
}


def _parts(
    old: Layer | Label | AttributeType | RelationType,
    new: Layer | Label | AttributeType | RelationType,
    fields: Sequence[str],
) -> Iterator[str]:
    """What of two records differs, each as "name: old → new"."""
    for name in fields:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"{_WORDS.get(name, name)} {_shown(was)} → {_shown(now)}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value) or "none"


def _added_and_removed(what: str, before: Sequence[_Named], after: Sequence[_Named]) -> Iterator[Difference]:
    old, new = {each.id for each in before}, {each.id for each in after}
    yield from (Difference(f"New {what} {each.name}.") for each in after if each.id not in old)
    yield from (Difference(f"The {what} {each.name} is removed.") for each in before if each.id not in new)


def _both(before: Sequence[N], after: Sequence[N]) -> Iterator[tuple[N, N]]:
    new = {each.id: each for each in after}
    return ((each, new[each.id]) for each in before if each.id in new)


def _order(what: str, before: Sequence[_Named], after: Sequence[_Named]) -> Iterator[Difference]:
    common = {each.id for each in before} & {each.id for each in after}
    if [e.id for e in before if e.id in common] != [e.id for e in after if e.id in common]:
        yield Difference(f"The order of the {what} changes.")
