"""What stands in place of pages that cannot be shown: why, and a line for the password if one is needed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.page_rendering import Trouble

_WIDTH = 380


class PageTrouble(QWidget):
    """Says why there are no pages.

    Signals:
        password_given: Somebody typed a password and pressed Enter.
    """

    password_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel(wordWrap=True)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password"))
        self.button = QPushButton(self.tr("Show the pages"))
        self._asking = QWidget()
        row = QHBoxLayout(self._asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.password)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(self._column())
        layout.addStretch(3)
        self.password.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)

    def _column(self) -> QHBoxLayout:
        """Words and password below each other in the middle, as high as the words need at that width."""
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self.words)
        inner.addWidget(self._asking)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(column)
        row.addStretch(1)
        return row

    def show_trouble(self, trouble: Trouble | None, *, was_wrong: bool) -> None:
        """Say what is the matter; `was_wrong` tells that a password was given already."""
        self._asking.setVisible(trouble == "password")
        self.password.clear()
        self.words.setText(self._sentence(trouble, was_wrong=was_wrong))
        if trouble == "password" and was_wrong:
            self.password.setFocus()

    def _sentence(self, trouble: Trouble | None, *, was_wrong: bool) -> str:
        if trouble == "password" and was_wrong:
            return self.tr("That is not the password of this PDF. Its text can be marked without.")
        if trouble == "password":
            return self.tr(
                "This PDF is protected. Its text can be marked without a password, but its pages need one. "
                "It is asked once and is not stored."
            )
        if trouble == "missing":
            return self.tr("The PDF itself is not in this project, only its text. Mark it in the text view.")
        return self.tr("This PDF is damaged, so its pages cannot be drawn. Mark it in the text view.")

    def _give(self) -> None:
        if self.password.text():
            self.password_given.emit(self.password.text())
