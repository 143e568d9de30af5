"""The dialog that begins a training round: documents, whose spans are the key, and what is needed to pass."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.change import Change
from annotator.progress import Job
from annotator.services.training import GOLD, begin_round, documents_with_key, key_sets
from annotator.training import MEASURES, Mark
from storage.store import ProjectStore
from ui.dialogs.document_chooser import DocumentChooser
from ui.dialogs.frame import beside, form
from ui.jobs import JobRunner, on_sibling
from ui.session import Session

_USUAL_PERCENT = 80


class NewRoundDialog(DocumentChooser):
    """Documents that have a key, with boxes.

    Signals:
        begun: The Change that was made; the session has it by then.
    """

    begun = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("new_round")
        self.name = QLineEdit()
        self.key = QComboBox()
        self.marks: dict[str, tuple[QCheckBox, QSpinBox, QComboBox]] = {}
        self.lay_out(
            self.tr("New training round"),
            self.tr("Who is done with one of these documents sees their spans beside those of the key."),
            self.tr("Begin"),
        )
        store = session.store
        for set_id, whose in () if store is None else key_sets(store):
            self.key.addItem(self.tr("Gold") if whose == GOLD else whose, set_id)
        self.key.currentIndexChanged.connect(self._list)
        self.name.textChanged.connect(self.show_count)
        self._list()
        self.name.setFocus()

    def add_parts(self, layout: QVBoxLayout) -> None:
        """The name, the key, and a row for each layer."""
        rows: QFormLayout = form()
        rows.addRow(self.tr("&Name"), self.name)
        rows.addRow(self.tr("&Key"), self.key)
        schema = self._session.schema
        for layer in schema.layers:
            box = QCheckBox(layer.name)
            percent = QSpinBox(minimum=0, maximum=100, value=_USUAL_PERCENT, suffix=" %")
            percent.setAccessibleName(self.tr("Pass mark"))
            measure = QComboBox()
            measure.setAccessibleName(self.tr("Measure"))
            words = (self.tr("same extent"), self.tr("any overlap"), self.tr("half in common"))
            for name, shown in zip(MEASURES, words, strict=True):
                measure.addItem(shown, name)
            box.toggled.connect(self.show_count)
            self.marks[layer.id] = box, percent, measure
            rows.addRow(box, beside(percent, measure))
        first = next(iter(self.marks.values()), None)
        if first is not None:
            first[0].setChecked(True)
        layout.addLayout(rows)

    def _list(self) -> None:
        """The documents that have a span of the key."""
        store = self._session.store
        self.list.clear()
        if store is None:
            return
        self.fill(
            (document, title, self.tr("{n} spans").format(n=spans))
            for document, title, spans in documents_with_key(store, str(self.key.currentData()))
        )

    def chosen_marks(self) -> list[Mark]:
        """The pass marks of the layers that are checked."""
        return [
            Mark(layer, percent.value() / 100, measure.currentData())
            for layer, (box, percent, measure) in self.marks.items()
            if box.isChecked()
        ]

    def show_count(self) -> None:
        """Say how many documents are chosen, or that there is none with a key."""
        chosen = len(self.chosen())
        if not self.list.count():
            self.summary.setText(self.tr("There is no document with spans of this key."))
        else:
            self.summary.setText(self.tr("Documents chosen: {n}").format(n=chosen))
        is_named = bool(self.name.text().strip())
        self.go_on.setEnabled(bool(chosen) and is_named and bool(self.chosen_marks()))

    def accept(self) -> None:
        """Begin the round; the dialog stays open where that is refused."""
        store = self._session.store
        if store is None or self._job is not None or not self.go_on.isEnabled():
            return
        me, name, key = self._session.annotator_id, self.name.text(), str(self.key.currentData())
        documents, marks = self.chosen(), self.chosen_marks()

        def job(own: ProjectStore) -> Job[Change]:
            yield from ()
            return begin_round(own, annotator=me, name=name, documents=documents, key=key, marks=marks)

        self.run(on_sibling(store, job), self._on_begun)

    def _on_begun(self, change: Change) -> None:
        self._session.take(change)
        self._session.refresh()
        super().accept()
        self.begun.emit(change)
