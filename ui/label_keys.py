"""Label keys: pressed while the document has the focus they label, with Shift all that reads the same, with
Ctrl+Alt they arm. What the mouse selects then gets the label, with Ctrl held all that reads the same.

They are no actions: they come from the project's schema, and digits go by their place on the keyboard.
Commands are asked first by Qt, and `ui.keys.move_label_keys` has seen to it that no two share a key.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from ui.keys import pressed_key
from ui.marking import Marking
from ui.session import Session
from ui.views.text_view import TextView

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ARMING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class LabelKeys(QObject):
    """Watches the document's keys and mouse for labels, and for selections that an armed label takes."""

    def __init__(self, session: Session, view: TextView, marking: Marking) -> None:
        super().__init__(view)
        self._session = session
        self._marking = marking
        view.installEventFilter(self)
        view.selection_made.connect(marking.mark_armed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A label's key is consumed; everything else goes on to the view."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key_pressed(event)
            if event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Shift:
                self._marking.mark_armed()
        return super().eventFilter(watched, event)

    def _on_key_pressed(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers not in (Qt.KeyboardModifier.NoModifier, _SHIFT, _ARMING):
            return False
        label = self._label_of(pressed_key(event))
        if label is None:
            return False
        if not event.isAutoRepeat():
            if modifiers == _ARMING:
                self._marking.arm(label)
            elif modifiers == _SHIFT:
                self._marking.press_here(label)
            else:
                self._marking.press(label)
        return True

    def _label_of(self, key: str) -> str | None:
        if not key or self._session.document is None:
            return None
        labels = self._session.schema.labels()
        return next((label.id for label in labels if label.key.lower() == key and not label.retired), None)
