"""The UIMA type system that a label schema makes: a type a layer, one a kind of link, and INCEpTION's own.

One layer is DKPro's NamedEntity with the label in `value`; every other is a custom layer of INCEpTION,
`webanno.custom.<Layer>`, with the label in `label`. Attributes are features. Names are made of ids, since
UIMA allows only ASCII letters, digits and "_" that begin with a letter.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotator.schema import AttributeType, LabelSchema

ANNOTATION = "uima.tcas.Annotation"
STRING = "uima.cas.String"
STRINGS = "uima.cas.StringArray"
BOOLEAN = "uima.cas.Boolean"
FLOAT = "uima.cas.Float"

DOCUMENT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_CUSTOM = "webanno.custom."
# What UIMA, INCEpTION or we ourselves call features of every span.
_TAKEN = ("sofa", "begin", "end", "label", "value", "identifier", "note", "certainty", "origin")
_TAKEN_BY_LINKS = ("sofa", "begin", "end", "Governor", "Dependent", "label", "note", "certainty")

_RANGES = {"choices": STRINGS, "bool": BOOLEAN, "number": FLOAT}


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the type system: its features by name, each with the type of its values."""

    name: str
    features: Mapping[str, str]
    supertype: str = ANNOTATION


@dataclass(frozen=True, slots=True)
class SpanType:
    """How spans of a layer are written: the feature for the label, and features by attribute id."""

    type: Type
    label: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LinkType:
    """How links of a type are written; features by attribute id."""

    type: Type
    attributes: Mapping[str, str]


class Types:
    """The type system of a schema; spans of `entity_layer`, if it is there, are named entities.

    A layer or link that the schema does not have has no type: None.
    """

    def __init__(self, schema: LabelSchema, *, entity_layer: str = "entity") -> None:
        self._schema = schema
        self._entity_layer = entity_layer
        names = _Names()
        self._spans = {layer.id: self._span_type(layer.id, names) for layer in schema.layers}
        self._links = {relation.id: self._link_type(relation.id, names) for relation in schema.relations}

    def of_label(self, label: str) -> SpanType | None:
        """How spans of a label are written."""
        layer = self._schema.layer_of(label)
        return None if layer is None else self._spans.get(layer.id)

    def label_in_force(self, label: str) -> str:
        """The id of the label that a label was merged into, or else its own."""
        known = self._schema.label(label)
        return label if known is None else known.id

    def of_relation(self, relation: str) -> LinkType | None:
        """How links of a relation type are written."""
        return self._links.get(relation)

    @cached_property
    def all(self) -> tuple[Type, ...]:
        """INCEpTION's own types, then those of the layers, then those of the links."""
        spans = (each.type for each in self._spans.values())
        return (*_BUILT_IN, *spans, *(each.type for each in self._links.values()))

    def _span_type(self, layer: str, names: "_Names") -> SpanType:
        is_entity = layer == self._entity_layer
        labels = {label.id for label in self._schema.labels() if label.layer == layer}
        own = [attribute for attribute in self._schema.attributes if labels & {*attribute.labels}]
        name = NAMED_ENTITY if is_entity else _CUSTOM + names.type_name(layer)
        first = {"value": STRING, "identifier": STRING} if is_entity else {"label": STRING}
        features = _features(own, _TAKEN)
        more = {features[attribute.id]: _RANGES.get(attribute.kind, STRING) for attribute in own}
        whole = Type(name, {**first, **more, "note": STRING, "certainty": STRING, "origin": STRING})
        return SpanType(whole, "value" if is_entity else "label", features)

    def _link_type(self, relation: str, names: "_Names") -> LinkType:
        found = self._schema.relation(relation)
        own = found.attributes if found is not None else ()
        features = _features(own, _TAKEN_BY_LINKS)
        more = {features[attribute.id]: _RANGES.get(attribute.kind, STRING) for attribute in own}
        ends = {"Governor": ANNOTATION, "Dependent": ANNOTATION, "label": STRING}
        name = _CUSTOM + names.type_name(f"{relation}_relation")
        return LinkType(Type(name, {**ends, **more, "note": STRING, "certainty": STRING}), features)


class _Names:
    """Type names that are each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def type_name(self, record_id: str) -> str:
        """An id in camel case: `issued_by` is IssuedBy."""
        words = re.findall(r"[A-Za-z0-9]+", record_id)
        return _unused(
            _letter_first("".join(word[:1].upper() + word[1:] for word in words), "L"), self._taken
        )


def _features(attributes: Iterable[AttributeType], taken: Iterable[str]) -> dict[str, str]:
    """By attribute id, the name of its feature."""
    known = set(taken)
    return {
        attribute.id: _unused(_letter_first(re.sub(r"[^A-Za-z0-9_]+", "_", attribute.id), "a_"), known)
        for attribute in attributes
    }


def _letter_first(name: str, prefix: str) -> str:
    return name if name[:1].isalpha() else prefix + name


def _unused(name: str, taken: set[str]) -> str:
    unused, number = name, 1
    while unused in taken:
        number += 1
        unused = f"{name}_{number}"
    taken.add(unused)
    return unused


_BUILT_IN = (
    Type(
        DOCUMENT,
        {
            "documentTitle": STRING,
            "documentId": STRING,
            "documentUri": STRING,
            "collectionId": STRING,
            "documentBaseUri": STRING,
            "isLastSegment": BOOLEAN,
        },
        "uima.tcas.DocumentAnnotation",
    ),
    Type(SENTENCE, {"id": STRING}),
    Type(TOKEN, {"id": STRING}),
)
