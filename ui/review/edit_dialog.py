"""Edits a candidate before it is taken, or makes a span that nobody has: extent, label and attributes."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from annotator.geometry import Range
from annotator.model import AttributeValue, Fragment, Result
from annotator.schema import LabelSchema
from ui.dialogs.frame import answer_buttons, body, fit, form
from ui.keys import pressed_key
from ui.panels.attribute_form import AttributeForm
from ui.panels.themed import Words, theme_of
from ui.resizing import moved
from ui.views.overlay import PaintedSpan
from ui.views.reading import ReadingStyle
from ui.views.text_view import TextView

ATTRIBUTES = "a"  # the key that asks for them, as in the main window
AROUND = 600  # code points shown either side
MOVES = {
    Qt.Key.Key_Left: ("end", -1),
    Qt.Key.Key_Right: ("end", 1),
    Qt.Key.Key_Up: ("start", -1),
    Qt.Key.Key_Down: ("start", 1),
}
"""With Alt, which end of the extent a key moves and where to: the same keys as in the main window."""


class EditDialog(QDialog):
    """The words, in which the extent is what is selected, the label, and the label's attributes.

    `fragments` is the extent that is going to be taken, in code points of the whole text.

    Signals:
        answered: What is to be taken, a Result.
    """

    answered = Signal(object)

    def __init__(
        self,
        text: str,
        start: Result,
        *,
        schema: LabelSchema,
        layer: str,
        kind: str,
        is_new: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._schema, self._kind = schema, kind
        self._values = dict(start.attributes)
        self.fragments = start.fragments
        first, last = start.fragments[0].start, start.fragments[-1].end
        self._from = max(0, first - AROUND)
        self._form: AttributeForm | None = None
        layout = body(self, self.tr("New span") if is_new else self.tr("Edit, then take"))
        layout.addWidget(
            Words(
                self.tr(
                    "Select the words with the mouse, or with Shift and the arrow keys. Alt+Left and "
                    "Alt+Right move the end, Alt+Up and Alt+Down the start. A label's key chooses it, "
                    "A goes to the attributes."
                ),
                tone="muted",
            )
        )
        self.view = TextView()
        self.view.set_reading(ReadingStyle(size=12, line_height=160, column_width=200))
        self.view.set_theme(theme_of(self))
        self.view.setMinimumHeight(220)
        self.view.show_text(text[self._from : last + AROUND])
        layout.addWidget(self.view, 1)
        self.label = QComboBox()
        self._fill_labels(layer, start.label)
        rows = form()
        rows.addRow(self.tr("&Label"), self.label)
        layout.addLayout(rows)
        self._below = QVBoxLayout()
        layout.addLayout(self._below)
        box, self._take = answer_buttons(self, self.tr("&Take"))
        layout.addWidget(box)
        self.label.currentIndexChanged.connect(self._on_label_changed)
        self.view.text_selection_changed.connect(self._on_selected)
        self.accepted.connect(self._answer)
        self._on_label_changed()
        self._paint()
        self.view.select_exactly(first - self._from, last - self._from)
        self.view.reveal(first - self._from, last - self._from)
        self.view.installEventFilter(self)
        fit(self, 640, 560)
        self.view.setFocus()

    def _fill_labels(self, layer: str, chosen: str) -> None:
        for label in self._schema.labels():
            if label.layer == layer and not label.retired and not label.merged_into:
                self.label.addItem(label.name, label.id)
        self.label.setCurrentIndex(max(0, self.label.findData(chosen)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the text alone; in the fields below, letters and arrows are theirs."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._takes(event):
            return True
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier  # arrows have it on macOS
        if modifiers == Qt.KeyboardModifier.AltModifier and event.key() in MOVES:
            self._move(*MOVES[Qt.Key(event.key())])
            return True
        key = pressed_key(event) if modifiers == Qt.KeyboardModifier.NoModifier else ""
        if key == ATTRIBUTES and self._form is not None:
            return self._form.focus_first()
        place = self.label.findData(
            next((each.id for each in self._schema.labels() if each.key == key), None)
        )
        if not key or place < 0:
            return False
        self.label.setCurrentIndex(place)
        return True

    def _move(self, edge: str, step: int) -> None:
        """Move an end by a word: the start of the first piece, the end of the last."""
        index = len(self.fragments) - 1 if edge == "end" else 0
        shown = moved(self.view.text, _shifted(self.fragments, -self._from), index, edge=edge, step=step)
        self.fragments = _shifted(shown, self._from)
        self.view.set_caret(shown[index].end if edge == "end" else shown[index].start)
        self._paint()

    def _on_label_changed(self) -> None:
        """Ask for the attributes of the label; values that it has too are kept."""
        if self._form is not None:
            self._below.removeWidget(self._form)
            self._form.deleteLater()
        attributes = [
            each
            for each in self._schema.attributes_of(str(self.label.currentData()), self._kind)
            if each.kind != "link"
        ]
        self._values = {each.id: self._values[each.id] for each in attributes if each.id in self._values}
        self._form = AttributeForm(attributes)
        self._form.show_values(self._values, {})
        self._form.chosen.connect(self._on_value)
        for back in (self._form.left, self._form.filled):
            back.connect(self.view.setFocus)
        self._form.passed.connect(lambda step: (self._take if step > 0 else self.label).setFocus())
        self._below.addWidget(self._form)
        self._paint()

    def _on_value(self, attribute: str, value: AttributeValue | None) -> None:
        if value is None:
            self._values.pop(attribute, None)
        else:
            self._values[attribute] = value
        if self._form is not None:
            self._form.show_values(self._values, {})

    def _on_selected(self) -> None:
        selected = self.view.selection()
        if selected is not None:
            self.fragments = (Fragment(selected.start + self._from, selected.end + self._from),)
            self._paint()

    def _paint(self) -> None:
        """Show what is going to be taken."""
        label = self._schema.label(str(self.label.currentData()))
        name, colour = ("", "#777777") if label is None else (label.name, label.colour)
        shown = tuple(
            Fragment(start - self._from, end - self._from) for start, end in self._in_view(self.fragments)
        )
        self.view.set_spans([PaintedSpan("taken", shown, name, colour)] if shown else [])

    def _in_view(self, fragments: Sequence[Fragment]) -> list[Range]:
        last = self._from + len(self.view.text)
        return [Range(start, end) for start, end in fragments if self._from <= start and end <= last]

    def _answer(self) -> None:
        if self._form is not None:
            self._form.flush()
        result = Result("", str(self.label.currentData()), self.fragments)
        self.answered.emit(replace(result, attributes=dict(self._values)))


def _shifted(fragments: Sequence[Fragment], by: int) -> tuple[Fragment, ...]:
    return tuple(Fragment(start + by, end + by) for start, end in fragments)
