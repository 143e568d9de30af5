"""What a panel shows while it has nothing: what it is for, and the one thing to do."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.panels.themed import Words


class EmptyPanel(QWidget):
    """A title and a sentence, narrow enough for a dock."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.title = Words(title, bold=True)
        self.text = Words(text, tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 16, 14, 16)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addStretch(1)

    def show_text(self, title: str, text: str) -> None:
        """Say something else."""
        self.title.setText(title)
        self.text.setText(text)
