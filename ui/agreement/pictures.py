"""Plots in the window: SVG text shown with QtSvg, and written as SVG or PNG.

Qt's SVG knows no choice of colours by the reader's system, so a plot is drawn for the light or the dark
theme before it comes here.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QScrollArea

from annotator.charts import DARK, LIGHT, Inks
from annotator.errors import ExportError

_DARKER_THAN = 128
_PNG_SCALE = 2


class Picture(QScrollArea):
    """A plot at its own size, with bars to scroll where there is less room."""

    def __init__(self) -> None:
        super().__init__()
        self.svg = ""
        self._shown = QSvgWidget()
        self.setWidget(self._shown)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def show_svg(self, svg: str, name: str) -> None:
        """Show a plot; `name` is what screen readers say of it."""
        self.svg = svg
        self._shown.load(QByteArray(svg.encode("utf-8")))
        self._shown.resize(self._shown.renderer().defaultSize())
        self.setAccessibleName(name)


def inks(palette: QPalette) -> Inks:
    """The colours of plots that go with a palette."""
    is_dark = palette.color(QPalette.ColorRole.Window).lightness() < _DARKER_THAN
    return DARK if is_dark else LIGHT


def write_plot(svg: str, target: Path) -> None:
    """Write a plot as SVG or, by the file's name, as PNG of twice its size. Raises ExportError."""
    suffix = target.suffix.casefold()
    if suffix not in (".svg", ".png"):
        raise ExportError(f"“{target}” ends with neither .svg nor .png; give it one of these names.")
    try:
        if suffix == ".svg":
            target.write_text(svg, "utf-8", newline="\n")
        elif not _drawn(svg).save(str(target), "PNG"):  # type: ignore[call-overload]
            raise ExportError(f"“{target}” cannot be written. Is there such a folder?")
    except OSError as error:
        raise ExportError(f"“{target}” cannot be written: {error.strerror or error}.") from error


def _drawn(svg: str) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
    size: QSize = renderer.defaultSize() * _PNG_SCALE
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image
