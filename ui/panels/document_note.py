"""What an annotator writes about the document as a whole: a flag for discussion and a note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.flags import FLAG, NOTE
from annotator.model import AttributeValue
from ui.panels.attribute_form import AttributeRow
from ui.panels.flag_field import flag_field, flag_value
from ui.panels.note_editor import NoteEditor
from ui.panels.themed import SMALL, Words
from ui.session import Session


class DocumentNote(QWidget):
    """Edits both through the session.

    Signals:
        left: The keyboard goes back to the text.
    """

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._document = ""  # whose note is shown
        self.flag = flag_field()
        self.editor = NoteEditor()
        self._row = AttributeRow(self.flag.attribute, self.flag)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._row)
        layout.addWidget(Words(self.tr("Note on the document"), size=SMALL, is_wrapping=False))
        layout.addWidget(self.editor)
        self.flag.chosen.connect(self._on_flag_chosen)
        self.flag.left.connect(self.left)
        self.flag.moved.connect(lambda step: self.focus_note() if step > 0 else None)
        self.editor.written.connect(self._on_written)
        self.editor.left.connect(self.left)
        session.document_changed.connect(self._on_document_changed)
        session.project_closing.connect(self.flush)

    def show_labels(self) -> None:
        """Show flag and note as they are stored."""
        labels, document = self._session.document_labels, self._session.document
        note = labels.get(NOTE)
        self._document = "" if document is None else document.id
        self._row.show_value(flag_value(is_set=FLAG in labels), None)
        self.editor.show_note(self._document, "" if note is None else str(note.value))

    def focus_note(self) -> None:
        """Give the keyboard to the note, behind its last letter."""
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Keep what was typed and not kept yet."""
        self.editor.flush()

    def _on_document_changed(self) -> None:
        """Keep what was typed at the document before, since a key may have led to the next one."""
        self.flush()
        self.show_labels()

    def _on_flag_chosen(self, value: AttributeValue | None) -> None:
        self._session.set_document_label(FLAG, None if value is None else True)
        self.show_labels()

    def _on_written(self, note: str) -> None:
        if self._document:
            self._session.set_document_label(NOTE, note or None, document=self._document)
