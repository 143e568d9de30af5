"""The details panel: the selected span, else the open document, else what this panel is for.

It follows the session by itself. `A` and `N` come in by `focus_attributes` and `focus_note`; `done` says
that the keyboard goes back to the text.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.panels.document_facts import DocumentFacts
from ui.panels.empty_panel import EmptyPanel
from ui.panels.later import Later
from ui.panels.span_details import SpanDetails
from ui.session import Session


class DetailsPanel(QScrollArea):
    """Details of what is selected.

    Signals:
        done: The keyboard goes back to the text.
        jump_to: Go to another annotation (its id), which may stand in another document.
        link_wanted: Another span is to be chosen, to link the selected one to (the id of a relation type).
    """

    done = Signal()
    jump_to = Signal(str)
    link_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("details")
        self._session = session
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click does not take the keyboard from the text
        self.setMinimumWidth(220)
        self.span = SpanDetails(session)
        self.document = DocumentFacts(session)
        self.empty = EmptyPanel(
            self.tr("Details"),
            self.tr("Open a document to see what is known about it. Select a span to see and edit it."),
        )
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.span, self.document, self.empty):
            layout.addWidget(widget)
        self.setWidget(page)
        self._is_document_asked = False  # for, though a span is selected
        self.span.done.connect(self.done)
        self.document.note.left.connect(self.done)
        self.document.form.done.connect(self._on_document_done)
        self.span.jump_to.connect(self.jump_to)
        self.span.link_wanted.connect(self.link_wanted)
        self._later = Later(self._show, self)
        session.span_selected.connect(self._on_selection_changed)
        session.document_changed.connect(self._on_selection_changed)
        session.annotator_changed.connect(self._on_selection_changed)
        session.schema_changed.connect(self._on_schema_changed)
        session.changed.connect(self._later.soon)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self._show()

    def show_now(self) -> None:
        """Show what is selected at once, where the panel would have waited for the next repaint."""
        self._later.now()

    def focus_attributes(self) -> None:
        """Give the keyboard to the first required attribute of the span that is not set."""
        self.show_now()
        if self._session.selected is not None:
            self.span.focus_attributes()

    def toggle_document(self) -> None:
        """Show what is said of the document, also beside a selected span, with the keyboard in its form.

        Where the keyboard is there already, it goes back to the text.
        """
        form = self.document.form
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus() and form.isAncestorOf(focus):
            self._on_document_done()
            return
        self._is_document_asked = True
        self.span.flush()
        self._show()
        self._later.now()
        if not form.focus_first():
            self._session.refused.emit(
                self.tr("The label schema has no attributes of documents; a lead adds them to it.")
            )

    def focus_note(self) -> None:
        """Give the keyboard to the note of the span."""
        self.show_now()
        if self._session.selected is not None:
            self.span.focus_note()

    def focus_document_note(self) -> None:
        """Give the keyboard to the note of the document, which is shown while no span is selected."""
        self.show_now()
        if self._session.selected is None and self._session.document is not None:
            self.document.note.focus_note()

    def flush(self) -> None:
        """Keep what was typed and not kept yet; call it before the project is closed."""
        self.span.flush()
        self.document.note.flush()
        self.document.form.flush()

    def _show(self) -> None:
        """Show what is selected now, or the document where that was asked for."""
        document = self._session.document
        span = None if self._is_document_asked else self._session.selected_annotation
        is_other = span is not None and (self.span.span is None or span.id != self.span.span.id)
        # What goes from one span to the next with its form still there paints what differs, and nothing else.
        stays = span is not None and self.span.shows_form_of(span) and not self.span.isHidden()
        self.setUpdatesEnabled(stays)
        if span is not None:
            self.span.show_span(span)
        elif document is not None:
            self.document.show_document(document)
        self.span.setVisible(span is not None)
        self.document.setVisible(span is None and document is not None)
        self.empty.setVisible(span is None and document is None)
        if is_other:
            self.verticalScrollBar().setValue(0)
        self.setUpdatesEnabled(True)

    def _on_document_done(self) -> None:
        """Go back to the text, and show the selected span again."""
        self._is_document_asked = False
        self._later.soon()
        self.done.emit()

    def _on_selection_changed(self) -> None:
        self._is_document_asked = False
        span, selected = self.span.span, self._session.selected
        if span is not None and span.id != selected:
            self._leave_span()
        self._later.soon()

    def _on_schema_changed(self) -> None:
        self._leave_span()
        self.span.forget_forms()
        self._later.soon()

    def _leave_span(self) -> None:
        """Keep what was typed; the keyboard does not stay among the fields of another span."""
        focus = self.focusWidget()
        self.span.leave()
        if focus is not None and focus.hasFocus() and self.span.isAncestorOf(focus):
            self.done.emit()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Scroll to the field that the keyboard is at, however it came there."""
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 28)
