"""The labels panel: every label of the schema by layer, with its key and how often it is used here.

A click only asks, by `label_clicked`: what it does with a selection is the window's to say. That a label
is armed comes from the session.
"""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolTip,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.change import Change
from annotator.model import Annotation, annotator_set_id
from annotator.schema import Offer
from ui.keys import shown
from ui.panels.empty_panel import EmptyPanel
from ui.panels.label_rows import LabelRow, LayerRow, layer_rows, offer_words
from ui.panels.label_tree import ARMED, ROW, LabelTree
from ui.panels.later import Later
from ui.panels.span_words import as_tooltip
from ui.panels.themed import Words
from ui.session import Session

Row = TypeVar("Row", LabelRow, LayerRow)


class LabelsPanel(QWidget):
    """The labels of the project as they are offered in the open document.

    Signals:
        label_clicked: A label was chosen with the mouse or by Enter (its id).
    """

    label_clicked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labels")
        self._session = session
        self._items: dict[str, QTreeWidgetItem] = {}
        self._folded: dict[tuple[str, Offer], bool] = {}
        self._shown_for: object = None
        self._later = Later(self._show, self)
        self.setMinimumWidth(180)
        self.tree = LabelTree()
        self.tree.setAccessibleName(self.tr("Labels"))
        self.armed = ArmedBar()
        self.empty = EmptyPanel(
            self.tr("Labels"),
            self.tr("Open a project or create one to see the labels of its schema, each with its key."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.tree, self.empty, self.armed):
            layout.addWidget(widget)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.tree.label_clicked.connect(self.label_clicked)
        self.tree.tooltip_wanted.connect(self._show_tooltip)
        self.tree.itemExpanded.connect(lambda item: self._remember(item, is_folded=False))
        self.tree.itemCollapsed.connect(lambda item: self._remember(item, is_folded=True))
        self.armed.stopped.connect(lambda: self._session.arm(None))
        session = self._session
        for signal in (session.project_changed, session.schema_changed, session.annotator_changed):
            signal.connect(self._show)
        session.document_changed.connect(self._later.soon)
        session.changed.connect(self._on_changed)
        session.armed_changed.connect(self._show_armed)

    def _show(self) -> None:
        """Show the labels as the open document's kind has them, and the counts."""
        session = self._session
        kind = None if session.document is None else session.document.kind
        has_labels = bool(session.schema.layers)
        self.tree.setVisible(has_labels)
        self.empty.setVisible(not has_labels)
        layers = layer_rows(session.schema, kind, self._counts(), session.layers)
        shown_for = (session.schema, kind, session.layers, tuple(len(layer.labels) for layer in layers))
        if shown_for != self._shown_for:
            self._shown_for = shown_for
            self._build(layers)
            self._show_armed()
        self._fill(layers)

    def _build(self, layers: tuple[LayerRow, ...]) -> None:
        self.tree.clear()
        self._items = {}
        for layer in layers:
            top = QTreeWidgetItem([layer.layer.name])
            top.setData(0, ROW, layer)
            self.tree.addTopLevelItem(top)
            self._items[_layer_key(layer)] = top
            for row in layer.labels:
                item = QTreeWidgetItem([row.label.name])
                if row.offer == "never":
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                top.addChild(item)
                self._items[row.label.id] = item
            is_folded = self._folded.get((layer.layer.id, layer.offer), layer.offer != "always")
            top.setExpanded(not is_folded)

    def _fill(self, layers: tuple[LayerRow, ...]) -> None:
        """Bring the rows up to date that are not."""
        for layer in layers:
            _set(self._items[_layer_key(layer)], layer, lambda row: row.layer.name)
            for row in layer.labels:
                _set(self._items[row.label.id], row, self._spoken)

    def _counts(self) -> Counter[str]:
        """The annotator's own spans in the open document, by the label that each counts for now."""
        schema = self._session.schema
        given = Counter(span.label for span in self._session.annotations.values())
        counts: Counter[str] = Counter()
        for name, count in given.items():
            label = schema.label(name)
            counts[name if label is None else label.id] += count
        return counts

    def _on_changed(self, change: Change) -> None:
        if any(isinstance(record, Annotation) for record in (*change.before, *change.after)):
            self._later.soon()

    def show_now(self) -> None:
        """Show the counts at once, where the panel would have waited for the next repaint."""
        self._later.now()

    def _show_armed(self) -> None:
        armed = self._session.armed
        for name, item in self._items.items():
            if bool(item.data(0, ARMED)) != (name == armed):
                item.setData(0, ARMED, name == armed)
        label = None if armed is None else self._session.schema.label(armed)
        self.armed.show_label("" if label is None else label.name)

    def _remember(self, item: QTreeWidgetItem, *, is_folded: bool) -> None:
        row = item.data(0, ROW)
        if isinstance(row, LayerRow):
            self._folded[row.layer.id, row.offer] = is_folded

    def _spoken(self, row: LabelRow) -> str:
        """What a screen reader says of a label."""
        parts = [row.label.name]
        if row.label.key:
            parts.append(self.tr("key {key}").format(key=shown(row.label.key.upper())))
        if row.count:
            parts.append(self.tr("{n} here").format(n=row.count))
        if row.offer != "always" and self._session.document is not None:
            parts.append(offer_words(row.offer, self._session.document.kind))
        return ", ".join(parts)

    def _show_tooltip(self, row: LabelRow, place: QPoint) -> None:
        QToolTip.showText(place, as_tooltip(self.tooltip(row)), self.tree)

    def tooltip(self, row: LabelRow) -> str:
        """What a label marks, its key, and how often it was used; counts the project when it is asked."""
        session = self._session
        lines = [row.label.name + (f": {row.label.summary}" if row.label.summary else "")]
        if row.label.key:
            lines.append(self.tr("Key: {key}").format(key=shown(row.label.key.upper())))
        if session.store is not None and session.annotator is not None:
            counts = session.store.label_counts(annotator_set_id(session.annotator.id))
            lines.append(
                self.tr("{here} here, {all} of yours in the project").format(
                    here=row.count, all=counts.get(row.label.id, 0)
                )
            )
        if row.offer != "always" and session.document is not None:
            lines.append(offer_words(row.offer, session.document.kind).capitalize())
        return "\n".join(lines)


class ArmedBar(QFrame):
    """Says that a label is armed, and ends it.

    Signals:
        stopped: The label is not to be armed any more.
    """

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = Words()
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.clicked.connect(self.stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.stop)

    def show_label(self, name: str) -> None:
        """Name the armed label; "" hides the bar."""
        self.text.setText(self.tr("Every selection becomes {label}.").format(label=name))
        self.setVisible(bool(name))


def _layer_key(row: LayerRow) -> str:
    return f"layer {row.layer.id}"


def _set(item: QTreeWidgetItem, row: Row, spoken: Callable[[Row], str]) -> None:
    if item.data(0, ROW) != row:
        item.setData(0, ROW, row)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken(row))
