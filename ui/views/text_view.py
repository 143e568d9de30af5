"""The text of a document with its spans, painted by interval: what the annotator works in.

A pure widget that knows no session: it shows what it is given and says what the reader does. Spans are
never put into the QTextDocument as formats, which does not scale to thousands of them.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from annotator.geometry import Range
from annotator.model import Fragment
from annotator.stretches import reaching
from annotator.text import snap
from ui.views.arcs import Arc, ArcEnd, PlacedArc, paint_arcs
from ui.views.overlay import PaintedSpan, SpanIndex
from ui.views.reading_view import ReadingView
from ui.views.span_handles import Handle
from ui.views.span_painter import Chip, Piece
from ui.views.text_lines import ScreenLine, line_of, lines_between
from ui.views.text_mouse import TextMouse
from ui.views.under_mouse import cursor_at, show_tooltip


class TextView(ReadingView):
    """Shows a text and its spans, and says what the reader does with them.

    Signals:
        text_selection_changed: Other text is selected, or none; not while the mouse still drags.
        selection_made: The mouse has just finished selecting text.
            arg: whether Ctrl was held.
        span_clicked: A span was clicked and is now selected; the argument is its id.
        suggestion_clicked: A suggestion was clicked; the argument is its id.
        span_activated: A span's chip was double-clicked, or Enter was pressed while no text is selected.
        span_resized: An end of the selected span was dragged; the arguments are its id and the fragments
            that it should have. What is shown stays until other spans are given.
        overlay_changed: Other spans are shown, or others are selected or marked as found.
    """

    text_selection_changed = Signal()
    selection_made = Signal(bool)
    span_clicked = Signal(str)
    suggestion_clicked = Signal(str)
    span_activated = Signal(str)
    span_resized = Signal(str, object)
    overlay_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = SpanIndex()
        self.suggestions = SpanIndex()
        self.focused: str | None = None
        """The suggestion that is outlined in the accent."""
        self._selected: str | None = None
        self._hovered: str | None = None
        self._matches: tuple[Range, ...] = ()
        self._arcs: tuple[Arc, ...] = ()
        self._is_character_mode = False
        self._all_spans: Callable[[], Sequence[PaintedSpan]] | None = None  # until they are shown
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_all_spans)
        self._mouse = TextMouse(self)
        self.setAccessibleName(self.tr("Text of the document"))
        self.viewport().setMouseTracking(True)
        self.selectionChanged.connect(self._on_selection_changed)

    def show_text(self, text: str, *, place: int = 0, later: bool = False) -> None:
        """Show another text from a place on, without spans; `later` lays it out once it is needed."""
        self._forget_overlay()
        super().show_text(text, place=place, later=later)

    def show_document(self, text: str, document: QTextDocument) -> None:
        """Show a text that is laid out already, without spans."""
        self._forget_overlay()
        super().show_document(text, document)

    def _forget_overlay(self) -> None:
        self._index, self._all_spans = SpanIndex(), None
        self.suggestions, self.focused = SpanIndex(), None
        self._hovered = None
        self._matches, self._arcs = (), ()
        self._mouse.reset()
        self.select_span(None)

    # -- spans

    def set_spans(self, spans: Sequence[PaintedSpan]) -> None:
        """Show these spans and no others."""
        self._index, self._all_spans = SpanIndex(spans), None
        self._drop_what_is_gone()

    def set_spans_in_view(
        self, spans: Sequence[PaintedSpan], all_spans: Callable[[], Sequence[PaintedSpan]]
    ) -> None:
        """Show these spans, those of what is `seen`, at once, and all as soon as that is painted."""
        self._index, self._all_spans = SpanIndex(spans), all_spans
        self._soon.start()
        self._repaint()

    def _show_all_spans(self) -> None:
        if self._all_spans is not None:
            self.set_spans(self._all_spans())

    def _on_scrolled(self) -> None:
        self._show_all_spans()
        super()._on_scrolled()

    def seen(self) -> Range:
        """The text that is in view, and a line either side; nothing while it is not laid out."""
        if self._due is not None:
            return Range(0, 0)
        top, pitch = self.verticalScrollBar().value(), self._painter.metrics.pitch
        bottom = top + self.viewport().height()
        lines = list(lines_between(self.document(), top - pitch, bottom + pitch))
        return self._stretch(lines)

    def _stretch(self, lines: Sequence[ScreenLine]) -> Range:
        """The text of some lines that follow each other."""
        if not lines:
            return Range(0, 0)
        return Range(self._offsets.from_qt(lines[0].start), self._offsets.from_qt(lines[-1].end))

    def replace_spans(self, removed: Collection[str], added: Sequence[PaintedSpan]) -> None:
        """Take spans away by id and show others; an added span takes the place of one with its id."""
        before = [span for each in removed if (span := self.spans.get(each)) is not None]
        self.spans.replace(removed, added)
        # Those that overlap may get other lanes, and so may those that overlap these.
        self._repaint_around([self.spans.cluster(span.start, span.end) for span in (*before, *added)])
        self._forget_what_is_gone()

    def _drop_what_is_gone(self) -> None:
        self._forget_what_is_gone()
        self._repaint()

    def _forget_what_is_gone(self) -> None:
        if self._selected not in self._index:
            self.select_span(None)
        if self._hovered not in self._index:
            self._hovered = None

    def _repaint_around(self, places: Iterable[Range]) -> None:
        """Paint what is around these places anew, and nothing else."""
        for start, end in places:
            self.update_lines(self._offsets.to_qt(start), self._offsets.to_qt(end))
        self.overlay_changed.emit()

    def _repaint(self) -> None:
        self.viewport().update()
        self.overlay_changed.emit()

    @property
    def spans(self) -> SpanIndex:
        """The spans that are shown."""
        self._show_all_spans()
        return self._index

    @property
    def matches(self) -> tuple[Range, ...]:
        """The places marked as found, in order."""
        return self._matches

    def span(self, span_id: str | None) -> PaintedSpan | None:
        """The span of that id, as it is shown."""
        return self.spans.get(span_id)

    def shown(self, shown_id: str | None) -> PaintedSpan | None:
        """The span or the suggestion of that id."""
        return self.span(shown_id) or self.suggestions.get(shown_id)

    def show_suggestions(self, spans: Sequence[PaintedSpan], focused: str | None = None) -> None:
        """Outline these suggestions and no others, one of them as being in focus."""
        self.suggestions, self.focused = SpanIndex(spans), focused
        self._repaint()

    def preview(self, span: PaintedSpan, fragments: tuple[Fragment, ...]) -> None:
        """Show a span with other fragments for the time being."""
        self.spans.replace((), [replace(span, fragments=fragments)])
        self._repaint()

    def select_span(self, span_id: str | None) -> None:
        """Outline a span and announce it, or none; an id that is not shown counts as none."""
        span = None if span_id is None else self.spans.get(span_id)
        selected = None if span is None else span.id
        if selected == self._selected:
            return
        before, self._selected = self.spans.get(self._selected), selected
        self._repaint_around([Range(each.start, each.end) for each in (before, span) if each is not None])
        words = [] if span is None else [self._text[start:end] for start, end in span.fragments]
        description = "" if span is None else f"{span.chip}: {' … '.join(words)}"
        self.setAccessibleDescription(description)
        if description:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, description))

    def selected_span(self) -> str | None:
        """The id of the outlined span."""
        return self._selected

    def spans_at(self, offset: int) -> tuple[str, ...]:
        """The spans of the character at an offset, innermost first; else those that end right there."""
        return self.spans.at(offset)

    def next_span(self, step: int) -> str | None:
        """The span `step` (1 or -1) from the selected one, or from the caret if none is; goes round."""
        if self._selected is not None:
            neighbour = self.spans.following if step > 0 else self.spans.preceding
            return neighbour(self._selected)
        return self.spans.first_from(self.caret()) if step > 0 else self.spans.last_before(self.caret())

    def show_matches(self, places: Sequence[Range]) -> None:
        """Mark places that were found; an empty sequence takes the marks away."""
        self._matches = tuple(sorted(places))
        self._repaint()

    def show_arcs(self, arcs: Sequence[Arc]) -> None:
        """Draw these links and no others."""
        if tuple(arcs) != self._arcs:
            self._arcs = tuple(arcs)
            self._repaint()

    @property
    def arcs(self) -> tuple[Arc, ...]:
        """The links that are drawn."""
        return self._arcs

    # -- the selection of text

    def selection(self) -> Range | None:
        """The selected text: whole words while and after the mouse selects, unless told otherwise."""
        selected = super().selection()
        if selected is None or not self._mouse.is_dragging or self.is_exact:
            return selected
        words = snap(self._text, *selected)
        return words if words.start < words.end else None

    def select_exactly(self, start: int, end: int) -> None:
        """Select to the letter, as the mouse does with Alt held."""
        self.select(start, end)
        self._mouse.is_exact = True

    def set_character_mode(self, is_on: bool) -> None:
        """Let the mouse select characters instead of whole words."""
        self._is_character_mode = is_on

    @property
    def is_character_mode(self) -> bool:
        """Whether the mouse selects characters instead of whole words."""
        return self._is_character_mode

    @property
    def is_exact(self) -> bool:
        """Whether the selection is meant to the letter: in character mode, or made with Alt held."""
        return self._is_character_mode or self._mouse.is_exact

    def _on_selection_changed(self) -> None:
        self._on_cursor_changed()
        if not self._mouse.is_pressed:
            self._mouse.forget_exact()
            self.text_selection_changed.emit()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        top = self.verticalScrollBar().value()
        seen = QRectF(event.rect()).translated(0, top)
        pitch = self._painter.metrics.pitch
        lines = list(lines_between(self.document(), seen.top() - pitch, seen.bottom() + pitch))
        rows = self._pieces(lines)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, -top)
            self._paint_behind(painter, lines, [piece for row in rows for piece in row])
            if self._arcs and lines:
                self._paint_arcs(painter, lines)
        super().paintEvent(event)
        if not any(rows) and not self.hasFocus():
            return  # as in most columns of review
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, -top)
            self._paint_over(painter, lines, rows)

    def _pieces(self, lines: list[ScreenLine]) -> list[list[Piece]]:
        seen, to_qt = self._stretch(lines), self._offsets.to_qt
        own = self._painter.pieces(lines, self._index, seen, to_qt)
        if not self.suggestions:
            return own
        suggested = self._painter.pieces(lines, self.suggestions, seen, to_qt)
        return [[*row, *outlined] for row, outlined in zip(own, suggested, strict=True)]

    def _paint_behind(self, painter: QPainter, lines: list[ScreenLine], pieces: list[Piece]) -> None:
        to_qt = self._offsets.to_qt
        self._painter.paint_tints(painter, pieces, self._hovered)
        matches = [(to_qt(start), to_qt(end)) for start, end in reaching(self._matches, self._stretch(lines))]
        self._painter.paint_ranges(painter, lines, matches, QColor(self._theme.match))
        selected = self.selection()
        if selected is not None:
            positions = (to_qt(selected.start), to_qt(selected.end))
            self._painter.paint_ranges(painter, lines, [positions], QColor(self._theme.selection))
        for span_id in {self._selected, self._hovered}:
            span = self._index.get(span_id)
            if span is not None:
                self._painter.paint_connection(painter, lines, span, to_qt)
        outlined = [piece for piece in pieces if piece.stretch.span.id == self._selected]
        self._painter.paint_suggestions(painter, pieces, self.focused)
        self._painter.paint_outline(painter, outlined)

    def _paint_arcs(self, painter: QPainter, lines: list[ScreenLine]) -> None:
        """The links that are in view, or whose line along the margin is."""
        start, end = self._stretch(lines)
        placed = [
            PlacedArc(self._arc_end(arc.source), self._arc_end(arc.target), arc.is_strong)
            for arc in self._arcs
            if min(arc.ends) < end and max(arc.ends) >= start
        ]
        paint_arcs(painter, placed, self._theme, min(line.left for line in lines))

    def _arc_end(self, offset: int | None) -> ArcEnd | float:
        """Where an end stands; one that is in another document is at the bottom of what is in view."""
        if offset is None:
            return float(self.verticalScrollBar().value() + self.viewport().height())
        position = self._offsets.to_qt(offset)
        line = line_of(self.document(), position)
        metrics = self._painter.metrics
        top = round(line.baseline) - metrics.above
        return ArcEnd(QPointF(line.caret_x(position) + 2, top), metrics.chip_height + 1)

    def _paint_over(self, painter: QPainter, lines: list[ScreenLine], rows: list[list[Piece]]) -> None:
        self._painter.paint_chips(
            painter,
            [chip for row in rows for chip in self._chips(row)],
            (self._selected, self.focused),
        )
        own = [piece for row in rows for piece in row if piece.stretch.span.id == self._selected]
        self._painter.paint_handles(painter, self._painter.handles(own))
        if self.hasFocus():
            position = self.textCursor().position()
            line = next((each for each in reversed(lines) if each.start <= position <= each.end), None)
            if line is not None:
                self._painter.paint_caret(painter, line, position)

    def _chips(self, row: list[Piece]) -> list[Chip]:
        return self._painter.chips(row, self.viewport().width() - 4.0) if row else []

    # -- what is under the mouse

    def chip_at(self, point: QPoint) -> str | None:
        """The span whose chip is at a point of the viewport."""
        place, rows = self._rows_near(point)
        chips = (chip for row in rows for chip in self._chips(row))
        return next((chip.span.id for chip in chips if chip.rect.contains(place)), None)

    def spans_under(self, point: QPoint) -> tuple[str, ...]:
        """The span whose chip is at a point, or those of the character there, innermost first."""
        chip = self.chip_at(point)
        if chip is not None:
            return (chip,)
        offset = self.offset_at(point)
        return () if offset is None else (*self.suggestions.at(offset), *self.spans_at(offset))

    def handle_at(self, point: QPoint) -> Handle | None:
        """The handle of the selected span at a point of the viewport."""
        if self._selected is None:
            return None
        place, rows = self._rows_near(point)
        own = [piece for row in rows for piece in row if piece.stretch.span.id == self._selected]
        return next((handle for handle in self._painter.handles(own) if handle.is_at(place)), None)

    def _rows_near(self, point: QPoint) -> tuple[QPointF, list[list[Piece]]]:
        """A point in the document's coordinates, and the pieces of the lines around it."""
        place = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        pitch = self._painter.metrics.pitch
        return place, self._pieces(list(lines_between(self.document(), place.y() - pitch, place.y() + pitch)))

    def _hover(self, point: QPoint | None) -> None:
        spans = () if point is None else self.spans_under(point)
        self.viewport().setCursor(cursor_at(self, point))
        hovered = spans[0] if spans else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    def _show_tooltip(self, event: QHelpEvent) -> None:
        spans = [self.shown(each) for each in self.spans_under(event.pos())]
        words = "\n\n".join(span.tooltip for span in spans if span is not None)
        show_tooltip(event, words, self.viewport())

    # -- events

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._selected is not None and self.selection() is None:
            self.span_activated.emit(self._selected)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._mouse.press(event):
            super().mousePressEvent(self._straightened(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._mouse.move(event):
            super().mouseMoveEvent(self._straightened(event))
        if not event.buttons():
            self._hover(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._straightened(event))
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)
