"""What the labels of an imported file mean: each is one of the project's, is added, or is left out.

The import waits for the answer; to close the dialog without one leaves the file out.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QGridLayout, QScrollArea, QWidget

from annotator.schema import LabelSchema
from annotator.schema_merge import close_label
from annotator.services.import_names import UnknownLabel, UnknownLabels
from ui.dialogs.frame import answer_buttons, body, button_row, fit, side_button
from ui.panels.elided_label import ElidedLabel
from ui.panels.span_words import one_line, shortened
from ui.panels.themed import LARGE, Words

MOST = 200  # rows; a file with more labels than that has no label schema to speak of


class ImportLabelsDialog(QDialog):
    """A row for each unknown label of a file, with what it becomes."""

    def __init__(self, unknown: UnknownLabels, schema: LabelSchema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_labels")
        self._schema = schema
        self._unknown = unknown.labels
        self.choices: dict[str, QComboBox] = {}
        layout = body(self, self.tr("Labels of the file"))
        head = self.tr("{file} uses labels that this project does not have")
        layout.addWidget(Words(head.format(file=shortened(unknown.source, 60)), size=LARGE, bold=True))
        layout.addWidget(Words(self.tr("The choice holds for all files of this import."), tone="muted"))
        layout.addWidget(self._rows(), 1)
        if len(self._unknown) > MOST:
            more = self.tr("{n} more labels are not listed; they are added.")
            layout.addWidget(Words(more.format(n=len(self._unknown) - MOST), tone="caution"))
        self.add_all = side_button(self.tr("&Add all"))
        self.add_all.setToolTip(self.tr("Every label becomes a new one of the project"))
        self.add_all.clicked.connect(self._on_add_all)
        box, self.go_on = answer_buttons(self, self.tr("Import"))
        self.leave_out = box.buttons()[-1]
        self.leave_out.setText(self.tr("&Leave the file out"))
        layout.addLayout(button_row(box, self.add_all))
        fit(self, 760, 460)
        next(iter(self.choices.values())).setFocus()

    def answer(self) -> Mapping[str, str]:
        """For each label the id of the project's, its own name to add it, or "" to leave its spans out."""
        added = {label.name: label.name for label in self._unknown}
        return added | {name: str(choice.currentData()) for name, choice in self.choices.items()}

    def _rows(self) -> QScrollArea:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for row, label in enumerate(self._unknown[:MOST]):
            self._row(grid, row, label)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        area.setMinimumWidth(page.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
        return area

    def _row(self, grid: QGridLayout, row: int, label: UnknownLabel) -> None:
        name = Words(shortened(label.name, 32), bold=True, is_wrapping=False)
        name.setToolTip(label.name)
        words = one_line(label.words)
        count = Words(str(label.count), tone="muted", is_wrapping=False)
        count.setToolTip(self.tr("Spans"))
        count.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        choice = self._choice(label)
        quoted = ElidedLabel(f"“{words}”", role=QPalette.ColorRole.PlaceholderText)
        for column, widget in enumerate((name, count, quoted, choice)):
            grid.addWidget(widget, row, column)
        self.choices[label.name] = choice

    def _choice(self, label: UnknownLabel) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(self.tr("What {label} becomes").format(label=label.name))
        choice.addItem(self.tr("Add as a new label"), label.name)
        choice.addItem(self.tr("Leave out"), "")
        for layer in self._schema.layers:
            usable = [own for own in layer.labels if not own.retired and not own.merged_into]
            if usable:
                choice.insertSeparator(choice.count())
            for own in usable:
                choice.addItem(own.name, own.id)
        close = close_label(self._schema, label.name)
        if close is not None:
            choice.setCurrentIndex(choice.findData(close))
        return choice

    def _on_add_all(self) -> None:
        for choice in self.choices.values():
            choice.setCurrentIndex(0)
