"""What is painted for a label's colour: derived, so that any colour can be read in both themes."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor

from ui.theme.contrast import contrast, mix, readable
from ui.theme.palettes import Theme

TEXT_RATIO = 4.5
LINE_RATIO = 3.0
NEUTRAL = "#777777"

# How much a tint and a chip may stand out from the page, as contrast: enough to be seen, too little to
# shout, and about the same for yellow and for blue.
_TINT_LIGHT, _TINT_DARK = (1.09, 1.30), (1.28, 1.50)
_CHIP_LIGHT, _CHIP_DARK = (1.18, 1.55), (1.60, 1.95)


@dataclass(frozen=True, slots=True)
class SpanColours:
    """`tint` lies behind the text, `line` under it, `chip` behind the label's name in `chip_text`."""

    tint: QColor
    line: QColor
    chip: QColor
    chip_text: QColor


@lru_cache(maxsize=512)
def span_colours(label_colour: str, theme: Theme) -> SpanColours:
    """The colours of a label's spans in a theme. A colour that Qt cannot read counts as grey."""
    read = QColor.fromString(label_colour)
    colour = read.name() if read.isValid() else NEUTRAL
    tint = _shade(colour, theme.page, 0.24, _TINT_DARK if theme.is_dark else _TINT_LIGHT)
    chip = _shade(colour, theme.page, 0.38, _CHIP_DARK if theme.is_dark else _CHIP_LIGHT)
    ink = "#ffffff" if theme.is_dark else "#000000"
    line = readable(colour, on=theme.page, towards=ink, ratio=LINE_RATIO)
    chip_text = readable(colour, on=chip, towards=ink, ratio=TEXT_RATIO)
    return SpanColours(QColor(tint), QColor(line), QColor(chip), QColor(chip_text))


def _shade(colour: str, page: str, share: float, bounds: tuple[float, float]) -> str:
    """The page with a share of the colour, more or less of it where the contrast is out of bounds."""
    least, most = bounds
    percent = round(share * 100)
    while percent < 75 and contrast(mix(page, colour, percent / 100), page) < least:
        percent += 1
    while percent > 8 and contrast(mix(page, colour, percent / 100), page) > most:
        percent -= 1
    return mix(page, colour, percent / 100)
