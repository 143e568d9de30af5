"""The list of units at the left of the review screen, with filters, counts and progress."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QListView,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.adjudication.filtering import Filter, differing, labels_of
from annotator.adjudication.links import LinkUnit
from annotator.adjudication.standing import STATES, TO_DO, State
from annotator.adjudication.types import TYPES
from annotator.desk import type_name
from annotator.services.reviewing import AnyUnit, Review
from ui.panels.filter_boxes import ANY, fill_box, filter_box
from ui.panels.span_words import one_line
from ui.panels.themed import SMALL, Words, scaled_font, theme_of
from ui.review.desk import ReviewDesk
from ui.review.strict import COUNTING, detail_words, kind_words
from ui.review.words import state_words, type_words

_Index = QModelIndex | QPersistentModelIndex
_BELOW = Qt.ItemDataRole.UserRole
_STATE = Qt.ItemDataRole.UserRole + 1


class UnitModel(QAbstractListModel):
    """The units that the desk lists."""

    def __init__(self, desk: ReviewDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._listed: Sequence[AnyUnit] = ()
        desk.units_changed.connect(self._on_units_changed)

    def _on_units_changed(self) -> None:
        if self._listed is not self._desk.listed:
            self.beginResetModel()
            self._listed = self._desk.listed
            self.endResetModel()
        elif self._listed:
            self.dataChanged.emit(self.index(0), self.index(len(self._listed) - 1))

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._listed)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        of = self._desk.review
        if of is None or not index.isValid():
            return None
        unit = self._listed[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return unit_words(of, unit)
        if role == _BELOW:
            return self._below(unit)
        if role == _STATE:
            return self._desk.state(unit)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            desk = self._desk
            told = [self._below(unit), detail_words(desk, unit), state_words(desk.state(unit))]
            words = unit_words(of, unit)
            return f"{words}: {', '.join(part for part in told if part)}"
        return None

    def _below(self, unit: AnyUnit) -> str:
        """What annotators differ in; of a link, which one it is."""
        kind, schema = kind_words(self._desk, unit), self._desk.session.schema
        if not isinstance(unit, LinkUnit):
            return kind
        of = self._desk.review
        made = () if of is None or unit.candidates else of.made(unit.key)
        types = [each.link.type for each in unit.candidates] or [each.label for each in made]
        names = dict.fromkeys(type_name(schema, each) for each in types)
        return f"{kind}: {' / '.join(names)}"


def unit_words(of: Review, unit: AnyUnit) -> str:
    """A unit in a few words of its document; of a link those that it begins at."""
    if isinstance(unit, LinkUnit):
        return one_line(of.text[unit.start : unit.end])[:120]
    if not unit.candidates:
        pieces = [piece for result in of.made(unit.key) for piece in result.fragments]
        nothing = QCoreApplication.translate("review", "(nothing is left of it)")
        return one_line(" ".join(of.text[start:end] for start, end in pieces))[:120] or nothing
    return one_line(unit.candidates[0].span.quote.exact)[:120]


class _UnitDelegate(QStyledItemDelegate):
    """Two lines: the words, and below them the type at the left and the state at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, 2 * option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        widget = option.widget
        theme = theme_of(widget)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.selection))
        rect = option.rect.adjusted(10, 4, -10, -4)
        half = rect.height() // 2
        state: State = index.data(_STATE) or "open"
        painter.setFont(scaled_font(option.font, bold=state in TO_DO))
        painter.setPen(QColor(theme.text))
        words = painter.fontMetrics().elidedText(
            index.data() or "", Qt.TextElideMode.ElideRight, rect.width()
        )
        upper = QRect(rect.left(), rect.top(), rect.width(), half)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(scaled_font(option.font, SMALL))
        lower = QRect(rect.left(), rect.top() + half, rect.width(), half)
        painter.setPen(QColor(theme.muted))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, index.data(_BELOW) or "")
        painter.setPen(QColor(getattr(theme, _TONES[state])))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(lower, right, state_words(state))
        painter.restore()


_TONES: dict[State, str] = {
    "open": "text",
    "postponed": "caution",
    "stale": "alarm",
    "contested": "alarm",
    "spot_check": "caution",
    "auto": "muted",
    "decided": "good",
}


