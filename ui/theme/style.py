"""Dresses the application: Fusion, a palette and a small style sheet, all from one Theme.

Widgets take colours from the palette or the Theme; the style sheet only does what a palette cannot.
"""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.contrast import mix
from ui.theme.palettes import DARK, LIGHT, Theme

ThemeChoice = Literal["light", "dark", "system"]

_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}

_BOXED = ("QCheckBox", "QRadioButton", "QAbstractItemView")
_FUSION_DARKER = 140
"""In per cent, how much darker than the window Fusion draws the outlines of boxes."""


def apply_theme(app: QApplication, choice: ThemeChoice) -> Theme:
    """Dress the application and return its theme.

    With "system", call it again whenever `app.styleHints().colorSchemeChanged` is emitted.
    """
    app.styleHints().setColorScheme(_SCHEMES[choice])
    theme = _theme(app, choice)
    if not app.styleSheet():  # a style sheet wraps the style, which then no longer tells its name
        app.setStyle("Fusion")
    sheet = style_sheet(theme)
    if app.styleSheet() != sheet:  # dressing every widget anew takes long
        app.setPalette(palette(theme))
        for kind in _BOXED:
            app.setPalette(_boxed_palette(theme), kind)  # type: ignore[arg-type]  # a str, whatever the stubs say
        app.setStyleSheet(sheet)
    return theme


def _theme(app: QApplication, choice: ThemeChoice) -> Theme:
    is_dark = choice == "dark" or (
        choice == "system" and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    )
    return DARK if is_dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.page,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.alarm,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: mix(theme.raised, "#ffffff", 0.1 if theme.is_dark else 0.6),
        role.Midlight: mix(theme.window, "#ffffff", 0.06 if theme.is_dark else 0.5),
        role.Mid: theme.line,
        role.Dark: mix(theme.line, "#000000", 0.25),
        role.Shadow: "#000000",
    }
    made = QPalette()
    for each, colour in colours.items():
        made.setColor(each, QColor(colour))
    faint = QColor(mix(theme.window, theme.text, 0.45))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, faint)
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.line))
    made.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, faint)
    return made


def _box(theme: Theme) -> str:
    """The colour of the frame of a box to tick; Fusion's own is not seen on a dark ground."""
    return mix(theme.page, theme.text, 0.45)


def _boxed_palette(theme: Theme) -> QPalette:
    """The palette of what has boxes to tick: Fusion frames ticked ones in a darker shade of the window."""
    made = palette(theme)
    made.setColor(QPalette.ColorRole.Window, QColor(_box(theme)).lighter(_FUSION_DARKER))
    return made


def style_sheet(theme: Theme) -> str:
    """What the palette cannot say: thin separators, quiet docks, lists with room, round tooltips."""
    thumb = mix(theme.page, theme.text, 0.25)
    box = _box(theme)
    return f"""
QToolTip {{
    background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; padding: 5px 7px;
}}
QMainWindow::separator {{ background: {theme.line}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {theme.accent}; }}
QDockWidget {{ font-weight: 600; }}
QDockWidget::title {{ background: {theme.window}; padding: 7px 10px 5px 10px; }}
QStatusBar {{ border-top: 1px solid {theme.line}; }}
QStatusBar::item {{ border: none; }}
QMenuBar {{ background: {theme.window}; border-bottom: 1px solid {theme.line}; }}
QMenuBar::item {{ padding: 5px 9px; background: transparent; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {thumb}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover {{ background: {mix(theme.page, theme.text, 0.45)}; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QMenuBar::item:selected {{ background: {theme.hover}; color: {theme.text}; }}
QCheckBox::indicator:unchecked, QGroupBox::indicator:unchecked, QAbstractItemView::indicator:unchecked {{
    background: {theme.page}; border: 1px solid {box}; border-radius: 3px; width: 12px; height: 12px;
}}
QRadioButton::indicator:unchecked {{
    background: {theme.page}; border: 1px solid {box}; border-radius: 7px; width: 12px; height: 12px;
}}
"""
