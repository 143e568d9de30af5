"""The start page: new, open, sample project, and the projects opened last."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.panels.themed import LARGE, scaled_font, theme_of
from ui.theme import icon

WIDTH = 720


class WelcomePage(QScrollArea):
    """What to do when no project is open.

    Signals:
        recent_chosen: A project of the list, as its path.
    """

    recent_chosen = Signal(object)

    def __init__(
        self,
        *,
        create: Callable[[], object],
        choose: Callable[[], object],
        open_sample: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        page.setAutoFillBackground(True)
        page.setBackgroundRole(QPalette.ColorRole.Base)
        self.setWidget(page)
        column = QWidget()
        column.setFixedWidth(WIDTH)
        outer = QVBoxLayout(page)
        outer.addStretch(2)
        outer.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self._buttons = {
            "new": _link(self.tr("New project"), self.tr("Create a project and import documents"), create),
            "open": _link(self.tr("Open project"), self.tr("Open a project file on this computer"), choose),
            "star": _link(
                self.tr("Open sample project"),
                self.tr("News articles and a court order to try everything on"),
                open_sample,
            ),
        }
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._lay_out(column)

    def _lay_out(self, column: QWidget) -> None:
        title = QLabel("Annotator")
        title.setFont(scaled_font(title.font(), 2.2, bold=True))
        purpose = QLabel(self.tr("Mark what news and courts say, and export it as training data."))
        purpose.setFont(scaled_font(purpose.font(), LARGE))
        purpose.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        actions = QVBoxLayout()
        actions.setSpacing(6)
        for button in self._buttons.values():
            actions.addWidget(button)
        actions.addStretch(1)
        recent = QVBoxLayout()
        recent_title = QLabel(self.tr("Recent projects"))
        recent_title.setFont(scaled_font(recent_title.font(), bold=True))
        recent.addWidget(recent_title)
        recent.addSpacing(4)
        recent.addLayout(self._recent)
        recent.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(48)
        halves.addLayout(actions, 1)
        halves.addLayout(recent, 1)
        layout = QVBoxLayout(column)
        layout.addWidget(title)
        layout.addWidget(purpose)
        layout.addSpacing(28)
        layout.addLayout(halves)

    def show_recent(self, paths: Iterable[Path]) -> None:
        """List the projects opened last, newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for path in paths:
            self._recent.addWidget(self._recent_button(path))
        if not self._recent.count():
            nothing = QLabel(self.tr("Projects that you open will be listed here."), wordWrap=True)
            nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self._recent.addWidget(nothing)

    def show_icons(self) -> None:
        """Draw the icons in the colours of the present theme."""
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme_of(self)))

    def _recent_button(self, path: Path) -> QPushButton:
        button = QPushButton(path.stem, flat=True)
        button.setStyleSheet("text-align: left; padding: 5px 8px;")
        button.setToolTip(str(path))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.recent_chosen.emit(path))
        return button


def _link(title: str, text: str, do: Callable[[], object]) -> QCommandLinkButton:
    button = QCommandLinkButton(title, text)
    button.setIconSize(QSize(20, 20))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(lambda: do())
    return button
