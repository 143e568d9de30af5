"""The page of layers and labels in the schema editor."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from annotator import schema_editing as rules
from annotator.schema import DOCUMENT_KINDS, Label, LabelSchema, Layer
from annotator.wording import counted
from ui.dialogs.frame import side_button
from ui.dialogs.picker import Picker
from ui.models.picks import Pick
from ui.panels.span_words import kind_words
from ui.panels.themed import SMALL, Words
from ui.schema.draft import Edit, SchemaDraft
from ui.schema.fields import ChecksField, ColourField, LinesField
from ui.schema.form import SchemaForm
from ui.schema.page import SchemaPage, free_name, label_entries
from ui.schema.tree import Entry

_LAYER = "layer:"


class LabelsPage(SchemaPage):
    """Layers with their labels, and the form of the one that is chosen."""

    def __init__(self, draft: SchemaDraft) -> None:
        super().__init__(draft, self.tr("Layers and labels"))
        self.label_form, self.layer_form = LabelForm(), LayerForm()
        self.add_label = side_button(self.tr("New &label"))
        self.add_layer = side_button(self.tr("New la&yer"))
        self.merge = side_button(self.tr("Mer&ge into…"))
        self.merge.setToolTip(self.tr("Its spans count as the other label; none is written anew."))
        self.add_label.clicked.connect(self._add_label)
        self.add_layer.clicked.connect(self._add_layer)
        self.merge.clicked.connect(self._choose_merge)
        self.lay_out((self.label_form, self.layer_form), (self.add_label, self.add_layer), (self.merge,))

    # -- showing

    def entries(self) -> Iterable[Entry]:
        schema = self.draft.schema
        for layer in schema.layers:
            labels = tuple(self._entry(schema, label) for label in layer.labels)
            yield Entry(_LAYER + layer.id, layer.name, is_heading=True, children=labels)

    def _entry(self, schema: LabelSchema, label: Label) -> Entry:
        remark = label.key.upper()
        if label.merged_into:
            into = schema.label(label.id)
            remark = self.tr("now {label}").format(label="" if into is None else into.name)
        elif label.retired:
            remark = self.tr("retired")
        return Entry(label.id, label.name, remark, label.colour, is_quiet=not rules.is_offered(label))

    def show_current(self) -> SchemaForm | None:
        layer, label = self._layer(), self._label()
        self.merge.setVisible(label is not None and not label.merged_into)
        self.retire.setVisible(label is not None)
        if label is not None:
            self.label_form.fill(self.draft.schema, label)
            self.use.setText(self._use_words(label))
            self.retire.setText(self.tr("Re&tire") if rules.is_offered(label) else self.tr("Res&tore"))
            return self.label_form
        if layer is not None:
            self.layer_form.fill(layer)
            self.use.setText(counted(len(layer.labels), "label") + ".")
            return self.layer_form
        return None

    def _use_words(self, label: Label) -> str:
        use = self.draft.use
        spans = use.spans_of(label.id)
        if not spans:
            return self.tr("No span has this label.")
        return self.tr("{spans} in {documents} with this label.").format(
            spans=counted(spans, "span"), documents=counted(use.documents.get(label.id, 0), "document")
        )

    def _label(self) -> Label | None:
        """The label of the current row, None where that is a layer."""
        current = self.tree.current()
        return next((label for label in self.draft.schema.labels() if label.id == current), None)

    def _layer(self) -> Layer | None:
        """The layer of the current row."""
        label = self._label()
        return self.draft.schema.layer(
            self.tree.current().removeprefix(_LAYER) if label is None else label.layer
        )

    # -- editing

    def as_typed(self) -> Edit | None:
        layer, label = self._layer(), self._label()
        if label is not None:
            changed = self.label_form.value(label)
            return lambda schema: rules.change_label(schema, changed)
        if layer is not None:
            wanted = self.layer_form.value(layer)
            return lambda schema: rules.change_layer(schema, wanted)
        return None

    def moved(self, row: str, step: int) -> Edit:
        if row.startswith(_LAYER):
            return lambda schema: rules.move_layer(schema, row.removeprefix(_LAYER), step)
        return lambda schema: rules.move_label(schema, row, step)

    def retired(self) -> Edit | None:
        label = self._label()
        if label is None:
            return None
        verb = rules.retire_label if rules.is_offered(label) else rules.restore_label
        return lambda schema: verb(schema, label.id)

    def removed(self) -> Edit | None:
        layer, label = self._layer(), self._label()
        if label is not None:
            return lambda schema: rules.remove_label(schema, label.id)
        return None if layer is None else lambda schema: rules.remove_layer(schema, layer.id)

    def _add_label(self) -> None:
        layer = self._layer()
        name = free_name(self.tr("New label"), (label.name for label in self.draft.schema.labels()))
        if layer is not None:
            self._add(lambda schema: rules.add_label(schema, layer=layer.id, name=name))

    def _add_layer(self) -> None:
        schema = self.draft.schema
        name = free_name(self.tr("New layer"), (layer.name for layer in schema.layers))
        label = free_name(self.tr("New label"), (label.name for label in schema.labels()))
        self._add(lambda schema: rules.add_layer(schema, name=name, label=label))

    def _add(self, edit: Edit) -> None:
        """Add a label, alone or with its layer, and let its name be typed."""
        if self.add(edit, lambda schema: (label.id for label in schema.labels())):
            self.label_form.name.selectAll()
            self.label_form.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose_merge(self) -> None:
        label, layer = self._label(), self._layer()
        if label is None or layer is None:
            return
        picks = [
            Pick(other.id, other.name, other.summary, colour=other.colour)
            for other in layer.labels
            if other.id != label.id and rules.is_offered(other)
        ]
        if not picks:
            self.fault.tell(
                self.tr("{layer} has no other label to merge {label} into.").format(
                    layer=layer.name, label=label.name
                )
            )
            return
        hint = self.tr("Merge {label} into…").format(label=label.name)
        picker = Picker(self.tr("Merge into"), picks, hint=hint, parent=self.window())
        picker.picked.connect(
            lambda into: self.ask(lambda schema: rules.merge_labels(schema, label.id, into))
        )
        picker.open()


class LabelForm(SchemaForm):
    """Name, key, colour, description, examples, slot and kinds of document of a label."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.key = QLineEdit(maxLength=1)
        self.key.setFixedWidth(48)
        self._taken = Words(tone="muted", size=SMALL)
        self.colour = ColourField()
        self.summary = QLineEdit()
        self.examples = LinesField(self.tr("Phrases that it marks, one a line"))
        self.slot = QComboBox()
        self.on_demand = ChecksField()
        self.add(self.tr("&Name"), self.name)
        self.add(self.tr("&Key"), self.key, self._taken)
        self.add(self.tr("C&olour"), self.colour)
        self.add(self.tr("&Description"), self.summary)
        self.add(self.tr("E&xamples"), self.examples)
        self.add(
            self.tr("&Slot of"),
            self.slot,
            self.tr("Marked while such a span is selected, it is linked to it at once."),
        )
        self.add(
            self.tr("On de&mand in"), self.on_demand, self.tr("There it is offered only to who asks for it.")
        )

    def fill(self, schema: LabelSchema, label: Label) -> None:
        """Show a label."""
        self.name.setText(label.name)
        self.key.setText(label.key.upper())
        taken = sorted(other.key.upper() for other in schema.labels() if other.key and other.id != label.id)
        self._taken.setText(self.tr("Taken by other labels: {keys}").format(keys=" ".join(taken) or "–"))
        self.colour.fill(label.name, label.colour)
        self.summary.setText(label.summary)
        self.examples.fill(label.examples)
        self.slot.clear()
        self.slot.addItem(self.tr("nothing"), "")
        for other_id, name in label_entries(schema, [label.slot_of]):
            if other_id != label.id:
                self.slot.addItem(name, other_id)
        self.slot.setCurrentIndex(max(0, self.slot.findData(label.slot_of)))
        self.on_demand.fill(kind_entries(), label.on_demand)

    def value(self, label: Label) -> Label:
        """The label as the form has it."""
        return replace(
            label,
            name=self.name.text(),
            key=self.key.text().lower(),
            colour=self.colour.colour(),
            summary=self.summary.text(),
            examples=self.examples.lines(),
            slot_of=str(self.slot.currentData() or ""),
            on_demand=self.on_demand.chosen(),
        )


