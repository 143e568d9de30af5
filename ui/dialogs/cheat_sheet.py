"""All keys on one sheet: commands by menu, then the labels of the project by layer."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.schema import LabelSchema
from ui.commands import Command
from ui.keys import ARM, shown
from ui.panels.themed import scaled_font

COLUMNS = 4
KEY_WIDTH = 64
Line = tuple[str, str]  # keys, what they do
Section = tuple[str, list[Line]]


def sections(
    commands: Iterable[Command], keys: Callable[[str], tuple[str, ...]], schema: LabelSchema
) -> Iterator[Section]:
    """The sheet as text: a title and lines of (key, what it does); commands without a key are left out."""
    by_menu: dict[str, list[Line]] = {}
    for command in commands:
        first = next(iter(keys(command.id)), "")
        if first:
            title = _tr("commands", command.title).rstrip("…")
            by_menu.setdefault(_tr("commands", command.menu), []).append((shown(first), title))
    yield from by_menu.items()
    for layer in schema.layers:
        lines = [(label.key.upper(), label.name) for label in layer.labels if label.key and not label.retired]
        if lines:
            yield _tr("cheat_sheet", "Labels: {layer}").format(layer=layer.name), lines
    if schema.layers:
        yield _tr("cheat_sheet", "What a label’s key does"), list(_label_key_rules())


def _label_key_rules() -> Iterator[Line]:
    yield "", _tr("cheat_sheet", "With text selected: marks it.")
    yield "", _tr("cheat_sheet", "In the selected span: a label of its layer takes the place of its label.")
    yield "", _tr("cheat_sheet", "In the selected span: a label of another layer marks the same words.")
    yield "", _tr("cheat_sheet", "Else: marks the word at the caret.")
    arm = shown(ARM + "A").removesuffix("A")
    yield "", _tr("cheat_sheet", "With {keys}: every selection gets the label, until Esc.").format(keys=arm)
    shift = shown("Shift+A").removesuffix("A")
    yield (
        "",
        _tr("cheat_sheet", "With {keys}: all that reads the same here is marked, too.").format(keys=shift),
    )
    ctrl = shown("Ctrl+A").removesuffix("A")
    yield (
        "",
        _tr("cheat_sheet", "Armed, with {keys} and the mouse: all that reads the same is marked.").format(
            keys=ctrl
        ),
    )


class CheatSheet(QDialog):
    """The sheet in columns, as tall as its window allows; Esc closes it."""

    def __init__(self, content: Iterable[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cheat_sheet")
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setSpacing(28)
        for part in _balanced(list(content), COLUMNS):
            columns.addLayout(_column(part))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        room = parent.window().size() if parent is not None else page.sizeHint()
        self.resize(
            min(page.sizeHint().width() + 60, room.width() - 40),
            min(page.sizeHint().height() + 40, room.height() - 40),
        )


def _balanced(content: list[Section], count: int) -> list[list[Section]]:
    """The sections in at most `count` columns, in order, the longest column as short as can be."""
    splits = combinations(range(1, len(content)), min(count, len(content)) - 1)
    return min(
        ([content[i:j] for i, j in pairwise((0, *split, len(content)))] for split in splits),
        key=lambda columns: max(_height(column) for column in columns),
        default=[content],
    )


def _height(content: list[Section]) -> int:
    return sum(len(lines) + 2 for _, lines in content)


def _column(content: list[Section]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    row = 0
    for title, lines in content:
        heading = QLabel(title)
        heading.setFont(scaled_font(heading.font(), bold=True))
        heading.setContentsMargins(0, 12 if row else 0, 0, 2)
        grid.addWidget(heading, row, 0, 1, 2)
        for key, what in lines:
            row += 1
            text = QLabel(what, wordWrap=not key)
            if key:
                named = QLabel(key)
                named.setForegroundRole(QPalette.ColorRole.PlaceholderText)
                grid.addWidget(named, row, 0)
                grid.addWidget(text, row, 1)
            else:
                grid.addWidget(text, row, 0, 1, 2)
        row += 1
    grid.setColumnMinimumWidth(0, KEY_WIDTH)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(row, 1)
    return grid


def _tr(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text)
