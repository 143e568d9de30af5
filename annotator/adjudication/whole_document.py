"""What those who finished a document say of all of it and differ in, such as its topic.

It is told to who reviews, and agreement measures it; what is decided, and gold, are spans and links.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.agreement.attributes import comparable, compared_attributes
from annotator.model import AttributeValue, DocumentLabel
from annotator.schema import AttributeType


@dataclass(frozen=True, slots=True)
class Differing:
    """An attribute of whole documents, and the value that each annotator (an id) gave; None is no value."""

    attribute: AttributeType
    values: Mapping[str, AttributeValue | None]


def differing(
    attributes: Iterable[AttributeType],
    labels: Iterable[DocumentLabel],
    *,
    owners: Mapping[str, str],
    people: Sequence[str],
) -> tuple[Differing, ...]:
    """The attributes in which the people differ who finished a document; `owners` are those of sets."""
    given = {(owners.get(label.set, ""), label.name): label.value for label in labels}
    asked = [
        Differing(each, {who: given.get((who, each.id)) for who in people})
        for each in compared_attributes(attributes)
    ]
    return tuple(each for each in asked if len(set(map(comparable, each.values.values()))) > 1)
