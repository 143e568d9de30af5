"""Which theme a widget stands in, read from its palette, so that nothing has to hand themes around.

A widget that paints asks each time it paints; one that keeps colours asks again when its palette changes.
"""

from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import DARK, LIGHT, Theme

Tone = Literal["text", "muted", "alarm", "caution", "good"]

SMALL = 0.9
LARGE = 1.25


def theme_of(widget: QWidget) -> Theme:
    """The theme whose colours the widget has now."""
    palette = widget.palette()
    is_dark = palette.text().color().lightness() > palette.base().color().lightness()
    return DARK if is_dark else LIGHT


def scaled_font(font: QFont, factor: float = 1.0, *, bold: bool = False) -> QFont:
    """The font, smaller or larger by a factor, whether its size is in points or in pixels."""
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(font.pointSizeF() * factor)
    else:
        scaled.setPixelSize(max(1, round(font.pixelSize() * factor)))
    if bold:
        scaled.setWeight(QFont.Weight.DemiBold)
    return scaled


class Words(QLabel):
    """Plain text in a tone of the theme; it can be selected and copied where that is of use."""

    def __init__(
        self,
        text: str = "",
        *,
        tone: Tone = "text",
        size: float = 1.0,
        bold: bool = False,
        is_selectable: bool = False,
        is_wrapping: bool = True,
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(scaled_font(self.font(), size, bold=bold))
        if is_wrapping:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if is_selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._tone: Tone = tone
        self._colour()

    def set_tone(self, tone: Tone) -> None:
        """Say the words in another tone."""
        self._tone = tone
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        wanted = QColor(getattr(theme_of(self), self._tone))
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)
