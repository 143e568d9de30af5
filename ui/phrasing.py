"""Selecting in one step what is often marked: a name, the next one not marked, the rest of a clause."""

from PySide6.QtCore import QObject

from annotator import phrases
from annotator.finishing import ENTITY_LAYER
from annotator.geometry import Range
from annotator.phrases import paragraph_begin, sentence_begin
from annotator.stretches import joined
from ui.session import Session
from ui.views.text_view import TextView


class Phrasing(QObject):
    """The handlers of the keys that select names and clauses."""

    def __init__(self, session: Session, view: TextView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view

    def name(self) -> None:
        """Select the name or word at the caret; with text selected, take in the next word."""
        found = phrases.name_selected(self._session.text, self._view.caret(), self._view.selection())
        if found is None:
            self._session.refused.emit(self.tr("There is no word at the caret."))
        else:
            self._select(found)

    def clause(self) -> None:
        """Select from the word at the caret, or from where the selection begins, to the end of the clause."""
        found = phrases.clause_selected(self._session.text, self._view.caret(), self._view.selection())
        if found is None:
            self._session.refused.emit(self.tr("The sentence is over."))
        else:
            self._select(found)

    def next_name(self) -> None:
        """Select the next name that is not marked."""
        self._go(1)

    def previous_name(self) -> None:
        """Select the last name before that is not marked."""
        self._go(-1)

    def _go(self, step: int) -> None:
        selection = self._view.selection()
        at = self._view.caret()
        if selection is not None:
            at = selection.end if step > 0 else selection.start
        found = phrases.next_name(self._session.text, at, self.marked_names(), step=step)
        if found is None:
            self._session.refused.emit(self.tr("There is no further name that is not marked."))
            return
        self._select(found)

    def next_sentence(self) -> None:
        """Put the caret where the next sentence begins."""
        self._move(sentence_begin(self._session.text, self._view.caret(), step=1))

    def previous_sentence(self) -> None:
        """Put the caret where the sentence begins, or the one before."""
        self._move(sentence_begin(self._session.text, self._view.caret(), step=-1))

    def next_paragraph(self) -> None:
        """Put the caret where the next paragraph begins."""
        self._move(paragraph_begin(self._session.text, self._view.caret(), step=1))

    def previous_paragraph(self) -> None:
        """Put the caret where the paragraph begins, or the one before."""
        self._move(paragraph_begin(self._session.text, self._view.caret(), step=-1))

    def _move(self, place: int) -> None:
        self._view.set_caret(place)
        self._view.reveal(place, place)

    def marked_names(self) -> list[Range]:
        """Where names are marked; a name within a claim is not marked by the claim."""
        schema, spans = self._session.schema, list(self._session.annotations.values())
        if (layer := schema.layer(ENTITY_LAYER)) is not None:
            spans = [span for span in spans if schema.layer_of(span.label) == layer]
        return joined(piece for span in spans for piece in span.fragments)

    def _select(self, place: Range) -> None:
        self._view.select(*place)
        self._view.reveal(*place)
