"""The fields that ask for the value of an attribute, one for each kind of attribute.

A field shows what it is told and asks by `chosen`; it never takes a value by itself, so an edit that is
refused leaves no trace. The keyboard has one stop at a field, not one at each value.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from annotator.model import AttributeValue
from annotator.schema import AttributeType
from ui.keys import pressed_key
from ui.panels.flow_layout import FlowLayout
from ui.panels.themed import SMALL, Words
from ui.panels.value_button import ButtonState, ValueButton
from ui.panels.value_keys import value_keys

MOST_BUTTONS = 12
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def value_words(value: AttributeValue) -> str:
    """A value as people read it: "in_part" is "in part", a switch yes or no."""
    if isinstance(value, bool):
        return _tr("yes") if value else _tr("no")
    if isinstance(value, tuple):
        return ", ".join(value_words(one) for one in value)
    return str(value).replace("_", " ")


class Field(QWidget):
    """A field for one attribute.

    Signals:
        chosen: A value is asked for (AttributeValue), or None to take the value away.
        advanced: A value was chosen by key and the next field can have its turn.
        moved: The keyboard wants the field before (-1) or after (1).
        left: Esc was pressed.
    """

    chosen = Signal(object)
    advanced = Signal()
    moved = Signal(int)
    left = Signal()

    def __init__(self, attribute: AttributeType) -> None:
        super().__init__()
        self.attribute = attribute
        self.setAccessibleName(attribute.name)

    def show_value(self, value: AttributeValue | None, proposal: AttributeValue | None = None) -> None:
        """Show the value, or what is proposed while there is none."""
        raise NotImplementedError

    def flush(self) -> None:
        """Ask for what was typed and not asked for yet."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if event.modifiers() in _PLAIN:
                self.advanced.emit()
            case _:
                super().keyPressEvent(event)


def make_field(attribute: AttributeType) -> Field:
    """The field that asks for an attribute of this kind."""
    if attribute.kind == "link":
        from ui.panels.link_field import LinkField  # which is a Field itself

        return LinkField(attribute)
    if attribute.kind == "choice" and len(attribute.values) > MOST_BUTTONS:
        return ListField(attribute)
    if attribute.kind in ("choice", "choices"):
        return ChoiceField(attribute, attribute.values)
    if attribute.kind == "bool":
        return ChoiceField(attribute, (True, False))
    return LineField(attribute)


class ChoiceField(Field):
    """The values side by side: a letter or digit chooses one, the arrows and the space bar too.

    `words` says how a value is written; a field that is not `is_clearable` always has a value.
    """

    def __init__(
        self,
        attribute: AttributeType,
        values: Sequence[str | bool],
        *,
        words: Callable[[AttributeValue], str] = value_words,
        is_clearable: bool = True,
    ) -> None:
        super().__init__(attribute)
        self._values = tuple(values)
        self._words = words
        self._is_clearable = is_clearable
        self._value: AttributeValue | None = None
        self._proposal: AttributeValue | None = None
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        names = [words(value) for value in self._values]
        places = value_keys(names)
        self._letters = {name[place].lower(): names.index(name) for name, place in places.items()}
        layout = FlowLayout(self, spacing=1)
        self._buttons: list[ValueButton] = []
        for index, name in enumerate(names):
            button = ValueButton(name, letter=places.get(name), has_tick=attribute.kind == "choices")
            button.clicked.connect(lambda _checked, index=index: self._choose(index, is_switch=True))
            layout.addWidget(button)
            self._buttons.append(button)

    def show_value(self, value: AttributeValue | None, proposal: AttributeValue | None = None) -> None:
        self._value, self._proposal = value, proposal if value is None else None
        shown = value if value is not None else self._proposal
        self.setAccessibleDescription("" if shown is None else self._words(shown))
        self._show()

    def event(self, event: QEvent) -> bool:
        # Without this a letter that is also a command's key in the window would go to the command.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = event.modifiers() in _PLAIN
            if is_plain and (self._pressed(event) is not None or event.key() == Qt.Key.Key_Escape):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self._pressed(event) if event.modifiers() in _PLAIN else None
        if index is not None:
            self._current = index
            self._choose(index, is_switch=self.attribute.kind == "choices")
            if self.attribute.kind != "choices":
                self.advanced.emit()
            return
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Home | Qt.Key.Key_End:
                self._move(event.key())
            case Qt.Key.Key_Space:
                self._choose(self._current, is_switch=True)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                if self._is_clearable and self._value is not None:
                    self.chosen.emit(None)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._value is None and event.modifiers() in _PLAIN:
                self._take_current()
                self.advanced.emit()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        shown = self._value if self._value is not None else self._proposal
        first = shown[0] if isinstance(shown, tuple) and shown else shown
        self._current = self._values.index(first) if first in self._values else 0
        self._show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show()

    def _pressed(self, event: QKeyEvent) -> int | None:
        """The place of the value that a key chooses."""
        digit = pressed_key(event)
        if digit.isdigit():
            place = (int(digit) or 10) - 1
            return place if place < len(self._values) else None
        return self._letters.get(event.text().lower())

    def _move(self, key: int) -> None:
        last = len(self._values) - 1
        step = -1 if key == Qt.Key.Key_Left else 1
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        places = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        self._current = places.get(Qt.Key(key), min(last, max(0, self._current + step)))
        self._show()

    def _choose(self, index: int, *, is_switch: bool) -> None:
        """Ask for a value. A switch turns a value that is chosen off again."""
        value = self._values[index]
        if self.attribute.kind == "choices":
            self.chosen.emit(self._toggled(str(value)))
        elif value != self._value:
            self.chosen.emit(value)
        elif is_switch and self._is_clearable:
            self.chosen.emit(None)

    def _toggled(self, value: str) -> tuple[str, ...] | None:
        """The chosen values with this one added or left out, in the schema's order."""
        chosen = self._value if isinstance(self._value, tuple) else ()
        wanted = set(chosen) ^ {value}
        return tuple(one for one in self.attribute.values if one in wanted) or None

    def _take_current(self) -> None:
        if self._proposal is not None:
            self.chosen.emit(self._proposal)
        else:
            self._choose(self._current, is_switch=False)

    def _show(self) -> None:
        for index, (value, button) in enumerate(zip(self._values, self._buttons, strict=True)):
            state: ButtonState = "free"
            if _has(self._value, value):
                state = "chosen"
            elif _has(self._proposal, value):
                state = "proposed"
            button.show_state(state, is_current=self.hasFocus() and index == self._current)


