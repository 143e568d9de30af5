"""What a project's spans use of a label schema, what a changed schema would orphan, and what it changes.

Pure. Spans and links are counted over all annotators and gold. A value or end that the schema did not
have before is no reason to refuse a change: it was outside the schema already.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from annotator.model import Attributes, AttributeValue
from annotator.schema import AttributeType, LabelSchema, RelationType
from annotator.wording import counted


@dataclass(frozen=True, slots=True)
class LabelUse:
    """How many spans of a set have a label."""

    label: str
    set: str
    spans: int


@dataclass(frozen=True, slots=True)
class ValueUse:
    """How many spans of a label have a value of an attribute; None stands for any value of one."""

    attribute: str
    label: str
    value: AttributeValue | None
    spans: int


@dataclass(frozen=True, slots=True)
class LinkUse:
    """How many links of a type lead from spans of one label to spans of another, qualified alike."""

    type: str
    source: str
    target: str
    attributes: Attributes
    is_across: bool
    links: int


@dataclass(frozen=True, slots=True)
class DocumentValueUse:
    """How often documents have a value of an attribute of theirs; None stands for any value of one."""

    attribute: str
    value: AttributeValue | None
    documents: int


@dataclass(frozen=True, slots=True)
class SchemaUse:
    """All that the spans of a project use; `documents` counts the documents of each label."""

    labels: tuple[LabelUse, ...] = ()
    documents: Mapping[str, int] = field(default_factory=dict)
    values: tuple[ValueUse, ...] = ()
    links: tuple[LinkUse, ...] = ()
    document_values: tuple[DocumentValueUse, ...] = ()

    def spans_of(self, label: str) -> int:
        """How many spans have exactly this label, whatever was merged into it."""
        return sum(use.spans for use in self.labels if use.label == label)

    def spans_with(self, attribute: str) -> int:
        return sum(use.spans for use in self.values if use.attribute == attribute)

    def documents_with(self, attribute: str) -> int:
        """How often documents have a value of an attribute of theirs, over all annotators."""
        return sum(use.documents for use in self.document_values if use.attribute == attribute)

    def links_of(self, relation: str) -> int:
        return sum(use.links for use in self.links if use.type == relation)


def orphans(before: LabelSchema, after: LabelSchema, use: SchemaUse) -> tuple[str, ...]:
    """A sentence with the count for everything that is used and that the changed schema has no place for.

    Where labels are lost, only those are told: values and links of their spans would follow from that.
    """
    labels = tuple(_lost_labels(before, after, use))
    return labels or (
        *_lost_attributes(before, after, use),
        *_lost_document_attributes(before, after, use),
        *_lost_relations(before, after, use),
    )


def _lost_labels(before: LabelSchema, after: LabelSchema, use: SchemaUse) -> Iterator[str]:
    known = {label.id for label in after.labels()}
    for label in before.labels():
        spans = use.spans_of(label.id)
        if label.id not in known and spans:
            where = counted(use.documents.get(label.id, 0), "document")
            yield (
                f"{label.name} cannot be removed: {_spans(spans)} in {where} "
                f"{'is' if spans == 1 else 'are'} marked so; retire it or merge it into another label."
            )


def _lost_attributes(before: LabelSchema, after: LabelSchema, use: SchemaUse) -> Iterator[str]:
    lost: Counter[str] = Counter()
    for each in use.values:
        attribute, now = before.attribute(each.attribute), after.attribute(each.attribute)
        label = before.in_force(each.label)
        if attribute is None or label not in attribute.labels:
            continue
        if each.value is not None and not attribute.accepts(each.value):
            continue
        reason = _lost_value(attribute, now, after.in_force(each.label), each.value, after)
        if reason:
            lost[reason] += each.spans
    for reason, spans in lost.items():
        have = "has" if spans == 1 else "have"
        yield reason.format(count=f"{_spans(spans)} {have}")


def _lost_document_attributes(before: LabelSchema, after: LabelSchema, use: SchemaUse) -> Iterator[str]:
    lost: Counter[str] = Counter()
    for each in use.document_values:
        attribute = before.document_attribute(each.attribute)
        if attribute is None or (each.value is not None and not attribute.accepts(each.value)):
            continue
        reason = _lost_of(attribute, after.document_attribute(each.attribute), each.value)
        if reason:
            lost[reason] += each.documents
    for reason, documents in lost.items():
        have = "has" if documents == 1 else "have"
        yield reason.format(count=f"{counted(documents, 'document')} {have}")


def _lost_value(
    attribute: AttributeType,
    now: AttributeType | None,
    label: str,
    value: AttributeValue | None,
    after: LabelSchema,
) -> str:
    """Why a value has no place any more, as a sentence with `{count}` for who has it; "" if it has one."""
    if now is not None and now.kind == attribute.kind and label not in now.labels:
        shown = after.label(label)
        of = _braced(label if shown is None else shown.name)
        return f"{_braced(attribute.name)} cannot be taken from {of}: {{count}} a value of it."
    return _lost_of(attribute, now, value)


def _lost_of(attribute: AttributeType, now: AttributeType | None, value: AttributeValue | None) -> str:
    """Why an attribute as it is now has no place for a value, as `_lost_value` says it."""
    name = _braced(attribute.name)
    if now is None:
        return f"{name} cannot be removed: {{count}} a value of it; retire it instead."
    if now.kind != attribute.kind:
        return f"{name} cannot become another kind of attribute: {{count}} a value of it; add a new one."
    if value is not None and not now.accepts(value):
        gone = value if isinstance(value, tuple) else (str(value),)
        missing = ", ".join(each for each in gone if each not in now.values)
        return f"The value {_braced(missing)} of {name} cannot be removed: {{count}} it."
    return ""


def _lost_relations(before: LabelSchema, after: LabelSchema, use: SchemaUse) -> Iterator[str]:
    lost: Counter[str] = Counter()
    for each in use.links:
        relation = before.relation(each.type)
        if relation is None or _misfit(relation, before, each):
            continue
        now = after.relation(each.type)
        if now is None:
            lost[f"{_braced(relation.name)} cannot be removed: {{count}} of it; retire it instead."] += (
                each.links
            )
        elif what := _misfit(now, after, each):
            lost[f"{_braced(relation.name)} cannot be changed so: {{count}} {what}."] += each.links
    for reason, links in lost.items():
        yield reason.format(count=f"{counted(links, 'link')} {'is' if links == 1 else 'are'}")


def _misfit(relation: RelationType, schema: LabelSchema, use: LinkUse) -> str:
    """What about links the type has no place for; "" if it has one for all of them."""
    source, target = schema.in_force(use.source), schema.in_force(use.target)
    if source not in relation.sources or target not in relation.targets:
        names = [_braced(found.name if (found := schema.label(end)) else end) for end in (source, target)]
        return f"from {names[0]} to {names[1]}"
    if relation.same_label and source != target:
        return "between different labels"
    if use.is_across and not relation.across:
        return "between two documents"
    choices = {attribute.id: attribute for attribute in relation.attributes}
    for name, value in use.attributes.items():
        if name not in choices or not choices[name].accepts(value):
            shown = ", ".join(value) if isinstance(value, tuple) else str(value)
            return f"qualified by {_braced(shown)}"
    return ""


def _spans(number: int) -> str:
    return counted(number, "span")


def _braced(text: str) -> str:
    """The text as `str.format` leaves it alone."""
    return text.replace("{", "{{").replace("}", "}}")
