"""From the hands to the dialog of all occurrences: which words are meant, and by which label.

A selection is meant before the selected span, as with a label's key; the words of a span of one's own are
marked like that span. An armed label needs no picking.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator import text as words
from annotator.change import Change
from annotator.errors import AnnotatorError
from annotator.geometry import Range
from annotator.model import Annotation, Fragment
from annotator.occurrences import Template
from annotator.services import occurrences
from annotator.store import Store
from ui.dialogs.span_picker import label_picker
from ui.jobs import JobRunner
from ui.notice import Notice
from ui.panels.span_words import one_line, shortened
from ui.session import Session
from ui.taking_back import offer_undo
from ui.views.text_view import TextView


class MarkingAll(QObject):
    """The handler of “Mark all occurrences”."""

    def __init__(
        self,
        session: Session,
        view: TextView,
        jobs: JobRunner,
        *,
        notice: Notice,
        tell: Callable[[str], None],
        failed: Callable[[BaseException], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._jobs = jobs
        self._notice = notice
        self._say = tell
        self._failed = failed
        self._window = parent

    def open(self) -> None:
        """Show where the words of the selection, the selected span or the caret stand."""
        document = self._session.document
        selection, span = self._view.selection(), self._session.selected_annotation
        if selection is not None:
            span = self._span_on(selection)
        if span is not None:
            meant = span
            self._show(lambda store: occurrences.template_of_span(store, span=meant))
            return
        place = selection or words.word_at(self._session.text, self._view.caret())
        if document is None or place is None:
            self._session.refused.emit(self.tr("Select the words whose occurrences are to be marked."))
        elif self._session.armed is not None:
            self._show_like(self._session.armed, place)
        else:
            quoted = shortened(one_line(self._session.text[place.start : place.end]), 40)
            hint = self.tr("Mark all “{words}” as…").format(words=quoted)
            picker = label_picker(
                self._session.schema,
                document.kind,
                layers=self._session.layers,
                hint=hint,
                parent=self._window,
            )
            picker.picked.connect(lambda label: self._show_like(label, place))
            picker.open()

    def _span_on(self, place: Range) -> Annotation | None:
        """The own span that has just this extent: the selected one, else the only one."""
        fragments = (Fragment(*place),)
        same = [span for span in self._session.annotations.values() if span.fragments == fragments]
        chosen = [span for span in same if span.id == self._session.selected]
        return (chosen or same)[0] if chosen or len(same) == 1 else None

    def _show_like(self, label: str, place: Range) -> None:
        document, exact = self._session.document, self._view.is_exact
        if document is not None:
            fragments = [(place.start, place.end)]
            self._show(
                lambda store: occurrences.template_of(
                    store, document=document.id, label=label, fragments=fragments, exact=exact
                )
            )

    def _show(self, make: Callable[[Store], Template]) -> None:
        from ui.dialogs.occurrences import OccurrencesDialog

        store = self._session.store
        if store is None:
            return
        try:
            template = make(store)
        except AnnotatorError as error:
            self._session.refused.emit(str(error))
            return
        dialog = OccurrencesDialog(self._session, template, self._jobs, self._window)
        dialog.marked.connect(self._tell)
        dialog.failed.connect(self._failed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell(self, change: Change) -> None:
        """Say what was marked where it cannot be seen, and offer to take it back."""
        made = [record for record in change.after if isinstance(record, Annotation)]
        documents = {span.document for span in made}
        here = self._session.document
        if here is not None and documents == {here.id}:
            self._say(self._sentence(len(made), 1))
            return
        sentence = self._sentence(len(made), len(documents))
        offer_undo(self._session, self._notice, sentence, change, tell=self._say)

    def _sentence(self, spans: int, documents: int) -> str:
        if documents == 1:
            one = self.tr("1 place was marked.")
            return one if spans == 1 else self.tr("{n} places were marked.").format(n=spans)
        return self.tr("{n} places in {documents} documents were marked; one undo takes all back.").format(
            n=spans, documents=documents
        )
