"""Values of a span that its label schema does not have, as imported data bring them: kept, shown, removable.

What the schema knows is in the form above; here is the rest, so that nothing a span carries stays unseen.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.flags import FLAG
from annotator.model import Annotation, AttributeValue
from ui.panels.fields import value_words
from ui.panels.themed import SMALL, Words, theme_of
from ui.session import Session
from ui.theme import icon


class Strange(NamedTuple):
    """A value outside the schema; where `is_known`, the span may have the attribute with another value."""

    attribute: str
    name: str
    value: AttributeValue
    is_known: bool


def strange_values(session: Session, span: Annotation) -> tuple[Strange, ...]:
    """What a span of the open document carries that the schema in force does not have for it."""
    kind = "" if session.document is None else session.document.kind
    known = {attribute.id: attribute for attribute in session.schema.attributes_of(span.label, kind)}
    return tuple(
        Strange(name, known[name].name if name in known else name, value, name in known)
        for name, value in span.attributes.items()
        if name != FLAG and not (name in known and known[name].accepts(value))
    )


class StrangeValues(QWidget):
    """A row for each value, with a cross that takes it away.

    Signals:
        removed: A value is to be taken away (the attribute's id).
        left: Esc was pressed.
    """

    removed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_StrangeRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3)
        self._layout.addWidget(Words(self.tr("Not in the label schema"), tone="caution", size=SMALL))
        self.hide()

    def show_values(self, values: Sequence[Strange]) -> None:
        """Show these values, and nothing where there are none."""
        while len(self._rows) < len(values):
            row = _StrangeRow()
            row.removed.connect(self.removed)
            row.left.connect(self.left)
            self._rows.append(row)
            self._layout.addWidget(row)
        for index, row in enumerate(self._rows):
            if index < len(values):
                row.show_value(values[index])
            row.setVisible(index < len(values))
        self.setVisible(bool(values))

    def shown(self) -> list[str]:
        """The sentences that are shown."""
        return [row.words.text() for row in self._rows if not row.isHidden()]

    def rows(self) -> list[QWidget]:
        """The rows that are shown."""
        return [row for row in self._rows if not row.isHidden()]


class _StrangeRow(QWidget):
    """One value; Delete or its cross takes it away."""

    removed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._attribute = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words = Words(is_selectable=True)
        self._cross = QToolButton(autoRaise=True)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setToolTip(self.tr("Take the value away (Delete)"))
        self._cross.setAccessibleName(self.tr("Take the value away"))
        self._cross.clicked.connect(lambda: self.removed.emit(self._attribute))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 2, 3, 2)
        layout.addWidget(self.words, 1)
        layout.addWidget(self._cross)
        self._show_icon()

    def show_value(self, strange: Strange) -> None:
        self._attribute = strange.attribute
        self.words.setText(f"{strange.name}: {value_words(strange.value)}")
        self.words.setToolTip(
            self.tr("The schema does not have this value for {name}.").format(name=strange.name)
            if strange.is_known
            else self.tr("The schema does not have this attribute for such spans.")
        )
        self.setAccessibleName(self.words.text())
        self.setAccessibleDescription(self.words.toolTip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.removed.emit(self._attribute)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        painter.setPen(QColor(theme.accent if self.hasFocus() else theme.line))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _show_icon(self) -> None:
        self._cross.setIcon(icon("close", theme_of(self)))
