"""Where to go: between spans, documents and panes. Spans are the annotator's own, documents as listed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model import Annotation
from ui.document_pane import DocumentPane
from ui.panels.documents import DocumentsPanel
from ui.session import Session
from ui.views.text_view import TextView


class Going(QObject):
    """The handlers of the Go menu."""

    def __init__(
        self,
        session: Session,
        pane: DocumentPane,
        documents: DocumentsPanel,
        *,
        panes: Callable[[], list[QWidget]],
        tell: Callable[[str], None],
    ) -> None:
        super().__init__(pane)
        self._session = session
        self._pane = pane
        self._view: TextView = pane.view
        self._documents = documents
        self.panes = panes
        self._tell = tell
        documents.chosen.connect(self._view.setFocus)

    # -- spans

    def next_span(self) -> None:
        """Select the span after the selected one, or after the caret."""
        self._select(self._view.next_span(1))

    def previous_span(self) -> None:
        """Select the span before the selected one, or before the caret."""
        self._select(self._view.next_span(-1))

    def _select(self, span: str | None) -> None:
        if span is None:
            self._tell(self.tr("There are no spans in this document yet."))
            return
        self._session.select_span(span)
        annotation = self._session.annotations[span]
        self._view.set_caret(annotation.start)
        self._view.reveal(annotation.start, annotation.end)

    def jump_to(self, annotation: str) -> None:
        """Go to a span in whichever document it stands; of another annotator the words are selected."""
        store = self._session.store
        found = None if store is None else store.record(Annotation, annotation)
        if found is None:
            return
        if self._session.document is None or self._session.document.id != found.document:
            self._session.open_document(found.document)
        if annotation in self._session.annotations:
            self._select(annotation)
        else:
            self._view.select(found.start, found.end)
            self._view.reveal(found.start, found.end)
        self._view.setFocus()

    # -- documents

    def next_document(self) -> None:
        """Open the document below the open one in the list."""
        self._open(self._documents.step(1), self.tr("This is the last document of the list."))

    def previous_document(self) -> None:
        """Open the document above the open one in the list."""
        self._open(self._documents.step(-1), self.tr("This is the first document of the list."))

    def search_documents(self) -> None:
        """Go to the search box of the document list."""
        dock = self._documents.parentWidget()
        if dock is not None:
            dock.show()
        self._documents.search.setFocus()
        self._documents.search.selectAll()

    def next_to_do(self) -> None:
        """Open the next document that is not done."""
        self._open(self._documents.next_to_do(), self.tr("Every document is done."))

    def _open(self, document: str | None, otherwise: str) -> None:
        if document is None:
            self._tell(otherwise)
            return
        self._session.open_document(document)
        self._view.setFocus()

    # -- panes

    def next_pane(self) -> None:
        """Give the focus to the next part of the window."""
        self._step_pane(1)

    def previous_pane(self) -> None:
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        panes = [pane for pane in self.panes() if pane.isVisible()]
        if not panes:
            return
        focused = QApplication.focusWidget()
        at = next(
            (
                n
                for n, pane in enumerate(panes)
                if focused is not None and (pane is focused or pane.isAncestorOf(focused))
            ),
            -1 if step > 0 else 0,
        )
        _focus_into(panes[(at + step) % len(panes)])


def _focus_into(pane: QWidget) -> None:
    """Give the focus to a pane, or to the first thing in it that takes it from the keyboard."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        pane.setFocus(Qt.FocusReason.TabFocusReason)
        return
    candidate = pane.nextInFocusChain()
    while candidate is not None and candidate is not pane and pane.isAncestorOf(candidate):
        takes = candidate.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and candidate.isVisible() and candidate.isEnabled():
            candidate.setFocus(Qt.FocusReason.TabFocusReason)
            return
        candidate = candidate.nextInFocusChain()
