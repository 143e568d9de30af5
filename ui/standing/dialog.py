"""The progress screen: documents by status, annotators, labels and weeks, and the documents behind a number.

What is counted at once is shown at once; labels and weeks, which take longer with many spans, follow. It
stays open beside the window, since a document that is chosen opens there.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.learning_plots import gain, learning_curve
from annotator.services.learning import learned_so_far
from annotator.services.standing import distribution, standing
from annotator.standing import STATUSES, Distribution, DocumentStanding, Standing
from annotator.standing_plots import distribution_plots, standing_plots
from ui.agreement.pictures import Picture, above, inks, write_plot
from ui.agreement.tables import Table
from ui.dialogs.frame import Fault, body, button_row, close_button, side_button
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.kept_layout import keep_size
from ui.panels.themed import Words
from ui.session import Session
from ui.standing import tables
from ui.standing.documents import StandingModel

_PAGES = ("documents", "people", "labels", "weeks", "learning")
_PLOT_HEIGHT = 250
_CURVE_HEIGHT = 270


class StandingDialog(QDialog):
    """How far the work stands.

    Signals:
        chosen: A document to open (str).
        failed: What went wrong in the worker and is no sentence for people.
    """

    chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("standing")
        self._session = session
        self._jobs = jobs
        self._running: list[JobHandle] = []
        self.standing: Standing | None = None
        self.distribution: Distribution | None = None
        self.summary, self.gain = Words(), Words()
        self.tabs = QTabWidget(documentMode=True)
        self.pictures = {name: Picture(is_above=True) for name in _PAGES}
        self.statuses, self.annotators = QComboBox(), QComboBox()
        self.model = StandingModel(self)
        self.documents = QTableView()
        self.tables = {
            "people": Table(self.tr("Annotators")),
            "labels": Table(self.tr("Labels")),
            "weeks": Table(self.tr("Weeks")),
            "learning": Table(self.tr("Learning")),
        }
        self.save_plot = side_button(self.tr("Save plot…"))
        self.fault = Fault()
        self._begin()  # the worker counts while the parts are laid out
        self._lay_out()
        self.statuses.currentIndexChanged.connect(self._filter)
        self.annotators.currentIndexChanged.connect(self._filter)
        self.documents.activated.connect(self._choose)
        self.tables["people"].activated.connect(lambda index: self._show_left(index.row()))
        self.save_plot.clicked.connect(self._ask_plot)
        self.finished.connect(self._cancel)

    # -- its parts

    def _lay_out(self) -> None:
        layout = body(self, self.tr("Progress"))
        layout.addWidget(self.summary)
        self.tabs.addTab(
            above(self.pictures["documents"], self._document_page(), height=_PLOT_HEIGHT),
            self.tr("Documents"),
        )
        for name, table in self.tables.items():
            is_curve = name == "learning"
            height = _CURVE_HEIGHT if is_curve else _PLOT_HEIGHT
            page: QWidget = above(self.pictures[name], table, height=height)
            page = _below(self.gain, page) if is_curve else page
            self.tabs.addTab(page, table.accessibleName())
        self.tables["people"].setToolTip(self.tr("Enter or a double click shows what somebody has left"))
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.fault)
        box, _close = close_button(self)
        layout.addLayout(button_row(box, self.save_plot))
        keep_size(self, 980, 760)

    def _document_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.statuses.setAccessibleName(self.tr("Status"))
        self.annotators.setAccessibleName(self.tr("Annotator"))
        self.statuses.addItem(self.tr("All documents"), "")
        self.statuses.addItem(self.tr("Not finished"), "left")
        for status in STATUSES:
            self.statuses.addItem(tables.status_words()[status], status)
        self.annotators.addItem(self.tr("Of anybody"), "")
        row.addWidget(self.statuses)
        row.addWidget(self.annotators)
        row.addStretch(1)
        column.addLayout(row)
        view = self.documents
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Documents"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column.addWidget(view, 1)
        return page

    # -- counting

    def _begin(self) -> None:
        store = self._session.store
        if store is None:
            return
        self._run(self._jobs.job(self.tr("Progress"), on_sibling(store, standing)), self.take)
        self._run(self._jobs.job(self.tr("Progress"), on_sibling(store, distribution)), self.take_rest)

    def _run(self, handle: JobHandle, take: object) -> None:
        self._running.append(handle)
        handle.finished.connect(take)
        handle.failed.connect(self._on_failed)
        handle.ended.connect(lambda: self._running.remove(handle))
        handle.start()

    def _cancel(self) -> None:
        for handle in self._running:
            handle.cancel()

    def _on_failed(self, error: BaseException) -> None:
        if not self.fault.take(error):
            self.failed.emit(error)

    def take(self, stands: Standing) -> None:
        """Show documents and annotators."""
        self.standing = stands
        self.summary.setText(tables.summary(stands))
        for person in stands.people:
            self.annotators.addItem(self.tr("Of {name}").format(name=person.name), person.id)
        self.tables["people"].fill(*tables.people(stands))
        self._filter()
        self._draw_standing()

    def take_rest(self, shares: Distribution) -> None:
        """Show labels and weeks."""
        self.distribution = shares
        store = self._session.store
        if store is None or self.standing is None:
            return
        self.tables["learning"].fill(*tables.learning(learned_so_far(store)))
        people = {person.id: person.name for person in store.annotators()}
        self.tables["labels"].fill(*tables.labels(shares, self._labels(), self.standing))
        self.tables["weeks"].fill(*tables.weeks(shares, people))
        self._draw_rest()

    def _labels(self) -> dict[str, str]:
        return {label.id: label.name for label in self._session.schema.labels()}

    # -- showing

    def _draw_standing(self) -> None:
        if self.standing is not None:
            self._show_plots(standing_plots(self.standing, inks(self.palette())))

    def _draw_rest(self) -> None:
        if self.distribution is None:
            return
        drawn = dict(distribution_plots(self.distribution, self._labels(), inks(self.palette())))
        about = None if self._session.store is None else learned_so_far(self._session.store)
        self.pictures["learning"].setVisible(about is not None)
        self.gain.setText("" if about is None else gain(about))
        self.gain.setVisible(bool(self.gain.text()))
        if about is not None:
            drawn["learning"] = learning_curve(about, inks(self.palette()))
        self._show_plots(drawn)

    def _show_plots(self, drawn: Mapping[str, str]) -> None:
        for at, (name, picture) in enumerate(self.pictures.items()):
            if name in drawn:
                picture.show_svg(drawn[name], self.tabs.tabText(at))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the plots anew for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_standing()
            self._draw_rest()

    def _filter(self) -> None:
        stands = self.standing
        if stands is None:
            return
        who, words = str(self.annotators.currentData() or ""), tables.status_words()
        own = stands.states.get(who, {})

        def told(document: DocumentStanding) -> str:
            return words[own[document.id] if who else document.status]

        rows = stands.chosen(annotator=who, status=self.statuses.currentData() or "")
        self.model.show_rows(rows, told)

    def _show_left(self, row: int) -> None:
        """The documents that an annotator has left."""
        if self.standing is not None:
            who = self.standing.people[row].id
            self.statuses.setCurrentIndex(self.statuses.findData("left"))
            self.annotators.setCurrentIndex(self.annotators.findData(who))
            self.tabs.setCurrentIndex(0)
            self.documents.setFocus()

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.rows[index.row()].id)

    # -- files

    def _ask_plot(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save plot"), "progress.svg", "SVG (*.svg);;PNG (*.png)"
        )
        if path:
            self.write(path)

    def write(self, path: str) -> None:
        """Write the plot that is shown, as the file's name says."""
        from pathlib import Path

        picture = list(self.pictures.values())[self.tabs.currentIndex()]
        try:
            write_plot(picture.svg, Path(path))
            self.fault.tell("")
        except AnnotatorError as error:
            self.fault.tell(str(error))


def _below(words: Words, page: QWidget) -> QWidget:
    """A page with words above it."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 8, 0, 0)
    column.addWidget(words)
    column.addWidget(page, 1)
    return whole
