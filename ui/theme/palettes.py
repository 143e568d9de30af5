"""The two palettes, light and dark: calm greys and one accent. Values are "#rrggbb".

`tests/ui/test_theme.py` holds every pair that carries text to a contrast of 4.5.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window.

    `page` is the ground of text and lists, `window` that of panels and bars, `raised` that of buttons and
    tooltips; `muted` is for secondary words, `line` for borders. `alarm`, `caution` and `good` are for
    words that warn or reassure, on `page` or `window`.
    """

    name: str
    is_dark: bool
    window: str
    page: str
    raised: str
    text: str
    muted: str
    line: str
    hover: str
    accent: str
    accent_text: str
    selection: str
    match: str
    alarm: str
    caution: str
    good: str


LIGHT = Theme(
    name="light",
    is_dark=False,
    window="#f3f3f2",
    page="#fdfdfc",
    raised="#ffffff",
    text="#23262b",
    muted="#5d636b",
    line="#d8d9da",
    hover="#e8e9ea",
    accent="#4453b8",
    accent_text="#ffffff",
    selection="#b9c3f5",
    match="#f6d95f",
    alarm="#b3261e",
    caution="#8a5300",
    good="#1f7040",
)

DARK = Theme(
    name="dark",
    is_dark=True,
    window="#202225",
    page="#191b1e",
    raised="#2b2e32",
    text="#d9dbde",
    muted="#9da3aa",
    line="#3a3e43",
    hover="#2f3338",
    accent="#a3b0ff",
    accent_text="#14161c",
    selection="#3d4a86",
    match="#6a5600",
    alarm="#ff8f87",
    caution="#e6b45c",
    good="#7fcf9a",
)
