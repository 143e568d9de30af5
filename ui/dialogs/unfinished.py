"""What a document lacks before it is done: Enter goes to one, the key of “done” finishes all the same."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from annotator.finishing import Lack, Missing
from annotator.schema import LabelSchema
from ui.dialogs.frame import answer_buttons, body, button_row, fit, side_button
from ui.models.context_rows import ContextRow, Piece, Row
from ui.panels.context_list import ContextList
from ui.panels.span_words import one_line
from ui.panels.themed import Words

AROUND = 60


class UnfinishedDialog(QDialog):
    """A list of what is missing, by what it is.

    Signals:
        jumped: The number of the item to go to; the dialog is closed by then.
        finished_anyway: The document is to be finished as it is; the dialog is closed by then.
    """

    jumped = Signal(int)
    finished_anyway = Signal()

    def __init__(
        self,
        items: Sequence[Missing],
        *,
        text: str,
        schema: LabelSchema,
        keys: Iterable[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("unfinished")
        self._schema = schema
        layout = body(self, self.tr("Not done yet"))
        keys = tuple(keys)
        shown = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        hint = self.tr("Enter goes to one.")
        if shown:
            hint = self.tr("Enter goes to one, {key} again finishes the document as it is.").format(key=shown)
        layout.addWidget(Words(hint, tone="muted"))
        self.list = ContextList(self.tr("What is missing"), before=0.34)
        self.list.rows.set_rows(_rows(items, text, schema, self._heading, self._remark))
        layout.addWidget(self.list, 1)
        box, _ = answer_buttons(self, self.tr("Go there"))
        self.anyway = side_button(self.tr("&Finish as it is"))
        layout.addLayout(button_row(box, self.anyway))
        self.anyway.clicked.connect(self._finish)
        for key in keys:
            QShortcut(QKeySequence(key), self).activated.connect(self._finish)
        self.list.chosen.connect(self._jump)
        fit(self, 820, 420)
        self.list.select_first()
        self.list.setFocus()

    def accept(self) -> None:
        """Go to the item that the keyboard is at."""
        self.list.choose_current()

    def _jump(self, number: int) -> None:
        super().accept()
        self.jumped.emit(number)

    def _finish(self) -> None:
        super().reject()
        self.finished_anyway.emit()

    def _heading(self, lack: Lack, count: int) -> str:
        heading = {
            "document": self.tr("Required of the document"),
            "value": self.tr("Required values that are missing"),
            "link": self.tr("Links that are missing"),
            "repeat": self.tr("Repeats that are not marked"),
        }[lack]
        return f"{heading}  {count}"

    def _remark(self, item: Missing) -> str:
        if item.lack == "repeat":
            return self.tr("not marked here")
        if item.lack == "document":
            return self.tr("not set")
        return self.tr("no {names}").format(names=", ".join(item.names))


def _rows(
    items: Sequence[Missing],
    text: str,
    schema: LabelSchema,
    heading: Callable[[Lack, int], str],
    remark: Callable[[Missing], str],
) -> list[Row]:
    rows: list[Row] = []
    for number, item in enumerate(items):
        if number == 0 or items[number - 1].lack != item.lack:
            rows.append(heading(item.lack, sum(other.lack == item.lack for other in items)))
        if item.lack == "document":
            rows.append(ContextRow(number, "", (Piece(", ".join(item.names)),), remark=remark(item)))
            continue
        label = schema.label(item.label)
        start, end = item.place
        line_start = max(text.rfind("\n", 0, start) + 1, start - AROUND)
        line_end = text.find("\n", end)
        line_end = min(len(text) if line_end < 0 else line_end, end + AROUND)
        rows.append(
            ContextRow(
                number,
                text[line_start:start],
                (Piece(one_line(text[start:end]), is_found=True), Piece(text[end:line_end])),
                remark=remark(item),
                chip=item.label if label is None else label.name,
                colour="#777777" if label is None else label.colour,
            )
        )
    return rows
