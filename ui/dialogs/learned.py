"""What was learned for suggestions: how well each label does, the learning curve, and what is suggested.

It shows and asks; training is in `ui.learning` and goes on when the dialog is closed.
"""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QProgressBar, QSpinBox, QWidget

from annotator.learning_plots import gain, learning_curve
from annotator.progress import Progress
from annotator.services import learning
from annotator.suggest.learned.measuring import Figure
from annotator.suggest.learned.model import About, UnusableModel
from ui.agreement.pictures import Picture, inks
from ui.agreement.tables import Table
from ui.dialogs.frame import Fault, beside, body, button_row, close_button, side_button
from ui.kept_layout import keep_size
from ui.learning import Learning
from ui.panels.themed import Words
from ui.session import Session
from ui.settings import Settings

_PLOT_HEIGHT = 264


class LearnedDialog(QDialog):
    """Figures of each label, the curve, and the settings of learning."""

    def __init__(
        self, session: Session, part: Learning, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("learned")
        self._session, self._part = session, part
        self.about: About | None = None
        self.summary = Words()
        self.picture = Picture()
        # Higher than the plot ever is: a bar to scroll would come and go with the width that it takes.
        self.picture.setFixedHeight(_PLOT_HEIGHT)
        self.table = Table(self.tr("Labels"))
        self.least = QSpinBox(minimum=0, maximum=100, suffix=" %", value=settings.number("least_precision"))
        self.learns = QCheckBox(self.tr("Learn by itself when enough new documents are done"))
        self.learns.setChecked(bool(settings["learning"]))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(self.tr("Progress of learning"))
        self.learn = side_button(self.tr("Learn now"))
        self.outcome, self.fault = Words(tone="muted"), Fault()
        self.outcome.hide()
        self._lay_out()
        self.least.valueChanged.connect(self._on_set)
        self.learns.toggled.connect(self._on_set)
        self.learn.clicked.connect(self._on_learn)
        part.progressed.connect(self._on_progress)
        part.ended.connect(self._on_ended)
        self._fill()
        self._show_running()

    def _lay_out(self) -> None:
        layout = body(self, self.tr("Learned suggestions"))
        layout.addWidget(self.summary)
        layout.addWidget(self.picture)
        layout.addWidget(self.table, 1)
        asks = QLabel(self.tr("&Suggest labels whose precision is at least"))
        asks.setBuddy(self.least)
        row = QHBoxLayout()
        row.addWidget(asks)
        row.addWidget(self.least)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.learns)
        layout.addWidget(self.outcome)
        layout.addWidget(self.fault)
        layout.addStretch()  # which the table leaves nothing of
        box, _close = close_button(self)
        layout.addWidget(beside(self.progress))
        layout.addLayout(button_row(box, self.learn))
        keep_size(self, 820, 720)

    # -- showing

    def _fill(self) -> None:
        """Read from the project what was learned, and show it."""
        store = self._session.store
        if store is None:
            return
        try:
            self.about = learning.known_about(store)
            fault = ""
        except UnusableModel as error:
            self.about, fault = None, str(error)
        if fault:
            self.fault.tell(fault)
        work = learning.work_done(store)
        self.summary.setText(self._nothing(work.texts) if self.about is None else self._told(self.about))
        self.picture.setVisible(self.about is not None)
        self.table.setVisible(self.about is not None)
        self._draw()
        self._list()

    def _nothing(self, done: int) -> str:
        if done >= learning.LEAST_TEXTS:
            return self.tr("Nothing was learned yet. {done} documents are done, which is enough.").format(
                done=done
            )
        return self.tr(
            "Nothing was learned yet. {done} of the {least} documents that it takes are done."
        ).format(done=done, least=learning.LEAST_TEXTS)

    def _told(self, about: About) -> str:
        told = self.tr(
            "Learned from {n} documents and tested on {held} others, which it has not seen. It is silent in "
            "documents that it learned from."
        ).format(n=len(about.texts), held=about.held_out)
        if about.is_crossed:
            told += " " + self.tr("With so few, each label was tested on all of them, a fifth at a time.")
        if about.is_assisted:
            told += " " + self.tr("Suggestions were accepted in those tested on, so the figures flatter it.")
        if about.left_out:
            told += " " + self.tr("{n} spans in several pieces were left out.").format(n=about.left_out)
        return f"{told} {gain(about)}".rstrip()

    def _draw(self) -> None:
        if self.about is not None:
            svg = learning_curve(self.about, inks(self.palette()))
            self.picture.show_svg(svg, self.tr("Learning curve"))

    def _list(self) -> None:
        heads = (
            self.tr("Label"),
            self.tr("Spans learned"),
            self.tr("Spans tested"),
            self.tr("Precision"),
            self.tr("Recall"),
            self.tr("Suggested"),
        )
        figures = {} if self.about is None else self.about.figures
        rows = []
        for name, figure in figures.items():
            label = self._session.schema.label(name)
            rows.append(
                (
                    name if label is None else label.name,
                    str(figure.learned),
                    str(figure.there),
                    _share(figure.precision),
                    _share(figure.recall),
                    self._verdict(figure),
                )
            )
        self.table.fill(heads, rows)

    def _verdict(self, figure: Figure) -> str:
        if learning.is_trusted(figure, self.least.value() / 100):
            return self.tr("yes")
        if figure.proposed < learning.LEAST_PROPOSALS:
            return self.tr("no: too few to tell")
        return self.tr("no: below {n} %").format(n=self.least.value())

    def changeEvent(self, event: QEvent) -> None:
        """Draw the curve anew for another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    # -- setting and learning

    def _on_set(self) -> None:
        self._part.use_settings(least_precision=self.least.value(), learns=self.learns.isChecked())
        self._list()

    def _on_learn(self) -> None:
        if self._part.is_learning:
            self._part.cancel()
            return
        self._tell("")
        self._part.start()
        self._show_running()

    def _show_running(self) -> None:
        runs = self._part.is_learning
        self.learn.setText(self.tr("Cancel learning") if runs else self.tr("Learn now"))
        self.progress.setVisible(runs)
        if runs:
            self.progress.setRange(0, 0)

    def _on_progress(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.total)
        self.progress.setValue(progress.done)

    def _on_ended(self, told: str, has_failed: bool) -> None:
        self._fill()
        self._show_running()
        self._tell(told, has_failed=has_failed)

    def _tell(self, told: str, *, has_failed: bool = False) -> None:
        self.fault.tell(told if has_failed else "")
        self.outcome.setText(told)
        self.outcome.setVisible(bool(told) and not has_failed)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"
