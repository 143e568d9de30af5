"""Widgets in lines that end where the width does."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.panels.elided_label import ElidedLabel
from ui.panels.flow_layout import FlowLayout


def test_what_has_no_room_begins_a_line_and_is_cut_to_it(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder)
    short, long = ElidedLabel("Claim"), ElidedLabel("ECF 144 at 109:23-110:11, printed 104:23-105:11")
    for label in (short, long):
        layout.addWidget(label)

    holder.resize(120, 60)
    holder.show()

    assert long.geometry().top() > short.geometry().bottom()
    assert long.geometry().left() == 0
    assert long.width() == 120
