"""The schema editor: pages to change the draft, a page of what changes, and saving it as a new version.

Nothing is in the project before it is saved, and what changes is always shown before that. Who does not lead
the project may look at it and export it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressBar, QTabWidget, QWidget

from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.services import schema_editing
from ui.dialogs.frame import Fault, answer_buttons, body, button_row, fit, may_drop, side_button
from ui.jobs import JobFactory, JobHandle, JobRunner, on_sibling
from ui.panels.themed import Words
from ui.schema.attributes import AttributesPage
from ui.schema.changes import ChangesPage
from ui.schema.draft import SchemaDraft
from ui.schema.labels import LabelsPage
from ui.schema.page import SchemaPage
from ui.schema.relations import RelationsPage
from ui.session import Session


class SchemaEditor(QDialog):
    """The window of the label schema.

    Signals:
        saved: The Change that was made; the session has it by then.
        failed: What went wrong in a worker and is no sentence for people.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: JobRunner,
        *,
        reserved: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """`reserved` are the titles of the commands whose keys no label can have, by key."""
        super().__init__(parent)
        self.setObjectName("schema_editor")
        self._session = session
        self._jobs = jobs
        self._job: JobHandle | None = None
        store = session.store
        schema = session.schema if store is None else store.schema()
        self.draft = SchemaDraft(schema, reserved=reserved, parent=self)
        self.is_lead = session.annotator is not None and session.annotator.role == "lead"
        self._make()
        self._connect()
        if store is not None:
            self._run(on_sibling(store, schema_editing.count), self.draft.count)

    # -- what it is made of

    def _make(self) -> None:
        layout = body(self, self.tr("Label schema {name}").format(name=self.draft.before.name))
        self.labels = LabelsPage(self.draft)
        self.attributes = AttributesPage(self.draft)
        self.relations = RelationsPage(self.draft)
        self.pages: tuple[SchemaPage, ...] = (self.labels, self.attributes, self.relations)
        self.changes = ChangesPage()
        self.tabs = QTabWidget()
        self.tabs.addTab(self.labels, self.tr("Layers and labels"))
        self.tabs.addTab(self.attributes, self.tr("Attributes"))
        self.tabs.addTab(self.relations, self.tr("Relation types"))
        self.tabs.addTab(self.changes, self.tr("Changes"))
        self.note = Words(tone="muted")
        self.note.hide()
        self.fault = Fault()
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 0)
        self.progress.setFixedHeight(6)
        self.progress.hide()
        for widget in (self.note, self.tabs, self.fault, self.progress):
            layout.addWidget(widget, 1 if widget is self.tabs else 0)
        self.take = side_button(self.tr("&Import…"))
        self.give = side_button(self.tr("Ex&port…"))
        self.back = side_button(self.tr("Step &back"))
        self.back.setToolTip(self.tr("Take back the last change made here (Ctrl+Z)"))
        box, self.go_on = answer_buttons(self, self.tr("Re&view…"))
        # Enter ends the editing of a field; it must not save as well.
        self.go_on.setDefault(False)
        self.go_on.setAutoDefault(False)
        layout.addLayout(button_row(box, self.take, self.give, self.back))
        if not self.is_lead:
            self._lock()
        fit(self, 1000, 690)

    def _lock(self) -> None:
        people = () if self._session.store is None else self._session.store.annotators()
        leads = ", ".join(who.name for who in people if who.role == "lead")
        self.note.setText(
            self.tr(
                "Only a lead changes the label schema; ask {name}. You can look at it and export it."
            ).format(name=leads)
            if leads
            else self.tr("Only a lead changes the label schema. You can look at it and export it.")
        )
        self.note.show()
        for page in self.pages:
            page.lock()
        for button in (self.take, self.back, self.go_on):
            button.hide()
        self.tabs.setTabVisible(self.tabs.indexOf(self.changes), False)

    def _connect(self) -> None:
        self.draft.changed.connect(self._on_changed)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.take.clicked.connect(self._choose_file)
        self.give.clicked.connect(self._choose_target)
        self.back.clicked.connect(self.step_back)
        QShortcut(QKeySequence("Ctrl+Z"), self, self.step_back)
        QShortcut(QKeySequence("Ctrl+S"), self, self.accept)
        for number in range(self.tabs.count()):
            QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self, partial(self._go_to_tab, number))
        self._on_changed()
        self.labels.tree.setFocus()

    # -- reviewing and saving

    def accept(self) -> None:
        """Show what changes; from there, save it."""
        if not self.is_lead or not self._commit():
            return
        if self.tabs.currentWidget() is not self.changes:
            self.tabs.setCurrentWidget(self.changes)
            return
        store, annotator = self._session.store, self._session.annotator
        if self._job is not None or store is None or annotator is None or not self.draft.is_changed:
            return
        job = partial(
            schema_editing.save, annotator=annotator.id, before=self.draft.before, after=self.draft.schema
        )
        self._run(on_sibling(store, job), self._on_saved)

    def step_back(self) -> None:
        """Take the last change that was made here back."""
        if self.is_lead and self._commit():
            self.draft.step_back()

    def reject(self) -> None:
        """Close; ask first where changes would be lost."""
        is_kept = self.is_lead and (not self._commit() or self.draft.is_changed)
        if is_kept and not may_drop(self, self.tr("The label schema has changes that are not saved.")):
            return
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def _commit(self) -> bool:
        """Take over what was typed on the page that is seen."""
        page = self.tabs.currentWidget()
        return page.commit() if isinstance(page, SchemaPage) else True

    def _review(self) -> None:
        store = self._session.store
        if store is None or not self.draft.is_changed:
            self.changes.show_nothing()
            return
        self.changes.wait()
        job = partial(schema_editing.preview, before=self.draft.before, after=self.draft.schema)
        self._run(on_sibling(store, job), self.changes.show_preview)

    def _on_saved(self, change: Change) -> None:
        self._session.take(change)
        super().accept()
        self.saved.emit(change)

    # -- jobs

    def _run(self, job: JobFactory[object], done: Callable[..., None]) -> None:
        """Run a job in place of one that runs; the dialog shows that it works."""
        if self._job is not None:
            self._job.cancel()
        handle = self._jobs.job(self.windowTitle(), job)
        self._job = handle
        self.fault.tell("")
        self.progress.show()
        self.go_on.setEnabled(False)
        handle.finished.connect(lambda result: self._on_ended(handle, done, result))
        handle.failed.connect(lambda error: self._on_ended(handle, self._on_failed, error))
        handle.cancelled.connect(lambda: self._on_ended(handle, lambda _nothing: None, None))
        handle.start()

    def _on_ended(self, handle: JobHandle, do: Callable[..., None], result: object) -> None:
        """Go on with what a job gave; one that nobody waits for any more is not listened to."""
        if handle is self._job:
            self._job = None
            self.progress.hide()
            do(result)
            self._show_button()

    def _on_failed(self, error: BaseException) -> None:
        if not self.fault.take(error):
            self.failed.emit(error)

    # -- what it shows

    def _on_changed(self) -> None:
        self.back.setEnabled(self.draft.can_step_back)
        self._show_button()
        if self.tabs.currentWidget() is self.changes:
            self._review()

    def _show_button(self) -> None:
        preview = self.changes.preview
        is_last = self.tabs.currentWidget() is self.changes
        is_held = is_last and (preview is None or bool(preview.orphans))
        self.go_on.setText(self.tr("&Save") if is_last else self.tr("Re&view…"))
        self.go_on.setEnabled(self.draft.is_changed and self._job is None and not is_held)

    def _on_tab_changed(self) -> None:
        self.fault.tell("")
        self._show_button()
        if self.tabs.currentWidget() is self.changes:
            self._review()
            self.changes.list.setFocus()

    def _go_to_tab(self, number: int) -> None:
        if self.tabs.isTabVisible(number):
            self.tabs.setCurrentIndex(number)
            page = self.tabs.currentWidget()
            if isinstance(page, SchemaPage):
                page.tree.setFocus()

    # -- files

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import a label schema"), "", self.tr("Label schemas (*.toml)")
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Take the schema of a file in place of the draft; its faults are told."""
        self.fault.tell(self.draft.import_file(path))

    def _choose_target(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export the label schema"),
            f"{self.draft.schema.name}.toml",
            self.tr("Label schemas (*.toml)"),
        )
        if name:
            self.export_file(Path(name))

    def export_file(self, path: Path) -> None:
        """Write the draft to a file."""
        try:
            schema_editing.write_file(self.draft.schema, path)
        except AnnotatorError as error:
            self.fault.tell(str(error))
