"""The disagreement in focus, large: its words, and under them a bar for each candidate that has them.

All of it is painted and nothing is a widget of its own, so that the next disagreement is there in a frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from annotator.geometry import Range
from annotator.model import Fragment
from ui.panels.label_chip import chip_width, paint_chip, paint_key
from ui.panels.themed import SMALL, scaled_font, theme_of
from ui.review.focus import Focus, Variant
from ui.theme import span_colours
from ui.views.reading import ReadingStyle

_MARGIN = 16.0
_CAP = 17.0
_BAR = 9.0
_GAP = 4.0
_WITH_CTRL = range(10, 13)  # columns that are taken by Ctrl and a digit


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word where it stands on its line."""

    word: Range
    x: float
    width: float


class FocusView(QWidget):
    """Shows a Focus; its height follows from what there is to show at its width."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._focus: Focus | None = None
        self._lines: list[list[_Placed]] = []
        self._decided = ""
        self._hint = ""
        self._absent_words = self.tr("no span")
        self._reading = ReadingStyle(size=13).font()
        self._underlined = QFont(self._reading)
        self._underlined.setUnderline(True)
        self.setAccessibleName(self.tr("Disagreement in focus"))

    def show_focus(self, text: str, focus: Focus | None, decided: str = "", hint: str = "") -> None:
        """Show another unit, what is decided of it in words, and what it most likely is."""
        self._text, self._focus, self._decided, self._hint = text, focus, decided, hint
        is_link = focus is not None and focus.is_link
        self._absent_words = self.tr("no link") if is_link else self.tr("no span")
        self._set()
        self.setAccessibleDescription(self._in_words())

    @property
    def focus(self) -> Focus | None:
        """What is shown."""
        return self._focus

    def _in_words(self) -> str:
        focus = self._focus
        if focus is None:
            return ""
        said = [
            f"{', '.join(variant.names or map(str, variant.numbers))}: {variant.label}, "
            + " … ".join(self._text[start:end] for start, end in variant.fragments)
            for variant in focus.variants
        ]
        said += [f"{name}: {self._absent_words}" for _number, name in focus.absent]
        return "; ".join([*said, *(words for words in (self._hint, self._decided) if words)])

    # -- where everything stands

    def _set(self) -> None:
        self._lines = self._set_words()
        self.setMinimumHeight(round(self._height()))
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._set()

    def sizeHint(self) -> QSize:
        return QSize(640, self.minimumHeight())

    @property
    def _gutter(self) -> float:
        """Where the words begin: right of the numbers of the variant with the most."""
        most = max((len(each.numbers) for each in self._variants), default=1)
        return _MARGIN + most * 11 + 12

    @property
    def _variants(self) -> Sequence[Variant]:
        return () if self._focus is None else self._focus.variants

    def _set_words(self) -> list[list[_Placed]]:
        if self._focus is None:
            return []
        metrics = QFontMetricsF(self._reading)
        space, left, right = metrics.horizontalAdvance(" "), self._gutter, self.width() - _MARGIN
        lines: list[list[_Placed]] = []
        for words in self._focus.words(self._text):
            line: list[_Placed] = []
            x = left
            for word in words:
                width = metrics.horizontalAdvance(self._text[word.start : word.end])
                if line and x + width > right:
                    lines.append(line)
                    line, x = [], left
                line.append(_Placed(word, x, width))
                x += width + space
            if line:
                lines.append(line)
        return lines

    def _line_height(self, line: list[_Placed]) -> float:
        """A line that no variant reaches has no room for bars below it."""
        whole = Range(line[0].word.start, line[-1].word.end)
        is_reached = any(_has(variant.fragments, whole) for variant in self._variants)
        bars = len(self._variants) * (_BAR + 1) if is_reached else 0
        return QFontMetricsF(self._reading).height() + bars + _GAP + 3

    def _row_height(self) -> float:
        return max(_CAP, QFontMetricsF(self.font()).height()) + 6

    def _height(self) -> float:
        rows = len(self._variants) + len(self._focus.absent if self._focus else ())
        rows += bool(self._hint)
        words = sum(map(self._line_height, self._lines))
        return 2 * 10 + words + 6 + rows * self._row_height() + self._decided_height()

    def _decided_height(self) -> float:
        """What is decided is told in as many lines as it has."""
        if not self._decided:
            return 0
        room = QRectF(0, 0, self.width() - 2 * _MARGIN, 0)
        box = QFontMetricsF(self.font()).boundingRect(room, Qt.TextFlag.TextWordWrap, self._decided)
        return max(self._row_height(), box.height() + 6)

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(theme_of(self).page))
            if self._focus is None:
                return
            y = 10.0
            for number, line in enumerate(self._lines):
                self._paint_line(painter, line, y, is_cut=self._is_cut_before(number))
                y += self._line_height(line)
            self._paint_rows(painter, y + 6)

    def _is_cut_before(self, number: int) -> bool:
        """Whether text is left out before a line, which is then the first of another piece."""
        if number == 0:
            return False
        gap = self._text[self._lines[number - 1][-1].word.end : self._lines[number][0].word.start]
        return bool(gap.strip())

    def _paint_line(self, painter: QPainter, line: list[_Placed], y: float, *, is_cut: bool) -> None:
        theme, metrics = theme_of(self), QFontMetricsF(self._reading)
        painter.setFont(self._reading)
        if is_cut:
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(_MARGIN, y, self._gutter, metrics.height()), 0, "[…]")
        for run, covered, is_in_question in self._runs(line):
            painter.setPen(QColor(theme.text if covered else theme.muted))
            painter.setFont(self._underlined if is_in_question else self._reading)
            words = " ".join(self._text[each.word.start : each.word.end] for each in run)
            painter.drawText(round(run[0].x), round(y + metrics.ascent()), words)
        for number, variant in enumerate(self._variants):
            top = y + metrics.height() + 2 + number * (_BAR + 1)
            self._paint_bar(painter, line, variant, top)

    def _runs(self, line: list[_Placed]) -> list[tuple[list[_Placed], bool, bool]]:
        """Words in a row that are painted alike: whether any candidate has them, and whether not all do."""
        runs: list[tuple[list[_Placed], bool, bool]] = []
        for placed in line:
            having = sum(_has(variant.fragments, placed.word) for variant in self._variants)
            kind = having > 0, 0 < having < len(self._variants)
            if runs and runs[-1][1:] == kind and not kind[1]:
                runs[-1][0].append(placed)
            else:
                runs.append(([placed], *kind))
        return runs

    def _paint_bar(self, painter: QPainter, line: list[_Placed], variant: Variant, top: float) -> None:
        stretches = self._stretches(line, variant.fragments)
        if not stretches:
            return
        theme = theme_of(self)
        colours = span_colours(variant.colour, theme)
        painter.setPen(Qt.PenStyle.NoPen)
        for left, right in stretches:
            painter.setBrush(colours.chip)
            painter.drawRoundedRect(QRectF(left, top, right - left, _BAR), 2, 2)
            painter.setBrush(colours.line)
            painter.drawRect(QRectF(left, top + _BAR - 2.5, right - left, 2.5))
        painter.setFont(scaled_font(self.font(), 0.72))
        painter.setPen(QPen(QColor(theme.muted)))
        numbers = " ".join(str(number) for number in variant.numbers)
        box = QRectF(_MARGIN - 4, top - 2, self._gutter - _MARGIN - 2, _BAR + 4)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, numbers)

    def _stretches(self, line: list[_Placed], fragments: Sequence[Fragment]) -> list[tuple[float, float]]:
        """The stretches of a line that fragments cover, to the letter; words in a row are one."""
        metrics = QFontMetricsF(self._reading)
        found: list[tuple[float, float]] = []
        reached = -1  # how far in the text the last stretch goes
        for placed in line:
            word = placed.word
            for start, end in fragments:
                first, last = max(start, word.start), min(end, word.end)
                if first >= last:
                    continue
                text = self._text
                left = placed.x + metrics.horizontalAdvance(text[word.start : first])
                right = placed.x + metrics.horizontalAdvance(text[word.start : last])
                if found and start <= reached:
                    found[-1] = (found[-1][0], right)
                else:
                    found.append((left, right))
                reached = last
        return found

    def _paint_rows(self, painter: QPainter, y: float) -> None:
        height = self._row_height()
        for variant in self._variants:
            x = self._paint_caps(painter, variant.numbers, y)
            painter.setFont(scaled_font(self.font(), SMALL, bold=True))
            width = chip_width(variant.label, painter.font())
            paint_chip(painter, QRectF(x, y, width, _CAP + 1), variant.label, variant.colour, theme_of(self))
            said = "   ".join(part for part in (", ".join(variant.names), variant.attributes) if part)
            self._paint_words(painter, said, x + width + 10, y)
            y += height
        for number, name in self._focus.absent if self._focus else ():
            x = self._paint_caps(painter, (number,), y)
            self._paint_words(painter, f"{self._absent_words}   {name}", x, y, is_muted=True)
            y += height
        if self._hint:
            self._paint_words(painter, self._hint, _MARGIN, y, is_muted=True)
            y += height
        if self._decided:
            painter.setFont(self.font())
            painter.setPen(QColor(theme_of(self).text))
            box = QRectF(_MARGIN, y, self.width() - 2 * _MARGIN, self._decided_height())
            painter.drawText(box, Qt.TextFlag.TextWordWrap, self._decided)

    def _paint_caps(self, painter: QPainter, numbers: Sequence[int], y: float) -> float:
        """The keys that take a variant; where what follows them begins."""
        painter.setFont(scaled_font(self.font(), SMALL))
        x = _MARGIN
        for number in numbers:
            if 0 < number < 10:
                paint_key(painter, QRectF(x, y, _CAP, _CAP), str(number), theme_of(self))
                x += _CAP + 3
            elif number in _WITH_CTRL:
                words = f"CTRL {number - 9}"
                width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 10
                paint_key(painter, QRectF(x, y, width, _CAP), words, theme_of(self))
                x += width + 3
        return x + 5

    def _paint_words(
        self, painter: QPainter, words: str, x: float, y: float, *, is_muted: bool = False
    ) -> None:
        theme = theme_of(self)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.muted if is_muted else theme.text))
        room = self.width() - x - _MARGIN
        shown = QFontMetricsF(self.font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, y, room, _CAP + 1), Qt.AlignmentFlag.AlignVCenter, shown)


def _has(fragments: Sequence[Fragment], word: Range) -> bool:
    """Whether a word is covered, at least in part."""
    return any(start < word.end and end > word.start for start, end in fragments)


class FocusArea(QScrollArea):
    """A FocusView as far as there is room for it; the rest is scrolled to."""

    def __init__(self, view: FocusView) -> None:
        super().__init__()
        self.setWidget(view)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(130)

    def show_top(self) -> None:
        """Show the beginning."""
        self.verticalScrollBar().setValue(0)

    def scroll_on(self) -> None:
        """Show what is below, but for a line."""
        self._scroll(1)

    def scroll_back(self) -> None:
        """Show what is above, but for a line."""
        self._scroll(-1)

    def _scroll(self, way: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + way * max(1, bar.pageStep() - self.fontMetrics().lineSpacing()))
