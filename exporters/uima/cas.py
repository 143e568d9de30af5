"""One document as a CAS: its feature structures in order, as values that the XMI and JSON writers print.

Offsets in a CAS are UTF-16 units, not code points. The sofa, which carries the text, has the id 1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

from annotator.model import Annotation, Attributes, AttributeValue, Relation
from annotator.snapshot import DocumentSnapshot
from annotator.text import sentences
from exporters.tokens import tokens
from exporters.uima.types import BOOLEAN, DOCUMENT, FLOAT, SENTENCE, STRINGS, TOKEN, Type, Types
from exporters.utf16 import utf16_offsets

SOFA_ID = 1


@dataclass(frozen=True, slots=True)
class Reference:
    """A feature's value that is another structure of the CAS."""

    id: int


Value: TypeAlias = str | bool | int | float | tuple[str, ...] | Reference


@dataclass(frozen=True, slots=True)
class Structure:
    """A feature structure; `features` has `begin` and `end` in UTF-16 units, and those of its type."""

    id: int
    type: str
    features: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Cas:
    """The text and what stands on it."""

    text: str
    structures: tuple[Structure, ...]


def cas(of: DocumentSnapshot, types: Types, *, collection: str) -> Cas:
    """Metadata, sentences, tokens, spans, then links. Each must have a type, and links their ends."""
    return Cas(of.text, tuple(_Builder(of, types).structures(collection)))


def feature_value(range_name: str, value: AttributeValue) -> Value | None:
    """An attribute's value as a feature of that range holds it; None if it cannot."""
    if range_name == STRINGS:
        return value if isinstance(value, tuple) else (_words(value),)
    if range_name == BOOLEAN:
        return value if isinstance(value, bool) else None
    if range_name == FLOAT:
        return float(value) if _fits_float(value) else None
    return None if isinstance(value, tuple) else _words(value)


def _fits_float(value: AttributeValue) -> TypeGuard[int | float]:
    """Whether UIMA's single precision has the number as it is; INCEpTION knows no double precision."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and float(f"{value:.7g}") == value


def _words(value: str | bool | int | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Builder:
    def __init__(self, of: DocumentSnapshot, types: Types) -> None:
        self._of = of
        self._types = types
        self._utf16 = utf16_offsets(of.text)
        self._id = SOFA_ID

    def structures(self, collection: str) -> Iterator[Structure]:
        document, text = self._of.document, self._of.text
        about: dict[str, Value] = {
            "language": "x-unspecified",
            "documentTitle": document.title,
            "documentId": document.id,
            "collectionId": collection,
            "isLastSegment": False,
        }
        yield self._structure(DOCUMENT, {**self._place(0, len(text)), **about})
        for sentence in sentences(text):
            yield self._structure(SENTENCE, self._place(*sentence))
        for token in tokens(text):
            yield self._structure(TOKEN, self._place(*token))
        spans: dict[str, Structure] = {}
        for span in self._of.annotations:
            spans[span.id] = self._span(span)
            yield spans[span.id]
        for link in sorted(self._of.relations, key=lambda link: link.id):
            yield self._link(link, spans)

    def _span(self, span: Annotation) -> Structure:
        known = self._types.of_label(span.label)
        if known is None:
            raise KeyError(span.label)
        features: dict[str, Value] = {
            **self._place(span.start, span.end),
            known.label: self._types.label_in_force(span.label),
            **_features(span.attributes, known.attributes, known.type),
        }
        if span.note:
            features["note"] = span.note
        if span.certainty != "sure":
            features["certainty"] = span.certainty
        if span.origin == "suggestion":
            features["origin"] = span.origin
        return self._structure(known.type.name, features)

    def _link(self, link: Relation, spans: Mapping[str, Structure]) -> Structure:
        known = self._types.of_relation(link.type)
        if known is None:
            raise KeyError(link.type)
        source, target = spans[link.source], spans[link.target]
        features: dict[str, Value] = {
            # INCEpTION wants a link to stand where its dependent does.
            "begin": target.features["begin"],
            "end": target.features["end"],
            "Governor": Reference(source.id),
            "Dependent": Reference(target.id),
            "label": link.type,
            **_features(link.attributes, known.attributes, known.type),
        }
        if link.note:
            features["note"] = link.note
        if link.certainty != "sure":
            features["certainty"] = link.certainty
        return self._structure(known.type.name, features)

    def _place(self, start: int, end: int) -> dict[str, Value]:
        return {"begin": self._utf16(start), "end": self._utf16(end)}

    def _structure(self, type_name: str, features: Mapping[str, Value]) -> Structure:
        self._id += 1
        return Structure(self._id, type_name, features)


def _features(attributes: Attributes, names: Mapping[str, str], of: Type) -> dict[str, Value]:
    """The attributes that the type has features for, in the order of their ids."""
    found: dict[str, Value] = {}
    for attribute in sorted(attributes):
        name = names.get(attribute)
        value = None if name is None else feature_value(of.features[name], attributes[attribute])
        if name is not None and value is not None:
            found[name] = value
    return found
