"""The pages in small beside the document, with the spans on them; a click goes to a page.

Pages count from 0. Only those in view are drawn, after the pages that are being read.
"""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.page_rendering import THUMBNAIL_PIXELS, PageRenderer, Wanted
from ui.panels.themed import theme_of
from ui.theme import LIGHT, span_colours
from ui.views.page_layout import PageSize
from ui.views.page_painter import PagePainter, PlacedPage
from ui.views.page_scroll import DIMMED
from ui.views.page_view import PageView

Index = QModelIndex | QPersistentModelIndex

WIDTH = 124
PAPER = QSize(84, 112)
"""What a page in small fits into."""

LABEL = 18
PADDING = 8


class Thumbnails(QListView):
    """All pages of what a page view shows.

    Signals:
        chosen: A page was clicked, or Enter pressed on it.
    """

    chosen = Signal(int)

    def __init__(self, view: PageView, renderer: PageRenderer) -> None:
        super().__init__()
        self.setObjectName("thumbnails")
        self.setAccessibleName(self.tr("Pages"))
        self._view = view
        self._renderer = renderer
        # A model of Python's own would be asked thousands of times for each document that is opened.
        self._model = QStringListModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_PageDelegate(view, renderer, self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ask = QTimer(self, singleShot=True, interval=60)
        self._ask.timeout.connect(self._ask_for_pictures)
        self._connect()

    def _connect(self) -> None:
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.activated.connect(lambda index: self.chosen.emit(index.row()))
        self.verticalScrollBar().valueChanged.connect(self._ask.start)
        self._view.scrolled.connect(self.show_current)
        self._view.text.overlay_changed.connect(self.viewport().update)
        self._renderer.rendered.connect(self._on_rendered)

    def show_pages(self) -> None:
        """Show the pages that the page view has."""
        count = len(self._view.pages.sizes) if self._view.pages is not None else 0
        if count != self._model.rowCount():
            self._model.setStringList([str(number) for number in range(1, count + 1)])
        self.show_current()
        self._ask.start()

    def show_current(self) -> None:
        """Mark the page that is read."""
        if self.isVisible() and self._view.pages is not None:
            index = self._model.index(self._view.page())
            if index != self.currentIndex():
                self.setCurrentIndex(index)

    def pages_in_view(self) -> range:
        """The pages of which something is in view here."""
        first = self.indexAt(self.viewport().rect().topLeft()).row()
        if first < 0:
            return range(0)
        count = self.viewport().height() // _ITEM.height() + 2
        return range(first, min(first + count, self._model.rowCount()))

    def _ask_for_pictures(self) -> None:
        pages = self._view.pages
        if pages is None or not self.isVisible():
            return
        ratio = self.devicePixelRatioF()
        wanted = []
        for number in self.pages_in_view():
            paper = paper_of(pages.sizes[number], ratio)
            wanted.append(Wanted(number, paper.width(), paper.height()))
        self._renderer.want(wanted, later=True)

    def _on_rendered(self, page: int) -> None:
        self.update(self._model.index(page))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_pages()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._renderer.want((), later=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask.start()


def paper_of(size: PageSize, ratio: float) -> QSize:
    """The size of a page in small, in device pixels; always that of a thumbnail."""
    share = min(PAPER.width() / max(size.width, 1.0), PAPER.height() / max(size.height, 1.0)) * ratio
    share = min(share, THUMBNAIL_PIXELS / max(size.width, 1.0))
    return QSize(max(1, round(size.width * share)), max(1, round(size.height * share)))


_ITEM = QSize(WIDTH - 14, PAPER.height() + LABEL + PADDING)


class _PageDelegate(QStyledItemDelegate):
    """Paints a page in small: its picture, the spans as bars, the number below."""

    def __init__(self, view: PageView, renderer: PageRenderer, parent: Thumbnails) -> None:
        super().__init__(parent)
        self._list = parent
        self._view = view
        self._renderer = renderer
        self._painter = PagePainter()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return _ITEM

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pages = self._view.pages
        if pages is None or index.row() >= len(pages.sizes):
            return
        theme = theme_of(self._list)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        paper = paper_of(pages.sizes[index.row()], 1.0)
        left = option.rect.left() + (option.rect.width() - paper.width()) // 2
        top = option.rect.top() + PADDING + (PAPER.height() - paper.height()) // 2
        rect = QRectF(QRect(left, top, paper.width(), paper.height()))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(QColor(theme.accent if is_current else theme.line), 2.5 if is_current else 1))
        painter.setBrush(QColor("white"))
        painter.drawRect(rect.adjusted(-1, -1, 1, 1))
        self._paint_paper(painter, index.row(), rect)
        if theme.is_dark:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(rect, QColor(DIMMED))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QColor(theme.accent if is_current else theme.muted))
        below = QRect(option.rect.left(), option.rect.bottom() - LABEL, option.rect.width(), LABEL)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        painter.restore()

    def _paint_paper(self, painter: QPainter, number: int, rect: QRectF) -> None:
        pages = self._view.pages
        if pages is None:
            return
        width = round(rect.width() * self._list.devicePixelRatioF())
        picture = self._renderer.picture(number, width)
        if picture is not None:
            painter.drawImage(rect, picture)
        spans = self._view.text.spans
        if not len(spans):
            return  # without reading the words of the page
        page = PlacedPage(pages.text(number), rect, picture)
        for pieces in self._painter.rows(page, spans).values():
            for piece in pieces:
                bar = QRectF(piece.rect.left(), piece.rect.center().y() - 1, piece.rect.width(), 2)
                painter.fillRect(bar, span_colours(piece.stretch.span.colour, LIGHT).line)
