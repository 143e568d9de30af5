"""Where the layouts of the panels put things, for a width, in both directions of reading."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.panels.flow_layout import FlowLayout
from ui.panels.headed_layout import HeadedLayout


class Block(QWidget):
    """A widget that wants to be of a size."""

    def __init__(self, width: int, height: int = 20) -> None:
        super().__init__()
        self._size = QSize(width, height)

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return self._size


def flow(qtbot: QtBot, widths: list[int], *, width: int) -> tuple[QWidget, FlowLayout, list[Block]]:
    parent = QWidget()
    qtbot.addWidget(parent)
    layout, blocks = FlowLayout(parent, spacing=10), [Block(each) for each in widths]
    for block in blocks:
        layout.addWidget(block)
    parent.resize(width, 400)
    layout.activate()
    return parent, layout, blocks


def test_a_new_line_begins_where_the_width_ends(qtbot: QtBot) -> None:
    _parent, layout, blocks = flow(qtbot, [50, 50, 50], width=120)

    assert [(block.x(), block.y()) for block in blocks] == [(0, 0), (60, 0), (0, 30)]
    assert layout.heightForWidth(120) == 50
    assert layout.heightForWidth(170) == 20


def test_one_line_is_what_is_wanted_and_the_widest_what_is_needed(qtbot: QtBot) -> None:
    _parent, layout, _ = flow(qtbot, [50, 80], width=200)

    assert layout.sizeHint() == QSize(140, 20)
    assert layout.minimumSize().width() == 80


def test_lines_begin_at_the_right_where_reading_does(qtbot: QtBot) -> None:
    parent, layout, blocks = flow(qtbot, [50, 30], width=120)
    parent.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    layout.invalidate()
    layout.activate()

    assert [block.x() for block in blocks] == [70, 30]


def test_widget_that_is_too_wide_still_has_its_line(qtbot: QtBot) -> None:
    _parent, _, blocks = flow(qtbot, [50, 500, 50], width=120)

    assert [(block.x(), block.y()) for block in blocks] == [(0, 0), (0, 30), (0, 60)]


@pytest.mark.parametrize(("width", "is_beside"), [(400, True), (120, False)])
def test_heading_stands_beside_what_it_heads_where_there_is_room(
    qtbot: QtBot, width: int, is_beside: bool
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    layout, heading, field = HeadedLayout(parent), Block(30), Block(100, 24)
    layout.addWidget(heading)
    layout.addWidget(field)
    parent.resize(width, layout.heightForWidth(width))
    layout.activate()

    assert (field.y() == 0) is is_beside
    assert (field.x() > heading.x()) is is_beside
    assert layout.heightForWidth(width) == (24 if is_beside else 45)


def test_long_heading_stands_above(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    layout, heading, field = HeadedLayout(parent), Block(300), Block(50)
    layout.addWidget(heading)
    layout.addWidget(field)
    parent.resize(600, 100)
    layout.activate()

    assert field.y() > heading.y()
