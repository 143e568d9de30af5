"""The form of a document's own attributes, such as topic and jurisdiction, as the schema gives them.

A value that stands outside the schema, from an import, is shown below the form and is never changed here.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.flags import FLAG, NOTE
from annotator.model import AttributeValue, Document
from annotator.proposals import proposed_value
from annotator.schema import AttributeType
from ui.panels.attribute_form import AttributeForm
from ui.panels.fields import value_words
from ui.panels.themed import SMALL, Words
from ui.session import Session


class DocumentForm(QWidget):
    """Shows what the annotator says of the open document, and edits it through the session.

    Signals:
        done: The keyboard goes back to the text.
    """

    done = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._attributes: tuple[AttributeType, ...] = ()
        self._document = ""
        self.form: AttributeForm | None = None
        self.others = Words(tone="muted", is_selectable=True)
        self.heading = Words(self.tr("What you say of it"), size=SMALL, bold=True, is_wrapping=False)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.heading)
        self._layout.addWidget(self.others)

    def show_document(self, document: Document) -> None:
        """Show the open document, or its values as they are now."""
        attributes = self._session.schema.attributes_of_document(document.kind)
        is_other = document.id != self._document
        # The form of another document of the kind is kept: to make one takes longer than all else here.
        if attributes != self._attributes or (is_other and self._has_keyboard()):
            self._make_form(attributes)
        self._document = document.id
        given = {name: label.value for name, label in self._session.document_labels.items()}
        if self.form is not None:
            proposals = {}
            for attribute in attributes:
                value = proposed_value(attribute, kind=document.kind, text="", fragments=())
                if value is not None:
                    proposals[attribute.id] = value
            self.form.show_values(given, proposals)
        known = {*(attribute.id for attribute in attributes), FLAG, NOTE}
        others = {name: value for name, value in given.items() if name not in known}
        lines = [f"{self._name(name)}: {value_words(value)}" for name, value in sorted(others.items())]
        self.others.setText("\n".join(lines))
        self.others.setVisible(bool(lines))
        self.setVisible(self.form is not None or bool(lines))

    def focus_first(self) -> bool:
        """Give the keyboard to the first required attribute that is not set; False if there is none."""
        return self.form is not None and self.form.focus_first()

    def flush(self) -> None:
        """Keep what was typed and not kept yet."""
        if self.form is not None:
            self.form.flush()

    def _has_keyboard(self) -> bool:
        """Whether somebody types in the form, who is not to go on in that of another document."""
        focus = self.focusWidget()
        return self.form is not None and focus is not None and focus.hasFocus() and self.isAncestorOf(focus)

    def _make_form(self, attributes: tuple[AttributeType, ...]) -> None:
        self._attributes = attributes
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = AttributeForm(attributes) if attributes else None
        if self.form is not None:
            self.form.chosen.connect(self._on_chosen)
            self.form.left.connect(self.done)
            self._layout.insertWidget(1, self.form)

    def _on_chosen(self, attribute: str, value: AttributeValue | None) -> None:
        self._session.set_document_label(attribute, value)
        if self._session.document is not None:
            self.show_document(self._session.document)

    def _name(self, name: str) -> str:
        attribute = self._session.schema.document_attribute(name)
        return name if attribute is None else attribute.name
