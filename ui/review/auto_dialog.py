"""Deciding by rule from the review screen: which rules, what they would decide, and doing it in one step.

Every change of the rules looks anew, in the background; what is shown is what would be decided just then.
Unanimity is always among the rules, as it is on the command line.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QLabel,
    QListWidget,
    QSpinBox,
    QWidget,
)

from annotator.adjudication.auto import SPOT_CHECK_SHARE, AutoRules, Rule
from annotator.adjudication.decisions import SPOT_CHECK
from annotator.services.auto_resolving import AutoReport, auto_resolve
from ui.dialogs.frame import Fault, answer_buttons, body, fit
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.panels.span_words import one_line
from ui.panels.themed import Words
from ui.review.words import rule_words
from ui.session import Session

_OPTIONAL: tuple[Rule, ...] = ("trim", "majority", "boundary")
_MOST_SHOWN = 1000


class AutoDialog(QDialog):
    """Asks for the rules of each layer and previews what they decide.

    Signals:
        decided: An AutoReport of what was just decided.
        failed: A job met an error that is nobody's fault; the argument is the exception.
    """

    decided = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._job: JobHandle | None = None
        self._is_deciding = False
        self._layers = {layer.id: layer.name for layer in session.schema.layers}
        self.report: AutoReport | None = None
        self.rules: dict[tuple[str, Rule], QCheckBox] = {}
        self.spot_check = QSpinBox(minimum=0, maximum=100, value=round(SPOT_CHECK_SHARE * 100), suffix=" %")
        self.summary = Words(bold=True)
        self.error = Words(tone="muted")
        self.list = QListWidget()
        self.fault = Fault()
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        layout = body(self, self.tr("Decide by rule"))
        words = self.tr(
            "What all annotators marked alike is decided. More is decided only where you ask for it; nothing "
            "that a person has decided is touched."
        )
        layout.addWidget(Words(words, tone="muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        for row, (layer, name) in enumerate(self._layers.items()):
            grid.addWidget(QLabel(name), row, 0)
            for column, rule in enumerate(_OPTIONAL, 1):
                box = QCheckBox(rule_words(rule))
                box.setAccessibleName(f"{name}: {rule_words(rule)}")
                box.setToolTip(self._tip(rule))
                box.toggled.connect(lambda _on: self.look())
                self.rules[layer, rule] = box
                grid.addWidget(box, row, column)
        sample = QLabel(self.tr("For a person to &look at"))
        sample.setBuddy(self.spot_check)
        grid.addWidget(sample, len(self._layers), 0)
        grid.addWidget(self.spot_check, len(self._layers), 1)
        grid.setColumnStretch(4, 1)
        self.spot_check.setKeyboardTracking(False)
        self.spot_check.valueChanged.connect(lambda _value: self.look())
        layout.addLayout(grid)
        layout.addWidget(self.summary)
        layout.addWidget(self.error)
        self.list.setAccessibleName(self.tr("What would be decided"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.fault)
        buttons, self.go_on = answer_buttons(self, self.tr("&Decide these"))
        buttons.accepted.disconnect()
        buttons.accepted.connect(self.decide)
        layout.addWidget(buttons)
        fit(self, 760, 560)
        self.list.setFocus()

    def _tip(self, rule: Rule) -> str:
        return {
            "unanimous": "",
            "trim": self.tr("All have it; only white space, punctuation, quotation marks or “the” differ"),
            "majority": self.tr("Two thirds of three or more, two votes ahead; no span is a vote as well"),
            "boundary": self.tr("All of three or more agree on the label, more than half on the extent"),
        }[rule]

    @property
    def chosen(self) -> AutoRules:
        """The rules as they are chosen."""
        opted = {
            layer: frozenset(rule for rule in _OPTIONAL if self.rules[layer, rule].isChecked())
            for layer in self._layers
        }
        return AutoRules(opted, self.spot_check.value() / 100)

    def look(self) -> None:
        """Find what would be decided by the rules chosen."""
        self.summary.setText(self.tr("Looking…"))
        self._run(is_dry=True)

    def decide(self) -> None:
        """Decide it, as one change that is undone in one step."""
        self.summary.setText(self.tr("Deciding…"))
        self._is_deciding = True
        self._run(is_dry=False)

    def _run(self, *, is_dry: bool) -> None:
        store = self._session.store
        if store is None:
            return
        self.go_on.setEnabled(False)
        self.fault.tell("")
        if self._job is not None:
            self._job.cancel()
        make = partial(auto_resolve, reviewer=self._session.annotator_id, rules=self.chosen, dry_run=is_dry)
        handle = self._jobs.job(self.tr("Decide by rule"), on_sibling(store, make))
        self._job = handle
        handle.finished.connect(partial(self._take, handle) if is_dry else self._done)
        handle.failed.connect(self._fail)
        handle.start()

    def _take(self, handle: JobHandle, report: AutoReport) -> None:
        """Show what would be decided, unless the rules have changed since."""
        if handle is not self._job:
            return
        self._job, self.report = None, report
        found = report.proposals
        drawn = sum(SPOT_CHECK in each.ruling.flags for each in found)
        words = self.tr("{units} units of {documents} documents would be decided, {drawn} of them to look at")
        documents = len({each.document for each in found})
        self.summary.setText(
            words.format(units=len(found), documents=documents, drawn=drawn)
            if found
            else self.tr("There is nothing that these rules decide.")
        )
        self.error.setText(self._error_words(report))
        self.list.clear()
        for each in found[:_MOST_SHOWN]:
            marks = [self._layers.get(each.layer, each.layer), rule_words(each.rule)]
            marks += [self.tr("to look at")] if SPOT_CHECK in each.ruling.flags else []
            self.list.addItem(f"{one_line(each.words)}  ({', '.join(marks)})  ·  {each.title}")
        if len(found) > _MOST_SHOWN:
            self.list.addItem(self.tr("and {n} more").format(n=len(found) - _MOST_SHOWN))
        self.go_on.setEnabled(bool(found))

    def _error_words(self, report: AutoReport) -> str:
        check = report.spot_check
        if check.error is None:
            return self.tr("No earlier decision by rule has been looked at yet, so their error is not known.")
        words = self.tr("Of {checked} earlier ones looked at, {wrong} were decided otherwise ({error}).")
        return words.format(checked=check.checked, wrong=check.wrong, error=f"{check.error:.1%}")

    def _done(self, report: AutoReport) -> None:
        self._job, self._is_deciding = None, False
        for change in report.changes:
            self._session.take(change)
        self.decided.emit(report)
        self.accept()

    def _fail(self, error: BaseException) -> None:
        self._job, self._is_deciding = None, False
        self.summary.setText("")
        if not self.fault.take(error):
            self.failed.emit(error)

    def reject(self) -> None:
        """Close without deciding. What is being decided is waited for, so that the window shows it."""
        if not self._is_deciding:
            super().reject()

    def done(self, result: int) -> None:
        """Stop looking."""
        if self._job is not None:
            self._job.cancel()
        super().done(result)
