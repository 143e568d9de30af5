"""Guidelines in the window: beside the document by label, written by a lead, and what to look at again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model import GuidelineVersion
from annotator.services import annotating, guideline_editing
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import dialog, open_window, press, put_caret
from ui.dialogs.guideline_editor import GuidelineEditor
from ui.main_window import MainWindow
from ui.models.context_rows import ContextRow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
K = Qt.Key
TEXTS = {"one": "Norvel sued Orbis. Judge Vera Lind heard Norvel.\n", "two": "Orbis won.\n"}
GUIDELINES = """# How we mark

### R1 Names

Whole names.

### R2 Titles

Titles stay outside.

## Labels of the layer Entity

### Organization

A firm (R1).

### Person

A human (R2).
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_project(tmp_path / "news.annotator", TEXTS)


@pytest.fixture
def window(qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, path) as window:
        save(window, GUIDELINES)
        yield window


def save(window: MainWindow, text: str) -> None:
    store = store_of(window.session)
    before = store.guidelines()
    change = window.session.edit(
        lambda store: guideline_editing.save(store, annotator=me(window.session), before=before, after=text)
    )
    assert change is not None


def page(window: MainWindow) -> str:
    window.guiding.panel.show_now()
    return window.guiding.panel.page.toPlainText()


def mark(window: MainWindow, words: str, label: str, document: str = "one") -> str:
    window.session.open_document(document)
    start = window.session.text.index(words)
    assert window.session.highlight(label, start, start + len(words)) is not None
    return window.session.selected or ""


def edited(qtbot: QtBot, window: MainWindow, old: str, new: str) -> GuidelineEditor:
    """The editor, opened by key, with some words replaced."""
    window.view.setFocus()
    press(qtbot, window, K.Key_G, CTRL, SHIFT)
    editor = dialog(qtbot, "guideline_editor")
    assert isinstance(editor, GuidelineEditor)
    cursor = editor.text.document().find(old)
    cursor.insertText(new)
    qtbot.waitUntil(editor.go_on.isEnabled)
    return editor


def listed(qtbot: QtBot, window: MainWindow) -> list[tuple[str, str]]:
    """The words and remarks of the spans to look at again, once they are there."""
    rows = window.guiding.again.list.rows
    qtbot.waitUntil(lambda: not window.questions.jobs)
    return [(row.pieces[0].text, row.remark) for row in rows.context_rows()]


def test_panel_follows_the_armed_label_then_the_selected_span(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, K.Key_F12)
    assert "Whole names." in page(window)
    assert "Titles stay outside." in page(window)

    window.session.arm("person")
    assert page(window) == "Person\nA human (R2).\nR2 Titles\nTitles stay outside."
    window.session.arm(None)
    mark(window, "Norvel", "organization")
    assert page(window) == "Organization\nA firm (R1).\nR1 Names\nWhole names."

    window.guiding.panel.follow.click()
    assert "Titles stay outside." in page(window)
    press(qtbot, window, K.Key_F12)
    assert window.docks["guidelines"].isHidden()


def test_changed_rule_lists_the_spans_and_enter_goes_to_one(qtbot: QtBot, window: MainWindow) -> None:
    mark(window, "Norvel", "organization")
    mark(window, "Vera Lind", "person")
    there = mark(window, "Orbis", "organization", "two")
    window.session.open_document("one")

    editor = edited(qtbot, window, "Whole names.", "Whole names, with “Inc.”.")
    with qtbot.waitSignal(editor.saved):
        qtbot.keyClick(editor.text, K.Key_S, CTRL)

    assert store_of(window.session).guideline_number() == 3
    assert listed(qtbot, window) == [("Norvel", "R1 · Lee"), ("Orbis", "R1 · Lee")]
    assert window.guiding.again.summary.text() == "2 spans to look at again, in 2 documents"
    panel = window.guiding.again.list
    panel.setFocus()
    qtbot.keyClick(panel, K.Key_Down)
    qtbot.keyClick(panel, K.Key_Down)
    qtbot.keyClick(panel, K.Key_Return)
    assert window.session.document is not None
    assert (window.session.document.id, window.session.selected) == ("two", there)


