"""Which key does what: the user's overrides, clashes of commands and label keys, and pressed keys.

Two actions on one key switch each other off in Qt, without a word; so every key is checked here first.
Digits are told by where they stand on the keyboard, since on a French one they need Shift.
"""

import string
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.errors import AnnotatorError
from annotator.schema import Label, LabelSchema
from ui.commands import COMMANDS, Command

ARM = "Ctrl+Alt+"

_DIGITS = "1234567890"
# Where the digits stand: scan codes, on macOS virtual key codes.
_SCAN_CODES: Mapping[str, tuple[int, ...]] = {
    "linux": tuple(range(10, 20)),
    "win32": tuple(range(2, 12)),
    "darwin": (18, 19, 20, 21, 23, 22, 26, 28, 25, 29),
}


class UnusableKeys(AnnotatorError):
    """Keys that cannot be given to commands, with the reason."""


@dataclass(frozen=True, slots=True)
class MovedKey:
    """A label whose key in the schema is a command's, and the key that it has instead ("" for none)."""

    label: Label
    command: Command
    key: str


def command_keys(
    overrides: Mapping[str, Iterable[str]], commands: tuple[Command, ...] = COMMANDS
) -> dict[str, tuple[str, ...]]:
    """The keys of each command by its id, with the user's overrides.

    Raises UnusableKeys for a key that Qt does not know, one that arms labels, or one of two commands.
    """
    keys: dict[str, tuple[str, ...]] = {}
    owners: dict[str, Command] = {}
    for command in commands:
        wanted = overrides.get(command.id, command.keys)
        keys[command.id] = tuple(_portable(key, command) for key in wanted)
        for key in keys[command.id]:
            other = owners.setdefault(key, command)
            if other is not command:
                raise UnusableKeys(
                    _tr(
                        "{key} cannot be the key of both “{one}” and “{two}”; give one of them another."
                    ).format(key=key, one=_tr(other.title), two=_tr(command.title))
                )
    return keys


def shown(key: str) -> str:
    """A key as this system writes it, for people."""
    return QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.NativeText
    )


def move_label_keys(
    schema: LabelSchema, keys: Mapping[str, tuple[str, ...]], commands: tuple[Command, ...] = COMMANDS
) -> tuple[LabelSchema, tuple[MovedKey, ...]]:
    """The schema with label keys that are no command's, and the labels that had to be given another."""
    owners = {key.lower(): command for command in commands for key in keys.get(command.id, ())}
    used = {label.key.lower() for label in schema.labels()} | set(owners)
    free = [key for key in string.digits[1:] + "0" + string.ascii_lowercase if key not in used]
    moved = tuple(
        MovedKey(label, owners[label.key.lower()], free.pop(0) if free else "")
        for label in schema.labels()
        if label.key.lower() in owners
    )
    if not moved:
        return schema, ()
    new_keys = {entry.label.id: entry.key for entry in moved}
    layers = tuple(
        replace(
            layer,
            labels=tuple(
                replace(label, key=new_keys[label.id]) if label.id in new_keys else label
                for label in layer.labels
            ),
        )
        for layer in schema.layers
    )
    return replace(schema, layers=layers), moved


def pressed_key(event: QKeyEvent) -> str:
    """The letter or digit that was pressed, as label keys are written: lower case; "" for another key."""
    digit = _physical_digit(event)
    if digit:
        return digit
    code = event.key()
    if sys.platform == "win32" and event.modifiers() & Qt.KeyboardModifier.AltModifier:
        code = event.nativeVirtualKey() or code  # Ctrl+Alt is AltGr there, which makes other letters
    if Qt.Key.Key_A <= code <= Qt.Key.Key_Z or Qt.Key.Key_0 <= code <= Qt.Key.Key_9:
        return chr(code).lower()
    return ""


def _physical_digit(event: QKeyEvent) -> str:
    codes = _SCAN_CODES.get(sys.platform, ())
    code = event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode()
    return _DIGITS[codes.index(code)] if code in codes else ""


def _portable(key: str, command: Command) -> str:
    """The key as Qt writes it; raises UnusableKeys."""
    portable = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.PortableText
    )
    if not portable:
        raise UnusableKeys(
            _tr("“{key}”, the key of “{command}”, is not a key.").format(key=key, command=_tr(command.title))
        )
    if portable.startswith(ARM) and len(portable) == len(ARM) + 1:
        raise UnusableKeys(
            _tr(
                "{key} cannot be the key of “{command}”: Ctrl+Alt with a letter or digit arms a label."
            ).format(key=key, command=_tr(command.title))
        )
    return portable


def _tr(text: str) -> str:
    return QCoreApplication.translate("commands", text)
