"""Paints over one page what the text view paints on its lines: tints, lines, chips, selection, marks.

Tints lie under the ink: where something is marked the page is painted anew on them, multiplied, so letters
stay as black as they are printed. Paper is white in every theme, so the colours are those of the light one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QRegion

from annotator.geometry import Box, Range
from annotator.page_text import LinePiece, PageText
from ui.theme import LIGHT, span_colours
from ui.theme.contrast import mix
from ui.views.arcs import Arc, ArcEnd, PlacedArc, paint_arcs
from ui.views.overlay import PaintedSpan, SpanIndex, Stretch
from ui.views.span_handles import Handle
from ui.views.span_painter import Chip, Piece, SpanMetrics, SpanPainter

_MOST_LANES = 4
_EM = 0.84
"""How large letters are, as a share of the height of their boxes."""

_FULL_CHIP = 0.62
"""How high a chip is that may cover what is above it, as a share of the letters' size."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is to be painted over all pages; `selection` and `matches` are in code points.

    `focused` is the suggestion in focus.
    """

    spans: SpanIndex
    selected: str | None = None
    hovered: str | None = None
    selection: Range | None = None
    matches: tuple[Range, ...] = ()
    caret: int | None = None
    arcs: tuple[Arc, ...] = ()
    suggestions: SpanIndex = field(default_factory=SpanIndex)
    focused: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page where it is painted: `rect` in the pixels of the painter, `picture` as soon as there is one."""

    text: PageText
    rect: QRectF
    picture: QImage | None = None

    @property
    def scale(self) -> float:
        return self.rect.width() / max(self.text.page.width, 1.0)

    def placed(self, box: Box) -> QRectF:
        """A box of the page in pixels."""
        across = self.scale
        down = self.rect.height() / max(self.text.page.height, 1.0)
        left, top = self.rect.left() + box.x0 * across, self.rect.top() + box.top * down
        return QRectF(left, top, (box.x1 - box.x0) * across, (box.bottom - box.top) * down)

    def on_page(self, point: QPointF) -> QPointF:
        """A point in pixels, in the points of the page."""
        x = (point.x() - self.rect.left()) / self.scale
        y = (point.y() - self.rect.top()) * self.text.page.height / self.rect.height()
        return QPointF(x, y)