class UnitList(QWidget):
    """Filters, the list, and how far the document and the project are."""

    def __init__(self, desk: ReviewDesk) -> None:
        super().__init__()
        self._desk = desk
        self._is_filling = False
        self.type = filter_box(self.tr("Type"))
        self.layer = filter_box(self.tr("Layer"))
        self.label = filter_box(self.tr("Label"))
        self.state = filter_box(self.tr("State"))
        self.annotator = filter_box(self.tr("Annotator"))
        self.view = QListView()
        self.view.setModel(UnitModel(desk))
        self.view.setItemDelegate(_UnitDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(self.tr("Disagreements"))
        self.count = Words(tone="muted", size=SMALL)
        self.document_bar = _bar(self.tr("Decided in the document: %v of %m"))
        self.project_bar = _bar(self.tr("Decided in the project: %v of %m"))
        self._lay_out()
        for box in self.boxes:
            box.setMinimumContentsLength(8)
            box.currentIndexChanged.connect(self._on_filter_changed)
        self.view.clicked.connect(lambda index: desk.go_to(index.row()))
        desk.document_changed.connect(self._fill)
        desk.names_changed.connect(self._fill)
        desk.units_changed.connect(self._show_counts)
        desk.moved.connect(self._on_moved)

    @property
    def boxes(self) -> tuple[QComboBox, ...]:
        """The filters, in the order of the keyboard."""
        return self.type, self.state, self.layer, self.label, self.annotator

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(7)
        grid = QGridLayout()
        grid.setSpacing(5)
        for at, box in enumerate((self.type, self.state, self.layer, self.label)):
            grid.addWidget(box, at // 2, at % 2)
        grid.addWidget(self.annotator, 2, 0, 1, 2)
        layout.addLayout(grid)
        layout.addWidget(self.count)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.document_bar)
        layout.addWidget(self.project_bar)

    def _fill(self) -> None:
        """Offer what there is in the document to filter by; strictly blind, nothing that tells votes."""
        of, schema = self._desk.review, self._desk.session.schema
        if of is None:
            return
        self._is_filling, is_strict = True, self._desk.is_strict
        units = of.all_units
        types = Counter(unit.type for unit in units)
        labels = Counter(label for unit in units for label in labels_of(unit))
        layers = Counter(unit.layer for unit in units)
        fill_box(
            self.type,
            self.tr("All types"),
            [
                (kind, f"{type_words(kind)} ({types[kind]})")
                for kind in TYPES
                if types[kind] and not (is_strict and kind in COUNTING)
            ],
        )
        names = {layer.id: layer.name for layer in schema.layers}
        fill_box(
            self.layer,
            self.tr("All layers"),
            [(each, f"{names.get(each, each)} ({layers[each]})") for each in sorted(layers)],
        )
        fill_box(
            self.label,
            self.tr("All labels"),
            [(each, f"{type_name(schema, each)} ({labels[each]})") for each in sorted(labels)],
        )
        apart = Counter(who for unit in units for who in differing(unit))
        people = [
            (who, f"{self._desk.name(who)} ({apart[who]})") for who in self._desk.order if not is_strict
        ]
        fill_box(self.annotator, self.tr("All annotators"), people)
        self._fill_states()
        self._is_filling = False
        self._desk.filter = self._chosen()
        self._show_counts()

    def _fill_states(self) -> None:
        """Offer the states with how many stand so now."""
        counts = self._desk.state_counts
        to_do = sum(counts[state] for state in (*TO_DO, "spot_check"))
        fill_box(
            self.state,
            self.tr("All states"),
            [
                ("to_do", self.tr("To do ({n})").format(n=to_do)),
                *((state, f"{state_words(state)} ({counts[state]})") for state in STATES),
            ],
        )

    def _chosen(self) -> Filter:
        return Filter(
            type=self.type.currentData() or ANY,
            layer=self.layer.currentData() or ANY,
            label=self.label.currentData() or ANY,
            state=self.state.currentData() or ANY,
            annotator=self.annotator.currentData() or ANY,
        )

    def _on_filter_changed(self) -> None:
        if not self._is_filling:
            self._desk.apply(self._chosen())

    def _show_counts(self) -> None:
        of = self._desk.review
        if of is None:
            return
        self._fill_states()
        total = of.standings.total
        self.document_bar.setMaximum(max(1, total))
        self.document_bar.setValue(total - of.standings.to_do)
        shown = self.tr("{n} of {total} shown").format(n=len(self._desk.listed), total=total)
        self.count.setText(shown)

    def show_project(self, done: int, total: int) -> None:
        """Say how far the project is, in units."""
        self.project_bar.setMaximum(max(1, total))
        self.project_bar.setValue(done)

    def _on_moved(self) -> None:
        place = self._desk.place
        index = self.view.model().index(place, 0) if place >= 0 else QModelIndex()
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)


def _bar(words: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setFormat(words)
    bar.setTextVisible(True)
    bar.setMaximum(1)
    return bar
