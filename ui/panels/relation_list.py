"""The links of the selected span, one row each, with the choices that qualify a link.

Rows are reused from span to span. Enter or a click on a row goes to the span at the other end, Delete or
its cross takes the link away.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.model import AttributeValue
from ui.panels.elided_label import ElidedLabel
from ui.panels.fields import Field, make_field, value_words
from ui.panels.label_chip import LabelChip
from ui.panels.links import Link
from ui.panels.themed import SMALL, Words, scaled_font, theme_of
from ui.theme import icon


class RelationRow(QWidget):
    """One link.

    Signals:
        activated: The row was chosen: go to the annotation at the other end (its id).
        unlinked: The link is to be taken away (the relation's id).
        qualified: A choice of the link: the relation's id, the attribute's id, and the value or None.
        left: Esc was pressed.
    """

    activated = Signal(str)
    unlinked = Signal(str)
    qualified = Signal(str, str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.link: Link | None = None
        self._fields: dict[str, Field] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._type = ElidedLabel(role=QPalette.ColorRole.PlaceholderText)
        self._type.setFont(scaled_font(self.font(), SMALL))
        self._chip = LabelChip()
        self._words = ElidedLabel()
        self._cross = QToolButton()
        self._cross.setAutoRaise(True)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setToolTip(self.tr("Unlink (Delete)"))
        self._cross.setAccessibleName(self.tr("Unlink"))
        self._cross.clicked.connect(self._unlink)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 4, 3, 5)
        self._layout.setSpacing(2)
        self._layout.addLayout(_line(self._type, self._cross))
        self._layout.addLayout(_line(self._chip, self._words))
        self._strange = Words(tone="caution", size=SMALL)
        self._layout.addWidget(self._strange)
        self._show_icon()

    def show_link(self, link: Link) -> None:
        """Show another link, or the same one with other choices."""
        if self.link is None or link.type != self.link.type:
            self._make_fields(link)
        self.link = link
        name = link.name
        self._type.set_text(f"{name} →" if link.is_outgoing else f"← {name}")
        colour = "#777777" if link.label is None else link.label.colour
        self._chip.show_label(link.other.label if link.label is None else link.label.name, colour)
        where = f" ({link.document})" if link.document else ""
        self._words.set_text(link.words + where)
        self.setAccessibleName(f"{self._type.text()} {link.words}{where}")
        for attribute, field in self._fields.items():
            field.show_value(link.relation.attributes.get(attribute))
        self._strange.setText(_strange_words(link))
        self._strange.setVisible(bool(self._strange.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._activate()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._unlink()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._activate()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1))
        painter.setBrush(QColor(theme.hover if self.underMouse() else theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _activate(self) -> None:
        if self.link is not None:
            self.activated.emit(self.link.other.id)

    def _unlink(self) -> None:
        if self.link is not None:
            self.unlinked.emit(self.link.relation.id)

    def _qualify(self, attribute: str, value: AttributeValue | None) -> None:
        if self.link is not None:
            self.qualified.emit(self.link.relation.id, attribute, value)

    def _make_fields(self, link: Link) -> None:
        for field in self._fields.values():
            self._layout.removeWidget(field)
            field.deleteLater()
        attributes = () if link.type is None else link.type.attributes
        self._fields = {attribute.id: make_field(attribute) for attribute in attributes}
        for name, field in self._fields.items():
            field.chosen.connect(lambda value, name=name: self._qualify(name, value))
            field.left.connect(self.left)
            field.moved.connect(lambda step: self.focusNextPrevChild(step > 0))
            self._layout.addWidget(field)

    def _show_icon(self) -> None:
        self._cross.setIcon(icon("close", theme_of(self)))


class RelationList(QWidget):
    """The links of a span.

    Signals:
        activated: Go to an annotation (its id).
        unlinked: Take a relation away (its id).
        qualified: A choice of a relation: its id, the attribute's id, and the value or None.
        left: Esc was pressed.
    """

    activated = Signal(str)
    unlinked = Signal(str)
    qualified = Signal(str, str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[RelationRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def show_links(self, links: Sequence[Link]) -> None:
        """Show the links, in this order."""
        while len(self._rows) < len(links):
            self._rows.append(self._new_row())
        for index, row in enumerate(self._rows):
            if index < len(links):
                row.show_link(links[index])
            row.setVisible(index < len(links))

    def rows(self) -> list[RelationRow]:
        """The rows that are shown."""
        return [row for row in self._rows if not row.isHidden()]

    def _new_row(self) -> RelationRow:
        row = RelationRow()
        row.activated.connect(self.activated)
        row.unlinked.connect(self.unlinked)
        row.qualified.connect(self.qualified)
        row.left.connect(self.left)
        self._layout.addWidget(row)
        return row


def _strange_words(link: Link) -> str:
    """What of the link the label schema does not have."""
    parts = [] if link.type is not None else [_tr("This type of link is not in the label schema.")]
    parts += [
        _tr("{name}: {value} is not in the label schema.").format(name=name, value=value_words(value))
        for name, value in link.strange.items()
    ]
    return "\n".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("fields", text)


def _line(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(6)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
