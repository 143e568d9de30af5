"""How the window looks: theme, reading style, panels, full screen."""

from contextlib import suppress
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow

from ui.paging import Paging
from ui.painting import Painting
from ui.panels.documents import DocumentsPanel
from ui.settings import Settings
from ui.theme import LIGHT, Theme, ThemeChoice, apply_theme
from ui.views.reading import ReadingStyle
from ui.views.text_view import TextView


class Looks(QObject):
    """The handlers of the View menu.

    Signals:
        dressed: The views have another theme or reading style.
    """

    dressed = Signal()

    def __init__(
        self,
        settings: Settings,
        window: QMainWindow,
        *,
        view: TextView,
        paging: Paging,
        painting: Painting,
        docks: dict[str, QDockWidget],
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        self._view = view
        self._paging = paging
        self._painting = painting
        self.docks = docks
        self.theme: Theme = LIGHT
        _application().styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def choice(self) -> ThemeChoice:
        """The theme that was chosen."""
        return _choice(self._settings)

    def apply_settings(self) -> None:
        """Show the theme and the reading style of the settings."""
        self.theme = self._dress()
        self.dressed.emit()
        self._show_links()
        self._group_documents()

    def light(self) -> None:
        self._choose("light")

    def dark(self) -> None:
        self._choose("dark")

    def system(self) -> None:
        self._choose("system")

    @property
    def links(self) -> str:
        """Which links are drawn: "selected", "all" or "list", which is none."""
        return self._settings.word("links")

    def links_selected(self) -> None:
        self._choose_links("selected")

    def links_all(self) -> None:
        self._choose_links("all")

    def links_list(self) -> None:
        self._choose_links("list")

    def toggle_documents(self) -> None:
        self._toggle("documents")

    def toggle_labels(self) -> None:
        self._toggle("labels")

    def toggle_details(self) -> None:
        self._toggle("details")

    def toggle_search(self) -> None:
        self._toggle("search")

    @property
    def is_by_case(self) -> bool:
        """Whether the documents are listed by case."""
        return self._settings.word("documents_by") == "case"

    def toggle_by_case(self) -> None:
        """List the documents by case, or by state again."""
        self._settings["documents_by"] = "state" if self.is_by_case else "case"
        self._save()
        self._group_documents()

    def _group_documents(self) -> None:
        panel = self.docks["documents"].widget()
        if isinstance(panel, DocumentsPanel):
            panel.set_by_case(self.is_by_case)

    def full_screen(self) -> None:
        """Fill the screen, or end that."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def _choose_links(self, choice: str) -> None:
        self._settings["links"] = choice
        self._save()
        self._show_links()

    def _show_links(self) -> None:
        choice = self.links
        self._painting.show_arcs("none" if choice == "list" else "all" if choice == "all" else "selected")

    def _choose(self, choice: ThemeChoice) -> None:
        self._settings["theme"] = choice
        self._save()
        self.apply_settings()

    def _save(self) -> None:
        with suppress(OSError):  # a folder that cannot be written keeps nothing, but the window changes
            self._settings.save()

    def _dress(self) -> Theme:
        theme = dress(self._settings)
        self._view.set_theme(theme)
        self._paging.set_theme(theme)
        self._view.set_reading(
            ReadingStyle(
                family=self._settings.word("reading_font"),
                size=self._settings.number("reading_size"),
                line_height=self._settings.number("line_height"),
                column_width=self._settings.number("column_width"),
            )
        )
        return theme

    def _on_system_changed(self) -> None:
        if self.choice == "system":
            self.apply_settings()

    def _toggle(self, name: str) -> None:
        dock = self.docks[name]
        dock.setVisible(dock.isHidden())


def dress(settings: Settings) -> Theme:
    """Give the application the theme of the settings."""
    return apply_theme(_application(), _choice(settings))


def _choice(settings: Settings) -> ThemeChoice:
    return cast("ThemeChoice", settings.word("theme"))


def _application() -> QApplication:
    return cast("QApplication", QApplication.instance())
