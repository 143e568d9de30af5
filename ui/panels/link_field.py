"""The field of an attribute that links the span to another one: what it leads to, keys to link and unlink.

The link itself is a relation; the field only shows it and asks for it. Choosing the other span is done in the
text, so the keyboard goes there as soon as one is wanted.
"""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout

from annotator.model import AttributeValue
from annotator.schema import AttributeType
from ui.panels.elided_label import ElidedLabel
from ui.panels.fields import Field
from ui.panels.themed import theme_of


class LinkField(Field):
    """One stop of the keyboard: Enter, Space or a click link, Delete unlinks.

    Signals:
        wanted: Another span is to be chosen as the end of the link.
        dropped: The link shown last is to be taken away.
    """

    wanted = Signal()
    dropped = Signal()

    def __init__(self, attribute: AttributeType) -> None:
        super().__init__(attribute)
        self._value: AttributeValue | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.words = ElidedLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9, 5, 9, 5)
        layout.addWidget(self.words)
        self.show_value(None)

    def show_value(self, value: AttributeValue | None, proposal: AttributeValue | None = None) -> None:
        """Show what the link leads to: a tuple of words; links have no proposals."""
        self._value = value if isinstance(value, tuple) and value else None
        is_set = isinstance(self._value, tuple)
        shown = "; ".join(self._value) if isinstance(self._value, tuple) else self.tr("Enter: choose a span")
        self.words.set_text(shown)
        self.words.setForegroundRole(
            QPalette.ColorRole.WindowText if is_set else QPalette.ColorRole.PlaceholderText
        )
        self.setAccessibleDescription(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.wanted.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                if self._value is not None:
                    self.dropped.emit()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Enter and Delete are commands of the document; here they are the field's.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Escape)
        ):
            event.accept()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.wanted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        painter.setPen(QColor(theme.accent if self.hasFocus() else theme.line))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
