"""A mark made by hand offers to mark the other places that read the same, by one click."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.sessions import make_project
from tests.ui.windows import open_window, press, put_caret, select
from ui.main_window import MainWindow
from ui.more_like import COUNTED

TEXT = "Acme won. Acme said so, and Acme paid. Bolt did not.\n"
K = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator", {"one": TEXT, "two": TEXT})) as window:
        window.session.open_document("one")
        window.view.setFocus()
        yield window


def test_click_marks_the_other_places_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "Acme")
    press(qtbot, window, K.Key_1)
    window.more_like.look()
    assert window.status.more.text() == "Mark 2 more “Acme”"

    qtbot.mouseClick(window.status.more, Qt.MouseButton.LeftButton)

    assert len(window.session.annotations) == 3
    assert window.status.more.isHidden()
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(window.session.annotations) == 1


def test_nothing_is_offered_for_words_that_stand_once_or_are_marked(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "Bolt")
    press(qtbot, window, K.Key_1)
    window.more_like.look()
    assert window.status.more.isHidden()

    put_caret(window, "Acme")
    press(qtbot, window, K.Key_1, Qt.KeyboardModifier.ShiftModifier)
    window.more_like.look()
    assert window.status.more.isHidden()


def test_offer_goes_with_the_next_edit_and_with_the_document(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "Acme")
    press(qtbot, window, K.Key_1)
    window.more_like.look()
    assert window.status.more.isVisible()
    window.session.set_note(window.session.selected or "", "the first")
    assert window.status.more.isHidden()

    select(window, "Acme said")
    press(qtbot, window, K.Key_C)
    put_caret(window, "Acme paid")
    press(qtbot, window, K.Key_1)
    window.more_like.look()
    window.session.open_document("two")

    assert window.status.more.isHidden()


def test_of_a_word_that_stands_everywhere_only_some_places_are_counted(qtbot: QtBot, tmp_path: Path) -> None:
    text = "Acme paid. " * (COUNTED + 50)
    with open_window(qtbot, make_project(tmp_path / "long.annotator", {"one": text})) as window:
        window.session.open_document("one")
        window.view.setFocus()
        put_caret(window, "Acme")
        press(qtbot, window, K.Key_1)
        window.more_like.look()
        assert window.status.more.text() == f"Mark {COUNTED}+ more “Acme”"

        qtbot.mouseClick(window.status.more, Qt.MouseButton.LeftButton)

        assert len(window.session.annotations) == COUNTED + 50
