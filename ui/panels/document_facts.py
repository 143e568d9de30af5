"""The open document while no span is selected: what it is, how far the work is, what the reader said."""

from collections import Counter
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.finishing import is_given
from annotator.model import Document, TextVersion
from ui.panels.document_form import DocumentForm
from ui.panels.document_note import DocumentNote
from ui.panels.span_words import (
    MINUTE,
    Known,
    as_tooltip,
    facts,
    is_web_address,
    kind_words,
    minutes_words,
    moment,
    shortened,
    state_words,
)
from ui.panels.themed import LARGE, SMALL, Words
from ui.session import Session

_LONGEST_FACT = 400
_LONGEST_ADDRESS = 48


class DocumentFacts(QWidget):
    """Title, kind, case and metadata of the open document, progress, and warnings of its reader."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Document | None = None
        self.title = Words(size=LARGE, bold=True, is_selectable=True)
        self.kind = Words(tone="muted")
        self.progress = Words()
        self.message = Words(is_selectable=True)
        self.missing = Words(tone="caution")
        self._seconds = 0
        self.note = DocumentNote(session)
        self.form = DocumentForm(session)
        self._facts = QGridLayout()
        self._rows: list[tuple[Words, Words]] = []
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.warnings = Words(tone="caution", is_selectable=True)
        self._warnings_heading = _heading(self.tr("The reader noticed"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(4)
        for widget in (self.title, self.kind):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(_heading(self.tr("Your work")))
        for widget in (self.progress, self.message, self.missing):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addWidget(self.note)
        layout.addSpacing(8)
        layout.addWidget(self.form)
        layout.addSpacing(8)
        layout.addWidget(_heading(self.tr("Document")))
        layout.addLayout(self._facts)
        layout.addSpacing(8)
        layout.addWidget(self._warnings_heading)
        layout.addWidget(self.warnings)
        layout.addStretch(1)

    def show_document(self, document: Document) -> None:
        """Show a document, or how the work on it is now if it is shown already."""
        if document == self._shown:
            self.show_progress()
            return
        self._shown = document
        self.title.setText(document.title)
        parts = (kind_words(document.kind), document.case)
        self.kind.setText(" · ".join(part for part in parts if part))
        self._show_facts(document)
        store = self._session.store
        version = None if store is None else store.record(TextVersion, document.text_version)
        warnings = () if version is None else version.warnings
        self._warnings_heading.setVisible(bool(warnings))
        self.warnings.setVisible(bool(warnings))
        self.warnings.setText("\n".join(warnings))
        self.show_progress()

    def show_progress(self) -> None:
        """Bring the work on the document up to date."""
        session = self._session
        self.note.show_labels()
        if session.document is not None:
            self.form.show_document(session.document)
        count, state = len(session.annotations), session.work_state
        shown = state_words(state)
        spans = self.tr("1 span") if count == 1 else self.tr("{n} spans").format(n=count)
        by_layer: Counter[str] = Counter()
        for label, number in Counter(span.label for span in session.annotations.values()).items():
            layer = session.schema.layer_of(label)
            by_layer["" if layer is None else layer.name] += number
        split = ", ".join(f"{name} {number}" for name, number in by_layer.items())
        parts = [shown, spans + (f": {split}" if len(by_layer) > 1 else "")]
        if self._seconds >= MINUTE:
            parts.append(minutes_words(self._seconds))
        self.progress.setText(" · ".join(parts))
        self.message.setText(session.work_message)
        self.message.setVisible(bool(session.work_message))
        missing = self._missing()
        self.missing.setVisible(missing > 0)
        self.missing.setText(
            self.tr("1 required attribute is not set.")
            if missing == 1
            else self.tr("{n} required attributes are not set.").format(n=missing)
        )

    def show_time(self, seconds: int) -> None:
        """Show the time that the annotator has spent on the document."""
        is_shown = seconds // MINUTE != self._seconds // MINUTE and self._shown is not None
        self._seconds = seconds
        if is_shown:
            self.show_progress()

    def _missing(self) -> int:
        """How many required attributes of the annotator's spans, and of the document, are not set."""
        document, schema = self._session.document, self._session.schema
        if document is None:
            return 0
        required = {
            label.id: found
            for label in schema.labels()
            if (found := [a for a in schema.attributes_of(label.id, document.kind) if a.required])
        }
        linked = {(each.source, each.type) for each in self._session.relations.values()}
        spans = self._session.annotations.values()
        of_document = sum(
            each.required and each.id not in self._session.document_labels
            for each in schema.attributes_of_document(document.kind)
        )
        return of_document + sum(
            not is_given(attribute, span, linked)
            for span in spans
            for attribute in required.get(schema.in_force(span.label), ())
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # A label keeps the colour that its links had when it was made.
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._drop_rows(0)
            self._show_facts(self._shown)

    def _show_facts(self, document: Document) -> None:
        known = [
            *facts(document.metadata, title=document.title),
            Known(self.tr("File"), document.source_name, ""),
            Known(self.tr("Imported"), moment(document.created), ""),
        ]
        self._drop_rows(len(known))
        for line in range(len(self._rows), len(known)):
            row = Words(tone="muted", is_wrapping=False), Words(is_selectable=True)
            self._facts.addWidget(row[0], line, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(row[1], line, 1)
            self._rows.append(row)
        for (name, value), each in zip(self._rows, known, strict=True):
            name.setText(each.name)
            source = self.tr("Read from “{words}”").format(words=each.words)
            name.setToolTip(as_tooltip(source) if each.words else "")
            _show_fact(value, each.value)

    def _drop_rows(self, first: int) -> None:
        """Take the rows away from one on; those before it serve the next document."""
        for row in self._rows[first:]:
            for label in row:
                self._facts.removeWidget(label)
                label.hide()
                label.deleteLater()
        del self._rows[first:]


def _show_fact(label: Words, value: str) -> None:
    """A value that can be copied; a web address opens in the browser when it is clicked."""
    is_address = is_web_address(value)
    label.setToolTip(as_tooltip(value) if is_address or len(value) > _LONGEST_FACT else "")
    label.setOpenExternalLinks(is_address)
    if is_address:
        shown = value.partition("://")[2].rstrip("/")
        shown = shown if len(shown) <= _LONGEST_ADDRESS else shown[:_LONGEST_ADDRESS] + "…"
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.setText(f'<a href="{escape(value)}">{escape(shown)}</a>')
    else:
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setText(shortened(value, _LONGEST_FACT))


def _heading(text: str) -> Words:
    return Words(text, size=SMALL, bold=True, is_wrapping=False)
