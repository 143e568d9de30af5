"""Ctrl+Shift+D: the preview, the switches, marking in one step and taking it back, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage.store import open_project
from tests.ui.sessions import WORKSTATION, make_project, me, store_of
from tests.ui.windows import dialog, open_window, press, put_caret, select
from ui.dialogs import occurrences
from ui.dialogs.occurrences import OccurrencesDialog
from ui.main_window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
K = Qt.Key
TEXTS = {
    "one": "Norvel sued. NORVEL won; Norvel’s rival left, and Norvel stayed.\n",
    "two": "The court heard Norvel.\n",
    "three": "Nobody was heard.\n",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "news.annotator", TEXTS)


@pytest.fixture
def window(qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, path) as window:
        yield window


def opened(qtbot: QtBot, window: MainWindow) -> OccurrencesDialog:
    press(qtbot, window, K.Key_D, CTRL, SHIFT)
    found = dialog(qtbot, "occurrences")
    assert isinstance(found, OccurrencesDialog)
    return found


def mark_first(qtbot: QtBot, window: MainWindow) -> None:
    put_caret(window, "Norvel")
    press(qtbot, window, K.Key_1)


def states(shown: OccurrencesDialog) -> list[tuple[bool | None, str]]:
    return [(row.is_checked, row.remark) for row in shown.list.rows.context_rows()]


def in_corpus(qtbot: QtBot, window: MainWindow, shown: OccurrencesDialog) -> None:
    shown.in_corpus.click()
    qtbot.waitUntil(lambda: not window.questions.jobs)
    qtbot.waitUntil(lambda: shown.list.isEnabled())


def marked(window: MainWindow, document: str) -> list[str]:
    found = store_of(window.session).annotations(document)
    return [span.quote.exact for span in found if span.label == "organization"]


def test_repeats_of_the_selected_span_are_marked_like_it(qtbot: QtBot, window: MainWindow) -> None:
    mark_first(qtbot, window)
    window.session.set_attribute(window.session.selected or "", "role", "plaintiff")

    shown = opened(qtbot, window)
    assert states(shown) == [(False, "marked already"), (True, ""), (True, "")]
    press(qtbot, window, K.Key_Return)

    found = window.session.annotations.values()
    assert [span.attributes for span in found] == [{"role": "plaintiff"}] * 3
    assert not shown.isVisible()


def test_space_leaves_a_place_out(qtbot: QtBot, window: MainWindow) -> None:
    mark_first(qtbot, window)
    shown = opened(qtbot, window)

    press(qtbot, window, K.Key_Space)
    assert states(shown)[1:] == [(False, ""), (True, "")]
    press(qtbot, window, K.Key_Return)

    starts = sorted(span.start for span in window.session.annotations.values())
    assert starts == [0, TEXTS["one"].rindex("Norvel")]


def test_space_on_all_selected_unchecks_and_checks_all(qtbot: QtBot, window: MainWindow) -> None:
    mark_first(qtbot, window)
    shown = opened(qtbot, window)

    press(qtbot, window, K.Key_A, CTRL)
    press(qtbot, window, K.Key_Space)
    assert shown.list.rows.checked() == []
    assert not shown.go_on.isEnabled()
    press(qtbot, window, K.Key_Space)

    assert len(shown.list.rows.checked()) == 2
    shown.reject()


def test_selected_words_are_marked_with_the_label_that_is_picked(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "Norvel")

    press(qtbot, window, K.Key_D, CTRL, SHIFT)
    picker = dialog(qtbot, "picker")
    qtbot.keyClicks(picker.field, "Organization")  # type: ignore[attr-defined]
    press(qtbot, window, K.Key_Return)
    dialog(qtbot, "occurrences")
    press(qtbot, window, K.Key_Return)

    assert marked(window, "one") == ["Norvel"] * 3


def test_armed_label_is_not_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    window.session.arm("organization")
    put_caret(window, "rival")

    shown = opened(qtbot, window)

    assert len(shown.list.rows.checked()) == 1
    shown.reject()


def test_case_is_ignored_by_a_switch(qtbot: QtBot, window: MainWindow) -> None:
    mark_first(qtbot, window)
    shown = opened(qtbot, window)

    press(qtbot, window, K.Key_Backtab, SHIFT)
    press(qtbot, window, K.Key_Space)

    assert len(states(shown)) == 4
    shown.reject()


def test_marks_in_the_corpus_are_one_step_also_after_a_restart(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    mark_first(qtbot, window)
    shown = opened(qtbot, window)
    in_corpus(qtbot, window, shown)
    press(qtbot, window, K.Key_Return)
    assert marked(window, "two") == ["Norvel"]
    assert "3 places in 2 documents" in window.pane.notice.text.text()
    assert [row.spans for row in window.session.rows()] == [3, 1, 0]
    ana = me(window.session)

    window.projects.close()
    with open_project(path, workstation=WORKSTATION) as store:
        assert len(store.annotations("two")) == 1
    assert window.projects.open(path)
    assert me(window.session) == ana
    window.session.open_document("two")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.view.setFocus()
    qtbot.waitUntil(
        lambda: "Mark 3 times Organization in 2 documents" in window.commands.actions["edit.undo"].text()
    )
    press(qtbot, window, K.Key_Z, CTRL)

    assert marked(window, "one") == ["Norvel"]
    assert marked(window, "two") == []
    press(qtbot, window, K.Key_Z, CTRL, SHIFT)
    assert marked(window, "two") == ["Norvel"]


def test_marks_elsewhere_are_taken_back_from_any_document(qtbot: QtBot, window: MainWindow) -> None:
    mark_first(qtbot, window)
    shown = opened(qtbot, window)
    in_corpus(qtbot, window, shown)
    press(qtbot, window, K.Key_Return)
    window.session.open_document("three")
    qtbot.waitUntil(lambda: not window.commands.actions["edit.undo"].isEnabled())
    assert window.commands.actions["edit.undo_across"].isEnabled()

    window.commands.actions["edit.undo_across"].trigger()

    assert marked(window, "one") == ["Norvel"]
    assert marked(window, "two") == []


def test_notice_takes_the_marks_back(qtbot: QtBot, window: MainWindow) -> None:
    mark_first(qtbot, window)
    in_corpus(qtbot, window, opened(qtbot, window))
    press(qtbot, window, K.Key_Return)

    window.pane.notice.action.click()

    assert marked(window, "two") == []


def test_many_marks_are_a_job(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrences, "AT_ONCE", 1)
    mark_first(qtbot, window)
    shown = opened(qtbot, window)

    with qtbot.waitSignal(shown.marked):
        press(qtbot, window, K.Key_Return)

    assert marked(window, "one") == ["Norvel"] * 3
    assert len(window.session.annotations) == 3


def test_cancelled_marks_leave_all_as_it_was(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrences, "AT_ONCE", 1)
    mark_first(qtbot, window)
    shown = opened(qtbot, window)

    press(qtbot, window, K.Key_Return)
    press(qtbot, window, K.Key_Escape)  # before the worker has begun to write, or too late
    qtbot.waitUntil(lambda: not window.questions.jobs)

    assert len(marked(window, "one")) == (1 if shown.isVisible() else 3)
    shown.reject()


def test_esc_closes_and_marks_nothing(qtbot: QtBot, window: MainWindow) -> None:
    mark_first(qtbot, window)
    shown = opened(qtbot, window)

    press(qtbot, window, K.Key_Escape)

    assert not shown.isVisible()
    assert marked(window, "one") == ["Norvel"]


def test_white_space_alone_is_refused_in_words(qtbot: QtBot, window: MainWindow) -> None:
    window.session.open_document("three")
    window.view.set_caret(len(TEXTS["three"]))

    press(qtbot, window, K.Key_D, CTRL, SHIFT)

    assert "Select the words" in window.status.currentMessage()
