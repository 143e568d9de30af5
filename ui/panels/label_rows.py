"""The labels of the schema as rows for one kind of document: layers, what they offer there, and why not.

Pure values; the panel only draws them. A retired label is listed only where it still has spans.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from annotator.desk import offer_here
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
    schema: LabelSchema,
    kind: DocumentKind | None,
    counts: Mapping[str, int],
    assigned: Collection[str] = (),
) -> tuple[LayerRow, ...]:
    """The layers in display order; without a kind of document all labels are offered.

    `assigned` are the layers (ids) that the document is assigned for, () for all.
    """
    return tuple(
        LayerRow(
            layer,
            _offer(layer, kind, assigned),
            _reason(layer, kind, assigned),
            _label_rows(schema, layer, kind, (counts, assigned)),
        )
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
    schema: LabelSchema,
    layer: Layer,
    kind: DocumentKind | None,
    here: tuple[Mapping[str, int], Collection[str]],
) -> tuple[LabelRow, ...]:
    counts, assigned = here
    rows = []
    for label in layer.labels:
        if label.merged_into or (label.retired and not counts.get(label.id)):
            continue
        offer: Offer = "always" if kind is None else offer_here(schema, label.id, kind, assigned)
        rows.append(LabelRow(label, offer, counts.get(label.id, 0)))
    return tuple(rows)


def _offer(layer: Layer, kind: DocumentKind | None, assigned: Collection[str]) -> Offer:
    offer: Offer = "always" if kind is None else layer.offer(kind)
    if kind is None or not assigned or offer == "never":
        return offer
    return "always" if layer.id in assigned else "never"


def _reason(layer: Layer, kind: DocumentKind | None, assigned: Collection[str]) -> str:
    if kind is None:
        return ""
    if _offer(layer, kind, assigned) == "never" and layer.offer(kind) != "never":
        return _tr("not assigned to you here")
    return offer_words(_offer(layer, kind, assigned), kind)


def _tr(text: str) -> str:
    return QCoreApplication.translate("labels", text)
