"""The labels of the schema as rows for one kind of document: layers, what they offer there, and why not.

Pure values; the panel only draws them. A retired label is listed only where it still has spans.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from annotator.schema import DocumentKind, Label, LabelSchema, Layer, Offer


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label; `offer` is what the kind of document says of it, `count` how many spans it has there."""

    label: Label
    offer: Offer
    count: int


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A layer with its labels; `reason` says why it is not offered as a matter of course, else ""."""

    layer: Layer
    offer: Offer
    reason: str
    labels: tuple[LabelRow, ...]

    @property
    def count(self) -> int:
        return sum(row.count for row in self.labels)


def layer_rows(
    schema: LabelSchema, kind: DocumentKind | None, counts: Mapping[str, int]
) -> tuple[LayerRow, ...]:
    """The layers in display order; without a kind of document all labels are offered."""
    return tuple(
        LayerRow(layer, _offer(layer, kind), _reason(layer, kind), _label_rows(schema, layer, kind, counts))
        for layer in schema.layers
    )


def offer_words(offer: Offer, kind: DocumentKind) -> str:
    """What an offer means in a kind of document; "" for one that is always made."""
    shown = kind.replace("_", " ")
    match offer:
        case "on_demand":
            return _tr("on demand in: {kind}").format(kind=shown)
        case "never":
            return _tr("not used in: {kind}").format(kind=shown)
        case _:
            return ""


def _label_rows(
    schema: LabelSchema, layer: Layer, kind: DocumentKind | None, counts: Mapping[str, int]
) -> tuple[LabelRow, ...]:
    rows = []
    for label in layer.labels:
        if label.merged_into or (label.retired and not counts.get(label.id)):
            continue
        offer: Offer = "always" if kind is None else schema.offer(label.id, kind)
        rows.append(LabelRow(label, offer, counts.get(label.id, 0)))
    return tuple(rows)


def _offer(layer: Layer, kind: DocumentKind | None) -> Offer:
    return "always" if kind is None else layer.offer(kind)


def _reason(layer: Layer, kind: DocumentKind | None) -> str:
    return "" if kind is None else offer_words(layer.offer(kind), kind)


def _tr(text: str) -> str:
    return QCoreApplication.translate("labels", text)
