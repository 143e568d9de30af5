"""A form of the schema editor: rows of a name and a field, each with room below it for what is wrong.

A form decides nothing. It tells by `edited` which field was changed by hand and left; whoever listens says
by `tell` why that was refused.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.dialogs.frame import Fault
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
        self._names: dict[QWidget, QLabel] = {}
        # WORKAROUND: QFormLayout (Qt 6.11) keeps the old heights of rows whose words wrap when one appears.
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(14)
        self._rows.setVerticalSpacing(9)
        self._rows.setColumnStretch(1, 1)

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
        name = QLabel(title)
        name.setBuddy(field.focusProxy() or field)
        name.setContentsMargins(0, 3, 0, 0)
        self._names[field] = name
        row = self._rows.rowCount()
        self._rows.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(cell, row, 1)
        if title:
            (field.focusProxy() or field).setAccessibleName(title.replace("&", ""))
        _when_edited(field, lambda: self.edited.emit(field))

    def show_row(self, field: QWidget, *, is_shown: bool) -> None:
        """Show a field with its name, or hide both."""
        cell = field.parentWidget()
        if cell is not None:
            cell.setVisible(is_shown)
            self._names[field].setVisible(is_shown)

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
