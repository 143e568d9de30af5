"""What merges have left in question: a list, and for the current row the choices with a button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from annotator.conflicts import Conflict
from annotator.errors import AnnotatorError
from annotator.services import settling
from ui.dialogs.frame import Fault, beside, body, close_button, fit
from ui.panels.themed import Words
from ui.session import Session

_ROW = int(Qt.ItemDataRole.UserRole)


class ConflictsDialog(QDialog):
    """Lists the conflicts of the open project; each choice is written at once, and travels."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflicts")
        self._session = session
        layout = body(self, self.tr("Conflicts"))
        hint = self.tr("What was done on several computers and does not fit together. A choice travels.")
        layout.addWidget(Words(hint, tone="muted"))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setAccessibleName(self.tr("Conflicts"))
        layout.addWidget(self.list, 1)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Choices"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.settle = QPushButton(self.tr("&Settle"))
        self.settle.setDefault(True)
        layout.addWidget(beside(self.choice, self.settle))
        self.fault = Fault()
        layout.addWidget(self.fault)
        box, _ = close_button(self)
        layout.addWidget(box)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.settle.clicked.connect(self._settle)
        self._fill()
        fit(self, 620, 460)
        self.list.setFocus()

    def _fill(self) -> None:
        store = self._session.store
        row = self.list.currentRow()
        self.list.clear()
        for conflict in () if store is None else settling.conflicts(store):
            where = f"{conflict.title}: " if conflict.title else ""
            item = QListWidgetItem(f"{where}{conflict.sentence}")
            item.setData(_ROW, conflict)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
        if not self.list.count():
            self.fault.tell("")
            self.list.addItem(QListWidgetItem(self.tr("There are no conflicts.")))
            self._on_current_changed()

    def _current(self) -> Conflict | None:
        item = self.list.currentItem()
        conflict = None if item is None else item.data(_ROW)
        return conflict if isinstance(conflict, Conflict) else None

    def _on_current_changed(self) -> None:
        conflict = self._current()
        self.choice.clear()
        for choice in () if conflict is None else conflict.choices:
            self.choice.addItem(choice.words[:1].upper() + choice.words[1:], choice.key)
        for widget in (self.choice, self.settle):
            widget.setEnabled(conflict is not None)

    def _settle(self) -> None:
        conflict, store = self._current(), self._session.store
        if conflict is None or store is None:
            return
        self.fault.tell("")
        try:
            settling.settle(
                store,
                annotator=self._session.annotator_id,
                conflict=conflict.id,
                choice=str(self.choice.currentData()),
            )
        except AnnotatorError as error:
            self.fault.tell(str(error))
            return
        self._session.refresh()
        self._fill()
