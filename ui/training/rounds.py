"""The training rounds of a project: what each annotator has reached, a new round, and the end of one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QWidget

from annotator.agreement.undefined import Undefined
from annotator.errors import AnnotatorError
from annotator.key_comparison import Score
from annotator.services.training import Round, end_round, training_rounds
from ui.agreement.tables import Row, Table
from ui.dialogs.frame import Fault, body, button_row, close_button, side_button
from ui.jobs import JobRunner
from ui.kept_layout import keep_size
from ui.panels.themed import Words
from ui.session import Session


class RoundsDialog(QDialog):
    """A round at a time: its pass marks, and a row for each annotator.

    Signals:
        failed: What went wrong in the worker and is no sentence for people.
    """

    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_rounds")
        self._session = session
        self._jobs = jobs
        self._rounds: tuple[Round, ...] = ()
        self.rounds = QComboBox()
        self.rounds.setAccessibleName(self.tr("Training round"))
        self.rounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.marks = Words(tone="muted")
        self.table = Table(self.tr("Annotators"))
        self.fault = Fault()
        self.new = side_button(self.tr("&New round…"))
        self.end = side_button(self.tr("&End the round"))
        layout = body(self, self.tr("Training rounds"))
        head = QHBoxLayout()
        head.addWidget(self.rounds)
        head.addWidget(self.marks, 1)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.fault)
        box, _close = close_button(self)
        layout.addLayout(button_row(box, self.new, self.end))
        self.rounds.currentIndexChanged.connect(self._show)
        self.new.clicked.connect(self.ask_new)
        self.end.clicked.connect(self._end)
        keep_size(self, 760, 460)
        self._fill()

    def _fill(self, name: str = "") -> None:
        store = self._session.store
        self._rounds = () if store is None else training_rounds(store)
        self.rounds.clear()
        self.rounds.addItems([each.name for each in self._rounds])
        self.rounds.setCurrentIndex(max(0, self.rounds.findText(name)) if self._rounds else -1)
        self._show()

    def _show(self) -> None:
        at = self.rounds.currentIndex()
        self.rounds.setVisible(bool(self._rounds))
        self.end.setEnabled(at >= 0)
        if at < 0:
            self.marks.setText(
                self.tr("There is no round yet. A round has documents with a key, and pass marks by layer.")
            )
            self.table.fill((), ())
            return
        shown, schema = self._rounds[at], self._session.schema
        names = {layer.id: layer.name for layer in schema.layers}
        marks = ", ".join(f"{names.get(mark.layer, mark.layer)} {mark.least:.0%}" for mark in shown.marks)
        words = self.tr("Documents: {n}. To pass: {marks}.")
        self.marks.setText(words.format(n=len(shown.documents), marks=marks))
        heads = [names.get(mark.layer, mark.layer) for mark in shown.marks]
        self.table.fill(
            (self.tr("Annotator"), self.tr("Done"), *heads, self.tr("Passed")), list(self._rows(shown))
        )

    def _rows(self, shown: Round) -> list[Row]:
        store = self._session.store
        people = {} if store is None else {person.id: person.name for person in store.annotators()}
        passed = {None: self.tr("not finished"), True: self.tr("yes"), False: self.tr("no")}
        return [
            (
                people.get(each.annotator, each.annotator),
                f"{each.done} / {len(shown.documents)}",
                *(self._told(score) for score in each.scores),
                passed[shown.has_passed(each)],
            )
            for each in shown.trainees
        ]

    def _told(self, score: Score) -> str:
        return "–" if isinstance(score.value, Undefined) else f"{score.value:.0%}"

    def ask_new(self) -> None:
        """Ask for the documents, the key and the pass marks of a new round."""
        from ui.training.new_round import NewRoundDialog

        dialog = NewRoundDialog(self._session, self._jobs, self)
        dialog.begun.connect(lambda _change: self._fill(" ".join(dialog.name.text().split())))
        dialog.failed.connect(self.failed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _end(self) -> None:
        store, shown = self._session.store, self._rounds[self.rounds.currentIndex()]
        if store is None:
            return
        try:
            change = end_round(store, annotator=self._session.annotator_id, name=shown.name)
        except AnnotatorError as error:
            self.fault.tell(str(error))
            return
        self._session.take(change)
        self._session.refresh()
        self._fill()
