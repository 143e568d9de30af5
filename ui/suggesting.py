"""Suggestions in the open document: looked for in the background, gone through, accepted and rejected.

Nothing of them is an annotation until it is accepted. What was learned of the annotator's work is kept while
the project is open, so that each look costs what has changed; one job at a time has it in hand.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from annotator.change import Change
from annotator.model import Annotation, Assignment, Document, Rejection
from annotator.services import suggesting
from annotator.services.suggesting import Learned, ModelServer
from annotator.suggest.isolated import SuggesterProcess
from annotator.suggest.suggester import InvalidSuggestions
from annotator.suggest.suggestion import Marked, Suggestion, compared
from ui.jobs import JobHandle, JobRunner, on_sibling
from ui.memory import Memory
from ui.panels.later import Later
from ui.panels.span_words import one_line
from ui.session import Session
from ui.settings import Settings
from ui.suggestion_bar import SuggestionBar
from ui.views.overlay import PaintedSpan
from ui.views.text_view import TextView

if TYPE_CHECKING:
    from storage.store import ProjectStore

REST = 350  # milliseconds without an edit before suggestions are looked for


class Suggesting(QObject):
    """The handlers of the commands for suggestions; `focused` is the one that Enter accepts."""

    def __init__(
        self,
        session: Session,
        view: TextView,
        bar: SuggestionBar,
        settings: Settings,
        memory: Memory,
        *,
        tell: Callable[[str], None],
        failed: Callable[[BaseException], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._bar = bar
        self._settings = settings
        self._memory = memory
        self._tell = tell
        self._failed = failed
        self._window = parent
        self._jobs = JobRunner(self)
        self._running: JobHandle | None = None
        self._learned: Learned | None = None
        self._processes: dict[str, SuggesterProcess] = {}
        self._told: set[str] = set()  # of suggesters that were switched off
        self._touched: set[str] | None = None  # documents edited since the last look, None: all may be
        self._found: tuple[Suggestion, ...] = ()
        self.focused: Suggestion | None = None
        self._later = Later(self._look, self, after=REST)
        self._connect()

    def _connect(self) -> None:
        session, bar = self._session, self._bar
        session.project_closing.connect(self._on_project_closing)
        session.document_changed.connect(self._on_document_changed)
        for signal in (session.annotator_changed, session.schema_changed, session.documents_changed):
            signal.connect(self._forget)
        session.changed.connect(self._on_changed)
        self._view.cursorPositionChanged.connect(self._on_caret_moved)
        self._view.suggestion_clicked.connect(self._on_clicked)
        bar.accepted.connect(self.accept)
        bar.rejected.connect(self.reject)
        bar.stepped.connect(self._step)
        bar.all_wanted.connect(self.accept_above)
        bar.left.connect(self.leave)

    # -- on and off

    @property
    def is_on(self) -> bool:
        """Whether suggestions are made."""
        return bool(self._settings["suggestions"])

    def toggle(self) -> None:
        """Make suggestions from now on, or none."""
        self._settings["suggestions"] = not self.is_on
        with suppress(OSError):  # a folder that cannot be written keeps nothing, but the window changes
            self._settings.save()
        self.apply_settings()
        self._tell(
            self.tr("Suggestions are on: . goes to the next, Enter accepts, Backspace rejects.")
            if self.is_on
            else self.tr("Suggestions are off.")
        )

    def apply_settings(self) -> None:
        """Take over whether suggestions are made."""
        if self.is_on:
            self._later.soon()
        elif self._found:
            self._show(())

    # -- looking

    def look(self) -> None:
        """Look at once for what would be looked for when the hands rest."""
        self._later.now()

    @property
    def found(self) -> tuple[Suggestion, ...]:
        """The suggestions that are shown, in text order."""
        return self._found

    @property
    def is_looking(self) -> bool:
        """Whether a look is due, or on its way."""
        return self._running is not None or self._later.is_due

    def _new(self, annotator: str) -> Learned:
        """Nothing learned yet, with the suggesters of the settings, or all where these name none there is."""
        names = [name.strip() for name in self._settings.word("suggesters").split(",")]
        settings = self._settings
        server = ModelServer(
            settings.word("model_address").strip(), settings.word("model_name"), self._memory.model_consent
        )
        try:
            return suggesting.learned_by(annotator, [name for name in names if name], server)
        except InvalidSuggestions as error:
            self._tell(str(error))
            return suggesting.learned_by(annotator)

    def _close_processes(self) -> None:
        for process in self._processes.values():
            process.close()
        self._processes = {}

    def _look(self) -> None:
        session = self._session
        store, document, annotator = session.store, session.document, session.annotator
        if not self.is_on or store is None or document is None or annotator is None:
            self._show(())
            return
        if self._running is not None:
            self._later.soon()
            return
        if self._learned is None or self._learned.annotator != annotator.id:
            self._close_processes()
            self._learned = self._new(annotator.id)
            self._processes = dict(self._learned.processes)
        self._learned.least_precision = self._settings.number("least_precision") / 100
        stale, touched = self._learned.stale, self._touched
        self._learned.stale = None if stale is None or touched is None else stale | touched
        self._touched = set()
        self._begin(store, document, is_quick=True)

    def _begin(self, store: "ProjectStore", document: Document, *, is_quick: bool) -> None:
        """Start a look: first at what is known, then, where a suggester was not asked yet, at all."""
        learned = self._learned
        if learned is None:
            return
        job = partial(suggesting.suggest, learned=learned, document=document.id, is_quick=is_quick)
        handle = self._jobs.job(self.tr("Look for suggestions"), on_sibling(store, job))
        handle.finished.connect(lambda found: self._on_found(handle, document, found, is_quick=is_quick))
        handle.failed.connect(lambda error: self._on_job_failed(handle, error))
        self._running = handle
        handle.start()

    def _on_found(
        self, handle: JobHandle, looked_at: Document, found: tuple[Suggestion, ...], *, is_quick: bool
    ) -> None:
        if handle is not self._running:
            return
        self._running = None
        self._tell_troubles()
        store, document, learned = self._session.store, self._session.document, self._learned
        if document is None or document.text_version != looked_at.text_version or not self.is_on:
            return
        if not self._touched:
            self._show(found)
        is_asked = learned is not None and all(
            (name, document.text_version) in learned.given for name in self._processes
        )
        is_asked = is_asked and learned is not None and learned.knows_of_model(document)
        if is_quick and not is_asked and store is not None:
            self._begin(store, document, is_quick=False)

    def choose_model(self) -> None:
        """Ask for a model server, and for a consent where text would leave this machine."""
        from ui.dialogs.model_server import ModelServerDialog

        settings, memory = self._settings, self._memory
        dialog = ModelServerDialog(
            settings.word("model_address"), settings.word("model_name"), memory.model_consent, self._window
        )

        def keep() -> None:
            settings["model_address"], settings["model_name"] = dialog.address, dialog.model
            memory.model_consent = dialog.consent
            with suppress(OSError):  # a folder that cannot be written keeps nothing, but the choice holds
                settings.save()
            memory.save()
            self._begin_anew()

        dialog.accepted.connect(keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _begin_anew(self) -> None:
        """Look again with other suggesters."""
        self._running, self._learned = None, None
        self._jobs.cancel_all()
        self._close_processes()
        self._forget()

    def _tell_troubles(self) -> None:
        """Tell once of each suggester that was switched off, and of what one had to leave out."""
        troubles = {process.trouble for process in self._processes.values()} - {""}
        for name, process in self._processes.items():
            if process.dropped:
                said = self.tr("{name} gave {n} quotes that are not in the text; they were left out.")
                troubles.add(said.format(name=name, n=process.dropped))
        for trouble in sorted(troubles - self._told):
            self._tell(trouble)
        self._told |= troubles

    def _on_job_failed(self, handle: JobHandle, error: BaseException) -> None:
        if handle is self._running:
            self._running, self._learned = None, None
            self._show(())
            self._failed(error)

    def _on_changed(self, change: Change) -> None:
        """What an edit has marked or rejected goes at once; what else it says is looked for later."""
        records = (*change.before, *change.after)
        touched = {r.document for r in records if isinstance(r, Annotation | Assignment | Rejection)}
        if not touched:
            return
        self._touched = None if self._touched is None else self._touched | touched
        document = self._session.document
        if self._found and document is not None and document.id in touched:
            own = self._session.annotations
            made = [r for r in change.after if isinstance(r, Annotation) and r.id in own]
            gone = {(r.label, r.words) for r in change.after if isinstance(r, Rejection)}
            marked, text = Marked(self._session.schema, made), self._session.text
            self._show(
                each
                for each in self._found
                if not marked.has(each) and (each.label, compared(text, each.fragments)) not in gone
            )
        if self.is_on:
            self._later.soon()

    def _on_document_changed(self) -> None:
        self._show(())
        if self.is_on:
            self._later.soon()

    def _forget(self) -> None:
        """Look anew at everything: what was learned was another's work, or labels mean something else."""
        self._touched = None
        self._on_document_changed()

    def _on_project_closing(self) -> None:
        self._running, self._learned, self._touched = None, None, None
        self._jobs.cancel_all()
        self._close_processes()
        self._show(())

    # -- showing

    def _show(self, found: Iterable[Suggestion]) -> None:
        """Show these suggestions; the one in focus stays so while it is among them."""
        before, self._found = self._found, tuple(found)
        if self.focused is not None and self.focused not in self._found:
            self.focused = None
        if before or self._found:
            self._draw()

    def _draw(self) -> None:
        focused = self.focused
        self._view.show_suggestions(
            [self._painted(each) for each in self._found], None if focused is None else _id(focused)
        )
        label = None if focused is None else self._session.schema.label(focused.label)
        if focused is None or label is None:
            self._bar.hide()
            return
        words = one_line(self._session.text[focused.start : focused.end])
        self._bar.show_suggestion(
            label=label.name, colour=label.colour, words=words, reason=self._reason(focused)
        )

    def _painted(self, suggestion: Suggestion) -> PaintedSpan:
        label = self._session.schema.label(suggestion.label)
        name, colour = (suggestion.label, "#777777") if label is None else (label.name, label.colour)
        said = self.tr("Suggested: {label}").format(label=name)
        reason = f"{said}\n{self._reason(suggestion)}"
        chip = f"{name} · {suggestion.origin}"
        return PaintedSpan(
            _id(suggestion), suggestion.fragments, chip, colour, lambda _id: reason, is_suggestion=True
        )

    def _reason(self, suggestion: Suggestion) -> str:
        parts = (suggestion.origin, suggestion.reason, f"{round(100 * suggestion.confidence)} %")
        return "  ·  ".join(part for part in parts if part)

    # -- going through them

    def next(self) -> None:
        """Go to the next suggestion from the caret, or from the one in focus."""
        self._step(1)

    def previous(self) -> None:
        """Go to the suggestion before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if not self.is_on:
            self._tell(self.tr("Suggestions are off; Ctrl+. turns them on."))
            return
        self._later.now()
        if not self._found:
            self._tell(
                self.tr("Suggestions are being looked for…")
                if self.is_looking
                else self.tr("There is nothing to suggest here yet; what you mark is learned from.")
            )
            return
        self._session.select_span(None)
        self._focus(self._from(step))

    def _from(self, step: int) -> Suggestion:
        """The suggestion `step` from the one in focus, else from the caret; goes round."""
        if self.focused is not None:
            return self._found[(self._found.index(self.focused) + step) % len(self._found)]
        caret = self._view.caret()
        if step > 0:
            return next((each for each in self._found if each.start >= caret), self._found[0])
        return next((each for each in reversed(self._found) if each.start < caret), self._found[-1])

    def _focus(self, suggestion: Suggestion) -> None:
        self.focused = suggestion
        self._view.set_caret(suggestion.start)
        self._draw()
        self._view.reveal(suggestion.start, suggestion.end)
        words = self._painted(suggestion).tooltip
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def leave(self) -> None:
        """Let go of the suggestion in focus; it stays where it is."""
        if self.focused is not None:
            self.focused = None
            self._draw()

    def _on_caret_moved(self) -> None:
        if self.focused is not None and not self.focused.start <= self._view.caret() <= self.focused.end:
            self.leave()

    def _on_clicked(self, clicked: str) -> None:
        found = next((each for each in self._found if _id(each) == clicked), None)
        if found is not None:
            self._session.select_span(None)
            self._focus(found)

    # -- deciding

    @property
    def is_meant(self) -> bool:
        """Whether a key now means the suggestion in focus: no other words are selected."""
        return self.focused is not None and self._view.selection() is None

    def accept(self) -> None:
        """Mark what is suggested, and go on to the next."""
        if self.focused is None:
            self._tell(self.tr("No suggestion is in focus; . goes to the next."))
        else:
            self._accept(self.focused, self.focused)

    def accept_as(self, label: str) -> None:
        """Mark what is suggested with another label, and go on to the next."""
        if self.focused is not None:
            self._accept(self.focused, replace(self.focused, label=label, attributes={}))

    def reject(self) -> None:
        """Let what is in focus not be suggested again, and go on to the next."""
        suggestion = self.focused
        if suggestion is None:
            self._tell(self.tr("No suggestion is in focus; . goes to the next."))
            return
        change = self._session.edit(
            lambda store: suggesting.reject(
                store,
                annotator=self._session.annotator_id,
                document=self._document_id,
                suggestion=suggestion,
            )
        )
        if change is not None:
            self._go_on(suggestion)

    def accept_above(self) -> None:
        """Show all that are sure enough, and accept those that stay checked in one step."""
        from ui.dialogs.accept_above import AcceptAboveDialog

        if not self._found:
            self._step(1)
            return
        dialog = AcceptAboveDialog(self._session, self._found, self._window)
        dialog.accepted.connect(lambda: self._accept_all(dialog.chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _accept(self, shown: Suggestion, meant: Suggestion) -> None:
        change = self._mark((meant,))
        if change is not None:
            self._session.select_span(next(r.id for r in change.after if isinstance(r, Annotation)))
            self._go_on(shown)

    def _accept_all(self, chosen: Sequence[Suggestion]) -> None:
        change = self._mark(chosen)
        if change is not None:
            count = sum(isinstance(record, Annotation) for record in change.after)
            self._tell(self.tr("{n} suggestions were accepted; one undo takes all back.").format(n=count))
        self._view.setFocus()

    def _mark(self, chosen: Sequence[Suggestion]) -> Change | None:
        return self._session.edit(
            lambda store: suggesting.accept(
                store,
                annotator=self._session.annotator_id,
                document=self._document_id,
                suggestions=chosen,
            )
        )

    def _go_on(self, done: Suggestion) -> None:
        """Go to the first suggestion behind one that was decided; the span made stays selected."""
        following = next((each for each in self._found if each.start >= done.start), None)
        if following is not None:
            self._focus(following)
            return
        self.leave()
        self._view.set_caret(done.end)
        self._tell(self.tr("That was the last suggestion here."))

    @property
    def _document_id(self) -> str:
        return "" if self._session.document is None else self._session.document.id


def _id(suggestion: Suggestion) -> str:
    """The name of a suggestion among those shown; no annotation has such an id."""
    return f"suggestion-{suggestion.start}-{suggestion.end}-{suggestion.label}"
