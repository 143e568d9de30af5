"""Agreement on the attributes of spans that two annotators both marked: nominal alpha for each attribute.

Compared are pairs of spans of one label that overlap (see `matching`). That one of them has no value is a
value; where neither has one there is nothing to compare. Free text and links are left out: links compare by
what they point to, and text has no values to agree on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from annotator.model import Annotation, AttributeValue, Relation
from annotator.schema import AttributeType

Given: TypeAlias = AttributeValue | frozenset[str] | None
Met: TypeAlias = Counter[tuple[Given, Given]]


def compared_attributes(attributes: Iterable[AttributeType]) -> tuple[AttributeType, ...]:
    """The attributes, of spans or of documents, that agreement is about."""
    return tuple(each for each in attributes if each.kind not in ("text", "link") and not each.retired)


def attribute_values(
    pairs: Iterable[tuple[Annotation, Annotation]], attributes: Iterable[AttributeType]
) -> Mapping[str, Met]:
    """How often which value meets which, by attribute."""
    of_label: dict[str, list[str]] = {}
    for attribute in attributes:
        for label in attribute.labels:
            of_label.setdefault(label, []).append(attribute.id)
    met: dict[str, Met] = {}
    for first, second in pairs:
        for name in of_label.get(first.label, ()):
            values = given(first, name), given(second, name)
            if values != (None, None):
                met.setdefault(name, Counter())[values] += 1
    return met


def given(of: Annotation | Relation, name: str) -> Given:
    """The value that a span or link has, as it is compared."""
    return comparable(of.attributes.get(name))


def comparable(value: AttributeValue | None) -> Given:
    """The value as it is compared, several choices without their order."""
    return frozenset(value) if isinstance(value, tuple) else value
