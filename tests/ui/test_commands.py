"""The table of commands and the window agree: handlers exist, keys are unique, menus have everything."""

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from annotator.readers.pasted import read_pasted
from annotator.services.importing import import_document
from tests.ui.sessions import make_project, me, store_of
from tests.ui.windows import dialog, open_window, press, select
from ui.commands import COMMANDS, MENUS
from ui.dialogs.picker import Picker
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with open_window(qtbot, make_project(tmp_path / "news.annotator")) as window:
        yield window


@pytest.fixture
def start_page(qtbot: QtBot) -> Iterator[MainWindow]:
    with open_window(qtbot, None) as window:
        yield window


def test_every_command_has_its_handler_in_the_window(window: MainWindow) -> None:
    missing = [c.id for c in COMMANDS if not callable(attrgetter(c.handler)(window))]

    assert missing == []


def test_no_two_actions_of_the_window_share_a_key(window: MainWindow) -> None:
    actions = {action for widget in window.findChildren(QWidget) for action in widget.actions()}
    actions |= set(window.actions())
    keys = Counter(
        shortcut.toString(QKeySequence.SequenceFormat.PortableText)
        for action in actions
        if isinstance(action, QAction)
        for shortcut in action.shortcuts()
    )

    assert {key: count for key, count in keys.items() if count > 1} == {}
    assert len(keys) > 40


def test_menus_have_every_command_once_in_the_order_of_the_table(window: MainWindow) -> None:
    for menu_action, name in zip(window.menuBar().actions(), MENUS, strict=True):
        menu = menu_action.menu()
        assert menu is not None
        listed = [action.objectName() for action in menu.actions() if not action.isSeparator()]
        assert listed == [command.id for command in COMMANDS if command.menu == name]


def test_menus_are_opened_by_letters_that_nothing_else_has(qtbot: QtBot, window: MainWindow) -> None:
    letters = [action.text().partition("&")[2][:1].upper() for action in window.menuBar().actions()]
    taken = {f"Alt+{letter}" for letter in letters} & {key for command in COMMANDS for key in command.keys}
    assert (len(set(letters)), taken) == (len(MENUS), set())

    for action, letter in zip(window.menuBar().actions(), letters, strict=True):
        press(qtbot, window, getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)
        menu = action.menu()
        assert isinstance(menu, QMenu)
        qtbot.waitUntil(menu.isVisible)
        qtbot.keyClick(menu, Qt.Key.Key_Escape)
        qtbot.waitUntil(menu.isHidden)
        window.view.setFocus()


def test_without_a_project_only_what_needs_none_is_enabled(start_page: MainWindow) -> None:
    enabled = {command.id for command, action in start_page.commands if action.isEnabled()}

    assert enabled == {command.id for command in COMMANDS if command.needs == ""}


def test_commands_follow_what_is_selected(qtbot: QtBot, window: MainWindow) -> None:
    actions = window.commands.actions
    assert (actions["edit.copy"].isEnabled(), actions["span.remove"].isEnabled()) == (False, False)

    select(window, "District Court")
    assert actions["edit.copy"].isEnabled()
    press(qtbot, window, Qt.Key.Key_3)

    assert (actions["edit.copy"].isEnabled(), actions["span.remove"].isEnabled()) == (False, True)


def test_undo_names_what_it_takes_back(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "District Court")
    press(qtbot, window, Qt.Key.Key_3)

    undo, redo = window.commands.actions["edit.undo"], window.commands.actions["edit.redo"]
    qtbot.waitUntil(lambda: undo.text() == "Undo Mark Court")
    press(qtbot, window, Qt.Key.Key_Z, CTRL)

    qtbot.waitUntil(lambda: redo.text() == "Redo Mark Court")
    assert undo.text() == "Undo"


def test_import_is_not_offered_to_be_undone_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    pasted = read_pasted("The court denied the motion.\n")
    imported = import_document(store_of(window.session), pasted, annotator=me(window.session))
    window.session.refresh()
    window.session.open_document(imported.document)
    undo = window.commands.actions["edit.undo"]
    qtbot.waitUntil(undo.isEnabled)
    assert undo.text() == "Undo"

    press(qtbot, window, Qt.Key.Key_Z, CTRL)

    assert "not taken back this way" in window.status.currentMessage()
    assert window.session.document is not None
    assert window.session.document.id == imported.document


def test_palette_runs_a_command_by_name(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_K, CTRL)
    palette = dialog(qtbot, "picker")
    assert isinstance(palette, Picker)

    qtbot.keyClicks(palette.field, "close proj")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert window.session.store is None


def test_palette_lists_what_cannot_be_used_now_last_and_does_not_run_it(
    qtbot: QtBot, start_page: MainWindow
) -> None:
    start_page.helping.palette()
    palette = dialog(qtbot, "picker")
    assert isinstance(palette, Picker)

    qtbot.keyClicks(palette.field, "close project")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert palette.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)


def test_arrow_keys_choose_in_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    window.helping.palette()
    palette = dialog(qtbot, "picker")
    assert isinstance(palette, Picker)

    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)

    assert palette.list.currentIndex().row() == 2
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)


def test_keys_are_all_on_one_sheet(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_Question)
    sheet = dialog(qtbot, "cheat_sheet")

    words = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}

    titles = {command.title.rstrip("…") for command in COMMANDS if command.keys}
    assert titles <= words
    assert {"Holding", "Organization", "D", "1"} <= words
    assert sheet.width() <= window.width()
    assert sheet.height() <= window.height()
    sheet.close()


def test_changed_key_is_in_force_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.settings["keys"] = {"span.remove": ["Ctrl+Backspace"]}
    window.apply_settings()
    select(window, "District Court")
    press(qtbot, window, Qt.Key.Key_3)

    press(qtbot, window, Qt.Key.Key_Delete)
    assert len(window.session.annotations) == 1
    press(qtbot, window, Qt.Key.Key_Backspace, CTRL)

    assert window.session.annotations == {}


def test_keys_of_two_commands_are_refused_with_a_sentence_and_the_defaults_hold(window: MainWindow) -> None:
    window.settings["keys"] = {"find": ["Ctrl+E"]}

    window.apply_settings()

    assert "cannot be the key of both" in window.pane.notice.text.text()
    assert window.keys["find"] == ("Ctrl+F",)


def test_label_on_the_key_of_a_command_is_moved_and_told_once(qtbot: QtBot, tmp_path: Path) -> None:
    import resources

    schema = (
        resources.schema_text("legal-news").replace('key="3"', 'key="s"').replace('key = "3"', 'key = "s"')
    )
    path = make_project(tmp_path / "clash.annotator", schema_toml=schema)
    with open_window(qtbot, path) as window:
        notice = window.pane.notice
        assert not notice.isHidden()
        assert "Court has 3 (S is “Select the sentence”)" in notice.text.text()
        select(window, "District Court")
        press(qtbot, window, Qt.Key.Key_3)
        assert [span.label for span in window.session.annotations.values()] == ["court"]
    with open_window(qtbot, path) as window:
        assert window.pane.notice.isHidden()
