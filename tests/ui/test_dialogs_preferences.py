"""The preferences: a field for every setting, a preview that follows, keys that cannot clash."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QSpinBox
from pytestqt.qtbot import QtBot

from tests.ui.showing import shown
from ui.commands import COMMANDS
from ui.dialogs.keys_page import KeysPage
from ui.dialogs.preferences import PreferencesDialog
from ui.settings import SETTINGS, KeyTable, Settings
from ui.theme import DARK, LIGHT, apply_theme


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load(tmp_path / "settings.json")


@pytest.fixture
def dialog(settings: Settings, qtbot: QtBot) -> PreferencesDialog:
    return shown(PreferencesDialog(settings), qtbot, width=940, height=560)


def spin(dialog: PreferencesDialog, name: str) -> QSpinBox:
    field = dialog.fields[name].widget
    assert isinstance(field, QSpinBox)
    return field


def choose(dialog: PreferencesDialog, name: str, value: str) -> None:
    field = dialog.fields[name].widget
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData(value))


def choose_command(page: KeysPage, title: str) -> None:
    (item,) = page.list.findItems(title, Qt.MatchFlag.MatchEndsWith)
    page.list.setCurrentItem(item)


def shown_keys(page: KeysPage, title: str) -> str:
    (item,) = page.list.findItems(title, Qt.MatchFlag.MatchEndsWith)
    return item.text(1)


def test_every_setting_has_a_field_with_its_value(dialog: PreferencesDialog, settings: Settings) -> None:
    expected = {each.name: settings[each.name] for each in SETTINGS if not isinstance(each.check, KeyTable)}

    assert {name: field.value() for name, field in dialog.fields.items()} == expected


def test_preview_takes_on_the_ground_of_a_theme(settings: Settings, qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "dark")
    dialog = shown(PreferencesDialog(settings), qtbot, width=940, height=560)
    for theme in (DARK, LIGHT, DARK):
        choose(dialog, "theme", theme.name)

        corner = dialog.preview.viewport().grab().toImage().pixelColor(2, 2)
        assert corner.name() == QColor(theme.page).name()
    apply_theme(qapp, "light")


def test_preview_reads_as_the_fields_say(dialog: PreferencesDialog) -> None:
    before = dialog.preview.document().defaultFont()

    spin(dialog, "reading_size").setValue(20)
    choose(dialog, "reading_font", "sans")

    after = dialog.preview.document().defaultFont()
    assert after.pointSizeF() == 20
    assert after.families() != before.families()


def test_saved_settings_are_in_the_file(dialog: PreferencesDialog, settings: Settings) -> None:
    spin(dialog, "line_height").setValue(180)
    choose(dialog, "theme", "dark")

    dialog.accept()

    again = Settings.load(settings.path)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert (again["line_height"], again["theme"]) == (180, "dark")


def test_cancel_changes_nothing(dialog: PreferencesDialog, settings: Settings) -> None:
    spin(dialog, "line_height").setValue(180)

    dialog.reject()

    assert settings["line_height"] == Settings.load(settings.path)["line_height"] != 180


def test_defaults_are_shown_again_and_kept_on_save(dialog: PreferencesDialog, settings: Settings) -> None:
    spin(dialog, "column_width").setValue(100)
    dialog.defaults.click()
    dialog.accept()

    default = next(each.default for each in SETTINGS if each.name == "column_width")
    assert Settings.load(settings.path)["column_width"] == default


def test_settings_that_cannot_be_written_are_told_and_not_taken_over(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = Settings(tmp_path / "file" / "settings.json", {})
    dialog = shown(PreferencesDialog(settings), qtbot, width=940, height=560)
    spin(dialog, "line_height").setValue(180)

    dialog.accept()

    assert dialog.result() == 0
    assert "cannot be written" in dialog.fault.text()
    assert settings["line_height"] != 180


def test_command_gets_another_key(dialog: PreferencesDialog, settings: Settings) -> None:
    choose_command(dialog.keys, "Next document")
    dialog.keys.key.setKeySequence(QKeySequence("Ctrl+J"))
    dialog.keys.set.click()
    dialog.accept()

    assert shown_keys(dialog.keys, "Next document") == QKeySequence("Ctrl+J").toString(
        QKeySequence.SequenceFormat.NativeText
    )
    assert Settings.load(settings.path).keys == {"document.next": ("Ctrl+J",)}


def test_key_of_another_command_is_refused_with_a_sentence(dialog: PreferencesDialog) -> None:
    choose_command(dialog.keys, "Next document")
    dialog.keys.key.setKeySequence(QKeySequence("Ctrl+Z"))

    dialog.keys.set.click()

    assert "Undo" in dialog.keys.fault.text()
    assert dialog.keys.overrides() == {}


def test_no_key_pressed_is_told(dialog: PreferencesDialog) -> None:
    choose_command(dialog.keys, "Next document")

    dialog.keys.set.click()

    assert "Press the new key" in dialog.keys.fault.text()


def test_key_is_taken_away_and_given_back(dialog: PreferencesDialog) -> None:
    choose_command(dialog.keys, "Next document")

    dialog.keys.remove.click()
    assert dialog.keys.overrides() == {"document.next": ()}

    dialog.keys.default.click()
    assert dialog.keys.overrides() == {}


def test_defaults_of_the_keys_page_leave_the_other_page_alone(dialog: PreferencesDialog) -> None:
    spin(dialog, "column_width").setValue(100)
    dialog.tabs.setCurrentWidget(dialog.keys)
    choose_command(dialog.keys, "Next document")
    dialog.keys.remove.click()

    dialog.defaults.click()

    assert dialog.keys.overrides() == {}
    assert spin(dialog, "column_width").value() == 100


def test_commands_are_found_by_name_and_by_key(dialog: PreferencesDialog) -> None:
    def listed() -> int:
        tree = dialog.keys.list
        rows = (tree.topLevelItem(row) for row in range(tree.topLevelItemCount()))
        return sum(1 for row in rows if row is not None and not row.isHidden())

    assert listed() == len(COMMANDS)
    dialog.keys.search.setText("ctrl+shift+z")
    assert listed() == 1
    dialog.keys.search.setText("document next")
    assert 1 <= listed() < 5
