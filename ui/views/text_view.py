"""The text of a document with its spans: read-only, with caret, keyboard and word-wise selection.

A pure widget that knows no session. Offsets are code points of the text given to `show_text`, which is
also what is copied and searched; the QTextDocument inside only shows it. Spans are painted, never
formatted.
"""

import html
from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from annotator.geometry import Range
from annotator.text import snap
from ui.text_offsets import TextOffsets
from ui.theme import LIGHT, Theme
from ui.theme.style import palette
from ui.views.find import find
from ui.views.overlay import PaintedSpan, SpanIndex
from ui.views.reading import MARGIN, ReadingStyle, set_text
from ui.views.span_painter import Chip, Piece, SpanPainter
from ui.views.text_lines import ScreenLine, line_of, lines_between
from ui.views.text_mouse import TextMouse

ZOOM_STEPS = (60, 70, 80, 90, 100, 110, 120, 135, 150, 175, 200, 250, 300)

_CALM = 250


class TextView(QTextEdit):
    """Shows a text and its spans, and says what the reader does with them.

    Signals:
        text_selection_changed: Other text is selected, or none; not while the mouse still drags.
        selection_made: The mouse has just finished selecting text.
        span_clicked: A span was clicked and is now selected; the argument is its id.
        span_activated: A span's chip was double-clicked, or Enter was pressed while no text is selected.
        place_changed: Another part of the text is in view; told when scrolling has come to rest.
        zoom_changed: The letters have another size; the argument is the zoom in per cent.
    """

    text_selection_changed = Signal()
    selection_made = Signal()
    span_clicked = Signal(str)
    span_activated = Signal(str)
    place_changed = Signal()
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._offsets = TextOffsets("")
        self._shown: QTextDocument | None = None
        self._index = SpanIndex()
        self._selected: str | None = None
        self._hovered: str | None = None
        self._matches: tuple[Range, ...] = ()
        self._is_character_mode = False
        self._style = ReadingStyle()
        self._zoom = 100
        self._theme = LIGHT
        self._painter = SpanPainter(self._style, self._theme)
        self._mouse = TextMouse(self)
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(self.place_changed)
        self._set_up()

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Text of the document"))
        self.setAutoFillBackground(True)
        self.viewport().setMouseTracking(True)
        self.selectionChanged.connect(self._on_selection_changed)
        self.cursorPositionChanged.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.set_theme(self._theme)
        self._lay_out("")

    # -- the text

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show another text, from its start, without spans."""
        self._text = text
        self._offsets = TextOffsets(text)
        self._index = SpanIndex()
        self._selected = self._hovered = None
        self._matches = ()
        self._lay_out(text)

    def clear(self) -> None:
        """Show nothing."""
        self.show_text("")

    def _lay_out(self, text: str) -> None:
        before, self._shown = self._shown, set_text(text, self._style.zoomed(self._zoom), self)
        self.setDocument(self._shown)
        self.setCursorWidth(0)  # the caret is painted here, over the letters and as high as they are
        if before is not None:
            before.deleteLater()
        self._mouse.reset()

    # -- spans

    def set_spans(self, spans: Sequence[PaintedSpan]) -> None:
        """Show these spans and no others."""
        self._index = SpanIndex(spans)
        self._drop_what_is_gone()
        self.viewport().update()

    def replace_spans(self, removed: Collection[str], added: Sequence[PaintedSpan]) -> None:
        """Take spans away by id and show others; an added span takes the place of one with its id."""
        self._index.replace(removed, added)
        self._drop_what_is_gone()
        self.viewport().update()

    def _drop_what_is_gone(self) -> None:
        if self._selected not in self._index:
            self._selected = None
        if self._hovered not in self._index:
            self._hovered = None

    def select_span(self, span_id: str | None) -> None:
        """Outline a span and announce it, or none; an id that is not shown counts as none."""
        span = self._index.get(span_id)
        selected = None if span is None else span.id
        if selected == self._selected:
            return
        self._selected = selected
        self.viewport().update()
        description = "" if span is None else f"{span.chip}: {self._words(span)}"
        self.setAccessibleDescription(description)
        if description:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, description))

    def selected_span(self) -> str | None:
        """The id of the outlined span."""
        return self._selected

    def spans_at(self, offset: int) -> tuple[str, ...]:
        """The spans of the character at an offset, innermost first; else those that end right there."""
        return self._index.at(offset)

    def next_span(self, step: int) -> str | None:
        """The span `step` (1 or -1) from the selected one, or from the caret if none is; goes round."""
        if self._selected is not None:
            after = self._index.following if step > 0 else self._index.preceding
            return after(self._selected)
        return self._index.first_from(self.caret()) if step > 0 else self._index.last_before(self.caret())

    def _words(self, span: PaintedSpan) -> str:
        return " … ".join(self._text[start:end] for start, end in span.fragments)

    # -- the selection of text, and the caret

    def selection(self) -> Range | None:
        """The selected text: whole words while and after the mouse selects, unless told otherwise."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._offsets.from_qt(cursor.selectionStart())
        end = self._offsets.from_qt(cursor.selectionEnd())
        if self._mouse.snaps and not self._is_character_mode:
            start, end = snap(self._text, start, end)
        return Range(start, end) if start < end else None

    def select(self, start: int, end: int) -> None:
        """Select text, the caret at `end`, which may be the smaller one; scrolls to the caret."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_qt(start))
        cursor.setPosition(self._offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def caret(self) -> int:
        """Where the caret stands."""
        return self._offsets.from_qt(self.textCursor().position())

    def set_caret(self, offset: int) -> None:
        """Put the caret at an offset and select nothing; scrolls to it."""
        self.select(offset, offset)

    def set_character_mode(self, is_on: bool) -> None:
        """Let the mouse select characters instead of whole words."""
        self._is_character_mode = is_on

    @property
    def is_character_mode(self) -> bool:
        """Whether the mouse selects characters instead of whole words."""
        return self._is_character_mode

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        selected = self.selection()
        data.setText(self._text[selected.start : selected.end] if selected else "")
        return data

    def _on_selection_changed(self) -> None:
        self.viewport().update()
        if not self._mouse.is_pressed:
            self.text_selection_changed.emit()

    # -- finding

    def find_words(self, words: str, *, step: int = 1, match_case: bool = False) -> Range | None:
        """Select the next place of the words, or the one before; None if there is none."""
        selected = self.selection()
        start = self.caret() if selected is None else selected.end if step > 0 else selected.start
        place = find(self._text, words, start=start, step=step, match_case=match_case)
        if place is not None:
            self.select(*place)
            self.reveal(*place)
        return place

    def show_matches(self, places: Sequence[Range]) -> None:
        """Mark places that were found; an empty sequence takes the marks away."""
        self._matches = tuple(places)
        self.viewport().update()

    # -- what is in view

    def reveal(self, start: int, end: int) -> None:
        """Scroll only if `[start, end)` is not in view; its start comes to a third of the height."""
        first, last = self._line_of(start), self._line_of(max(start, end - 1))
        if first is None or last is None:
            return
        pitch, height = self._painter.metrics.pitch, self.viewport().height()
        bar = self.verticalScrollBar()
        is_in_view = first.top - pitch >= bar.value() and last.top + pitch <= bar.value() + height
        if not is_in_view:
            bar.setValue(round(first.top - height / 3))

    def place(self) -> int:
        """The offset of the first line in view."""
        top = self.verticalScrollBar().value()
        if top == 0:
            return 0
        position = (
            self.document()
            .documentLayout()
            .hitTest(QPointF(0, top + self._painter.metrics.pitch / 2), Qt.HitTestAccuracy.FuzzyHit)
        )
        return self._offsets.from_qt(position)

    def restore_place(self, offset: int) -> None:
        """Scroll so that the line of an offset is the first in view."""
        line = self._line_of(offset) if offset > 0 else None
        top = 0.0 if line is None else line.top - self._painter.metrics.pitch * 0.4
        self.verticalScrollBar().setValue(round(top))

    def _line_of(self, offset: int) -> ScreenLine | None:
        return line_of(self.document(), self._offsets.to_qt(offset))

    def _on_scrolled(self) -> None:
        self._calm.start()

    # -- how it looks

    def set_reading(self, style: ReadingStyle) -> None:
        """Set the text in another style; the place and the caret stay."""
        if style != self._style:
            self._style = style
            self._restyle()

    def set_theme(self, theme: Theme) -> None:
        """Show everything in a theme's colours."""
        self._theme = theme
        colours = palette(theme)
        colours.setColor(QPalette.ColorRole.Window, QColor(theme.page))
        # The selection is painted here, under the letters and only as high as they are.
        colours.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        colours.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self.setPalette(colours)
        self._painter = SpanPainter(self._style.zoomed(self._zoom), theme)
        self.viewport().update()

    def zoom(self) -> int:
        """The size of the letters in per cent of the style's."""
        return self._zoom

    def zoom_in(self) -> None:
        self._set_zoom(next((step for step in ZOOM_STEPS if step > self._zoom), self._zoom))

    def zoom_out(self) -> None:
        self._set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self._zoom), self._zoom))

    def zoom_reset(self) -> None:
        self._set_zoom(100)

    def set_zoom(self, percent: int) -> None:
        """Set the zoom, such as one that was remembered."""
        self._set_zoom(min(max(percent, ZOOM_STEPS[0]), ZOOM_STEPS[-1]))

    def _set_zoom(self, percent: int) -> None:
        if percent != self._zoom:
            self._zoom = percent
            self._restyle()
            self.zoom_changed.emit(percent)

    def _restyle(self) -> None:
        place, cursor = self.place(), self.textCursor()
        anchor, position = cursor.anchor(), cursor.position()
        self._painter = SpanPainter(self._style.zoomed(self._zoom), self._theme)
        with_signals = self.blockSignals(True)
        self._lay_out(self._text)
        self._centre_column()
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.blockSignals(with_signals)
        self.restore_place(place)

    def _centre_column(self) -> None:
        """Keep the column in the middle, and its width as it is, so that resizing lays out nothing anew."""
        column = self._style.zoomed(self._zoom).column_pixels() + 2 * MARGIN
        left = max(0, (self.width() - column) // 2)
        bar = self.verticalScrollBar()
        right = left - (bar.sizeHint().width() if bar.isVisible() else 0)
        margins = self.viewportMargins()
        if (left, max(0, right)) != (margins.left(), margins.right()):
            self.setViewportMargins(left, 0, max(0, right), 0)

    # -- what is at a point of the viewport

    def offset_at(self, point: QPoint) -> int | None:
        """The offset of the character at a point, None beside the letters."""
        x, y = point.x(), point.y() + self.verticalScrollBar().value()
        for line in lines_between(self.document(), y, y):
            rect = self._painter.text_rect(line, line.left, line.right)
            position = line.character_at(x) if rect.top() <= y <= rect.bottom() else None
            if position is not None:
                return self._offsets.from_qt(position)
        return None

    def chip_at(self, point: QPoint) -> str | None:
        """The span whose chip is at a point."""
        place = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        pitch = self._painter.metrics.pitch
        lines = list(lines_between(self.document(), place.y() - pitch, place.y() + pitch))
        chips = (chip for row in self._pieces(lines) for chip in self._chips_of(row))
        return next((chip.span.id for chip in chips if chip.rect.contains(place)), None)

    def spans_under(self, point: QPoint) -> tuple[str, ...]:
        """The span whose chip is at a point, or those of the character there, innermost first."""
        chip = self.chip_at(point)
        if chip is not None:
            return (chip,)
        offset = self.offset_at(point)
        return () if offset is None else self.spans_at(offset)

    def _chips_of(self, row: list[Piece]) -> list[Chip]:
        return self._painter.chips(row, self.viewport().width() - 4.0)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        top = self.verticalScrollBar().value()
        seen = QRectF(event.rect()).translated(0, top)
        pitch = self._painter.metrics.pitch
        lines = list(lines_between(self.document(), seen.top() - pitch, seen.bottom() + pitch))
        rows = self._pieces(lines)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -top)
        self._paint_behind(painter, lines, [piece for row in rows for piece in row])
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -top)
        self._paint_over(painter, lines, rows)
        painter.end()

    def _pieces(self, lines: list[ScreenLine]) -> list[list[Piece]]:
        if not lines:
            return []
        start, end = self._offsets.from_qt(lines[0].start), self._offsets.from_qt(lines[-1].end)
        return self._painter.pieces(lines, self._index, Range(start, end), self._offsets.to_qt)

    def _paint_behind(self, painter: QPainter, lines: list[ScreenLine], pieces: list[Piece]) -> None:
        self._painter.paint_tints(painter, pieces, self._hovered)
        to_qt = self._offsets.to_qt
        matches = [(to_qt(start), to_qt(end)) for start, end in self._matches]
        self._painter.paint_ranges(painter, lines, matches, QColor(self._theme.match))
        selected = self.selection()
        if selected is not None:
            colour = QColor(self._theme.selection)
            positions = (to_qt(selected.start), to_qt(selected.end))
            self._painter.paint_ranges(painter, lines, [positions], colour)
        for span_id in {self._selected, self._hovered} - {None}:
            span = self._index.get(span_id)
            if span is not None:
                self._painter.paint_connection(painter, lines, span, to_qt)
        outlined = [piece for piece in pieces if piece.stretch.span.id == self._selected]
        self._painter.paint_outline(painter, outlined)

    def _paint_over(self, painter: QPainter, lines: list[ScreenLine], rows: list[list[Piece]]) -> None:
        chips = [chip for row in rows for chip in self._chips_of(row)]
        self._painter.paint_chips(painter, chips, self._selected)
        position = self.textCursor().position()
        if self.hasFocus():
            line = next((each for each in reversed(lines) if each.start <= position <= each.end), None)
            if line is not None:
                self._painter.paint_caret(painter, line, position)

    # -- events

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # The window's shortcuts come first, whatever keys the text control would like to have.
            event.ignore()
            return False
        if event.type() == QEvent.Type.Resize:
            self._centre_column()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._selected is not None and self.selection() is None:
            self.span_activated.emit(self._selected)
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.zoom_in()
        elif event.angleDelta().y() < 0:
            self.zoom_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._mouse.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._mouse.move(event):
            super().mouseMoveEvent(event)
        if not event.buttons():
            spans = self.spans_under(event.position().toPoint())
            self._hover(spans[0] if spans else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def _hover(self, span_id: str | None) -> None:
        if span_id != self._hovered:
            self._hovered = span_id
            self.viewport().update()

    def _show_tooltip(self, event: QHelpEvent) -> None:
        spans = [self._index.get(each) for each in self.spans_under(event.pos())]
        words = "\n\n".join(span.tooltip or span.chip for span in spans if span is not None)
        # As rich text it wraps; unescaped, words with "<" would be taken for mark-up.
        text = f'<p style="white-space: pre-wrap">{html.escape(words)}</p>' if words else ""
        QToolTip.showText(event.globalPos(), text, self.viewport())
