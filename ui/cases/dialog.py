"""The cases of the project: at the left a list, at the right the case at hand or what is proposed for one.

It stays open beside the window, since a document that is chosen opens there. Each edit is a Change of the
session, so undo in the project takes it back; the lists follow every Change.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.cases import Proposal, short_caption
from annotator.change import Change
from annotator.model import CourtCase
from annotator.services import cases
from annotator.store import Store
from ui.cases.case_page import CasePage
from ui.cases.proposal_page import ProposalPage
from ui.dialogs.frame import Fault, body, close_button, fit, side_button
from ui.jobs import JobRunner, on_sibling
from ui.panels.themed import Words
from ui.session import Session

_ITEM = int(Qt.ItemDataRole.UserRole)


class CasesDialog(QDialog):
    """Which documents belong to which case.

    Signals:
        chosen: A document to open, and a span in it to go to, "" for none.
        failed: What went wrong in the worker and is no sentence for people.
    """

    chosen = Signal(str, str)
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cases")
        self._session = session
        self._jobs = jobs
        self._found: tuple[Proposal, ...] = ()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setAccessibleName(self.tr("Cases"))
        self.page = CasePage(session)
        self.proposal = ProposalPage()
        self.empty = Words(
            self.tr(
                "A case holds the articles and filings of one lawsuit. Find looks through all documents for "
                "docket numbers and parties, and proposes what belongs together; you confirm it."
            ),
            tone="muted",
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.stack = QStackedWidget()
        for page in (self.empty, self.page, self.proposal):
            self.stack.addWidget(page)
        self.finding = side_button(self.tr("&Find"))
        self.new = side_button(self.tr("&New case"))
        self.remove = side_button(self.tr("&Remove case"))
        self.fault = Fault()
        self._lay_out()
        self.list.currentItemChanged.connect(self._show)
        self.finding.clicked.connect(self.look)
        self.new.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.page.chosen.connect(self.chosen)
        self.page.edited.connect(self._edit)
        self.page.coverage.failed.connect(self.fault.tell)
        self.proposal.confirmed.connect(self._confirm)
        session.changed.connect(self._on_changed)
        session.project_closing.connect(self.close)
        self.fill()
        self.list.setFocus()

    def _lay_out(self) -> None:
        layout = body(self, self.tr("Cases"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        for button in (self.finding, self.new):
            row.addWidget(button)
        column.addLayout(row)
        parts = QSplitter()
        parts.addWidget(left)
        parts.addWidget(self.stack)
        parts.setStretchFactor(1, 1)
        parts.setSizes([280, 720])
        parts.setChildrenCollapsible(False)
        layout.addWidget(parts, 1)
        layout.addWidget(self.fault)
        box, _ = close_button(self)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(box)
        layout.addLayout(foot)
        fit(self, 1180, 680)

    # -- the list

    def fill(self) -> None:
        """Show the cases there are, and below them those that were found."""
        store = self._session.store
        if store is None:
            return
        current = self._current()
        views = cases.views(store)
        self.list.clear()
        for view in views:
            self._item(short_caption(view.case.name), view.case.docket_number, view.case.id)
        if self._found:
            heading = QListWidgetItem(self.tr("Found, to be confirmed"))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(heading)
        for number, one in enumerate(self._found):
            self._item(short_caption(one.caption or one.docket_number), one.docket_number, number)
        rows = [self.list.item(row).data(_ITEM) for row in range(self.list.count())]
        at = (
            rows.index(current)
            if current in rows
            else next((r for r, v in enumerate(rows) if v is not None), -1)
        )
        self.list.setCurrentRow(at)
        self._show()

    def _item(self, name: str, number: str, value: str | int) -> None:
        item = QListWidgetItem(name if name == number else f"{name}\n{number}")
        item.setData(_ITEM, value)
        item.setToolTip(item.text())
        self.list.addItem(item)

    def choose(self, case: str) -> None:
        """Show the case of that id."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_ITEM) == case:
                self.list.setCurrentRow(row)

    def _current(self) -> str | int | None:
        item = self.list.currentItem()
        value = None if item is None else item.data(_ITEM)
        return value if isinstance(value, str | int) else None

    def _show(self) -> None:
        current, store = self._current(), self._session.store
        self.remove.setEnabled(isinstance(current, str))
        if store is None or current is None:
            self.stack.setCurrentWidget(self.empty)
        elif isinstance(current, str):
            self.page.show_case(next(view for view in cases.views(store) if view.case.id == current))
            self.stack.setCurrentWidget(self.page)
        else:
            self.proposal.show_proposal(self._found[current])
            self.stack.setCurrentWidget(self.proposal)

    def _on_changed(self, change: Change) -> None:
        if change.document is None:
            self._found = tuple(filter(None, (_without(one, change) for one in self._found)))
            self.fill()

    # -- finding and editing

    def look(self) -> None:
        """Look through all documents for cases, in a worker."""
        store = self._session.store
        if store is None:
            return
        handle = self._jobs.job(self.tr("Cases"), on_sibling(store, cases.find))
        handle.finished.connect(self._take)
        handle.failed.connect(self._on_failed)
        handle.start()
        self.fault.tell("")
        self.finding.setEnabled(False)

    def _take(self, found: tuple[Proposal, ...]) -> None:
        self._found = found
        self.finding.setEnabled(True)
        self.fill()
        if not found:
            self.fault.tell(self.tr("No document seems to belong to a case that it is not in already."))
            return
        self.list.setCurrentRow(self.list.count() - len(found))
        self.list.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self.finding.setEnabled(True)
        if not self.fault.take(error):
            self.failed.emit(error)

    def _confirm(self, documents: Sequence[str]) -> None:
        current, me = self._current(), self._session.annotator_id
        if not isinstance(current, int):
            return
        proposal = self._found[current]
        self._found = tuple(one for number, one in enumerate(self._found) if number != current)
        change = self._edit(
            lambda store: cases.confirm(store, annotator=me, proposal=proposal, documents=documents)
        )
        if change is None:
            return
        made = [record.id for record in change.after if isinstance(record, CourtCase)]
        self.choose(made[0] if made else proposal.case)
        self.list.setFocus()

    def _add(self) -> None:
        me, number = self._session.annotator_id, self.tr("New case")
        change = self._edit(lambda store: cases.add(store, annotator=me, docket_number="", caption=number))
        if change is not None:
            self.choose(change.after[0].id)
            self.page.edit_caption()

    def _remove(self) -> None:
        current, me = self._current(), self._session.annotator_id
        if isinstance(current, str):
            self._edit(lambda store: cases.remove(store, annotator=me, case=current))

    def _edit(self, verb: Callable[[Store], Change]) -> Change | None:
        """Make an edit; why it is refused is told here."""
        self.fault.tell("")
        said: list[str] = []
        self._session.refused.connect(said.append)
        change = self._session.edit(verb)
        self._session.refused.disconnect(said.append)
        if change is None and said:
            self.fault.tell(said[0])
            self._show()
        return change


def _without(proposal: Proposal, change: Change) -> Proposal | None:
    """What is left of a proposal after a change; None where nothing is, or its case came or went."""
    if any(record.id == proposal.case for record in (*change.before, *change.after) if proposal.case):
        gone = proposal.case not in {record.id for record in change.after}
        if gone:
            return None
    return proposal
