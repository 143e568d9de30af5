"""Settings are read leniently, written strictly, and never lost for being unknown."""

import json
from pathlib import Path

import pytest

from ui.settings import SETTINGS, Between, KeyTable, OneOf, Settings, Words, YesNo


def test_defaults_pass_their_own_checks() -> None:
    assert [setting.name for setting in SETTINGS if not setting.check(setting.default)] == []


def test_names_are_unique_and_every_setting_is_explained() -> None:
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.title and setting.summary.endswith(".") for setting in SETTINGS)


def test_value_that_was_saved_is_there_again(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / "settings.json")
    settings["theme"] = "dark"
    settings.save()

    assert Settings.load(tmp_path / "settings.json")["theme"] == "dark"


def test_workstation_is_made_once_and_kept(tmp_path: Path) -> None:
    first = Settings.load(tmp_path / "settings.json").workstation

    assert len(first) == 32
    assert Settings.load(tmp_path / "settings.json").workstation == first


def test_unusable_value_goes_back_to_its_default_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "purple", "reading_size": 14}), "utf-8")

    settings = Settings.load(path)

    assert (settings["theme"], settings["reading_size"]) == ("system", 14)
    assert len(settings.problems) == 1
    assert "Theme" in settings.problems[0]


def test_names_of_a_newer_program_survive_saving(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"hologram": True}), "utf-8")
    settings = Settings.load(path)
    settings.save()

    assert json.loads(path.read_text("utf-8"))["hologram"] is True


@pytest.mark.parametrize("content", ["{broken", "[1, 2]", ""])
def test_file_that_is_no_table_is_told_and_defaults_hold(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, "utf-8")

    settings = Settings.load(path)

    assert settings["theme"] == "system"
    assert len(settings.problems) == 1
    assert str(path) in settings.problems[0]


def test_folder_that_cannot_be_written_still_gives_settings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")

    settings = Settings.load(tmp_path / "file" / "settings.json")

    assert settings["theme"] == "system"
    assert settings.workstation


def test_value_that_fails_its_check_is_not_taken(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / "settings.json")

    with pytest.raises(ValueError, match="reading_size"):
        settings["reading_size"] = 500


def test_user_goes_by_the_name_given_or_the_login_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "rosa")
    settings = Settings.load(tmp_path / "settings.json")
    assert settings.who == "rosa"

    settings["annotator_name"] = "Rosa P."

    assert settings.who == "Rosa P."


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (OneOf(("a", "b")), "a", "c"),
        (Between(1, 3), 2, 4),
        (Between(0, 3), 0, True),
        (Words(), "one line", "two\nlines"),
        (YesNo(), False, 0),
        (KeyTable(), {"find": ["Ctrl+F"]}, {"find": "Ctrl+F"}),
    ],
)
def test_check_tells_good_values_from_bad_ones(check: object, good: object, bad: object) -> None:
    assert callable(check)
    assert (check(good), check(bad)) == (True, False)
