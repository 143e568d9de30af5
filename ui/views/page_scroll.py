"""Pages below each other, scrolled and zoomed: all of the page view that has nothing to do with spans.

Pages count from 0. What is rendered of them comes from a PageRenderer; a page is blank until then.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.page_text import PageText
from ui.page_rendering import PageRenderer, Wanted
from ui.theme import LIGHT, Theme
from ui.views.page_layout import GAP, MARGIN, PageLayout, PageSize, fitting_scale
from ui.views.page_painter import PlacedPage

ACTUAL_SIZE = 96 / 72
"""Logical pixels a point at 100 %."""

ZOOM_STEPS = (25, 33, 50, 67, 80, 100, 120, 150, 200, 250, 300, 400)
WIDEST_FIT = 1.6 * ACTUAL_SIZE
DIMMED = "#cfcfcf"
"""What white paper becomes in the dark theme."""

# Larger pages, of a great zoom or a poster, are painted anew each time rather than kept in memory.
_MOST_PIXELS_KEPT = 16_000_000
_CALM_MILLISECONDS = 150
_NOTCH = 120


class Pages(Protocol):
    """The pages of a document; `sizes` may turn out otherwise until all are known."""

    @property
    def sizes(self) -> Sequence[PageSize]: ...
    def text(self, page: int) -> PageText:
        """A page and its words."""

    def page_of(self, offset: int) -> int:
        """The page that a code point stands on."""


class PageScroll(QAbstractScrollArea):
    """Shows pages.

    Signals:
        scrolled: Another part of the pages is in view.
        place_changed: As `scrolled`, once scrolling has come to rest.
        zoom_changed: The pages have another size; the argument is the zoom in per cent.
    """

    scrolled = Signal()
    place_changed = Signal()
    zoom_changed = Signal(int)

    def __init__(self, renderer: PageRenderer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: Pages | None = None
        self._renderer = renderer
        self._theme: Theme = LIGHT
        self._layout = PageLayout([], ACTUAL_SIZE, width=0)
        self._zoom: int | None = None  # in per cent; None: as wide as the view
        self._turned = 0
        self._kept: dict[int, tuple[Hashable, QImage]] = {}
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MILLISECONDS)
        self._calm.timeout.connect(self._on_at_rest)
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self.ask_for_pictures)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.WheelFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        renderer.rendered.connect(self._on_rendered)

    # -- the pages

    def show_pages(self, pages: Pages | None) -> None:
        """Show other pages from the first on, or none."""
        self.pages = pages
        self._kept.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()
        self.ask_for_pictures()
        self._calm.start()

    def sizes_changed(self) -> None:
        """Take over what the sizes of the pages have turned out to be; the place stays."""
        self._keeping_place(self._lay_out)

    def _lay_out(self) -> None:
        sizes = self.pages.sizes if self.pages is not None else ()
        view = self.viewport().size()
        scale = self._scale(sizes, view.width())
        ratio = self.devicePixelRatioF()
        self._layout = PageLayout(sizes, scale, width=view.width(), ratio=ratio)
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(round(24 * scale))
        self.verticalScrollBar().setRange(0, max(0, round(self._layout.height - view.height())))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(0, round(self._layout.width - view.width())))

    def _scale(self, sizes: Sequence[PageSize], width: int) -> float:
        if self._zoom is not None:
            return self._zoom / 100 * ACTUAL_SIZE
        return fitting_scale(sizes, width, most=WIDEST_FIT)

    def _origin(self) -> QPointF:
        """Where in the viewport the top left of all pages lies."""
        return QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def visible_pages(self) -> range:
        """The pages of which something is in view."""
        top = self.verticalScrollBar().value()
        return self._layout.between(top, top + self.viewport().height())

    def placed(self, page: int) -> PlacedPage:
        """A page where it is in the viewport."""
        if self.pages is None:
            raise IndexError(page)
        rect = self._layout.rect(page).translated(self._origin())
        width = round(rect.width() * self.devicePixelRatioF())
        return PlacedPage(self.pages.text(page), rect, self._renderer.picture(page, width))

    def page_at(self, point: QPointF) -> PlacedPage | None:
        """The page under a point of the viewport, or the one nearest to it in height."""
        if not len(self._layout):
            return None
        y = point.y() - self._origin().y()
        page = self._layout.at(y)
        below = self._layout.rect(page).bottom() + GAP / 2
        return self.placed(min(page + 1, len(self._layout) - 1) if y > below else page)

    # -- pictures

    def ask_for_pictures(self) -> None:
        """Want the pages in view, those most in view first, then their neighbours."""
        seen = self.visible_pages()
        if not seen or not self.isVisible():
            return
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        nearest = sorted(seen, key=lambda page: self._distance(page, middle))
        around = [page for page in (seen.stop, seen.start - 1) if 0 <= page < len(self._layout)]
        ratio = self.devicePixelRatioF()
        rects = [(page, self._layout.rect(page)) for page in [*nearest, *around]]
        self._renderer.want(
            [Wanted(page, round(rect.width() * ratio), round(rect.height() * ratio)) for page, rect in rects]
        )

    @property
    def is_drawn(self) -> bool:
        """Whether every page in view has its picture, and not one of another size."""
        pages = [self.placed(page) for page in self.visible_pages()]
        ratio = self.devicePixelRatioF()
        return bool(pages) and all(
            page.picture is not None and page.picture.width() == round(page.rect.width() * ratio)
            for page in pages
        )

    def _distance(self, page: int, y: float) -> float:
        rect = self._layout.rect(page)
        return max(rect.top() - y, 0.0, y - rect.bottom())

    def _on_at_rest(self) -> None:
        """Read the words of the neighbours of what is in view, so that scrolling there need not wait."""
        seen = self.visible_pages()
        for page in (seen.stop, seen.start - 1):
            if self.pages is not None and 0 <= page < len(self._layout):
                self.pages.text(page)
        self.place_changed.emit()

    def _on_rendered(self, page: int) -> None:
        if page in self.visible_pages():
            self.viewport().update()

    # -- what is in view

    def page(self) -> int:
        """The page that is read: the one at a third of the height."""
        return self._layout.at(self.verticalScrollBar().value() + self.viewport().height() / 3)

    def go_to_page(self, page: int) -> None:
        """Show a page from its top."""
        if 0 <= page < len(self._layout):
            self.verticalScrollBar().setValue(round(self._layout.rect(page).top() - MARGIN + 4))

    def reveal(self, start: int, end: int) -> None:
        """Scroll only if `[start, end)` is not in view; its start comes to a third of the height."""
        first = self.box_of(start)
        if first is None:
            return
        last = self.box_of(max(start, end - 1)) or first
        height = self.viewport().height()
        above = min(40.0, height / 4)
        if first.top() < above or max(last.bottom(), first.bottom()) > height - 8:
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + first.top() - height / 3))
        self._reveal_across(first)

    def _reveal_across(self, box: QRectF) -> None:
        bar, width = self.horizontalScrollBar(), self.viewport().width()
        if box.left() < 0 or box.left() > width - 20:
            bar.setValue(round(bar.value() + box.left() - width / 3))

    def box_of(self, offset: int) -> QRectF | None:
        """Where in the viewport a code point stands."""
        if self.pages is None or not len(self._layout):
            return None
        page = self.placed(self.pages.page_of(offset))
        box = page.text.caret_box(offset)
        return page.rect if box is None else page.placed(box)

    def place_at(self, y: float) -> int | None:
        """The offset of the line at a height of the viewport, or of the next one below."""
        page = self.page_at(QPointF(0, y))
        return None if page is None else page.text.first_from(page.on_page(QPointF(0, y)).y())

    def show_at(self, offset: int, y: float) -> None:
        """Scroll so that the line of an offset stands at a height of the viewport, if it can."""
        box = self.box_of(offset)
        if box is not None:
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + box.top() - y))

    def _on_scrolled(self) -> None:
        self.viewport().update()
        self._ask.start()
        self._calm.start()
        self.scrolled.emit()

    # -- zoom

    def zoom(self) -> int:
        """The size of the pages in per cent; 100 is as large as they are printed."""
        return round(self._layout.scale / ACTUAL_SIZE * 100)

    @property
    def fits_width(self) -> bool:
        """Whether the pages are as wide as the view."""
        return self._zoom is None

    def set_zoom(self, percent: int | None) -> None:
        """Show the pages in a size in per cent; None makes them as wide as the view."""
        if percent is not None:
            percent = min(max(percent, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        self._zoom = percent
        self._keeping_place(self._lay_out)
        self.zoom_changed.emit(self.zoom())

    def zoom_in(self) -> None:
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self.zoom()), ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self.zoom()), ZOOM_STEPS[0]))

    def zoom_reset(self) -> None:
        self.set_zoom(100)

    def _keeping_place(self, change: Callable[[], None]) -> None:
        """Make a change of layout so that what is at a third of the height stays there."""
        third = self.viewport().height() / 3
        bar, before = self.verticalScrollBar(), self._layout
        y = bar.value() + third
        page = before.at(y) if len(before) else 0
        old = before.rect(page) if len(before) else QRectF()
        at_top = bar.value() == 0
        change()
        if at_top or page >= len(self._layout):
            return
        new = self._layout.rect(page)
        within = (y - old.top()) / max(1.0, old.height())
        bar.setValue(round(new.top() + within * new.height() - third))
        across = self.horizontalScrollBar()
        across.setValue(round((across.minimum() + across.maximum()) / 2))
        self.viewport().update()
        self._ask.start()

    def set_theme(self, theme: Theme) -> None:
        """Show everything around the paper in a theme's colours."""
        self._theme = theme
        self.viewport().update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(event.rect(), QColor(self._theme.window))
            for number in self.visible_pages():
                self._paint_page(painter, number)

    def overlay_state(self) -> Hashable:
        """What `paint_over` depends on: while it stays equal, pages are not painted anew to be scrolled."""
        return None

    def paint_over(self, painter: QPainter, page: PlacedPage) -> None:
        """Paint what lies over a page, before the paper is dimmed."""

    def _paint_page(self, painter: QPainter, number: int) -> None:
        page = self.placed(number)
        painter.fillRect(page.rect.adjusted(-1, -1, 1, 1), QColor(self._theme.line))
        size = self._pixels(page)
        if page.picture is None or size.width() * size.height() > _MOST_PIXELS_KEPT:
            self._paint_sheet(painter, page, number)
        else:
            painter.drawImage(page.rect.topLeft(), self._composed(page, number))
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(self.font())
        below = QRectF(page.rect.left(), page.rect.bottom() + 2, page.rect.width(), GAP - MARGIN)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._caption(page))

    def _composed(self, page: PlacedPage, number: int) -> QImage:
        """A page with all that lies over it, kept for as long as it is in view and nothing changes."""
        picture = 0 if page.picture is None else page.picture.cacheKey()
        looks = page.rect.size().toTuple(), self._theme.is_dark, self._renderer.has_failed(number)
        state = page.text, picture, looks, self.overlay_state()
        if number not in self._kept or self._kept[number][0] != state:
            self._kept = {each: kept for each, kept in self._kept.items() if each in self.visible_pages()}
            self._kept[number] = state, self._compose(page, number)
        return self._kept[number][1]

    def _pixels(self, page: PlacedPage) -> QSize:
        """How large a page is on the screen itself."""
        return (page.rect.size() * self.devicePixelRatioF()).toSize()

    def _compose(self, page: PlacedPage, number: int) -> QImage:
        image = QImage(self._pixels(page), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._paint_sheet(painter, replace(page, rect=QRectF(QPointF(0, 0), page.rect.size())), number)
        return image

    def _paint_sheet(self, painter: QPainter, page: PlacedPage, number: int) -> None:
        """The page itself and what lies over it, dimmed in the dark."""
        painter.fillRect(page.rect, Qt.GlobalColor.white)
        if page.picture is None:
            self._paint_blank(painter, page, number)
        else:
            painter.drawImage(page.rect, page.picture)
        self.paint_over(painter, page)
        if self._theme.is_dark:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(page.rect, QColor(DIMMED))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _paint_blank(self, painter: QPainter, page: PlacedPage, number: int) -> None:
        """What a page shows until it is drawn: its number; or that it cannot be."""
        font, words, size, colour = self.font(), str(number + 1), 36, LIGHT.line
        if self._renderer.has_failed(number):
            words = self.tr("This page cannot be drawn.\nIts text can be marked in the text view.")
            size, colour = 14, LIGHT.muted
        font.setPixelSize(size)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(page.rect, Qt.AlignmentFlag.AlignCenter, words)

    def _caption(self, page: PlacedPage) -> str:
        """The page's number, the one printed on it, and whether its text can be marked."""
        own = page.text.page
        words = [str(own.number)]
        if own.printed is not None:
            words.append(self.tr("printed {number}").format(number=own.printed))
        if own.kind == "scan":
            words.append(self.tr("a picture without text to mark"))
        elif own.kind == "ocr":
            words.append(self.tr("text recognised by OCR"))
        elif own.kind == "unreliable":
            words.append(self.tr("text not reliable"))
        return "  ·  ".join(words)

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = self.zoom()
        self._keeping_place(self._lay_out)
        self._ask.start()
        if self.zoom() != before:
            self.zoom_changed.emit(self.zoom())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        while abs(self._turned) >= _NOTCH:
            (self.zoom_in if self._turned > 0 else self.zoom_out)()
            self._turned -= _NOTCH if self._turned > 0 else -_NOTCH

    def sizeHint(self) -> QSize:
        return QSize(600, 700)
