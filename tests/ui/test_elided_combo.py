"""A box of choices that is too narrow for the present one."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.panels.elided_combo import ElidedComboBox

LONG, SHORT = "Order granting in part the motion for a preliminary injunction", "Order"


@pytest.fixture
def box(qtbot: QtBot) -> ElidedComboBox:
    box = ElidedComboBox()
    qtbot.addWidget(box)
    box.addItems([LONG, SHORT])
    box.resize(160, box.sizeHint().height())
    box.show()
    return box


def drawn(box: ElidedComboBox, words: str) -> QImage:
    box.setItemText(box.currentIndex(), words)
    return box.grab().toImage()


def test_words_that_have_no_room_end_with_an_ellipsis(box: ElidedComboBox) -> None:
    whole = drawn(box, LONG)

    assert any(drawn(box, f"{LONG[:length]}…") == whole for length in range(5, 30))


def test_all_words_of_the_present_choice_are_in_the_tooltip(box: ElidedComboBox) -> None:
    assert box.toolTip() == LONG

    box.setCurrentText(SHORT)

    assert box.toolTip() == SHORT
