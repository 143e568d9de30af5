"""Edits a link before it is taken, or makes one that nobody has: type, values, gold spans at its ends."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from annotator.model import AttributeValue, Result
from annotator.schema import LabelSchema
from ui.dialogs.frame import answer_buttons, body, fit, form
from ui.panels.attribute_form import AttributeForm
from ui.panels.elided_combo import ElidedComboBox

Ends = Sequence[tuple[str, str]]  # gold spans (ids), and what each is called


class LinkDialog(QDialog):
    """The type of a link, from where to where it goes, and what qualifies it.

    Signals:
        answered: What is to be taken, a Result.
    """

    answered = Signal(object)

    def __init__(
        self,
        start: Result,
        *,
        schema: LabelSchema,
        sources: Ends,
        targets: Ends,
        is_new: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._schema = schema
        self._values = dict(start.attributes)
        self._form: AttributeForm | None = None
        layout = body(self, self.tr("New link") if is_new else self.tr("Edit the link, then take it"))
        kinds = [(each.id, each.name) for each in schema.relations if not each.retired]
        self.type = _box(kinds, start.label)
        self.source = _box(sources, start.source)
        self.target = _box(targets, start.target)
        rows = form()
        rows.addRow(self.tr("&Link"), self.type)
        rows.addRow(self.tr("&Begins at"), self.source)
        rows.addRow(self.tr("&Ends at"), self.target)
        layout.addLayout(rows)
        self._below = QVBoxLayout()
        layout.addLayout(self._below)
        box, self._take = answer_buttons(self, self.tr("&Take"))
        layout.addWidget(box)
        self.type.currentIndexChanged.connect(self._on_type_changed)
        self.accepted.connect(self._answer)
        self._on_type_changed()
        fit(self, 560)
        self.type.setFocus()

    def _on_type_changed(self) -> None:
        """Ask for what qualifies links of the type; values that it can have too are kept."""
        if self._form is not None:
            self._below.removeWidget(self._form)
            self._form.deleteLater()
        kind = self._schema.relation(str(self.type.currentData()))
        attributes = () if kind is None else kind.attributes
        known = {each.id for each in attributes}
        self._values = {name: value for name, value in self._values.items() if name in known}
        self._form = AttributeForm(attributes)
        self._form.show_values(self._values, {})
        self._form.chosen.connect(self._on_value)
        for back in (self._form.left, self._form.filled):
            back.connect(self.type.setFocus)
        self._form.passed.connect(lambda step: (self._take if step > 0 else self.target).setFocus())
        self._below.addWidget(self._form)

    def _on_value(self, attribute: str, value: AttributeValue | None) -> None:
        if value is None:
            self._values.pop(attribute, None)
        else:
            self._values[attribute] = value
        if self._form is not None:
            self._form.show_values(self._values, {})

    def _answer(self) -> None:
        if self._form is not None:
            self._form.flush()
        chosen = (str(each.currentData()) for each in (self.type, self.source, self.target))
        kind, source, target = chosen
        self.answered.emit(Result("", kind, (), dict(self._values), source, target))


def _box(choices: Ends, chosen: str) -> ElidedComboBox:
    """A box of (id, words), at the one that is chosen, or else the first."""
    box = ElidedComboBox()
    for data, words in choices:
        box.addItem(words, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
