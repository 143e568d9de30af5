"""The page of attributes in the schema editor: of every kind, with values, default and labels."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from annotator import schema_editing as rules
from annotator.proposals import FROM_KIND, RULES
from annotator.schema import ATTRIBUTE_KINDS, AttributeKind, AttributeType, LabelSchema
from annotator.wording import counted
from ui.dialogs.frame import side_button
from ui.panels.span_words import attribute_kind_words
from ui.schema.draft import Edit, SchemaDraft
from ui.schema.fields import ChecksField, LinesField
from ui.schema.form import SchemaForm
from ui.schema.labels import kind_entries
from ui.schema.page import SchemaPage, free_name, label_entries
from ui.schema.tree import Entry

_WITH_VALUES = ("choice", "choices")


class AttributesPage(SchemaPage):
    """The attributes in their order, and the form of the one that is chosen."""

    def __init__(self, draft: SchemaDraft) -> None:
        super().__init__(
            draft,
            self.tr("Attributes"),
            empty=self.tr("No attributes yet. An attribute says more of a span or of a whole document."),
        )
        self.form = AttributeForm()
        self.add_attribute = side_button(self.tr("New &attribute"))
        self.add_to_document = side_button(self.tr("New for do&cuments"))
        self.add_attribute.clicked.connect(self._add)
        self.add_to_document.clicked.connect(self._add_to_document)
        self.lay_out((self.form,), (self.add_attribute, self.add_to_document))

    def entries(self) -> Iterable[Entry]:
        schema = self.draft.schema
        for heading, attributes in (
            (self.tr("Of spans"), schema.attributes),
            (self.tr("Of documents"), schema.document_attributes),
        ):
            rows = tuple(self._entry(each) for each in attributes)
            if rows:
                yield Entry(f"heading:{heading}", heading, is_heading=True, children=rows)

    def _entry(self, attribute: AttributeType) -> Entry:
        remark = self.tr("retired") if attribute.retired else attribute_kind_words(attribute.kind)
        return Entry(attribute.id, attribute.name, remark, is_quiet=attribute.retired)

    def show_current(self) -> SchemaForm | None:
        attribute = self._attribute()
        if attribute is None:
            return None
        self.form.fill(self.draft.schema, attribute, is_of_document=self._is_of_document(attribute))
        use = self.draft.use
        if self._is_of_document(attribute):
            count = counted(use.documents_with(attribute.id), "document")
        else:
            count = counted(use.spans_with(attribute.id), "span")
        self.use.setText(self.tr("{count} with a value of it.").format(count=count))
        self.retire.setText(self.tr("Res&tore") if attribute.retired else self.tr("Re&tire"))
        return self.form

    def _attribute(self) -> AttributeType | None:
        schema, row = self.draft.schema, self.tree.current()
        return schema.attribute(row) or schema.document_attribute(row)

    def _is_of_document(self, attribute: AttributeType) -> bool:
        return self.draft.schema.document_attribute(attribute.id) is not None

    # -- editing

    def commit(self, field: QWidget | None = None) -> bool:
        """As every page; a kind that needs values is taken over with the first of them."""
        if field is self.form.kind and self.form.asks_for_values():
            return True
        return super().commit(field)

    def as_typed(self) -> Edit | None:
        attribute = self._attribute()
        if attribute is None:
            return None
        changed = self.form.value(attribute)
        return lambda schema: rules.change_attribute(schema, changed)

    def moved(self, row: str, step: int) -> Edit:
        return lambda schema: rules.move_attribute(schema, row, step)

    def retired(self) -> Edit | None:
        attribute = self._attribute()
        if attribute is None:
            return None
        return lambda schema: rules.retire_attribute(schema, attribute.id, is_retired=not attribute.retired)

    def removed(self) -> Edit | None:
        attribute = self._attribute()
        return None if attribute is None else lambda schema: rules.remove_attribute(schema, attribute.id)

    def _add(self) -> None:
        name, labels = self._free_name(), [label for label, _ in label_entries(self.draft.schema)[:1]]
        self._add_by(lambda schema: rules.add_attribute(schema, name=name, labels=labels))

    def _add_to_document(self) -> None:
        name = self._free_name()
        self._add_by(lambda schema: rules.add_document_attribute(schema, name=name))

    def _free_name(self) -> str:
        schema = self.draft.schema
        taken = (each.name for each in (*schema.attributes, *schema.document_attributes))
        return free_name(self.tr("New attribute"), taken)

    def _add_by(self, edit: Edit) -> None:
        """Add an attribute and let its name be typed."""
        if self.add(edit, lambda schema: (a.id for a in (*schema.attributes, *schema.document_attributes))):
            self.form.name.selectAll()
            self.form.name.setFocus(Qt.FocusReason.TabFocusReason)


class AttributeForm(SchemaForm):
    """Name, kind, values, default, labels and kinds of document of an attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.kind = QComboBox()
        for kind in ATTRIBUTE_KINDS:
            self.kind.addItem(attribute_kind_words(kind), kind)
        self.values = LinesField(self.tr("One value a line"), rows=6)
        self.default = QComboBox(editable=True)
        self.default.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.required = QCheckBox(self.tr("Re&quired before a document is done"))
        self.per_name = QCheckBox(self.tr("&Propose it for repeats of the same words"))
        self.labels = ChecksField()
        self.kinds = ChecksField()
        self.add(self.tr("&Name"), self.name)
        self.add(self.tr("&Kind"), self.kind)
        self.add(self.tr("&Values"), self.values)
        self.add(
            self.tr("&Default"),
            self.default,
            self.tr(
                "What it starts with: a value, from-marks (by quotation marks), or from-kind (by the kind of "
                "document)."
            ),
        )
        self.add("", self.required)
        self.add("", self.per_name)
        self.add(self.tr("Of &labels"), self.labels)
        self.add(self.tr("&Only in"), self.kinds, self.tr("None checked: in all documents."))

    def fill(self, schema: LabelSchema, attribute: AttributeType, *, is_of_document: bool) -> None:
        """Show an attribute; one of documents has no labels, and no words that could propose a value."""
        link = self.kind.findData("link")
        if (link < 0) != is_of_document:
            if is_of_document:
                self.kind.removeItem(link)
            else:
                self.kind.addItem(attribute_kind_words("link"), "link")
        for field in (self.labels, self.per_name):
            self.show_row(field, is_shown=not is_of_document)
        self.name.setText(attribute.name)
        self.kind.setCurrentIndex(self.kind.findData(attribute.kind))
        self.values.fill(attribute.values)
        self.values.setEnabled(attribute.kind in _WITH_VALUES)
        self.default.clear()
        offered = (FROM_KIND,) if is_of_document else RULES
        self.default.addItems(["", *attribute.values, *(offered if attribute.kind == "choice" else ())])
        self.default.setEditText(attribute.default)
        self.required.setChecked(attribute.required)
        self.per_name.setChecked(attribute.per == "name")
        self.labels.fill(label_entries(schema, attribute.labels), attribute.labels)
        self.kinds.fill(kind_entries(), attribute.kinds)

    def asks_for_values(self) -> bool:
        """Whether the kind that was chosen needs values and has none yet; they can be typed then."""
        needs = self.kind.currentData() in _WITH_VALUES and not self.values.lines()
        if needs:
            self.values.setEnabled(True)
            self.values.setFocus(Qt.FocusReason.TabFocusReason)
        return needs

    def value(self, attribute: AttributeType) -> AttributeType:
        """The attribute as the form has it."""
        kind: AttributeKind = self.kind.currentData()
        return replace(
            attribute,
            name=self.name.text(),
            kind=kind,
            values=self.values.lines() if kind in _WITH_VALUES else (),
            default=self.default.currentText().strip(),
            required=self.required.isChecked(),
            per="name" if self.per_name.isChecked() else "",
            labels=self.labels.chosen(),
            kinds=self.kinds.chosen(),
        )
