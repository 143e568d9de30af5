"""The icons: own monochrome drawings in `resources/icons`, tinted by the theme.

Each is an SVG of 20 by 20 that draws with `currentColor`; a missing name is a mistake and raises.
"""

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.contrast import mix
from ui.theme.palettes import Theme

_SIZES = (16, 20, 24, 32, 40, 48, 64)


def icon_names() -> tuple[str, ...]:
    """The names that `icon` knows."""
    folder = files("resources") / "icons"
    return tuple(sorted(entry.name[:-4] for entry in folder.iterdir() if entry.name.endswith(".svg")))


@lru_cache(maxsize=256)
def icon(name: str, theme: Theme) -> QIcon:
    """An icon in the theme's colours; FileNotFoundError if there is no drawing of that name."""
    drawing = (files("resources") / "icons" / f"{name}.svg").read_text("utf-8")
    made = QIcon()
    for mode, colour in (
        (QIcon.Mode.Normal, mix(theme.window, theme.text, 0.86)),
        (QIcon.Mode.Disabled, mix(theme.window, theme.text, 0.38)),
        (QIcon.Mode.Selected, theme.accent_text),
    ):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
        for size in _SIZES:
            made.addPixmap(_rendered(renderer, size), mode)
    return made


def _rendered(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
