"""The columns of the review screen: annotators side by side, more by scrolling, and gold at the right.

They scroll together, by text position. All of them show the same stretch of the text.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from annotator.adjudication.links import LinkUnit
from annotator.adjudication.units import Unit
from annotator.geometry import Range
from annotator.model import Annotation
from annotator.services.reviewing import AnyUnit
from ui.review.column import BEFORE, LEAST_WIDTH, STRETCH, Column, stretch_around
from ui.review.desk import ReviewDesk
from ui.review.pages import ReviewPages
from ui.review.strict import hides_votes

SIDE_BY_SIDE = 5


class Columns(QWidget):
    """A column for each annotator who has finished the document, in the order of the desk, and gold.

    Signals:
        unit_picked: A span of the unit of that key was clicked.
        span_taken: A span was double-clicked; the argument is the number of its column.
    """

    unit_picked = Signal(str)
    span_taken = Signal(int)

    def __init__(self, desk: ReviewDesk, passwords: Mapping[str, str]) -> None:
        super().__init__()
        self._desk = desk
        self._pages = ReviewPages(desk, passwords)
        self.shows_pages = False
        self._people: list[Column] = []
        self._stretch = Range(0, 0)
        self._document: QTextDocument | None = None  # the stretch as the annotators' columns show it
        self._is_following = False  # while columns scroll because another one did
        self._unit_of: dict[str, str] = {}  # by the id of a span
        self._span_in: dict[tuple[str, str], str] = {}  # by unit and annotator
        self.clicked = ""  # the span (an id) that was, until another unit is in focus
        self._gold_shown: dict[str, Annotation] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)  # once new columns have their size
        self._soon.timeout.connect(self._on_moved)
        self.gold = Column()
        self.gold.setObjectName("gold_column")
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(1)
        inner = QWidget()
        inner.setLayout(self._row)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its columns are gone through one by one
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.gold)
        self._connect(self.gold)
        desk.document_changed.connect(self._on_document_changed)
        desk.names_changed.connect(self._on_names_changed)
        desk.units_changed.connect(self._on_units_changed)
        desk.moved.connect(self._on_moved)
        self._pages.troubled.connect(self._on_troubled)

    def set_pages(self, is_on: bool) -> None:
        """Show the pages of the document instead of its text, if it has any, or text again."""
        pages = self._pages.pages() if is_on else None
        if is_on and pages is None:
            self._desk.told.emit(self.tr("This document has no pages."))
        self.shows_pages = pages is not None
        for column in self.all:
            column.show_pages(pages, self._pages.renderer)
        self._stretch = Range(0, 0)
        self._show_around(0)
        self._on_moved()
        if not self.shows_pages:
            self._pages.close()

    def close_pages(self) -> None:
        """Let go of the PDF whose pages are shown."""
        self._pages.close()

    def _on_troubled(self) -> None:
        self._desk.told.emit(self.tr("The pages cannot be drawn; open the document in the main window."))
        self.set_pages(False)

    @property
    def people(self) -> Sequence[Column]:
        """The annotators' columns, from the left."""
        return self._people

    @property
    def all(self) -> list[Column]:
        return [*self._people, self.gold]

    def _connect(self, column: Column) -> None:
        column.scrolled.connect(self._on_scrolled)
        column.picked.connect(self._on_picked)
        column.taken.connect(lambda span: self._on_taken(column, span))
        column.left_stretch.connect(self._turn)
        column.resized.connect(self._soon.start)

    # -- what they show

    def _on_document_changed(self) -> None:
        of = self._desk.review
        if of is None:
            return
        while len(self._people) < len(of.people):
            column = Column()
            self._connect(column)
            self._people.append(column)
            self._row.addWidget(column)
        for column in self._people[len(of.people) :]:
            self._row.removeWidget(column)
            column.deleteLater()
        del self._people[len(of.people) :]
        for one, other in pairwise(self.all):
            self.setTabOrder(one.view, other.view)
        self._unit_of = {each.span.id: unit.key for unit in of.units for each in unit.candidates}
        self._span_in = {
            (unit.key, each.annotator): each.span.id for unit in of.units for each in unit.candidates
        }
        self._fit()
        if self.shows_pages:
            self.set_pages(True)
        self._stretch = Range(0, 0)
        self._show_around(0)
        self._name_all()
        self._set_all_spans()
        self._soon.start()

    def _on_names_changed(self) -> None:
        if self._desk.review is not None and self._people:
            self._name_all()
            self._set_all_spans()

    def _name_all(self) -> None:
        for number, (who, column) in enumerate(zip(self._desk.order, self._people, strict=False), 1):
            column.set_title(f"{number}  {self._desk.name(who)}")
        self.gold.set_title(self.tr("Gold"))

    def _show_around(self, place: int) -> None:
        """Show the stretch around a place, if another one is shown."""
        of = self._desk.review
        if of is None or self._stretch.start <= place < self._stretch.end:
            return
        before = BEFORE if place >= self._stretch.end else STRETCH // 3
        whole = Range(0, len(of.text))
        self._stretch = whole if self.shows_pages else stretch_around(of.text, place, before=before)
        self._show_stretch(of.text)

    def _show_stretch(self, text: str) -> None:
        self._is_following = True  # none leads while some have the stretch and some have not
        document = self._laid_out(text)
        for column in self.all:
            is_shared = column is not self.gold and column.looks_like(self._people[0])
            column.show_stretch(text, self._stretch, document if is_shared else None)
        if not self.shows_pages:  # under pages the columns still hold the document that they had
            if self._document is not None:
                self._document.deleteLater()
            self._document = document
        self._is_following = False

    def _laid_out(self, text: str) -> QTextDocument | None:
        """The stretch for all annotators: to lay it out in each of their columns would be felt."""
        if self.shows_pages or not self._people:
            return None
        return self._people[0].view.make_document(text[self._stretch.start : self._stretch.end], self)

    def _set_all_spans(self) -> None:
        of, schema = self._desk.review, self._desk.session.schema
        if of is None:
            return
        by_annotator: dict[str, list[Annotation]] = {who: [] for who in of.people}
        for unit in of.units:
            for each in () if hides_votes(self._desk, unit) else unit.candidates:
                by_annotator[each.annotator].append(each.span)
        for who, column in zip(self._desk.order, self._people, strict=False):
            column.set_spans(by_annotator[who], schema)
        self._gold_shown = self._gold()
        self.gold.set_spans(list(self._gold_shown.values()), schema)

    def _gold(self) -> dict[str, Annotation]:
        """What is in gold; a second reviewer does not see it."""
        of = self._desk.review
        return {} if of is None or self._desk.is_second else {span.id: span for span in of.gold.spans}

    def _on_units_changed(self) -> None:
        """Show what changed in gold, and whose votes may be seen now."""
        if self._desk.is_strict:
            self._set_all_spans()
            return
        now, before = self._gold(), self._gold_shown
        if now == before:
            return
        self._gold_shown = now
        touched = [key for key in before if now.get(key) != before[key]]
        added = [span for key, span in now.items() if before.get(key) != span]
        self.gold.replace_spans(touched, added)

    # -- where they are

    def _on_moved(self) -> None:
        self.clicked = ""
        unit = self._desk.unit
        if unit is None:
            return
        self._show_around(unit.start)
        place = Range(unit.start, unit.end)
        self._is_following = True
        for who, column in zip(self._desk.order, self._people, strict=False):
            column.focus_on(place, self._span_in.get((unit.key, who)) if isinstance(unit, Unit) else None)
        self.gold.focus_on(place, self._gold_span(unit))
        self._is_following = False
        if self._people:
            self._on_scrolled(self._people[0])

    def _gold_span(self, unit: AnyUnit) -> str | None:
        decision = self._desk.decision(unit)
        if decision is None or isinstance(unit, LinkUnit) or not decision.results:
            return None
        return decision.results[0].annotation or None

    def _on_scrolled(self, leading: Column) -> None:
        if self._is_following:
            return
        self._is_following = True
        for column in self.all:
            if column is not leading:
                column.follow(leading)
        self._is_following = False

    def _turn(self, way: int) -> None:
        """Show the stretch after (1) or before (-1) the one that is shown, still at the same place."""
        of = self._desk.review
        edge = self._stretch.end if way > 0 else self._stretch.start
        if of is None or edge in (0, len(of.text)):
            return
        place = self.gold.place()
        self._stretch = stretch_around(of.text, edge)
        self._show_stretch(of.text)
        for column in self.all:
            column.view.restore_place(max(0, place - self._stretch.start))

    # -- what is done in them

    def _on_picked(self, span: str) -> None:
        key = self._unit_of.get(span) or self._unit_of_gold().get(span)
        if key is not None:
            self.unit_picked.emit(key)
            self.clicked = span

    def _unit_of_gold(self) -> Mapping[str, str]:
        of = self._desk.review
        if of is None:
            return {}
        return {
            result.annotation: key
            for key, standing in of.standings.of.items()
            for decision in standing.decisions
            for result in decision.results
        }

    def _on_taken(self, column: Column, span: str) -> None:
        if column in self._people and span in self._unit_of:
            self._on_picked(span)
            self.span_taken.emit(self._people.index(column))

    def _fit(self) -> None:
        """Give all columns the same width: then one of them scrolls as another does."""
        shown = min(SIDE_BY_SIDE, max(1, len(self._people)))
        width = max(LEAST_WIDTH, (self.width() - shown) // (shown + 1))
        for column in self.all:
            column.setFixedWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._soon.start()
