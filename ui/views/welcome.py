"""The start page: new, open, sample project, and the projects opened last."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.panels.themed import LARGE, scaled_font, theme_of
from ui.theme import icon

WIDTH = 760
ICON = 24
INDENT = 10
SHOWN = 8


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
        self._choices = (
            Choice("new", self.tr("New project"), self.tr("Create a project, then import documents"), create),
            Choice("open", self.tr("Open project"), self.tr("Open a project file on this computer"), choose),
            Choice(
                "star",
                self.tr("Open the sample project"),
                self.tr("Try everything on news articles and a court order"),
                open_sample,
            ),
        )
        self._paths: tuple[Path, ...] = ()
        self._recent_list = QWidget()
        self._recent = QVBoxLayout(self._recent_list)
        self._recent.setContentsMargins(0, 0, 0, 0)
        self._recent.setSpacing(2)
        self._lay_out(column)

    def _lay_out(self, column: QWidget) -> None:
        title = QLabel("Annotator")
        title.setFont(scaled_font(title.font(), 2.2, bold=True))
        title.setContentsMargins(INDENT, 0, 0, 0)
        purpose = QLabel(self.tr("Mark what news and courts say, and export it as training data."))
        purpose.setFont(scaled_font(purpose.font(), LARGE))
        purpose.setContentsMargins(INDENT, 0, 0, 0)
        purpose.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        actions = QVBoxLayout()
        actions.setSpacing(6)
        for button in self._choices:
            actions.addWidget(button)
        actions.addStretch(1)
        recent = QVBoxLayout()
        recent.setSpacing(2)
        recent_title = QLabel(self.tr("Recent projects"))
        recent_title.setFont(scaled_font(recent_title.font(), bold=True))
        recent_title.setContentsMargins(INDENT, 8, 0, 4)
        recent.addWidget(recent_title)
        recent.addWidget(self._recent_list)
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
        """List the projects opened last, newest first; made when the page is seen."""
        self._paths = tuple(paths)[:SHOWN]
        if self.isVisible():
            self._list_recent()

    def _list_recent(self) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for path in self._paths:
            self._recent.addWidget(self._recent_choice(path))
        if not self._recent.count():
            nothing = QLabel(self.tr("Projects that you open will be listed here."))
            nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            nothing.setContentsMargins(INDENT, 0, 0, 0)
            self._recent.addWidget(nothing)
        self.show_icons()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list_recent()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self.show_icons()

    def show_icons(self) -> None:
        """Draw the icons in the colours of the present theme."""
        for choice in self.findChildren(Choice):
            choice.show_icon(icon(choice.drawing, theme_of(self)))

    def _recent_choice(self, path: Path) -> "Choice":
        folder = str(path.parent)
        home = str(Path.home())
        if folder.startswith(home):
            folder = "~" + folder.removeprefix(home)
        metrics = self.fontMetrics()
        shown = metrics.elidedText(folder, Qt.TextElideMode.ElideMiddle, WIDTH // 2 - 100)
        choice = Choice("project", path.stem, shown, lambda: self.recent_chosen.emit(path))
        choice.setToolTip(str(path))
        return choice


class Choice(QPushButton):
    """A button with an icon, a title, and a line that says what it does."""

    def __init__(self, drawing: str, title: str, text: str, do: Callable[[], object]) -> None:
        super().__init__()
        self.drawing = drawing
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._icon = QLabel()
        name, purpose = QLabel(title), QLabel(text)
        name.setFont(scaled_font(name.font(), bold=True))
        purpose.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._inside = layout = QGridLayout(self)
        layout.setContentsMargins(INDENT, 8, INDENT, 8)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(2)
        layout.addWidget(self._icon, 0, 0, 2, 1)
        layout.addWidget(name, 0, 1)
        layout.addWidget(purpose, 1, 1)
        layout.setColumnStretch(1, 1)
        for label in (self._icon, name, purpose):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda: do())

    def sizeHint(self) -> QSize:
        """What is in it decides, not the button's own empty text."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_icon(self, drawing: QIcon) -> None:
        self._icon.setPixmap(drawing.pixmap(QSize(ICON, ICON), self.devicePixelRatio()))
