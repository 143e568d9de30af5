"""Find words or a pattern in the open document: a bar under it, that searches as somebody types.

It searches the stored text, never the widget's; a pattern that takes too long is stopped, and said so.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from annotator.errors import InvalidSearch
from annotator.finding import Wanted, find_all
from annotator.geometry import Range
from ui.panels.themed import theme_of
from ui.theme import icon


class FindBar(QFrame):
    """A field, how many places were found, and the way to the next one.

    Signals:
        searched: All places found, to mark; an empty list when there are none, or the bar is closed.
        found: The place to show, as start and end in code points.
        left: The bar was closed; the focus belongs to the document.
    """

    searched = Signal(list)
    found = Signal(int, int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self._text = ""
        self._places: list[Range] = []
        self._at = 0
        self._start = 0
        self.field = QLineEdit(placeholderText=self.tr("Find in this document"), clearButtonEnabled=True)
        self.field.setAccessibleName(self.tr("Find in this document"))
        self.field.setMaximumWidth(360)
        self.field.setTextMargins(4, 2, 4, 2)
        self.count = QLabel()
        self.case = _switch("Aa", self.tr("Match case"))
        self.whole = _switch("ab|", self.tr("Whole words"))
        self.pattern = _switch(".*", self.tr("Regular expression"))
        self._buttons = {
            "up": _button(self.tr("Find previous")),
            "down": _button(self.tr("Find next")),
            "close": _button(self.tr("Close")),
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self.field, 1)
        for switch in (self.case, self.whole, self.pattern):
            layout.addWidget(switch)
            switch.toggled.connect(lambda: self._search(self._start))
        layout.addWidget(self.count)
        layout.addStretch(1)
        for button in self._buttons.values():
            layout.addWidget(button)
        self._buttons["up"].clicked.connect(lambda: self.step(-1))
        self._buttons["down"].clicked.connect(lambda: self.step(1))
        self._buttons["close"].clicked.connect(self.leave)
        self.field.textChanged.connect(lambda: self._search(self._start))
        self.field.installEventFilter(self)
        self.hide()

    def open(self, text: str, *, start: int, words: str = "") -> None:
        """Find in a text, first from a code point on."""
        self._text, self._start = text, start
        for name, button in self._buttons.items():
            button.setIcon(icon(name, theme_of(self)))
        self.show()
        if words:
            self.field.setText(words)
        self._search(start)
        self.field.selectAll()
        self.field.setFocus()

    def set_text(self, text: str) -> None:
        """Find in another text from now on."""
        self._text, self._start, self._at = text, 0, 0
        fault = self._find() if self.isVisible() else ""
        self.searched.emit(self._places)
        self._show_count(fault)

    def step(self, step: int) -> None:
        """Show the next place (1) or the one before (-1), round the ends."""
        if self._places:
            self._show_place(self._at + step)

    def leave(self) -> None:
        """Close the bar."""
        self.hide()
        self.searched.emit([])
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter step, Esc leaves."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def _search(self, start: int) -> None:
        fault = self._find()
        self.searched.emit(self._places)
        following = (number for number, place in enumerate(self._places) if place.start >= start)
        if self._places:
            self._show_place(next(following, 0))
        else:
            self._show_count(fault)

    def _find(self) -> str:
        """Look for what is typed; the sentence that says why it cannot be looked for, "" if it can."""
        self._places = []
        wanted = Wanted(
            self.field.text(),
            is_pattern=self.pattern.isChecked(),
            is_whole=self.whole.isChecked(),
            match_case=self.case.isChecked(),
        )
        try:
            self._places = find_all(self._text, wanted)
        except InvalidSearch as error:
            return str(error)
        return ""

    def _show_place(self, number: int) -> None:
        self._at = number % len(self._places)
        self._show_count()
        self.found.emit(*self._places[self._at])

    def _show_count(self, fault: str = "") -> None:
        if fault:
            self.count.setText(fault)
        elif not self.field.text().strip():
            self.count.clear()
        elif not self._places:
            self.count.setText(self.tr("Not found"))
        else:
            self.count.setText(self.tr("{at} of {all}").format(at=self._at + 1, all=len(self._places)))


def _button(purpose: str) -> QToolButton:
    button = QToolButton(autoRaise=True)
    button.setToolTip(purpose)
    button.setAccessibleName(purpose)
    return button


def _switch(text: str, purpose: str) -> QToolButton:
    """A button that stays down; it leaves the keyboard where it is."""
    button = _button(purpose)
    button.setText(text)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
