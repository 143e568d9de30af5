"""Both themes can be read: every pair of colours that carries words has the contrast it needs."""

from itertools import product

import numpy
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from annotator.schema_toml import read_schema
from resources import schema_names, schema_text
from ui.theme import DARK, LIGHT, Theme, ThemeChoice, apply_theme, icon, span_colours
from ui.theme.contrast import contrast, mix, readable
from ui.theme.icons import icon_names

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)

SCHEMA_COLOURS = sorted(
    {label.colour for name in schema_names() for label in read_schema(schema_text(name)).labels()}
)
HARD_COLOURS = ["#000000", "#ffffff", "#ffff00", "#0000ff", "#ff0000", "#00ff00", "#7f7f7f"]
COLOURS = pytest.mark.parametrize("colour", [*SCHEMA_COLOURS, *HARD_COLOURS])


@THEMES
@COLOURS
def test_text_can_be_read_on_every_tint(theme: Theme, colour: str) -> None:
    colours = span_colours(colour, theme)

    assert contrast(theme.text, colours.tint.name()) >= 4.5
    assert contrast(theme.text, colours.chip.name()) >= 4.5  # the tint of a span under the mouse


@THEMES
@COLOURS
def test_label_can_be_read_on_every_chip(theme: Theme, colour: str) -> None:
    colours = span_colours(colour, theme)

    assert contrast(colours.chip_text.name(), colours.chip.name()) >= 4.5


@THEMES
@COLOURS
def test_line_under_a_span_can_be_seen_on_page_and_tint(theme: Theme, colour: str) -> None:
    colours = span_colours(colour, theme)

    assert contrast(colours.line.name(), theme.page) >= 3
    assert contrast(colours.line.name(), colours.tint.name()) > 1.5 or colours.line == colours.tint


@THEMES
@pytest.mark.parametrize("colour", SCHEMA_COLOURS)
def test_tint_can_be_told_from_the_page(theme: Theme, colour: str) -> None:
    assert contrast(span_colours(colour, theme).tint.name(), theme.page) >= 1.08


@THEMES
def test_colour_that_cannot_be_read_counts_as_grey(theme: Theme) -> None:
    assert span_colours("no colour", theme) == span_colours("#777777", theme)


@THEMES
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        *product(("text", "muted", "alarm", "caution", "good", "accent"), ("page", "window", "raised")),
        *product(("text",), ("hover", "selection", "match")),
        ("accent_text", "accent"),
    ],
)
def test_words_can_be_read_on_their_ground(theme: Theme, words: str, ground: str) -> None:
    assert contrast(getattr(theme, words), getattr(theme, ground)) >= 4.5


def test_contrast_is_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_colour_moves_no_further_than_it_must() -> None:
    assert readable("#000000", on="#ffffff", towards="#000000", ratio=4.5) == "#000000"
    moved = readable("#e69f00", on="#ffffff", towards="#000000", ratio=4.5)
    assert 4.5 <= contrast(moved, "#ffffff") < 5.2


def test_mix_goes_from_ground_to_colour() -> None:
    assert [mix("#000000", "#ff8000", share) for share in (0, 0.5, 1)] == ["#000000", "#804000", "#ff8000"]


@pytest.mark.parametrize(("choice", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_application_wears_the_chosen_theme(qapp: QApplication, choice: ThemeChoice, theme: Theme) -> None:
    assert apply_theme(qapp, choice) == theme

    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Base) == QColor(theme.page)
    assert palette.color(QPalette.ColorRole.Window) == QColor(theme.window)
    assert theme.raised in qapp.styleSheet()
    apply_theme(qapp, "light")


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
@pytest.mark.parametrize("is_on", [True, False])
def test_box_to_tick_has_a_frame_that_can_be_seen(
    qtbot: QtBot, qapp: QApplication, kind: type[QCheckBox | QRadioButton], choice: ThemeChoice, is_on: bool
) -> None:
    theme = apply_theme(qapp, choice)
    box = kind()
    qtbot.addWidget(box)
    box.setChecked(is_on)

    picture = box.grab().toImage()

    middle = picture.height() // 2
    edge = [picture.pixelColor(x, middle).name() for x in range(4)]
    assert max(contrast(colour, theme.window) for colour in edge) > 1.5


def test_theme_can_follow_the_system(qapp: QApplication) -> None:
    assert apply_theme(qapp, "system") in (LIGHT, DARK)
    apply_theme(qapp, "light")


@THEMES
def test_icons_are_drawn_in_the_colours_of_the_theme(qtbot: QtBot, theme: Theme) -> None:
    for name in icon_names():
        pixmap = icon(name, theme).pixmap(QSize(40, 40), 1.0, QIcon.Mode.Normal)
        image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
        pixels = numpy.frombuffer(image.constBits(), numpy.uint32)
        solid = {int(pixel) & 0xFFFFFF for pixel in pixels[pixels >> 24 == 255]}

        assert solid, name
        assert all(contrast(f"#{pixel:06x}", theme.window) >= 4.5 for pixel in solid), name


def test_unknown_icon_is_a_mistake(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no such icon", LIGHT)
