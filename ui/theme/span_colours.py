"""What is painted for a label's colour: derived, so that any colour can be read in both themes."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor

from ui.theme.contrast import mix, readable
from ui.theme.palettes import Theme

TEXT_RATIO = 4.5
LINE_RATIO = 3.0
NEUTRAL = "#777777"


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
    tint = mix(theme.page, colour, 0.26 if theme.is_dark else 0.24)
    chip = mix(theme.page, colour, 0.34 if theme.is_dark else 0.36)
    ink = "#ffffff" if theme.is_dark else "#000000"
    line = readable(colour, on=theme.page, towards=ink, ratio=LINE_RATIO)
    chip_text = readable(colour, on=chip, towards=ink, ratio=TEXT_RATIO)
    return SpanColours(QColor(tint), QColor(line), QColor(chip), QColor(chip_text))
