"""One annotator's spans, or gold, over the text: a stretch of a long text at a time.

A text view lays out a megabyte in a tenth of a second, which six of them side by side would make felt at each
step; so a column shows some thousand characters around the place that is read, and turns to others when its
end is reached. Offsets outside are those of the whole text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from annotator.geometry import Range
from annotator.model import Annotation, Fragment
from annotator.schema import LabelSchema
from ui.page_rendering import PageRenderer
from ui.panels.elided_label import ElidedLabel
from ui.panels.themed import SMALL, scaled_font, theme_of
from ui.views.overlay import PaintedSpan
from ui.views.page_scroll import Pages
from ui.views.page_view import PageView
from ui.views.reading import ReadingStyle
from ui.views.text_view import TextView

STRETCH = 48_000
"""How many code points a column shows at most."""

BEFORE = 2_000
"""How many of them stand before the place that is read on from: what is before it is laid out first."""

LEAST_WIDTH = 150
"""Pixels; five columns and gold stand in a window of 1280."""

STYLE = ReadingStyle(size=11, line_height=165, column_width=200)


class Column(QFrame):
    """A head with a name, and the text with somebody's spans.

    Signals:
        scrolled: The reader has scrolled; the argument is the column.
        picked: A span was clicked; the argument is its id.
        taken: A span was double-clicked, or Enter was pressed on it.
        resized: The column has another size.
        left_stretch: The wheel was turned beyond the stretch that is shown; the argument is the direction.
    """

    scrolled = Signal(object)
    picked = Signal(str)
    taken = Signal(str)
    resized = Signal()
    left_stretch = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._stretch = Range(0, 0)
        self._spans: list[Annotation] = []  # by where they begin
        self._starts: list[int] = []
        self._reach: list[int] = []  # how far each or one before it goes
        self._schema: LabelSchema | None = None
        self.pages: PageView | None = None  # made when pages are first shown
        self.head = ElidedLabel()
        self.head.setFont(scaled_font(self.head.font(), SMALL, bold=True))
        self.view = TextView()
        self.view.setAcceptDrops(False)
        self.view.setTabChangesFocus(True)
        self.view.set_reading(STYLE)
        self.view.set_theme(theme_of(self))
        self.setMinimumWidth(LEAST_WIDTH)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        heading = QHBoxLayout()
        heading.setContentsMargins(28, 4, 8, 4)
        heading.addWidget(self.head)
        layout.addLayout(heading)
        layout.addWidget(self.view, 1)
        self.view.verticalScrollBar().valueChanged.connect(lambda: self.scrolled.emit(self))
        self.view.span_clicked.connect(self.picked)
        self.view.span_activated.connect(self.taken)
        self.view.viewport().installEventFilter(self)

    def set_title(self, title: str) -> None:
        """Say whose column it is."""
        self.head.set_text(title)
        self.view.setAccessibleName(title)

    def show_stretch(self, text: str, stretch: Range, document: QTextDocument | None = None) -> None:
        """Show a stretch of the text with the spans that are in it.

        `document` is that stretch in a layout that columns as wide have together.
        """
        self._stretch = stretch
        shown = text[stretch.start : stretch.end]
        if document is None:
            self.view.show_text(shown, later=self.shows_pages)
        else:
            self.view.show_document(shown, document)
        self._paint()

    def looks_like(self, other: "Column") -> bool:
        """Whether text is set alike and as wide in both columns."""
        views = (self.view, other.view)
        zooms, widths = {view.zoom() for view in views}, {view.viewport().width() for view in views}
        return len(zooms) == len(widths) == 1

    @property
    def shows_pages(self) -> bool:
        """Whether pages are shown instead of text."""
        return self.pages is not None and not self.pages.isHidden()

    def show_pages(self, pages: Pages | None, renderer: PageRenderer) -> None:
        """Show pages instead of the text, or with None the text."""
        if pages is not None and self.pages is None:
            self.pages = PageView(self.view, renderer)
            self.pages.set_theme(theme_of(self))
            self._layout.addWidget(self.pages, 1)
            self.pages.scrolled.connect(lambda: self.scrolled.emit(self))
        if self.pages is not None:
            self.pages.setVisible(pages is not None)
            self.pages.show_pages(pages)
        self.view.setVisible(pages is None)
        self._layout.activate()  # else what is revealed next is measured in pages of a passing size

    def set_spans(self, spans: Iterable[Annotation], schema: LabelSchema) -> None:
        """Show these spans, as far as they are in the stretch."""
        self._schema = schema
        self._keep(spans)
        self._paint()

    def replace_spans(self, removed: Iterable[str], added: Sequence[Annotation]) -> None:
        """Take spans away by id and show others."""
        gone = frozenset(removed)
        self._keep([*(span for span in self._spans if span.id not in gone), *added])
        self.view.replace_spans(gone, [self._painted(span) for span in added if self._is_shown(span)])

    def _keep(self, spans: Iterable[Annotation]) -> None:
        self._spans = sorted(spans, key=attrgetter("start"))
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def _paint(self) -> None:
        first = bisect_right(self._reach, self._stretch.start)
        stop = bisect_left(self._starts, self._stretch.end)
        shown = [span for span in self._spans[first:stop] if self._is_shown(span)]
        self.view.set_spans([self._painted(span) for span in shown])

    def _is_shown(self, span: Annotation) -> bool:
        return span.start < self._stretch.end and span.end > self._stretch.start

    def _painted(self, span: Annotation) -> PaintedSpan:
        label = None if self._schema is None else self._schema.label(span.label)
        start, length = self._stretch.start, self._stretch.end - self._stretch.start
        pieces = [(max(0, at - start), min(length, end - start)) for at, end in span.fragments]
        shown = tuple(Fragment(at, end) for at, end in pieces if at < end)
        name, colour = (span.label, "#777777") if label is None else (label.name, label.colour)
        return PaintedSpan(span.id, shown, name, colour)

    def focus_on(self, place: Range, span: str | None) -> None:
        """Outline a span, and bring a place into view, a third from the top."""
        self.view.select_span(span)
        start = max(0, place.start - self._stretch.start)
        if self.pages is not None and self.shows_pages:
            self.pages.reveal(place.start, place.end)
            return
        self.view.reveal(start, max(start, min(place.end, self._stretch.end) - self._stretch.start))

    def place(self) -> int:
        """The offset of the first line in view."""
        return self.view.place() + self._stretch.start

    def follow(self, other: "Column") -> None:
        """Scroll to where another column is."""
        if self.pages is not None and other.pages is not None and self.shows_pages:
            self.pages.verticalScrollBar().setValue(other.pages.verticalScrollBar().value())
            return
        bar, leading = self.view.verticalScrollBar(), other.view.verticalScrollBar()
        if self.looks_like(other) and leading.value() <= bar.maximum():
            bar.setValue(leading.value())
        else:
            self.view.restore_place(other.view.place())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice a wheel that would go beyond the stretch."""
        if isinstance(event, QWheelEvent) and event.angleDelta().y():
            bar, way = self.view.verticalScrollBar(), event.angleDelta().y()
            if (way < 0 and bar.value() >= bar.maximum()) or (way > 0 and bar.value() <= bar.minimum()):
                self.left_stretch.emit(1 if way < 0 else -1)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "view"):
            self.view.set_theme(theme_of(self))
            if self.pages is not None:
                self.pages.set_theme(theme_of(self))


def stretch_around(text: str, place: int, *, before: int = STRETCH // 3) -> Range:
    """The stretch of a text that is shown around a place, from paragraph to paragraph where it can be.

    `before` is how much of it may stand before the place.
    """
    if len(text) <= STRETCH:
        return Range(0, len(text))
    start = max(0, min(place - before, len(text) - STRETCH))
    if start > 0:
        paragraph = text.find("\n", start, place)
        start = paragraph + 1 if paragraph >= 0 else start
    end = min(len(text), start + STRETCH)
    paragraph = text.rfind("\n", max(place, start), end) if end < len(text) else -1
    return Range(start, paragraph if paragraph > place else end)
