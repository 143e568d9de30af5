"""One case: what it is called, its articles and filings, and what happened when."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from annotator.model import annotator_set_id
from annotator.services import cases
from annotator.services.cases import CaseView
from ui.cases import rows
from ui.cases.coverage_page import CoveragePage
from ui.cases.table import Table
from ui.dialogs.frame import form, side_button
from ui.dialogs.picker import Picker
from ui.models.picks import Pick
from ui.panels.span_words import kind_words
from ui.session import Session

_FACTS = ("caption", "docket_number", "court", "note")


class CasePage(QWidget):
    """A case that can be edited: its facts, and which documents belong to it.

    Signals:
        chosen: A document to open, and a span in it to go to, "" for none.
        edited: An edit to make: a verb that takes the store and gives a Change.
    """

    chosen = Signal(str, str)
    edited = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.view: CaseView | None = None
        self.fields = {name: QLineEdit() for name in _FACTS}
        self.documents = Table(self.tr("Documents of the case"))
        self.timeline = Table(self.tr("Timeline"))
        self.coverage = CoveragePage(session)
        self.tabs = QTabWidget(documentMode=True)
        self.put = side_button(self.tr("&Put a document in…"))
        self.take_out = side_button(self.tr("&Take out"))
        self._lay_out()
        for name, field in self.fields.items():
            field.editingFinished.connect(partial(self._write, name))
        for table in (self.documents, self.timeline):
            table.led.connect(self.chosen)
        self.coverage.chosen.connect(self.chosen)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.put.clicked.connect(self._ask)
        self.take_out.clicked.connect(self._take_out)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 0, 0)
        titles = {
            "caption": self.tr("Caption"),
            "docket_number": self.tr("Docket numbers"),
            "court": self.tr("Court"),
            "note": self.tr("Note"),
        }
        facts = form()
        for name, field in self.fields.items():
            field.setAccessibleName(titles[name])
            facts.addRow(titles[name], field)
        self.fields["docket_number"].setPlaceholderText(self.tr("4:19-cv-07123; 20-16408"))
        layout.addLayout(facts)
        self.tabs.addTab(self.documents, self.tr("Documents"))
        self.tabs.addTab(self.timeline, self.tr("Timeline"))
        self.tabs.addTab(self.coverage, self.tr("Coverage"))
        layout.addWidget(self.tabs, 1)
        row = QHBoxLayout()
        row.addWidget(self.put)
        row.addWidget(self.take_out)
        row.addStretch(1)
        layout.addLayout(row)

    def show_case(self, view: CaseView) -> None:
        """Show another case, or the same one as it is now."""
        self.view = view
        for name, field in self.fields.items():
            if not (field.hasFocus() and field.isModified()):
                field.setText(getattr(view.case, name))
                field.setCursorPosition(0)
        heads = (self.tr("Document"), self.tr("Kind"), self.tr("No."), self.tr("Date"))
        self.documents.fill(heads, rows.documents(view))
        self._on_tab_changed()
        store, session = self._session.store, self._session
        if store is not None:
            mine = annotator_set_id(session.annotator_id)
            self.timeline.fill(
                (self.tr("Date"), self.tr("What")),
                rows.timeline(view, store, session.schema, mine),
                wide=(1,),
            )

    def _on_tab_changed(self) -> None:
        """Count what is covered when it is looked at."""
        is_coverage = self.tabs.currentWidget() is self.coverage
        if is_coverage and self.view is not None:
            self.coverage.show_case(self.view)
        for button in (self.put, self.take_out):
            button.setVisible(self.tabs.currentWidget() is self.documents)

    def edit_caption(self) -> None:
        """Let the caption be written."""
        self.fields["caption"].setFocus()
        self.fields["caption"].selectAll()

    def _write(self, name: str) -> None:
        field, view = self.fields[name], self.view
        if view is None or not field.isModified():
            return
        field.setModified(False)
        said = " ".join(field.text().split())
        if said != getattr(view.case, name):
            self._emit(partial(cases.change, case=view.case.id, facts={name: said}))

    def _ask(self) -> None:
        """Let a document be picked by typing, of those that are not in the case."""
        view, store = self.view, self._session.store
        if view is None or store is None:
            return
        inside = {document.id for document in view.documents}
        picks = [
            Pick(document.id, document.title, kind_words(document.kind))
            for document in store.documents()
            if document.id not in inside
        ]
        picker = Picker(self.tr("Documents"), picks, hint=self.tr("Which document?"), parent=self)
        picker.picked.connect(
            lambda document: self._emit(partial(cases.put, case=view.case.id, documents=[document]))
        )
        picker.open()

    def _take_out(self) -> None:
        view, chosen = self.view, [row.document for row in self.documents.chosen()]
        if view is not None and chosen and self.tabs.currentWidget() is self.documents:
            self._emit(partial(cases.take_out, case=view.case.id, documents=chosen))

    def _emit(self, verb: Callable[..., object]) -> None:
        self.edited.emit(partial(verb, annotator=self._session.annotator_id))
