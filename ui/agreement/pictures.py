"""Plots in the window: SVG text shown with QtSvg, and written as SVG or PNG.

Qt's SVG knows no choice of colours by the reader's system, so a plot is drawn for the light or the dark
theme before it comes here.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPalette, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget

from annotator.charts import DARK, LIGHT, Inks
from annotator.errors import ExportError

_DARKER_THAN = 128
_PNG_SCALE = 2
_LEAST_SHARE = 0.75
_LEAST_HEIGHT = 120


class Picture(QScrollArea):
    """A plot at its own size; where there is less room it shrinks, then there are bars to scroll.

    Above a table it takes no more height than it needs.
    """

    def __init__(self, *, is_above: bool = False) -> None:
        super().__init__()
        self.svg = ""
        self._is_above = is_above
        self.height_above = _LEAST_HEIGHT  # as `above` has it
        self._taken = 0
        self._shown = QSvgWidget()
        self.setWidget(self._shown)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setMinimumHeight(_LEAST_HEIGHT)

    def show_svg(self, svg: str, name: str) -> None:
        """Show a plot; `name` is what screen readers say of it."""
        self.svg = svg
        self._shown.load(QByteArray(svg.encode("utf-8")))
        self._fit()
        self.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as there is room, without growing, and not so small that its words cannot be read."""
        whole: QSize = self._shown.renderer().defaultSize()
        if whole.isEmpty():
            return
        share = min(1.0, max(_LEAST_SHARE, self.viewport().width() / whole.width()))
        self._shown.resize(whole * share)
        if self._is_above:
            most = max(_LEAST_HEIGHT, self._shown.height() + 2)
            self.setMaximumHeight(most)
            self._take_height(most)

    def _take_height(self, most: int) -> None:
        """Take what is needed of the splitter, which does not ask again, unless somebody moved its bar."""
        splitter = self.parentWidget()
        if not isinstance(splitter, QSplitter):
            return
        height = splitter.sizes()[0]
        if height > most or height == self._taken:
            self._taken = min(most, self.height_above)
            splitter.setSizes([self._taken, splitter.height() - splitter.handleWidth() - self._taken])


def above(picture: Picture, table: QWidget, *, height: int) -> QSplitter:
    """A plot with its table below it, at most of that height in pixels until somebody moves the bar."""
    page = QSplitter(Qt.Orientation.Vertical)
    picture.height_above = height
    page.addWidget(picture)
    page.addWidget(table)
    page.setChildrenCollapsible(False)
    page.setSizes([height, height])
    page.setStretchFactor(1, 1)
    return page


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
