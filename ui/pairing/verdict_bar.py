"""The link at hand under the pair view: what it says in words, how true it is, how sure one is, and a note.

It takes the keyboard when a link was made: a value's letter or digit sets it, Down goes on to the next field,
and from a certainty on to the note; Enter and Esc go back to the text. The values are the schema's.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from annotator.model import AttributeValue, Relation
from annotator.schema import AttributeType, RelationType
from ui.panels.elided_label import ElidedLabel
from ui.panels.fields import Field, make_field
from ui.panels.themed import Words, theme_of
from ui.theme import icon

_CERTAINTY = AttributeType("certainty", "Certainty", (), "choice", ("sure", "likely", "unsure"))


class VerdictBar(QFrame):
    """Hidden while there is no link at hand.

    Signals:
        qualified: An attribute of the link (its id) is to have a value, or None.
        made_certain: How certain the annotator is of the link.
        noted: The note on the link.
        stepped: Another link of the span is wanted.
        unlinked: The link is to be taken away.
        left: The keyboard goes back to the text.
    """

    qualified = Signal(str, object)
    made_certain = Signal(str)
    noted = Signal(str)
    stepped = Signal()
    unlinked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("verdict_bar")
        self.setAutoFillBackground(True)
        self.relation: Relation | None = None
        self._type: RelationType | None = None
        self.sentence = ElidedLabel()
        self.count = Words(tone="muted", is_wrapping=False)
        self.note = QLineEdit(placeholderText=self.tr("Note on the link"))
        self.note.setAccessibleName(self.tr("Note on the link"))
        self.fields: list[Field] = []
        self._values = QHBoxLayout()
        self._values.setSpacing(12)
        self._tools = {
            "next": _tool(self.tr("Next link of this span")),
            "link": _tool(self.tr("Unlink")),
            "close": _tool(self.tr("Back to the text: Esc")),
        }
        first = QHBoxLayout()
        first.addWidget(self.sentence, 1)
        first.addWidget(self.count)
        for button in self._tools.values():
            first.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addLayout(self._values)
        self.note.editingFinished.connect(self._write)
        self.note.returnPressed.connect(self.left)
        self._tools["next"].clicked.connect(self.stepped)
        self._tools["link"].clicked.connect(self.unlinked)
        self._tools["close"].clicked.connect(self.left)
        self.hide()

    def show_link(
        self, relation: Relation, kind: RelationType | None, sentence: str, count: str = ""
    ) -> None:
        """Show a link: its fields are those of its type, then certainty and note."""
        if self._type != kind or not self.fields:
            self._make_fields(kind)
        self.relation = relation
        self.sentence.set_text(sentence)
        self.count.setText(count)
        self._tools["next"].setVisible(bool(count))
        self.setAccessibleName(sentence)
        for field in self.fields:
            is_certainty = field.attribute is _CERTAINTY
            field.show_value(
                relation.certainty if is_certainty else relation.attributes.get(field.attribute.id)
            )
        if not self.note.hasFocus():
            self.note.setText(relation.note)
        for name, button in self._tools.items():
            button.setIcon(icon(name, theme_of(self)))
        self.show()

    def take_focus(self) -> None:
        """Give the keyboard to the first field."""
        if self.fields:
            self.fields[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Show no link."""
        self.relation = None
        self.hide()

    def _make_fields(self, kind: RelationType | None) -> None:
        for field in self.fields:
            self._values.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._values.removeWidget(self.note)
        self._type = kind
        self.fields = [make_field(each) for each in (*(kind.attributes if kind else ()), _CERTAINTY)]
        for field in self.fields:
            self._values.addWidget(field, 3)
            field.chosen.connect(lambda value, field=field: self._choose(field, value))
            field.advanced.connect(lambda field=field: self._advance(field))
            field.left.connect(self.left)
            field.moved.connect(lambda step, field=field: self._move(field, step))
        self._values.addWidget(self.note, 2)

    def _choose(self, field: Field, value: AttributeValue | None) -> None:
        if field.attribute is not _CERTAINTY:
            self.qualified.emit(field.attribute.id, value)
        elif value is not None:
            self.made_certain.emit(str(value))

    def _advance(self, field: Field) -> None:
        """Enter ends the verdict; a certainty that was chosen by its key leads on to the note."""
        if field.attribute is _CERTAINTY:
            self.note.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()

    def _move(self, field: Field, step: int) -> None:
        ring: list[QWidget] = [*self.fields, self.note]
        ring[(ring.index(field) + step) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)

    def _write(self) -> None:
        if self.relation is not None and self.note.text().strip() != self.relation.note:
            self.noted.emit(self.note.text())


def _tool(purpose: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setToolTip(purpose)
    button.setAccessibleName(purpose)
    return button
