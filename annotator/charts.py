"""Charts as SVG text: the same values give the same bytes, without Qt or a plotting library.

A chart is made of the small pieces at the end (`text`, `box`, `drawing`), so that another kind of chart is
one more function. Colours are named in Inks. By default a picture brings both, the dark ones for readers
whose system is dark; Qt's SVG does not know such a choice, so give it LIGHT or DARK.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

_FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_SIZE = 13
_LETTER = 7.0  # the width of a letter on average, in pixels; long words are cut by it
_MARGIN, _ROW, _BAR = 16, 24, 14
_LABEL_LETTERS = 32
_DOT_LETTERS = 44  # names of measures differ at their ends
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


@dataclass(frozen=True, slots=True)
class Dot:
    """A row of a chart of values with intervals; `note` stands behind the value, or for it."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


_SCALE = (0.0, 0.25, 0.5, 0.75, 1.0)


def dot_chart(
    title: str,
    dots: Sequence[Dot],
    *,
    lines: Sequence[float] = (),
    inks: Inks | None = None,
    width: int = 720,
) -> str:
    """Values up to 1 as dots on a scale, with their intervals as bars; `lines` are marked for orientation."""
    left = _MARGIN + min(_DOT_LETTERS, max((len(dot.name) for dot in dots), default=0)) * _LETTER + 8
    right = (
        _MARGIN + max((len(_told(dot)) for dot in dots if dot.value is not None), default=0) * _LETTER + 12
    )
    known = [value for dot in dots for value in (dot.value, dot.low) if value is not None]
    least = min([0.0, *known])
    room = width - left - right

    def place(value: float) -> float:
        return left + (value - least) / (1 - least) * room

    top = _MARGIN + _ROW + 4
    bottom = top + _ROW * len(dots)
    pieces = [text(title, _MARGIN, _MARGIN + _SIZE, weight=600)]
    pieces += [box(place(at), top, 1, bottom - top, "line") for at in _SCALE]
    pieces += [box(place(at), top, 1, bottom - top, "muted") for at in lines]
    pieces += [
        text(_number(at), place(at), bottom + _SIZE + 2, kind="muted", anchor="middle") for at in _SCALE
    ]
    for row, dot in enumerate(dots):
        middle = top + row * _ROW + _ROW / 2
        name = shortened(dot.name, _DOT_LETTERS)
        pieces.append(text(name, left - 8, middle + 4.5, anchor="end", whole=dot.name))
        if dot.value is None:
            pieces.append(text(dot.note, left + 6, middle + 4.5, kind="muted"))
            continue
        if dot.low is not None and dot.high is not None:
            pieces.append(
                box(place(dot.low), middle - 1.5, max(1.0, place(dot.high) - place(dot.low)), 3, "s0")
            )
        pieces.append(box(place(dot.value) - 4.5, middle - 4.5, 9, 9, "s0"))
        pieces.append(text(_told(dot), width - right + 12, middle + 4.5, kind="muted"))
    described = "; ".join(f"{dot.name}: {_told(dot)}" for dot in dots)
    return drawing(title, described, pieces, width=width, height=round(bottom + _ROW + 8), inks=inks)


def _told(dot: Dot) -> str:
    if dot.value is None:
        return dot.note
    return f"{dot.value:.3f}{' ' * bool(dot.note)}{dot.note}"


