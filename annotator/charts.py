"""Charts as SVG text: the same values give the same bytes, without Qt or a plotting library.

A chart is made of the small pieces at the end (`text`, `box`, `drawing`), so that another kind of chart is
one more function. Colours are named in Inks. By default a picture brings both, the dark ones for readers
whose system is dark; Qt's SVG does not know such a choice, so give it LIGHT or DARK.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_SIZE = 13
_LETTER = 7.0  # the width of a letter on average, in pixels; long words are cut by it
_MARGIN, _ROW, _BAR = 16, 24, 14
_LABEL_LETTERS = 32
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a chart: of its ground, its words, its lines, and of up to four series.

    Words have a contrast of at least 4.5 to the ground, series one of 3.
    """

    paper: str
    ink: str
    muted: str
    line: str
    series: tuple[str, str, str, str]


LIGHT = Inks("#ffffff", "#1f2328", "#59636e", "#d1d9e0", ("#2f6fb3", "#b35c00", "#3a7d44", "#8250a8"))
DARK = Inks("#15191e", "#e6edf3", "#9aa4af", "#3a424c", ("#6cb2f0", "#e8a04c", "#7cc68a", "#c297e8"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: its name, and a value for each series."""

    name: str
    values: tuple[float, ...]


def bar_chart(
    title: str,
    bars: Sequence[Bar],
    *,
    series: Sequence[str] = (),
    inks: Inks | None = None,
    width: int = 720,
) -> str:
    """Lying bars with the values of the series one behind the other, and their sum at the end.

    `series` names them in a legend; without it there is one. `inks` None brings light and dark. Raises
    ValueError for more than four series, or a bar with another number of values.
    """
    count = max(1, len(series))
    if count > len(LIGHT.series) or any(len(bar.values) != count for bar in bars):
        raise ValueError("a bar has one value for each of at most four series")
    left = _MARGIN + min(_LABEL_LETTERS, max((len(bar.name) for bar in bars), default=0)) * _LETTER + 8
    most = max((sum(bar.values) for bar in bars), default=0)
    sums = [_number(sum(bar.values)) for bar in bars]
    right = _MARGIN + max((len(words) for words in sums), default=0) * _LETTER + 6
    scale = (width - left - right) / most if most else 0.0
    pieces = [text(title, _MARGIN, _MARGIN + _SIZE, weight=600)]
    top = _MARGIN + _ROW + 4
    if series:
        pieces += _legend(series, top)
        top += _ROW + 4
    for bar, total in zip(bars, sums, strict=True):
        middle = top + _ROW / 2 + _SIZE / 2 - 2
        pieces.append(text(shortened(bar.name), left - 8, middle, anchor="end", whole=bar.name))
        x = left
        for place, value in enumerate(bar.values):
            if value > 0:
                pieces.append(box(x, top + (_ROW - _BAR) / 2, value * scale, _BAR, f"s{place}"))
                x += value * scale
        pieces.append(text(total, x + 6, middle, kind="muted"))
        top += _ROW
    described = "; ".join(f"{bar.name}: {total}" for bar, total in zip(bars, sums, strict=True))
    return drawing(title, described, pieces, width=width, height=round(top + _MARGIN), inks=inks)


def _legend(series: Sequence[str], top: float) -> list[str]:
    pieces, x = [], float(_MARGIN)
    for place, name in enumerate(series):
        pieces.append(box(x, top + 5, 12, 12, f"s{place}"))
        pieces.append(text(shortened(name), x + 18, top + 16, kind="muted", whole=name))
        x += 18 + min(len(name), _LABEL_LETTERS) * _LETTER + 20
    return pieces


# -- what charts are made of


def drawing(
    title: str, description: str, pieces: Iterable[str], *, width: int, height: int, inks: Inks | None
) -> str:
    """A whole SVG with its ground, its title and a description for those who cannot see it."""
    chosen = inks or LIGHT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family={quoteattr(_FONT)} font-size="{_SIZE}">'
    )
    lines = [head, f"<title>{_plain(title)}</title>", f"<desc>{_plain(description)}</desc>"]
    if inks is None:
        lines.append(f"<style>@media (prefers-color-scheme: dark) {{{_rules(DARK)}}}</style>")
    ground = f'<rect class="paper" width="{width}" height="{height}" rx="6" fill="paper"/>'
    colours = {**_colours(chosen)}
    drawn = (_coloured(piece, colours) for piece in (ground, *pieces))
    return "\n".join([*lines, *drawn, "</svg>"]) + "\n"


def text(
    words: str,
    x: float,
    y: float,
    *,
    kind: str = "ink",
    anchor: str = "start",
    weight: int = 400,
    whole: str = "",
) -> str:
    """Words at a place, `y` their base line; `whole` is what a pointer is shown where they were cut."""
    shown = _plain(words)
    if whole and whole != words:
        shown = f"<title>{_plain(whole)}</title>{shown}"
    style = ("" if anchor == "start" else f' text-anchor="{anchor}"') + (
        "" if weight == 400 else f' font-weight="{weight}"'
    )
    return f'<text class="{kind}" x="{_number(x)}" y="{_number(y)}"{style} fill="{kind}">{shown}</text>'


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A filled rectangle; `kind` names its colour: paper, line, or s0 to s3 for a series."""
    place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
    return f'<rect class="{kind}" {place} fill="{kind}"/>'


def shortened(name: str) -> str:
    """A name that has room beside a bar."""
    return name if len(name) <= _LABEL_LETTERS else f"{name[: _LABEL_LETTERS - 1].rstrip()}…"


def _colours(inks: Inks) -> Mapping[str, str]:
    named = {"paper": inks.paper, "ink": inks.ink, "muted": inks.muted, "line": inks.line}
    return named | {f"s{place}": colour for place, colour in enumerate(inks.series)}


def _coloured(piece: str, colours: Mapping[str, str]) -> str:
    """The piece with the colour of its kind; the class stays for the dark rules."""
    return re.sub(r' fill="(\w+)"', lambda match: f' fill="{colours[match.group(1)]}"', piece, count=1)


def _rules(inks: Inks) -> str:
    return "".join(f".{kind}{{fill:{colour}}}" for kind, colour in _colours(inks).items())


def _number(value: float) -> str:
    """At most two decimals, and none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _plain(words: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", words))
