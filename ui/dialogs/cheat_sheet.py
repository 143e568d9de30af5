"""All keys on one sheet: commands by menu, then the labels of the project by layer."""

from collections.abc import Callable, Iterable, Iterator

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

COLUMNS = 3
Line = tuple[str, str]  # keys, what they do
Section = tuple[str, list[Line]]


def sections(
    commands: Iterable[Command], keys: Callable[[str], tuple[str, ...]], schema: LabelSchema
) -> Iterator[Section]:
    """The sheet as text: a title and lines of (keys, what they do); commands without a key are left out."""
    by_menu: dict[str, list[Line]] = {}
    for command in commands:
        written = "  ".join(shown(key) for key in keys(command.id))
        if written:
            by_menu.setdefault(_tr("commands", command.menu), []).append(
                (written, _tr("commands", command.title).rstrip("…"))
            )
    yield from by_menu.items()
    for layer in schema.layers:
        lines = [
            (label.key.upper(), f"{label.name}: {label.summary}" if label.summary else label.name)
            for label in layer.labels
            if label.key and not label.retired
        ]
        if lines:
            yield _tr("cheat_sheet", "Labels: {layer}").format(layer=layer.name), lines
    if schema.layers:
        yield _tr("cheat_sheet", "What a label’s key does"), list(_label_key_rules())


def _label_key_rules() -> Iterator[Line]:
    yield _tr("cheat_sheet", "text selected"), _tr("cheat_sheet", "marks it")
    yield (
        _tr("cheat_sheet", "caret in the selected span"),
        _tr("cheat_sheet", "same layer: other label; else one more span there"),
    )
    yield _tr("cheat_sheet", "nothing selected"), _tr("cheat_sheet", "marks the word at the caret")
    yield (
        shown(ARM + "A").removesuffix("A") + _tr("cheat_sheet", "key"),
        _tr("cheat_sheet", "every selection gets the label, until Esc"),
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
    """The sections in `count` columns, in order, about equally long."""
    total = sum(len(lines) + 2 for _, lines in content)
    columns: list[list[Section]] = [[] for _ in range(count)]
    height, column = 0, 0
    for section in content:
        size = len(section[1]) + 2
        if column < count - 1 and columns[column] and height + size / 2 > total / count * (column + 1):
            column += 1
        columns[column].append(section)
        height += size
    return [part for part in columns if part]


def _column(content: list[Section]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    row = 0
    for title, lines in content:
        heading = QLabel(title)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        heading.setContentsMargins(0, 10 if row else 0, 0, 2)
        grid.addWidget(heading, row, 0, 1, 2)
        for keys, what in lines:
            row += 1
            key = QLabel(keys)
            key.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignTop)
            text = QLabel(what, wordWrap=True)
            grid.addWidget(text, row, 1)
        row += 1
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(row, 1)
    return grid


def _tr(context: str, text: str) -> str:
    return QCoreApplication.translate(context, text)
