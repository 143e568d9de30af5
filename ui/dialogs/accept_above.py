"""Accept all suggestions above: those that are sure enough, to check and to mark in one step."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLabel, QSpinBox, QWidget

from annotator.suggest.suggestion import Suggestion
from ui.dialogs.frame import answer_buttons, body, button_row, fit
from ui.models.context_rows import ContextRow, Piece
from ui.panels.context_list import ContextList
from ui.panels.span_words import one_line
from ui.panels.themed import Words
from ui.session import Session

FIRST = 80  # per cent
CONTEXT = 60


class AcceptAboveDialog(QDialog):
    """A preview of what would be marked; `chosen` are the suggestions that are checked."""

    def __init__(
        self, session: Session, suggestions: Sequence[Suggestion], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("accept_above")
        self._session = session
        self._suggestions = tuple(suggestions)
        layout = body(self, self.tr("Accept all suggestions above"))
        self.least = QSpinBox(minimum=0, maximum=100, suffix=" %", value=FIRST)
        label = QLabel(self.tr("At &least as sure as"))
        label.setBuddy(self.least)
        self.summary = Words(tone="muted", is_wrapping=False)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addWidget(self.least)
        head.addStretch(1)
        head.addWidget(self.summary)
        layout.addLayout(head)
        self.list = ContextList(self.tr("Suggestions"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        layout.addWidget(self.list, 1)
        box, self.go_on = answer_buttons(self, self.tr("Accept"))
        layout.addLayout(button_row(box))
        self.least.valueChanged.connect(self._show)
        self.list.rows.dataChanged.connect(self._show_count)
        self.list.chosen.connect(self.accept)
        fit(self, 860, 520)
        self._show()
        self.list.setFocus()

    @property
    def chosen(self) -> tuple[Suggestion, ...]:
        """The suggestions to accept."""
        return tuple(self._suggestions[number] for number in self.list.rows.checked())

    def accept(self) -> None:
        """Close, if anything is to be accepted."""
        if self.chosen:
            super().accept()

    def _show(self) -> None:
        least = self.least.value()
        self.list.rows.set_rows(
            self._row(number, each)
            for number, each in enumerate(self._suggestions)
            if round(100 * each.confidence) >= least
        )
        self.list.select_first()
        self._show_count()

    def _row(self, number: int, suggestion: Suggestion) -> ContextRow:
        text, label = self._session.text, self._session.schema.label(suggestion.label)
        start, end = suggestion.start, suggestion.end
        line_end = text.find("\n", end)
        line_end = min(len(text) if line_end < 0 else line_end, end + CONTEXT)
        return ContextRow(
            number,
            text[max(text.rfind("\n", 0, start) + 1, start - CONTEXT) : start],
            (Piece(one_line(text[start:end]), is_found=True), Piece(text[end:line_end])),
            remark=f"{round(100 * suggestion.confidence)} % · {suggestion.origin}",
            chip=suggestion.label if label is None else label.name,
            colour="#777777" if label is None else label.colour,
            is_checked=True,
        )

    def _show_count(self) -> None:
        count = len(self.chosen)
        self.go_on.setEnabled(count > 0)
        self.go_on.setText(self.tr("Accept {n}").format(n=count) if count else self.tr("Accept"))
        listed = sum(1 for _ in self.list.rows.context_rows())
        self.summary.setText(self.tr("{n} of {all} suggestions").format(n=listed, all=len(self._suggestions)))
