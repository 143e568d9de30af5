"""What the hands do with text and spans: label keys, selecting, removing, joining, letting go.

The rules are the table in the cheat sheet. A selected span counts as meant only while the caret is in it:
whoever has moved on to another word means that word.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator import text as words
from annotator.change import Change
from annotator.flags import FLAG, is_flagged
from annotator.geometry import Range
from annotator.model import Annotation, Fragment
from ui.dialogs.span_picker import label_picker
from ui.linking import Linking
from ui.panels.details import DetailsPanel
from ui.session import Session
from ui.suggesting import Suggesting
from ui.views.text_view import TextView


class Marking(QObject):
    """The handlers of the Annotate and Edit menus that work on the open document."""

    def __init__(
        self,
        session: Session,
        view: TextView,
        *,
        details: DetailsPanel,
        linking: Linking,
        suggesting: Suggesting,
        tell: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._details = details
        self._linking = linking
        self._suggesting = suggesting
        self._tell = tell
        self._window = parent
        self._grown: list[Range] = []

    # -- labels

    def press(self, label: str) -> None:
        """Do what a label's key does."""
        selection, span = self._view.selection(), self._span_at_caret()
        if selection is not None:
            self._mark(label, selection)
        elif self._suggesting.is_meant:
            self._suggesting.accept_as(label)
        elif span is not None:
            self._label_span(span, label)
        elif self._session.armed is not None:
            self._session.arm(None)
        else:
            word = self._word()
            if word is None:
                self._session.refused.emit(self.tr("There is no word at the caret; select what to mark."))
            else:
                self._mark(label, word)

    def press_here(self, label: str) -> None:
        """Do what a label's key does with Shift: mark the words, and all that reads the same here."""
        if self._suggesting.is_meant:
            self._suggesting.accept_as(label, everywhere=True)
            return
        span, selection = self._span_at_caret(), self._view.selection()
        place = selection or (Range(span.start, span.end) if span is not None else self._word())
        if place is None:
            self._session.refused.emit(self.tr("There is no word at the caret; select what to mark."))
            return
        self._mark_here(label, place, exact=self._view.is_exact or (selection is None and span is not None))

    def _mark_here(self, label: str, place: Range, *, exact: bool) -> None:
        change = self._session.mark_here(label, place.start, place.end, exact=exact)
        if change is not None:
            self._view.set_caret(place.end)
            count = sum(isinstance(record, Annotation) for record in change.after)
            if count > 1:
                self._tell(self.tr("{n} places were marked.").format(n=count))

    def _word(self) -> Range | None:
        return words.word_at(self._session.text, self._view.caret())

    def arm(self, label: str) -> None:
        """Let every selection get a label from now on; the same again ends it. A selection gets it now."""
        if self._session.armed == label:
            self._session.arm(None)
            return
        self._session.arm(label)
        self.mark_armed()

    def click(self, label: str) -> None:
        """Do what a click on a label does: mark the selection or the suggestion, or else arm the label."""
        selection = self._view.selection()
        if selection is not None:
            self._mark(label, selection)
        elif self._suggesting.is_meant:
            self._suggesting.accept_as(label)
        else:
            self.arm(label)
        self._view.setFocus()

    def mark_armed(self, everywhere: bool = False) -> None:
        """Give the selection, if there is one, the armed label; to all that reads the same, if asked."""
        label, selection = self._session.armed, self._view.selection()
        if label is None or selection is None:
            return
        if everywhere:
            self._mark_here(label, selection, exact=self._view.is_exact)
        else:
            self._mark(label, selection)

    def enter(self) -> None:
        """Finish a link or accept a suggestion, else pick a label for selection, span or the caret's word."""
        if self._linking.is_on:
            self._linking.finish()
            return
        if self._suggesting.is_meant:
            self._suggesting.accept()
            return
        document = self._session.document
        if document is None:
            return
        picker = label_picker(
            self._session.schema,
            document.kind,
            layers=self._session.layers,
            hint=self._picker_hint(),
            parent=self._window,
        )
        picker.picked.connect(self.press)
        picker.open()

    def _picker_hint(self) -> str:
        selection, span = self._view.selection(), self._span_at_caret()
        if selection is None and span is not None:
            return self.tr("Label the span as…")
        target = selection or self._word()
        quoted = " ".join(self._session.text[target.start : target.end].split()) if target else ""
        return self.tr("Mark “{words}” as…").format(words=quoted if len(quoted) < 40 else quoted[:39] + "…")

    def _mark(self, label: str, place: Range) -> Change | None:
        change = self._session.highlight(label, place.start, place.end, exact=self._view.is_exact)
        if change is not None:
            self._view.set_caret(place.end)
        return change

    def _label_span(self, span: Annotation, label: str) -> None:
        schema = self._session.schema
        if schema.layer_of(span.label) == schema.layer_of(label):
            self._session.relabel(span.id, label)
        else:
            self._session.mark(label, span.fragments)

    def _span_at_caret(self) -> Annotation | None:
        """The selected span, if the caret is in it or at its edge."""
        span, caret = self._session.selected_annotation, self._view.caret()
        return span if span is not None and span.start <= caret <= span.end else None

    # -- selecting

    def select_sentence(self) -> None:
        """Select the sentence at the caret."""
        self._select(words.sentence_at(self._session.text, self._view.caret()))

    def grow(self) -> None:
        """Select the smallest of word, sentence, paragraph and document that holds more than is selected."""
        text, caret = self._session.text, self._view.caret()
        present = self._view.selection() or Range(caret, caret)
        middle = present.start
        steps = (
            words.word_at(text, middle),
            words.sentence_at(text, middle),
            words.paragraph_at(text, middle),
            words.trim(text, Range(0, len(text))),
        )
        for step in steps:
            if (
                step is not None
                and step.start <= present.start
                and present.end <= step.end
                and step != present
            ):
                if self._grown[-1:] != [present]:
                    self._grown = [present]
                self._grown.append(step)
                self._select(step)
                return

    def shrink(self) -> None:
        """Select what was selected before it grew."""
        present = self._view.selection()
        if self._grown[-1:] != [present] or len(self._grown) < 2:
            return
        self._grown.pop()
        self._select(self._grown[-1])

    def select_all(self) -> None:
        self._select(words.trim(self._session.text, Range(0, len(self._session.text))))

    def toggle_characters(self) -> None:
        """Let selections end anywhere, or at words again."""
        self._view.set_character_mode(not self._view.is_character_mode)

    def _select(self, place: Range) -> None:
        if place.start == place.end:
            self._view.set_caret(place.start)
        else:
            self._view.select(place.start, place.end)

    # -- the selected span

    def remove(self) -> None:
        """Remove the selected span and its links."""
        if self._session.selected is not None:
            self._session.remove(self._session.selected)

    def join(self) -> None:
        """Let the selected span go on at the selection."""
        span, selection = self._session.selected_annotation, self._view.selection()
        if span is None or selection is None:
            self._session.refused.emit(self.tr("Select the words that the span goes on with, then join."))
            return
        fragments = (*span.fragments, Fragment(selection.start, selection.end))
        if self._session.resize(span.id, fragments) is not None:
            self._view.set_caret(selection.end)

    def attributes(self) -> None:
        """Go to the attributes of the selected span."""
        self._show_details()
        self._details.focus_attributes()

    def document_attributes(self) -> None:
        """Go to the attributes of the document, or back from there."""
        self._show_details()
        self._details.toggle_document()

    def note(self) -> None:
        """Go to the note of the selected span."""
        self._show_details()
        self._details.focus_note()

    def flag(self) -> None:
        """Flag the selected span for discussion, or take its flag away."""
        span = self._session.selected_annotation
        if span is not None:
            self._session.set_flag(span.id, flagged=not is_flagged(span))

    def document_note(self) -> None:
        """Go to the note of the document; the selected span is let go of for it."""
        self._session.select_span(None)
        self._show_details()
        self._details.focus_document_note()

    def flag_document(self) -> None:
        """Flag the document for discussion, or take its flag away."""
        is_set = FLAG in self._session.document_labels
        self._session.set_document_label(FLAG, None if is_set else True)

    def undo(self) -> None:
        self._show(self._session.undo())

    def undo_across(self) -> None:
        """Take back the newest change of several documents, or of schema or guidelines, wherever it was."""
        self._show(self._session.undo(is_across=True))

    def redo_across(self) -> None:
        """Make that change again."""
        self._show(self._session.redo(is_across=True))

    def redo(self) -> None:
        self._show(self._session.redo())

    def leave(self) -> None:
        """End the innermost of: link, armed label, selection of text, suggestion in focus, selected span."""
        if self._linking.is_on:
            self._linking.cancel()
        elif self._session.armed is not None:
            self._session.arm(None)
        elif self._view.selection() is not None:
            self._view.set_caret(self._view.caret())
        elif self._suggesting.focused is not None:
            self._suggesting.leave()
        else:
            self._session.select_span(None)

    def _show(self, change: Change | None) -> None:
        """Bring what a Change touched into view."""
        if change is None:
            return
        here = [r for r in (*change.after, *change.before) if isinstance(r, Annotation)]
        spans = [r for r in here if self._session.document and r.document == self._session.document.id]
        if spans:
            self._view.reveal(spans[0].start, spans[0].end)

    def _show_details(self) -> None:
        dock = self._details.parentWidget()
        if dock is not None:
            dock.show()
            dock.raise_()
