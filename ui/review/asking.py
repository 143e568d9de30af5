"""What the review screen asks first: remarks, how to edit, which to keep, which are alike."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QDialog

from annotator.adjudication.decisions import OutcomeKind, result_of
from annotator.adjudication.links import LinkUnit
from annotator.adjudication.units import Candidate, Unit
from annotator.model import Fragment, Result
from annotator.services.alike import Alike, alike
from annotator.services.auto_resolving import AutoReport
from annotator.services.deciding import decide_all
from annotator.services.link_ends import first_link, gold_choices, gold_end
from annotator.services.messaging import pin, spans_of
from annotator.services.review_log import release
from annotator.services.reviewing import AnyUnit
from annotator.services.working import give_back
from ui.jobs import on_sibling
from ui.keys import shown
from ui.review.commands import REVIEW_COMMANDS
from ui.review.edit_dialog import EditDialog
from ui.review.link_dialog import LinkDialog
from ui.review.small_dialogs import AlikeDialog, RemarksDialog, SeveralDialog
from ui.review.strict import hides_votes

if TYPE_CHECKING:
    from ui.review.window import ReviewWindow


class Asking(QObject):
    """The handlers of the commands of review that open a dialog."""

    def __init__(self, window: "ReviewWindow") -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        self._session = window.session

    def write_remarks(self) -> None:
        """Ask for reason, rule and comment."""
        unit, store = self._desk.unit, self._session.store
        if unit is None or store is None:
            return
        dialog = RemarksDialog(self._desk.remarks_of(unit), store.guidelines(), self._window)
        dialog.answered.connect(self._desk.amend)
        self._open(dialog)

    def write_message(self) -> None:
        """Ask for a message to an annotator: at the span that was clicked, or one of the unit in focus."""
        from ui.review.message_dialog import MessageDialog

        of, store, desk = self._desk.review, self._session.store, self._desk
        if of is None or store is None:
            return
        hidden = {span for unit in of.units if hides_votes(desk, unit) for span in unit.members}
        spans = {
            who: [span for span in spans_of(store, of.document.id, who) if span.id not in hidden]
            for who in desk.order
        }
        spans = {who: own for who, own in spans.items() if own}
        if not spans:
            self._window.line.setText(self.tr("There is no span that a message can be pinned to."))
            return
        dialog = MessageDialog(
            spans,
            self._window.columns.clicked or _first_span(desk.unit),
            text=of.text,
            schema=self._session.schema,
            names={who: desk.name(who) for who in spans},
            messages=of.messages,
            parent=self._window,
        )
        dialog.answered.connect(self._pin)
        self._open(dialog)

    def _pin(self, span: str, words: str) -> None:
        of, me = self._desk.review, self._session.annotator_id
        if of is None:
            return
        document = of.document.id
        change = self._session.edit(
            lambda store: pin(store, reviewer=me, document=document, span=span, message=words)
        )
        if change is not None:
            self._window.line.setText(
                self.tr("Pinned; it is read once the document is returned (R) or let be seen (F).")
                if words
                else self.tr("The message is taken away.")
            )

    def several(self) -> None:
        """Ask which candidates to keep; two are kept at once."""
        unit, of, focus = self._desk.unit, self._desk.review, self._window.focus.focus
        if unit is None or of is None or focus is None:
            return
        if len(focus.variants) < 2:
            self._window.line.setText(self.tr("There is only one candidate here; its digit takes it."))
        elif len(focus.variants) == 2:
            self._desk.keep([variant.says for variant in focus.variants])
        else:
            dialog = SeveralDialog(of.text, focus.variants, self._window)
            dialog.answered.connect(self._desk.keep)
            self._open(dialog)

    def edit(self) -> None:
        """Edit what is decided, or else the first candidate, then take it."""
        unit = self._desk.unit
        decision = None if unit is None else self._desk.decision(unit)
        if isinstance(unit, LinkUnit):
            made = None if decision is None or not decision.results else decision.results[0]
            self._edit_link(unit, made, is_new=False)
        if not isinstance(unit, Unit):
            return
        if decision is not None and decision.results:
            self._edit(decision.results[0], is_new=False)
        elif unit.candidates:
            self._edit(result_of(unit.candidates[0].span), is_new=False)

    def new(self) -> None:
        """Make a span that nobody has, beginning with all words that anybody marked, or such a link."""
        unit = self._desk.unit
        if isinstance(unit, LinkUnit):
            self._edit_link(unit, None, is_new=True)
        if isinstance(unit, Unit) and unit.candidates:
            first = unit.candidates[0].span
            self._edit(Result("", first.label, (Fragment(unit.start, unit.end),)), is_new=True)

    def link(self) -> None:
        """Make a link that nobody has, from what gold got of the unit in focus."""
        of, unit, store = self._desk.review, self._desk.unit, self._session.store
        if of is None or unit is None or store is None:
            return
        source = "" if self._desk.is_second else of.gold_of(unit.key)
        span = next((each for each in of.gold.spans if each.id == source), None)
        if span is None:
            self._window.line.setText(self.tr("A link begins at a gold span; decide this one first."))
            return
        start = first_link(store, of, span)
        if start is None:
            self._window.line.setText(self.tr("No link leads from this span to another one in gold."))
        else:
            self._ask_link(unit, start, is_new=True, answered=self._desk.add_link)

    def _edit_link(self, unit: LinkUnit, made: Result | None, *, is_new: bool) -> None:
        of, store = self._desk.review, self._session.store
        if of is None or store is None:
            return
        if made is None and unit.candidates:
            first = unit.candidates[0]
            ends = gold_end(store, of, first.source), gold_end(store, of, first.target)
            made = Result("", first.link.type, (), first.link.attributes, *ends)
        outcome: OutcomeKind = "new" if is_new else "accept_modified"
        if made is not None:
            self._ask_link(
                unit, made, is_new=is_new, answered=lambda result: self._desk.decide(outcome, (result,))
            )

    def _ask_link(
        self, unit: AnyUnit, start: Result, *, is_new: bool, answered: Callable[[Result], object]
    ) -> None:
        of, store = self._desk.review, self._session.store
        if of is None or store is None:
            return
        sources, targets = gold_choices(store, of, unit)
        if not sources:
            self._window.line.setText(self.tr("A link joins gold spans; decide the spans at its ends first."))
            return
        dialog = LinkDialog(
            start,
            schema=self._session.schema,
            sources=sources,
            targets=targets,
            is_new=is_new,
            parent=self._window,
        )
        dialog.answered.connect(answered)
        self._open(dialog)

    def _edit(self, start: Result, *, is_new: bool) -> None:
        of, unit = self._desk.review, self._desk.unit
        if of is None or unit is None:
            return
        dialog = EditDialog(
            of.text,
            start,
            schema=self._session.schema,
            layer=unit.layer,
            kind=of.document.kind,
            is_new=is_new,
            parent=self._window,
        )
        outcome = "new" if is_new else "accept_modified"
        dialog.answered.connect(lambda result: self._desk.decide(outcome, (result,)))  # type: ignore[arg-type]
        self._open(dialog)

    def decide_alike(self) -> None:
        """Look for units with the same text and votes, to decide them as this one was."""
        store, of, unit = self._session.store, self._desk.review, self._desk.unit
        if store is None or of is None or unit is None:
            return
        self._window.line.setText(self.tr("Looking for others like it…"))
        search = partial(alike, document=of.document.id, unit=unit.key)
        handle = self._window.jobs.job(self.tr("Review"), on_sibling(store, search))
        handle.finished.connect(self._ask_alike)
        handle.failed.connect(self._window.fail)
        handle.start()

    def _ask_alike(self, found: Sequence[Alike]) -> None:
        nothing = self.tr("No other undecided unit has the same text and votes.")
        self._window.line.setText("" if found else nothing)
        if found:
            dialog = AlikeDialog(found, self._window)
            dialog.answered.connect(self._decide_alike)
            self._open(dialog)

    def _decide_alike(self, chosen: Sequence[Alike]) -> None:
        me = self._session.annotator_id
        rulings = [(each.document, each.unit, each.ruling) for each in chosen]
        change = self._session.edit(lambda store: decide_all(store, reviewer=me, rulings=rulings))
        if change is not None:
            self._window.line.setText(self.tr("{title}: done.").format(title=change.title))
            self._window.load()
            self._desk.go_on()

    def decide_by_rule(self) -> None:
        """Ask for the rules that decide, with a preview of what they would."""
        from ui.review.auto_dialog import AutoDialog

        if self._session.store is None:
            return
        if self._desk.is_strict:
            words = self.tr(
                "What rules decide tells votes; it is not shown while the review is strictly blind."
            )
            self._window.line.setText(words)
            return
        dialog = AutoDialog(self._session, self._window.jobs, self._window)
        dialog.decided.connect(self._on_decided_by_rule)
        dialog.failed.connect(self._window.failed)
        self._open(dialog)

    def _on_decided_by_rule(self, report: AutoReport) -> None:
        of, count = self._desk.review, len(report.proposals)
        is_here = of is not None and any(each.document == of.document.id for each in report.proposals)
        one = self.tr("1 unit decided by rule; U takes it back.")
        many = self.tr("{n} units decided by rule; U takes all of them back.")
        elsewhere = self.tr(
            "Units decided by rule: {n}, none of them here; U in a document of theirs takes all of them back."
        )
        words = elsewhere if not is_here else one if count == 1 else many
        self._window.load(then=words.format(n=count))

    def show_history(self) -> None:
        """Show how the unit in focus came to be decided."""
        from ui.review.history_dialog import HistoryDialog

        if self._desk.unit is not None:
            self._open(HistoryDialog(self._desk, self._desk.unit, self._window))

    def show_keys(self) -> None:
        """Show all keys of review on one sheet, those with a button first."""
        from ui.dialogs.cheat_sheet import CheatSheet

        lines: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
        for command in REVIEW_COMMANDS:
            title = QCoreApplication.translate("review_commands", command.title).rstrip("…")
            first, *others = map(shown, command.keys)
            keys = f"{first} … {others[-1]}" if len(others) > 2 else first
            lines[command.is_button].append((keys, title))
        content = [(self.tr("With a button"), lines[True]), (self.tr("By key alone"), lines[False])]
        CheatSheet(content, self._window).open()

    def release(self) -> None:
        """Let the annotators of the document see what was decided of their work."""
        of, me = self._desk.review, self._session.annotator_id
        if of is None:
            return
        document = of.document.id
        if self._session.edit(lambda store: release(store, reviewer=me, document=document)) is not None:
            self._window.line.setText(
                self.tr("The annotators can see what was decided here, under Annotate > What was decided.")
            )

    def give_back(self) -> None:
        """Return the document to an annotator; what was decided at their spans goes with it."""
        from ui.dialogs.reason import ReasonDialog

        if self._desk.review is None:
            return
        dialog = ReasonDialog(
            self.tr("Return the document"),
            self.tr(
                "What was decided at their spans, and messages pinned there (N), are shown to them as well."
            ),
            accept=self.tr("Return"),
            people=[(who, self._desk.name(who)) for who in self._desk.order],
            parent=self._window,
        )
        dialog.answered.connect(self._give_back)
        dialog.open()

    def _give_back(self, message: str, to: str) -> None:
        of, me = self._desk.review, self._session.annotator_id
        if of is None:
            return
        document = of.document.id
        self.release()
        change = self._session.edit(
            lambda store: give_back(store, annotator=me, document=document, to=to, message=message)
        )
        if change is not None:
            self._window.line.setText(self.tr("{title}: done.").format(title=change.title))

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _first_span(unit: AnyUnit | None) -> str:
    """The first span (an id) of a unit, of one of links that at which the first link begins; "" if none."""
    if unit is None or not unit.candidates:
        return ""
    first = unit.candidates[0]
    return first.span.id if isinstance(first, Candidate) else first.link.source
