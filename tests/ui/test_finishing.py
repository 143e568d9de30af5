"""Ctrl+Enter: the list of what is missing, going to one of it, and finishing all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.factories import TEXT
from tests.ui.sessions import make_project, store_of
from tests.ui.windows import dialog, open_window, press, put_caret, select, spans
from ui.dialogs.unfinished import UnfinishedDialog
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
K = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = make_project(tmp_path / "news.annotator", {"one": TEXT, "two": "It may appeal.\n"})
    with open_window(qtbot, path) as window:
        yield window


def mark(qtbot: QtBot, window: MainWindow, words: str, key: Qt.Key) -> None:
    select(window, words)
    press(qtbot, window, key)
    press(qtbot, window, K.Key_Escape)


def listed(qtbot: QtBot, window: MainWindow) -> UnfinishedDialog:
    press(qtbot, window, K.Key_Return, CTRL)
    found = dialog(qtbot, "unfinished")
    assert isinstance(found, UnfinishedDialog)
    return found


def back(qtbot: QtBot, window: MainWindow) -> None:
    """The window has the keyboard again, which some platforms give back late."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def lines(shown: UnfinishedDialog) -> list[tuple[str, str]]:
    return [
        (row.chip, f"{row.remark}: {''.join(piece.text for piece in row.pieces if piece.is_found)}")
        for row in shown.list.rows.context_rows()
    ]


def test_what_is_missing_is_listed_before_a_document_is_done(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "that Norvel cannot claim immunity", K.Key_D)
    mark(qtbot, window, "the company will appeal", K.Key_C)
    mark(qtbot, window, "Norvel", K.Key_1)

    shown = listed(qtbot, window)

    assert lines(shown) == [
        ("Holding", "no Issue: that Norvel cannot claim immunity"),
        ("Claim", "no Act: the company will appeal"),
        ("Claim", "no Source, Cue: the company will appeal"),
        ("Organization", "not marked here: Norvel"),
    ]
    assert window.session.work_state != "done"
    shown.close()


def test_enter_goes_to_the_span_and_the_key_again_finishes(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "that Norvel cannot claim immunity", K.Key_D)
    listed(qtbot, window)

    press(qtbot, window, K.Key_Return)
    back(qtbot, window)
    assert window.session.selected == spans(window)["that Norvel cannot claim immunity"].id
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_Return, CTRL)

    assert window.session.document is not None
    assert window.session.document.id == "two"
    assert [row.state for row in store_of(window.session).document_rows(window.session.annotator.id)] == [  # type: ignore[union-attr]
        "done",
        "todo",
    ]


def test_enter_on_a_repeat_selects_its_words_so_that_a_key_marks_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    mark(qtbot, window, "Norvel", K.Key_1)
    listed(qtbot, window)

    press(qtbot, window, K.Key_Return)
    back(qtbot, window)
    press(qtbot, window, K.Key_1)

    marked = sorted(span.start for span in window.session.annotations.values())
    assert marked == [TEXT.index("Norvel"), TEXT.rindex("Norvel")]


def test_key_finishes_from_within_the_list(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Norvel", K.Key_1)
    listed(qtbot, window)

    press(qtbot, window, K.Key_Return, CTRL)

    assert window.session.document is not None
    assert window.session.document.id == "two"


def test_edit_after_the_list_has_it_shown_again(qtbot: QtBot, window: MainWindow) -> None:
    mark(qtbot, window, "Norvel", K.Key_1)
    listed(qtbot, window).close()
    back(qtbot, window)
    put_caret(window, "District")
    press(qtbot, window, K.Key_3)

    shown = listed(qtbot, window)

    assert ("Organization", "not marked here: Norvel") in lines(shown)
    shown.close()


def test_document_that_lacks_nothing_is_done_at_once(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "District")
    press(qtbot, window, K.Key_3)

    press(qtbot, window, K.Key_Return, CTRL)

    assert window.session.document is not None
    assert window.session.document.id == "two"
