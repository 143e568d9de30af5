"""Giving documents to annotators: which, to whom, for which layers, dealt out or to each; with a preview.

The preview is the plan itself, so what is shown is what will be written.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.change import Change
from annotator.dealing import Rule
from annotator.errors import AnnotatorError
from annotator.progress import at_once
from annotator.services import assigning
from annotator.services.assigning import Plan
from ui.dialogs.document_chooser import DocumentChooser
from ui.dialogs.frame import fit, form
from ui.jobs import JobRunner, on_sibling
from ui.panels.later import Later
from ui.session import Session

_ID = int(Qt.ItemDataRole.UserRole)
_LIST_HEIGHT = 112
_MOST_SEED = 9999


class AssignDialog(DocumentChooser):
    """Documents with boxes, those that nobody has checked; people, layers, the rule; who would get how much.

    Signals:
        assigned: The Change that was made; the session has it by then.
    """

    assigned = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("assign")
        self._plan: Plan | None = None
        self._soon = Later(self.preview, self)
        self.people, self.layers = _checks(self.tr("Annotators")), _checks(self.tr("Layers"))
        self.dealt = QRadioButton(self.tr("&Deal them out"))
        self.each = QRadioButton(self.tr("&Every document to each"))
        self.dealt.setChecked(True)
        self._how = QButtonGroup(self)
        self.overlap = QSpinBox(minimum=0, maximum=100, suffix=" %")
        self.copies = QSpinBox(minimum=2, maximum=99, value=2)
        self.seed = QSpinBox(minimum=0, maximum=_MOST_SEED)
        self.lay_out(
            self.tr("Assign documents"),
            self.tr("Annotators to whom documents are assigned have only these in their list."),
            self.tr("&Assign"),
        )
        self._fill_all()
        self._connect()
        fit(self, 760, 640)

    def add_parts(self, layout: QVBoxLayout) -> None:
        """People and layers beside the rule."""
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(_titled(self.tr("Annotators"), self.people), 1)
        row.addLayout(_titled(self.tr("Layers; none: as the schema says"), self.layers), 1)
        row.addLayout(self._rule_form(), 1)
        layout.addLayout(row)

    def show_count(self) -> None:
        """The preview follows at the next repaint, since every box that is checked asks for it."""
        self._soon.soon()

    def preview(self) -> None:
        """Make the plan, and say who would get how much."""
        if self._job is not None:
            return
        self.fault.tell("")
        self._plan = None
        try:
            self._plan = self._planned()
        except AnnotatorError as error:
            self.summary.setText(str(error))
        else:
            self.summary.setText(self._words(self._plan))
        self.go_on.setEnabled(self._plan is not None and bool(self._plan.rows))

    def accept(self) -> None:
        """Write the plan."""
        store, plan = self._session.store, self._plan
        if self._job is None and store is not None and plan is not None and plan.rows:
            me = self._session.annotator_id
            assign = partial(assigning.assign, annotator=me, plan=plan)
            self.run(on_sibling(store, lambda own: at_once(partial(assign, own))), self._on_assigned)

    def _on_assigned(self, change: Change) -> None:
        self._session.take(change)
        self._session.documents_changed.emit()
        super().accept()
        self.assigned.emit(change)

    def _rule_form(self) -> QFormLayout:
        rows = form()
        for button in (self.dealt, self.each):
            self._how.addButton(button)
            rows.addRow(button)
        rows.addRow(self.tr("&Overlap"), self.overlap)
        rows.addRow(self.tr("A &shared one goes to"), self.copies)
        rows.addRow(self.tr("See&d"), self.seed)
        self.overlap.setToolTip(self.tr("The share of the documents that several annotators get"))
        self.seed.setToolTip(self.tr("Another number deals otherwise"))
        return rows

    def _fill_all(self) -> None:
        store = self._session.store
        if store is None:
            return
        for person in store.annotators():
            _add(self.people, person.id, person.name, is_checked=person.role == "annotator")
        for layer in store.schema().layers:
            _add(self.layers, layer.id, layer.name, is_checked=False)
        free = {row.id for row in assigning.unassigned(store)}
        taken = self.tr("assigned")
        self.fill(
            ((row.id, row.title, "" if row.id in free else taken) for row in store.document_rows("")), free
        )

    def _connect(self) -> None:
        for checks in (self.people, self.layers):
            checks.itemChanged.connect(self.show_count)
        for box in (self.overlap, self.copies, self.seed):
            box.valueChanged.connect(self.show_count)
        self._how.buttonToggled.connect(self._on_how_changed)

    def _on_how_changed(self) -> None:
        for box in (self.overlap, self.copies, self.seed):
            box.setEnabled(self.dealt.isChecked())
        self.show_count()

    def _planned(self) -> Plan:
        store = self._session.store
        if store is None:
            return Plan(())
        chosen = set(self.chosen())
        documents = [row for row in store.document_rows("") if row.id in chosen]
        people, layers = _checked(self.people), _checked(self.layers)
        if self.each.isChecked():
            return assigning.plan_by_hand(store, documents=documents, annotators=people, layers=layers)
        rule = Rule(self.overlap.value() / 100, self.copies.value(), self.seed.value())
        return assigning.plan_dealing(store, documents=documents, annotators=people, rule=rule, layers=layers)

    def _words(self, plan: Plan) -> str:
        if not plan.rows and not plan.left_out:
            return self.tr("No document is chosen.")
        line = self.tr("{name}: {documents}, {letters} characters")
        names = {str(item.data(_ID)): item.text() for item in _items(self.people)}
        lines = [
            line.format(
                name=names[who],
                documents=self._documents(plan.documents_of(who)),
                letters=f"{plan.length_of(who):,}",
            )
            for who in _checked(self.people)
        ]
        shared = self.tr("Shared by several annotators: {documents}")
        lines.append(shared.format(documents=self._documents(plan.shared)))
        if plan.left_out:
            words = self.tr("Left out, with none of these layers: {documents}")
            lines.append(words.format(documents=self._documents(len(plan.left_out))))
        return "\n".join(lines)

    def _documents(self, number: int) -> str:
        return self.tr("1 document") if number == 1 else self.tr("{n} documents").format(n=number)


def _checks(title: str) -> QListWidget:
    """A short list with boxes."""
    checks = QListWidget()
    checks.setAccessibleName(title)
    checks.setFixedHeight(_LIST_HEIGHT)
    return checks


def _titled(title: str, checks: QListWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    label = QLabel(title)
    label.setBuddy(checks)
    column.addWidget(label)
    column.addWidget(checks)
    column.addStretch(1)
    return column


def _add(checks: QListWidget, key: str, title: str, *, is_checked: bool) -> None:
    item = QListWidgetItem(title)
    item.setData(_ID, key)
    item.setCheckState(Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked)
    checks.addItem(item)


def _items(checks: QListWidget) -> Sequence[QListWidgetItem]:
    return [checks.item(row) for row in range(checks.count())]


def _checked(checks: QListWidget) -> list[str]:
    return [str(item.data(_ID)) for item in _items(checks) if item.checkState() == Qt.CheckState.Checked]