class LayerForm(SchemaForm):
    """Name, kinds of document and trimming of a layer."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.kinds = ChecksField()
        self.on_demand = ChecksField()
        self.trim = QLineEdit()
        self.add(self.tr("&Name"), self.name)
        self.add(self.tr("&Used in"), self.kinds, self.tr("None checked: in all documents."))
        self.add(
            self.tr("On de&mand in"), self.on_demand, self.tr("There it is offered only to who asks for it.")
        )
        self.add(
            self.tr("Trim at the &end"),
            self.trim,
            self.tr("Characters that a span does not end with, such as a full stop."),
        )

    def fill(self, layer: Layer) -> None:
        """Show a layer."""
        self.name.setText(layer.name)
        self.kinds.fill(kind_entries(), layer.kinds)
        self.on_demand.fill(kind_entries(), layer.on_demand)
        self.trim.setText(layer.trim_end)

    def value(self, layer: Layer) -> Layer:
        """The layer as the form has it."""
        return replace(
            layer,
            name=self.name.text(),
            kinds=self.kinds.chosen(),
            on_demand=self.on_demand.chosen(),
            trim_end=self.trim.text(),
        )


def kind_entries() -> list[tuple[str, str]]:
    """The kinds of document to choose from, each with its name."""
    return [(kind, kind_words(kind)) for kind in DOCUMENT_KINDS]