class ListField(Field):
    """A choice among many values: a list to open, or the first letters to type."""

    def __init__(self, attribute: AttributeType) -> None:
        super().__init__(attribute)
        self._box = _QuietBox()
        self._box.addItem(_tr("not set"), None)
        for value in attribute.values:
            self._box.addItem(value_words(value), value)
        self._box.setAccessibleName(attribute.name)
        self._box.activated.connect(self._on_activated)
        self._value: AttributeValue | None = None
        _fill(self, self._box)

    def show_value(self, value: AttributeValue | None, proposal: AttributeValue | None = None) -> None:
        self._value = value
        none = _tr("not set") if proposal is None else _tr("not set; proposed: {value}")
        self._box.setItemText(0, none.format(value="" if proposal is None else value_words(proposal)))
        self._box.setCurrentIndex(max(0, self._box.findData(value)) if value is not None else 0)

    def _on_activated(self, index: int) -> None:
        value = self._box.itemData(index)
        if value != self._value:
            self.chosen.emit(value)


class LineField(Field):
    """A line to type: text, a number or a date. It is asked for on Enter and when it is left."""

    def __init__(self, attribute: AttributeType) -> None:
        super().__init__(attribute)
        self._line = QLineEdit()
        self._line.setAccessibleName(attribute.name)
        self._line.editingFinished.connect(self.flush)
        self._line.returnPressed.connect(self._on_return)
        self._fault = Words(tone="caution", size=SMALL)
        self._fault.hide()
        self._value: AttributeValue | None = None
        self._proposal: AttributeValue | None = None
        _fill(self, self._line).addWidget(self._fault)

    def show_value(self, value: AttributeValue | None, proposal: AttributeValue | None = None) -> None:
        self._value, self._proposal = value, proposal if value is None else None
        self._line.setText("" if value is None else str(value))
        self._line.setPlaceholderText(_hint(self.attribute) if proposal is None else value_words(proposal))
        self._fault.hide()

    def flush(self) -> None:
        typed = self._line.text().strip()
        if typed == ("" if self._value is None else str(self._value)):
            return
        if not typed:
            self.chosen.emit(None)
            return
        value = self.attribute.value_of(typed)
        if self.attribute.accepts(value):
            self.chosen.emit(value)
            return
        self.show_value(self._value, self._proposal)
        self._fault.setText(_fault(self.attribute).format(typed=typed))
        self._fault.show()

    def _on_return(self) -> None:
        if not self._line.text().strip() and self._proposal is not None:
            self.chosen.emit(self._proposal)
        else:
            self.flush()
        if self._fault.isHidden():
            self.advanced.emit()


class _QuietBox(QComboBox):
    """A list that the wheel does not change while the panel is scrolled under the mouse."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _fill(field: Field, widget: QWidget) -> QVBoxLayout:
    """Put the widget that takes the keys into its field."""
    layout = QVBoxLayout(field)
    layout.setContentsMargins(2, 2, 2, 2)
    layout.setSpacing(2)
    layout.addWidget(widget)
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setFocusProxy(widget)
    return layout


def _has(shown: AttributeValue | None, value: str | bool) -> bool:
    return value in shown if isinstance(shown, tuple) else shown is not None and shown == value


def _hint(attribute: AttributeType) -> str:
    match attribute.kind:
        case "date":
            return _tr("2025-10-17, 2025-10 or 2025")
        case "number":
            return _tr("a number")
        case _:
            return ""


def _fault(attribute: AttributeType) -> str:
    match attribute.kind:
        case "date":
            return _tr("“{typed}” is not a date. Write 2025-10-17, 2025-10 or 2025.")
        case "number":
            return _tr("“{typed}” is not a number. Write digits, with a point before decimals.")
        case _:
            return _tr("“{typed}” cannot be the value here.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("fields", text)
