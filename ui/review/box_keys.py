"""Gives a box of choices its own keys back, which are commands in the rest of the review screen."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

_OF_BOXES = frozenset((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space))


class BoxKeys(QObject):
    """Up and down choose and space opens while a box has the focus; digits and letters stay commands.

    A box takes the focus by Tab only: after the mouse has chosen, arrows go through the list as before.
    """

    def watch(self, *boxes: QComboBox) -> None:
        """Look after these boxes."""
        for box in boxes:
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _OF_BOXES
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)
