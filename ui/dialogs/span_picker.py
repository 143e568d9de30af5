"""Pick a label by name instead of by key."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from annotator.desk import offer_here
from annotator.schema import DocumentKind, LabelSchema
from ui.dialogs.picker import Picker
from ui.keys import shown
from ui.models.picks import Pick


def label_picker(
    schema: LabelSchema, kind: DocumentKind, *, layers: Collection[str] = (), hint: str, parent: QWidget
) -> Picker:
    """A picker over the labels for a kind of document, those on demand last; gives the label's id.

    `layers` are those that the document is assigned for, () for all.
    """
    labels = [(offer_here(schema, label.id, kind, layers), label) for label in schema.labels()]
    picks = [
        Pick(label.id, label.name, label.summary, shown(label.key.upper()), label.colour)
        for wanted in ("always", "on_demand")
        for offer, label in labels
        if offer == wanted
    ]
    title = QCoreApplication.translate("span_picker", "Labels")
    return Picker(title, picks, hint=hint, parent=parent)