def test_span_of_somebody_else_is_shown_to_the_lead_and_selected_as_words(
    qtbot: QtBot, window: MainWindow
) -> None:
    store, lead = store_of(window.session), me(window.session)
    annotating.add_annotator(store, annotator=lead, name="Bo")
    bo = next(who.id for who in store.annotators() if who.name == "Bo")
    window.session.switch_annotator(bo)
    mark(window, "Orbis", "organization")
    window.session.switch_annotator(lead)
    mark(window, "Norvel", "organization")
    save(window, GUIDELINES.replace("A firm", "A firm or agency"))

    window.commands.actions["guidelines.again"].trigger()
    assert listed(qtbot, window) == [("Norvel", "Organization · Lee"), ("Orbis", "Organization · Bo")]
    row = next(row for row in window.guiding.again.list.rows.context_rows() if row.key == 1)
    assert isinstance(row, ContextRow)
    window.guiding.again.list.chosen.emit(row.key)
    assert window.view.selection() == (12, 17)

    window.session.switch_annotator(bo)
    window.commands.actions["guidelines.again"].trigger()
    assert listed(qtbot, window) == [("Orbis", "Organization · Bo")]


def test_older_version_is_compared_and_taken_over(qtbot: QtBot, window: MainWindow) -> None:
    editor = edited(qtbot, window, "Titles stay outside.", "Titles are inside.")
    editor.tabs.setCurrentIndex(1)
    assert "- Titles stay outside." in editor.differences.toPlainText()
    assert "+ Titles are inside." in editor.differences.toPlainText()

    editor.version.setCurrentIndex(1)
    editor.take.click()

    assert editor.text.toPlainText() == "# How we mark\n"
    with qtbot.waitSignal(editor.saved):
        editor.accept()
    assert [version.number for version in store_of(window.session).versions(GuidelineVersion)] == [3, 2, 1]


def test_two_rules_with_one_number_are_refused_in_a_sentence(qtbot: QtBot, window: MainWindow) -> None:
    editor = edited(qtbot, window, "R2 Titles", "R1 Titles")
    editor.accept()

    assert editor.fault.text() == "R1 is the number of both “Names” and “Titles”; give one another."
    editor.text.setPlainText(GUIDELINES)
    editor.reject()


def test_rules_and_pages_are_added_where_they_belong(qtbot: QtBot, window: MainWindow) -> None:
    editor = edited(qtbot, window, "Whole names.", "All of a name.")
    editor.new_rule.click()
    qtbot.keyClicks(QApplication.focusWidget(), "Places")
    editor.new_page.click()
    dialog(qtbot, "picker")
    qtbot.keyClicks(QApplication.focusWidget(), "judge")
    qtbot.keyClick(QApplication.focusWidget(), K.Key_Return)
    with qtbot.waitSignal(editor.saved):
        editor.accept()

    text = store_of(window.session).guidelines()
    assert "Titles stay outside.\n\n### R3 Places\n\n## Labels of the layer Entity" in text
    assert text.endswith("A human (R2).\n\n### Judge\n")


def test_saved_guidelines_are_taken_back_after_a_restart(qtbot: QtBot, path: Path) -> None:
    with open_window(qtbot, path) as window:
        save(window, GUIDELINES)

    with open_window(qtbot, path) as window:
        press(qtbot, window, K.Key_F12)
        undo = window.commands.actions["edit.undo_across"]
        qtbot.waitUntil(undo.isEnabled)
        undo.trigger()
        assert store_of(window.session).guidelines() == "# How we mark\n"
        assert page(window) == "How we mark"


def test_who_does_not_lead_is_told_whom_to_ask(qtbot: QtBot, window: MainWindow) -> None:
    store = store_of(window.session)
    annotating.add_annotator(store, annotator=me(window.session), name="Bo")
    window.session.switch_annotator(next(who.id for who in store.annotators() if who.name == "Bo"))
    put_caret(window, "Norvel")

    with qtbot.waitSignal(window.session.refused) as refused:
        press(qtbot, window, K.Key_G, CTRL, SHIFT)

    assert refused.args == ["Only a lead changes the guidelines; ask Lee."]
    assert not window.guiding.panel.edit.isVisible()
