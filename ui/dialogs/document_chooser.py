"""A dialog in which documents are chosen and something is done with them in a worker, while it waits."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.frame import Fault, answer_buttons, body, button_row, fit
from ui.jobs import JobFactory, JobHandle, JobRunner
from ui.panels.themed import Words
from ui.session import Session

_ID = int(Qt.ItemDataRole.UserRole)


class DocumentChooser(QDialog):
    """Documents with boxes, a field to filter them, and a button that works in a worker.

    Signals:
        failed: What went wrong in the worker and is no sentence for people.
    """

    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._job: JobHandle | None = None
        self.search = QLineEdit(placeholderText=self.tr("Search titles"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search titles"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Documents"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(1)
        self.summary = Words()
        self.fault = Fault()
        self.go_on = QPushButton()

    def lay_out(self, title: str, hint: str, accept: str) -> None:
        """Put the parts together."""
        layout = body(self, title)
        layout.addWidget(Words(hint, tone="muted"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self.add_parts(layout)
        layout.addWidget(self.summary)
        layout.addWidget(self.fault)
        box, self.go_on = answer_buttons(self, accept)
        layout.addLayout(button_row(box))
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self.show_count)
        fit(self, 620, 520)

    def add_parts(self, layout: QVBoxLayout) -> None:
        """Add what else is asked for, below the documents; nothing by default."""

    def fill(self, rows: Iterable[tuple[str, str, str]], checked: Iterable[str] = ()) -> None:
        """Show documents: id, title, and what is said beside it."""
        on = set(checked)
        self.list.blockSignals(True)
        for document, title, remark in rows:
            item = QListWidgetItem(f"{title}   ·   {remark}" if remark else title)
            item.setData(_ID, document)
            item.setCheckState(Qt.CheckState.Checked if document in on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if document in on:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.list.setFocus()
        self.show_count()

    def chosen(self) -> list[str]:
        """The documents that are checked, also those that the filter hides."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [str(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def show_count(self) -> None:
        """Say what the button would do."""
        raise NotImplementedError

    def run(self, job: JobFactory[object], done: Callable[..., None]) -> None:
        """Work in the worker; the dialog waits."""
        handle = self._jobs.job(self.windowTitle(), job)
        self._job = handle
        for widget in (self.list, self.search, self.go_on):
            widget.setEnabled(False)
        handle.finished.connect(done)
        handle.failed.connect(self._on_failed)
        handle.start()

    def reject(self) -> None:
        """Close, unless something is being written."""
        if self._job is None:
            super().reject()

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.text().casefold() for word in wanted))

    def _on_failed(self, error: BaseException) -> None:
        self._job = None
        for widget in (self.list, self.search):
            widget.setEnabled(True)
        self.show_count()
        if not self.fault.take(error):
            self.failed.emit(error)
