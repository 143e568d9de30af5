"""The agreement screen: measures, pairs, labels, confusion, links, documents, weeks of a layer at a time.

What annotators say of whole documents is of no layer, and has a tab of its own.

It is computed in a worker when it opens, and can be stopped. It stays open beside the window, since a
document that is chosen opens there.
"""

from dataclasses import asdict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QWidget,
)

from annotator.agreement.assistance import Places
from annotator.agreement.figures import Settings
from annotator.agreement.plots import document_label_plot, plots
from annotator.agreement.project_report import ProjectReport, blinded
from annotator.agreement.report import LayerReport
from annotator.errors import AnnotatorError
from annotator.progress import Progress
from annotator.services.agreement import agreement
from exporters.agreement_files import write_report
from ui.agreement import tables
from ui.agreement.pictures import Picture, above, inks, write_plot
from ui.agreement.tables import Table
from ui.dialogs.frame import Fault, body, close_button, side_button
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.kept_layout import keep_size
from ui.panels.themed import Words
from ui.revealing import may_show_names, starts_blind
from ui.session import Session

_PLOT_HEIGHT = 280
_PLOTTED = ("measures", "pairs", "labels", "confusion", "weeks", "document_labels")


class AgreementDialog(QDialog):
    """How far annotators agree.

    Signals:
        chosen: A document to open, and where the first disagreement begins and ends (str, int, int); both
            ends are 0 where there is none.
        failed: What went wrong in the worker and is no sentence for people.
    """

    chosen = Signal(str, int, int)
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agreement")
        self._session = session
        self._jobs = jobs
        self.named: ProjectReport | None = None
        self.blind = QCheckBox(self.tr("&Hide names"))
        self.blind.setToolTip(self.tr("Here, in plots and in reports: Annotator A, B and so on"))
        self.blind.setChecked(starts_blind(session))
        self._job: JobHandle | None = None
        self.layers = QComboBox()
        self.layers.setAccessibleName(self.tr("Layer"))
        self.places = QComboBox()
        self.places.setAccessibleName(self.tr("Compared"))
        self.places.setToolTip(self.tr("Where somebody accepted a suggestion, agreement is assisted"))
        self.summary = Words()
        self.progress = QProgressBar()
        self.stop = QPushButton(self.tr("Stop"))
        self.fault = Fault()
        self.tabs = QTabWidget(documentMode=True)
        self.pictures = {name: Picture(is_above=name != "confusion") for name in _PLOTTED}
        self.tables = {name: Table(title) for name, title in self._titles().items() if name != "confusion"}
        self.save_report = side_button(self.tr("Export report…"))
        self.save_plot = side_button(self.tr("Save plot…"))
        self.gamma = side_button(self.tr("Compute γ"))
        self.gamma.setToolTip(self.tr("Takes seconds to minutes; it can be stopped"))
        self._lay_out()
        for places, name in self._kinds_of_places().items():
            self.places.addItem(name, places)
        self.layers.currentIndexChanged.connect(self._show)
        self.places.currentIndexChanged.connect(lambda: self._begin())
        self.blind.toggled.connect(self._on_blind_toggled)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.tables["documents"].activated.connect(lambda index: self._choose(index.row()))
        self.stop.clicked.connect(self._cancel)
        self.save_report.clicked.connect(self._ask_report)
        self.save_plot.clicked.connect(self._ask_plot)
        self.gamma.clicked.connect(lambda: self._begin(has_gamma=True))
        self.finished.connect(self._cancel)
        self._begin()

    def _titles(self) -> dict[str, str]:
        return {
            "measures": self.tr("Measures"),
            "pairs": self.tr("Pairs"),
            "labels": self.tr("Labels"),
            "confusion": self.tr("Confusion"),
            "documents": self.tr("Documents"),
            "links": self.tr("Links"),
            "weeks": self.tr("Weeks"),
            "document_labels": self.tr("Whole documents"),
        }

    def _kinds_of_places(self) -> dict[Places, str]:
        return {
            "all": self.tr("All spans"),
            "unassisted": self.tr("Without accepted suggestions"),
            "assisted": self.tr("Accepted suggestions only"),
        }

    def _lay_out(self) -> None:
        layout = body(self, self.tr("Agreement"))
        head = QHBoxLayout()
        head.addWidget(self.layers)
        head.addWidget(self.places)
        head.addWidget(self.summary, 1)
        head.addWidget(self.blind)
        layout.addLayout(head)
        for name, title in self._titles().items():
            self.tabs.addTab(self._page(name), title)
        layout.addWidget(self.tabs, 1)
        working = QHBoxLayout()
        working.addWidget(self.progress, 1)
        working.addWidget(self.stop)
        layout.addLayout(working)
        layout.addWidget(self.fault)
        box, _close = close_button(self)
        foot = QHBoxLayout()
        foot.addWidget(self.save_report)
        foot.addWidget(self.save_plot)
        foot.addWidget(self.gamma)
        foot.addStretch(1)
        foot.addWidget(box)
        layout.addLayout(foot)
        keep_size(self, 1080, 860)

    def _page(self, name: str) -> QWidget:
        """A table, its plot above it."""
        if name not in self.tables:
            return self.pictures[name]
        if name not in self.pictures:
            return self.tables[name]
        return above(self.pictures[name], self.tables[name], height=_PLOT_HEIGHT)

    # -- computing

    def _begin(self, *, has_gamma: bool = False) -> None:
        store = self._session.store
        self._set_working(store is not None)
        if store is None:
            return
        chosen = Settings(has_gamma=has_gamma, places=self.places.currentData())
        measure = partial(agreement, settings=chosen)
        handle = self._jobs.job(self.tr("Agreement"), on_sibling(store, measure))
        self._job = handle
        handle.progressed.connect(self._on_progress)
        handle.finished.connect(self.take)
        handle.failed.connect(self._on_failed)
        handle.cancelled.connect(partial(self._on_ended, self.tr("It was stopped.")))
        handle.start()

    def _set_working(self, is_working: bool) -> None:
        self.progress.setVisible(is_working)
        self.stop.setVisible(is_working)
        self.progress.setRange(0, 0)
        for widget in (self.layers, self.places, self.save_report, self.save_plot, self.gamma):
            widget.setEnabled(not is_working and self.report is not None)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_progress(self, at: Progress) -> None:
        self.progress.setRange(0, at.total)
        self.progress.setValue(at.done)

    def _on_ended(self, sentence: str) -> None:
        self._job = None
        self._set_working(False)
        if self.named is not None:
            with QSignalBlocker(self.places):
                self.places.setCurrentIndex(self.places.findData(self.named.places))
        self.fault.tell(sentence)

    def _on_failed(self, error: BaseException) -> None:
        self._on_ended(str(error) if isinstance(error, AnnotatorError) else "")
        if not isinstance(error, AnnotatorError):
            self.failed.emit(error)

    def take(self, report: ProjectReport) -> None:
        """Show a report."""
        self._job, self.named = None, report
        self._set_working(False)
        before = self.layers.currentData()
        with QSignalBlocker(self.layers):
            self.layers.clear()
            for layer in report.layers:
                self.layers.addItem(report.layer_names[layer.layer], layer.layer)
            most = max(report.layers, key=lambda layer: layer.counts.spans, default=None)
            if most is not None:
                self.layers.setCurrentIndex(self.layers.findData(before or most.layer))
        self._show()

    # -- showing

    def _on_blind_toggled(self, hides: bool) -> None:
        """Hide the names, or show them, which is written down where a reviewer asks for it."""
        if not hides and not may_show_names(self._session):
            self.blind.setChecked(True)
            return
        self._show()

    @property
    def report(self) -> ProjectReport | None:
        """What is shown and exported, without names if they are hidden."""
        hides = self.named is not None and self.blind.isChecked()
        return blinded(self.named) if hides and self.named is not None else self.named

    @property
    def layer(self) -> LayerReport | None:
        """The layer that is shown."""
        chosen = self.layers.currentData()
        return None if self.report is None or chosen is None else self.report.layer(chosen)

    def _show(self) -> None:
        report, layer = self.report, self.layer
        if report is None or layer is None:
            return
        counts = layer.counts
        words = self.tr(
            "{documents} documents finished by two or more ({empty} without a span), {alone} by one, "
            "{unfinished} by none; {spans} spans"
        )
        if counts.suggested:
            words += self.tr("; {suggested} of them accepted from suggestions, {untouched} unchanged")
        if layer.has_gamma:
            words += self.tr("; γ takes {discontinuous} discontinuous ones by their whole extent")
        self.summary.setText(words.format_map(asdict(counts)))
        self.tables["measures"].fill(*tables.measures(layer))
        self.tables["pairs"].fill(*tables.pairs(report, layer))
        self.tables["labels"].fill(*tables.labels(report, layer))
        self.tables["documents"].fill(*tables.documents(report, layer))
        self.tables["links"].fill(*tables.links(report, layer))
        self.tables["weeks"].fill(*tables.weeks(layer))
        self.tables["document_labels"].fill(*tables.document_labels(report))
        self._draw()

    def _draw(self) -> None:
        report, layer = self.report, self.layer
        if report is None or layer is None:
            return
        chosen = inks(self.palette())
        of_documents = document_label_plot(report, chosen)
        drawn = {**plots(report, layer, chosen)} | ({"document_labels": of_documents} if of_documents else {})
        titles = self._titles()
        for name, picture in self.pictures.items():
            picture.setVisible(name in drawn)
            if name in drawn:
                picture.show_svg(drawn[name], titles[name])
        self._on_tab_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the plots anew for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _on_tab_changed(self) -> None:
        self.save_plot.setEnabled(self.report is not None and bool(self._svg()))

    def _choose(self, row: int) -> None:
        if self.layer is not None:
            chosen = self.layer.documents[row]
            start, end = chosen.first or (0, 0)
            self.chosen.emit(chosen.document, start, end)

    # -- files

    def _svg(self) -> str:
        name = list(self._titles())[self.tabs.currentIndex()]
        picture = self.pictures.get(name)
        return "" if picture is None or picture.isHidden() else picture.svg

    def _ask_report(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export report"), "agreement.html", "HTML (*.html);;JSON (*.json);;CSV (*.csv)"
        )
        if path:
            self.write(Path(path))

    def _ask_plot(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save plot"), "agreement.svg", "SVG (*.svg);;PNG (*.png)"
        )
        if path:
            self.write(Path(path))

    def write(self, target: Path) -> None:
        """Write the report, or the plot that is shown, as the file's name says."""
        try:
            if target.suffix.casefold() in (".svg", ".png"):
                write_plot(self._svg(), target)
            elif self.report is not None:
                write_report(self.report, target)
            self.fault.tell("")
        except AnnotatorError as error:
            self.fault.tell(str(error))