def line_chart(
    title: str,
    points: Sequence[tuple[float, float]],
    *,
    across: str,
    inks: Inks | None = None,
    width: int = 720,
    height: int = 260,
) -> str:
    """Values from 0 to 1 over a number that grows from 0, as a line through all points in order.

    `across` names that number. Each point has its value beside it.
    """
    left, right = _MARGIN + 5 * _LETTER, width - _MARGIN - 5 * _LETTER
    # Between title and scale the value of a point at 1 has room.
    top, bottom = _MARGIN + 2 * _ROW, height - _MARGIN - _ROW - 4
    most = max((x for x, _ in points), default=0) or 1

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return left + point[0] / most * (right - left), bottom - point[1] * (bottom - top)

    pieces = [text(title, _MARGIN, _MARGIN + _SIZE, weight=600)]
    for at in _SCALE:
        y = place((0, at))[1]
        pieces.append(box(left, y, right - left, 1, "line"))
        pieces.append(text(_number(at), left - 8, y + 4.5, kind="muted", anchor="end"))
    placed = [place(point) for point in points]
    pieces += [_stroke(one, other, "s0") for one, other in pairwise(placed)]
    written = float("-inf")
    for (x, y), (number, value) in zip(placed, points, strict=True):
        pieces.append(box(x - 4, y - 4, 8, 8, "s0"))
        pieces.append(text(f"{value:.2f}", x, y - 10, anchor="middle"))
        if x - written > 4 * _LETTER:
            pieces.append(text(_number(number), x, bottom + _SIZE + 5, kind="muted", anchor="middle"))
            written = x
    pieces.append(text(across, (left + right) / 2, height - _MARGIN + 4, kind="muted", anchor="middle"))
    described = "; ".join(f"{_number(number)}: {value:.2f}" for number, value in points)
    return drawing(title, described, pieces, width=width, height=height, inks=inks)


def _stroke(one: tuple[float, float], other: tuple[float, float], kind: str) -> str:
    """A line two pixels wide between two places, as an area, since colours are those of areas."""
    across, down = other[0] - one[0], other[1] - one[1]
    length = math.hypot(across, down) or 1.0
    right, up = -down / length, across / length
    corners = (
        (one[0] + right, one[1] + up),
        (other[0] + right, other[1] + up),
        (other[0] - right, other[1] - up),
        (one[0] - right, one[1] - up),
    )
    places = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
    return f'<polygon class="{kind}" points="{places}" fill="{kind}"/>'


def heatmap(
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    inks: Inks | None = None,
) -> str:
    """A table of numbers, each on a ground as strong as its share of the greatest; None is left empty.

    `values` has a row for each of `rows`, a value for each of `columns`.
    """
    left = _MARGIN + min(_LABEL_LETTERS, max(map(len, rows), default=0)) * _LETTER + 8
    letters = max([3, *(min(12, len(name)) for name in columns)])
    wide, high = letters * _LETTER + 12, _ROW + 4
    width = max(
        round(left + wide * len(columns) + _MARGIN), round(2 * _MARGIN + len(title) * (_LETTER + 0.6))
    )
    most = max((value for row in values for value in row if value is not None), default=0) or 1
    pieces = [text(title, _MARGIN, _MARGIN + _SIZE, weight=600)]
    top = _MARGIN + 2 * _ROW + 4
    for at, name in enumerate(columns):
        shown = name if len(name) <= 12 else f"{name[:11].rstrip()}…"
        pieces.append(
            text(shown, left + (at + 0.5) * wide, top - 8, kind="muted", anchor="middle", whole=name)
        )
    for at, (name, own) in enumerate(zip(rows, values, strict=True)):
        y = top + at * high
        pieces.append(text(shortened(name), left - 8, y + high / 2 + 4.5, anchor="end", whole=name))
        for column, value in enumerate(own):
            if value is not None:
                x = left + column * wide
                pieces.append(_shade(x, y, wide - 2, high - 2, max(0.0, value / most)))
                words = _number(value)
                pieces.append(text(words, x + wide / 2 - 1, y + high / 2 + 4, anchor="middle"))
    described = "; ".join(
        f"{row} / {column}: {_number(value)}"
        for row, own in zip(rows, values, strict=True)
        for column, value in zip(columns, own, strict=True)
        if value
    )
    height = round(top + high * len(rows) + _MARGIN)
    return drawing(title, described, pieces, width=width, height=height, inks=inks)


def _shade(x: float, y: float, width: float, height: float, share: float) -> str:
    """A cell, at most so strong that words on it keep their contrast."""
    place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
    return f'<rect class="s0" {place} fill="s0" fill-opacity="{_number(0.06 + 0.34 * share)}"/>'


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


def shortened(name: str, letters: int = _LABEL_LETTERS) -> str:
    """A name that has room beside a bar."""
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"


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
