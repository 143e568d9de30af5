"""Accept all suggestions above: those that are sure enough, to check and to mark in one step.

What reads the same with the same label is one row, so that one click leaves all of it out. The rows that are
less sure follow unchecked, the surest first: one click takes what is right after all.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLabel, QSpinBox, QWidget

from annotator.suggest.suggestion import Suggestion, compared
from ui.dialogs.frame import answer_buttons, body, button_row, fit
from ui.models.context_rows import ContextRow, Piece, Row
from ui.panels.context_list import ContextList
from ui.panels.span_words import one_line
from ui.panels.themed import Words
from ui.session import Session

CONTEXT = 60

Group = tuple[Suggestion, ...]


class AcceptAboveDialog(QDialog):
    """A preview of what would be marked; `chosen` are the suggestions that are checked.

    `groups` are those that are one row, by its key.
    """

    def __init__(
        self, session: Session, suggestions: Sequence[Suggestion], least: int, parent: QWidget | None = None
    ) -> None:
        """`least` is the percentage that is asked for at first."""
        super().__init__(parent)
        self.setObjectName("accept_above")
        self._session = session
        self.groups = _grouped(session.text, suggestions)
        layout = body(self, self.tr("Accept all suggestions above"))
        self.least = QSpinBox(minimum=0, maximum=100, suffix=" %", value=least)
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
        return tuple(each for number in self.list.rows.checked() for each in self.groups[number])

    def accept(self) -> None:
        """Close, if anything is to be accepted."""
        if self.chosen:
            super().accept()

    def _show(self) -> None:
        self.list.rows.set_rows(self._rows(self.least.value()))
        self.list.select_first()
        self._show_count()

    def _rows(self, least: int) -> Iterator[Row]:
        sure = [number for number, group in enumerate(self.groups) if _percent(group) >= least]
        unsure = sorted(
            set(range(len(self.groups))).difference(sure), key=lambda n: -_percent(self.groups[n])
        )
        yield from (self._row(number, is_checked=True) for number in sure)
        if unsure:
            yield self.tr("Less sure: check what is right")
        yield from (self._row(number, is_checked=False) for number in unsure)

    def _row(self, number: int, *, is_checked: bool) -> ContextRow:
        group = self.groups[number]
        suggestion = group[0]
        text, label = self._session.text, self._session.schema.label(suggestion.label)
        start, end = suggestion.start, suggestion.end
        line_end = text.find("\n", end)
        line_end = min(len(text) if line_end < 0 else line_end, end + CONTEXT)
        places = self.tr("{n} places").format(n=len(group)) if len(group) > 1 else ""
        facts = (places, f"{_percent(group)} %", suggestion.origin)
        return ContextRow(
            number,
            text[max(text.rfind("\n", 0, start) + 1, start - CONTEXT) : start],
            (Piece(one_line(text[start:end]), is_found=True), Piece(text[end:line_end])),
            remark=" · ".join(fact for fact in facts if fact),
            chip=suggestion.label if label is None else label.name,
            colour="#777777" if label is None else label.colour,
            is_checked=is_checked,
        )

    def _show_count(self) -> None:
        count = len(self.chosen)
        self.go_on.setEnabled(count > 0)
        self.go_on.setText(self.tr("Accept {n}").format(n=count) if count else self.tr("Accept"))
        there = sum(map(len, self.groups))
        self.summary.setText(self.tr("{n} of {all} suggestions").format(n=count, all=there))


def _grouped(text: str, suggestions: Sequence[Suggestion]) -> tuple[Group, ...]:
    """The suggestions that read the same and have the same label together, in the order of the first."""
    groups: dict[tuple[str, str], list[Suggestion]] = {}
    for each in suggestions:
        groups.setdefault((compared(text, each.fragments), each.label), []).append(each)
    return tuple(map(tuple, groups.values()))


def _percent(group: Group) -> int:
    """How sure the least sure of a group is."""
    return round(100 * min(each.confidence for each in group))
