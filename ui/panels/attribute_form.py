"""The form of a span's attributes, made from the schema once for each label and kept.

Required attributes come first: they are what `A` asks for in turn. The form asks by `chosen` and shows
what it is then told by `show_values`; it stores nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.model import Attributes, AttributeValue
from annotator.schema import AttributeType
from ui.panels.fields import Field, make_field
from ui.panels.headed_layout import HeadedLayout
from ui.panels.link_field import LinkField
from ui.panels.themed import SMALL, Words


class AttributeRow(QWidget):
    """The name of an attribute, whether it has to be set, and its field."""

    def __init__(self, attribute: AttributeType, field: Field) -> None:
        super().__init__()
        self.attribute = attribute
        self.field = field
        heading = QWidget()
        name = Words(attribute.name, size=SMALL, is_wrapping=False)
        self._state = Words(size=SMALL, is_wrapping=False)
        line = QHBoxLayout(heading)
        line.setContentsMargins(2, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(name)
        line.addWidget(self._state)
        line.addStretch(1)
        layout = HeadedLayout(self)
        layout.addWidget(heading)
        layout.addWidget(field)

    def show_value(self, value: AttributeValue | None, proposal: AttributeValue | None) -> None:
        """Show the value, or what is proposed while there is none."""
        self.field.show_value(value, proposal)
        values = {} if value is None else {self.attribute.id: value}
        is_missing = self.attribute.required and not _is_set(self.attribute, values)
        self._state.set_tone("caution" if is_missing else "muted")
        if is_missing:
            self._state.setText(self.tr("required, not set"))
        elif self.attribute.required:
            self._state.setText(self.tr("required"))
        elif value is None and proposal is not None:
            self._state.setText(self.tr("proposed"))
        else:
            self._state.clear()
        self._state.setVisible(bool(self._state.text()))


class AttributeForm(QWidget):
    """The attributes of spans of one label in one kind of document.

    Signals:
        chosen: A value is asked for: the attribute's id, and the value or None to take it away.
        link_wanted: A span to link to is to be chosen (the id of an attribute of the kind link).
        link_dropped: The link that an attribute shows last is to be taken away (the attribute's id).
        left: Esc was pressed in a field.
        filled: The keyboard would go on to what is required and not set, and there is none.
        passed: The keyboard goes on after the last field (1) or back before the first (-1).
    """

    chosen = Signal(str, object)
    link_wanted = Signal(str)
    link_dropped = Signal(str)
    left = Signal()
    filled = Signal()
    passed = Signal(int)

    def __init__(self, attributes: Sequence[AttributeType]) -> None:
        super().__init__()
        self._values: Attributes = {}
        self._rows: list[AttributeRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        for attribute in sorted(attributes, key=lambda attribute: not attribute.required):
            row = AttributeRow(attribute, make_field(attribute))
            self._connect(row.field, len(self._rows))
            self._rows.append(row)
            layout.addWidget(row)

    def show_values(self, values: Attributes, proposals: Mapping[str, AttributeValue]) -> None:
        """Show a span's values, and what is proposed for those that are not set.

        The value of a link is a tuple of the words that it leads to.
        """
        self._values = values
        for row in self._rows:
            row.show_value(values.get(row.attribute.id), proposals.get(row.attribute.id))

    def focus_first(self) -> bool:
        """Give the keyboard to the first required attribute that is not set, else to the first.

        False if there is no attribute at all.
        """
        if not self._rows:
            return False
        self._focus(next(self._missing(range(len(self._rows))), 0))
        return True

    def focus_last(self) -> bool:
        """Give the keyboard to the last attribute; False if there is none."""
        if self._rows:
            self._focus(len(self._rows) - 1)
        return bool(self._rows)

    def flush(self) -> None:
        """Ask for what was typed and not asked for yet."""
        for row in self._rows:
            row.field.flush()

    def _connect(self, field: Field, index: int) -> None:
        field.chosen.connect(lambda value: self.chosen.emit(field.attribute.id, value))
        field.advanced.connect(lambda: self._advance(index))
        field.moved.connect(lambda step: self._move(index + step))
        field.left.connect(self.left)
        if isinstance(field, LinkField):
            field.wanted.connect(lambda: self.link_wanted.emit(field.attribute.id))
            field.dropped.connect(lambda: self.link_dropped.emit(field.attribute.id))

    def _advance(self, index: int) -> None:
        """Go on to the next required attribute that is not set, going round; say so if there is none."""
        if not _is_set(self._rows[index].attribute, self._values):
            return
        following = (*range(index + 1, len(self._rows)), *range(index))
        target = next(self._missing(following), None)
        if target is None:
            self.filled.emit()
        else:
            self._focus(target)

    def _move(self, index: int) -> None:
        if 0 <= index < len(self._rows):
            self._focus(index)
        else:
            self.passed.emit(-1 if index < 0 else 1)

    def _missing(self, indexes: Sequence[int]) -> Iterator[int]:
        for index in indexes:
            attribute = self._rows[index].attribute
            if attribute.required and not _is_set(attribute, self._values):
                yield index

    def _focus(self, index: int) -> None:
        self._rows[index].field.setFocus(Qt.FocusReason.TabFocusReason)


def _is_set(attribute: AttributeType, values: Attributes) -> bool:
    return bool(values.get(attribute.id)) if attribute.kind == "link" else attribute.is_set(values)
