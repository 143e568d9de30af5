"""The page of relation types in the schema editor: between which labels they lead, what qualifies them."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from annotator import schema_editing as rules
from annotator.schema import LabelSchema, RelationType
from annotator.wording import counted
from ui.dialogs.frame import side_button
from ui.schema.draft import Edit, SchemaDraft
from ui.schema.fields import ChecksField, LinesField
from ui.schema.form import SchemaForm
from ui.schema.page import SchemaPage, free_name, label_entries
from ui.schema.tree import Entry


class RelationsPage(SchemaPage):
    """The relation types in their order, and the form of the one that is chosen."""

    def __init__(self, draft: SchemaDraft) -> None:
        super().__init__(
            draft,
            self.tr("Relation types"),
            empty=self.tr("No relation types yet. One links two spans, such as a claim and who makes it."),
        )
        self.form = RelationForm()
        self.add_relation = side_button(self.tr("New relation t&ype"))
        self.add_relation.clicked.connect(self._add)
        self.lay_out((self.form,), (self.add_relation,))

    def entries(self) -> Iterable[Entry]:
        for each in self.draft.schema.relations:
            yield Entry(each.id, each.name, self._ends(each), is_quiet=each.retired)

    def _ends(self, relation: RelationType) -> str:
        if relation.retired:
            return self.tr("retired")
        names = []
        for ends in (relation.sources, relation.targets):
            label = self.draft.schema.label(ends[0])
            more = f" +{len(ends) - 1}" if len(ends) > 1 else ""
            names.append((ends[0] if label is None else label.name) + more)
        return " → ".join(names)

    def show_current(self) -> SchemaForm | None:
        relation = self._relation()
        if relation is None:
            return None
        self.form.fill(self.draft.schema, relation)
        links = counted(self.draft.use.links_of(relation.id), "link")
        self.use.setText(self.tr("{links} of this type.").format(links=links))
        self.retire.setText(self.tr("Res&tore") if relation.retired else self.tr("Re&tire"))
        return self.form

    def _relation(self) -> RelationType | None:
        return self.draft.schema.relation(self.tree.current())

    # -- editing

    def as_typed(self) -> Edit | None:
        relation = self._relation()
        if relation is None:
            return None
        changed = self.form.value(relation)
        return lambda schema: rules.change_relation(schema, changed)

    def moved(self, row: str, step: int) -> Edit:
        return lambda schema: rules.move_relation(schema, row, step)

    def retired(self) -> Edit | None:
        relation = self._relation()
        if relation is None:
            return None
        return lambda schema: rules.retire_relation(schema, relation.id, is_retired=not relation.retired)

    def removed(self) -> Edit | None:
        relation = self._relation()
        return None if relation is None else lambda schema: rules.remove_relation(schema, relation.id)

    def _add(self) -> None:
        name = free_name(self.tr("New relation type"), (each.name for each in self.draft.schema.relations))
        ends = [label for label, _ in label_entries(self.draft.schema)[:1]]
        if self.add(
            lambda schema: rules.add_relation(schema, name=name, sources=ends, targets=ends),
            lambda schema: (each.id for each in schema.relations),
        ):
            self.form.name.selectAll()
            self.form.name.setFocus(Qt.FocusReason.TabFocusReason)


class RelationForm(SchemaForm):
    """Name, ends, conditions and qualifying values of a relation type."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.sources = ChecksField()
        self.targets = ChecksField()
        self.same = QCheckBox(self.tr("&Both ends have the same label"))
        self.across = QCheckBox(self.tr("It may lead into an&other document"))
        self.one = LinesField(self.tr("One value a line"))
        self.many = LinesField(self.tr("One value a line"))
        self.add(self.tr("&Name"), self.name)
        self.add(self.tr("&From"), self.sources)
        self.add(self.tr("&To"), self.targets)
        self.add("", self.same)
        self.add("", self.across)
        self.add(self.tr("One o&f"), self.one, self.tr("A link can be qualified by one of these."))
        self.add(self.tr("&Any of"), self.many, self.tr("A link can be qualified by any number of these."))

    def fill(self, schema: LabelSchema, relation: RelationType) -> None:
        """Show a relation type."""
        self.name.setText(relation.name)
        self.sources.fill(label_entries(schema, relation.sources), relation.sources)
        self.targets.fill(label_entries(schema, relation.targets), relation.targets)
        self.same.setChecked(relation.same_label)
        self.across.setChecked(relation.across)
        self.one.fill(relation.values)
        self.many.fill(relation.several)

    def value(self, relation: RelationType) -> RelationType:
        """The relation type as the form has it."""
        return replace(
            relation,
            name=self.name.text(),
            sources=self.sources.chosen(),
            targets=self.targets.chosen(),
            values=self.one.lines(),
            several=self.many.lines(),
            same_label=self.same.isChecked(),
            across=self.across.isChecked(),
        )
