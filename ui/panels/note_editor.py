"""The editor of a span's note: what is typed is asked for as one note when the editor is left.

Ctrl+Enter saves here, though in the window it is a command; the editor claims the key while it has it.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_MOST_LINES = 8


class NoteEditor(QPlainTextEdit):
    """A few lines of text that grow with what is written.

    Signals:
        written: The note as it is to be kept, once for each time it was changed.
        left: Ctrl+Enter or Esc was pressed; the note was asked for before.
    """

    written = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self._owner = ""
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Note"))
        self.setPlaceholderText(self.tr("Why it is so, or what to ask"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def show_note(self, owner: str, note: str) -> None:
        """Show the note of a span (an id). What is being typed stays while span and note are the same."""
        if (owner, note) != (self._owner, self._kept):
            self._owner, self._kept = owner, note
            self.setPlainText(note)

    def flush(self) -> None:
        """Ask for what was typed, if it differs from what is kept."""
        note = self.toPlainText().strip()
        if note != self._kept:
            self._kept = note
            self.written.emit(note)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() == Qt.Key.Key_Escape or _is_save(event))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or _is_save(event):
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _grow(self, _size: object = None) -> None:
        lines = min(_MOST_LINES, max(2, round(self.document().size().height())))
        margins = self.contentsMargins()
        around = round(2 * self.document().documentMargin()) + margins.top() + margins.bottom() + 2
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + around)

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())


def _is_save(event: QKeyEvent) -> bool:
    is_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(is_control)
