"""A read-only text to read, select in and scroll: all of the text view that has nothing to do with spans.

Offsets are code points of the text given to `show_text`, which is also what is copied; the QTextDocument
inside only shows it and is never read back.
"""

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPalette,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.geometry import Range
from ui.text_offsets import TextOffsets
from ui.theme import LIGHT, Theme
from ui.theme.style import palette
from ui.views.reading import MARGIN, ReadingStyle, set_text
from ui.views.span_painter import SpanMetrics, SpanPainter
from ui.views.text_lines import ScreenLine, heights_of, line_of, lines_between

ZOOM_STEPS = (60, 70, 80, 90, 100, 110, 120, 135, 150, 175, 200, 250, 300)

_CALM_MILLISECONDS = 250
_LATER_MILLISECONDS = 400
# How far chips, lanes and the caret reach above and below their line, in lines.
_LINES_AROUND = 1.5
_NOTCH = 120
"""What a wheel turns by at least; touch pads turn in smaller parts."""


class ReadingView(QTextEdit):
    """A text in a column of pleasant width, with a caret.

    Signals:
        place_changed: Another part of the text is in view; told when scrolling has come to rest.
        revealed: A place was asked to be in view; the arguments are its start and end.
        zoom_changed: The letters have another size; the argument is the zoom in per cent.
    """

    place_changed = Signal()
    revealed = Signal(int, int)
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._offsets = TextOffsets("")
        self._shown: QTextDocument | None = None
        self._style = ReadingStyle()
        self._zoom = 100
        self._turned = 0
        self._theme = LIGHT
        self._painter = SpanPainter(SpanMetrics.of(self._style), self._theme)
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MILLISECONDS)
        self._calm.timeout.connect(self.place_changed)
        self._due: int | None = None  # where to show the text from, while it is still to be laid out
        self._soon_due = QTimer(self, singleShot=True, interval=_LATER_MILLISECONDS)
        self._soon_due.timeout.connect(self._lay_out_due)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(True)
        self._cursor = (0, 0)
        self.cursorPositionChanged.connect(self._on_cursor_changed)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.set_theme(self._theme)
        self._lay_out()

    # -- the text

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._text

    def show_text(self, text: str, *, place: int = 0, later: bool = False) -> None:
        """Show another text from a place on, with the caret there.

        `later`, because the view is not seen, puts off laying it out until it is, or somebody asks.
        """
        self._text = text
        self._offsets = TextOffsets(text)
        self._due = place
        if later:
            self._soon_due.start()
        else:
            self._lay_out_due()

    def make_document(self, text: str, parent: QObject) -> QTextDocument:
        """A text as this view would lay it out; for `show_document` of views that are as wide."""
        document = set_text(text, self._style.zoomed(self._zoom), parent)
        document.setTextWidth(self.viewport().width())  # else Qt lays it out as one long line first
        return document

    def show_document(self, text: str, document: QTextDocument) -> None:
        """Show a text from its beginning in a layout that other views have too.

        It is the caller's, who keeps it until each of them shows something else.
        """
        self._text, self._offsets, self._due = text, TextOffsets(text), None
        own, self._shown = self._shown, None
        self.verticalScrollBar().setValue(0)
        self._set_document(document)
        self.set_caret(0)
        if own is not None:
            own.deleteLater()

    def _lay_out_due(self) -> None:
        place, self._due = self._due, None
        if place is not None:
            self.verticalScrollBar().setValue(0)  # else all down to where the former text stood is laid out
            self._lay_out()
            self.set_caret(place)
            self.restore_place(place)

    def document(self) -> QTextDocument:
        self._lay_out_due()
        return super().document()

    def textCursor(self) -> QTextCursor:
        self._lay_out_due()
        return super().textCursor()

    def cursorForPosition(self, point: QPoint) -> QTextCursor:
        self._lay_out_due()
        return super().cursorForPosition(point)

    def clear(self) -> None:
        """Show nothing."""
        self.show_text("")

    def _lay_out(self) -> None:
        before, self._shown = self._shown, self.make_document(self._text, self)
        self._set_document(self._shown)
        if before is not None:
            before.deleteLater()

    def _set_document(self, document: QTextDocument) -> None:
        self.setDocument(document)
        self.setCursorWidth(0)  # the caret is painted by SpanPainter, only as high as the letters

    # -- the selection of text, and the caret

    def selection(self) -> Range | None:
        """The text that is selected."""
        if self._due is not None:
            return None
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        positions = cursor.selectionStart(), cursor.selectionEnd()
        return Range(*map(self._offsets.from_qt, positions))

    def select(self, start: int, end: int) -> None:
        """Select text, the caret at `end`, which may be the smaller one; scrolls to the caret."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_qt(start))
        cursor.setPosition(self._offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def caret(self) -> int:
        """Where the caret stands."""
        if self._due is not None:
            return self._due
        return self._offsets.from_qt(self.textCursor().position())

    def set_caret(self, offset: int) -> None:
        """Put the caret at an offset and select nothing; scrolls to it."""
        self.select(offset, offset)

    def _on_cursor_changed(self) -> None:
        cursor = self.textCursor()
        for first, second in {self._cursor, (cursor.anchor(), cursor.position())}:
            self.update_lines(min(first, second), max(first, second))
        self._cursor = (cursor.anchor(), cursor.position())

    def update_lines(self, start: int, end: int) -> None:
        """Have the lines from one of Qt's positions to another painted anew, with what hangs around them.

        A key press among many spans is seen sooner when the rest of what is in view stays as it is.
        """
        heights = None if self._due is not None else heights_of(self.document(), start, end)
        if heights is None:
            return
        margin = _LINES_AROUND * self._painter.metrics.pitch
        top, bottom = (height - self.verticalScrollBar().value() for height in heights)
        lines = QRectF(0, top - margin, self.viewport().width(), bottom - top + 2 * margin)
        self.viewport().update(lines.toAlignedRect() & self.viewport().rect())

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        selected = self.selection()
        data.setText(self._text[selected.start : selected.end] if selected else "")
        return data

    # -- what is in view

    def reveal(self, start: int, end: int) -> None:
        """Scroll only if `[start, end)` is not in view; its start comes to a third of the height."""
        self.revealed.emit(start, end)
        first, last = self._line_of(start), self._line_of(max(start, end - 1))
        pitch, height = self._painter.metrics.pitch, self.viewport().height()
        bar = self.verticalScrollBar()
        is_in_view = first.top - pitch >= bar.value() and last.top + pitch <= bar.value() + height
        if not is_in_view:
            bar.setValue(round(first.top - height / 3))

    def place(self) -> int:
        """The offset of the first line in view."""
        if self._due is not None:
            return self._due
        top = self.verticalScrollBar().value()
        if top == 0:
            return 0
        pitch = self._painter.metrics.pitch
        lines = list(lines_between(self.document(), top, top + 2 * pitch))
        whole = [line for line in lines if line.top >= top] or lines
        return self._offsets.from_qt(whole[0].start) if whole else 0

    def restore_place(self, offset: int) -> None:
        """Scroll so that the line of an offset is the first in view."""
        self._lay_out_due()
        top = self._line_of(offset).top - self._painter.metrics.pitch * 0.4 if offset > 0 else 0
        self.verticalScrollBar().setValue(round(top))

    def place_at(self, share: float) -> int:
        """The offset of the line at a share of the viewport's height."""
        return self.caret_at(QPoint(0, round(share * (self.viewport().height() - 1))))

    def show_at(self, offset: int, y: float) -> None:
        """Scroll so that the line of an offset stands at a height of the viewport, if it can."""
        self.verticalScrollBar().setValue(round(self._line_of(offset).top - y))

    def height_of(self, offset: int) -> float:
        """At which height of the viewport the middle of an offset's line stands, in view or not."""
        middle = self._line_of(offset).top + self._painter.metrics.pitch / 2
        return middle - self.verticalScrollBar().value()

    def offset_at(self, point: QPoint) -> int | None:
        """The offset of the character at a point of the viewport, None beside the letters."""
        x, y = point.x(), point.y() + self.verticalScrollBar().value()
        pitch = self._painter.metrics.pitch
        for line in lines_between(self.document(), y - pitch, y + pitch):
            rect = self._painter.text_rect(line, line.left, line.right)
            position = line.character_at(x) if rect.top() <= y <= rect.bottom() else None
            if position is not None:
                return self._offsets.from_qt(position)
        return None

    def caret_at(self, point: QPoint) -> int:
        """The offset that a caret put at a point of the viewport would have."""
        return self._offsets.from_qt(self.cursorForPosition(self._on_line(point)).position())

    def _line_of(self, offset: int) -> ScreenLine:
        """The line of an offset, which can be scrolled to now."""
        line = line_of(self.document(), self._offsets.to_qt(offset))
        if line.top > self.verticalScrollBar().maximum():
            # Qt lays out as far as the line, but would let the scroll bar know only from the event loop.
            self.document().documentLayout().documentSizeChanged.emit(QSizeF())
        return line

    def _on_scrolled(self) -> None:
        self._calm.start()

    # -- how it looks

    def set_reading(self, style: ReadingStyle) -> None:
        """Set the text in another style; the place and the caret stay."""
        if style != self._style:
            self._style = style
            self._restyle()

    @property
    def reading(self) -> ReadingStyle:
        """The style that the text is shown in."""
        return self._style

    def set_theme(self, theme: Theme) -> None:
        """Show everything in a theme's colours."""
        self._theme = theme
        colours = palette(theme)
        colours.setColor(QPalette.ColorRole.Window, QColor(theme.page))
        # The selection is painted by SpanPainter, under the letters and only as high as they are.
        colours.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        colours.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self.setPalette(colours)
        self.viewport().setPalette(colours)  # which has one of its own once a style sheet dressed it
        self._painter = SpanPainter(SpanMetrics.of(self._style.zoomed(self._zoom)), theme)
        self.viewport().update()

    def zoom(self) -> int:
        """The size of the letters in per cent of the style's."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Show the letters in another size; what is beyond the steps is drawn to their ends."""
        bounded = min(max(percent, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        if bounded != self._zoom:
            self._zoom = bounded
            self._restyle()
            self.zoom_changed.emit(bounded)

    def zoom_in(self) -> None:
        """Show the letters a step larger."""
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self._zoom), self._zoom))

    def zoom_out(self) -> None:
        """Show the letters a step smaller."""
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self._zoom), self._zoom))

    def zoom_reset(self) -> None:
        """Show the letters in the style's own size."""
        self.set_zoom(100)

    def _restyle(self) -> None:
        place, anchor, caret = self.place(), self.textCursor().anchor(), self.textCursor().position()
        self._painter = SpanPainter(SpanMetrics.of(self._style.zoomed(self._zoom)), self._theme)
        were_blocked = self.blockSignals(True)
        self._lay_out()
        self._centre_column()
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.blockSignals(were_blocked)
        self.restore_place(place)

    def _centre_column(self) -> None:
        """Keep the column in the middle, and its width as it is, so that resizing lays out nothing anew."""
        column = self._style.zoomed(self._zoom).column_pixels() + 2 * MARGIN
        left = max(0, (self.width() - column) // 2)
        bar = self.verticalScrollBar()
        right = max(0, left - (bar.sizeHint().width() if bar.isVisible() else 0))
        margins = self.viewportMargins()
        if (left, right) != (margins.left(), margins.right()):
            self.setViewportMargins(left, 0, right, 0)

    # -- events

    def showEvent(self, event: QShowEvent) -> None:
        self._lay_out_due()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # The window's shortcuts come first, whatever keys the text control would like to have.
            event.ignore()
            return False
        if event.type() == QEvent.Type.Resize:
            return self._resized(event)
        if isinstance(event, QMouseEvent):
            return self._mouse_beside_column(event)
        return super().event(event)

    def _resized(self, event: QEvent) -> bool:
        place, width = self.place(), self.viewport().width()
        self._centre_column()
        is_handled = super().event(event)
        if self.viewport().width() != width:
            self.restore_place(place)
        return is_handled

    def _mouse_beside_column(self, event: QMouseEvent) -> bool:
        """Let a press beside the column count as one at the edge of its line."""
        handlers = {
            QEvent.Type.MouseButtonPress: self.mousePressEvent,
            QEvent.Type.MouseMove: self.mouseMoveEvent,
            QEvent.Type.MouseButtonRelease: self.mouseReleaseEvent,
        }
        handler = handlers.get(event.type())
        if handler is None:
            return super().event(event)
        handler(_at(event, self.viewport().mapFromGlobal(event.globalPosition())))
        return True

    def _straightened(self, event: QMouseEvent) -> QMouseEvent:
        """The event on the line that it is nearest to: Qt takes a point in a line gap for the line's end."""
        return _at(event, QPointF(self._on_line(event.position().toPoint())))

    def _on_line(self, point: QPoint) -> QPoint:
        if not self.viewport().rect().contains(QPoint(0, point.y())):
            return point
        top, pitch = self.verticalScrollBar().value(), self._painter.metrics.pitch
        y = point.y() + top
        middles = [
            self._painter.text_rect(line, 0, 0).center().y()
            for line in lines_between(self.document(), y - 2 * pitch, y + 2 * pitch)
        ]
        nearest = min(middles, key=lambda middle: abs(middle - y), default=y)
        return QPoint(point.x(), round(nearest - top))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        while abs(self._turned) >= _NOTCH:
            (self.zoom_in if self._turned > 0 else self.zoom_out)()
            self._turned -= _NOTCH if self._turned > 0 else -_NOTCH


def _at(event: QMouseEvent, point: QPointF) -> QMouseEvent:
    """The same event at another point."""
    return QMouseEvent(
        event.type(),
        point,
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
