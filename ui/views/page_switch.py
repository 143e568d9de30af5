"""The switch in the line over a document: its text, its pages, or both beside each other."""

from typing import Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton

from ui.theme.contrast import mix

ViewMode = Literal["text", "page", "split"]
MODES: tuple[ViewMode, ...] = ("text", "page", "split")


class PageSwitch(QFrame):
    """One button for each way to show a document.

    Signals:
        chosen: Another way was chosen; the argument is its name.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page_switch")
        self._group = QButtonGroup(self, exclusive=True)
        names = {"text": self.tr("Text"), "page": self.tr("Page"), "split": self.tr("Split")}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.buttons: dict[ViewMode, QToolButton] = {}
        for mode in MODES:
            button = QToolButton()
            button.setText(names[mode])
            button.setCheckable(True)
            button.setProperty("segment", mode)
            button.clicked.connect(lambda _checked, each=mode: self.chosen.emit(each))
            self._group.addButton(button)
            layout.addWidget(button)
            self.buttons[mode] = button
        self._dress()

    def show_mode(self, mode: ViewMode, *, has_pages: bool) -> None:
        """Show which way is on; without pages there is only the text."""
        self.buttons[mode].setChecked(True)
        for each in ("page", "split"):
            self.buttons[each].setEnabled(has_pages)
            why = "" if has_pages else self.tr("This document has no pages")
            self.buttons[each].setToolTip(why)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        role = QPalette.ColorRole
        colours = {
            name: self.palette().color(each).name()
            for name, each in (("line", role.Mid), ("window", role.Window), ("text", role.Text))
        }
        accent = self.palette().color(role.Accent).name()
        sheet = f"""
#page_switch {{ border: 1px solid {colours["line"]}; border-radius: 5px; }}
#page_switch QToolButton {{ border: none; padding: 2px 11px; border-radius: 4px; }}
#page_switch QToolButton:hover {{ background: {mix(colours["window"], colours["text"], 0.07)}; }}
#page_switch QToolButton:checked {{
    background: {mix(colours["window"], accent, 0.18)}; color: {colours["text"]}; font-weight: 600;
}}
"""
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
