"""The suggestion in focus, under the document: what is suggested, by whom and why, and what to do with it.

The buttons leave the keyboard where it is, in the document.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.panels.elided_label import ElidedLabel
from ui.panels.label_chip import LabelChip
from ui.panels.themed import theme_of
from ui.theme import icon


class SuggestionBar(QFrame):
    """Hidden while no suggestion is in focus.

    Signals:
        accepted, rejected: What is decided of the suggestion shown.
        stepped: Another one is wanted: 1 the next, -1 the one before.
        all_wanted: Somebody wants to accept all that are sure enough.
        left: The bar was closed.
    """

    accepted = Signal()
    rejected = Signal()
    stepped = Signal(int)
    all_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestion_bar")
        self.chip = LabelChip()
        self.words = ElidedLabel()
        self.reason = ElidedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.accept = _push(
            self.tr("Accept"),
            self.tr("Enter; another label's key marks it as that; with Shift all that reads the same"),
        )
        self.reject = _push(self.tr("Reject"), self.tr("Do not suggest this again: Backspace"))
        self.all = _push(self.tr("Accept all above…"), self.tr("All that are sure enough, in one step"))
        self._icons = {
            "up": _tool(self.tr("Previous suggestion: ,")),
            "down": _tool(self.tr("Next suggestion: .")),
            "close": _tool(self.tr("Close")),
        }
        said, buttons = QHBoxLayout(), QHBoxLayout()
        said.setSpacing(10)
        said.addWidget(self.chip)
        said.addWidget(self.words, 1)
        said.addWidget(self.reason, 2)
        said.addWidget(self._icons["close"])
        for button in (self.accept, self.reject, self._icons["up"], self._icons["down"]):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(said)
        layout.addLayout(buttons)
        self.accept.clicked.connect(self.accepted)
        self.reject.clicked.connect(self.rejected)
        self.all.clicked.connect(self.all_wanted)
        self._icons["up"].clicked.connect(lambda: self.stepped.emit(-1))
        self._icons["down"].clicked.connect(lambda: self.stepped.emit(1))
        self._icons["close"].clicked.connect(self.left)
        self.hide()

    def show_suggestion(self, *, label: str, colour: str, words: str, reason: str) -> None:
        """Show what is suggested and why."""
        self.chip.show_label(label, colour)
        self.words.set_text(f"“{words}”")
        self.reason.set_text(reason)
        for name, button in self._icons.items():
            button.setIcon(icon(name, theme_of(self)))
        self.show()


def _push(text: str, purpose: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(purpose)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _tool(purpose: str) -> QToolButton:
    button = QToolButton(autoRaise=True)
    button.setToolTip(purpose)
    button.setAccessibleName(purpose)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
