"""Suggestions in the open document: shown, gone through, accepted and rejected.

Nothing of them is an annotation until it is accepted.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from annotator.change import Change
from annotator.model import Annotation, Assignment, Rejection
from annotator.services import suggesting
from annotator.suggest.suggestion import Marked, Suggestion, compared
from ui.document_pane import DocumentPane
from ui.memory import Memory
from ui.panels.span_words import one_line
from ui.session import Session
from ui.settings import Settings
from ui.suggestion_search import SuggestionSearch
from ui.views.overlay import PaintedSpan


class Suggesting(QObject):
    """The handlers of the commands for suggestions; `focused` is the one that Enter accepts."""

    def __init__(
        self,
        session: Session,
        pane: DocumentPane,
        settings: Settings,
        memory: Memory,
        *,
        tell: Callable[[str], None],
        failed: Callable[[BaseException], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view, self._bar, self._notice = pane.view, pane.suggestion_bar, pane.notice
        self._settings = settings
        self._memory = memory
        self._tell = tell
        self._window = parent
        self._search = SuggestionSearch(session, settings, memory, tell=tell, failed=failed, parent=self)
        self._found: tuple[Suggestion, ...] = ()
        self.focused: Suggestion | None = None
        self._connect()

    def _connect(self) -> None:
        session, bar = self._session, self._bar
        self._search.found.connect(self._show)
        self._search.switched_off.connect(self._on_switched_off)
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
        return self._search.is_on

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
            self._search.soon()
        else:
            self._search.close()
            self._show(())

    # -- looking

    def look(self) -> None:
        """Look at once for what would be looked for when the hands rest."""
        self._search.now()

    @property
    def found(self) -> tuple[Suggestion, ...]:
        """The suggestions that are shown, in text order."""
        return self._found

    @property
    def is_looking(self) -> bool:
        """Whether a look is due, or on its way."""
        return self._search.is_looking

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
            self._show(())
            self._search.begin_anew()

        dialog.accepted.connect(keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_switched_off(self, why: str) -> None:
        self._notice.tell(why, action=self.tr("Ask again"), do=self._search.begin_anew)

    def _on_changed(self, change: Change) -> None:
        """What an edit has marked or rejected goes at once; what else it says is looked for later."""
        records = (*change.before, *change.after)
        touched = {r.document for r in records if isinstance(r, Annotation | Assignment | Rejection)}
        if not touched:
            return
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
        self._search.touch(touched)

    def _on_document_changed(self) -> None:
        self._show(())
        self._search.soon()

    def _forget(self) -> None:
        self._show(())
        self._search.forget()

    def _on_project_closing(self) -> None:
        self._search.close()
        self._show(())

    # -- showing

    def _show(self, found: Iterable[Suggestion]) -> None:
        """Show these suggestions; the one in focus stays so while it is among them."""
        before, self._found = self._found, tuple(found)
        focused = None if self.focused is None else _id(self.focused)
        # What was learned meanwhile may make it more or less sure.
        self.focused = next((each for each in self._found if _id(each) == focused), None)
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
        self._search.now()
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
            self._accept(self.focused, (self.focused,))

    def accept_same(self) -> None:
        """Mark what is suggested and what reads the same by that label, in one step, and go on."""
        if self.focused is None:
            self._tell(self.tr("No suggestion is in focus; . goes to the next."))
        else:
            self._accept(self.focused, self._same(self.focused))

    def accept_as(self, label: str, *, everywhere: bool = False) -> None:
        """Mark what is suggested, or all that reads the same, with another label, and go on to the next."""
        if self.focused is not None:
            meant = self._same(self.focused) if everywhere else [self.focused]
            self._accept(self.focused, [replace(each, label=label, attributes={}) for each in meant])

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
        least = round(self._settings.number("least_precision"))
        dialog = AcceptAboveDialog(self._session, self._found, least, self._window)
        dialog.accepted.connect(lambda: self._accept_all(dialog.chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _same(self, suggestion: Suggestion) -> list[Suggestion]:
        """The suggestion, and all others here that read the same by its label."""
        words = compared(self._session.text, suggestion.fragments)
        alike = (each for each in self._found if each.label == suggestion.label and each != suggestion)
        same = (each for each in alike if compared(self._session.text, each.fragments) == words)
        return [suggestion, *same]

    def _accept(self, shown: Suggestion, meant: Sequence[Suggestion]) -> None:
        change = self._mark(meant)
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
        following = next((each for each in self._found if _order(each) > _order(done)), None)
        if following is not None:
            self._focus(following)
            return
        self.leave()
        self._view.set_caret(done.end)
        self._tell(self.tr("That was the last suggestion here."))

    @property
    def _document_id(self) -> str:
        return "" if self._session.document is None else self._session.document.id


def _order(suggestion: Suggestion) -> tuple[int, int]:
    """The place of a suggestion among those shown, which are in text order."""
    return suggestion.start, suggestion.end


def _id(suggestion: Suggestion) -> str:
    """The name of a suggestion among those shown; no annotation has such an id."""
    return f"suggestion-{suggestion.start}-{suggestion.end}-{suggestion.label}"
