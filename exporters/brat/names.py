"""The names that brat allows, made of the schema's ids: ASCII letters, digits, "_" and "-"."""

import re
from collections.abc import Iterable

from annotator.schema import LabelSchema

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
# White space parts the columns of a line, "|" and "," part the values in annotation.conf.
_VALUE = re.compile(r"[^\s|,]+")


class Names:
    """By id of the schema, the name of each label, link and attribute in brat; ids that are safe stay."""

    def __init__(self, schema: LabelSchema) -> None:
        self._schema = schema
        self._labels = _named(label.id for label in schema.labels())
        self._relations = _named(relation.id for relation in schema.relations)
        qualifying = (each.id for relation in schema.relations for each in relation.attributes)
        self._attributes = _named((*(each.id for each in schema.attributes), *qualifying))

    def label(self, label: str) -> str:
        """The name of the label that is in force in this one's place."""
        known = self._schema.label(label)
        in_force = label if known is None else known.id
        return self._labels.get(in_force, _safe(in_force))

    def relation(self, relation: str) -> str:
        return self._relations.get(relation, _safe(relation))

    def attribute(self, attribute: str) -> str:
        return self._attributes.get(attribute, _safe(attribute))


def can_be_value(value: str) -> bool:
    """Whether a text can be the value of an attribute in brat."""
    return _VALUE.fullmatch(value) is not None


def _named(ids: Iterable[str]) -> dict[str, str]:
    """Each id with a name that no other has."""
    names: dict[str, str] = {}
    for record_id in dict.fromkeys(ids):
        name, number = _safe(record_id), 1
        while name in names.values():
            number += 1
            name = f"{_safe(record_id)}_{number}"
        names[record_id] = name
    return names


def _safe(record_id: str) -> str:
    return _UNSAFE.sub("_", record_id) or "_"
