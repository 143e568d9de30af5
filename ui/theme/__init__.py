"""Colours, icons and the style of the window. `apply_theme` is the one call that dresses the application.

A label's colour is never used as it is: `span_colours` derives from it what can be read on the page.
"""

from ui.theme.icons import icon
from ui.theme.palettes import DARK, LIGHT, Theme
from ui.theme.span_colours import SpanColours, span_colours
from ui.theme.style import ThemeChoice, apply_theme

__all__ = ["DARK", "LIGHT", "SpanColours", "Theme", "ThemeChoice", "apply_theme", "icon", "span_colours"]
