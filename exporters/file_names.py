"""Names for the files of a folder, made from titles, that every operating system can keep.

The same titles in the same order give the same names; two that would be the same file, also where
capitals do not count, are told apart by a number.
"""

import re
import unicodedata

_MAX = 80
_UNSAFE = re.compile(r"[^\w.()-]+")
# Windows keeps these for devices, with any ending.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class FileNames:
    """Gives each title of one folder a name of its own, without an ending."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, title: str) -> str:
        """The title as a file name: letters, digits and - _ . ( ), other characters as one "_"."""
        plain = _plain(title)
        name, number = plain, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{plain}-{number}"
        self._taken.add(name.casefold())
        return name


def _plain(title: str) -> str:
    composed = unicodedata.normalize("NFC", title)
    # A dot at the head hides a file, one at the end is lost on Windows.
    name = _UNSAFE.sub("_", composed)[:_MAX].strip("._") or "untitled"
    return f"_{name}" if _RESERVED.match(name) else name
