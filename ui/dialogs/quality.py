"""The quality of annotators: how near the work of one comes to gold, in all of it or where it was contested.

An annotator sees only what is said of himself; who may see others chooses. What rests on few units is greyed.
"""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QTabWidget, QWidget

from annotator.adjudication.blind import report_names
from annotator.adjudication.quality import FEWEST_UNITS, SCOPES, Nearness, Quality
from annotator.adjudication.quality_plots import quality_plots
from annotator.adjudication.quality_report import CAUTION, TITLES, told
from annotator.agreement.values import Figure
from annotator.roles import sees_others
from annotator.services.quality import quality
from ui.agreement.pictures import Picture, above, inks
from ui.agreement.tables import Row, Table
from ui.dialogs.frame import Fault, body, button_row, close_button
from ui.jobs import JobRunner, on_sibling
from ui.kept_layout import keep_size
from ui.panels.themed import Words
from ui.revealing import may_show_names, starts_blind
from ui.session import Session

_PLOT_HEIGHT = 290


class QualityDialog(QDialog):
    """How near annotators come to gold.

    Signals:
        failed: What went wrong in the worker and is no sentence for people.
    """

    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quality")
        self._session = session
        self._jobs = jobs
        self.found: tuple[Quality, ...] | None = None
        self.people, self.scope = QComboBox(), QComboBox()
        self.people.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # names come in late
        self.blind = QCheckBox(self.tr("&Hide names"))
        self.blind.setToolTip(self.tr("Annotator A, B and so on, the same as in the agreement report"))
        self.blind.setChecked(starts_blind(session))
        self.summary, self.caution = Words(), Words()
        self.tabs = QTabWidget(documentMode=True)
        self.tables = {
            "figures": Table(self.tr("Figures")),
            "labels": Table(self.tr("Labels")),
            "confusion": Table(self.tr("Confusion")),
            "weeks": Table(self.tr("Weeks")),
        }
        self.pictures = {name: Picture(is_above=True) for name in self.tables}
        self.fault = Fault()
        self._lay_out()
        self.people.currentIndexChanged.connect(self._show)
        self.scope.currentIndexChanged.connect(self._show)
        self.blind.toggled.connect(self._on_blind_toggled)
        self._begin()

    def _begin(self) -> None:
        store, me = self._session.store, self._session.annotator
        if store is None:
            return
        only = () if me is None or sees_others(me.role) else (me.id,)
        job = on_sibling(store, lambda sibling: quality(sibling, people=only))
        handle = self._jobs.job(self.windowTitle(), job)
        handle.finished.connect(self.take)
        handle.failed.connect(self._on_failed)
        self.finished.connect(handle.cancel)
        handle.start()

    def _lay_out(self) -> None:
        layout = body(self, self.tr("Quality of annotators"))
        row = QHBoxLayout()
        self.people.setAccessibleName(self.tr("Annotator"))
        self.scope.setAccessibleName(self.tr("What is compared"))
        titles = {"all": self.tr("All of gold"), "contested": self.tr("What was contested")}
        for scope in SCOPES:
            self.scope.addItem(titles[scope], scope)
        row.addWidget(self.people)
        row.addWidget(self.scope)
        row.addStretch(1)
        row.addWidget(self.blind)
        layout.addLayout(row)
        self.summary.setText(self.tr("Comparing with gold…"))
        layout.addWidget(self.summary)
        for name, table in self.tables.items():
            page = above(self.pictures[name], table, height=_PLOT_HEIGHT)
            self.tabs.addTab(page, table.accessibleName())
        layout.addWidget(self.tabs, 1)
        self.caution.setText(CAUTION)
        layout.addWidget(self.caution)
        layout.addWidget(self.fault)
        box, _close = close_button(self)
        layout.addLayout(button_row(box))
        keep_size(self, 900, 740)

    def _on_failed(self, error: BaseException) -> None:
        self.summary.setText("")
        if not self.fault.take(error):
            self.failed.emit(error)

    def take(self, found: tuple[Quality, ...]) -> None:
        """Show what was found; the first annotator in the box is shown as it comes in."""
        self.found = found
        self._fill()
        if not found:
            self.summary.setText(
                self.tr("Nothing is decided yet of what annotators finished. Review documents first.")
            )
        for widget in (self.people, self.scope, self.blind, self.tabs, self.caution):
            widget.setVisible(bool(found))

    def _fill(self) -> None:
        """Offer the annotators, in order of what they are called: ids tell who joined first."""
        store = self._session.store
        names = {} if store is None else {person.id: person.name for person in store.annotators()}
        if store is not None and self.blind.isChecked():
            names = dict(report_names(names, store.name))
        called = [(names.get(each.annotator, each.annotator), each) for each in self.found or ()]
        self.people.clear()
        for name, each in sorted(called, key=lambda entry: entry[0].casefold()):
            self.people.addItem(name, each.annotator)

    def _on_blind_toggled(self, hides: bool) -> None:
        """Hide the names, or show them, which is written down where a reviewer asks for it."""
        if not hides and not may_show_names(self._session):
            self.blind.setChecked(True)
            return
        shown = self.people.currentData()
        self._fill()
        self.people.setCurrentIndex(self.people.findData(shown))

    @property
    def _chosen(self) -> Quality | None:
        """The quality of the annotator in the box."""
        who = self.people.currentData()
        return next((each for each in self.found or () if each.annotator == who), None)

    def _show(self) -> None:
        of = self._chosen
        if of is None:
            return
        near = of.scopes[self.scope.currentData()]
        self.summary.setText(self._summary(of, near))
        labels = {label.id: label.name for label in self._session.schema.labels()}
        for name, (heads, rows) in _tables(near, labels).items():
            self.tables[name].fill(heads, rows)
            self.tables[name].setEnabled(near.units >= FEWEST_UNITS)  # greyed, as it is not to be relied on
        self._draw()

    def _summary(self, of: Quality, near: Nearness) -> str:
        one, many = self.tr("1 unit decided."), self.tr("{count} units decided.")
        parts = [one if near.units == 1 else many.format(count=near.units)]
        if near.units < FEWEST_UNITS:
            parts.append(self.tr("That is too few to rely on."))
        for title, offset in ((self.tr("Starts"), near.start), (self.tr("Ends"), near.end)):
            if offset is not None:
                parts.append(
                    self.tr("{ends}: {median:+.1f} characters from gold, {low:+.1f} to {high:+.1f}.").format(
                        ends=title, median=offset.median, low=offset.low, high=offset.high
                    )
                )
        if of.units_an_hour is not None:
            parts.append(self.tr("{count:.0f} units an hour.").format(count=of.units_an_hour))
        if of.consistency.spans:
            parts.append(self.tr("The same text again: F1 {value}.").format(value=told(of.consistency)))
        return " ".join(parts)

    def _draw(self) -> None:
        of = self._chosen
        if of is None:
            return
        near = of.scopes[self.scope.currentData()]
        labels = {label.id: label.name for label in self._session.schema.labels()}
        for name, svg in quality_plots(near, labels, inks(self.palette())).items():
            self.pictures[name].show_svg(svg, self.tables[name].accessibleName())

    def changeEvent(self, event: QEvent) -> None:
        """Draw the plots anew for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()


def _tables(near: Nearness, labels: Mapping[str, str]) -> dict[str, tuple[Row, list[Row]]]:
    """The tables of a scope, by the name of their tab."""
    heads = ("", *_heads())
    return {
        "figures": (heads, [(TITLES[name], *_figure(each)) for name, each in near.figures.items()]),
        "labels": (
            heads,
            [
                (f"{labels.get(label, label)} · {TITLES[name]}", *_figure(each))
                for label, figures in near.labels.items()
                for name, each in figures.items()
            ],
        ),
        "confusion": (
            (_tr("Annotator"), _tr("Gold"), _tr("Spans")),
            [
                (labels.get(own, own), labels.get(gold, gold), str(spans))
                for (own, gold), spans in sorted(near.confusion.items(), key=lambda entry: -entry[1])
            ],
        ),
        "weeks": (heads, [(week or _tr("Unknown"), *_figure(each)) for week, each in near.weeks.items()]),
    }


def _heads() -> Row:
    return _tr("Value"), _tr("95 %"), _tr("Documents"), _tr("Spans")


def _figure(figure: Figure) -> Row:
    return told(figure), figure.between or "–", str(figure.documents), str(figure.spans)


def _tr(words: str) -> str:
    return QCoreApplication.translate("QualityDialog", words)
