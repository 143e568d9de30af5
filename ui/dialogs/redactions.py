"""What lies under the redaction boxes of a filing, and whether it belongs to the text.

The words are covered until somebody asks to see them: they may be privileged, and others may be looking.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QWidget,
)

from ui.dialogs.frame import answer_buttons, body, fit
from ui.panels.span_words import one_line, shortened
from ui.panels.themed import Words

LONGEST = 90
WIDTH, HEIGHT = 620, 420


class Covered(NamedTuple):
    """Words under one box, and the page it is on, counted from 1."""

    page: int
    text: str


class RedactionsDialog(QDialog):
    """Asks whether the text under boxes is left out or kept; `is_kept` tells the answer."""

    def __init__(self, covered: Sequence[Covered], *, is_kept: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("redactions")
        self._covered = covered
        layout = body(self, self.tr("Text under redactions"))
        layout.addWidget(
            Words(
                self.tr(
                    "Boxes are painted over text that is still in this PDF. It was probably meant to be "
                    "removed, and may be privileged or under seal."
                )
            )
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Text under boxes"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        layout.addWidget(self.list, 1)
        self.show_words = QCheckBox(self.tr("&Show the words"))
        layout.addWidget(self.show_words)
        self.leave_out = QRadioButton(self.tr("&Leave it out of the text and of every dataset"))
        self.keep = QRadioButton(self.tr("&Keep it in the text: I may use it"))
        (self.keep if is_kept else self.leave_out).setChecked(True)
        layout.addWidget(self.leave_out)
        layout.addWidget(self.keep)
        layout.addWidget(
            Words(
                self.tr("Spans move to the new text by their words; Undo takes the decision back."),
                tone="muted",
            )
        )
        box, _ = answer_buttons(self, self.tr("Decide"))
        layout.addWidget(box)
        self.show_words.toggled.connect(self._fill)
        self._fill()
        fit(self, WIDTH, HEIGHT)
        self.leave_out.setFocus() if not is_kept else self.keep.setFocus()

    def is_kept(self) -> bool:
        """Whether the text under the boxes is to be kept."""
        return self.keep.isChecked()

    def _fill(self) -> None:
        self.list.clear()
        for item in self._covered:
            words = item.text if self.show_words.isChecked() else self._hidden(item.text)
            row = QListWidgetItem(
                self.tr("Page {page}:  {words}").format(
                    page=item.page, words=shortened(one_line(words), LONGEST)
                )
            )
            row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.list.addItem(row)

    def _hidden(self, text: str) -> str:
        count = len(text.split())
        return self.tr("1 word") if count == 1 else self.tr("{n} words").format(n=count)