class PagePainter:
    """Paints overlays on pages."""

    def __init__(self) -> None:
        self._painters: dict[tuple[int, int], SpanPainter] = {}

    # -- what is where

    def rows(self, page: PlacedPage, *indexes: SpanIndex) -> dict[int, list[Piece]]:
        """The pieces of the spans on a page by the number of their line, outer before inner."""
        rows: dict[int, list[Piece]] = defaultdict(list)
        for spans in indexes:
            for stretch in _stretches(page.text, spans):
                lane = min(spans.lane(stretch).number, _MOST_LANES - 1)
                for piece in page.text.pieces(stretch.start, stretch.end):
                    rows[piece.line].append(_piece(page, stretch, piece, lane))
        return rows

    def chips(
        self, page: PlacedPage, rows: dict[int, list[Piece]], overlay: Overlay
    ) -> Iterator[tuple[SpanPainter, Chip]]:
        """The chips of a page with who paints them: as high as the room above the line allows.

        The one under the mouse has its letters in any case, over whatever is there.
        """
        for line, pieces in rows.items():
            height = max(piece.rect.height() for piece in pieces)
            small = self._painter(height, page.text.gap_above(line) * page.scale)
            large = self._painter(height, height * _FULL_CHIP)
            if small.metrics.has_chip_text:
                large = small
            chosen = [
                piece for piece in pieces if large is not small and piece.stretch.span.id == overlay.hovered
            ]
            in_full = large.chips(chosen, page.rect.right())
            for chip in small.chips([piece for piece in pieces if piece not in chosen], page.rect.right()):
                if not any(chip.rect.intersects(each.rect) for each in in_full):
                    yield small, chip
            yield from ((large, chip) for chip in in_full)

    def handles(self, rows: dict[int, list[Piece]], selected: str | None) -> list[Handle]:
        """The handles at the ends of the selected span."""
        own = [piece for row in rows.values() for piece in row if piece.stretch.span.id == selected]
        return self._painter_of(own[0]).handles(own) if own else []

    # -- painting

    def paint(self, painter: QPainter, page: PlacedPage, overlay: Overlay) -> None:
        """Paint everything over a page whose picture is painted already."""
        rows = self.rows(page, overlay.spans, overlay.suggestions)
        pieces = [piece for row in rows.values() for piece in row if not piece.stretch.span.is_suggestion]
        matches = [box for each in _near(page.text, overlay.matches) for box in _boxes(page, each)]
        selection = _boxes(page, overlay.selection) if overlay.selection is not None else []
        joints = list(_joints(page, overlay))
        region = _region(pieces, [*matches, *selection], joints)
        if not region.isEmpty():
            painter.save()
            painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
            painter.fillRect(page.rect, Qt.GlobalColor.white)
            self._paint_tints(painter, pieces, overlay.hovered)
            _paint_ground(painter, matches, QColor(LIGHT.match))
            _paint_ground(painter, selection, QColor(LIGHT.selection))
            _paint_joints(painter, joints)
            if page.picture is not None:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.drawImage(page.rect, page.picture)
            painter.restore()
        self._paint_over(painter, page, rows, overlay)

    def _paint_tints(self, painter: QPainter, pieces: Sequence[Piece], hovered: str | None) -> None:
        by_size: dict[SpanPainter, list[Piece]] = defaultdict(list)
        for piece in pieces:
            by_size[self._painter_of(piece)].append(piece)
        for sized, own in by_size.items():
            sized.paint_tints(painter, own, hovered)

    def _paint_over(
        self, painter: QPainter, page: PlacedPage, rows: dict[int, list[Piece]], overlay: Overlay
    ) -> None:
        _paint_redactions(painter, page)
        _paint_arcs(painter, page, overlay.arcs)
        pieces = [piece for row in rows.values() for piece in row]
        own = [piece for piece in pieces if piece.stretch.span.id == overlay.selected]
        for piece in pieces:
            self._painter_of(piece).paint_suggestions(painter, [piece], overlay.focused)
        if own:
            self._painter_of(own[0]).paint_outline(painter, own)
        for sized, chip in self.chips(page, rows, overlay):
            sized.paint_chips(painter, [chip], (overlay.selected, overlay.focused))
        if own:
            self._painter_of(own[0]).paint_handles(painter, self.handles(rows, overlay.selected))
        if overlay.caret is not None:
            _paint_caret(painter, page, overlay.caret)

    def _painter_of(self, piece: Piece) -> SpanPainter:
        return self._painter(piece.rect.height(), 0.0)

    def _painter(self, height: float, room: float) -> SpanPainter:
        """The painter for lines of a height in pixels with some room above them."""
        em = max(4, round(height * _EM))
        key = em, round(max(0.0, min(room, em)))
        if key not in self._painters:
            metrics = SpanMetrics.around(em, height - em * 0.28, em * 0.28, key[1], pitch=height)
            self._painters[key] = SpanPainter(metrics, LIGHT)
        return self._painters[key]


def _stretches(text: PageText, spans: SpanIndex) -> list[Stretch]:
    """The stretches of spans on a page, each once, outer before inner."""
    found = {
        (stretch.span.id, stretch.number): stretch
        for start, end in text.owned
        for stretch in spans.overlapping(start, end)
    }
    return list(found.values())


def _piece(page: PlacedPage, stretch: Stretch, piece: LinePiece, lane: int) -> Piece:
    rect = page.placed(piece.box).adjusted(-1, 0, 1, 0)
    return Piece(stretch, rect, lane, begins=piece.begins, ends=piece.ends, is_leftward=False)


def _near(text: PageText, places: Iterable[Range]) -> list[Range]:
    """The places that may be on a page."""
    places = list(places)
    if not places or not text.lines:
        return []
    first = min(line.start for line in text.lines)
    last = max(line.end for line in text.lines)
    return [place for place in places if place.start < last and place.end > first]


