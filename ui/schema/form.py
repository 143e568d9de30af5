"""A form of the schema editor: rows of a name and a field, each with room below it for what is wrong.

A form decides nothing. It tells by `edited` which field was changed by hand and left; whoever listens says
by `tell` why that was refused.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from ui.dialogs.frame import Fault, form
from ui.panels.themed import SMALL, Words
from ui.schema.fields import ChecksField, ColourField, LinesField


class SchemaForm(QWidget):
    """Named fields below each other.

    Signals:
        edited: A field (the widget) was changed by hand and left.
    """

    edited = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__()
        self._faults: dict[QWidget, Fault] = {}
        self._rows = form()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._rows)

    def add(self, title: str, field: QWidget, hint: str | Words = "") -> None:
        """Add a field; `title` may have a mnemonic, `hint` explains the field below it."""
        fault = Fault()
        self._faults[field] = fault
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(field)
        if hint:
            layout.addWidget(Words(hint, tone="muted", size=SMALL) if isinstance(hint, str) else hint)
        layout.addWidget(fault)
        cell.setFocusProxy(field)
        self._rows.addRow(title, cell)
        if title:
            (field.focusProxy() or field).setAccessibleName(title.replace("&", ""))
        _when_edited(field, lambda: self.edited.emit(field))

    def show_row(self, field: QWidget, *, is_shown: bool) -> None:
        """Show a field with its name, or hide both."""
        cell = field.parentWidget()
        if cell is not None:
            self._rows.setRowVisible(cell, is_shown)

    def tell(self, field: QWidget | None, sentence: str) -> None:
        """Say below a field what is wrong with it, and nothing below the others; None says nothing at all."""
        for each, fault in self._faults.items():
            fault.tell(sentence if each is field else "")


def _when_edited(field: QWidget, do: Callable[[], object]) -> None:
    """Call `do` when the field was changed by hand and left."""
    match field:
        case QLineEdit():
            field.editingFinished.connect(do)
        case QCheckBox():
            field.clicked.connect(lambda _is_on: do())
        case QComboBox():
            field.activated.connect(lambda _row: do())
            line = field.lineEdit()
            if line is not None:
                line.editingFinished.connect(do)
        case ChecksField() | LinesField() | ColourField():
            field.edited.connect(do)
