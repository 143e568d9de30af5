"""Keys: no two commands share one, labels give way to commands, digits go by their place."""

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.schema_toml import read_schema
from ui.commands import COMMANDS
from ui.keys import UnusableKeys, command_keys, move_label_keys, pressed_key

SCHEMA = """
name = "clash"
version = 1
[[layer]]
id = "entity"
label = [
 {id="person", key="s", colour="#56B4E9", is="named human"},
 {id="court", key="1", colour="#56B4E9", is="named court"},
]
"""


def test_default_keys_are_unique_and_known_to_qt() -> None:
    keys = [key for given in command_keys({}).values() for key in given]

    assert len(keys) == len(set(keys))


def test_override_replaces_the_keys_and_an_empty_one_takes_them_away() -> None:
    keys = command_keys({"find": ["Ctrl+Shift+H"], "find.next": []})

    assert (keys["find"], keys["find.next"]) == (("Ctrl+Shift+H",), ())


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"find": ["Ctrl+E"]}, "cannot be the key of both “Export…” and “Find…”"),
        ({"find": ["ctrl+e"]}, r"Ctrl\+E cannot be the key of both"),
        ({"find": ["Hyper+Q"]}, "is not a key"),
        ({"find": ["Ctrl+Alt+D"]}, "arms a label"),
    ],
)
def test_unusable_override_is_refused_with_a_sentence(overrides: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(UnusableKeys, match=sentence):
        command_keys(overrides)


def test_shipped_schema_needs_no_other_keys() -> None:
    import resources

    for name in resources.schema_names():
        schema = read_schema(resources.schema_text(name))
        assert move_label_keys(schema, command_keys({})) == (schema, ())


def test_label_on_the_key_of_a_command_gets_a_free_one() -> None:
    schema = read_schema(SCHEMA)

    moved_schema, moved = move_label_keys(schema, command_keys({}))

    assert [(entry.label.id, entry.command.id, entry.key) for entry in moved] == [
        ("person", "select.sentence", "2")
    ]
    assert [label.key for label in moved_schema.labels()] == ["2", "1"]


def pressed(key: Qt.Key, *, scan_code: int = 0, modifiers: Qt.KeyboardModifier | None = None) -> str:
    plain = Qt.KeyboardModifier.NoModifier if modifiers is None else modifiers
    return pressed_key(QKeyEvent(QEvent.Type.KeyPress, key, plain, scan_code, 0, 0))


def test_letters_and_digits_are_told_and_nothing_else() -> None:
    assert [pressed(key) for key in (Qt.Key.Key_D, Qt.Key.Key_7, Qt.Key.Key_F1, Qt.Key.Key_Left)] == [
        "d",
        "7",
        "",
        "",
    ]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="scan codes differ between systems")
def test_digit_row_is_told_by_place_whatever_it_types() -> None:
    typed = [Qt.Key.Key_Ampersand, Qt.Key.Key_Eacute, Qt.Key.Key_QuoteDbl, Qt.Key.Key_Agrave]

    assert [pressed(key, scan_code=code) for key, code in zip(typed, (10, 11, 12, 19), strict=True)] == [
        "1",
        "2",
        "3",
        "0",
    ]


def test_every_command_is_explained_by_title_and_in_a_menu() -> None:
    assert all(command.title and command.menu and command.handler for command in COMMANDS)
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
