"""What the pages of the schema editor share: the rows at the left, the form of the current one beside them.

A page edits the draft only. What is refused is said below the field that asked for it, and the field shows
again what the draft has; what a button asked for is answered below the buttons.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.schema import LabelSchema
from annotator.schema_editing import is_offered
from ui.dialogs.frame import Fault, side_button
from ui.panels.themed import Words
from ui.schema.draft import Edit, SchemaDraft
from ui.schema.form import SchemaForm
from ui.schema.tree import Entry, SchemaTree

LEFT = 260


class SchemaPage(QWidget):
    """A page over a draft; a subclass says what its rows are and which edits they take."""

    def __init__(self, draft: SchemaDraft, name: str, *, empty: str = "") -> None:
        """`empty` says what could be here while nothing is."""
        super().__init__()
        self.draft = draft
        self.tree = SchemaTree(name)
        self.use = Words(tone="muted")
        self.fault = Fault()
        self.retire = side_button("")
        self.remove = side_button(self.tr("&Remove"))
        self.remove.setToolTip(self.tr("Only what nothing uses can be removed; what is used can be retired."))
        self._forms: list[SchemaForm] = []
        self._empty = Words(empty, tone="muted")
        self._is_filling = False
        self._is_open = True

    # -- what a subclass says

    def entries(self) -> Iterable[Entry]:
        """The rows as the draft has them."""
        raise NotImplementedError

    def show_current(self) -> SchemaForm | None:
        """Fill the form of the current row and what is said about it; None where there is no row."""
        raise NotImplementedError

    def as_typed(self) -> Edit | None:
        """The edit that gives the current row what its form has."""
        raise NotImplementedError

    def moved(self, row: str, step: int) -> Edit:
        """The edit that moves a row by some places."""
        raise NotImplementedError

    def retired(self) -> Edit | None:
        """The edit that retires the current row, or offers it again."""
        raise NotImplementedError

    def removed(self) -> Edit | None:
        """The edit that removes the current row."""
        raise NotImplementedError

    # -- putting it together, once the fields are made

    def lay_out(
        self, forms: Iterable[SchemaForm], left: Iterable[QPushButton], more: Iterable[QPushButton] = ()
    ) -> None:
        """Rows with the buttons that add some at the left; forms and what is done with a row at the right."""
        self._forms = list(forms)
        self._box = column(*self._forms, self.use, buttons([*more, self.retire, self.remove]), self.fault)
        adding = list(left)
        rows = QVBoxLayout()
        rows.addWidget(self.tree, 1)
        rows.addWidget(buttons(adding))
        self.tree.setFixedWidth(LEFT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(18)
        layout.addLayout(rows)
        layout.addWidget(_scrolled(column(self._empty, self._box)), 1)
        self._locked = [*self._forms, *adding, *more, self.retire, self.remove]
        for form in self._forms:
            form.edited.connect(self.commit)
        self.retire.clicked.connect(lambda: self.ask(self.retired()))
        self.remove.clicked.connect(lambda: self.ask(self.removed()))
        self.tree.remove_asked.connect(lambda: self.ask(self.removed()))
        self.tree.move_asked.connect(lambda row, step: self.ask(self.moved(row, step)))
        self.tree.chosen.connect(self._show)
        self.draft.changed.connect(self.fill)
        self.fill()

    def lock(self) -> None:
        """Let the page be looked at only: rows can be chosen, nothing can be changed."""
        self._is_open = False
        self.tree.setDragEnabled(False)
        for widget in self._locked:
            widget.setEnabled(False)

    # -- showing

    def fill(self) -> None:
        """Show the draft: the rows, and the form of the current one."""
        self._is_filling = True
        self.tree.fill(self.entries())
        self._is_filling = False
        self._show()

    def _show(self) -> None:
        if self._is_filling:
            return
        self._is_filling = True
        shown = self.show_current()
        self._is_filling = False
        for form in self._forms:
            form.tell(None, "")
            form.setVisible(form is shown)
        self.fault.tell("")
        self._box.setVisible(shown is not None)
        self._empty.setVisible(shown is None)

    # -- editing

    def commit(self, field: QWidget | None = None) -> bool:
        """Take over what was typed; whether it was allowed. `field` is the one that was left."""
        edit = self.as_typed()
        if self._is_filling or edit is None or not self._is_open:
            return True
        sentence = self.draft.edit(edit)
        self._show()
        for form in self._forms:
            form.tell(field, sentence)
        if field is None:
            self.fault.tell(sentence)
        return not sentence

    def ask(self, edit: Edit | None) -> bool:
        """Make an edit that a button or key asked for, after what was typed; whether it was allowed."""
        if edit is None or not self._is_open or not self.commit():
            return False
        sentence = self.draft.edit(edit)
        self.fault.tell(sentence)
        return not sentence

    def add(self, edit: Edit, ids: Callable[[LabelSchema], Iterable[str]]) -> bool:
        """Add a row and go to it; `ids` are those of all rows of its kind."""
        before = set(ids(self.draft.schema))
        if not self.ask(edit):
            return False
        self.tree.choose(next(row for row in ids(self.draft.schema) if row not in before))
        return True


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, with a number where it is taken."""
    folded = {each.casefold() for each in taken}
    number, candidate = 1, name
    while candidate.casefold() in folded:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def label_entries(schema: LabelSchema, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The labels to choose from, each with its name: those offered, and those that are chosen already."""
    kept = set(also)
    return [(each.id, each.name) for each in schema.labels() if is_offered(each) or each.id in kept]


def buttons(those: Iterable[QPushButton]) -> QWidget:
    """Buttons side by side, at the left."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for button in those:
        row.addWidget(button)
    row.addStretch(1)
    return box


def column(*parts: QWidget) -> QWidget:
    """Parts below each other, at the top."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 8, 0)
    layout.setSpacing(12)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return box


def _scrolled(widget: QWidget) -> QScrollArea:
    """The widget, scrolled where the screen is too low for it."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    for part in (area.viewport(), widget):
        part.setAutoFillBackground(False)  # it stands on the page of a tab
    return area
