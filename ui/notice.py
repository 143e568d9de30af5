"""A line over the document that tells something and may offer one thing to do; it stays until closed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.panels.themed import theme_of
from ui.theme import icon


class Notice(QFrame):
    """Hidden until `tell`; the newest notice takes the place of the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.text = QLabel(wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.action = QPushButton()
        self.close_button = QToolButton(autoRaise=True)
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self._do: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.close_button)
        self.action.clicked.connect(self._on_action_clicked)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def tell(self, text: str, *, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Show a text, with a button for the one thing to do about it."""
        self.text.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.close_button.setIcon(icon("close", theme_of(self)))
        self._do = do
        self.show()

    def _on_action_clicked(self) -> None:
        self.hide()
        if self._do is not None:
            self._do()
