"""The fields of the schema editor: labels or kinds to choose, lines of values, a colour that can be judged.

Each tells by `edited` that it was changed by hand; being filled tells nothing.
"""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QColorDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.model import AttributeValue
from annotator.schema import AttributeType
from ui.dialogs.frame import side_button
from ui.panels.fields import ChoiceField
from ui.panels.label_chip import paint_chip
from ui.panels.themed import SMALL, Words, scaled_font
from ui.theme import DARK, LIGHT, Theme
from ui.theme.contrast import contrast

_SAMPLE = 84
_VISIBLE = 3.0  # the contrast with the page from which a colour by itself is easily seen


class ChecksField(QWidget):
    """Names side by side, some of them chosen: an attribute's field of several choices, for labels and kinds.

    Signals:
        edited: A name was chosen, or not any more, by hand.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self._chosen: tuple[str, ...] = ()
        self.field: ChoiceField | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def fill(self, entries: Iterable[tuple[str, str]], chosen: tuple[str, ...]) -> None:
        """Show entries, each an id and a name, with those in `chosen` chosen."""
        names = dict(entries)
        self._chosen = chosen
        if self.field is None or names != self._names:
            self._names = names
            self._make_field()
        if self.field is not None:
            self.field.show_value(chosen or None)

    def chosen(self) -> tuple[str, ...]:
        """The ids that are chosen; in the order they were given in, as long as none is changed."""
        return self._chosen

    def _make_field(self) -> None:
        if self.field is not None:
            self._layout.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
        values = tuple(self._names)
        attribute = AttributeType("", self.accessibleName(), (), "choices", values)
        self.field = ChoiceField(attribute, values, words=self._words)
        self.field.chosen.connect(self._on_chosen)
        self._layout.addWidget(self.field)
        self.setFocusProxy(self.field)

    def _words(self, value: AttributeValue) -> str:
        chosen = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(self._names.get(each, each) for each in chosen)

    def _on_chosen(self, value: AttributeValue | None) -> None:
        self._chosen = value if isinstance(value, tuple) else ()
        if self.field is not None:
            self.field.show_value(value)
        self.edited.emit()


class LinesField(QPlainTextEdit):
    """Values, one a line; Tab goes on to the next field.

    Signals:
        edited: The field was left with other lines than it was filled with.
    """

    edited = Signal()

    def __init__(self, hint: str, *, rows: int = 3) -> None:
        super().__init__(tabChangesFocus=True, placeholderText=hint)
        self._filled: tuple[str, ...] = ()
        self.setFixedHeight(self.fontMetrics().lineSpacing() * rows + 14)

    def fill(self, lines: Iterable[str]) -> None:
        """Show values; where they are shown already, the caret stays."""
        self._filled = tuple(lines)
        if self._filled != self.lines():
            self.setPlainText("\n".join(self._filled))

    def lines(self) -> tuple[str, ...]:
        return tuple(filter(None, (line.strip() for line in self.toPlainText().split("\n"))))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.lines() != self._filled:
            self.edited.emit()


class ColourField(QWidget):
    """A colour as #RRGGBB, how a chip looks with it in both themes, and whether it can be seen.

    Signals:
        edited: Another colour was typed or chosen.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit(maxLength=7)
        self.line.setAccessibleName(self.tr("Colour"))
        self.line.setFixedWidth(self.fontMetrics().horizontalAdvance("#MMMMMM") + 24)
        self.choose = side_button(self.tr("C&hoose…"))
        self.samples = _Samples()
        self.judgement = Words(tone="muted", size=SMALL)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        layout.addWidget(self.line, 0, 0)
        layout.addWidget(self.choose, 0, 1)
        layout.addWidget(self.samples, 1, 0, 1, 2)
        layout.addWidget(self.judgement, 2, 0, 1, 3)
        layout.setColumnStretch(2, 1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._judge)
        self.line.editingFinished.connect(self._on_finished)
        self.choose.clicked.connect(self._choose)
        self._filled = ""

    def fill(self, name: str, colour: str) -> None:
        """Show the colour of a label of that name."""
        self._filled = colour
        self.line.setText(colour)
        self.samples.name = name
        self._judge()

    def colour(self) -> str:
        return self.line.text().strip()

    def _on_finished(self) -> None:
        if self.colour() != self._filled:
            self.edited.emit()

    def _choose(self) -> None:
        dialog = QColorDialog(QColor(self.colour()), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._take)
        dialog.open()

    def _take(self, colour: QColor) -> None:
        self.line.setText(colour.name().upper())
        self._judge()
        self._on_finished()

    def _judge(self) -> None:
        colour = self.colour()
        if len(colour) != 7 or not QColor.isValidColorName(colour):
            self.judgement.setText(self.tr("A colour is written like #56B4E9."))
            self.samples.show_colour("")
            return
        self.samples.show_colour(colour)
        weak = [
            words
            for theme, words in ((LIGHT, self.tr("on light")), (DARK, self.tr("on dark")))
            if contrast(colour, theme.page) < _VISIBLE
        ]
        if weak:
            sentence = self.tr(
                "Pale {where}: the line under a span is made stronger there; text stays readable."
            )
            self.judgement.setText(sentence.format(where=self.tr(" and ").join(weak)))
            self.judgement.set_tone("caution")
        else:
            self.judgement.setText(self.tr("Easily seen on light and on dark."))
            self.judgement.set_tone("muted")


class _Samples(QWidget):
    """The chip of a label as both themes have it."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self._colour = ""
        self.setFont(scaled_font(self.font(), SMALL, bold=True))
        self.setFixedSize(2 * _SAMPLE, 26)

    def show_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._colour:
            painter = QPainter(self)
            for left, theme in ((0, LIGHT), (_SAMPLE, DARK)):
                self._paint(painter, QRectF(left, 0, _SAMPLE - 4, self.height()), theme)

    def _paint(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        painter.fillRect(rect, QColor(theme.page))
        paint_chip(painter, rect.adjusted(6, 4, -6, -4), self.name, self._colour, theme)
