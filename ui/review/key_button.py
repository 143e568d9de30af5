"""A button of the review screen: its words and its key, as wide as they are, so that all stand in a row."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QPushButton

from ui.panels.themed import SMALL, scaled_font
from ui.review.commands import ReviewCommand

_BESIDE = 8  # pixels at each side of the words


class KeyButton(QPushButton):
    """Does a command of the review screen; it never has the focus, which is for keys."""

    def __init__(self, command: ReviewCommand) -> None:
        title = QCoreApplication.translate("review_commands", command.title)
        super().__init__(f"{title}  {command.keys[0]}")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFont(scaled_font(self.font(), SMALL))
        self.setToolTip(QCoreApplication.translate("review_commands", command.summary))

    def sizeHint(self) -> QSize:
        """The room that the words need; styles would make short ones as wide as long ones."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + 2 * _BESIDE, super().sizeHint().height())
