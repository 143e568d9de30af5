"""What stands where there is nothing yet: what this place is for, and the one thing to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.panels.themed import LARGE, scaled_font

WIDTH = 420


class EmptyState(QWidget):
    """A title, a sentence, and a button if there is something to do."""

    def __init__(
        self, title: str, text: str, *, action: str = "", do: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        heading = QLabel(title, alignment=Qt.AlignmentFlag.AlignCenter)
        heading.setFont(scaled_font(heading.font(), LARGE, bold=True))
        sentence = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        sentence.setMinimumWidth(WIDTH)
        sentence.setMaximumWidth(WIDTH)
        sentence.setMinimumHeight(sentence.heightForWidth(WIDTH))
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(heading)
        layout.addWidget(sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton(action)
        if not action:
            self.button.hide()  # shown before it has its place, it would be a window for a moment
        if do is not None:
            self.button.clicked.connect(lambda: do())
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