def _boxes(page: PlacedPage, stretch: Range) -> list[QRectF]:
    return [page.placed(piece.box) for piece in page.text.pieces(stretch.start, stretch.end)]


def _joints(page: PlacedPage, overlay: Overlay) -> Iterator[tuple[QRectF, PaintedSpan]]:
    """The words between the fragments of the spans in question, which a dotted line goes under."""
    for span_id in {overlay.selected, overlay.hovered}:
        span = overlay.spans.get(span_id)
        if span is None:
            continue
        for before, after in zip(span.fragments, span.fragments[1:], strict=False):
            for box in _boxes(page, Range(before.end, after.start)):
                yield box, span


def _region(
    pieces: Iterable[Piece], grounds: Iterable[QRectF], joints: Iterable[tuple[QRectF, PaintedSpan]]
) -> QRegion:
    """All that is painted under the ink."""
    region = QRegion()
    for piece in pieces:
        below = piece.rect.height() * 0.3 * (1 + piece.lane)
        region += piece.rect.adjusted(-1, -1, 1, below).toAlignedRect()
    for rect in [*grounds, *(rect for rect, _span in joints)]:
        region += rect.adjusted(-1, -1, 1, 3).toAlignedRect()
    return region


def _paint_ground(painter: QPainter, rects: Iterable[QRectF], colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for rect in rects:
        painter.drawRoundedRect(rect, 2, 2)


def _paint_joints(painter: QPainter, joints: Iterable[tuple[QRectF, PaintedSpan]]) -> None:
    for rect, span in joints:
        painter.setPen(QPen(span_colours(span.colour, LIGHT).line, 1.5, Qt.PenStyle.DotLine))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _paint_arcs(painter: QPainter, page: PlacedPage, arcs: Iterable[Arc]) -> None:
    """The links that have an end on the page; the line to an end on another page leaves it above or below."""
    placed: list[PlacedArc] = []
    for arc in arcs:
        ends = [None if end is None else _arc_end(page, end) for end in (arc.source, arc.target)]
        if not any(ends):
            continue
        last = page.text.owned[-1].end
        away = [
            page.rect.bottom() if offset is None or offset >= last else page.rect.top()
            for offset in (arc.source, arc.target)
        ]
        source, target = (edge if end is None else end for end, edge in zip(ends, away, strict=True))
        placed.append(PlacedArc(source, target, arc.is_strong))
    if placed:
        left = min(line.box.x0 for line in page.text.lines)
        paint_arcs(painter, placed, LIGHT, page.rect.left() + left * page.scale)


def _arc_end(page: PlacedPage, offset: int) -> ArcEnd | None:
    """Where the character at an offset stands; None where that is not on the page."""
    boxes = _boxes(page, Range(offset, offset + 1))
    return ArcEnd(boxes[0].topLeft(), boxes[0].height() * 0.3) if boxes else None


def _paint_redactions(painter: QPainter, page: PlacedPage) -> None:
    """Hatches over what was blacked out, which is seen on black and on white."""
    for redaction in page.text.page.redactions:
        rect = page.placed(redaction.box)
        painter.setPen(QPen(QColor(LIGHT.alarm), 1.2))
        painter.setBrush(QBrush(QColor(mix(LIGHT.alarm, "#ffffff", 0.35)), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(rect)


def _paint_caret(painter: QPainter, page: PlacedPage, offset: int) -> None:
    if not any(start <= offset <= end for start, end in page.text.page.ranges):
        return
    box = page.text.caret_box(offset)
    if box is not None:
        rect = page.placed(box)
        is_upright = rect.height() > rect.width()
        thick = (
            QRectF(round(rect.left()) - 1, rect.top(), 2, rect.height())
            if is_upright
            else QRectF(rect.left(), round(rect.top()) - 1, rect.width(), 2)
        )
        painter.fillRect(thick, QColor(LIGHT.accent))
