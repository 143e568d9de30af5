"""The icons: own monochrome drawings in `resources/icons`, tinted by the theme.

Each is an SVG of 20 by 20 that draws with `currentColor`; a missing name is a mistake and raises. A drawing
is rendered when it is shown, in the size and sharpness that the screen then asks for.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.contrast import mix
from ui.theme.palettes import Theme


def icon_names() -> tuple[str, ...]:
    """The names that `icon` knows."""
    folder = files("resources") / "icons"
    return tuple(sorted(entry.name[:-4] for entry in folder.iterdir() if entry.name.endswith(".svg")))


@lru_cache(maxsize=256)
def icon(name: str, theme: Theme) -> QIcon:
    """An icon in the theme's colours; FileNotFoundError if there is no drawing of that name."""
    drawing = (files("resources") / "icons" / f"{name}.svg").read_text("utf-8")
    strong = mix(theme.window, theme.text, 0.86)
    return QIcon(
        DrawnIcon(
            drawing,
            {
                QIcon.Mode.Normal: strong,
                QIcon.Mode.Active: strong,
                QIcon.Mode.Disabled: mix(theme.window, theme.text, 0.38),
                QIcon.Mode.Selected: theme.accent_text,
            },
        )
    )


class DrawnIcon(QIconEngine):
    """An icon that is an SVG drawing, whose `currentColor` is another colour in each mode."""

    def __init__(self, drawing: str, colours: Mapping[QIcon.Mode, str] | None = None) -> None:
        super().__init__()
        self._drawing, self._colours = drawing, colours or {}
        self._pixmaps: dict[tuple[int, int, str], QPixmap] = {}

    def clone(self) -> QIconEngine:
        return DrawnIcon(self._drawing, self._colours)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """The drawing in a size in device pixels; kept, as lists paint theirs at every key press."""
        colour = self._colours.get(mode, "currentColor")
        key = (size.width(), size.height(), colour)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._rendered(size, colour)
        return self._pixmaps[key]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self.pixmap(rect.size() * painter.device().devicePixelRatio(), mode, state))

    def _rendered(self, size: QSize, colour: str) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(self._drawing.replace("currentColor", colour).encode())).render(painter)
        painter.end()
        return pixmap
